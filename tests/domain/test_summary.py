"""The summary: released cells, words that follow from them, and never a deal-breaker."""

import json

from peerreview.domain.summary.reading import read_summary
from peerreview.domain.summary.summary import Summary, summary_to_json
from peerreview.domain.tally.release import Band
from peerreview.domain.tally.verdict import Street

from .builders import PEER
from .results import cells, summary_of


def test_it_goes_by_its_label_and_its_partners_by_name() -> None:
    found = summary_of(cells(partner="zeta"), cells(Street.TOO_FEW, "bayou"))
    assert found.group == "maple otter" and "Gulf Coast" not in summary_to_json(found)
    assert [partner.name for partner in found.partners] == ["Bayou", "Zeta"]
    assert found.sets == {"peer": PEER.hash}


def test_a_deal_breaker_leaves_no_trace_not_even_in_the_advice() -> None:
    marked = cells(deal_breaker=True, deal_breakers=("bus",))
    assert summary_to_json(summary_of(marked)) == summary_to_json(summary_of(cells()))


def test_nobody_s_id_leaves() -> None:
    assert "acme" not in summary_to_json(summary_of(cells()))


def test_the_same_content_is_the_same_bytes() -> None:
    one, two = cells(partner="a"), cells(Street.QUIET, "b")
    assert summary_to_json(summary_of(one, two)) == summary_to_json(summary_of(two, one))


def test_what_is_written_is_what_is_read() -> None:
    bands = {"they.back": Band(band=2, of=3), "greedy": Band(band=5, of=5)}
    found = summary_of(cells(bands=bands), cells(Street.TOO_FEW, "bayou"))
    assert read_summary(summary_to_json(found).encode(), "x") == found


def test_it_begins_with_whose_opinion_it_is() -> None:
    first = next(iter(json.loads(summary_to_json(summary_of(cells()))).values()))
    assert first == "Opinion of a group, first hand, not for publication."


def test_released_cells_come_back_alone() -> None:
    [partner] = summary_of(cells()).partners
    assert partner.to_release() == cells(partner="-")


def test_the_schema_names_every_field() -> None:
    assert set(Summary.model_json_schema()["properties"]) == set(Summary.model_fields)
