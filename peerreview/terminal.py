"""What the terminal is like: is its ground light, and has it our signs?

Knows the environment and one question to the terminal; must not know themes. Asked while the
screens are still being imported, so the answer is there when it is needed.
"""

import os
import re
import select
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from time import monotonic

QUESTION = b"\x1b]11;?\x07\x1b[c"
"""Your background, and who are you? Nearly every terminal answers the second, and in order, so
where its answer comes alone there is nothing to wait for."""
_BACKGROUND = re.compile(rb"\x1b\]11;rgba?:([0-9a-f]+)/([0-9a-f]+)/([0-9a-f]+)", re.IGNORECASE)
_DONE = re.compile(rb"\x1b\[\?[0-9;]*c")
_NEAR, _FAR = 0.3, 1.0
"""Seconds a terminal has for its answer; one behind SSH may be on another continent."""
_NO_ANSWER = re.compile(r"dumb|linux|screen(\..*)?|")
"""Kinds that have no background to tell, or (GNU screen) answer in another order."""
_NO_SIGNS = re.compile(r"dumb|linux|vt\d+.*")
"""The console font of Linux (code page 437) lacks ● ◐ ▸ ━ ┃ ╋ and more."""


def needs_ascii(environ: Mapping[str, str], encoding: str) -> bool:
    """Tell whether signs have to be drawn in ASCII, by `TERM` and the output's encoding."""
    unicode = encoding.lower().replace("-", "").startswith("utf")
    return not unicode or bool(_NO_SIGNS.fullmatch(environ.get("TERM", "")))


@contextmanager
def ask_for_background(
    environ: Mapping[str, str], *, wanted: bool = True
) -> Generator[Callable[[], bool]]:
    """Ask whether the ground is light; inside the block the answer can be had, keys don't show.

    `COLORFGBG` is believed without asking; unless `wanted`, nothing is asked. Yields a call that
    waits for the answer, if it is still on its way, and says False if there is none.
    """
    known = environ.get("COLORFGBG", "").rpartition(";")[2]
    quiet = not wanted or known.isdecimal() or _NO_ANSWER.fullmatch(environ.get("TERM", ""))
    if quiet or sys.platform == "win32" or not (os.isatty(0) and os.isatty(2)):
        yield lambda: known.isdecimal() and (int(known) == 7 or int(known) > 8)
        return
    import termios  # not on Windows

    before = termios.tcgetattr(0)
    raw = [*before]
    raw[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(0, termios.TCSANOW, raw)
    try:
        os.write(2, QUESTION)  # where the screens are drawn, too
        far = any(name in environ for name in ("SSH_CONNECTION", "SSH_TTY"))
        until = monotonic() + (_FAR if far else _NEAR)
        yield lambda: is_light(_read_answer(until))
    finally:
        termios.tcsetattr(0, termios.TCSAFLUSH, before)  # nothing stays behind


def _read_answer(until: float) -> bytes:
    """Return what the terminal said: everything up to the answer to the last question."""
    said = b""
    while not _DONE.search(said):
        if not select.select([0], [], [], max(0, until - monotonic()))[0]:
            break
        said += os.read(0, 1024) or b"\x1b[?c"
    return said


def is_light(answer: bytes) -> bool:
    """Tell whether a terminal's answer names a light ground; an unknown one is dark."""
    found = _BACKGROUND.search(answer)
    parts = [int(part, 16) / (16 ** len(part) - 1) for part in found.groups()] if found else [0]
    weights = (0.299, 0.587, 0.114)
    return sum(weight * part for weight, part in zip(weights, parts, strict=False)) > 0.5
