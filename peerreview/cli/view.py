"""What `show` prints, whether it comes from a group or from somebody's summary.

Knows results and where to find them; must not know how they are laid out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from peerreview.cli.finding import find
from peerreview.domain.board import ORDER, Board
from peerreview.domain.criteria import CriteriaSet
from peerreview.domain.partner import Kind
from peerreview.domain.release import PartnerRelease
from peerreview.domain.summary import Summary
from peerreview.domain.text import fold
from peerreview.domain.verdict import Street
from peerreview.domain.wording import Since


@dataclass(frozen=True, slots=True)
class Line:
    """One partner: its name, what was released, and what is known about it besides.

    Attributes:
        names: what else the partner goes by.
        criteria: the set that asked, if this program knows it.
        since: the step from the last round; a summary has none.
        why: the reason as it stands in a summary; a group's is worked out.
    """

    name: str
    kind: Kind
    told: PartnerRelease
    names: tuple[str, ...] = ()
    criteria: CriteriaSet | None = None
    since: Since | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A whole result, the partners grouped by street and by name within."""

    group: str
    round: int
    quarter: str
    ballots: int
    lines: tuple[Line, ...]

    def on(self, street: Street) -> tuple[Line, ...]:
        """Return the partners of one street."""
        return tuple(line for line in self.lines if line.told.street is street)

    @property
    def streets(self) -> tuple[Street, ...]:
        """Return the streets that have partners and are shown, in the board's order."""
        return tuple(each for each in ORDER if each is not Street.TOO_FEW and self.on(each))

    def find(self, wanted: str) -> Line:
        """Return the partner that goes by `wanted`.

        Raises:
            UsageError: There is none, or there are several.
        """
        return find(wanted, self.lines, lambda line: (line.name, *line.names))


def of_board(board: Board) -> View:
    """Return the view of a group's own board."""
    lines = tuple(
        Line(
            line.partner.name,
            line.partner.kind,
            line.told,
            line.partner.aliases,
            line.criteria,
            line.since,
        )
        for section in board.sections
        for line in section.lines
    )
    return View(board.group, board.round, board.quarter, board.ballots, lines)


def of_summary(summary: Summary, sets: Mapping[str, CriteriaSet]) -> View:
    """Return the view of a summary.

    Args:
        summary: what came with the file.
        sets: the criteria sets this program knows, by hash.
    """
    lines = tuple(
        Line(
            each.name,
            each.kind,
            each.released(),
            criteria=sets.get(summary.sets.get(each.set, "")),
            why=each.why,
        )
        for each in sorted(summary.partners, key=lambda each: fold(each.name))
    )
    return View(summary.group, summary.round, summary.quarter, summary.ballots, lines)
