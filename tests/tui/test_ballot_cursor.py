"""What the ballot asks at the cursor, and what digits, clicks and answers do, without an app."""

import pytest

from peerreview.services.group_services import GroupServices
from peerreview.services.turn import BallotCursor, Turn
from peerreview.tui.ballot.ballot_list import BallotColumns, heading_lines
from peerreview.tui.ballot.grid_lines import grid_lines, question_cells
from peerreview.tui.ballot.prompts import (
    THEY,
    UGLY,
    WE,
    QuestionPrompt,
    ballot_prompt,
    cell_for_digit,
    grid_prompt,
)

ALDER, BAYOU, BLUESTACK, LAST = 0, 1, 2, 11


@pytest.fixture
def turn(rating: GroupServices) -> Turn:
    """Return a turn about twelve partners without any answers."""
    return Turn(rating.rating.draw_code())


# The quick ballot.


def test_a_count_is_asked_in_the_words_of_its_question(turn: Turn) -> None:
    prompt = ballot_prompt(turn, BallotCursor(ALDER, THEY))
    assert prompt.question and prompt.question.id == "they.back"
    assert prompt.text == ""
    assert (prompt.partner_name, prompt.progress) == ("Alder Security", "1 of 36")
    assert ballot_prompt(turn, BallotCursor(LAST, WE)).progress == "35 of 36"


def test_deal_breakers_are_asked_in_one_sentence(turn: Turn) -> None:
    prompt = ballot_prompt(turn, BallotCursor(ALDER, UGLY))
    assert prompt.question and prompt.question.id == "around"
    assert prompt.text == "sold behind our back, blamed us to a client, ran us down?"


def test_vendors_are_asked_about_their_own_deal_breakers(turn: Turn) -> None:
    assert "sold direct past us" in ballot_prompt(turn, BallotCursor(BLUESTACK, UGLY)).text


def test_the_street_so_far_is_made_from_the_answers(turn: Turn) -> None:
    assert ballot_prompt(turn, BallotCursor(ALDER, THEY)).sides == (None, None)
    turn.answer(ALDER, "they.back", 2)
    turn.answer(ALDER, "we.back", 5)
    assert ballot_prompt(turn, BallotCursor(ALDER, THEY)).sides == (2, 5)


def test_a_round_without_partners_asks_nothing(turn: Turn) -> None:
    object.__setattr__(turn.seat, "partners", ())
    assert ballot_prompt(turn, BallotCursor()) == QuestionPrompt()


@pytest.mark.parametrize("column", [THEY, WE])
def test_a_digit_on_a_count_answers_it(turn: Turn, column: int) -> None:
    assert cell_for_digit(turn, BallotCursor(ALDER, column)) == BallotCursor(ALDER, column)


@pytest.mark.parametrize(
    ("answered", "cell"),
    [
        ([], BallotCursor(ALDER, THEY)),
        (["they.back"], BallotCursor(ALDER, WE)),
        (["we.back"], BallotCursor(ALDER, THEY)),
        (["they.back", "we.back"], BallotCursor(BAYOU, THEY)),
    ],
)
def test_a_digit_on_deal_breakers_answers_the_next_open_count(
    turn: Turn, answered: list[str], cell: BallotCursor
) -> None:
    for question_id in answered:
        turn.answer(ALDER, question_id, 0)  # can't say is an answer
    assert cell_for_digit(turn, BallotCursor(ALDER, UGLY)) == cell


def test_after_the_last_count_a_digit_answers_nothing(turn: Turn) -> None:
    turn.answer(LAST, "they.back", 4)
    turn.answer(LAST, "we.back", 4)
    assert cell_for_digit(turn, BallotCursor(LAST, UGLY)) is None


@pytest.mark.parametrize("width", [40, 60, 72, 80, 120])
def test_a_click_finds_the_column_under_it(width: int) -> None:
    columns = BallotColumns.for_width(width)
    assert columns.column_at(4) is None, "the name"
    assert columns.column_at(columns.center - 1) == THEY
    assert columns.column_at(columns.center - columns.lane_width) == THEY
    assert columns.column_at(columns.center) == WE
    assert columns.column_at(columns.center + columns.lane_width) == WE
    assert columns.column_at(columns.center + columns.lane_width + 4) == UGLY


@pytest.mark.parametrize("width", [60, 72, 80, 120])
def test_the_headings_fit_the_width_and_share_the_center_line(width: int) -> None:
    first, second = heading_lines(width)
    assert second.index("┃") == BallotColumns.for_width(width).center
    assert max(len(first), len(second)) <= width


# The grid.


def test_the_grid_has_every_question_of_the_set_in_its_order(turn: Turn) -> None:
    criteria, _ = turn.criteria_and_entry(ALDER)
    lines = grid_lines(criteria)
    assert list(question_cells(lines)) == [question.id for question in criteria.questions]
    assert [line.heading.split()[0] for line in lines if line.heading] == ["GOOD", "BAD", "UGLY"]


def test_both_directions_of_a_habit_share_a_line(turn: Turn) -> None:
    criteria, _ = turn.criteria_and_entry(ALDER)
    cells = question_cells(grid_lines(criteria))
    assert (cells["they.back"], cells["we.back"]) == ((1, 0), (1, 1))
    assert cells["letdown"][1] == cells["badmouth"][1] == 0


def test_only_the_habit_that_counts_twice_has_a_star(turn: Turn) -> None:
    criteria, _ = turn.criteria_and_entry(ALDER)
    starred = [line for line in grid_lines(criteria) if line.star]
    assert [question.id for line in starred for question in line.questions] == list(
        criteria.starred_pair
    )


def test_the_grid_shows_the_progress(turn: Turn) -> None:
    criteria, _ = turn.criteria_and_entry(ALDER)
    for number, question in enumerate(criteria.questions, 1):
        prompt = grid_prompt(turn, ALDER, question)
        assert prompt.question is question
        assert prompt.progress == f"{number} of 20"
