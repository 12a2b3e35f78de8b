"""The installed command in tmux: what the pane shows, and what its scrollback remembers."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

from e2e import meetup
from e2e.conftest import PARTNERS
from e2e.terminal import COMMAND, PATIENCE, Terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux isn't installed"),
]

_NAMES = {"enter": "Enter", "esc": "Escape", "down": "Down", "up": "Up"}


class Tmux(Terminal):
    """A pane of a tmux server of its own, read as often as somebody waits for something."""

    def __init__(self, socket: Path, folder: Path, environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        self._socket, self._environment = socket, environment
        config = socket.with_name("tmux.conf")
        config.write_text("set -g remain-on-exit on\nset -g escape-time 0\nset -g status off\n")
        size = ("-x", "80", "-y", "24", "-c", str(folder))
        self._tmux("-f", str(config), "new-session", "-d", *size, *COMMAND)

    def _tmux(self, *arguments: str) -> bytes:
        command = ("tmux", "-S", str(self._socket), *arguments)
        done = subprocess.run(command, env=self._environment, capture_output=True, check=True)
        return done.stdout

    def _read(self, seconds: float) -> bool:
        time.sleep(min(seconds, 0.05))
        self._screen.reset()
        shown = self._tmux("capture-pane", "-p", "-e").rstrip(b"\n")
        self._stream.feed(shown.replace(b"\n", b"\r\n"))
        return self._tmux("display", "-p", "#{pane_dead}").strip() == b"0"

    def press(self, *keys: str) -> None:
        for key in keys:
            named = (_NAMES[key],) if key in _NAMES else ("-l", "--", key)
            self._tmux("send-keys", *named)

    def resize(self, columns: int, rows: int) -> None:
        self._screen.resize(rows, columns)
        self._tmux("resize-window", "-x", str(columns), "-y", str(rows))

    @property
    def everything(self) -> str:
        """The pane with all of its scrollback, and the screen the program has put aside."""
        aside = self._tmux("capture-pane", "-p", "-q", "-a", "-S", "-")
        return (self._tmux("capture-pane", "-p", "-S", "-") + aside).decode()

    def ended(self) -> None:
        """Wait for the end; what the program ended with, tmux doesn't always know."""
        self.wait_until(lambda: not self._read(0.05), "the end", PATIENCE)

    def close(self) -> None:
        self._tmux("kill-server")


@pytest.fixture
def tmux(group: Path, key: str, environment: dict[str, str]) -> Iterator[Tmux]:
    """The command in the folder of a group whose round is open for four."""
    with tempfile.TemporaryDirectory(prefix="pr") as short:  # names of sockets can't be long
        pane = Tmux(Path(short) / "s", group.parent, environment)
        yield pane
        pane.close()


def test_a_turn_in_tmux_leaves_nothing_in_the_scrollback(tmux: Tmux) -> None:
    tmux.wait_for("BOARD", "take turns")
    tmux.press("t")
    code = meetup.draw(tmux)
    tmux.press("53x")
    tmux.wait_for("1/6", "■■")
    for rated, (columns, rows) in enumerate([(60, 20), (120, 40), (40, 12), (80, 24)], start=2):
        tmux.resize(columns, rows)
        tmux.press("44x")
        tmux.wait_for("BALLOT", f"{rated}/6")
    tmux.press("0")
    tmux.wait_for("6/6", *PARTNERS)
    receipt = meetup.cast(tmux)
    tmux.press(meetup.SEEN)
    tmux.wait_for("pass the laptop on")
    tmux.wait_until_gone("Receipt", "BALLOT")
    _nothing_left(tmux, code, receipt)
    tmux.press("enter")
    tmux.wait_for(meetup.TURNS, "1 of 4 handed in")
    _nothing_left(tmux, code, receipt)
    meetup.leave_turns(tmux)
    tmux.wait_for("BOARD")
    tmux.press("q")
    tmux.ended()
    _nothing_left(tmux, code, receipt)


def _nothing_left(tmux: Tmux, code: str, receipt: str) -> None:
    written = " ".join(tmux.everything.split())
    secrets = (*PARTNERS, "■", "BALLOT", receipt, code, " ".join(code.split()[:2]))
    assert not [secret for secret in secrets if secret in written], written
