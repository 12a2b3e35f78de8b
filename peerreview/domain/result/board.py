"""The board: one round's release, grouped by street, alphabetical inside; no ranks."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerreview.domain.errors import RuleError
from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner
from peerreview.domain.rating.criteria import CriteriaSet
from peerreview.domain.result import wording
from peerreview.domain.round.round import quarter_of
from peerreview.domain.tally.release import PartnerRelease, Release
from peerreview.domain.tally.verdict import Certainty, Street

TALK_ORDER = (Street.MIXED, Street.ONE_WAY, Street.WE_OWE)
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
    reason: str
    criteria: CriteriaSet | None = None
    change: wording.ChangeSinceLast | None = None


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
    def shown_sections(self) -> tuple[BoardSection, ...]:
        """The streets that are shown."""
        return tuple(each for each in self.sections if each.street is not Street.TOO_FEW)

    @property
    def shown_lines(self) -> tuple[BoardLine, ...]:
        """Every partner that is shown, in the board's order."""
        return tuple(line for section in self.shown_sections for line in section.lines)

    @property
    def all_lines(self) -> tuple[BoardLine, ...]:
        """Every partner of the round."""
        return (*self.shown_lines, *self.hidden_lines)

    @property
    def hidden_lines(self) -> tuple[BoardLine, ...]:
        """The partners with too few voices."""
        return next((s.lines for s in self.sections if s.street is Street.TOO_FEW), ())

    @property
    def talk_list(self) -> tuple[BoardLine, ...]:
        """The partners to talk about, in the order to do it."""
        return tuple(
            line
            for street in TALK_ORDER
            for line in self.shown_lines
            if line.result.street is street
            and (street is not Street.ONE_WAY or line.result.certainty is Certainty.SOLID)
        )

    def alternatives(self, line: BoardLine) -> tuple[BoardLine, ...]:
        """Return two-way streets of the same kind, solid ones first, without deal-breakers."""
        found = [
            each
            for each in self.shown_lines
            if each.partner.kind is line.partner.kind
            and each.result.street is Street.TWO_WAY
            and each.partner.id != line.partner.id
            and not each.result.deal_breaker
        ]
        return tuple(sorted(found, key=lambda each: each.result.certainty is not Certainty.SOLID))


def make_board(group: Group, number: int | None = None) -> Board:
    """Return the board of round `number`, or of the last closed one.

    Raises:
        RuleError: No such round has been closed, or its results were dropped with age.
    """
    release = group.latest_release if number is None else group.find_release(number)
    if release is None:
        what = "no round has been closed yet" if number is None else f"round {number} has no result"
        raise RuleError(f"{group.name}: {what}")
    before = group.last_shown_release(release.round)
    return Board(
        group.name,
        release.round,
        quarter_of(release.closed_on),
        release.ballots,
        release.give_cut,
        sections_by_street(_line(group, told, release, before) for told in release.partners),
    )


def sections_by_street(lines: Iterable[BoardLine]) -> tuple[BoardSection, ...]:
    """Return lines grouped by street, alphabetical inside."""
    by_name = sorted(lines, key=lambda line: line.partner.sort_key)
    return tuple(
        BoardSection(street, found)
        for street in Street
        if (found := tuple(line for line in by_name if line.result.street is street))
    )


def _line(group: Group, told: PartnerRelease, now: Release, before: Release | None) -> BoardLine:
    criteria = group.get_criteria_set(now.sets[told.partner])
    since = wording.change_since_last(told, now, before)
    return BoardLine(
        group.get_partner(told.partner), told, wording.reason(told, criteria), criteria, since
    )
