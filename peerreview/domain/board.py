"""The board: one round's release, grouped by street, alphabetical inside; no ranks."""

from dataclasses import dataclass

from peerreview.domain import wording
from peerreview.domain.criteria import CriteriaSet
from peerreview.domain.group import Group
from peerreview.domain.partner import Partner
from peerreview.domain.refusal import RuleError
from peerreview.domain.release import PartnerRelease, Release
from peerreview.domain.round import quarter
from peerreview.domain.verdict import Certainty, Street
from peerreview.domain.wording import Since

ORDER = (
    Street.TWO_WAY,
    Street.WE_OWE,
    Street.MIXED,
    Street.ONE_WAY,
    Street.QUIET,
    Street.TOO_CLOSE,
    Street.TOO_FEW,
)


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One partner on the board: who it is, what was released, by which questions."""

    partner: Partner
    told: PartnerRelease
    criteria: CriteriaSet
    since: Since


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
    def lines(self) -> tuple[BoardLine, ...]:
        """Every partner that is shown, in the board's order."""
        return tuple(
            line
            for section in self.sections
            if section.street is not Street.TOO_FEW
            for line in section.lines
        )

    @property
    def too_few(self) -> tuple[BoardLine, ...]:
        """The partners with too few voices."""
        return next((s.lines for s in self.sections if s.street is Street.TOO_FEW), ())

    def better_of_kind(self, line: BoardLine) -> tuple[BoardLine, ...]:
        """Return two-way streets of the same kind, solid ones first, without deal-breakers."""
        found = [
            each
            for each in self.lines
            if each.partner.kind is line.partner.kind
            and each.told.street is Street.TWO_WAY
            and each.partner.id != line.partner.id
            and not each.told.deal_breaker
        ]
        return tuple(sorted(found, key=lambda each: each.told.certainty is not Certainty.SOLID))


def board(group: Group, number: int | None = None) -> Board:
    """Return the board of round `number`, or of the last closed one.

    Raises:
        RuleError: No such round has been closed, or its results were dropped with age.
    """
    release = group.latest if number is None else group.release_of(number)
    if release is None:
        what = "no round has been closed yet" if number is None else f"round {number} has no result"
        raise RuleError(f"{group.name}: {what}")
    before = group.before(release.round)
    lines = [_line(group, told, release, before) for told in release.partners]
    lines.sort(key=lambda line: line.partner.sort_key)
    sections = tuple(
        BoardSection(street, found)
        for street in ORDER
        if (found := tuple(line for line in lines if line.told.street is street))
    )
    return Board(
        group.name,
        release.round,
        quarter(release.closed_on),
        release.ballots,
        release.give_cut,
        sections,
    )


def _line(group: Group, told: PartnerRelease, now: Release, before: Release | None) -> BoardLine:
    return BoardLine(
        group.partner(told.partner),
        told,
        group.set_by_hash(now.sets[told.partner]),
        wording.since(told, now, before),
    )
