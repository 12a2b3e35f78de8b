"""Summaries of other groups are checked when they are read, and refused in one line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.errors import SummaryError
from peerreview.domain.summary.reading import read_summary
from peerreview.domain.summary.summary import summary_to_json

from .results import make_first_summary, make_result

GOOD = summary_to_json(make_first_summary(make_result()))
HEAD = '{"format": "peerreview summary", "version": 1'


def change_summary(**fields: object) -> str:
    return json.dumps(json.loads(GOOD) | fields)


def change_partner(**fields: object) -> str:
    first = json.loads(GOOD)["partners"][0]
    return change_summary(partners=[first | fields])


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "not valid JSON"),
        ("[1, 2]", "not a summary"),
        ("null", "not a summary"),
        ("{}", "not a summary"),
        ('{"_default": {}}', "not a summary"),
        (change_summary(version=2), "newer"),
        (change_summary(version=10**30), "newer"),
        (change_summary(version=True), "version"),
        (change_summary(version="1"), "version"),
        (change_summary(extra=1), "extra"),
        (change_summary(round="3"), "round"),
        (change_summary(round=0), "round"),
        (change_summary(ballots=3), "ballots"),
        (change_summary(give_cut=3.3), "give_cut"),
        (change_summary(group="a\u202eb"), "group"),
        (change_summary(partners=[]), "partners"),
        (change_partner(street="great"), "street"),
        (change_partner(name="\x1b[2J"), "name"),
        (change_partner(comes_back=3.2), "comes_back"),
        (change_partner(comes_back=6), "comes_back"),
        (change_partner(comes_back="4.0"), "comes_back"),
        (change_partner(deal_breaker=True), "deal_breaker"),
        (change_partner(bands={"they.back": {"band": 4, "of": 3}}), "band"),
        (HEAD + ', "round": NaN}', "isn't a number"),
        (HEAD + ', "round": 1, "round": 2}', "twice"),
        (HEAD + ', "round": ' + "9" * 5000 + "}", "damaged"),
        (HEAD + ', "round": 1e999}', "isn't a number"),
        ("[" * 100_000, "nested"),
        (HEAD + ', "sets": ' + '{"a":' * 100_000, "nested"),
        (GOOD[:-40], "not valid JSON"),
        (GOOD + GOOD, "not valid JSON"),
    ],
    ids=lambda text: text[:20] if len(text) < 400 else "...",
)
def test_text_that_is_no_summary_is_refused_in_one_line(text: str, problem: str) -> None:
    with pytest.raises(SummaryError, match=problem) as error:
        read_summary(text.encode("utf-8", "surrogatepass"), "their.json")
    assert str(error.value).startswith("their.json: ") and "\n" not in str(error.value)


@pytest.mark.parametrize("data", [b"\x00\x01\x02", b"\xff\xfe{\x00}\x00", b"\x89PNG\r\n\x1a\n"])
def test_bytes_that_are_no_text_are_refused(data: bytes) -> None:
    with pytest.raises(SummaryError):
        read_summary(data, "their.json")


def test_lone_surrogates_are_refused() -> None:
    with pytest.raises(SummaryError):
        read_summary(change_partner(why="\ud800").encode(), "their.json")


@given(st.binary(max_size=200))
def test_any_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(SummaryError):
        read_summary(data, "x")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.sampled_from(sorted(json.loads(GOOD))), json_values)
def test_any_value_of_a_field_is_read_or_refused(field: str, value: object) -> None:
    try:
        summary = read_summary(change_summary(**{field: value}).encode(), "x")
    except SummaryError:
        return
    assert getattr(summary, field) is not None
