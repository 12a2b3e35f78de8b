"""The user's story in a few words, for tests to tell: a group, a round, raters, a close."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count

from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.rating.ballot import Draft, Standing
from peerreview.domain.rating.criteria import Section
from peerreview.domain.rating.scale import NO, YES
from peerreview.domain.round.plan import Plan
from peerreview.domain.tally.release import Release
from peerreview.errors import BoxGoneError
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.services.ports import BoxStore
from peerreview.services.rating import Seat
from peerreview.services.rounds import PreparedRound
from peerreview.shipped import load_criteria_sets

GROUP = "Gulf Coast Peers"
PARTNERS = {
    "Alder Security": PartnerKind.PEER,
    "Bayou Web Works": PartnerKind.SUBCONTRACTOR,
    "Bluestack Cloud": PartnerKind.VENDOR,
    "Cobalt Voice": PartnerKind.REFERRAL,
    "Delta Printers": PartnerKind.OTHER,
}
SETS = load_criteria_sets()
"""The shipped sets, read once for all tests: they never change."""
FAST = Stretcher(Strength(ops=1, memory=8192))


@dataclass
class Calendar:
    """A date that stands still until somebody turns the page."""

    day: date = date(2026, 10, 15)

    def today(self) -> date:
        return self.day

    def turn(self, days: int) -> None:
        self.day += timedelta(days)


def fast_environment(calendar: Calendar) -> Environment:
    """A world like the product's, but quick, with ids that count up."""
    ids = count(1)
    return Environment(SETS, FAST, calendar.today, lambda: f"{next(ids):016x}")


def five_partners(services: GroupServices) -> GroupServices:
    """Start a group on `desk` and add the five partners."""
    services.setting_up.create(GROUP)
    for name, kind in PARTNERS.items():
        services.setting_up.add(name, kind)
    return services


def ids(services: GroupServices) -> dict[str, str]:
    """The partners' ids by name."""
    return {partner.name: partner.id for partner in services.rounds.group().partners}


def opened(services: GroupServices, heads: int = 4, **plan: object) -> PreparedRound:
    """Open a round about every partner that is ready."""
    hands = dict.fromkeys(partner.id for partner in services.rounds.ready_partners())
    prepared = services.rounds.prepare(Plan(hands, heads, **plan))  # pyright: ignore[reportArgumentType]
    services.rounds.open(prepared)
    return prepared


def key_of(prepared: PreparedRound, keeper: int = 0) -> str:
    """A keeper's key as it is typed."""
    return " ".join(prepared.keys[keeper])


@dataclass(frozen=True)
class Says:
    """What a rater answers about one partner on every line."""

    they: int = 4
    we: int = 4
    bad: int = 2
    ugly: int = NO


@dataclass(frozen=True)
class Rater:
    """A rater with opinions by the partner's name; partners left out aren't known."""

    opinions: Mapping[str, Says] = field(default_factory=lambda: dict.fromkeys(PARTNERS, Says()))

    def fill(self, seat: Seat) -> Draft:
        """Fill in a whole ballot."""
        draft = seat.blank_draft()
        for partner in seat.partners:
            opinion = self.opinions.get(partner.name)
            if opinion is None:
                draft = draft.with_standing(partner.id, Standing.UNKNOWN)
                continue
            by_section = {Section.THEY: opinion.they, Section.WE: opinion.we,
                          Section.BAD: opinion.bad, Section.UGLY: opinion.ugly}  # fmt: skip
            for question in seat.sets[partner.id].questions:
                draft = draft.with_answer(partner.id, question.id, by_section[question.section])
        return draft


KIND = Rater()
HARD = Rater(dict.fromkeys(PARTNERS, Says(they=1, we=4, bad=4, ugly=YES)))


def rated(services: GroupServices, *raters: Rater) -> list[Seat]:
    """Let raters draw and cast, one after the other; return their seats."""
    seats: list[Seat] = []
    for rater in raters:
        seat = services.rating.draw_code()
        services.rating.cast(seat, rater.fill(seat))
        seats.append(seat)
    return seats


def closed(services: GroupServices, *raters: Rater, heads: int | None = None) -> Release:
    """A whole round: open, rate, close."""
    prepared = opened(services, heads or max(4, len(raters)))
    rated(services, *raters)
    release = services.rounds.close(key_of(prepared), len(raters))
    assert release
    return release


def code_of(seat: Seat) -> str:
    """The code of a seat as its rater types it."""
    assert seat.code
    return " ".join(seat.code)


def spelled_out(words: Sequence[str], text: str) -> bool:
    """Tell whether a code or key stands in `text`; single words may, by chance."""
    return any(between.join(words) in text for between in (" ", ", ", "', '", '", "', "-", ""))


def there(store: BoxStore) -> bool:
    """Tell whether there is a box."""
    try:
        store.read_without_slots()
    except BoxGoneError:
        return False
    return True
