"""Tests of ballots: the indices of a row, when a row counts, and the draft of one turn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.errors import RuleError
from peerreview.domain.rating.ballot import (
    Draft,
    Entry,
    EntryState,
    Row,
    Standing,
    check_answer,
    counts_as_voice,
    find_counting_partners,
    find_uniform_answer,
    is_valid_row,
    voice_from_answers,
)
from peerreview.domain.rating.criteria import Side
from peerreview.domain.rating.scale import CANT_SAY, NO, YES

from .builders import PEER, VENDOR, any_answers, any_rows, make_row, order_answers

WORKED = {
    "they.job": 5, "they.thanks": 2, "they.back": 1, "they.there": 4, "they.credit": 1,
    "they.grow": 2, "they.value": 4, "letdown": 1, "greedy": 2, "fearful": 1,
    "we.back": 4, "we.thanks": 4, "we.there": 4, "we.credit": 4, "we.grow": 4,
    "we.job": 4, "we.value": 4,
}  # fmt: skip


def read_index(given: dict[str, int], side: Side) -> float | None:
    reading = voice_from_answers(PEER, order_answers(given), side)
    return reading and round(reading.value, 2)


def test_the_worked_example() -> None:
    assert read_index(WORKED, Side.GET) == 1.83
    assert read_index(WORKED, Side.GIVE) == 4.0
    assert read_index(WORKED, Side.WORK) == 4.60


def test_the_starred_answer_counts_double_but_is_one_answer() -> None:
    reading = voice_from_answers(PEER, order_answers({"they.back": 1, "they.thanks": 4}), Side.GET)
    assert reading is not None
    assert (reading.value, reading.answered) == (2.0, 2)


def test_letdowns_count_backwards() -> None:
    assert read_index({"greedy": 5, "letdown": 4}, Side.WORK) == 1.5


def test_answers_about_work_give_no_index_of_the_lane() -> None:
    given = {"they.job": 5, "they.value": 5, "we.job": 5, "we.value": 5, "bus": YES}
    assert read_index(given, Side.GET) is None and read_index(given, Side.GIVE) is None


@given(any_answers, st.sampled_from(range(17)))
def test_cant_say_leaves_out_only_its_own_answer(given_: tuple[int, ...], place: int) -> None:
    silent = (*given_[:place], CANT_SAY, *given_[place + 1 :])
    for side, weights in PEER.weights.items():
        rest = [w for w in weights if w.position != place and given_[w.position]]
        total = sum(
            w.weight * (6 - given_[w.position] if w.is_reversed else given_[w.position])
            for w in rest
        )
        reading = voice_from_answers(PEER, silent, side)
        if rest:
            assert reading is not None
            assert reading.value == total / sum(w.weight for w in rest)
            assert reading.answered == len(rest)
        else:
            assert reading is None


@given(any_answers)
def test_an_index_lies_on_the_scale(given_: tuple[int, ...]) -> None:
    for side in Side:
        if reading := voice_from_answers(PEER, given_, side):
            assert 1 <= reading.value <= 5


@pytest.mark.parametrize(
    ("given", "counts"),
    [
        ({}, False),
        ({"they.back": 3, "we.back": 1}, True),
        ({"they.back": 3}, False),
        ({"they.back": 3, "they.thanks": 3, "we.grow": 3}, False),
        ({"they.credit": 3, "they.thanks": 3, "we.grow": 3, "we.there": 1}, True),
        ({"they.back": 3, "they.thanks": 3, "we.back": 3}, True),
        ({"they.job": 5, "they.value": 5, "we.job": 5, "we.value": 5}, False),
        ({"letdown": 1, "greedy": 2, "fearful": 3, "bus": YES}, False),
    ],
)
def test_the_starred_pair_or_two_answers_for_both_sides_make_a_voice(
    given: dict[str, int], counts: bool
) -> None:
    assert counts_as_voice(PEER, order_answers(given)) is counts


@given(any_rows)
def test_every_row_that_our_ballot_can_hold_is_valid(given_: Row) -> None:
    assert is_valid_row(PEER, given_)


@pytest.mark.parametrize(
    "foreign",
    [
        Row(make_row().answers[:-1]),
        Row((*make_row().answers, 1)),
        Row((6, *make_row().answers[1:])),
        Row((-1, *make_row().answers[1:])),
        Row((*make_row().answers[:-1], 3)),
        Row(make_row().answers, severity=1.25),
        Row(make_row().answers, severity=-2.0),
        Row(make_row().answers, severity=float("nan")),
    ],
)
def test_a_row_that_our_ballot_cannot_hold_is_invalid(foreign: Row) -> None:
    assert not is_valid_row(PEER, foreign)


def make_draft() -> Draft:
    return Draft.empty({"acme": PEER, "globex": VENDOR})


def test_a_blank_ballot_is_empty_and_all_its_entries_are_open() -> None:
    blank = make_draft()
    assert blank.is_empty
    assert [blank.entry_state(partner) for partner in ("acme", "globex")] == [
        EntryState.OPEN,
        EntryState.OPEN,
    ]
    assert blank.counting_answers("acme") is None


def test_answers_make_an_entry_count() -> None:
    begun = make_draft().with_answer("acme", "they.back", 2)
    assert begun.entry_state("acme") is EntryState.BEGUN and not begun.is_empty
    assert begun.counting_answers("acme") is None, "too little is sealed as a dummy"
    done = begun.with_answer("acme", "we.back", 5)
    assert done.entry_state("acme") is EntryState.COUNTS
    assert done.counting_answers("acme") == order_answers({"they.back": 2, "we.back": 5})
    assert list(find_counting_partners(done)) == ["acme"]
    assert make_draft().is_empty and begun.entry_state("acme") is EntryState.BEGUN, (
        "drafts never change"
    )


def test_cant_say_is_an_answer_but_never_a_voice() -> None:
    filled = (
        make_draft()
        .with_answer("acme", "they.back", CANT_SAY)
        .with_answer("acme", "we.back", CANT_SAY)
    )
    assert filled.entry_state("acme") is EntryState.BEGUN and not filled.is_empty
    assert filled.counting_answers("acme") is None


def test_a_changed_answer_replaces_the_old_one() -> None:
    changed = make_draft().with_answer("acme", "they.back", 2).with_answer("acme", "they.back", 4)
    assert changed.entries["acme"].answers == {"they.back": 4}


@pytest.mark.parametrize("standing", [Standing.UNKNOWN, Standing.OURS])
def test_a_partner_left_out_keeps_its_answers_and_can_be_taken_back(standing: Standing) -> None:
    full = make_draft().with_answer("acme", "they.back", 2).with_answer("acme", "we.back", 5)
    out = full.with_standing("acme", standing)
    assert out.entry_state("acme") is EntryState.LEFT_OUT and out.counting_answers("acme") is None
    assert list(find_counting_partners(out)) == []
    back = out.with_standing("acme", Standing.RATED)
    assert back == full and back.entry_state("acme") is EntryState.COUNTS
    assert out.with_answer("acme", "they.thanks", 3).entry_state("acme") is EntryState.COUNTS


def test_none_of_these_answers_every_deal_breaker_with_no() -> None:
    filled = make_draft().with_answer("acme", "bus", YES).without_deal_breakers("acme")
    assert filled.entries["acme"].answers == {"around": NO, "bus": NO, "badmouth": NO}
    assert filled.entry_state("acme") is EntryState.BEGUN


@pytest.mark.parametrize(
    ("question", "answer"), [("they.back", 6), ("they.back", -1), ("bus", 3), ("greedy", 9)]
)
def test_an_answer_off_the_scale_is_refused(question: str, answer: int) -> None:
    with pytest.raises(RuleError, match="is no answer to"):
        make_draft().with_answer("acme", question, answer)
    with pytest.raises(RuleError):
        check_answer(PEER.questions[PEER.positions[question]], answer)


def test_a_question_that_is_not_asked_is_refused() -> None:
    with pytest.raises(RuleError, match=r"there is no question .they\.shoes."):
        make_draft().with_answer("acme", "they.shoes", 3)


def make_entry(given: dict[str, int]) -> Entry:
    return Entry(answers=given)


def test_the_same_answer_to_good_and_bad_alike_is_uniform() -> None:
    lane = dict.fromkeys(["they.back", "we.back", "they.thanks", "we.thanks", "they.job"], 3)
    assert find_uniform_answer(PEER, make_entry({**lane, "greedy": 3})) == 3
    assert (
        find_uniform_answer(PEER, make_entry({**lane, "greedy": 3, "bus": NO, "we.job": CANT_SAY}))
        == 3
    )


def test_differing_answers_are_not_uniform() -> None:
    lane = dict.fromkeys(["they.back", "we.back", "they.thanks", "we.thanks", "they.job"], 3)
    assert find_uniform_answer(PEER, make_entry(lane)) is None, "five answers, none of them bad"
    assert find_uniform_answer(PEER, make_entry({**lane, "we.job": 3})) is None, (
        "all good may be meant"
    )
    assert find_uniform_answer(PEER, make_entry({**lane, "greedy": 2})) is None
    assert find_uniform_answer(PEER, Entry()) is None


def test_rows_compare_and_hash_by_value() -> None:
    assert (
        make_row(3, 4) == make_row(3, 4)
        and len({make_row(3, 4), make_row(3, 4), make_row(3, 5)}) == 2
    )
    assert Entry() == Entry() and Entry().answers == {}
