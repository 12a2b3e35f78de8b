"""A scratch folder, a quick world, and a command to run in it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stories import KIND, Calendar, Rater, Says, closed, fast_environment, five_partners

from peerreview import bootstrap
from peerreview.cli import main
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault

FILE = "gulf-coast-peers.group.json"
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a group that has closed one round; copied, never changed."""
    folder = tmp_path_factory.mktemp("kept")
    services = five_partners(GroupServices(FileVault(folder / FILE), fast_environment(Calendar())))
    knows_all = Rater({
        "Alder Security": Says(5, 5),
        "Bayou Web Works": Says(1, 5),
        "Bluestack Cloud": Says(4, 4, bad=5, ugly=2),
        "Cobalt Voice": Says(3, 3),
    })  # fmt: skip
    few = Rater({**knows_all.opinions, "Delta Printers": Says()})
    closed(services, *[knows_all] * 6, few, KIND)
    return folder


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def group(scratch: Path, kept: Path) -> Path:
    """A group file in the scratch folder, one round closed."""
    return Path(shutil.copy(kept / FILE, scratch / FILE)).relative_to(scratch)


@pytest.fixture
def run(scratch: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in the scratch folder, without a terminal; check what holds for all."""
    monkeypatch.setattr(bootstrap, "make_environment", lambda: environment)

    def command(*arguments: object, stdin: str | bytes = b"") -> Result:
        result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
        if not isinstance(result.exception, SystemExit | None):
            raise result.exception
        assert "Traceback" not in result.output
        output = result.output.replace("\n", "")
        assert output.isprintable(), "something raw reached the terminal"
        if result.exit_code not in (0, 1):
            assert result.stderr.count("\n") == 1, "an error is one line"
        return result

    return command


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    """Pretend to sit at a terminal; the list returned says how the screens were started."""
    from peerreview.cli import output

    started: list[tuple[object, ...]] = []

    def run_tui(path: Path | None, **how: object) -> int:
        started.append((path.name if path else None, how))
        return 0

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setattr(output, "is_interactive", lambda: True)
    monkeypatch.setattr(bootstrap, "run_tui", run_tui)
    return started
