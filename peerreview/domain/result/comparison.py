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

    The full name of a kind matches that kind alone. Without words all partners match.
    """
    words = comparison_key(text).split()
    kinds = [kind for kind in PartnerKind if kind == " ".join(words)]

    def is_wanted(partner: Partner) -> bool:
        searched = comparison_key(" ".join((*partner.names, partner.kind)))
        return partner.kind in kinds if kinds else all(word in searched for word in words)

    sections = (
        BoardSection(
            section.street, tuple(line for line in section.lines if is_wanted(line.partner))
        )
        for section in board.sections
    )
    return replace(board, sections=tuple(section for section in sections if section.lines))


def partner_history(group: Group, partner_id: str) -> tuple[tuple[Board, BoardLine], ...]:
    """Return a partner's line on the board of every round it was in, the first round first."""
    numbers = sorted(
        release.round for release in group.releases if release.find_partner(partner_id)
    )
    boards = [make_board(group, number) for number in numbers]
    return tuple(
        (board, line)
        for board in boards
        for line in board.all_lines
        if line.partner.id == partner_id
    )


@dataclass(frozen=True, slots=True)
class ComparedQuestion:
    """A question, and for each of several stories its word and its value from 1 to 5."""

    label: str
    values: tuple[tuple[str, float | None], ...]


def compare_stories(stories: Sequence[Story]) -> Iterable[tuple[str, tuple[ComparedQuestion, ...]]]:
    """Yield the heading and the questions of every part in which a value is shown."""
    habits, works = [story.habits for story in stories], [story.work_questions for story in stories]
    for heading, parts, side in (
        ("they, to us", habits, 0),
        ("we, to them", habits, 1),
        ("their work", works, 0),
        ("our work", works, 1),
    ):
        questions_by_story = [
            {question.label: question for question in part if side < len(question.words)}
            for part in parts
        ]
        labels = dict.fromkeys(label for by_label in questions_by_story for label in by_label)
        questions = tuple(
            ComparedQuestion(
                label,
                tuple(_word_and_value(by_label, label, side) for by_label in questions_by_story),
            )
            for label in labels
        )
        if any(value is not None for question in questions for _, value in question.values):
            yield heading, questions


def _word_and_value(
    questions: dict[str, QuestionResult], label: str, side: int
) -> tuple[str, float | None]:
    if question := questions.get(label):
        return question.words[side], question.values[side]
    return NOT_ASKED if questions else NOT_SHOWN, None
