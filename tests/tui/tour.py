"""The keys that lead to every screen, for tests that must hold on all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from memory import MemoryVault
from stories import Calendar, code_of, fast_environment, rated

from peerreview.domain.tally.release import Outcome
from peerreview.services.group_services import GroupServices
from peerreview.tui.app.app import PeerReviewApp
from peerreview.tui.app.options import Demo, FirstScreen, Workspace

from .groups import (
    GROUP,
    TWELVE,
    create_group,
    make_rated_group,
    make_rater,
    open_round,
    rename_group,
)
from .stage import START, Stage, app_for


@dataclass(frozen=True)
class House:
    """A group to walk through.

    Attributes:
        code: the code of a rater who handed in, or nothing.
    """

    services: GroupServices
    code: str = ""


Names = Sequence[str]


def rated_group(names: Names, group: str) -> House:
    """Return a group with two closed rounds and no open one."""
    vault = MemoryVault()
    vault.group.create(make_rated_group())
    return House(_rename_group(vault, names, group))


def agreed(names: Names, group: str) -> House:
    """Return a group with two closed rounds and one agreement about a partner."""
    vault = MemoryVault()
    vault.group.create(make_rated_group())
    results = GroupServices(vault, fast_environment(Calendar())).results
    results.record_agreement(2, results.board().talk_list[0].partner.id, Outcome.TALK)
    return House(_rename_group(vault, names, group))


def rating(names: Names, group: str) -> House:
    """Return a group with two closed rounds and a third that four of six raters handed in for."""
    vault = MemoryVault()
    vault.group.create(make_rated_group())
    services = GroupServices(vault, fast_environment(Calendar()))
    open_round(services, heads=6)
    seats = rated(services, *[make_rater()] * 4)
    return House(_rename_group(vault, names, group), code_of(seats[0]))


def fresh(names: Names, group: str) -> House:
    """Return a group that has partners but no rounds yet."""
    vault = MemoryVault()
    create_group(GroupServices(vault, fast_environment(Calendar())))
    return House(_rename_group(vault, names, group))


def _rename_group(vault: MemoryVault, names: Names, group: str) -> GroupServices:
    vault.group._group = rename_group(vault.group.read(), names, group)
    return GroupServices(vault, fast_environment(Calendar()))


@dataclass(frozen=True)
class Stop:
    """A screen, and the keys that lead to it; `{code}` is typed as text."""

    screen: str
    house: Callable[[Names, str], House]
    first: FirstScreen
    keys: tuple[str, ...] = ()

    def app(self, house: House) -> PeerReviewApp:
        """Return the app with the group of a house, on its first screen."""
        if self.first == "welcome":
            name = Path(f"{house.services.rounds.group().name}.group.json")
            demo = Demo(house.services, key="")
            workspace = Workspace(
                lambda: [name], lambda *_: house.services, lambda *_: house.services, lambda: demo
            )
            return app_for(None, workspace=workspace)
        return app_for(house.services, self.first)

    async def walk(self, stage: Stage, house: House) -> None:
        """Press the keys that lead to the screen."""
        for key in self.keys:
            if key == "{code}":
                await stage.write(house.code)
            else:
                await stage.press(key)
        assert stage.screen_name == self.screen, f"{stage.screen_name}\n{stage.picture}"


_OPENING = ("o", "1", "2", "enter")
_CHECK = (*START, "4", "5", "5", "1", "3", "c")

TOUR = {
    "welcome": Stop("WelcomeScreen", rated_group, "welcome"),
    "new group": Stop("AskText", rated_group, "welcome", ("n",)),
    "board": Stop("BoardScreen", rated_group, "board"),
    "earlier board": Stop("BoardScreen", rated_group, "board", ("left_square_bracket",)),
    "board while rating": Stop("BoardScreen", rating, "board"),
    "empty board": Stop("BoardScreen", fresh, "board"),
    "partner": Stop("PartnerScreen", rated_group, "board", ("enter",)),
    "partner with a deal-breaker": Stop(
        "PartnerScreen", rated_group, "board", (*["down"] * 6, "enter")
    ),
    "filtered board": Stop("BoardScreen", rated_group, "board", ("slash", "o")),
    "compare": Stop("CompareScreen", rated_group, "board", ("v", "down", "v")),
    "partner over the rounds": Stop("PastScreen", rated_group, "board", ("enter", "r")),
    "rounds": Stop("HistoryScreen", rated_group, "board", ("r",)),
    "street map": Stop("StreetMapScreen", rated_group, "board", ("m",)),
    "take home": Stop("TakeHomeScreen", rated_group, "board", ("e",)),
    "help": Stop("HelpScreen", rated_group, "board", ("question_mark",)),
    "settings": Stop("SettingsScreen", rated_group, "board", ("comma",)),
    "signs": Stop("GlyphCheck", rated_group, "board", ("comma", "c")),
    "partners": Stop("PartnersScreen", rated_group, "board", ("p",)),
    "partner form": Stop("PartnerForm", rated_group, "board", ("p", "enter")),
    "paste form": Stop("PasteForm", rated_group, "board", ("p", "v")),
    "open a round": Stop("OpenRoundScreen", rated_group, "board", _OPENING[:3]),
    "checklist": Stop("AskYesNo", rated_group, "board", _OPENING),
    "keeper": Stop("HandOverScreen", rated_group, "board", (*_OPENING, "y", "y", "enter")),
    "type back": Stop(
        "HandOverScreen", rated_group, "board", (*_OPENING, "y", "y", "enter", "enter")
    ),
    "close": Stop("CloseScreen", rating, "board", ("c", "9", "enter")),
    "discard": Stop("AskText", rating, "board", ("c", "enter", *"discard", "enter")),
    "talk list": Stop("TalkScreen", rated_group, "board", ("t",)),
    "something agreed": Stop("TalkScreen", agreed, "board", ("t",)),
    "seeds": Stop("TalkScreen", rated_group, "board", ("t", "right", "right", "right")),
    "board in the room": Stop("BoardScreen", rated_group, "room"),
    "room while rating": Stop("RoomScreen", rating, "room"),
    "empty room": Stop("RoomScreen", fresh, "room"),
    "talk in the room": Stop("TalkScreen", rated_group, "room", ("t", "right")),
    "turns": Stop("TurnsScreen", rating, "turn"),
    "code": Stop("CodeScreen", rating, "turn", ("enter",)),
    "enter a code": Stop("AskText", rating, "turn", ("m",)),
    "change": Stop("ChangeScreen", rating, "turn", ("m", "{code}", "enter")),
    "ballot": Stop("BallotScreen", rating, "turn", (*START, *"45x0o3")),
    "leave a ballot": Stop("AskYesNo", rating, "turn", (*START, "4", "escape")),
    "grid": Stop("GridScreen", rating, "turn", (*START, "enter", *"453")),
    "check": Stop("CheckScreen", rating, "turn", _CHECK),
    "mirror": Stop("MirrorScreen", rating, "turn", (*_CHECK, "c", "enter")),
    "curtain": Stop("CurtainScreen", rating, "turn", (*START, "escape")),
}
PLAIN = tuple(TWELVE)
CALLED = GROUP
