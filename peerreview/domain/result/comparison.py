"""Ways to look at boards: only some partners, one partner over the rounds, several side by side.

Knows releases through boards and stories; must not know who looks or how it is drawn.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.domain.result.board import Board, BoardLine, BoardSection, make_board
from peerreview.domain.result.story import NOT_SHOWN, QuestionResult, Story
from peerreview.domain.text import comparison_key

NOT_ASKED = "not asked"


def filter_board(board: Board, text: str) -> Board:
    """Return the board with the partners whose name or kind holds every word of `text`.

    The full name of a kind stands for that kind alone; no words stand for everybody.
    """
    words = comparison_key(text).split()
    kinds = [kind for kind in PartnerKind if kind == " ".join(words)]

    def wanted(partner: Partner) -> bool:
        said = comparison_key(" ".join((*partner.names, partner.kind)))
        return partner.kind in kinds if kinds else all(word in said for word in words)

    found = (
        BoardSection(section.street, tuple(line for line in section.lines if wanted(line.partner)))
        for section in board.sections
    )
    return replace(board, sections=tuple(section for section in found if section.lines))


def partner_history(group: Group, partner_id: str) -> tuple[tuple[Board, BoardLine], ...]:
    """Return a partner's line on the board of every round it was in, the first round first."""
    numbers = sorted(
        release.round for release in group.releases if release.find_partner(partner_id)
    )
    boards = [make_board(group, number) for number in numbers]
    return tuple(
        (each, line) for each in boards for line in each.all_lines if line.partner.id == partner_id
    )


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """A question and what several stories say of it: a word each, and where it lies from 1 to 5."""

    label: str
    values: tuple[tuple[str, float | None], ...]


def compare_stories(stories: Sequence[Story]) -> Iterable[tuple[str, tuple[ComparedQuestion, ...]]]:
    """Yield a heading and its questions, for every part of which anything is shown."""
    habits, works = [each.habits for each in stories], [each.work_questions for each in stories]
    for heading, parts, side in (
        ("they, to us", habits, 0),
        ("we, to them", habits, 1),
        ("their work", works, 0),
        ("our work", works, 1),
    ):
        asked = [{each.label: each for each in part if side < len(each.words)} for part in parts]
        labels = dict.fromkeys(label for each in asked for label in each)
        found = tuple(
            ComparedQuestion(label, tuple(_said(each, label, side) for each in asked))
            for label in labels
        )
        if any(value is not None for each in found for _, value in each.values):
            yield heading, found


def _said(asked: dict[str, QuestionResult], label: str, side: int) -> tuple[str, float | None]:
    if found := asked.get(label):
        return found.words[side], found.values[side]
    return NOT_ASKED if asked else NOT_SHOWN, None
