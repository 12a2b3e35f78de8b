"""The counted close: nothing is pooled unless hands, heads, ballots and rows agree."""

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

from .boxes import PARTNERS, ROW, Table, table


def filled(ballots: int = 5, heads: int = 6) -> tuple[Table, list[BallotKey]]:
    """A box with ballots: everybody knows alder, the first two bayou, nobody cobalt."""
    found = table(heads=heads)
    keys = [found.cast("alder", *(["bayou"] if n < 2 else [])) for n in range(ballots)]
    return found, keys


def opened(found: Table, hands: int) -> OpenedBox:
    private = keeper.unlock_private_key(found.box.head, " ".join(found.locked.keys[0]), FAST)
    return opening.open_box(found.box, private, hands)


def with_holes(box: Box, change: Callable[[Slot], Slot]) -> Box:
    return Box(box.head, box.tickets, tuple(change(hole) for hole in box.slots))


def refused(found: Table, hands: int = 5) -> str:
    with pytest.raises(CountError) as error:
        opened(found, hands)
    assert error.value.exit_code == 1
    return str(error.value)


def test_rows_are_pooled_by_partner_without_dummies() -> None:
    found, _ = filled()
    result = opened(found, 5)
    assert result.ballots == 5
    assert {partner: len(rows) for partner, rows in result.rows.items()} == {
        "alder": 5,
        "bayou": 2,
        "cobalt": 0,
    }
    assert set(result.rows["alder"]) == {ROW}


@pytest.mark.parametrize("hands", [4, 6, 0, -1])
def test_hands_must_be_as_many_as_ballots(hands: int) -> None:
    found, _ = filled()
    assert f"{hands} hands are up, 5 ballots are in: count again" in refused(found, hands)


def test_too_few_ballots_are_never_read() -> None:
    found, _ = filled(3)
    assert "3 ballots are in, 1 more needed" in refused(found, 3)


def test_more_ballots_than_heads_are_never_read() -> None:
    found, _ = filled(5, heads=5)
    _, spare = found.draw(spare=True)
    found.fill(spare)
    found.flag(spare)
    assert "6 ballots are in for 5 people" in refused(found, 6)


def test_a_cast_that_was_cut_off_is_named_and_can_be_finished() -> None:
    found, _ = filled()
    _, key = found.draw()
    found.fill(key, "alder")
    assert "1 more was cut off" in refused(found)
    found.flag(key)
    assert opened(found, 6).ballots == 6


def test_a_cast_that_was_cut_off_can_be_taken_out() -> None:
    found, _ = filled()
    _, key = found.draw()
    found.fill(key, "alder")
    found.box = found.box.with_change(ballot_box.empty_slots(found.box, key))
    assert opened(found, 5).ballots == 5


def test_half_a_cast_is_told() -> None:
    found, _ = filled()
    _, key = found.draw()
    whole = ballot_box.seal_ballot(found.box, key, dict.fromkeys(PARTNERS))
    found.box = found.box.with_change(replace(whole, slots=tuple(whole.slots)[:1]))
    assert "cut off" in refused(found)


def test_a_drawn_code_without_a_ballot_changes_nothing() -> None:
    found, _ = filled()
    found.draw()
    assert opened(found, 5).ballots == 5


def test_a_withdrawn_ballot_doesn_t_count() -> None:
    found, keys = filled()
    found.flag(keys[0], up=False)
    found.box = found.box.with_change(ballot_box.empty_slots(found.box, keys[0]))
    result = opened(found, 4)
    assert (result.ballots, len(result.rows["bayou"])) == (4, 1)


def test_rows_swapped_between_two_partners_are_noticed() -> None:
    found, keys = filled()
    alder, bayou, _ = ballot_box.find_owned_part(found.box, keys[0]).slots
    swap = {alder.id: bayou.row, bayou.id: alder.row}
    found.box = with_holes(found.box, lambda hole: hole._replace(row=swap.get(hole.id, hole.row)))
    assert "damaged or changed from outside" in refused(found)


