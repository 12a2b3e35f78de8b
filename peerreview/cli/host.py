"""The command `host`, which lets people join a round over SSH."""

import asyncio
import io
import socket
from collections import deque
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerreview.cli import files, output
from peerreview.cli.lazy import PATH, command
from peerreview.cli.output import print_note, print_text
from peerreview.domain.text import escaped

if TYPE_CHECKING:
    from peerreview.ssh.room_state import HostedRoom
    from peerreview.ssh.server import Host

_CLEAN = "\x1b[H\x1b[J"
_CHECK = """\
If the others can't reach it:
  · Guest Wi-Fi often keeps devices apart. Try a phone's hotspot for everybody.
  · A firewall on this computer may ask once, or needs to let port {port} in.
  · A company network may allow no own servers. A small server outside works.
From another laptop:  ssh -p {port} {account}@{address}"""


def find_addresses(listen: str) -> list[str]:
    """Return the addresses at which others may reach this computer, likeliest first.

    Args:
        listen: the only address to listen on; empty for all.
    """
    if listen not in ("", "0.0.0.0", "::"):
        return [listen]
    addresses: list[str] = []
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as probe, suppress(OSError):
            probe.connect((far, 9))  # sends nothing, only chooses a route
            addresses.append(str(probe.getsockname()[0]))
    return addresses or ["127.0.0.1"]


@command(
    "host",
    "Let people join by SSH.",
    "peerreview host gulf-coast-peers.group.json",
    "peerreview host /srv/groups --keys admins.pub",
    "peerreview host gulf-coast-peers.group.json --check",
)
@click.argument("path", metavar="FILE-or-FOLDER", type=PATH)
@click.option("--port", type=click.IntRange(0, 65535), default=2222, show_default=True)
@click.option(
    "--listen", default="", metavar="ADDRESS", help="Only on this address; all if left out."
)
@click.option("--keys", type=PATH, metavar="FILE", help="authorized_keys of the account host.")
@click.option("--lasting", is_flag=True, help="One door code for months; a folder has that anyway.")
@click.option("--max-sessions", "sessions", type=click.IntRange(1), default=500, show_default=True)
@click.option("--per-address", type=click.IntRange(1), default=40, show_default=True)
@click.option("--idle", type=click.IntRange(1), default=30, show_default=True, help="Minutes.")
@click.option("--check", is_flag=True, help="Try whether others can reach it, and stop.")
def host_(path: Path, port: int, listen: str, keys: Path | None, check: bool, **most: int) -> int:
    """Serve the group in FILE, or every group in FOLDER, to everybody who has the door code."""
    if not path.is_dir():
        files.open_services(path, writing=True).rounds.group()
    if check:
        return _check(port, listen)
    from peerreview import hosting
    from peerreview.ssh.limits import Limits

    lasting = bool(most.pop("lasting"))
    limits = Limits(**most | {"idle": most["idle"] * 60})
    options = hosting.HostOptions(path, port, listen, limits, keys, lasting)
    console = HostConsole(output.is_interactive(), find_addresses(listen)[0], path)
    commands = {"summary": _summary, "board": _board}
    hosting.serve(hosting.make_host(options, commands, console.log), options, console.show)
    return 0


def _summary(room: "HostedRoom") -> str:
    from peerreview.services.results import JSON

    return room.services.results.summary_documents().texts[JSON]


def _board(room: "HostedRoom") -> str:
    from peerreview.plain.board import board_text

    return board_text(room.services.results.board()) + "\n"


def _check(port: int, listen: str) -> int:
    """Listen on the port, connect to it, and print what may be in the way; return the exit code."""
    addresses = find_addresses(listen)
    with socket.socket(socket.AF_INET6 if ":" in addresses[0] else socket.AF_INET) as door:
        try:
            door.bind((addresses[0], port))
            door.listen()
            socket.create_connection(door.getsockname()[:2], timeout=3).close()
        except OSError as error:
            print_note(f"port {port} at {addresses[0]} can't be had: {error.strerror}")
            return 1
        port = door.getsockname()[1]
    print_text(f"Port {port} answers on this computer, at {', '.join(addresses)}.\n")
    print_text(_CHECK.format(port=port, account="review", address=addresses[0]))
    return 0


