"""Rounds: what can't be opened isn't, what can't be closed stays as it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from interruptions import Interrupted, PowerCutError
from stories import (
    FAST,
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
    there,
)

from peerreview.ballotbox import keeper, opening
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.domain.round.plan import Plan
from peerreview.domain.round.round import KeeperRule, State
from peerreview.errors import (
    BoxGoneError,
    CodeError,
    CountError,
    KeeperKeyError,
    RuleError,
)
from peerreview.services.environment import World
from peerreview.services.group_services import Desk
from peerreview.services.ports import Vault


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
    assert any_desk.rounds.group().rounds == () and not there(any_vault.box(1))


class Counting(Stretcher):
    """Counts what is stretched."""

    def __init__(self) -> None:
        super().__init__(Strength(ops=1, memory=8192))
        self.stretched = 0

    def stretch(self, words: tuple[str, ...], salt: bytes) -> bytes:
        self.stretched += 1
        return super().stretch(words, salt)


def test_the_words_of_the_box_are_worked_out_once_and_no_screen_waits_for_them(
    any_desk: Desk, any_vault: Vault, world: World
) -> None:
    opened(any_desk)
    stretcher = Counting()
    desk = Desk(any_vault, replace(world, stretcher=stretcher))
    progress = desk.rounds.progress()
    assert progress and stretcher.stretched == 0  # the board shows counts, no words
    looked = desk.rounds.look().progress
    assert looked and stretcher.stretched == 1
    assert looked.check_words == progress.check_words == desk.rating.draw().check_words
    assert looked == progress and stretcher.stretched == 2  # the second one was for the code


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
    desk = five_partners(Desk(any_vault, world))
    prepared = opened(desk)
    rated(desk, *[KIND] * 4)
    with pytest.raises(PowerCutError):
        Desk(Interrupted(any_vault, "box used"), world).rounds.close(key_of(prepared), 4)
    assert there(any_vault.box(1))
    assert desk.rounds.group().rounds[0].state is State.CLOSED
    [said] = desk.rounds.recover()
    assert "round 1 was closed" in said
    assert not there(any_vault.box(1)) and desk.rounds.recover() == ()
    assert desk.results.board().ballots == 4


def test_a_power_cut_while_discarding_is_finished_too(any_vault: Vault, world: World) -> None:
    desk = five_partners(Desk(any_vault, world))
    opened(desk)
    with pytest.raises(PowerCutError):
        Desk(Interrupted(any_vault, "before removal"), world).rounds.discard(GROUP)
    assert "round 1 was discarded" in desk.rounds.recover()[0]
    assert not there(any_vault.box(1))


def test_a_power_cut_while_opening_leaves_no_round_and_no_box(
    any_vault: Vault, world: World
) -> None:
    desk = five_partners(Desk(any_vault, world))
    with pytest.raises(PowerCutError):
        opened(Desk(Interrupted(any_vault, "box created"), world))
    assert desk.rounds.group().rounds == () and there(any_vault.box(1))
    assert "never opened" in desk.rounds.recover()[0]
    assert closed(desk, *[KIND] * 4).round == 1


def test_a_round_ended_by_somebody_else_isn_t_pooled_again(any_vault: Vault, world: World) -> None:
    desk = five_partners(Desk(any_vault, world))
    prepared = opened(desk)
    rated(desk, *[KIND] * 4)
    with pytest.raises(PowerCutError):
        Desk(Interrupted(any_vault, "before removal"), world).rounds.discard(GROUP)
    with pytest.raises(RuleError, match="no round is open"):
        desk.rounds.close(key_of(prepared), 4)


# Minutes to rate.


def test_the_minutes_run_from_the_opening_and_are_forgotten_afterwards(
    any_vault: Vault, world: World
) -> None:
    clock = [datetime(2026, 10, 15, 19, 0, tzinfo=UTC)]
    desk = five_partners(Desk(any_vault, replace(world, now=lambda: clock[0])))
    prepared = desk.rounds.prepare(plan(desk, minutes=25))
    clock[0] += timedelta(minutes=9)  # the keepers write down their keys meanwhile
    desk.rounds.open(prepared)
    for later, left in ((0, 25), (30, 25), (60, 24), (24 * 60 - 60, 1), (60, 0), (600, 0)):
        clock[0] += timedelta(seconds=later)
        found = desk.rounds.progress()
        assert found and found.minutes_left == left
    rated(desk, *[KIND] * 4)  # nothing closes by itself
    desk.rounds.close(key_of(prepared), 4)
    assert desk.rounds.group().rounds[0].until is None


def test_without_minutes_nobody_hurries(desk: Desk) -> None:
    opened(desk)
    found = desk.rounds.progress()
    assert found and found.minutes_left is None


# Any two of three keepers.


def test_two_of_three_keepers_close_a_round(any_desk: Desk) -> None:
    prepared = opened(any_desk, keepers=KeeperRule.TWO_OF_THREE)
    rated(any_desk, *[KIND] * 4)
    with pytest.raises(KeeperKeyError, match="keys of two keepers"):
        any_desk.rounds.close(key_of(prepared), 4)
    release = any_desk.rounds.close(f"{key_of(prepared, 2)}\n{key_of(prepared)}", 4)
    assert release and release.ballots == 4


# A rehearsal.


def rehearsed(desk: Desk) -> str:
    """Rehearse up to the close; return the key."""
    prepared = opened(desk, rehearsal=True)
    rated(desk, *[KIND] * 4)
    return key_of(prepared)


def test_a_rehearsal_is_counted_and_opened_but_gives_nothing(
    any_desk: Desk, any_vault: Vault
) -> None:
    key = rehearsed(any_desk)
    with pytest.raises(CountError, match="3 hands are up"):
        any_desk.rounds.close(key, 3)
    with pytest.raises(KeeperKeyError, match="read the slip again"):
        any_desk.rounds.close("apple river stone cloud rain", 4)
    assert any_desk.rounds.close(key, 4) is None
    group = any_desk.rounds.group()
    assert group.open_round is None and group.releases == () and group.latest is None
    assert not there(any_vault.box(1)) and any_desk.rounds.recover() == ()
    assert any_desk.rounds.resting() == {} and len(any_desk.rounds.ready()) == 5


def test_in_a_rehearsal_no_answer_gets_into_the_box(any_desk: Desk, any_vault: Vault) -> None:
    """Whoever turns the rehearsal into a round by editing the file finds nothing in it."""
    key = rehearsed(any_desk)
    box = any_vault.box(1).read()
    opened_ = opening.open_rows(box, keeper.unlock(box.head, key, FAST), 4)
    assert opened_.ballots == 4 and not any(opened_.rows.values())


def test_the_round_after_a_rehearsal_takes_its_place(any_desk: Desk) -> None:
    key = rehearsed(any_desk)
    any_desk.rounds.close(key, 4)
    with pytest.raises(RuleError, match="no round is open"):
        any_desk.rounds.close(key, 4)
    any_desk.rounds.close(rehearsed(any_desk), 4)  # once more
    opened(any_desk, rehearsal=True)
    any_desk.rounds.discard(GROUP)
    assert closed(any_desk, *[KIND] * 4).round == 1
    [only] = any_desk.rounds.group().rounds
    assert only.state is State.CLOSED and not only.rehearsal


def test_codes_of_a_rehearsal_open_nothing_in_the_round_after_it(any_desk: Desk) -> None:
    prepared = opened(any_desk, rehearsal=True)
    seats = rated(any_desk, *[KIND] * 4)
    any_desk.rounds.close(key_of(prepared), 4)
    opened(any_desk)
    with pytest.raises(CodeError):
        any_desk.rating.enter(code_of(seats[0]))
    with pytest.raises(BoxGoneError):
        any_desk.rating.cast(seats[0], KIND.fill(seats[0]))


def test_nothing_opens_over_a_rehearsal_that_is_open(any_desk: Desk) -> None:
    early = any_desk.rounds.prepare(plan(any_desk))
    key = rehearsed(any_desk)
    with pytest.raises(RuleError, match="rehearsal is open: close it first"):
        any_desk.rounds.prepare(plan(any_desk))
    with pytest.raises(RuleError, match="somebody else opened a round"):
        any_desk.rounds.open(early)
    assert any_desk.rounds.close(key, 4) is None


def test_what_a_round_showed_stays_after_a_rehearsal(desk: Desk, calendar: Calendar) -> None:
    release = closed(desk, *[KIND] * 4)
    calendar.turn(60)
    desk.rounds.close(rehearsed(desk), 4)
    group = desk.rounds.group()
    assert group.latest == release and group.may_agree(1)
    assert closed(desk, *[KIND] * 4).round == 2
    assert not desk.rounds.group().may_agree(1)


def test_a_power_cut_at_the_end_of_a_rehearsal_is_finished_at_the_next_start(
    any_vault: Vault, world: World
) -> None:
    desk = five_partners(Desk(any_vault, world))
    key = rehearsed(desk)
    with pytest.raises(PowerCutError):
        Desk(Interrupted(any_vault, "box used"), world).rounds.close(key, 4)
    assert there(any_vault.box(1))
    [said] = desk.rounds.recover()
    assert "ballot box is removed" in said and not there(any_vault.box(1))
    assert closed(desk, *[KIND] * 4).round == 1