def test_rows_and_tags_swapped_between_two_partners_are_noticed() -> None:
    found, keys = filled()
    alder, bayou, _ = ballot_box.find_owned_part(found.box, keys[0]).slots
    swap = {alder.id: bayou, bayou.id: alder}

    def swapped(hole: Slot) -> Slot:
        other = swap.get(hole.id)
        return hole._replace(row=other.row, tag=other.tag) if other else hole

    found.box = with_holes(found.box, swapped)
    assert "damaged or changed from outside" in refused(found)


def test_rows_exchanged_between_two_raters_are_noticed() -> None:
    found, keys = filled()
    one, two = (ballot_box.find_owned_part(found.box, key).slots[0] for key in keys[:2])
    swap = {one.id: two.row, two.id: one.row}
    found.box = with_holes(found.box, lambda hole: hole._replace(row=swap.get(hole.id, hole.row)))
    assert "damaged or changed from outside" in refused(found)


def test_a_copied_row_counts_once() -> None:
    found, keys = filled()
    mine = ballot_box.find_owned_part(found.box, keys[0]).slots[0]
    free = next(h for h in found.box.slots if h.partner == mine.partner and not h.tag)
    found.box = with_holes(
        found.box,
        lambda hole: hole._replace(tag=mine.tag, row=mine.row) if hole.id == free.id else hole,
    )
    assert len(opened(found, 5).rows["alder"]) == 5


def test_rows_without_a_code_don_t_count() -> None:
    found, _ = filled()
    public = keeper.unlock_private_key(
        found.box.head, " ".join(found.locked.keys[0]), FAST
    ).public_key
    forged = [hole for hole in found.box.slots if not hole.tag]
    rows = {hole.id: seal_row(public, b"x" * 16, hole.partner, ROW) for hole in forged}
    found.box = with_holes(found.box, lambda hole: hole._replace(row=rows.get(hole.id, hole.row)))
    assert opened(found, 5).ballots == 5


def test_a_ballot_under_a_made_up_code_shows_in_the_count() -> None:
    found, _ = filled()
    found.cast("alder")
    assert "5 hands are up, 6 ballots are in" in refused(found)


def test_a_flag_without_a_ballot_is_noticed() -> None:
    found, _ = filled()
    _, key = found.draw()
    found.flag(key)
    assert "damaged or changed from outside" in refused(found, 6)


def test_an_overwritten_row_is_noticed_and_its_receipt_changes() -> None:
    found, keys = filled()
    before = ballot_box.find_owned_part(found.box, keys[0])
    broken = before.slots[0]
    found.box = with_holes(
        found.box,
        lambda hole: hole._replace(row="A" * len(hole.row)) if hole.id == broken.id else hole,
    )
    assert ballot_box.find_owned_part(found.box, keys[0]).receipt != before.receipt
    assert "compares the receipt" in refused(found)


def test_a_swapped_public_key_shows_in_the_check_words_and_at_the_close() -> None:
    found, _ = filled()
    words = keeper.check_words(found.box.head, FAST)
    other = table().box.head.public_key
    head = found.box.head.model_copy(update={"public_key": other})
    assert keeper.check_words(head, FAST) != words
    swapped = Table(Box(head, found.box.tickets, found.box.slots), found.locked)
    with pytest.raises(FileError, match="tampered"):
        opened(swapped, 5)


def test_what_was_opened_never_shows_in_a_repr() -> None:
    found, keys = filled()
    private = keeper.unlock_private_key(found.box.head, " ".join(found.locked.keys[0]), FAST)
    row = unseal_row(private, ballot_box.find_owned_part(found.box, keys[0]).slots[0])
    assert row == OpenedRow(0, ROW)
    assert "4, 3, 2, 5" not in f"{row!r} {opened(found, 5)!r}"
