"""Finds out whether the terminal has a light background, and whether it has our signs.

The terminal is asked while the screens are still being imported, so its answer is there when it is
needed. Must not know themes.
"""

import os
import re
import select
import sys
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from time import monotonic

QUESTION = b"\x1b]11;?\x07\x1b[c"
"""Asks for the background color, then for the kind of terminal.

Terminals answer in order, and nearly every one answers the second question. So if only that answer
comes, there is no other one to wait for.
"""
_BACKGROUND = re.compile(rb"\x1b\]11;rgba?:([0-9a-f]+)/([0-9a-f]+)/([0-9a-f]+)", re.IGNORECASE)
_LAST_ANSWER = re.compile(rb"\x1b\[\?[0-9;]*c")
_LONGEST_WAIT, _LONGEST_WAIT_OVER_SSH = 0.3, 1.0
"""Seconds a terminal has for its answer; one behind SSH may be on another continent."""
_NOT_ASKED = re.compile(r"dumb|linux|screen(\..*)?|")
"""Values of `TERM` of terminals that don't answer, or (GNU screen) answer in another order."""
_WITHOUT_SIGNS = re.compile(r"dumb|linux|vt\d+.*")
"""Values of `TERM` of terminals that lack ● ◐ ▸ ━ ┃ ╋ and more, such as the console of Linux."""


def needs_ascii(environ: Mapping[str, str], encoding: str) -> bool:
    """Tell whether signs have to be drawn in ASCII, by `TERM` and the output's encoding."""
    is_unicode = encoding.lower().replace("-", "").startswith("utf")
    return not is_unicode or bool(_WITHOUT_SIGNS.fullmatch(environ.get("TERM", "")))


@contextmanager
def ask_for_background(
    environ: Mapping[str, str], *, wanted: bool = True
) -> Generator[Callable[[], bool]]:
    """Ask the terminal whether its background is light; inside the block, keys don't show.

    Args:
        environ: the environment; the color in `COLORFGBG` is believed without asking.
        wanted: whether to ask at all.

    Yields:
        A function that waits for the answer and returns it; False if none comes in time.
    """
    color = environ.get("COLORFGBG", "").rpartition(";")[2]
    is_asked = (
        wanted and not color.isdecimal() and not _NOT_ASKED.fullmatch(environ.get("TERM", ""))
    )
    if sys.platform == "win32" or not is_asked or not (os.isatty(0) and os.isatty(2)):
        yield lambda: color.isdecimal() and (int(color) == 7 or int(color) > 8)
        return
    import termios  # not on Windows

    modes = termios.tcgetattr(0)
    quiet_modes = [*modes]
    quiet_modes[3] &= ~(termios.ECHO | termios.ICANON)
    termios.tcsetattr(0, termios.TCSANOW, quiet_modes)
    try:
        os.write(2, QUESTION)  # the screens are drawn on standard error, too
        is_remote = "SSH_CONNECTION" in environ or "SSH_TTY" in environ
        deadline = monotonic() + (_LONGEST_WAIT_OVER_SSH if is_remote else _LONGEST_WAIT)
        yield lambda: is_light(_read_answer(deadline))
    finally:
        termios.tcsetattr(0, termios.TCSAFLUSH, modes)  # drops what wasn't read of an answer


def _read_answer(deadline: float) -> bytes:
    """Return the terminal's answers to both questions, or what of them comes in time."""
    answer = b""
    while not _LAST_ANSWER.search(answer):
        if not select.select([0], [], [], max(0, deadline - monotonic()))[0]:
            break
        answer += os.read(0, 1024) or b"\x1b[?c"  # at the end of the input, stop waiting
    return answer


def is_light(answer: bytes) -> bool:
    """Tell whether a terminal's answer names a light color; without a color it is dark."""
    color = _BACKGROUND.search(answer)
    if color is None:
        return False
    parts = [int(part, 16) / (16 ** len(part) - 1) for part in color.groups()]
    weights = (0.299, 0.587, 0.114)
    return sum(weight * part for weight, part in zip(weights, parts, strict=True)) > 0.5
