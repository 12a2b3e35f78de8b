"""A person at a terminal: starts the installed command, presses keys, reads the screen.

Knows ptys and screens; must not know what the program shows.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

COMMAND = (sys.executable, "-m", "peerreview")
PATIENCE = 60.0
"""Seconds until we give up on a busy machine; nothing ever waits that long for a good reason."""

_KEYS = {
    "enter": "\r",
    "esc": "\x1b",
    "tab": "\t",
    "backspace": "\x7f",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "ctrl+c": "\x03",
    "ctrl+p": "\x10",
    "ctrl+q": "\x11",
    "ctrl+z": "\x1a",
}
_WHO_ARE_YOU, _A_TERMINAL = b"\x1b[c", b"\x1b[?62c"
_TAKEN_ALONG = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
"""All that the program needs from our environment; what else we have set is not for it."""


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of somebody who never used the program.

    Args:
        home: his home; nothing is read or written outside of it.
        more: what he has set besides.
    """
    kept = {name: os.environ[name] for name in _TAKEN_ALONG if name in os.environ}
    places = {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }
    return {**kept, **places, "TERM": "xterm-256color", "LANG": "C.UTF-8", **more}


class Terminal:
    """One program in a terminal of its own, and what its screen shows."""

    def __init__(
        self,
        command: tuple[str, ...],
        folder: Path,
        environment: dict[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.seen = b""
        self.paper = b""
        """What the terminal answers when it is asked for its background."""
        self._process = pexpect.spawn(
            command[0],
            list(command[1:]),
            cwd=str(folder),
            env=environment,  # pyright: ignore[reportArgumentType]
            dimensions=(rows, columns),
            echo=False,
        )
        self._process.delaybeforesend = None

    # What is on the screen.

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def columns(self) -> int:
        """How wide the screen is."""
        return self._screen.columns

    def line_with(self, part: str) -> str:
        """Return the first line on the screen that holds `part`."""
        matching = next((line for line in self.text.split("\n") if part in line), None)
        assert matching is not None, f"no line with {part!r} on\n{self.text}"
        return matching

    def ground(self, part: str) -> str:
        """Return the background color of the first place that shows `part`."""
        for row, line in enumerate(self._screen.display):
            if (column := line.find(part)) >= 0:
                return self._screen.buffer[row][column].bg
        raise AssertionError(f"no {part!r} on\n{self.text}")

    def read(self, pattern: str) -> str:
        """Return the first group of a pattern, as soon as the screen shows it."""
        matches: list[str] = []

        def shown() -> bool:
            match = re.search(pattern, self.text, re.MULTILINE)
            matches[:] = [match[1]] if match else []
            return bool(match)

        self.wait_until(shown, f"something like {pattern!r}")
        return matches[0]

    # Waiting; always for something, never for a time.

    def wait_for(self, *parts: str, timeout: float = PATIENCE) -> str:
        """Wait until everything named is on the screen; return the screen."""
        missing = lambda: [part for part in parts if part not in self.text]  # noqa: E731
        self.wait_until(lambda: not missing(), f"{parts}", timeout)
        return self.text

    def wait_until_gone(self, *parts: str, timeout: float = PATIENCE) -> str:
        """Wait until nothing named is on the screen any more; return the screen."""
        self.wait_until(
            lambda: not any(part in self.text for part in parts), f"no {parts}", timeout
        )
        return self.text

    def wait_until(
        self, condition: Callable[[], bool], what: str, timeout: float = PATIENCE
    ) -> None:
        """Read what the program prints until a condition holds."""
        end = time.monotonic() + timeout
        while not condition():
            left = end - time.monotonic()
            if left <= 0:
                raise AssertionError(f"waited {timeout:.0f} s for {what}; the screen:\n{self.text}")
            if not self._read(min(left, 0.5)) and not condition():
                raise AssertionError(f"it ended before {what}; the screen:\n{self.text}")

    def _read(self, seconds: float) -> bool:
        """Take in what comes within some seconds; return False once the program is gone."""
        try:
            data = self._process.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.seen += data
        self._stream.feed(data)
        if _WHO_ARE_YOU in data:
            self._process.send(self.paper + _A_TERMINAL)
        return True

    # What a person does.

    def press(self, *keys: str) -> None:
        """Press keys: by name (`enter`, `esc`, ...), or typed as they stand."""
        for key in keys:
            self._process.send(_KEYS.get(key, key))

    def type(self, text: str) -> None:
        """Type text, and Enter."""
        self.press(text, "enter")

    def resize(self, columns: int, rows: int) -> None:
        """Pull the window to another size."""
        self._screen.resize(rows, columns)
        self._process.setwinsize(rows, columns)

    # How it ends.

    @property
    def process_id(self) -> int:
        """The program's process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the program still runs."""
        return self._process.isalive()

    def kill(self) -> None:
        """End the program as a power cut would."""
        self._process.kill(signal.SIGKILL)
        self.exit_code()

    def exit_code(self, timeout: float = PATIENCE) -> int | None:
        """Wait until the program is gone; return its exit code, None if a signal ended it."""
        end = time.monotonic() + timeout
        while self._read(0.5):
            assert time.monotonic() < end, f"it doesn't end; the screen:\n{self.text}"
        self._process.wait()
        return self._process.exitstatus

    def close(self) -> None:
        """Leave nothing running."""
        self._process.close(force=True)
