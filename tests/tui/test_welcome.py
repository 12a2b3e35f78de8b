"""The welcome screen, for people who start without a group in the folder."""

from pathlib import Path

import pytest
from memory import MemoryVault
from stories import Calendar, fast_environment

from peerreview.errors import FileError
from peerreview.services.group_services import GroupServices
from peerreview.tui.app.options import Demo, Workspace

from .groups import create_group, open_round
from .stage import Crew, Stage, app_for, on_stage


class Folder:
    """A folder in memory: groups by file name, and the names that were asked for."""

    def __init__(self) -> None:
        self.files: dict[str, GroupServices] = {}
        self.asked: list[Path] = []
        self.lately: list[Path] = []

    def workspace(self) -> Workspace:
        return Workspace(self.find, self.open, self.create, self.demo)

    def find(self) -> list[Path]:
        return [*map(Path, sorted(self.files)), *self.lately]

    def open(self, path: Path) -> GroupServices:
        self.asked.append(path)
        services = self.files.get(path.name) or self._services()
        services.rounds.group()
        return services

    def create(self, name: str) -> GroupServices:
        file = f"{name.lower().replace(' ', '-')}.group.json"
        if file in self.files:
            raise FileError(f"{file}: there is a group already: choose another name")
        services = self._services()
        services.setting_up.create(name)
        self.files[file] = services
        return services

    def demo(self) -> Demo:
        services = create_group(self._services())
        opening = open_round(services)
        return Demo(services, " ".join(opening.keys[0]))

    def _services(self) -> GroupServices:
        return GroupServices(MemoryVault(), fast_environment(Calendar()))


@pytest.fixture
def folder() -> Folder:
    return Folder()


@pytest.fixture
async def stage(folder: Folder, crew: Crew):
    async with on_stage(app_for(None, "welcome", workspace=folder.workspace()), crew) as stage:
        yield stage


async def ask(stage: Stage, key: str, text: str) -> None:
    await stage.press(key)
    await stage.write(text)
    await stage.press("enter")


async def test_the_first_screen_explains_the_program_and_the_ways_in(stage: Stage) -> None:
    assert "Which of the partners you share are two-way streets?" in stage.words
    assert "Nobody, not even whoever holds this laptop, can tell who said what." in stage.words
    for way in ("d the demo", "n a new group", "f open a group file"):
        assert way in stage.words


async def test_a_new_group_starts_at_its_first_steps(stage: Stage, folder: Folder) -> None:
    await ask(stage, "n", "Gulf Coast Peers")
    assert stage.screen_name == "BoardScreen"
    assert "No round has been closed yet" in stage.words
    assert list(folder.files) == ["gulf-coast-peers.group.json"]


async def test_esc_makes_no_group(stage: Stage, folder: Folder) -> None:
    await stage.press("n", "escape")
    assert stage.screen_name == "WelcomeScreen"
    assert not folder.files


async def test_an_empty_name_is_not_taken(stage: Stage, folder: Folder) -> None:
    await stage.press("n", "space", "enter")
    assert stage.screen_name == "AskText"


@pytest.mark.parametrize("name", ["Bad\u202eName", "x" * 61])
async def test_an_impossible_name_is_reported_once(stage: Stage, folder: Folder, name: str) -> None:
    await ask(stage, "n", name)
    assert stage.screen_name == "WelcomeScreen"
    assert len(stage.notes) == 1
    assert "the group's name can't be used" in stage.notes[0]


async def test_a_group_is_never_made_over_another(stage: Stage, folder: Folder) -> None:
    folder.create("Gulf Coast Peers")
    await ask(stage, "n", "Gulf Coast Peers")
    assert stage.screen_name == "WelcomeScreen"
    assert len(stage.notes) == 1


async def test_a_missing_file_is_reported_in_one_notification(stage: Stage) -> None:
    await ask(stage, "f", "nowhere.group.json")
    assert stage.screen_name == "WelcomeScreen"
    assert stage.notes == ["memory: there is no group: create one"]


async def test_a_group_found_here_is_one_key_or_click_away(folder: Folder, crew: Crew) -> None:
    folder.create("Gulf Coast Peers")
    for act in ("1", "f", "click"):
        async with on_stage(app_for(None, "welcome", workspace=folder.workspace()), crew) as stage:
            assert "1   gulf-coast-peers.group.json" in stage.picture
            if act == "click":
                await stage.click_on("1   gulf-coast")
            else:
                await stage.press(act, *(["enter"] if act == "f" else []))
            assert stage.screen_name == "BoardScreen"
            assert "Gulf Coast Peers" in stage.words


async def test_recently_opened_groups_are_offered_with_their_folder(
    folder: Folder, crew: Crew
) -> None:
    folder.lately = [Path("/home/ann/peers/north.group.json"), Path("/srv/[b]x\x1b/y.group.json")]
    folder.create("Gulf Coast Peers")
    async with on_stage(app_for(None, "welcome", workspace=folder.workspace()), crew) as stage:
        assert "2   north.group.json   in peers" in stage.picture
        assert "3   y.group.json   in [b]x\N{REPLACEMENT CHARACTER}" in stage.picture
        await stage.press("2")
        assert folder.asked == folder.lately[:1]


async def test_a_group_removed_meanwhile_is_reported_once(folder: Folder, crew: Crew) -> None:
    folder.lately = [Path("/gone/north.group.json")]
    async with on_stage(app_for(None, "welcome", workspace=folder.workspace()), crew) as stage:
        await stage.press("1", "2", "9")
        assert stage.screen_name == "WelcomeScreen"
        assert stage.notes == ["memory: there is no group: create one"]


async def test_the_home_folder_may_be_written_as_a_tilde(stage: Stage, folder: Folder) -> None:
    await ask(stage, "f", "~/x.group.json")
    assert folder.asked == [Path("~/x.group.json").expanduser()]


async def test_the_demo_is_one_key_away(stage: Stage) -> None:
    await stage.press("d")
    assert stage.screen_name == "BoardScreen"
    assert "DEMO" in stage.words


async def test_a_missing_demo_is_reported_once(
    folder: Folder, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> Demo:
        raise FileError("the sample group isn't there: install peerreview again")

    monkeypatch.setattr(folder, "demo", missing)
    async with on_stage(app_for(None, "welcome", workspace=folder.workspace()), crew) as stage:
        await stage.press("d")
        assert stage.notes == ["the sample group isn't there: install peerreview again"]


async def test_q_quits(stage: Stage) -> None:
    await stage.press("q")
    assert stage.app._exit
