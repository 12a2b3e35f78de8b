"""Rounds: what can't be opened isn't, what can't be closed stays as it is."""

import pytest
from stories import (
    GROUP,
    KIND,
    Calendar,
    Rater,
    Says,
    closed,
    code_of,
    five_partners,
    ids,
    key_of,
    opened,
    rated,
    spelled_out,
)

from peerreview.domain.plan import Plan
from peerreview.domain.round import KeeperRule, State
from peerreview.errors import (
    BoxGoneError,
    CodeError,
    CountError,
    KeeperKeyError,
    RuleError,
)
from peerreview.services.desk import Desk
from peerreview.services.ports import Vault
from peerreview.services.world import World

from .interruptions import Interrupted, PowerCutError


def plan(desk: Desk, **changes: object) -> Plan:
    wanted = {"hands": dict.fromkeys(ids(desk).values()), "heads": 4} | changes
    return Plan(**wanted)  # pyright: ignore[reportArgumentType]


def test_a_plan_tells_what_it_will_bring(desk: Desk) -> None:
    found = plan(
        desk, hands=dict(zip(ids(desk).values(), (3, 4, 12, 12, 0), strict=True)), heads=12
    )
    assert (found.forecast.partners, found.forecast.shown) == (5, 3)


def test_preparing_keeps_nothing(any_desk: Desk, any_vault: Vault) -> None:
    prepared = any_desk.rounds.prepare(plan(any_desk))
    assert len(prepared.keys) == 2 and all(len(key) == 5 for key in prepared.keys)
    assert any_desk.rounds.group().rounds == () and not any_vault.box(1).exists()


def test_keys_show_in_no_repr_and_in_no_file(any_desk: Desk, any_vault: Vault) -> None:
    prepared = opened(any_desk)
    kept = f"{prepared!r} {any_vault.group.read()!r} {any_vault.box(1).read()!r}"
    assert not any(spelled_out(key, kept) for key in prepared.keys)


def test_one_keeper_is_possible(desk: Desk) -> None:
    assert len(desk.rounds.prepare(plan(desk, keepers=KeeperRule.ONE)).keys) == 1


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"heads": 3}, "4 people"),
        ({"heads": 61}, "heads"),
        ({"spares": 7}, "spares"),
        ({"spares": -1}, "spares"),
        ({"floor": 3}, "floor"),
        ({"floor": 13}, "floor"),
        ({"hands": {}}, "one partner at least"),
        ({"hands": {"nobody": None}}, "isn't in this group"),
    ],
)
def test_a_plan_beyond_the_limits_is_refused(
    desk: Desk, changes: dict[str, object], what: str
) -> None:
    with pytest.raises(RuleError, match=what):
        desk.rounds.prepare(plan(desk, **changes))


def test_only_one_round_is_open_at_a_time(any_desk: Desk) -> None:
    early = any_desk.rounds.prepare(plan(any_desk))
    opened(any_desk)
    with pytest.raises(RuleError, match="round 1 is open: close it first"):
        any_desk.rounds.prepare(plan(any_desk))
    with pytest.raises(RuleError, match="somebody else opened a round"):
        any_desk.rounds.open(early)


def test_a_partner_rests_for_sixty_days_unless_nothing_was_shown(
    desk: Desk, calendar: Calendar
) -> None:
    most = Rater({name: Says() for name in ids(desk) if name != "Delta Printers"})
    closed(desk, *[most] * 4)
    assert [each.name for each in desk.rounds.ready()] == ["Delta Printers"]
    with pytest.raises(RuleError, match="can be rated again from 2026-12-14"):
        desk.rounds.prepare(plan(desk))
    calendar.turn(59)
    assert len(desk.rounds.ready()) == 1
    calendar.turn(1)
    assert len(desk.rounds.ready()) == 5 and desk.rounds.resting() == {}


def test_without_a_round_there_is_nothing_to_do(desk: Desk) -> None:
    assert desk.rounds.progress() is None
    for action in (
        lambda: desk.rounds.close("apple river stone cloud rain", 4),
        lambda: desk.rounds.discard(GROUP),
        desk.rating.draw,
        lambda: desk.rating.enter("apple river stone cloud"),
    ):
        with pytest.raises(RuleError, match="no round is open"):
            action()


def unchanged(desk: Desk, vault: Vault) -> tuple[object, object]:
    return desk.rounds.group(), vault.box(1).read()


@pytest.mark.parametrize(
    ("hands", "what"), [(3, "3 hands are up, 4 ballots are in"), (5, "count again")]
)
def test_a_count_that_doesn_t_add_up_changes_nothing(
    any_desk: Desk, any_vault: Vault, hands: int, what: str
) -> None:
    prepared = opened(any_desk)
    rated(any_desk, *[KIND] * 4)
    before = unchanged(any_desk, any_vault)
    with pytest.raises(CountError, match=what):
        any_desk.rounds.close(key_of(prepared), hands)
    assert unchanged(any_desk, any_vault) == before


