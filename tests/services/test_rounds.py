"""Rounds open only within the limits, and a close that fails changes nothing."""

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
from peerreview.domain.round.round import KeeperRule, RoundState
from peerreview.errors import (
    BoxGoneError,
    CodeError,
    CountError,
    KeeperKeyError,
    RuleError,
)
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.services.ports import Vault


def plan(services: GroupServices, **changes: object) -> Plan:
    values = {"hands": dict.fromkeys(ids(services).values()), "heads": 4} | changes
    return Plan(**values)  # pyright: ignore[reportArgumentType]


def test_a_plan_forecasts_how_many_partners_are_shown(services: GroupServices) -> None:
    full_plan = plan(
        services, hands=dict(zip(ids(services).values(), (3, 4, 12, 12, 0), strict=True)), heads=12
    )
    assert (full_plan.forecast.partners, full_plan.forecast.partners_shown) == (5, 3)


def test_a_prepared_round_is_not_stored(any_services: GroupServices, any_vault: Vault) -> None:
    prepared = any_services.rounds.prepare(plan(any_services))
    assert len(prepared.keys) == 2 and all(len(key) == 5 for key in prepared.keys)
    assert any_services.rounds.group().rounds == () and not there(any_vault.box(1))


class CountingStretcher(Stretcher):
    """Counts its calls."""

    def __init__(self) -> None:
        super().__init__(Strength(ops=1, memory=8192))
        self.stretched = 0

    def stretch(self, words: tuple[str, ...], salt: bytes) -> bytes:
        self.stretched += 1
        return super().stretch(words, salt)


async def test_the_check_words_are_computed_once_and_no_screen_waits_for_them(
    any_services: GroupServices, any_vault: Vault, environment: Environment
) -> None:
    opened(any_services)
    stretcher = CountingStretcher()
    services = GroupServices(any_vault, replace(environment, stretcher=stretcher))
    board_watch, room_watch = services.watch_round(with_check_words=False), services.watch_round()
    await board_watch.look()
    progress = services.rounds.progress()
    assert progress and progress == board_watch.progress
    assert stretcher.stretched == 0  # the board shows no check words
    await room_watch.look()
    assert room_watch.progress and stretcher.stretched == 1
    words = services.rating.draw_code().check_words
    assert room_watch.progress.check_words == progress.check_words == words
    assert (
        room_watch.progress == progress and stretcher.stretched == 2
    )  # the second call was for the code


def test_no_repr_and_no_file_shows_a_key(any_services: GroupServices, any_vault: Vault) -> None:
    prepared = opened(any_services)
    kept = f"{prepared!r} {any_vault.group.read()!r} {any_vault.box(1).read()!r}"
    assert not any(spelled_out(key, kept) for key in prepared.keys)


def test_a_round_can_have_one_keeper(services: GroupServices) -> None:
    assert len(services.rounds.prepare(plan(services, keepers=KeeperRule.ONE)).keys) == 1


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
    services: GroupServices, changes: dict[str, object], what: str
) -> None:
    with pytest.raises(RuleError, match=what):
        services.rounds.prepare(plan(services, **changes))


def test_only_one_round_is_open_at_a_time(any_services: GroupServices) -> None:
    early = any_services.rounds.prepare(plan(any_services))
    opened(any_services)
    with pytest.raises(RuleError, match="round 1 is open: close it first"):
        any_services.rounds.prepare(plan(any_services))
    with pytest.raises(RuleError, match="somebody else opened a round"):
        any_services.rounds.open(early)


def test_a_partner_rests_for_sixty_days_unless_nothing_was_shown(
    services: GroupServices, calendar: Calendar
) -> None:
    most = Rater({name: Says() for name in ids(services) if name != "Delta Printers"})
    closed(services, *[most] * 4)
    assert [partner.name for partner in services.rounds.ready_partners()] == ["Delta Printers"]
    with pytest.raises(RuleError, match="can be rated again from 2026-12-14"):
        services.rounds.prepare(plan(services))
    calendar.turn(59)
    assert len(services.rounds.ready_partners()) == 1
    calendar.turn(1)
    assert len(services.rounds.ready_partners()) == 5 and services.rounds.resting_until() == {}


