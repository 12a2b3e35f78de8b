"""Sentences about results are short, kind and made from released values only."""

from itertools import product

import pytest

from peerreview.domain.rating.criteria import Section
from peerreview.domain.rating.scale import Scale
from peerreview.domain.result import wording
from peerreview.domain.tally.release import Band, PartnerRelease, VoicesBand
from peerreview.domain.tally.verdict import Certainty, Street, Work

from .builders import PEER, VENDOR
from .results import make_release, make_result

DECLARED = (Street.TWO_WAY, Street.WE_OWE, Street.ONE_WAY, Street.QUIET)


def make_band(place: int, of: int = 3) -> Band:
    return Band(band=place, of=3 if of == 3 else 5)


def make_bands(**given: int) -> dict[str, Band]:
    return {question.replace("_", "."): make_band(place) for question, place in given.items()}


def list_all_results() -> list[PartnerRelease]:
    """Return a release for every combination of street, work and deal-breaker."""
    return [
        make_result(street, work=work, deal_breaker=marked)
        for street, work, marked in product(Street, (*Work, None), (True, False))
    ]


def test_the_words_for_every_street_fit_on_the_board() -> None:
    assert set(wording.STREETS) == set(Street)
    assert all(len(words.last_time) <= 9 for words in wording.STREETS.values())


@pytest.mark.parametrize("partner", list_all_results(), ids=repr)
def test_every_sentence_is_kind_and_complete(partner: PartnerRelease) -> None:
    for criteria in (PEER, VENDOR):
        sentences = [wording.reason(partner, criteria), wording.advice(partner)]
        for sentence in sentences:
            assert sentence.endswith(".") and "!" not in sentence and "{" not in sentence
            assert sentence[0].isupper() and "  " not in sentence


@pytest.mark.parametrize(("scale", "of"), [(s, n) for s in (Scale.HOW_OFTEN, Scale.HOW_MANY)
                                           for n in (3, 5)])  # fmt: skip
def test_every_band_has_a_word_of_its_own(scale: Scale, of: int) -> None:
    words = [wording.band_word(make_band(place, of), scale) for place in range(1, of + 1)]
    assert len(set(words)) == of


def test_the_verdict_names_the_street_and_its_certainty() -> None:
    assert wording.verdict_words(make_result(Street.TWO_WAY)) == "two-way street, solid"
    assert wording.verdict_words(make_result(Street.MIXED)) == "mixed"


def test_the_reason_names_up_to_two_decisive_habits() -> None:
    partner = make_result(
        Street.TWO_WAY, bands=make_bands(they_grow=3, they_back=3, they_there=3, we_thanks=3)
    )
    assert wording.reason(partner, PEER).startswith(
        "They send business back and stay reachable after, and so do we."
    )
    partner = make_result(Street.ONE_WAY, bands=make_bands(they_thanks=1, they_back=2), work=None)
    assert wording.reason(partner, PEER) == "We give; they rarely say thanks."


@pytest.mark.parametrize("street", Street)
def test_the_reason_names_no_habit_that_is_not_decisive(street: Street) -> None:
    partner = (
        make_result(street, bands=make_bands(they_back=2))
        if street is not Street.TOO_FEW
        else make_result(street)
    )
    assert "send business back" not in wording.reason(partner, PEER)


def test_the_reason_for_a_street_names_no_work_habit() -> None:
    partner = make_result(Street.TWO_WAY, bands=make_bands(they_job=3, they_value=3), work=None)
    assert wording.reason(partner, PEER) == "Both sides give."


def test_deal_breakers_and_poor_work_take_precedence_in_the_advice() -> None:
    assert (
        wording.advice(make_result(deal_breaker=True, work=Work.POOR))
        == wording.DEAL_BREAKER_ADVICE
    )
    assert wording.advice(make_result(work=Work.POOR)) == wording.POOR_WORK_ADVICE
    assert wording.advice(make_result()) == "Keep it. Say thanks this week."


def test_certainty_is_explained_only_for_streets_that_have_one() -> None:
    assert "19 of 20" in wording.certainty_meaning(make_result())
    assert "5 of 6" in wording.certainty_meaning(make_result(certainty=Certainty.LEANS))
    assert wording.certainty_meaning(make_result(Street.MIXED)) == ""


