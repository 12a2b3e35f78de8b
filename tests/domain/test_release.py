"""A release shows coarse values only: bands, half steps and widely reported deal-breakers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from peerreview.domain.tally.release import (
    Band,
    PartnerRelease,
    Release,
    VoicesBand,
    is_reported,
    released_band,
)
from peerreview.domain.tally.verdict import Street

from .builders import CLOSED, make_row, tally_rows


@pytest.mark.parametrize(
    ("count", "shown"),
    [(4, "4–7"), (7, "4–7"), (8, "8–12"), (12, "8–12"), (13, "13+"), (60, "13+")],
)
def test_the_number_of_voices_is_shown_in_bands(count: int, shown: str) -> None:
    assert VoicesBand.from_count(count) == shown


@pytest.mark.parametrize("count", range(6))
def test_fewer_than_six_answers_make_no_band(count: int) -> None:
    assert released_band([5] * count, None) is None


@pytest.mark.parametrize(("count", "of"), [(6, 3), (9, 3), (10, 5), (30, 5)])
def test_six_answers_give_three_bands_and_ten_give_five(count: int, of: int) -> None:
    band = released_band([5] * count, None)
    assert band is not None and band.of == of == band.band


@pytest.mark.parametrize(
    ("answers", "band"),
    [
        ([1] * 6, 1),  # (6 + 6) / 8 = 1.5
        ([2] * 4 + [3] * 2, 1),  # 20 / 8 = 2.5
        ([2] * 3 + [3] * 3, 2),  # 21 / 8 = 2.625
        ([3] * 4 + [4] * 2, 2),  # 26 / 8 = 3.25
        ([3] * 2 + [4] * 4, 3),  # 28 / 8 = 3.5
        ([2] * 4 + [3] * 4, 2),  # 26 / 10 = 2.6: the cut itself belongs above
        ([3] * 4 + [4] * 4, 3),  # 34 / 10 = 3.4
    ],
)
def test_the_mean_of_few_answers_decides_one_of_three_bands(answers: list[int], band: int) -> None:
    assert released_band(answers, None) == Band(band=band, of=3)


@pytest.mark.parametrize(
    ("total", "band"),  # of ten answers: s = (total + 6) / 12
    [(10, 1), (17, 1), (18, 2), (26, 2), (27, 3), (32, 3), (33, 4), (41, 4), (42, 5), (50, 5)],
)
def test_the_mean_of_ten_answers_decides_one_of_five_bands(total: int, band: int) -> None:
    answers = [total // 10 + (k < total % 10) for k in range(10)]
    assert sum(answers) == total
    assert released_band(answers, None) == Band(band=band, of=5)


def band_of_ten(total: int, last: int) -> int:
    answers = [total // 10 + (k < total % 10) for k in range(10)]
    band = released_band(answers, Band(band=last, of=5))
    assert band is not None
    return band.band


def test_a_band_changes_only_a_quarter_point_past_its_cut() -> None:
    # cuts 2, 2.75, 3.25, 4 are totals 18, 27, 33, 42; a quarter point is 3
    assert [band_of_ten(total, last=3) for total in (29, 33, 35, 36, 41)] == [3, 3, 3, 4, 4]
    assert [band_of_ten(total, last=4) for total in (36, 33, 32, 30, 29)] == [4, 4, 4, 4, 3]


def test_a_large_change_stops_at_the_last_cut_passed_by_a_quarter_point() -> None:
    assert band_of_ten(50, last=1) == 5
    assert band_of_ten(43, last=1) == 4, "past 4.0, but not by a quarter"
    assert band_of_ten(10, last=5) == 1
    assert band_of_ten(17, last=5) == 2


def test_a_last_band_of_the_other_scheme_is_ignored() -> None:
    just_above = [3] * 7 + [2] * 3  # (27 + 6) / 12 = 2.75
    assert released_band(just_above, Band(band=2, of=5)) == Band(band=2, of=5)
    assert released_band(just_above, Band(band=2, of=3)) == Band(band=3, of=5)
    assert released_band([3] * 4 + [4] * 2, Band(band=3, of=3)) == Band(band=3, of=3)
    assert released_band([3] * 4 + [4] * 2, Band(band=3, of=5)) == Band(band=2, of=3)


@given(st.lists(st.integers(1, 5), min_size=10, max_size=30), st.integers(1, 5))
def test_the_kept_band_lies_between_the_last_and_the_fresh_band(
    answers: list[int], last: int
) -> None:
    fresh, kept = released_band(answers, None), released_band(answers, Band(band=last, of=5))
    assert fresh is not None and kept is not None
    assert min(last, fresh.band) <= kept.band <= max(last, fresh.band)
    assert released_band(answers, kept) == kept, "the same answers again change nothing"


@pytest.mark.parametrize(
    ("voices", "needed"),
    [(6, 2), (7, 2), (10, 2), (11, 3), (12, 3), (15, 3), (16, 4), (20, 4), (30, 6), (60, 12)],
)
def test_a_deal_breaker_is_reported_from_a_fifth_of_the_voices_and_at_least_two(
    voices: int, needed: int
) -> None:
    assert is_reported(needed, voices) and not is_reported(needed - 1, voices)


@pytest.mark.parametrize("voices", range(6))
def test_fewer_than_six_voices_report_no_deal_breaker(voices: int) -> None:
    assert not is_reported(voices, voices)


def test_a_band_outside_its_scheme_is_refused() -> None:
    for wrong in ({"band": 4, "of": 3}, {"band": 0, "of": 3}, {"band": 2, "of": 4}):
        with pytest.raises(ValidationError):
            Band.model_validate(wrong)


@pytest.mark.parametrize("index", [3.25, 0.5, 5.5, float("nan"), float("inf"), "high"])
def test_an_index_that_is_no_half_step_is_refused(index: object) -> None:
    with pytest.raises(ValidationError):
        PartnerRelease.model_validate({"partner": "a", "street": "quiet", "comes_back": index})


def test_a_release_refuses_unknown_fields() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        PartnerRelease.model_validate({"partner": "a", "street": "quiet", "mean": 3.27})


def test_a_release_is_the_same_after_it_was_written_and_read() -> None:
    rows = {
        "acme": [make_row(2, 4, bus=2)] * 12,
        "globex": [make_row()] * 4,
        "initech": [make_row()] * 3,
    }
    release = tally_rows(rows)
    written = release.model_dump_json()
    again = Release.model_validate_json(written)
    assert again == release and again.model_dump_json() == written
    assert release.closed_on == CLOSED


def test_a_partner_is_found_by_its_id() -> None:
    release = tally_rows({"acme": [make_row()] * 4, "globex": []})
    partner = release.find_partner("globex")
    assert partner is not None and partner.street is Street.TOO_FEW
    assert release.find_partner("nobody") is None
