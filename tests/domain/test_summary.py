"""The summary holds released values and words that follow from them, but no deal-breaker."""

import json

from peerreview.domain.summary.reading import read_summary
from peerreview.domain.summary.summary import Summary, summary_to_json
from peerreview.domain.tally.release import Band
from peerreview.domain.tally.verdict import Street

from .builders import PEER
from .results import make_first_summary, make_result


def test_a_summary_has_the_label_of_the_group_and_the_names_of_partners() -> None:
    summary = make_first_summary(make_result(partner="zeta"), make_result(Street.TOO_FEW, "bayou"))
    assert summary.group == "maple otter" and "Gulf Coast" not in summary_to_json(summary)
    assert [partner.name for partner in summary.partners] == ["Bayou", "Zeta"]
    assert summary.sets == {"peer": PEER.hash}


def test_a_deal_breaker_leaves_no_trace_in_the_summary() -> None:
    marked = make_result(deal_breaker=True, deal_breakers=("bus",))
    assert summary_to_json(make_first_summary(marked)) == summary_to_json(
        make_first_summary(make_result())
    )


def test_a_summary_has_no_ids_of_partners() -> None:
    assert "acme" not in summary_to_json(make_first_summary(make_result()))


def test_equal_summaries_are_written_as_the_same_bytes() -> None:
    first, second = make_result(partner="a"), make_result(Street.QUIET, "b")
    assert summary_to_json(make_first_summary(first, second)) == summary_to_json(
        make_first_summary(second, first)
    )


def test_a_summary_is_the_same_after_it_was_written_and_read() -> None:
    bands = {"they.back": Band(band=2, of=3), "greedy": Band(band=5, of=5)}
    summary = make_first_summary(make_result(bands=bands), make_result(Street.TOO_FEW, "bayou"))
    assert read_summary(summary_to_json(summary).encode(), "x") == summary


def test_a_summary_begins_with_whose_opinion_it_is() -> None:
    first = next(iter(json.loads(summary_to_json(make_first_summary(make_result()))).values()))
    assert first == "Opinion of a group, first hand, not for publication."


def test_the_released_values_can_be_read_back_from_a_summary() -> None:
    [partner] = make_first_summary(make_result()).partners
    assert partner.to_release() == make_result(partner="-")


def test_the_schema_names_every_field() -> None:
    assert set(Summary.model_json_schema()["properties"]) == set(Summary.model_fields)