def _join_lines(host: "Host", place: str, port: int, pretty: bool) -> list[str]:
    """Return how to join: sentences for one group, or a line for each of several."""
    key = f"Fingerprint of the host:  {host.key.get_fingerprint()}"
    rooms = host.accounts.rooms
    if len(rooms) > 1:
        lines = [
            f"  ssh -p {port} {name}@{place}   code {_spaced_code(host, room)}"
            for name, room in rooms.items()
        ]
        return [f"{len(rooms)} groups are here:", *lines, key]
    name, room = next(iter(rooms.items()))
    group = escaped(room.view.group.name) if room.view else name
    words = f"""
peerreview hosts {group}.

On a laptop or a phone with an SSH app:
  ssh -p {port} {name}@{place}

Door code   {_spaced_code(host, room)}"""
    picture = _qr(f"ssh://{name}@{place}:{port}") if pretty else []
    return [*_side_by_side(picture, words.split("\n")), "", key]


def _spaced_code(host: "Host", room: "HostedRoom") -> str:
    code = host.door_codes.code_for(room)
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def _qr(link: str) -> list[str]:
    """Return a QR code of a link, black on white whatever the terminal's colors are."""
    import segno

    picture = io.StringIO()
    segno.make(link, error="l", micro=False).terminal(picture, border=2, compact=True)
    return [f"\x1b[97;40m{line}\x1b[0m" for line in picture.getvalue().splitlines()]


def _side_by_side(picture: list[str], words: list[str]) -> list[str]:
    rows = zip_longest(picture, words, fillvalue="")
    return [f"  {left}   {right}".rstrip() for left, right in rows]


def _counters(host: "Host") -> list[str]:
    lines: list[str] = []
    for name, room in host.accounts.rooms.items():
        status = "no round is open"
        if room.view and (now := room.view.progress):
            status = f"{now.round.name}: {now.drawn} of {now.round.heads} codes drawn, {now.words}"
        lines.append(f"  {name}: {len(room.members)} here, {status}")
    return ["", *lines, "", "  ctrl+c stops, and tells everybody first."]


class HostConsole:
    """The host's own terminal: it shows how to join and the counters, or a log in plain lines.

    Args:
        pretty: whether there is a terminal.
        address: where others reach this computer.
        path: the group, beside which the notice on how to join is written for the room screen; a
            folder has no such notice.
    """

    def __init__(self, pretty: bool, address: str, path: Path) -> None:
        self._pretty = pretty
        self._noticed_group = None if path.is_dir() else path
        self._place = f"[{address}]" if ":" in address else address
        self._last: deque[str] = deque(maxlen=3)

    def log(self, line: str) -> None:
        """Print a line of the log, even if nobody reads it any more."""
        if self._pretty:
            self._last.append(f"  {escaped(line)}")
        else:
            self._print(escaped(line))

    def _print(self, text: str) -> None:
        with suppress(BrokenPipeError):
            print_text(text)

    async def show(self, host: "Host", port: int) -> None:
        """Show how to join and the counters until the task is cancelled."""
        shown = [""]
        way = f"ssh -p {port} review@{self._place}"
        try:
            while True:
                if review := host.accounts.rooms.get("review"):
                    self._publish_notice(f"{way}   door code {_spaced_code(host, review)}")
                lines = _join_lines(host, self._place, port, self._pretty)
                if self._pretty:
                    lines += [*_counters(host), *self._last]
                if lines != shown:
                    shown = lines
                    self._print((_CLEAN if self._pretty else "") + "\n".join(lines))
                await asyncio.sleep(0.5)
        finally:
            self._publish_notice("")

    def _publish_notice(self, text: str) -> None:
        from peerreview.hosting import publish_join_notice

        if self._noticed_group:
            publish_join_notice(self._noticed_group, text)
