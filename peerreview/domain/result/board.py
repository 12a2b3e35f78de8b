"""The board: one round's release, grouped by street, alphabetical inside; no ranks."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner
from peerreview.domain.rating.criteria import CriteriaSet
from peerreview.domain.result import wording
from peerreview.domain.round.round import quarter
from peerreview.domain.tally.release import PartnerRelease, Release
from peerreview.domain.tally.verdict import Certainty, Street

TALKS = (Street.MIXED, Street.ONE_WAY, Street.WE_OWE)
"""The streets a group talks about, in this order; of one-way streets the solid ones."""


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One partner on the board: who it is, what was released, and why.

    Attributes:
        criteria: the set that asked; None in a summary whose set this program doesn't know.
        since: the step from the last round; a summary has none.
    """

    partner: Partner
    result: PartnerRelease
    why: str
    criteria: CriteriaSet | None = None
    since: wording.Since | None = None


@dataclass(frozen=True, slots=True)
class BoardSection:
    """The partners of one street."""

    street: Street
    lines: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A whole round's result, ready to be drawn."""

    group: str
    round: int
    quarter: str
    ballots: int
    give_cut: float
    sections: tuple[BoardSection, ...]

    @property
    def shown(self) -> tuple[BoardSection, ...]:
        """The streets that are shown."""
        return tuple(each for each in self.sections if each.street is not Street.TOO_FEW)

    @property
    def lines(self) -> tuple[BoardLine, ...]:
        """Every partner that is shown, in the board's order."""
        return tuple(line for section in self.shown for line in section.lines)

    @property
    def everyone(self) -> tuple[BoardLine, ...]:
        """Every partner of the round."""
        return (*self.lines, *self.too_few)

    @property
    def too_few(self) -> tuple[BoardLine, ...]:
        """The partners with too few voices."""
        return next((s.lines for s in self.sections if s.street is Street.TOO_FEW), ())

    @property
    def talks(self) -> tuple[BoardLine, ...]:
        """The partners to talk about, in the order to do it."""
        return tuple(
            line
            for street in TALKS
            for line in self.lines
            if line.result.street is street
            and (street is not Street.ONE_WAY or line.result.certainty is Certainty.SOLID)
        )

    def better_of_kind(self, line: BoardLine) -> tuple[BoardLine, ...]:
        """Return two-way streets of the same kind, solid ones first, without deal-breakers."""
        found = [
            each
            for each in self.lines
            if each.partner.kind is line.partner.kind
            and each.result.street is Street.TWO_WAY
            and each.partner.id != line.partner.id
            and not each.result.deal_breaker
        ]
        return tuple(sorted(found, key=lambda each: each.result.certainty is not Certainty.SOLID))


def board(group: Group, number: int | None = None) -> Board:
    """Return the board of round `number`, or of the last closed one.

    Raises:
        RuleError: No such round has been closed, or its results were dropped with age.
    """
    release = group.latest if number is None else group.release_of(number)
    if release is None:
        what = "no round has been closed yet" if number is None else f"round {number} has no result"
        raise RuleError(f"{group.name}: {what}")
    before = group.last_shown(release.round)
    return Board(
        group.name,
        release.round,
        quarter(release.closed_on),
        release.ballots,
        release.give_cut,
        arrange(_line(group, told, release, before) for told in release.partners),
    )


def arrange(lines: Iterable[BoardLine]) -> tuple[BoardSection, ...]:
    """Return lines grouped by street, alphabetical inside."""
    by_name = sorted(lines, key=lambda line: line.partner.sort_key)
    return tuple(
        BoardSection(street, found)
        for street in Street
        if (found := tuple(line for line in by_name if line.result.street is street))
    )


def _line(group: Group, told: PartnerRelease, now: Release, before: Release | None) -> BoardLine:
    criteria = group.set_by_hash(now.sets[told.partner])
    since = wording.since(told, now, before)
    return BoardLine(
        group.partner(told.partner), told, wording.why(told, criteria), criteria, since
    )
