"""The board as text of 80 columns: a line for each partner, grouped by street.

Knows results and widths. Must not know files or streams.
"""

from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.result.lane import lane
from peerreview.domain.result.wording import FIRST_HAND, STREETS
from peerreview.domain.tally.verdict import Street, Work
from peerreview.domain.text import cell_width, fit

WIDTH = 80
_NAME, _KIND, _SURE, _VOICES = 20, 11, 5, 5
_HEAD_OF_LANES = " " * 33 + "comes back ◀ ▶ we give  sure   voices"
_MARKS = {"!": "more than one of us reported a deal-breaker", "~": "poor work"}
_SHORT_KINDS = {PartnerKind.SUBCONTRACTOR: "subcontract", PartnerKind.REFERRAL: "referral"}


def join_at_ends(left: str, right: str) -> str:
    """Return one line with `left` at its start and `right` at its end."""
    return f"{fit(left, WIDTH - cell_width(right) - 1)} {right}"


def partner_mark(line: BoardLine) -> str:
    """Return the mark of a partner: `!` for a deal-breaker, `~` for poor work, or a space."""
    if line.result.deal_breaker:
        return "!"
    return "~" if line.result.work is Work.POOR else " "


def board_text(board: Board) -> str:
    """Return the whole board, in lines of at most 80 columns."""
    count = f"{board.ballots} ballots · {len(board.shown_lines)} of {len(board.all_lines)} partners"
    lines = [join_at_ends(f" BOARD   {board.group} · round {board.round} · {board.quarter}", count)]
    if board.shown_sections:
        with_since = any(line.change for line in board.shown_lines)
        lines.append(_HEAD_OF_LANES + ("  since" if with_since else ""))
    for section in board.shown_sections:
        words = STREETS[section.street]
        lines.append(f" {words.many.upper()}  {words.meaning}")
        lines += [_line(line) for line in section.lines]
    if board.hidden_lines:
        start = f" {STREETS[Street.TOO_FEW].many.upper()}  nothing is shown: "
        names = [line.partner.name for line in board.hidden_lines]
        lines.append(start + _join_fitting_names(names, WIDTH - len(start)))
    return "\n".join(line.rstrip() for line in [*lines, " " + "─" * (WIDTH - 2), *_legend(board)])


def _line(line: BoardLine) -> str:
    result = line.result
    partner = line.partner
    name = fit(partner.name, _NAME)
    kind = fit(_SHORT_KINDS.get(partner.kind, partner.kind), _KIND)
    picture = lane(result.comes_back, result.we_give)
    sure = fit("mixed" if result.street is Street.MIXED else result.certainty or "", _SURE)
    voices = fit(result.voices or "", _VOICES)
    since = line.change.word if line.change else ""
    return f" {partner_mark(line)} {name} {kind} {picture}  {sure}  {voices}  {since}"


def _join_fitting_names(names: list[str], width: int) -> str:
    """Return as many names as fit into `width` cells, and the number of the others."""
    for count in range(len(names), 0, -1):
        rest = len(names) - count
        text = ", ".join(names[:count]) + (f", {rest} more" if rest else "")
        if cell_width(text) <= width:
            return text
    return f"{len(names)} partners"


def _legend(board: Board) -> list[str]:
    marks = {partner_mark(line) for line in board.shown_lines}
    legend = "  ".join(f" {mark} {meaning}" for mark, meaning in _MARKS.items() if mark in marks)
    return [legend, f" {FIRST_HAND}"] if legend else [f" {FIRST_HAND}"]