def test_without_an_open_round_nobody_can_close_discard_or_rate(services: GroupServices) -> None:
    assert services.rounds.progress() is None
    for action in (
        lambda: services.rounds.close("apple river stone cloud rain", 4),
        lambda: services.rounds.discard(GROUP),
        services.rating.draw_code,
        lambda: services.rating.enter_code("apple river stone cloud"),
    ):
        with pytest.raises(RuleError, match="no round is open"):
            action()


def stored_state(services: GroupServices, vault: Vault) -> tuple[object, object]:
    return services.rounds.group(), vault.box(1).read()


@pytest.mark.parametrize(
    ("hands", "what"), [(3, "3 hands are up, 4 ballots are in"), (5, "count again")]
)
def test_a_wrong_count_of_hands_changes_nothing(
    any_services: GroupServices, any_vault: Vault, hands: int, what: str
) -> None:
    prepared = opened(any_services)
    rated(any_services, *[KIND] * 4)
    before = stored_state(any_services, any_vault)
    with pytest.raises(CountError, match=what):
        any_services.rounds.close(key_of(prepared), hands)
    assert stored_state(any_services, any_vault) == before


def test_a_wrong_key_changes_nothing_and_is_checked_after_the_count(
    any_services: GroupServices, any_vault: Vault
) -> None:
    prepared = opened(any_services)
    rated(any_services, *[KIND] * 4)
    before = stored_state(any_services, any_vault)
    with pytest.raises(KeeperKeyError, match="read the slip again"):
        any_services.rounds.close("apple river stone cloud rain", 4)
    with pytest.raises(KeeperKeyError, match="4 words typed, 5 needed"):
        any_services.rounds.close("apple river stone cloud", 4)
    with pytest.raises(CountError):
        any_services.rounds.close("apple river stone cloud rain", 5)
    assert stored_state(any_services, any_vault) == before
    assert any_services.rounds.close(key_of(prepared).upper(), 4).ballots == 4


def test_a_round_with_too_few_ballots_can_only_be_discarded(any_services: GroupServices) -> None:
    prepared = opened(any_services)
    rated(any_services, *[KIND] * 3)
    with pytest.raises(CountError, match="3 ballots are in, 1 more needed"):
        any_services.rounds.close(key_of(prepared), 3)
    with pytest.raises(RuleError, match="type the group's name"):
        any_services.rounds.discard("Gulf")
    any_services.rounds.discard(GROUP)
    assert any_services.rounds.group().open_round is None


def test_a_closed_round_stays_closed(any_services: GroupServices) -> None:
    prepared = opened(any_services)
    seats = rated(any_services, *[KIND] * 4)
    any_services.rounds.close(key_of(prepared), 4)
    with pytest.raises(RuleError, match="no round is open"):
        any_services.rounds.close(key_of(prepared), 4)
    with pytest.raises(RuleError, match="no round is open"):
        any_services.rating.enter_code(code_of(seats[0]))
    with pytest.raises(BoxGoneError):
        any_services.rating.cast(seats[0], KIND.fill(seats[0]))


def test_old_codes_open_nothing_in_a_new_round(services: GroupServices, calendar: Calendar) -> None:
    prepared = opened(services)
    seats = rated(services, *[KIND] * 4)
    services.rounds.close(key_of(prepared), 4)
    calendar.turn(60)
    opened(services)
    with pytest.raises(CodeError):
        services.rating.enter_code(code_of(seats[0]))


