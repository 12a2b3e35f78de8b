"""A box is open_box only if hands, heads, ballots and rows agree."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from stories import FAST

from peerreview.ballotbox import box as ballot_box
from peerreview.ballotbox import keeper, opening
from peerreview.ballotbox.key import BallotKey
from peerreview.ballotbox.opening import OpenedBox
from peerreview.ballotbox.row import OpenedRow, seal_row, unseal_row
from peerreview.domain.round.box import Box, Slot
from peerreview.errors import CountError, FileError

from .boxes import PARTNERS, ROW, OpenRound, open_round


def round_with_ballots(ballots: int = 5, heads: int = 6) -> tuple[OpenRound, list[BallotKey]]:
    """Return a round with ballots: all raters know alder, the first two bayou, nobody cobalt."""
    round_ = open_round(heads=heads)
    keys = [round_.hand_in("alder", "bayou") for _ in range(2)]
    keys += [round_.hand_in("alder") for _ in range(ballots - 2)]
    return round_, keys


def open_box(round_: OpenRound, hands: int) -> OpenedBox:
    private = keeper.unlock_private_key(round_.box.head, " ".join(round_.locked.keys[0]), FAST)
    return opening.open_box(round_.box, private, hands)


def change_slots(box: Box, change: Callable[[Slot], Slot]) -> Box:
    return Box(box.head, box.tickets, tuple(change(slot) for slot in box.slots))


def error_of_opening(round_: OpenRound, hands: int = 5) -> str:
    """Return the message of the error when the box is open_box."""
    with pytest.raises(CountError) as error:
        open_box(round_, hands)
    assert error.value.exit_code == 1
    return str(error.value)


def test_an_opened_box_has_the_rows_of_every_partner_without_dummies() -> None:
    round_, _ = round_with_ballots()
    result = open_box(round_, 5)
    assert result.ballots == 5
    assert {partner: len(rows) for partner, rows in result.rows.items()} == {
        "alder": 5,
        "bayou": 2,
        "cobalt": 0,
    }
    assert set(result.rows["alder"]) == {ROW}


@pytest.mark.parametrize("hands", [4, 6, 0, -1])
def test_a_box_is_opened_only_with_as_many_hands_as_ballots(hands: int) -> None:
    round_, _ = round_with_ballots()
    assert f"{hands} hands are up, 5 ballots are in: count again" in error_of_opening(round_, hands)


def test_a_box_with_too_few_ballots_isn_t_opened() -> None:
    round_, _ = round_with_ballots(3)
    assert "3 ballots are in, 1 more needed" in error_of_opening(round_, 3)


def test_a_box_with_more_ballots_than_heads_isn_t_opened() -> None:
    round_, _ = round_with_ballots(5, heads=5)
    _, spare = round_.draw(spare=True)
    round_.fill(spare)
    round_.raise_flag(spare)
    assert "6 ballots are in for 5 people" in error_of_opening(round_, 6)


def test_an_unfinished_ballot_is_reported_and_can_be_finished() -> None:
    round_, _ = round_with_ballots()
    _, key = round_.draw()
    round_.fill(key, "alder")
    assert "1 more was cut off" in error_of_opening(round_)
    round_.raise_flag(key)
    assert open_box(round_, 6).ballots == 6


def test_an_unfinished_ballot_can_be_taken_out() -> None:
    round_, _ = round_with_ballots()
    _, key = round_.draw()
    round_.fill(key, "alder")
    round_.box = round_.box.with_change(ballot_box.empty_slots(round_.box, key))
    assert open_box(round_, 5).ballots == 5


def test_a_ballot_with_only_one_row_is_reported() -> None:
    round_, _ = round_with_ballots()
    _, key = round_.draw()
    whole = ballot_box.seal_ballot(round_.box, key, dict.fromkeys(PARTNERS))
    round_.box = round_.box.with_change(replace(whole, slots=tuple(whole.slots)[:1]))
    assert "cut off" in error_of_opening(round_)


def test_a_drawn_code_without_a_ballot_changes_nothing() -> None:
    round_, _ = round_with_ballots()
    round_.draw()
    assert open_box(round_, 5).ballots == 5


def test_a_withdrawn_ballot_doesn_t_count() -> None:
    round_, keys = round_with_ballots()
    round_.lower_flag(keys[0])
    round_.box = round_.box.with_change(ballot_box.empty_slots(round_.box, keys[0]))
    result = open_box(round_, 4)
    assert (result.ballots, len(result.rows["bayou"])) == (4, 1)


def test_rows_swapped_between_two_partners_are_noticed() -> None:
    round_, keys = round_with_ballots()
    alder, bayou, _ = ballot_box.find_owned_part(round_.box, keys[0]).slots
    swap = {alder.id: bayou.row, bayou.id: alder.row}
    round_.box = change_slots(
        round_.box, lambda slot: slot._replace(row=swap.get(slot.id, slot.row))
    )
    assert "damaged or changed from outside" in error_of_opening(round_)


def test_rows_and_tags_swapped_between_two_partners_are_noticed() -> None:
    round_, keys = round_with_ballots()
    alder, bayou, _ = ballot_box.find_owned_part(round_.box, keys[0]).slots
    swap = {alder.id: bayou, bayou.id: alder}

    def exchange(slot: Slot) -> Slot:
        other = swap.get(slot.id)
        return slot._replace(row=other.row, tag=other.tag) if other else slot

    round_.box = change_slots(round_.box, exchange)
    assert "damaged or changed from outside" in error_of_opening(round_)


def test_rows_exchanged_between_two_raters_are_noticed() -> None:
    round_, keys = round_with_ballots()
    first, second = (ballot_box.find_owned_part(round_.box, key).slots[0] for key in keys[:2])
    swap = {first.id: second.row, second.id: first.row}
    round_.box = change_slots(
        round_.box, lambda slot: slot._replace(row=swap.get(slot.id, slot.row))
    )
    assert "damaged or changed from outside" in error_of_opening(round_)


def test_a_row_copied_into_a_free_slot_counts_only_once() -> None:
    round_, keys = round_with_ballots()
    original = ballot_box.find_owned_part(round_.box, keys[0]).slots[0]
    free_slots = [slot for slot in round_.box.slots if not slot.tag]
    target = next(slot for slot in free_slots if slot.partner == original.partner)
    copy = target._replace(tag=original.tag, row=original.row)
    round_.box = change_slots(round_.box, lambda slot: copy if slot.id == target.id else slot)
    assert len(open_box(round_, 5).rows["alder"]) == 5


def test_rows_in_slots_without_a_code_don_t_count() -> None:
    round_, _ = round_with_ballots()
    public = keeper.unlock_private_key(
        round_.box.head, " ".join(round_.locked.keys[0]), FAST
    ).public_key
    free_slots = [slot for slot in round_.box.slots if not slot.tag]
    rows = {slot.id: seal_row(public, b"x" * 16, slot.partner, ROW) for slot in free_slots}
    round_.box = change_slots(
        round_.box, lambda slot: slot._replace(row=rows.get(slot.id, slot.row))
    )
    assert open_box(round_, 5).ballots == 5


def test_a_ballot_of_nobody_in_the_room_makes_the_count_wrong() -> None:
    round_, _ = round_with_ballots()
    round_.hand_in("alder")
    assert "5 hands are up, 6 ballots are in" in error_of_opening(round_)


def test_a_flag_without_a_ballot_is_noticed() -> None:
    round_, _ = round_with_ballots()
    _, key = round_.draw()
    round_.raise_flag(key)
    assert "damaged or changed from outside" in error_of_opening(round_, 6)


def test_an_overwritten_row_is_noticed_and_its_receipt_changes() -> None:
    round_, keys = round_with_ballots()
    before = ballot_box.find_owned_part(round_.box, keys[0])
    damaged = before.slots[0]._replace(row="A" * len(before.slots[0].row))
    round_.box = change_slots(round_.box, lambda slot: damaged if slot.id == damaged.id else slot)
    assert ballot_box.find_owned_part(round_.box, keys[0]).receipt != before.receipt
    assert "compares the receipt" in error_of_opening(round_)


def test_a_swapped_public_key_changes_the_check_words_and_stops_the_close() -> None:
    round_, _ = round_with_ballots()
    words = keeper.check_words(round_.box.head, FAST)
    other_key = open_round().box.head.public_key
    head = round_.box.head.model_copy(update={"public_key": other_key})
    assert keeper.check_words(head, FAST) != words
    swapped = OpenRound(Box(head, round_.box.tickets, round_.box.slots), round_.locked)
    with pytest.raises(FileError, match="tampered"):
        open_box(swapped, 5)


def test_no_repr_shows_opened_rows() -> None:
    round_, keys = round_with_ballots()
    private = keeper.unlock_private_key(round_.box.head, " ".join(round_.locked.keys[0]), FAST)
    row = unseal_row(private, ballot_box.find_owned_part(round_.box, keys[0]).slots[0])
    assert row == OpenedRow(0, ROW)
    assert "4, 3, 2, 5" not in f"{row!r} {open_box(round_, 5)!r}"
