"""The way to every screen there is, for what must hold on all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from memory import MemoryVault
from stories import Calendar, code_of, fast_environment, rated

from peerreview.domain.tally.release import Outcome
from peerreview.services.group_services import GroupServices
from peerreview.tui.app.app import PeerReviewApp
from peerreview.tui.app.options import Demo, FirstScreen, Workspace

from .groups import GROUP, TWELVE, everybody, open_round, renamed, shared_partners, story_so_far
from .stage import START, Stage, app_for


@dataclass(frozen=True)
class House:
    """A group somebody can walk through.

    Attributes:
        code: of somebody who handed in.
    """

    services: GroupServices
    code: str = ""


Names = Sequence[str]


def told(names: Names, group: str) -> House:
    """Two rounds are closed, none is open."""
    vault = MemoryVault()
    vault.group.create(story_so_far())
    return House(_called(vault, names, group))


def agreed(names: Names, group: str) -> House:
    """Two rounds are closed, and the group knows what to do about the first to be talked about."""
    vault = MemoryVault()
    vault.group.create(story_so_far())
    results = GroupServices(vault, fast_environment(Calendar())).results
    results.record_agreement(2, results.board().talk_list[0].partner.id, Outcome.TALK)
    return House(_called(vault, names, group))


def rating(names: Names, group: str) -> House:
    """Two rounds are closed, and four of five have handed in for the third."""
    vault = MemoryVault()
    vault.group.create(story_so_far())
    services = GroupServices(vault, fast_environment(Calendar()))
    open_round(services, heads=6)
    seats = rated(services, *[everybody()] * 4)
    return House(_called(vault, names, group), code_of(seats[0]))


def fresh(names: Names, group: str) -> House:
    """Partners are written down, no round was ever opened."""
    vault = MemoryVault()
    shared_partners(GroupServices(vault, fast_environment(Calendar())))
    return House(_called(vault, names, group))


def _called(vault: MemoryVault, names: Names, group: str) -> GroupServices:
    vault.group._group = renamed(vault.group.read(), names, group)
    return GroupServices(vault, fast_environment(Calendar()))


@dataclass(frozen=True)
class Stop:
    """A screen, and the keys that lead to it; `{code}` is typed as text."""

    screen: str
    house: Callable[[Names, str], House]
    first: FirstScreen
    keys: tuple[str, ...] = ()

    def app(self, house: House) -> PeerReviewApp:
        """The app of a house, on its first screen."""
        if self.first == "welcome":
            name = Path(f"{house.services.rounds.group().name}.group.json")
            demo = Demo(house.services, key="")
            doors = Workspace(
                lambda: [name], lambda *_: house.services, lambda *_: house.services, lambda: demo
            )
            return app_for(None, doors=doors)
        return app_for(house.services, self.first)

    async def walk(self, stage: Stage, house: House) -> None:
        """Press the keys that lead here."""
        for key in self.keys:
            if key == "{code}":
                await stage.write(house.code)
            else:
                await stage.press(key)
        assert stage.where == self.screen, f"{stage.where}\n{stage.picture}"


_OPENING = ("o", "1", "2", "enter")
_CHECK = (*START, "4", "5", "5", "1", "3", "c")

TOUR = {
    "welcome": Stop("WelcomeScreen", told, "welcome"),
    "new group": Stop("AskText", told, "welcome", ("n",)),
    "board": Stop("BoardScreen", told, "board"),
    "earlier board": Stop("BoardScreen", told, "board", ("left_square_bracket",)),
    "board while rating": Stop("BoardScreen", rating, "board"),
    "empty board": Stop("BoardScreen", fresh, "board"),
    "partner": Stop("PartnerScreen", told, "board", ("enter",)),
    "partner with a deal-breaker": Stop("PartnerScreen", told, "board", (*["down"] * 6, "enter")),
    "filtered board": Stop("BoardScreen", told, "board", ("slash", "o")),
    "compare": Stop("CompareScreen", told, "board", ("v", "down", "v")),
    "partner over the rounds": Stop("PastScreen", told, "board", ("enter", "r")),
    "rounds": Stop("HistoryScreen", told, "board", ("r",)),
    "street map": Stop("StreetMapScreen", told, "board", ("m",)),
    "take home": Stop("TakeHomeScreen", told, "board", ("e",)),
    "help": Stop("HelpScreen", told, "board", ("question_mark",)),
    "settings": Stop("SettingsScreen", told, "board", ("comma",)),
    "signs": Stop("GlyphCheck", told, "board", ("comma", "c")),
    "partners": Stop("PartnersScreen", told, "board", ("p",)),
    "partner form": Stop("PartnerForm", told, "board", ("p", "enter")),
    "paste form": Stop("PasteForm", told, "board", ("p", "v")),
    "open a round": Stop("OpenRoundScreen", told, "board", _OPENING[:3]),
    "checklist": Stop("AskYesNo", told, "board", _OPENING),
    "keeper": Stop("HandOverScreen", told, "board", (*_OPENING, "y", "y", "enter")),
    "type back": Stop("HandOverScreen", told, "board", (*_OPENING, "y", "y", "enter", "enter")),
    "close": Stop("CloseScreen", rating, "board", ("c", "9", "enter")),
    "discard": Stop("AskText", rating, "board", ("c", "enter", *"discard", "enter")),
    "talk list": Stop("TalkScreen", told, "board", ("t",)),
    "something agreed": Stop("TalkScreen", agreed, "board", ("t",)),
    "seeds": Stop("TalkScreen", told, "board", ("t", "right", "right", "right")),
    "board in the room": Stop("BoardScreen", told, "room"),
    "room while rating": Stop("RoomScreen", rating, "room"),
    "empty room": Stop("RoomScreen", fresh, "room"),
    "talk in the room": Stop("TalkScreen", told, "room", ("t", "right")),
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