def test_a_close_interrupted_after_the_release_is_finished_at_the_next_start(
    any_vault: Vault, environment: Environment
) -> None:
    services = five_partners(GroupServices(any_vault, environment))
    prepared = opened(services)
    rated(services, *[KIND] * 4)
    with pytest.raises(PowerCutError):
        GroupServices(Interrupted(any_vault, "box used"), environment).rounds.close(
            key_of(prepared), 4
        )
    assert there(any_vault.box(1))
    assert services.rounds.group().rounds[0].state is RoundState.CLOSED
    [sentence] = services.rounds.recover()
    assert "round 1 was closed" in sentence
    assert not there(any_vault.box(1)) and services.rounds.recover() == ()
    assert services.results.board().ballots == 4


def test_an_interrupted_discard_is_finished_at_the_next_start(
    any_vault: Vault, environment: Environment
) -> None:
    services = five_partners(GroupServices(any_vault, environment))
    opened(services)
    with pytest.raises(PowerCutError):
        GroupServices(Interrupted(any_vault, "before removal"), environment).rounds.discard(GROUP)
    assert "round 1 was discarded" in services.rounds.recover()[0]
    assert not there(any_vault.box(1))


def test_a_power_cut_while_opening_leaves_no_round_and_no_box(
    any_vault: Vault, environment: Environment
) -> None:
    services = five_partners(GroupServices(any_vault, environment))
    with pytest.raises(PowerCutError):
        opened(GroupServices(Interrupted(any_vault, "box created"), environment))
    assert services.rounds.group().rounds == () and there(any_vault.box(1))
    assert "never opened" in services.rounds.recover()[0]
    assert closed(services, *[KIND] * 4).round == 1


def test_a_discarded_round_cannot_be_closed_even_if_its_box_is_left(
    any_vault: Vault, environment: Environment
) -> None:
    services = five_partners(GroupServices(any_vault, environment))
    prepared = opened(services)
    rated(services, *[KIND] * 4)
    with pytest.raises(PowerCutError):
        GroupServices(Interrupted(any_vault, "before removal"), environment).rounds.discard(GROUP)
    with pytest.raises(RuleError, match="no round is open"):
        services.rounds.close(key_of(prepared), 4)


# Minutes to rate.


def test_the_minutes_start_at_the_opening_and_are_removed_at_the_close(
    any_vault: Vault, environment: Environment
) -> None:
    clock = [datetime(2026, 10, 15, 19, 0, tzinfo=UTC)]
    services = five_partners(GroupServices(any_vault, replace(environment, now=lambda: clock[0])))
    prepared = services.rounds.prepare(plan(services, minutes=25))
    clock[0] += timedelta(minutes=9)  # the keepers write down their keys meanwhile
    services.rounds.open(prepared)
    for later, left in ((0, 25), (30, 25), (60, 24), (24 * 60 - 60, 1), (60, 0), (600, 0)):
        clock[0] += timedelta(seconds=later)
        progress = services.rounds.progress()
        assert progress and progress.minutes_left == left
    rated(services, *[KIND] * 4)  # nothing closes by itself
    services.rounds.close(key_of(prepared), 4)
    assert services.rounds.group().rounds[0].until is None


def test_a_round_without_minutes_has_no_time_limit(services: GroupServices) -> None:
    opened(services)
    progress = services.rounds.progress()
    assert progress and progress.minutes_left is None


# Any two of three keepers.


def test_two_of_three_keepers_close_a_round(any_services: GroupServices) -> None:
    prepared = opened(any_services, keepers=KeeperRule.TWO_OF_THREE)
    rated(any_services, *[KIND] * 4)
    with pytest.raises(KeeperKeyError, match="keys of two keepers"):
        any_services.rounds.close(key_of(prepared), 4)
    release = any_services.rounds.close(f"{key_of(prepared, 2)}\n{key_of(prepared)}", 4)
    assert release and release.ballots == 4


# A rehearsal.


def open_and_rate_rehearsal(services: GroupServices) -> str:
    """Open a rehearsal and rate; return the key that closes it."""
    prepared = opened(services, rehearsal=True)
    rated(services, *[KIND] * 4)
    return key_of(prepared)


