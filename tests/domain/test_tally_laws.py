"""Properties that every release has, whatever the raters answer."""

from itertools import pairwise
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from peerreview.domain.rating.ballot import Row, counts_as_voice
from peerreview.domain.tally.release import PartnerRelease, Release
from peerreview.domain.tally.verdict import Street

from .builders import PEER, any_answers, any_rows, full_rows, tally_partner, tally_rows

SIDE_QUESTIONS = range(17)
some_rows = st.lists(any_rows, max_size=14)
rounds = st.fixed_dictionaries({"a": some_rows, "b": some_rows, "c": some_rows})


def list_shown_kinds(partner: PartnerRelease) -> set[str]:
    """Return the kinds of values that a release shows; five bands are finer than three."""
    shown = {"street"} if partner.voices else set[str]()
    shown |= {
        name
        for name in ("comes_back", "we_give", "work", "work_index")
        if getattr(partner, name) is not None
    }
    shown |= {f"band of {question}" for question in partner.bands}
    shown |= {f"fine band of {key}" for key, band in partner.bands.items() if band.of == 5}
    shown |= {"deal-breaker"} if partner.deal_breaker else set()
    return shown | ({"which"} if partner.deal_breakers else set())


@settings(max_examples=60)
@given(rounds, st.randoms(use_true_random=False))
def test_a_release_never_depends_on_the_order_of_rows_or_partners(
    rows: dict[str, list[Row]], random: Random
) -> None:
    released = tally_rows(rows).model_dump_json()
    shuffled = {name: partner_rows[:] for name, partner_rows in reversed(rows.items())}
    for partner_rows in shuffled.values():
        random.shuffle(partner_rows)
    assert tally_rows(shuffled).model_dump_json() == released


@settings(max_examples=60)
@given(rounds, st.integers(4, 7), st.data())
def test_rows_of_a_partner_below_the_floor_change_no_byte_of_the_release(
    rows: dict[str, list[Row]], floor: int, data: st.DataObject
) -> None:
    nobody = tally_rows({**rows, "few": []}, floor).model_dump_json()
    few = data.draw(st.lists(full_rows, max_size=floor - 1))
    mute = data.draw(st.lists(any_rows.filter(lambda row: not counts_as_voice(PEER, row.answers))))
    assert tally_rows({**rows, "few": [*few, *mute]}, floor).model_dump_json() == nobody


@settings(max_examples=60)
@given(some_rows, any_answers)
def test_a_row_with_too_few_answers_changes_nothing(
    rows: list[Row], silent: tuple[int, ...]
) -> None:
    if not counts_as_voice(PEER, silent):
        assert tally_partner([*rows, Row(silent, 1.0)]) == tally_partner(rows)


@settings(max_examples=60)
@given(st.lists(full_rows, min_size=4, max_size=13), full_rows)
def test_one_more_voice_never_shows_fewer_kinds_of_values(rows: list[Row], more: Row) -> None:
    before, after = (
        list_shown_kinds(tally_partner(rows)),
        list_shown_kinds(tally_partner([*rows, more])),
    )
    flags = {"deal-breaker", "which"}  # a fifth of more voices may be more reports
    assert before - flags <= after


@settings(max_examples=60)
@given(some_rows, any_rows)
def test_one_more_row_never_shows_fewer_kinds_of_values(rows: list[Row], more: Row) -> None:
    flags = {"deal-breaker", "which"}
    assert list_shown_kinds(tally_partner(rows)) - flags <= list_shown_kinds(
        tally_partner([*rows, more])
    )


def test_more_kinds_of_values_are_shown_at_fixed_numbers_of_voices() -> None:
    answered = Row(tuple(5 if place in SIDE_QUESTIONS else 2 for place in range(20)))
    kinds_by_count = [list_shown_kinds(tally_partner([answered] * count)) for count in range(31)]
    assert all(low <= high for low, high in pairwise(kinds_by_count))
    opened = [count for count in range(1, 31) if kinds_by_count[count] != kinds_by_count[count - 1]]
    assert opened == [4, 5, 6, 10, 12]


@settings(max_examples=60)
@given(rounds)
def test_a_release_is_the_same_after_it_was_written_and_read(rows: dict[str, list[Row]]) -> None:
    release = tally_rows(rows)
    again = Release.model_validate_json(release.model_dump_json())
    assert again == release
    assert again.model_dump_json() == release.model_dump_json()
    assert Release.model_validate(release.model_dump()) == release, "every cell is a valid one"


@settings(max_examples=60)
@given(st.lists(full_rows, min_size=4, max_size=14))
def test_deal_breakers_are_shown_from_six_voices_and_named_from_twelve(rows: list[Row]) -> None:
    partner = tally_partner(rows)
    if len(rows) < 6:
        assert not partner.deal_breaker
    if len(rows) < 12:
        assert partner.deal_breakers == ()
    assert not partner.deal_breakers or partner.deal_breaker
    assert partner.street is not Street.TOO_FEW


@settings(max_examples=40)
@given(st.lists(full_rows, min_size=5, max_size=12), st.data())
def test_deal_breakers_change_no_other_value(rows: list[Row], data: st.DataObject) -> None:
    changed = [
        Row((*row.answers[:17], *data.draw(st.tuples(*[st.integers(0, 2)] * 3))), row.severity)
        for row in rows
    ]
    ugly = {"deal_breaker": False, "deal_breakers": ()}
    assert tally_partner(changed).model_copy(update=ugly) == tally_partner(rows).model_copy(
        update=ugly
    )
