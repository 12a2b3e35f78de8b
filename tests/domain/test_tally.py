"""The tally turns all rows into one release by the table in docs/design/anonymity.md."""

import pytest

from peerreview.domain.rating.ballot import Row
from peerreview.domain.rating.criteria import Side
from peerreview.domain.rating.scale import YES
from peerreview.domain.round.round import Round, RoundPartner
from peerreview.domain.tally.release import Band, PartnerRelease, Release, VoicesBand
from peerreview.domain.tally.tally import corrected_voices, round_baseline, tally_round
from peerreview.domain.tally.verdict import Certainty, Street, Work

from .builders import CLOSED, PEER, VENDOR, make_row, order_answers, tally_partner, tally_rows

TAKER = {"they_job": 5, "they_thanks": 2, "they_back": 1, "they_there": 4, "they_credit": 1,
         "they_grow": 2, "they_value": 4, "letdown": 1, "greedy": 2, "fearful": 1}  # fmt: skip


def list_shown_kinds(partner: PartnerRelease) -> set[str]:
    """Return the kinds of values that the release of a partner shows."""
    cells = partner.model_dump(exclude_defaults=True, exclude={"partner", "bands"})
    return set(cells) | {f"{band.of} bands" for band in partner.bands.values()}


@pytest.mark.parametrize("count", range(4))
def test_fewer_than_four_voices_show_nothing(count: int) -> None:
    partner = tally_partner([make_row(bus=YES)] * count)
    assert partner == PartnerRelease(partner="acme", street=Street.TOO_FEW)


def test_four_voices_show_the_street_and_how_sure_it_is() -> None:
    partner = tally_partner([make_row(5, 5, bus=YES)] * 4)
    assert partner == PartnerRelease(
        partner="acme",
        street=Street.TWO_WAY,
        certainty=Certainty.SOLID,
        voices=VoicesBand.FEW,
    )


def test_five_voices_show_the_three_indices_in_half_steps() -> None:
    partner = tally_partner([make_row(5, 5, bad=1, bus=YES)] * 5)
    assert list_shown_kinds(partner) == {
        "street", "certainty", "voices", "comes_back", "we_give", "work", "work_index",
    }  # fmt: skip
    assert (partner.comes_back, partner.we_give, partner.work_index) == (4.0, 4.0, 4.0)
    assert partner.work is Work.GOOD
    more = tally_partner([make_row(5, 5, bad=1)] * 6)
    assert (more.comes_back, more.we_give, more.work_index) == (4.5, 4.5, 4.5)


@pytest.mark.parametrize("answer", [1, 5])
@pytest.mark.parametrize("voices", [5, 6, 12, 30])
def test_an_index_does_not_reveal_that_all_raters_answered_alike(answer: int, voices: int) -> None:
    one_off = make_row(answer, answer, 6 - answer, they_back=6 - answer)
    all_alike = tally_partner([make_row(answer, answer, 6 - answer)] * voices)
    all_but_one = tally_partner([*[make_row(answer, answer, 6 - answer)] * (voices - 1), one_off])
    assert all_alike.comes_back == all_but_one.comes_back != answer


def test_the_range_of_indices_is_narrower_with_five_voices() -> None:
    for answer, expected in ((1, (2.0, 1.5)), (5, (4.0, 4.5))):
        rows = [make_row(answer, answer, 6 - answer)] * 6
        assert (tally_partner(rows[1:]).comes_back, tally_partner(rows).comes_back) == expected


def test_six_voices_show_three_bands_and_a_deal_breaker_of_two() -> None:
    partner = tally_partner([make_row(5, 5, bad=1, bus=YES)] * 2 + [make_row(5, 5, bad=1)] * 4)
    assert list_shown_kinds(partner) >= {"3 bands", "deal_breaker"}
    assert "5 bands" not in list_shown_kinds(partner) and partner.deal_breakers == ()
    assert len(partner.bands) == 17, "every question but the deal-breakers"
    assert partner.bands["they.back"] == Band(band=3, of=3)
    assert partner.bands["greedy"] == Band(band=1, of=3)


