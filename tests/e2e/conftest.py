"""A home of one's own, a folder to work in, and the installed command in it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from e2e.terminal import COMMAND, PATIENCE, Terminal, clean_environment

collect_ignore_glob = ["test_*.py"] if sys.platform == "win32" else []
"""Windows has no ptys that a test could drive."""

Start = Callable[..., Terminal]


@dataclass(frozen=True)
class Shell:
    """The command without a terminal, as scripts use it."""

    folder: Path
    environment: dict[str, str]

    def run(
        self, *arguments: str | Path, stdin: str = "", code: int = 0
    ) -> "subprocess.CompletedProcess[str]":
        """Run the command and check its exit code."""
        done = subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == code, f"{arguments}: {done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
        return done


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder the person works in."""
    folder = tmp_path / "meetup"
    folder.mkdir()
    return folder


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where the program puts what is gone afterwards."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def environment(tmp_path: Path, temporary: Path) -> dict[str, str]:
    """The environment of somebody who never used the program."""
    home = tmp_path / "home"
    home.mkdir()
    return clean_environment(home, TMPDIR=str(temporary))


@pytest.fixture
def shell(folder: Path, environment: dict[str, str]) -> Shell:
    """The command for scripts."""
    return Shell(folder, environment)


@pytest.fixture
def start(folder: Path, environment: dict[str, str]) -> Iterator[Start]:
    """Start the command in a terminal of 80x24, or of the size given; `more` goes into its
    environment. What still runs afterwards is ended."""
    started: list[Terminal] = []

    def go(*arguments: str | Path, columns: int = 80, rows: int = 24, **more: str) -> Terminal:
        command = (*COMMAND, *map(str, arguments))
        terminal = Terminal(command, folder, environment | more, columns=columns, rows=rows)
        started.append(terminal)
        return terminal

    yield go
    for terminal in started:
        terminal.close()


SIX = """name,kind
Alder Security,peer firm
Bayou Web Works,subcontractor
Bluestack Cloud,vendor
Cobalt Voice,referral partner
Delta Printers,other
Fennel Backup,distributor
"""
PARTNERS = tuple(line.partition(",")[0] for line in SIX.splitlines()[1:])


@pytest.fixture
def group(shell: Shell) -> Path:
    """A group of six partners, made by command."""
    path = shell.folder / shell.run("new", "Gulf Coast Peers").stdout.strip()
    shell.run("import", path, "-", stdin=SIX)
    return path


@pytest.fixture
def key(shell: Shell, group: Path) -> str:
    """A keeper's key of the round that is open in the group, for four heads."""
    shell.run("round", "open", group, "--heads", "4", "--key-out", "keys.txt")
    lines = (shell.folder / "keys.txt").read_text("utf-8").splitlines()
    return next(line.partition("key 1")[2].strip() for line in lines if line.startswith("key 1"))
