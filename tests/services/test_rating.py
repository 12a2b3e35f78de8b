"""A code lets its rater hand in, change and take out one ballot, and nothing shows whose it is."""

from dataclasses import replace

import pytest
from interruptions import Interrupted, PowerCutError
from memory import MemoryVault
from stories import (
    FAST,
    HARD,
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

from peerreview.ballotbox import keeper, opening
from peerreview.ballotbox.key import from_base64, to_base64
from peerreview.domain.rating.ballot import Row, Standing
from peerreview.domain.rating.criteria import Side
from peerreview.domain.rating.severity import severity
from peerreview.domain.round.box import Box, BoxChange
from peerreview.domain.tally.verdict import Street
from peerreview.errors import BoxGoneError, CodeError, CountError, FileError, RuleError
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.services.ports import Vault


def test_a_seat_knows_the_partners_by_name_and_their_questions(any_services: GroupServices) -> None:
    opened(any_services)
    seat = any_services.rating.draw_code()
    assert seat.group == "Gulf Coast Peers" and seat.receipt is None and seat.code
    assert [partner.name for partner in seat.partners] == sorted(ids(any_services))
    vendor = ids(any_services)["Bluestack Cloud"]
    assert {partner for partner, criteria in seat.sets.items() if criteria.id == "vendor"} == {
        vendor
    }
    assert seat.blank_draft().is_empty


def test_a_code_entered_again_shows_the_same_receipt_and_no_answers(
    any_services: GroupServices,
) -> None:
    opened(any_services)
    seat = any_services.rating.draw_code()
    receipt = any_services.rating.cast(seat, KIND.fill(seat))
    for typed in (code_of(seat), code_of(seat).upper(), " ".join(w[:4] for w in seat.code or ())):
        again = any_services.rating.enter_code(typed)
        assert again.receipt == receipt and again.code is None
        assert again.blank_draft().is_empty


def test_a_second_ballot_under_the_same_code_replaces_the_first(
    any_services: GroupServices,
) -> None:
    prepared = opened(any_services)
    seats = rated(any_services, KIND, KIND, KIND, HARD)
    before = any_services.rating.enter_code(code_of(seats[3])).receipt
    again = any_services.rating.enter_code(code_of(seats[3]))
    assert any_services.rating.cast(again, KIND.fill(again)) != before
    release = any_services.rounds.close(key_of(prepared), 4)
    assert {partner.street for partner in release.partners} == {Street.TWO_WAY}


def test_a_withdrawn_ballot_is_gone_and_another_can_be_handed_in(
    any_services: GroupServices,
) -> None:
    prepared = opened(any_services, heads=5)
    seats = rated(any_services, KIND, KIND, KIND, KIND, HARD)
    any_services.rating.withdraw(seats[4])
    assert any_services.rating.enter_code(code_of(seats[4])).receipt is None
    with pytest.raises(CountError):
        any_services.rounds.close(key_of(prepared), 5)
    any_services.rating.cast(seats[4], KIND.fill(seats[4]))
    assert any_services.rounds.close(key_of(prepared), 5).ballots == 5


def test_an_unknown_code_and_a_mistyped_code_are_refused(any_services: GroupServices) -> None:
    opened(any_services)
    with pytest.raises(CodeError, match="isn't known in this round"):
        any_services.rating.enter_code("apple river stone cloud")
    with pytest.raises(CodeError, match="word 4"):
        any_services.rating.enter_code("apple river stone clowd")


def test_only_spare_codes_are_left_after_one_for_every_head(any_services: GroupServices) -> None:
    opened(any_services, heads=4, spares=1)
    for _ in range(4):
        any_services.rating.draw_code()
    with pytest.raises(RuleError, match="1 spares are left, say so aloud"):
        any_services.rating.draw_code()
    any_services.rating.draw_code(spare=True)
    with pytest.raises(RuleError, match="none is left"):
        any_services.rating.draw_code(spare=True)


def test_an_empty_ballot_is_handed_in_like_any_other(any_services: GroupServices) -> None:
    key = key_of(opened(any_services))
    for _ in range(4):
        seat = any_services.rating.draw_code()
        any_services.rating.cast(seat, seat.blank_draft())
    release = any_services.rounds.close(key, 4)
    assert release.ballots == 4
    assert {partner.street for partner in release.partners} == {Street.TOO_FEW}


def test_an_unused_code_can_be_given_back(any_services: GroupServices) -> None:
    opened(any_services)
    seat = any_services.rating.draw_code()
    any_services.rating.give_back(seat)
    progress = any_services.rounds.progress()
    assert progress and progress.drawn == 0
    with pytest.raises(CodeError):
        any_services.rating.enter_code(code_of(seat))
    kept = any_services.rating.draw_code()
    any_services.rating.cast(kept, kept.blank_draft())
    with pytest.raises(RuleError, match="take it out first"):
        any_services.rating.give_back(kept)


def rows_of(vault: Vault, key: str, hands: int) -> dict[str, tuple[Row, ...]]:
    box = vault.box(1).read()
    private = keeper.unlock_private_key(box.head, key, FAST)
    return dict(opening.open_box(box, private, hands).rows)


def test_a_partner_left_out_gets_a_dummy_of_the_same_size(
    any_services: GroupServices, any_vault: Vault
) -> None:
    prepared = opened(any_services)
    rated(any_services, KIND, KIND, KIND)
    seat = any_services.rating.draw_code()
    alder, delta = ids(any_services)["Alder Security"], ids(any_services)["Delta Printers"]
    draft = (
        KIND.fill(seat).with_standing(alder, Standing.OURS).with_standing(delta, Standing.UNKNOWN)
    )
    any_services.rating.cast(seat, draft)
    box = any_vault.box(1).read()
    assert len({len(slot.row) for slot in box.slots}) == 1
    pooled = rows_of(any_vault, key_of(prepared), 4)
    counts = {partner: len(rows) for partner, rows in pooled.items()}
    assert counts == {
        partner: 3 if partner in (alder, delta) else 4 for partner in ids(any_services).values()
    }


def test_the_box_does_not_show_which_partners_a_rater_knows(
    any_services: GroupServices, any_vault: Vault
) -> None:
    opened(any_services)
    before = any_vault.box(1).read()
    rated(any_services, KIND, Rater({"Alder Security": Says()}))
    after = any_vault.box(1).read()
    changed = [
        new.partner
        for old, new in zip(before.slots, after.slots, strict=True)
        if old.row != new.row
    ]
    assert sorted(changed) == sorted([*range(5), *range(5)])
    assert [slot.id for slot in before.slots] == [slot.id for slot in after.slots]


def test_every_row_holds_the_severity_of_its_rater(
    any_services: GroupServices, any_vault: Vault
) -> None:
    prepared = opened(any_services)
    rated(any_services, KIND, KIND, KIND, HARD)
    rows = [row for rows in rows_of(any_vault, key_of(prepared), 4).values() for row in rows]
    alder = any_services.rounds.group().get_partner(ids(any_services)["Alder Security"])
    [hard] = {row.severity for row in rows if row.answers[0] == 1}
    [kind] = {row.severity for row in rows if row.answers[0] == 4}
    assert alder.kind.criteria_set_id == "peer" and hard < 0 < kind


def test_severity_is_measured_against_the_last_release(
    any_services: GroupServices, any_vault: Vault, calendar: Calendar, environment: Environment
) -> None:
    closed(any_services, *[KIND] * 5)
    shown_before = any_services.results.board().shown_lines
    calendar.turn(60)
    prepared = opened(any_services)
    seats = rated(any_services, *[KIND] * 4)
    box = any_vault.box(2).read()
    private = keeper.unlock_private_key(box.head, key_of(prepared), environment.stretcher)
    rows = opening.open_box(box, private, 4).rows
    draft = KIND.fill(seats[0])
    expected = severity(
        (
            line.criteria,
            draft.counting_answers(line.partner.id) or (),
            {
                side: index
                for side, index in (
                    (Side.GET, line.result.comes_back),
                    (Side.GIVE, line.result.we_give),
                    (Side.WORK, line.result.work_index),
                )
                if index is not None
            },
        )
        for line in shown_before
    )
    assert {row.severity for partner_rows in rows.values() for row in partner_rows} == {expected}


@pytest.mark.parametrize("step", range(2))
def test_an_interrupted_cast_is_reported_at_the_close_and_finished_with_the_code(
    any_vault: Vault, environment: Environment, step: int
) -> None:
    services = five_partners(GroupServices(any_vault, environment))
    prepared = opened(services, heads=5)
    rated(services, *[KIND] * 4)
    seat = services.rating.draw_code()
    cut = Interrupted(any_vault, ("before change", "changed")[step])
    with pytest.raises(PowerCutError):
        GroupServices(cut, environment).rating.cast(cut.taken(seat), KIND.fill(seat))
    if step:
        with pytest.raises(CountError, match="cut off while it was handed in"):
            services.rounds.close(key_of(prepared), 4)
    again = services.rating.enter_code(code_of(seat))
    assert again.receipt is None
    services.rating.cast(again, KIND.fill(again))
    assert services.rounds.close(key_of(prepared), 5).ballots == 5


@pytest.mark.parametrize("after", range(3))
def test_an_interrupted_replacement_is_never_counted(
    any_vault: Vault, environment: Environment, after: int
) -> None:
    services = five_partners(GroupServices(any_vault, environment))
    prepared = opened(services, heads=5)
    seats = rated(services, *[KIND] * 5)
    cut = Interrupted(any_vault, "changed", after=after)
    with pytest.raises(PowerCutError):
        GroupServices(cut, environment).rating.cast(cut.taken(seats[0]), HARD.fill(seats[0]))
    if after < 2:
        assert services.rating.enter_code(code_of(seats[0])).receipt is None
        with pytest.raises(CountError):
            services.rounds.close(key_of(prepared), 5)
        services.rating.cast(seats[0], KIND.fill(seats[0]))
    assert services.rounds.close(key_of(prepared), 5).ballots == 5


def test_a_round_closed_during_a_turn_takes_no_ballot(
    any_vault: Vault, environment: Environment
) -> None:
    services = five_partners(GroupServices(any_vault, environment))
    prepared = opened(services, heads=5)
    rated(services, *[KIND] * 4)
    seat = services.rating.draw_code()
    services.rounds.close(key_of(prepared), 4)
    for action in (
        lambda: services.rating.cast(seat, KIND.fill(seat)),
        lambda: services.rating.withdraw(seat),
    ):
        with pytest.raises(BoxGoneError, match="closed or discarded") as error:
            action()
        assert error.value.exit_code == 1


def test_a_round_closed_during_a_cast_does_not_count_the_ballot(
    any_vault: Vault, environment: Environment
) -> None:
    services = five_partners(GroupServices(any_vault, environment))
    prepared = opened(services, heads=5)
    rated(services, *[KIND] * 4)
    seat = services.rating.draw_code()
    late = Interrupted(
        any_vault, "before change", lambda: services.rounds.close(key_of(prepared), 4), after=0
    )
    with pytest.raises(BoxGoneError):
        GroupServices(late, environment).rating.cast(late.taken(seat), KIND.fill(seat))
    assert services.results.board().ballots == 4


class TamperableVault(MemoryVault):
    """A vault whose box a test can replace."""

    def replace_box(self, box: Box) -> None:
        self._boxes[1] = box


def open_tamperable_round(
    environment: Environment, heads: int = 5
) -> tuple[TamperableVault, GroupServices, str]:
    """Open a round; return its vault, its services and a key."""
    vault = TamperableVault()
    services = five_partners(GroupServices(vault, environment))
    return vault, services, key_of(opened(services, heads))


def test_a_receipt_reveals_a_box_rolled_back_to_an_earlier_ballot(
    environment: Environment,
) -> None:
    vault, services, _ = open_tamperable_round(environment)
    seat = services.rating.draw_code()
    services.rating.cast(seat, HARD.fill(seat))
    old = vault.box(1).read()
    receipt = services.rating.cast(seat, KIND.fill(seat))
    vault.replace_box(old)
    assert services.rating.enter_code(code_of(seat)).receipt != receipt


def test_a_box_rolled_back_before_a_ballot_cannot_be_closed(
    environment: Environment,
) -> None:
    vault, services, key = open_tamperable_round(environment)
    seats = rated(services, *[KIND] * 4)
    old = vault.box(1).read()
    late = rated(services, HARD)
    vault.replace_box(old)
    with pytest.raises(CodeError):
        services.rating.enter_code(code_of(late[0]))
    with pytest.raises(CountError, match="5 hands are up, 4 ballots"):
        services.rounds.close(key, 5)
    assert all(services.rating.enter_code(code_of(seat)).receipt for seat in seats)


def test_the_check_words_reveal_a_swapped_public_key(environment: Environment) -> None:
    vault, services, _ = open_tamperable_round(environment)
    first = services.rating.draw_code()
    box = vault.box(1).read()
    forged = to_base64(bytes(32))
    vault.replace_box(replace(box, head=box.head.model_copy(update={"public_key": forged})))
    assert services.rating.draw_code().check_words != first.check_words
    assert len(from_base64(box.head.public_key)) == 32


@pytest.mark.parametrize(
    "change", [{"heads": 9}, {"turns": 9}, {"partners": ("a", "b", "c", "d", "e")}, {"number": 2}]
)
def test_a_box_with_a_changed_head_cannot_be_closed(
    environment: Environment, change: dict[str, object]
) -> None:
    vault, services, key = open_tamperable_round(environment)
    rated(services, *[KIND] * 4)
    box = vault.box(1).read()
    vault.replace_box(replace(box, head=box.head.model_copy(update=change)))
    with pytest.raises(FileError, match="tampered"):
        services.rounds.close(key, 4)
    assert services.rounds.group().open_round


@pytest.mark.parametrize(
    "row",
    [
        Row((5, 5)),
        Row((200,) * 21),
        Row((5,) * 21, severity=40.0),
        Row((5,) * 14 + (1,) * 3 + (9,) * 4),
        Row((5,) * 44),
    ],
    ids=["short", "beyond", "severity", "deal-breaker", "long"],
)
def test_an_invalid_row_does_not_count(environment: Environment, row: Row) -> None:
    from peerreview.ballotbox import box as ballot_box

    _, services, key = open_tamperable_round(environment)
    honest = Rater({name: Says() for name in ids(services)})
    rated(services, *[honest] * 4)
    seat = services.rating.draw_code()
    store = services.rating._vault.box(1)  # pyright: ignore[reportPrivateUsage]
    ballot = dict.fromkeys(ids(services).values(), row)

    def forge(box: Box) -> BoxChange:
        return ballot_box.seal_ballot(box, seat.key, ballot)

    store.update(forge)
    ticket = ballot_box.find_owned_part(store.read(), seat.key).ticket
    store.update(lambda box: BoxChange(tickets=[ticket._replace(handed_in=True)]))
    forged = services.rounds.close(key, 5)
    assert forged.ballots == 5
    assert {partner.comes_back for partner in forged.partners} == {None}
    assert {partner.street for partner in forged.partners} == {Street.TWO_WAY}


def test_no_repr_shows_a_secret(any_services: GroupServices) -> None:
    opened(any_services)
    seat = any_services.rating.draw_code()
    any_services.rating.cast(seat, KIND.fill(seat))
    shown = f"{seat!r} {seat.key!r} {any_services!r}"
    assert seat.code and not spelled_out(seat.code, shown)
    assert seat.key.secret.hex() not in shown and repr(seat.key.secret) not in shown
