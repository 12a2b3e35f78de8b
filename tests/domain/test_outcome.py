"""Outcomes: for which partners a group can set them, until when, and where they are shown."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from peerreview.domain.errors import RuleError, SummaryError
from peerreview.domain.group.group import Group
from peerreview.domain.result.board import make_board
from peerreview.domain.result.story import make_story
from peerreview.domain.round.round import Round, RoundPartner, RoundState
from peerreview.domain.summary.contradiction import find_contradictions
from peerreview.domain.summary.markdown import markdown_page
from peerreview.domain.summary.reading import read_summary
from peerreview.domain.summary.summary import Summary, summarize, summary_to_json
from peerreview.domain.tally.release import Cells, Outcome
from peerreview.domain.tally.verdict import Certainty, Street

from .builders import CLOSED, PEER
from .results import SETS, make_first_board, make_group, make_release, make_result

SHOWN = [street for street in Street if street is not Street.TOO_FEW]
PAIR = make_group(
    make_release(make_result(partner="acme"), make_result(Street.TOO_FEW, "bayou")),
    make_release(make_result(Street.MIXED, "acme"), make_result(Street.TOO_FEW, "bayou"), number=2),
)


def summarize_group(group: Group) -> Summary:
    assert group.latest_release
    return summarize(group, make_board(group), group.latest_release)


def find_outcome(group: Group, partner: str = "acme") -> Outcome | None:
    assert group.latest_release
    result = group.latest_release.find_partner(partner)
    assert result
    return result.outcome


@given(st.lists(st.sampled_from([*Outcome, None]), min_size=1), st.sampled_from(SHOWN))
def test_the_last_outcome_counts_and_nothing_else_changes(
    words: list[Outcome | None], street: Street
) -> None:
    before = make_group(make_release(make_result(street)))
    now = before
    for outcome in words:
        now = now.with_outcome(1, "acme", outcome)
    assert find_outcome(now) is words[-1]
    assert now.with_outcome(1, "acme", None) == before
    assert Group.model_validate_json(now.model_dump_json()) == now


def test_a_close_sets_no_outcome() -> None:
    assert find_outcome(PAIR) is None and Cells(street=Street.QUIET).outcome is None


@pytest.mark.parametrize("partner", ["bayou", "nobody"])
def test_an_outcome_for_a_partner_that_is_not_shown_is_refused(partner: str) -> None:
    with pytest.raises(RuleError, match="isn't shown in round 2"):
        PAIR.with_outcome(2, partner, Outcome.KEEP)


def test_a_release_with_an_outcome_for_a_hidden_partner_is_refused() -> None:
    hidden = make_result(Street.TOO_FEW).evolve(outcome=Outcome.KEEP)
    with pytest.raises(ValidationError, match="a partner that isn't shown"):
        make_release(hidden)


def add_round(state: RoundState) -> Group:
    next_ = Round(
        id="r3", number=3, heads=4, partners=(RoundPartner(id="acme", set_hash=PEER.hash),)
    )
    opened = next_.with_state(RoundState.OPEN, CLOSED)
    return PAIR.with_round(opened if state is RoundState.OPEN else opened.with_state(state, CLOSED))


@pytest.mark.parametrize("number", [0, 1, 3])
def test_an_outcome_is_refused_for_any_but_the_last_round(number: int) -> None:
    assert PAIR.can_set_outcome(2) and not PAIR.can_set_outcome(number)
    with pytest.raises(RuleError, match="can't be changed any more"):
        PAIR.with_outcome(number, "acme", Outcome.KEEP)


@pytest.mark.parametrize("state", [RoundState.OPEN, RoundState.DISCARDED])
def test_an_outcome_is_refused_once_the_next_round_has_opened(state: RoundState) -> None:
    later = add_round(state)
    assert not later.can_set_outcome(2)
    with pytest.raises(RuleError, match="after round 2 can't be changed any more"):
        later.with_outcome(2, "acme", Outcome.KEEP)


def test_a_group_without_rounds_can_set_no_outcome() -> None:
    assert not make_group().can_set_outcome(1)


# The talk list.


def test_the_talk_list_has_mixed_then_solid_one_way_then_we_owe() -> None:
    board = make_first_board(
        make_result(Street.WE_OWE, "aa"),
        make_result(Street.ONE_WAY, "bb"),
        make_result(Street.ONE_WAY, "cc", certainty=Certainty.LEANS),
        make_result(Street.MIXED, "dd"),
        make_result(Street.MIXED, "ab"),
        *(
            make_result(street, f"z{street}")
            for street in (Street.TWO_WAY, Street.QUIET, Street.TOO_CLOSE)
        ),
        make_result(Street.TOO_FEW, "zz"),
    )
    assert [line.partner.id for line in board.talk_list] == ["ab", "dd", "bb", "aa"]


# Summaries and the partner page.


def test_the_summary_has_the_outcome_as_json_and_markdown() -> None:
    summary = summarize_group(PAIR.with_outcome(2, "acme", Outcome.TALK))
    assert [partner["outcome"] for partner in json.loads(summary_to_json(summary))["partners"]] == [
        "talk to them",
        None,
    ]
    assert markdown_page(summary).count("We agreed: talk to them.") == 1
    assert "We agreed" not in markdown_page(summarize_group(PAIR))
    assert read_summary(summary_to_json(summary).encode(), "x") == summary
    assert find_contradictions(summary, SETS) == []


def test_a_summary_without_outcomes_is_read() -> None:
    raw = json.loads(summary_to_json(summarize_group(PAIR)))
    for partner in raw["partners"]:
        del partner["outcome"]
    assert read_summary(json.dumps(raw).encode(), "x") == summarize_group(PAIR)


def test_the_schema_names_every_outcome() -> None:
    schema = json.dumps(Summary.model_json_schema())
    assert all(f'"{outcome}"' in schema for outcome in Outcome)


def test_an_outcome_for_a_hidden_partner_is_a_contradiction() -> None:
    raw = json.loads(summary_to_json(summarize_group(PAIR)))
    raw["partners"][1]["outcome"] = "keep"
    summary = read_summary(json.dumps(raw).encode(), "x")
    assert find_contradictions(summary, SETS) == [
        "Bayou: too few voices, and yet something is shown"
    ]


def test_a_summary_with_an_unknown_outcome_is_refused() -> None:
    raw = json.loads(summary_to_json(summarize_group(PAIR)))
    raw["partners"][0]["outcome"] = "sue"
    with pytest.raises(SummaryError, match="outcome"):
        read_summary(json.dumps(raw).encode(), "x")


def test_the_partner_page_shows_the_outcome() -> None:
    board = make_board(PAIR.with_outcome(2, "acme", Outcome.MOVE_ON))
    assert ("What we agreed", "Move on.") in make_story(board, board.shown_lines[0]).facts
    bare = make_board(PAIR)
    assert "What we agreed" not in dict(make_story(bare, bare.shown_lines[0]).facts)
