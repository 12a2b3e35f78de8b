"""The question at the cursor, and the cell that a digit answers.

Its functions take a turn and a cursor and return values; must not know widgets or screens.
"""

from dataclasses import dataclass

from peerreview.domain.rating.criteria import Question
from peerreview.services.turn import BallotCursor, Turn

THEY, WE, UGLY = 0, 1, 2
"""The ballot's columns: what comes back, what we give, and the deal-breakers."""
BALLOT_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class QuestionPrompt:
    """The question at a cursor, and what is shown around it.

    Attributes:
        question: the question that an answer is given to, None if there is none.
        text: what is asked, where that is more than the question's own text.
        progress: how far through the questions this one is, as in "3 of 36".
        partner_name: the name to show where the list has no room for it.
        sides: what comes back and what we give so far, 1 to 5.
    """

    question: Question | None = None
    text: str = ""
    progress: str = ""
    partner_name: str = ""
    sides: tuple[float | None, float | None] = (None, None)


def ballot_prompt(turn: Turn, cursor: BallotCursor) -> QuestionPrompt:
    """Return what the quick ballot asks: a count, or all deal-breakers in one sentence."""
    if not turn.partners:
        return QuestionPrompt()
    criteria, _ = turn.criteria_and_entry(cursor.partner)
    if cursor.column == UGLY:
        positions = criteria.deal_breaker_positions.values()
        deal_breakers = [criteria.questions[position] for position in positions]
        question = deal_breakers[0] if deal_breakers else None
        text = f"{', '.join(deal_breaker.label for deal_breaker in deal_breakers)}?"
    else:
        question = criteria.questions[criteria.positions[criteria.starred_pair[cursor.column]]]
        text = ""
    number = cursor.partner * BALLOT_COLUMNS + cursor.column + 1
    progress = f"{number} of {len(turn.partners) * BALLOT_COLUMNS}"
    name = turn.partners[cursor.partner].name
    return QuestionPrompt(question, text, progress, name, turn.sides(cursor.partner))


def grid_prompt(turn: Turn, partner: int, question: Question) -> QuestionPrompt:
    """Return what the grid of a partner asks at one of its questions."""
    criteria, _ = turn.criteria_and_entry(partner)
    progress = f"{criteria.positions[question.id] + 1} of {len(criteria.questions)}"
    return QuestionPrompt(question, progress=progress, sides=turn.sides(partner))


def cell_for_digit(turn: Turn, cursor: BallotCursor) -> BallotCursor | None:
    """Return the cell of the quick ballot that a digit answers, None if there is none left.

    On a count it is the cell under the cursor. On the deal-breakers, which take no digit, it is
    the partner's first count without an answer, or else the next partner's first count.
    """
    if cursor.column != UGLY:
        return cursor
    criteria, entry = turn.criteria_and_entry(cursor.partner)
    for column, question_id in enumerate(criteria.starred_pair):
        if question_id not in entry.answers:
            return BallotCursor(cursor.partner, column)
    if cursor.partner + 1 < len(turn.partners):
        return BallotCursor(cursor.partner + 1, THEY)
    return None
