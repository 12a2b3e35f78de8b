"""The summary as a Markdown page shows every name literally, without active markup."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.result.board import make_board
from peerreview.domain.summary.markdown import escape_markdown, markdown_page
from peerreview.domain.summary.summary import summarize
from peerreview.domain.tally.release import VoicesBand
from peerreview.domain.tally.verdict import Street

from .results import make_first_summary, make_group, make_release, make_result


def test_the_page_begins_with_whose_opinion_it_is() -> None:
    lines = markdown_page(make_first_summary(make_result())).splitlines()
    assert lines[0] == "> Opinion of a group, first hand, not for publication."
    assert lines[2] == "# Partners of maple otter"
    assert "Round 1, Q1 2026, 12 ballots." in lines[4]


def test_sections_follow_the_order_of_the_board() -> None:
    text = markdown_page(
        make_first_summary(*(make_result(street, street.value) for street in Street))
    )
    heads = [line for line in text.splitlines() if line.startswith("## ")]
    assert heads == [
        "## Two-way streets",
        "## We owe them",
        "## Mixed",
        "## One-way streets",
        "## Quiet streets",
        "## Too close to call",
        "## Too few voices",
    ]
    assert "Nothing is shown: Too\\_few" in text


def test_a_line_shows_the_numbers_the_reason_and_the_advice() -> None:
    text = markdown_page(make_first_summary(make_result()))
    assert "| Acme (peer firm) | solid | 4.0 | 4.0 | good | 8–12 |" in text
    assert "- **Acme**: Both sides give. Their work is good. Keep it. Say thanks this week." in text


def test_four_voices_leave_empty_cells() -> None:
    few = {"comes_back": None, "we_give": None, "work": None, "work_index": None}
    text = markdown_page(make_first_summary(make_result(voices=VoicesBand.FEW, **few)))
    assert "| Acme (peer firm) | solid |  |  |  | 4–7 |" in text


def test_the_page_never_shows_a_deal_breaker() -> None:
    marked = make_result(deal_breaker=True, deal_breakers=("bus",))
    assert markdown_page(make_first_summary(marked)) == markdown_page(
        make_first_summary(make_result())
    )


HOSTILE = ["**bold**", "<b>x</b>", "[a](http://x)", "a|b", "`code`", "# head", "&amp;", "~~x~~"]


@pytest.mark.parametrize("name", HOSTILE)
def test_special_characters_in_a_name_are_escaped(name: str) -> None:
    now = make_release(make_result())
    group = make_group(now, names={"acme": name})
    text = markdown_page(summarize(group, make_board(group), now))
    assert escape_markdown(name) in text and f" {name}" not in text
    row = next(line for line in text.splitlines() if line.startswith("| ") and "solid" in line)
    assert len(re.findall(r"(?<!\\)\|", row)) == 7


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60))
def test_unescaping_gives_back_the_text(text: str) -> None:
    assert re.sub(r"\\([^a-zA-Z0-9\s])", r"\1", escape_markdown(text)) == text
