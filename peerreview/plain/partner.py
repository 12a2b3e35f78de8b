"""One partner as text: the street, why, the habits both ways, the work, what to do.

Knows results and widths; must not know files or streams.
"""

import textwrap
from collections.abc import Iterator

from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.result.lane import lane
from peerreview.domain.result.story import QuestionResult, make_story
from peerreview.domain.result.wording import FIRST_HAND
from peerreview.plain.board import WIDTH, between, fit

_LABEL, _ASIDE = 26, 26


def partner_text(board: Board, line: BoardLine) -> str:
    """Return a partner's page."""
    told, it = line.result, make_story(board, line)
    voices = f" · {told.voices} voices" if told.voices else ""
    title = f" PARTNER   {line.partner.name} · {line.partner.kind}"
    lines = [between(title, f"round {board.round}{voices}")]
    lines += [f" {'  ' if place else '! '}{each}" for place, each in enumerate(it.deal_breakers)]
    street, _, sure = it.verdict.partition(",")
    lines.append(
        f" {street.upper()}" + (f",{sure} ({it.certainty_meaning})" if it.certainty_meaning else "")
    )
    lines += textwrap.wrap(it.reason, WIDTH - 2, initial_indent=" ", subsequent_indent=" ")
    if told.comes_back is not None:
        lines += ["", " " * 29 + "comes back ◀ ▶ we give"]
        lines.append(f" {fit('all in all', _LABEL)}     {lane(told.comes_back, told.we_give)}")
        lines += map(_asked, it.habits)
        lines += ["", f" {it.work.upper()}", *map(_asked, it.work_questions)] if it.work else []
    return "\n".join(each.rstrip() for each in [*lines, "", *_facts(it.facts), f" {FIRST_HAND}"])


def _asked(asked: QuestionResult) -> str:
    picture = f"{lane(asked.values[0], asked.values[1], 7)}   " if len(asked.values) == 2 else ""
    return f"   {fit(asked.label, _LABEL)}   {picture}{asked.phrase}"


def _facts(facts: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, fact in facts:
        first, *more = textwrap.wrap(fact, WIDTH - _ASIDE - 1)
        yield f" {fit(name, _ASIDE)}{first}"
        yield from (" " * (_ASIDE + 1) + each for each in more)