def test_one_report_shows_no_deal_breaker() -> None:
    assert not tally_partner([make_row(bus=YES)] + [make_row()] * 5).deal_breaker


def test_two_deal_breakers_of_one_rater_count_once() -> None:
    assert not tally_partner([make_row(bus=YES, around=YES)] + [make_row()] * 5).deal_breaker
    assert tally_partner([make_row(bus=YES), make_row(around=YES)] + [make_row()] * 4).deal_breaker


def test_ten_answers_show_five_bands() -> None:
    partner = tally_partner([make_row(5, 5)] * 10)
    assert {band.of for band in partner.bands.values()} == {5}
    mixed = tally_partner(
        [make_row(5, 5)] * 9 + [Row(order_answers({"they.back": 5, "we.back": 5}))]
    )
    assert mixed.bands["they.back"].of == 5 and mixed.bands["they.thanks"].of == 3


def test_twelve_voices_show_which_deal_breaker_was_reported() -> None:
    reports = [make_row(bus=YES)] * 3
    assert tally_partner(reports + [make_row()] * 8).deal_breakers == ()
    twelve = tally_partner(reports + [make_row()] * 9)
    assert twelve.deal_breaker and twelve.deal_breakers == ("bus",)
    spread = tally_partner(
        [make_row(bus=YES), make_row(around=YES), make_row(badmouth=YES)] + [make_row()] * 9
    )
    assert spread.deal_breaker and spread.deal_breakers == ()


@pytest.mark.parametrize("floor", [4, 5, 6, 12])
def test_a_raised_floor_hides_results_with_fewer_voices(floor: int) -> None:
    assert tally_partner([make_row()] * (floor - 1), floor).street is Street.TOO_FEW
    assert tally_partner([make_row()] * floor, floor).street is not Street.TOO_FEW


def test_a_row_without_a_voice_changes_nothing() -> None:
    silent = Row(order_answers({"they.back": 1, "bus": YES, "greedy": 5}))
    assert tally_partner([make_row()] * 3 + [silent] * 9) == tally_partner([make_row()] * 3)
    assert tally_partner([make_row()] * 6 + [silent] * 9) == tally_partner([make_row()] * 6)


def test_the_worked_example_is_a_one_way_street_with_good_work() -> None:
    rows = [make_row(4, 4, **TAKER)] * 4
    partner = tally_partner(rows)
    assert (partner.street, partner.certainty) == (Street.ONE_WAY, Certainty.SOLID)
    assert tally_partner(rows * 2).work is Work.GOOD
    assert tally_partner(rows * 2).comes_back == 2.0 and tally_partner(rows * 2).work_index == 4.5


def test_a_deal_breaker_changes_no_street_and_no_index() -> None:
    clean, dirty = (
        tally_partner([make_row(5, 5)] * 8),
        tally_partner([make_row(5, 5, bus=YES, around=YES)] * 8),
    )
    assert dirty.deal_breaker and not clean.deal_breaker
    assert dirty == clean.model_copy(update={"deal_breaker": True})


def test_poor_work_stands_beside_any_street() -> None:
    partner = tally_partner([make_row(5, 5, bad=5, they_job=1, they_value=1)] * 8)
    assert partner.street is Street.TWO_WAY and partner.work is Work.POOR


@pytest.mark.parametrize(
    ("answered", "has_word", "has_index"), [(3, False, False), (4, True, False), (5, True, True)]
)
def test_the_work_is_shown_from_four_answers_and_its_index_from_five(
    answered: int, has_word: bool, has_index: bool
) -> None:
    pair = {"they.back": 5, "we.back": 5}
    rows = [Row(order_answers({**pair, "they.job": 5}))] * answered + [Row(order_answers(pair))] * 6
    partner = tally_partner(rows)
    assert (partner.work is not None) is has_word
    assert (partner.work_index is not None) is has_index


def test_experiences_that_differ_are_called_mixed() -> None:
    partner = tally_partner([make_row(5, 4)] * 4 + [make_row(1, 4)] * 4)
    assert (partner.street, partner.certainty) == (Street.MIXED, None)
    assert tally_partner([make_row(4, 5)] * 4 + [make_row(4, 1)] * 4).street is Street.MIXED, (
        "on what we give, too"
    )
    assert tally_partner([make_row(5, 4)] * 7 + [make_row(1, 4)]).street is Street.TWO_WAY


