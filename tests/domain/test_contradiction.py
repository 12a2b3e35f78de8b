"""A summary of a close has no contradictions, and one that was changed afterwards has."""

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerreview.domain.rating.ballot import Row
from peerreview.domain.summary.contradiction import find_contradictions
from peerreview.domain.summary.summary import Summary
from peerreview.domain.tally.release import Band, VoicesBand
from peerreview.domain.tally.verdict import Certainty, Street, Work

from .builders import any_rows, full_rows
from .results import SETS, make_first_summary, make_result, summarize_rows


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from("abcde"),
        st.lists(any_rows, max_size=5) | st.lists(full_rows, min_size=4, max_size=14),
        min_size=1,
    ),
    st.integers(4, 12),
)
def test_our_own_summaries_have_no_contradictions(rows: dict[str, list[Row]], floor: int) -> None:
    ballots = max(4, *map(len, rows.values()))
    assert find_contradictions(summarize_rows(rows, ballots, floor), SETS) == []


@pytest.mark.parametrize("street", Street)
def test_a_summary_of_any_street_can_be_without_contradictions(street: Street) -> None:
    assert find_contradictions(make_first_summary(make_result(street)), SETS) == []


def change_partner(summary: Summary, **fields: object) -> Summary:
    """The summary with fields of its only partner changed."""
    [partner] = summary.partners
    return summary.model_copy(update={"partners": (partner.model_copy(update=fields),)})


FIVE = {"they.back": Band(band=5, of=5)}
THREE = {"they.back": Band(band=3, of=3)}
NO_NUMBERS: Mapping[str, object] = {
    "comes_back": None, "we_give": None, "work": None, "work_index": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("street", "fields", "message"),
    [
        (Street.QUIET, {"street": Street.TWO_WAY}, "two_way, but comes back is 2"),
        (Street.TWO_WAY, {"street": Street.ONE_WAY}, "one_way, but comes back is 4"),
        (Street.TWO_WAY, {"we_give": 3.0}, "we give is 3 with a cut of 3.25"),
        (Street.TWO_WAY, {"work_index": 2.0}, "good work, but"),
        (Street.TWO_WAY, {"work": Work.POOR}, "poor work, but"),
        (Street.TWO_WAY, {"work": None}, "without a word"),
        (Street.TWO_WAY, {"certainty": None}, "no certainty"),
        (Street.MIXED, {"certainty": Certainty.SOLID}, "don't go together"),
        (Street.TWO_WAY, {"voices": None}, "without voices"),
        (Street.TWO_WAY, {"we_give": None}, "only one of the two"),
        (Street.TWO_WAY, dict(NO_NUMBERS), "the two sides are missing"),
        (Street.TWO_WAY, {**NO_NUMBERS, "bands": THREE}, "details without"),
        (Street.MIXED, {**NO_NUMBERS, "voices": VoicesBand.FEW}, "mixed needs 5"),
        (Street.TWO_WAY, {"voices": VoicesBand.FEW, "bands": FIVE}, "five bands need 10"),
        (Street.TWO_WAY, {"voices": VoicesBand.MANY}, "out of 12 ballots"),
        (Street.TOO_FEW, {"work": Work.GOOD}, "too few voices, and yet"),
        (Street.TOO_FEW, {"bands": THREE}, "too few voices, and yet"),
        (Street.TWO_WAY, {"bands": {"bus": Band(band=3, of=3)}}, "isn't a question"),
        (Street.TWO_WAY, {"bands": {"nonsense": Band(band=3, of=3)}}, "isn't a question"),
        (Street.TWO_WAY, {"set": "mine"}, "isn't among those named"),
        (Street.TWO_WAY, {"why": "They are great."}, "the reason doesn't follow"),
        (Street.TWO_WAY, {"advice": "Buy more."}, "the advice doesn't follow"),
    ],
)
def test_a_changed_word_or_number_is_a_contradiction(
    street: Street, fields: dict[str, object], message: str
) -> None:
    contradictions = find_contradictions(
        change_partner(make_first_summary(make_result(street)), **fields), SETS
    )
    assert any(message in contradiction for contradiction in contradictions), contradictions
    assert all(contradiction.startswith("Acme: ") for contradiction in contradictions)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"ballots": 5}, "8–12 voices out of 5 ballots"),
        ({"give_cut": 4.5}, "with a cut of 4.5"),
        ({"sets": {}}, "isn't among those named"),
    ],
)
def test_a_changed_header_is_a_contradiction(fields: dict[str, object], message: str) -> None:
    contradictions = find_contradictions(
        make_first_summary(make_result()).model_copy(update=fields), SETS
    )
    assert any(message in contradiction for contradiction in contradictions), contradictions


def test_results_below_a_raised_floor_are_contradictions() -> None:
    few = make_first_summary(make_result(voices=VoicesBand.FEW)).model_copy(update={"floor": 8})
    assert any("8 were needed" in contradiction for contradiction in find_contradictions(few, SETS))
    four = make_first_summary(make_result(voices=VoicesBand.FEW, **NO_NUMBERS))
    assert find_contradictions(four, SETS) == []
    raised = four.model_copy(update={"floor": 5})
    assert any(
        "sides are missing" in contradiction for contradiction in find_contradictions(raised, SETS)
    )


def test_bands_of_more_answers_than_ballots_are_a_contradiction() -> None:
    few = make_first_summary(make_result(voices=VoicesBand.FEW, bands=THREE)).model_copy(
        update={"ballots": 5}
    )
    assert any(
        "more answers than" in contradiction for contradiction in find_contradictions(few, SETS)
    )


def test_a_partner_listed_twice_is_a_contradiction() -> None:
    summary = make_first_summary(make_result())
    twice = summary.model_copy(update={"partners": summary.partners * 2})
    assert "Acme: listed twice" in find_contradictions(twice, SETS)


def test_the_reason_from_an_unknown_criteria_set_is_not_checked() -> None:
    foreign = change_partner(make_first_summary(make_result()), why="They bring cake.")
    foreign = foreign.model_copy(update={"sets": {"peer": "0" * 16}})
    assert find_contradictions(foreign, SETS) == []
