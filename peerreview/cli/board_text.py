"""The board as 80 columns of text: streets, lanes, how sure, how many.

Knows results and widths; must not know files or streams.
"""

from peerreview.cli.view import Line, View
from peerreview.domain.lane import lane
from peerreview.domain.partner import Kind
from peerreview.domain.text import cells
from peerreview.domain.verdict import Street, Work
from peerreview.domain.wording import FIRST_HAND, STREETS

WIDTH = 80
_NAME, _KIND, _SURE, _VOICES = 20, 11, 5, 5
_HEAD_OF_LANES = " " * 33 + "comes back ◀ ▶ we give  sure   voices"
_SHORT = {Kind.SUBCONTRACTOR: "subcontract", Kind.REFERRAL: "referral"}


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells: filled up with blanks, or cut off with `…`."""
    if cells(text) > width:
        while cells(text) > width - 1:
            text = text[:-1]
        text = text.rstrip() + "…"
    return text + " " * (width - cells(text))


def between(left: str, right: str, width: int = WIDTH) -> str:
    """Return `left` and `right` at the two ends of a line of `width` cells."""
    room = width - cells(right) - 1
    return fit(left, room) + " " + right


def mark(line: Line) -> str:
    """Return the mark of a partner: `!` a deal-breaker, `~` poor work."""
    if line.told.deal_breaker:
        return "!"
    return "~" if line.told.work is Work.POOR else " "


def board_text(view: View) -> str:
    """Return the whole board."""
    shown = len(view.lines) - len(view.on(Street.TOO_FEW))
    count = f"{view.ballots} ballots · {shown} of {len(view.lines)} partners"
    title = f" BOARD   {view.group} · round {view.round} · {view.quarter}"
    with_since = any(line.since for line in view.lines)
    lines = [between(title, count)]
    if view.streets:
        lines.append(_HEAD_OF_LANES + ("  since" if with_since else ""))
    for street in view.streets:
        words = STREETS[street]
        lines.append(f" {words.many.upper()}  {words.says}")
        lines += [_row(line) for line in view.on(street)]
    if few := view.on(Street.TOO_FEW):
        start = f" {STREETS[Street.TOO_FEW].many.upper()}  nothing is shown: "
        lines.append(start + _as_many_as_fit([each.name for each in few], WIDTH - len(start)))
    return "\n".join(line.rstrip() for line in [*lines, " " + "─" * (WIDTH - 2), *_legend(view)])


def _row(line: Line) -> str:
    told = line.told
    sure = "mixed" if told.street is Street.MIXED else told.certainty or ""
    parts = (
        f" {mark(line)} {fit(line.name, _NAME)}",
        fit(_SHORT.get(line.kind, line.kind), _KIND),
        lane(told.comes_back, told.we_give),
        "",
        fit(sure, _SURE),
        "",
        fit(told.voices or "", _VOICES),
        "",
        line.since.word if line.since else "",
    )
    return " ".join(parts)


def _as_many_as_fit(names: list[str], width: int) -> str:
    """Return the names in one line of `width` cells, and how many more there are."""
    for count in range(len(names), 0, -1):
        rest = len(names) - count
        said = ", ".join(names[:count]) + (f", {rest} more" if rest else "")
        if cells(said) <= width:
            return said
    return f"{len(names)} partners"


def _legend(view: View) -> list[str]:
    marks = {mark(line) for line in view.lines}
    told = (
        " ! more than one of us reported a deal-breaker" if "!" in marks else "",
        " ~ poor work" if "~" in marks else "",
    )
    said = "  ".join(each for each in told if each)
    return [*([said] if said else []), f" {FIRST_HAND}"]