def test_a_rehearsal_is_counted_and_opened_but_gives_no_result(
    any_services: GroupServices, any_vault: Vault
) -> None:
    key = open_and_rate_rehearsal(any_services)
    with pytest.raises(CountError, match="3 hands are up"):
        any_services.rounds.close(key, 3)
    with pytest.raises(KeeperKeyError, match="read the slip again"):
        any_services.rounds.close("apple river stone cloud rain", 4)
    assert any_services.rounds.close(key, 4) is None
    group = any_services.rounds.group()
    assert group.open_round is None and group.releases == () and group.latest_release is None
    assert not there(any_vault.box(1)) and any_services.rounds.recover() == ()
    assert (
        any_services.rounds.resting_until() == {} and len(any_services.rounds.ready_partners()) == 5
    )


def test_the_box_of_a_rehearsal_holds_no_answers(
    any_services: GroupServices, any_vault: Vault
) -> None:
    """Somebody who edits the file into a real round finds no answers in it."""
    key = open_and_rate_rehearsal(any_services)
    box = any_vault.box(1).read()
    contents = opening.open_box(box, keeper.unlock_private_key(box.head, key, FAST), 4)
    assert contents.ballots == 4 and not any(contents.rows.values())


def test_the_round_after_a_rehearsal_gets_the_same_number(any_services: GroupServices) -> None:
    key = open_and_rate_rehearsal(any_services)
    any_services.rounds.close(key, 4)
    with pytest.raises(RuleError, match="no round is open"):
        any_services.rounds.close(key, 4)
    any_services.rounds.close(open_and_rate_rehearsal(any_services), 4)  # once more
    opened(any_services, rehearsal=True)
    any_services.rounds.discard(GROUP)
    assert closed(any_services, *[KIND] * 4).round == 1
    [round_] = any_services.rounds.group().rounds
    assert round_.state is RoundState.CLOSED and not round_.rehearsal


def test_codes_of_a_rehearsal_open_nothing_in_the_round_after_it(
    any_services: GroupServices,
) -> None:
    prepared = opened(any_services, rehearsal=True)
    seats = rated(any_services, *[KIND] * 4)
    any_services.rounds.close(key_of(prepared), 4)
    opened(any_services)
    with pytest.raises(CodeError):
        any_services.rating.enter_code(code_of(seats[0]))
    with pytest.raises(BoxGoneError):
        any_services.rating.cast(seats[0], KIND.fill(seats[0]))


def test_no_round_opens_while_a_rehearsal_is_open(any_services: GroupServices) -> None:
    early = any_services.rounds.prepare(plan(any_services))
    key = open_and_rate_rehearsal(any_services)
    with pytest.raises(RuleError, match="rehearsal is open: close it first"):
        any_services.rounds.prepare(plan(any_services))
    with pytest.raises(RuleError, match="somebody else opened a round"):
        any_services.rounds.open(early)
    assert any_services.rounds.close(key, 4) is None


def test_the_result_of_a_round_stays_after_a_rehearsal(
    services: GroupServices, calendar: Calendar
) -> None:
    release = closed(services, *[KIND] * 4)
    calendar.turn(60)
    services.rounds.close(open_and_rate_rehearsal(services), 4)
    group = services.rounds.group()
    assert group.latest_release == release and group.can_set_outcome(1)
    assert closed(services, *[KIND] * 4).round == 2
    assert not services.rounds.group().can_set_outcome(1)


def test_an_interrupted_close_of_a_rehearsal_is_finished_at_the_next_start(
    any_vault: Vault, environment: Environment
) -> None:
    services = five_partners(GroupServices(any_vault, environment))
    key = open_and_rate_rehearsal(services)
    with pytest.raises(PowerCutError):
        GroupServices(Interrupted(any_vault, "box used"), environment).rounds.close(key, 4)
    assert there(any_vault.box(1))
    [sentence] = services.rounds.recover()
    assert "ballot box is removed" in sentence and not there(any_vault.box(1))
    assert closed(services, *[KIND] * 4).round == 1
