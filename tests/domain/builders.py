"""Builders of rows, rounds and releases, and Hypothesis strategies for rows and voices."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

import peerreview
from peerreview.domain.rating.ballot import Row, Voice
from peerreview.domain.rating.criteria import Question, Section, read_criteria_set
from peerreview.domain.rating.scale import NO
from peerreview.domain.round.round import Round, RoundPartner
from peerreview.domain.tally.release import PartnerRelease, Release
from peerreview.domain.tally.tally import tally_round

CRITERIA = Path(peerreview.__file__).parent / "criteria"
PEER_TOML = (CRITERIA / "peer.toml").read_text(encoding="utf-8")
PEER = read_criteria_set(PEER_TOML, "peer.toml")
VENDOR = read_criteria_set((CRITERIA / "vendor.toml").read_text(encoding="utf-8"), "vendor.toml")
CLOSED = date(2026, 3, 2)


def order_answers(given: Mapping[str, int]) -> tuple[int, ...]:
    """Return the answers in the set's order; a question that isn't given gets can't say."""
    assert set(given) <= set(PEER.positions)
    return tuple(given.get(question.id, 0) for question in PEER.questions)


def make_row(they: int = 4, we: int = 4, bad: int = 2, severity: float = 0.0, **more: int) -> Row:
    """Return a full row: `they` and `we` on every habit, `bad` on every letdown, no deal-breaker.

    `more` overrides single questions: `they_back=1`, `bus=2`.
    """
    given = {question.id: _default_answer(question, they, we, bad) for question in PEER.questions}
    given |= {key.replace("_", ".", 1): answer for key, answer in more.items()}
    return Row(order_answers(given), severity)


def _default_answer(question: Question, they: int, we: int, bad: int) -> int:
    default = {Section.THEY: they, Section.WE: we, Section.BAD: bad, Section.UGLY: NO}
    return default[question.section]


def make_round(*partners: str, floor: int = 4, number: int = 1) -> Round:
    return Round(
        id=f"r{number}",
        number=number,
        heads=12,
        floor=floor,
        partners=tuple(RoundPartner(id=partner, set_hash=PEER.hash) for partner in partners),
    )


def tally_rows(
    rows: Mapping[str, Sequence[Row]],
    floor: int = 4,
    ballots: int = 12,
    before: Release | None = None,
) -> Release:
    """Tally a round about the partners that `rows` is keyed by."""
    return tally_round(
        make_round(*rows, floor=floor), {PEER.hash: PEER}, rows, CLOSED, ballots, before
    )


def tally_partner(
    rows: Sequence[Row], floor: int = 4, before: Release | None = None
) -> PartnerRelease:
    """Tally a round about one partner, and return what is released of it."""
    partner = tally_rows({"acme": rows}, floor, before=before).find_partner("acme")
    assert partner is not None
    return partner


severities = st.integers(-4, 4).map(lambda quarters: quarters / 4)
any_answers = st.tuples(*(st.integers(0, question.scale.top) for question in PEER.questions))
full_answers = st.tuples(*(st.integers(1, question.scale.top) for question in PEER.questions))
any_rows = st.builds(Row, any_answers, severities)
full_rows = st.builds(Row, full_answers, severities)
voices = st.builds(Voice, st.integers(0, 400).map(lambda cents: 1 + cents / 100), st.integers(1, 5))
