"""One partner's page as text: street, reason, habits both ways, work, and facts.

Knows results and widths. Must not know files or streams.
"""

import textwrap
from collections.abc import Iterator

from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.result.lane import lane
from peerreview.domain.result.story import QuestionResult, make_story
from peerreview.domain.result.wording import FIRST_HAND
from peerreview.domain.text import fit
from peerreview.plain.board import WIDTH, join_at_ends

_LABEL, _FACT_NAME = 26, 26
"""The widths of the left columns, in cells."""


def partner_text(board: Board, line: BoardLine) -> str:
    """Return the page of the partner on a line of the board, in lines of about 80 columns."""
    result = line.result
    story = make_story(board, line)
    voices = f" · {result.voices} voices" if result.voices else ""
    title = f" PARTNER   {line.partner.name} · {line.partner.kind}"
    lines = [join_at_ends(title, f"round {board.round}{voices}")]
    for place, deal_breaker in enumerate(story.deal_breakers):
        mark = "! " if place == 0 else "  "
        lines.append(f" {mark}{deal_breaker}")
    street, _, certainty = story.verdict.partition(",")
    if story.certainty_meaning:
        lines.append(f" {street.upper()},{certainty} ({story.certainty_meaning})")
    else:
        lines.append(f" {street.upper()}")
    lines += textwrap.wrap(story.reason, WIDTH - 2, initial_indent=" ", subsequent_indent=" ")
    if result.comes_back is not None:
        lines += ["", " " * 29 + "comes back ◀ ▶ we give"]
        lines.append(f" {fit('all in all', _LABEL)}     {lane(result.comes_back, result.we_give)}")
        lines += map(_question_line, story.habits)
        if story.work:
            lines += ["", f" {story.work.upper()}", *map(_question_line, story.work_questions)]
    lines += ["", *_fact_lines(story.facts), f" {FIRST_HAND}"]
    return "\n".join(text.rstrip() for text in lines)


def _question_line(result: QuestionResult) -> str:
    picture = ""
    if len(result.values) == 2:
        picture = f"{lane(result.values[0], result.values[1], 7)}   "
    return f"   {fit(result.label, _LABEL)}   {picture}{result.phrase}"


def _fact_lines(facts: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, fact in facts:
        first, *more = textwrap.wrap(fact, WIDTH - _FACT_NAME - 1)
        yield f" {fit(name, _FACT_NAME)}{first}"
        for text in more:
            yield " " * (_FACT_NAME + 1) + text