@pytest.mark.parametrize(
    ("partner", "suggestion"),
    [
        (make_result(Street.TOO_FEW), "a few more of us"),
        (make_result(Street.MIXED), "a talk"),
        (make_result(), "only a change"),
        (make_result(certainty=Certainty.LEANS, voices=VoicesBand.FEW), "more voices"),
        (make_result(certainty=Certainty.LEANS), "fuller ballots"),
    ],
)
def test_what_would_change_a_result_is_something_people_can_do(
    partner: PartnerRelease, suggestion: str
) -> None:
    assert suggestion in wording.what_would_change(partner)


def test_hidden_values_are_named_with_the_reason() -> None:
    assert "guess who said what" in wording.what_is_hidden(make_result(Street.TOO_FEW), PEER)
    four = make_result(
        comes_back=None, we_give=None, work=None, work_index=None, voices=VoicesBand.FEW
    )
    assert wording.what_is_hidden(four, PEER) == "With four voices only the street is shown."
    asked = [question.id for question in PEER.questions if question.section is not Section.UGLY]
    assert "15 of 17" in wording.what_is_hidden(
        make_result(bands=make_bands(they_back=1, we_back=2)), PEER
    )
    assert wording.what_is_hidden(make_result(bands=dict.fromkeys(asked, make_band(2))), PEER) == ""


def describe_change(now: PartnerRelease, last: PartnerRelease | None) -> wording.ChangeSinceLast:
    before = (
        make_release(last, number=1)
        if last
        else make_release(make_result(partner="other"), number=1)
    )
    return wording.change_since_last(now, make_release(now, number=2), before)


def test_the_first_shown_result_is_new() -> None:
    assert describe_change(make_result(), None).word == "new"
    assert describe_change(make_result(), make_result(Street.TOO_FEW)).word == "new"
    assert wording.change_since_last(make_result(), make_release(make_result()), None).word == "new"


def test_a_partner_with_too_few_voices_has_no_change() -> None:
    for last in (None, make_result(), make_result(Street.TOO_FEW)):
        assert describe_change(make_result(Street.TOO_FEW), last) == wording.ChangeSinceLast("", "")


def test_results_of_different_criteria_sets_are_not_compared() -> None:
    now = make_release(make_result(), number=2, criteria=VENDOR)
    change = wording.change_since_last(make_result(), now, make_release(make_result()))
    assert change.word == "new" and "Other questions" in change.sentence


def test_an_unchanged_street_is_called_the_same() -> None:
    assert describe_change(make_result(), make_result()) == wording.ChangeSinceLast(
        "same", "The same as last time (solid)."
    )
    close = describe_change(make_result(Street.TOO_CLOSE), make_result(Street.TOO_CLOSE))
    assert close == wording.ChangeSinceLast("same", "The same as last time.")


@pytest.mark.parametrize(("street", "word"), [
    (Street.TWO_WAY, "was 2-way"), (Street.ONE_WAY, "was 1-way"), (Street.WE_OWE, "we owed"),
    (Street.QUIET, "was quiet"), (Street.MIXED, "was mixed"), (Street.TOO_CLOSE, "was close"),
])  # fmt: skip
def test_a_changed_street_is_described_by_the_last_one(street: Street, word: str) -> None:
    now = make_result(Street.QUIET if street is Street.TWO_WAY else Street.TWO_WAY)
    change = describe_change(now, make_result(street))
    assert change.word == word and change.sentence.startswith("Last time: ")


def test_different_solid_streets_are_a_change() -> None:
    assert describe_change(make_result(), make_result(Street.QUIET)).sentence.endswith("A change.")


def test_a_change_from_few_voices_is_not_yet_a_trend() -> None:
    leaning = {"certainty": Certainty.LEANS}
    few = make_result(Street.QUIET, voices=VoicesBand.FEW, **leaning)
    assert describe_change(make_result(**leaning), few).sentence.endswith(
        "One step, not yet a trend."
    )


def test_eight_voices_and_a_whole_step_are_a_change() -> None:
    last = make_result(Street.QUIET, certainty=Certainty.LEANS, comes_back=3.0, we_give=3.0)
    assert wording.is_significant_change(make_result(), last)
    assert not wording.is_significant_change(make_result(comes_back=3.5, we_give=3.5), last)
    unknown = make_result(comes_back=None, we_give=None, certainty=Certainty.LEANS)
    assert not wording.is_significant_change(unknown, last)
