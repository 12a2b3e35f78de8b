"""The board as 80 columns of text: streets, lanes, how sure, how many.

Knows results and widths; must not know files or streams.
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
_SHORT = {PartnerKind.SUBCONTRACTOR: "subcontract", PartnerKind.REFERRAL: "referral"}


def between(left: str, right: str) -> str:
    """Return `left` and `right` at the two ends of a line."""
    return f"{fit(left, WIDTH - cell_width(right) - 1)} {right}"


def mark(line: BoardLine) -> str:
    """Return the mark of a partner: `!` a deal-breaker, `~` poor work."""
    if line.result.deal_breaker:
        return "!"
    return "~" if line.result.work is Work.POOR else " "


def board_text(board: Board) -> str:
    """Return the whole board."""
    count = f"{board.ballots} ballots · {len(board.shown_lines)} of {len(board.all_lines)} partners"
    lines = [between(f" BOARD   {board.group} · round {board.round} · {board.quarter}", count)]
    if board.shown_sections:
        with_since = any(line.change for line in board.shown_lines)
        lines.append(_HEAD_OF_LANES + ("  since" if with_since else ""))
    for section in board.shown_sections:
        words = STREETS[section.street]
        lines.append(f" {words.many.upper()}  {words.meaning}")
        lines += [_line(line) for line in section.lines]
    if board.hidden_lines:
        start = f" {STREETS[Street.TOO_FEW].many.upper()}  nothing is shown: "
        names = [each.partner.name for each in board.hidden_lines]
        lines.append(start + _as_many_as_fit(names, WIDTH - len(start)))
    return "\n".join(line.rstrip() for line in [*lines, " " + "─" * (WIDTH - 2), *_legend(board)])


def _line(line: BoardLine) -> str:
    told, partner = line.result, line.partner
    who = f"{fit(partner.name, _NAME)} {fit(_SHORT.get(partner.kind, partner.kind), _KIND)}"
    sure = fit("mixed" if told.street is Street.MIXED else told.certainty or "", _SURE)
    voices, since = fit(told.voices or "", _VOICES), line.change.word if line.change else ""
    street = lane(told.comes_back, told.we_give)
    return f" {mark(line)} {who} {street}  {sure}  {voices}  {since}"


def _as_many_as_fit(names: list[str], width: int) -> str:
    """Return the names in one line of `width` cells, and how many more there are."""
    for count in range(len(names), 0, -1):
        rest = len(names) - count
        said = ", ".join(names[:count]) + (f", {rest} more" if rest else "")
        if cell_width(said) <= width:
            return said
    return f"{len(names)} partners"


def _legend(board: Board) -> list[str]:
    marks = {mark(line) for line in board.shown_lines}
    said = "  ".join(f" {each} {says}" for each, says in _MARKS.items() if each in marks)
    return [said, f" {FIRST_HAND}"] if said else [f" {FIRST_HAND}"]
