"""A round is planned, then open, then closed or discarded; nothing else is possible."""

from datetime import UTC, date, datetime
from itertools import product

import pytest
from pydantic import ValidationError

from peerreview.domain.errors import RuleError
from peerreview.domain.round.round import KeeperRule, Round, RoundState, quarter_of

from .builders import make_round

ALLOWED = {
    (RoundState.PLANNED, RoundState.OPEN),
    (RoundState.OPEN, RoundState.CLOSED),
    (RoundState.OPEN, RoundState.DISCARDED),
}
DAY = date(2026, 3, 2)


def make_round_in_state(state: RoundState) -> Round:
    path = {
        RoundState.PLANNED: [],
        RoundState.OPEN: [RoundState.OPEN],
        RoundState.CLOSED: [RoundState.OPEN, RoundState.CLOSED],
        RoundState.DISCARDED: [RoundState.OPEN, RoundState.DISCARDED],
    }
    round_ = make_round("acme")
    for step in path[state]:
        round_ = round_.with_state(step, DAY)
    return round_


@pytest.mark.parametrize(("before", "after"), list(product(RoundState, RoundState)))
def test_a_round_takes_only_the_allowed_steps(before: RoundState, after: RoundState) -> None:
    round_ = make_round_in_state(before)
    if (before, after) in ALLOWED:
        assert round_.with_state(after, DAY).state is after
    else:
        with pytest.raises(RuleError, match=f"round 1 is {before}: it can't become {after}"):
            round_.with_state(after, DAY)
    assert round_.state is before, "a round is never changed in place"


def test_a_round_keeps_the_days_it_opened_and_ended() -> None:
    opened = make_round("acme").with_state(RoundState.OPEN, date(2026, 3, 2))
    assert (opened.opened_on, opened.ended_on) == (date(2026, 3, 2), None)
    closed = opened.with_state(RoundState.CLOSED, date(2026, 3, 9))
    assert (closed.opened_on, closed.ended_on) == (date(2026, 3, 2), date(2026, 3, 9))
    assert Round.model_validate_json(closed.model_dump_json()) == closed


def test_the_time_of_day_is_known_only_while_the_round_is_open() -> None:
    until = datetime(2026, 3, 2, 19, 30, tzinfo=UTC)
    opened = make_round("acme").evolve(until=until).with_state(RoundState.OPEN, DAY)
    assert Round.model_validate_json(opened.model_dump_json()).until == until
    for end in (RoundState.CLOSED, RoundState.DISCARDED):
        assert "19:30" not in opened.with_state(end, DAY).model_dump_json()
    with pytest.raises(ValidationError, match="until"):
        make_round("acme").evolve(until=datetime(2026, 3, 2, 19, 30))


def test_a_rehearsal_is_named_as_such() -> None:
    real, rehearsal = make_round("acme"), make_round("acme").evolve(rehearsal=True)
    assert (real.name, real.title("Gulf")) == ("round 1", "Gulf · round 1")
    assert (rehearsal.name, rehearsal.title("Gulf")) == ("rehearsal", "rehearsal · Gulf")


def test_a_time_of_day_is_refused_as_a_day() -> None:
    with pytest.raises(ValidationError, match="opened_on"):
        make_round("acme").with_state(RoundState.OPEN, datetime(2026, 3, 2, 19, 30))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"heads": 3}, "heads"),
        ({"heads": 61}, "heads"),
        ({"spares": 7}, "spares"),
        ({"spares": -1}, "spares"),
        ({"floor": 3}, "floor"),
        ({"floor": 13}, "floor"),
        ({"number": 0}, "number"),
        ({"partners": ()}, "partners"),
        ({"state": "paused"}, "state"),
        ({"moderator": "Ann"}, "moderator"),
    ],
)
def test_a_round_outside_its_limits_is_refused(change: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        Round.model_validate({**dict(make_round("acme")), **change})


def test_a_round_has_at_most_sixty_partners_and_no_duplicates() -> None:
    with pytest.raises(ValidationError, match="a partner is listed twice"):
        make_round("acme", "acme")
    assert len(make_round(*map(str, range(60))).partners) == 60
    with pytest.raises(ValidationError, match="at most 60"):
        make_round(*map(str, range(61)))


def test_a_round_has_a_ticket_for_every_head_and_spare() -> None:
    assert make_round("acme").ticket_count == 14


def test_a_keeper_rule_fixes_the_number_of_keepers_and_keys() -> None:
    assert KeeperRule.ONE.keeper_count == 1
    assert KeeperRule.EITHER_OF_TWO.keeper_count == 2
    assert KeeperRule.TWO_OF_THREE.keeper_count == 3
    assert [rule.keys_needed for rule in KeeperRule] == [1, 1, 2]
    assert make_round("acme").keepers is KeeperRule.EITHER_OF_TWO


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2026, 1, 1), "Q1 2026"),
        (date(2026, 3, 31), "Q1 2026"),
        (date(2026, 4, 1), "Q2 2026"),
        (date(2026, 9, 30), "Q3 2026"),
        (date(2026, 12, 31), "Q4 2026"),
    ],
)
def test_a_day_belongs_to_a_quarter(day: date, shown: str) -> None:
    assert quarter_of(day) == shown
