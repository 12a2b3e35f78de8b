"""The command as a program of its own: streams that break, signals, what is imported."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from peerreview.shipped import find_folder

from .conftest import FILE

pexpect = pytest.importorskip("pexpect")
COMMAND = (sys.executable, "-m", "peerreview")
SAMPLE = find_folder("sample_data") / FILE


def program(*arguments: object, **settings: object) -> subprocess.CompletedProcess[bytes]:
    options = {"capture_output": True, "check": False} | settings
    return subprocess.run([*COMMAND, *map(str, arguments)], **options)  # pyright: ignore


@pytest.mark.parametrize("arguments", ["--version", "--help"])
def test_version_and_help_import_nothing_heavy(arguments: str) -> None:
    code = (
        "import sys, contextlib\n"
        f"sys.argv = ['peerreview', {arguments!r}]\n"
        "from peerreview.cli import main\n"
        "with contextlib.suppress(SystemExit): main()\n"
        "print(json.dumps(sorted(sys.modules)) if (json := __import__('json')) else '')"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = {name.split(".")[0] for name in json.loads(result.stdout.splitlines()[-1])}
    assert not loaded & {"textual", "rich", "tinydb", "nacl", "pydantic", "wcwidth", "filelock"}


def test_a_reader_who_leaves_early_is_no_error() -> None:
    shell = f"{sys.executable} -m peerreview show {SAMPLE} | head -1"
    result = subprocess.run(["sh", "-c", shell], capture_output=True, check=True)
    assert result.stdout.startswith(b" BOARD") and result.stderr == b""


def test_a_closed_pipe_is_quiet() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    result = program("schema", capture_output=False, stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    assert (result.returncode, result.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
def test_a_full_disk_is_reported_in_one_line() -> None:
    with Path("/dev/full").open("wb") as full:
        result = program("show", SAMPLE, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert result.returncode == 3
    assert result.stderr.startswith(b"peerreview: standard output: the disk is full")
    assert result.stderr.count(b"\n") == 1


def run_with_closed_streams(folder: Path, redirections: str, *arguments: str) -> tuple[int, str]:
    """Run the program with streams closed by a shell; return its exit code and its output."""
    shell = f'exec "$@" {redirections}'
    result = subprocess.run(
        ["sh", "-c", shell, "sh", *COMMAND, *arguments],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return result.returncode, result.stdout + result.stderr


def test_a_command_without_an_output_is_refused_in_one_line(tmp_path: Path) -> None:
    refusal = "peerreview: standard output is closed: send it to a file or a terminal\n"
    assert run_with_closed_streams(tmp_path, ">&-", "show", str(SAMPLE)) == (3, refusal)
    assert run_with_closed_streams(tmp_path, ">&-", "new", "Gulf") == (3, refusal)
    assert list(tmp_path.iterdir()) == []
    code, output = run_with_closed_streams(tmp_path, ">&-", "schema", "--json")
    assert (code, json.loads(output)["exit_code"]) == (3, 3)


def test_a_closed_input_is_an_empty_one(tmp_path: Path) -> None:
    empty = run_with_closed_streams(tmp_path, "</dev/null", "verify", "-")
    assert empty[0] == 3
    assert run_with_closed_streams(tmp_path, "<&-", "verify", "-") == empty
    assert run_with_closed_streams(tmp_path, "<&-", "open", str(SAMPLE))[0] == 0


def test_a_closed_error_stream_changes_no_exit_code(tmp_path: Path) -> None:
    assert run_with_closed_streams(tmp_path, "2>&-", "show", "nosuch") == (3, "")
    assert run_with_closed_streams(tmp_path, "2>&- </dev/null", "open", str(SAMPLE))[0] == 0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_a_terminal_without_our_signs_gets_the_board_in_others(encoding: str) -> None:
    result = program("show", SAMPLE, env={**os.environ, "PYTHONIOENCODING": encoding})
    assert (result.returncode, result.stderr) == (0, b"")
    board = result.stdout.decode(encoding)
    assert "==+==" in board and "?" not in board
    document = program("show", SAMPLE, "--json", env={**os.environ, "PYTHONIOENCODING": encoding})
    assert json.loads(document.stdout.decode("utf-8"))["round"] == 3


def test_a_file_name_that_is_not_text_is_reported_in_one_line(tmp_path: Path) -> None:
    result = program(b"show".decode(), os.fsdecode(bytes(tmp_path) + b"/\xff\x1b.group.json"))
    assert result.returncode == 3
    assert b"\\udcff\\x1b.group.json" in result.stderr and result.stderr.count(b"\n") == 1


def test_stopping_by_hand_is_quiet(tmp_path: Path) -> None:
    running = subprocess.Popen(
        [*COMMAND, "import", SAMPLE, "-", "--dry-run"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdin
    running.stdin.write(b"Alder\n" * 20_000)
    running.send_signal(signal.SIGINT)
    _, errors = running.communicate(timeout=20)
    assert running.returncode == 130 and errors == b"peerreview: stopped\n"


def test_the_key_is_asked_for_without_an_echo(tmp_path: Path) -> None:
    for name in (FILE, "gulf-coast-peers.round-4.box.json", "gulf-coast-peers.demo-key.txt"):
        (tmp_path / name).write_bytes((SAMPLE.parent / name).read_bytes())
    typed = "apple river stone cloud rain"
    child = pexpect.spawn(
        COMMAND[0], [*COMMAND[1:], "round", "close", str(tmp_path / FILE), "--hands", "11"],
        encoding="utf-8", timeout=20,
    )  # fmt: skip
    child.expect("Keeper's key, five words")
    child.sendline(typed)
    child.expect(pexpect.EOF)
    child.close()
    assert "read the slip again" in child.before and typed not in child.before
    assert child.exitstatus == 1


def test_stopping_at_a_question_is_quiet(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(SAMPLE.read_bytes())
    child = pexpect.spawn(
        COMMAND[0], [*COMMAND[1:], "round", "discard", str(tmp_path / FILE)],
        encoding="utf-8", timeout=20,
    )  # fmt: skip
    child.expect("Type the group's name")
    for _ in range(10):  # one that comes before the answer is read can get lost
        child.sendcontrol("c")
        if child.expect(["peerreview: stopped", pexpect.TIMEOUT], timeout=2) == 0:
            break
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 130


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_a_killed_demo_removes_its_folder_and_restores_the_terminal(
    tmp_path: Path, ending: signal.Signals
) -> None:
    child = pexpect.spawn(
        COMMAND[0], [*COMMAND[1:], "demo"], encoding="utf-8", timeout=20, dimensions=(24, 80),
        env={**os.environ, "TMPDIR": str(tmp_path), "TERM": "xterm-256color"},
    )  # fmt: skip
    child.expect("BOARD")
    assert [path.name[:15] for path in tmp_path.iterdir()] == ["peerreview-demo"]
    child.kill(ending)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 128 + ending and list(tmp_path.iterdir()) == []
    assert "\x1b[?1049l" in child.before


def test_the_shell_completes_words() -> None:
    env = {**os.environ, "_PEERREVIEW_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    result = program(env={**env, "COMP_WORDS": "peerreview ver"})
    assert result.stdout == b"plain,verify\n"
