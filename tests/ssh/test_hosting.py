"""How the command makes a host: the groups of a folder, the host key, and the check."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import asyncssh
import pytest
from e2e.terminal import clean_environment
from stories import Calendar, fast_environment, five_partners

from peerreview.errors import FileError, UsageError
from peerreview.hosting import HostOptions, load_host_key, make_host
from peerreview.services.group_services import GroupServices
from peerreview.ssh.limits import GuessLimiter, Limits
from peerreview.ssh.server import Host
from peerreview.store import folder_risks
from peerreview.store.vault import FileVault

from .guest import Guest, connect


def group_at(path: Path) -> Path:
    five_partners(GroupServices(FileVault(path), fast_environment(Calendar())))
    return path


def host_at(path: Path, **options: object) -> Host:
    return make_host(HostOptions(path, 0, "127.0.0.1", Limits(grace=0.1), **options), {}, [].append)  # pyright: ignore


async def test_a_folder_of_groups_is_joined_by_name_each_with_its_code(tmp_path: Path) -> None:
    for name in ("gulf", "delta"):
        group_at(tmp_path / f"{name}.group.json")
    host = host_at(tmp_path)
    port = await host.open("127.0.0.1", 0)
    codes = {name: host.door_codes.code_for(room) for name, room in host.accounts.rooms.items()}
    assert codes.keys() == {"gulf", "delta"}
    assert {len(code) for code in codes.values()} == {8}
    guest = await Guest.joined(port, codes["gulf"], account="gulf")
    await guest.sees("Nothing to rate right now")
    await guest.leave()
    for account, code in (("delta", codes["gulf"]), ("review", codes["gulf"])):
        host.guesses = GuessLimiter(600)  # nobody has to wait for the one before
        with pytest.raises(asyncssh.DisconnectError):
            await connect(port, code, account)
    await host.close()


def test_the_host_key_is_private_and_kept_beside_the_group(tmp_path: Path) -> None:
    group = group_at(tmp_path / "gulf.group.json")
    first, again = host_at(group), host_at(group)
    file = tmp_path / "gulf.host-key"
    assert first.key.get_fingerprint() == again.key.get_fingerprint()
    assert first.key.algorithm == b"ssh-ed25519"
    if os.name != "nt":
        assert file.stat().st_mode & 0o777 == 0o600
    room, same = first.accounts.rooms["review"], again.accounts.rooms["review"]
    assert first.door_codes.code_for(room) == again.door_codes.code_for(same)
    file.write_text("no key")
    with pytest.raises(FileError, match="isn't a host key"):
        load_host_key(file)


def test_a_group_that_cannot_be_hosted_is_refused_with_a_reason(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="no group in it"):
        host_at(tmp_path)
    keys = tmp_path / "keys"
    keys.write_text('command="sh" ssh-ed25519 AAAA\n')
    group = group_at(tmp_path / "host.group.json")
    with pytest.raises(UsageError, match="line 1"):
        host_at(group, keys=keys)
    with pytest.raises(UsageError, match="that account is the admin's"):
        host_at(tmp_path)


def test_a_group_on_a_network_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Locks can't be trusted there."""
    group = group_at(tmp_path / "gulf.group.json")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/share {tmp_path.resolve()} nfs4 rw 0 0\n")
    monkeypatch.setattr(folder_risks, "MOUNTS", mounts)
    with pytest.raises(FileError, match="on a network"):
        host_at(group)


def peerreview(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "peerreview", *words]
    return subprocess.run(
        command, env=clean_environment(folder), capture_output=True, text=True, timeout=60
    )


def test_the_check_reports_what_may_prevent_joining(tmp_path: Path) -> None:
    group = group_at(tmp_path / "gulf.group.json")
    check = ("host", str(group), "--check", "--listen", "127.0.0.1", "--port")
    result = peerreview(tmp_path, *check, "0")
    assert result.returncode == 0
    for words in ("answers on this computer, at 127.0.0.1", "hotspot", "firewall", "ssh -p "):
        assert words in result.stdout
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = peerreview(tmp_path, *check, port)
        assert result.returncode == 1
        assert f"port {port} at 127.0.0.1" in result.stderr
        result = peerreview(tmp_path, "host", str(group), "--listen", "127.0.0.1", "--port", port)
    assert result.returncode == 3
    assert "name another with --port" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="interrupts the program as a shell does")
def test_a_folder_that_is_served_has_no_join_notice(tmp_path: Path) -> None:
    folder = tmp_path / "groups"
    folder.mkdir()
    group_at(folder / "review.group.json")
    neighbor = tmp_path / "groups.join"
    neighbor.write_text("somebody else's file", encoding="utf-8")
    command = [sys.executable, "-m", "peerreview", "host", "--listen", "127.0.0.1", "--port", "0"]
    for path, start in ((".", folder), ("groups", tmp_path)):
        with subprocess.Popen(
            [*command, path],
            cwd=start, env=clean_environment(tmp_path), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as host:  # fmt: skip
            assert host.stdout is not None
            patience = threading.Timer(60, host.kill)
            patience.start()
            assert any(line.startswith("Fingerprint") for line in host.stdout)
            host.send_signal(signal.SIGINT)
            _, errors = host.communicate()
            patience.cancel()
        assert "exception" not in errors and "Traceback" not in errors
        assert neighbor.read_text(encoding="utf-8") == "somebody else's file"
