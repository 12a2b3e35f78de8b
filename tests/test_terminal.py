"""What a terminal tells about itself; it must never leave a byte behind for the screens."""

import os
import sys

import pytest

from peerreview import terminal

ASKER = """
import os, select, sys
from peerreview import terminal
with terminal.ask_for_background(os.environ) as is_light:
    print("asking", flush=True)
    print("light" if is_light() else "dark", flush=True)
import termios
print("echo on" if termios.tcgetattr(0)[3] & termios.ECHO else "echo off")
print("left:", os.read(0, 99) if select.select([0], [], [], 0.2)[0] else b"")
"""
WHITE, BLACK = b"\x1b]11;rgb:ffff/ffff/ffff\x07", b"\x1b]11;rgb:0000/0000/0000\x1b\\"
WHO_AM_I = b"\x1b[?62;22c"


@pytest.mark.parametrize(
    ("answer", "light"),
    [
        (WHITE, True),
        (BLACK, False),
        (b"\x1b]11;rgb:ff/ff/ff\x07", True),
        (b"\x1b]11;rgba:fbfb/fafa/f7f7/ffff\x07", True),
        (b"\x1b]11;rgb:0/2b/36\x07", False),
        (b"\x1b]11;rgb:FDFD/F6F6/E3E3\x1b\\" + WHO_AM_I, True),
        (b"", False),
        (WHO_AM_I, False),
        (b"\x1b]11;rgb:zz/zz/zz\x07", False),
    ],
)
def test_a_color_nearer_to_white_counts_as_light(answer: bytes, light: bool) -> None:
    assert terminal.is_light(answer) is light


@pytest.mark.parametrize(
    ("fgbg", "light"), [("0;15", True), ("15;0", False), ("0;default;7", True), ("15;8", False)]
)
def test_colorfgbg_is_believed_without_asking(fgbg: str, light: bool) -> None:
    with terminal.ask_for_background({"COLORFGBG": fgbg, "TERM": "xterm"}) as is_light:
        assert is_light() is light


def test_without_a_terminal_nothing_is_asked(capfd: pytest.CaptureFixture[str]) -> None:
    with terminal.ask_for_background({"TERM": "xterm-256color"}) as is_light:
        assert is_light() is False
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("term", "encoding", "lacks"),
    [
        ("xterm-256color", "utf-8", False),
        ("xterm-256color", "UTF8", False),
        ("xterm-256color", "iso8859-1", True),
        ("xterm", "ascii", True),
        ("linux", "utf-8", True),
        ("vt220", "utf-8", True),
        ("tmux-256color", "utf-8", False),
    ],
)
def test_signs_are_drawn_in_ascii_where_they_cannot_be_shown(
    term: str, encoding: str, lacks: bool
) -> None:
    assert terminal.needs_ascii({"TERM": term}, encoding) is lacks


@pytest.mark.skipif(sys.platform == "win32", reason="there are no ptys on Windows")
@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([WHITE + WHO_AM_I], "light"),
        ([BLACK + WHO_AM_I], "dark"),
        ([WHO_AM_I], "dark"),
        ([WHITE[:9], WHITE[9:], WHO_AM_I[:2], WHO_AM_I[2:]], "light"),
        ([], "dark"),
        ([WHITE], "light"),
    ],
    ids=["light", "dark", "no color told", "in pieces", "silent", "half an answer"],
)
def test_asking_waits_for_all_of_the_answer_and_leaves_nothing_behind(
    answers: list[bytes], expected: str
) -> None:
    import pexpect

    environ = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
    child = pexpect.spawn(sys.executable, ["-c", ASKER], env=environ, timeout=30)  # pyright: ignore[reportArgumentType]
    child.expect_exact(terminal.QUESTION)
    child.expect_exact("asking")
    for answer in answers:
        child.send(answer)
    child.expect_exact(expected)
    child.expect_exact("echo on")
    child.expect_exact("left: b''")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
