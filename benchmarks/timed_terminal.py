"""Run a program in a pty and measure when its bytes arrive and when a frame is complete.

This works on Unix only. Like modern terminals, it answers that it holds a frame back until it is
complete, so that every frame ends with a mark; it says what it is, but not its background color.
The output is only searched for words; it isn't drawn.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import perf_counter

_ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[c": b"\x1b[?62c"}
_FRAME_ENDS = b"\x1b[?2026l"
_ESCAPE = re.compile(rb"\x1b(?:\[[0-9;?<>=$]*[A-Za-z]|[()][A-Z0-9]|[=>])")
_QUIET = 0.05
"""After so many seconds without a byte, everything that a key causes has arrived."""


def plain_environment() -> dict[str, str]:
    """Return an environment that is enough to run a program and doesn't change what it draws."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, "TERM": "xterm-256color", "LANG": "C.UTF-8"}


class TimedTerminal:
    """One program in a pty of its own. Times are seconds of `perf_counter`."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self._raw, self._asked = b"", set[bytes]()
        self.painted_at, self.received = 0.0, 0
        self.started_at = perf_counter()
        self._pid, self._pty = pty.fork()
        if not self._pid:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
                os.execve(command[0], list(command), dict(environment))
            finally:
                os._exit(127)

    @property
    def seconds(self) -> float:
        """The processor time of all threads of the program so far, in seconds (Linux)."""
        ticks = Path(f"/proc/{self._pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def text(self) -> str:
        """Everything printed since the last call of `forget`, without escape sequences."""
        return _ESCAPE.sub(b"", self._raw).decode("utf-8", "replace")

    def forget(self) -> None:
        """Forget what was printed."""
        self._raw = b""

    def wait_for(self, *words: str, patience: float = 60) -> float:
        """Return when the frame with the last of these words was complete; wait `patience` seconds.

        Raises:
            TimeoutError: The words didn't come in time.
            RuntimeError: The program ended.
        """
        end = perf_counter() + patience
        while not all(word in self.text for word in words) or not self._is_frame_complete:
            self._read(end)
        return self.painted_at

    def press(self, key: str) -> tuple[float, float]:
        """Press a key; return the seconds until its first frame and until its very last byte."""
        self.settle()
        self.forget()
        start = perf_counter()
        os.write(self._pty, key.encode())
        while not self._is_frame_complete:
            self._read(start + 10)
        first = self.painted_at
        self.settle()
        return first - start, self.painted_at - start

    def press_for(self, key: str, *words: str) -> float:
        """Press a key; return the seconds until the frame that shows all these words."""
        self.forget()
        start = perf_counter()
        os.write(self._pty, key.encode())
        return self.wait_for(*words) - start

    def settle(self) -> None:
        """Read until no more bytes come."""
        while select.select([self._pty], [], [], _QUIET)[0]:
            self._read(perf_counter() + 1)

    @property
    def _is_frame_complete(self) -> bool:
        return self._raw.rstrip().endswith(_FRAME_ENDS)

    def _read(self, end: float) -> None:
        left = end - perf_counter()
        if left <= 0 or not select.select([self._pty], [], [], left)[0]:
            raise TimeoutError(f"nothing more comes; so far: {self.text[-2000:]}")
        try:
            data = os.read(self._pty, 65536)
        except OSError as error:
            raise RuntimeError(f"the program ended: {self.text[-2000:]}") from error
        self._raw, self.received = self._raw + data, self.received + len(data)
        self.painted_at = perf_counter()
        for question, answer in _ANSWERS.items():
            if question in self._raw and question not in self._asked:
                self._asked.add(question)
                os.write(self._pty, answer)

    def end(self) -> None:
        """End the program."""
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._pty)