def test_quick_ballots_are_never_solid() -> None:
    partner = tally_partner([Row(order_answers({"they.back": 5, "we.back": 5}))] * 20)
    assert partner.certainty is Certainty.LEANS


def test_answers_of_hard_raters_are_raised_and_of_kind_ones_lowered() -> None:
    voices = corrected_voices(
        PEER, [make_row(3, severity=-0.5), make_row(3, severity=1.0)], Side.GET, 0.25
    )
    assert [voice.value for voice in voices] == [3.75, 2.25]
    edge = corrected_voices(
        PEER, [make_row(5, severity=-1.0), make_row(1, severity=1.0)], Side.GET, 0.0
    )
    assert [voice.value for voice in edge] == [5.0, 1.0]


def test_a_severity_everybody_shares_changes_nothing() -> None:
    assert tally_partner([make_row(4, 3, severity=0.5)] * 6) == tally_partner([make_row(4, 3)] * 6)


def test_the_round_shares_one_cut_for_giving() -> None:
    boasting = tally_rows({name: [make_row(3, 5)] * 10 for name in "abcdefgh"})
    assert boasting.give_cut == 4.25  # 3.25 + 1.4 · 80/100 = 1.12 → 1.0
    assert tally_rows({"a": [make_row(3, 5)] * 3}).give_cut == 3.25, "nobody reached the floor"


def test_the_baseline_of_a_round_weights_all_rows_alike() -> None:
    scale = round_baseline(
        {"a": PEER, "b": PEER}, {"a": [make_row(we=3, severity=1)], "b": [make_row(we=5)] * 3}, 9
    )
    assert (scale.ballots, scale.severity, scale.cut) == (9, 0.25, 3.25 + 0.25)


def test_the_last_bands_are_remembered_for_the_same_set_only() -> None:
    before = tally_rows({"acme": [make_row(4, 4)] * 10})
    last = before.find_partner("acme")
    assert last is not None and last.bands["they.job"].band == 4
    # s = (35 + 6) / 12 = 3.42 stays in band 4; (32 + 6) / 12 = 3.17 is band 3 for a newcomer
    rows = [make_row(3, 3)] * 8 + [make_row(4, 4)] * 2
    assert tally_partner(rows).bands["they.job"].band == 3
    assert tally_partner(rows, before=before).bands["they.job"].band == 4
    of_another_set = before.model_copy(update={"sets": {"acme": "another set"}})
    assert tally_partner(rows, before=of_another_set).bands["they.job"].band == 3


def test_partners_of_two_kinds_share_a_round() -> None:
    round_ = Round(
        id="r", number=3, heads=8,
        partners=(
            RoundPartner(id="v", set_hash=VENDOR.hash),
            RoundPartner(id="p", set_hash=PEER.hash),
        ),
    )  # fmt: skip
    sets = {criteria.hash: criteria for criteria in (PEER, VENDOR)}
    release = tally_round(
        round_, sets, {"v": [make_row(5, 5)] * 5, "p": [make_row(1, 5)] * 5}, CLOSED, 8
    )
    assert [partner.partner for partner in release.partners] == ["p", "v"]
    assert release.sets == {"p": PEER.hash, "v": VENDOR.hash} and release.round == 3
    assert isinstance(release, Release)
    assert [partner.street for partner in release.partners] == [Street.ONE_WAY, Street.TWO_WAY]


def test_rows_about_partners_outside_the_round_are_ignored() -> None:
    round_ = Round(id="r", number=1, heads=8, partners=(RoundPartner(id="a", set_hash=PEER.hash),))
    rows = {"a": [make_row()] * 5, "stranger": [make_row(1, 1)] * 5}
    alone = tally_round(round_, {PEER.hash: PEER}, {"a": rows["a"]}, CLOSED, 8)
    assert tally_round(round_, {PEER.hash: PEER}, rows, CLOSED, 8) == alone
