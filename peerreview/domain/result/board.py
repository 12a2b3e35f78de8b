"""The board: one round's release, grouped by street and sorted by name, without ranks."""

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
    """One partner on the board, with what was released about it and why.

    Attributes:
        criteria: the partner's criteria set; None if this program doesn't know the summary's set.
        change: the change since the last round; None in a summary.
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
    """The result of a round, ready to be drawn."""

    group: str
    round: int
    quarter: str
    ballots: int
    give_cut: float
    sections: tuple[BoardSection, ...]

    @property
    def shown_sections(self) -> tuple[BoardSection, ...]:
        """The sections whose partners are shown."""
        return tuple(section for section in self.sections if section.street is not Street.TOO_FEW)

    @property
    def shown_lines(self) -> tuple[BoardLine, ...]:
        """The partners that are shown, in the board's order."""
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
        candidates = [
            other
            for other in self.shown_lines
            if other.partner.kind is line.partner.kind
            and other.result.street is Street.TWO_WAY
            and other.partner.id != line.partner.id
            and not other.result.deal_breaker
        ]
        return tuple(
            sorted(candidates, key=lambda other: other.result.certainty is not Certainty.SOLID)
        )


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
        sections_by_street(
            _make_line(group, result, release, before) for result in release.partners
        ),
    )


def sections_by_street(lines: Iterable[BoardLine]) -> tuple[BoardSection, ...]:
    """Return lines grouped by street and sorted by name."""
    by_name = sorted(lines, key=lambda line: line.partner.sort_key)
    return tuple(
        BoardSection(street, section_lines)
        for street in Street
        if (section_lines := tuple(line for line in by_name if line.result.street is street))
    )


def _make_line(
    group: Group, result: PartnerRelease, now: Release, before: Release | None
) -> BoardLine:
    criteria = group.get_criteria_set(now.sets[result.partner])
    since = wording.change_since_last(result, now, before)
    return BoardLine(
        group.get_partner(result.partner), result, wording.reason(result, criteria), criteria, since
    )