def test_a_wrong_key_changes_nothing_and_is_asked_only_after_the_count(
    any_desk: Desk, any_vault: Vault
) -> None:
    prepared = opened(any_desk)
    rated(any_desk, *[KIND] * 4)
    before = unchanged(any_desk, any_vault)
    with pytest.raises(KeeperKeyError, match="read the slip again"):
        any_desk.rounds.close("apple river stone cloud rain", 4)
    with pytest.raises(KeeperKeyError, match="4 words typed, 5 needed"):
        any_desk.rounds.close("apple river stone cloud", 4)
    with pytest.raises(CountError):
        any_desk.rounds.close("apple river stone cloud rain", 5)
    assert unchanged(any_desk, any_vault) == before
    assert any_desk.rounds.close(key_of(prepared).upper(), 4).ballots == 4


def test_too_few_ballots_can_only_be_discarded(any_desk: Desk) -> None:
    prepared = opened(any_desk)
    rated(any_desk, *[KIND] * 3)
    with pytest.raises(CountError, match="3 ballots are in, 1 more needed"):
        any_desk.rounds.close(key_of(prepared), 3)
    with pytest.raises(RuleError, match="type the group's name"):
        any_desk.rounds.discard("Gulf")
    any_desk.rounds.discard(GROUP)
    assert any_desk.rounds.group().open_round is None


def test_a_closed_round_stays_closed(any_desk: Desk) -> None:
    prepared = opened(any_desk)
    seats = rated(any_desk, *[KIND] * 4)
    any_desk.rounds.close(key_of(prepared), 4)
    with pytest.raises(RuleError, match="no round is open"):
        any_desk.rounds.close(key_of(prepared), 4)
    with pytest.raises(RuleError, match="no round is open"):
        any_desk.rating.enter(code_of(seats[0]))
    with pytest.raises(BoxGoneError):
        any_desk.rating.cast(seats[0], KIND.fill(seats[0]))


def test_old_codes_open_nothing_in_a_new_round(desk: Desk, calendar: Calendar) -> None:
    prepared = opened(desk)
    seats = rated(desk, *[KIND] * 4)
    desk.rounds.close(key_of(prepared), 4)
    calendar.turn(60)
    opened(desk)
    with pytest.raises(CodeError):
        desk.rating.enter(code_of(seats[0]))


def test_a_power_cut_after_the_release_is_finished_at_the_next_start(
    any_vault: Vault, world: World
) -> None:
    desk = five_partners(Desk.of(any_vault, world))
    prepared = opened(desk)
    rated(desk, *[KIND] * 4)
    with pytest.raises(PowerCutError):
        Desk.of(Interrupted(any_vault, "box used"), world).rounds.close(key_of(prepared), 4)
    assert any_vault.box(1).exists()
    assert desk.rounds.group().rounds[0].state is State.CLOSED
    [said] = desk.rounds.recover()
    assert "round 1 was closed" in said
    assert not any_vault.box(1).exists() and desk.rounds.recover() == ()
    assert desk.results.board().ballots == 4


def test_a_power_cut_while_discarding_is_finished_too(any_vault: Vault, world: World) -> None:
    desk = five_partners(Desk.of(any_vault, world))
    opened(desk)
    with pytest.raises(PowerCutError):
        Desk.of(Interrupted(any_vault, "before removal"), world).rounds.discard(GROUP)
    assert "round 1 was discarded" in desk.rounds.recover()[0]
    assert not any_vault.box(1).exists()


def test_a_power_cut_while_opening_leaves_no_round_and_no_box(
    any_vault: Vault, world: World
) -> None:
    desk = five_partners(Desk.of(any_vault, world))
    with pytest.raises(PowerCutError):
        opened(Desk.of(Interrupted(any_vault, "box created"), world))
    assert desk.rounds.group().rounds == () and any_vault.box(1).exists()
    assert "never opened" in desk.rounds.recover()[0]
    assert closed(desk, *[KIND] * 4).round == 1


def test_a_round_ended_by_somebody_else_isn_t_pooled_again(any_vault: Vault, world: World) -> None:
    desk = five_partners(Desk.of(any_vault, world))
    prepared = opened(desk)
    rated(desk, *[KIND] * 4)
    with pytest.raises(PowerCutError):
        Desk.of(Interrupted(any_vault, "before removal"), world).rounds.discard(GROUP)
    with pytest.raises(RuleError, match="no round is open"):
        desk.rounds.close(key_of(prepared), 4)
