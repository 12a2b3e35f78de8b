"""A box has all its slots from the beginning, and a code gives the right to one ballot."""

from collections import Counter

import pytest
from stories import FAST, spelled_out

from peerreview.ballotbox import box as ballot_box
from peerreview.ballotbox.key import BallotKey, Strength, Stretcher
from peerreview.domain.round.box import Box
from peerreview.errors import CodeError, RuleError

from .boxes import PARTNERS, ROW, open_round


def row_and_id_lengths(box: Box) -> tuple[set[int], set[int]]:
    return {len(slot.row) for slot in box.slots}, {len(str(slot.id)) for slot in box.slots}


def test_a_new_box_has_a_free_slot_for_every_ticket_and_partner() -> None:
    box = open_round(heads=5, spares=2).box
    assert len(box.tickets) == 7 and box.codes_drawn == box.ballots_in == 0
    assert Counter(slot.partner for slot in box.slots) == dict.fromkeys(range(3), 7)
    assert not any(slot.tag for slot in box.slots)
    assert not any(ticket.tag for ticket in box.tickets)
    assert [len(lengths) for lengths in row_and_id_lengths(box)] == [1, 1]


def test_the_ids_of_slots_don_t_follow_the_partners() -> None:
    slots = open_round(heads=40, spares=0).box.slots
    ids = [slot.id for slot in slots]
    assert ids == sorted(ids) and len(set(ids)) == len(ids)
    partners = [slot.partner for slot in slots]
    assert partners != sorted(partners)


def test_a_new_code_takes_one_slot_for_each_partner_and_changes_no_row() -> None:
    round_ = open_round()
    before = round_.box
    _, key = round_.draw()
    claimed = [slot for slot in round_.box.slots if slot.tag]
    assert sorted(slot.partner for slot in claimed) == [0, 1, 2]
    assert {slot.tag for slot in claimed} == {key.slot_tag(partner) for partner in PARTNERS}
    assert round_.box.codes_drawn == 1 and round_.box.ballots_in == 0
    assert [slot.row for slot in before.slots] == [slot.row for slot in round_.box.slots]


def test_no_more_codes_are_drawn_than_there_are_people_and_spares() -> None:
    round_ = open_round(heads=4, spares=2)
    for _ in range(4):
        round_.draw()
    with pytest.raises(RuleError, match="4 codes are drawn for 4 people: 2 spares are left"):
        round_.draw()
    round_.draw(spare=True)
    round_.draw(spare=True)
    with pytest.raises(RuleError, match="none is left"):
        round_.draw(spare=True)
    with pytest.raises(RuleError, match="none is left"):
        round_.draw()


def test_a_code_finds_only_its_own_ticket_and_slots() -> None:
    round_ = open_round()
    code, key = round_.draw()
    other_code, _ = round_.draw()
    typed_code = ballot_box.parse_code(" ".join(code))
    key_again = ballot_box.ballot_key(round_.box.head, typed_code, FAST)
    assert key_again == key
    other_key = ballot_box.ballot_key(round_.box.head, other_code, FAST)
    owned = ballot_box.find_owned_part(round_.box, key_again)
    other = ballot_box.find_owned_part(round_.box, other_key)
    assert owned.ticket != other.ticket and not set(owned.slots) & set(other.slots)


def test_every_unknown_code_gets_the_same_message() -> None:
    round_, other_round = open_round(), open_round()
    _, key_of_other_box = other_round.draw()
    key_never_drawn = ballot_box.ballot_key(round_.box.head, ballot_box.new_code(), FAST)
    key_of_other_round = BallotKey(b"k" * 32, "another round")
    messages: set[str] = set()
    for key in (key_of_other_box, key_never_drawn, key_of_other_round):
        with pytest.raises(CodeError) as error:
            ballot_box.find_owned_part(round_.box, key)
        messages.add(str(error.value))
    assert len(messages) == 1


def test_a_code_with_a_missing_slot_is_unknown() -> None:
    round_ = open_round()
    _, key = round_.draw()
    missing = ballot_box.find_owned_part(round_.box, key).slots[0]
    remaining = tuple(slot for slot in round_.box.slots if slot != missing)
    damaged = Box(round_.box.head, round_.box.tickets, remaining)
    with pytest.raises(CodeError):
        ballot_box.find_owned_part(damaged, key)


def test_a_ballot_changes_only_rows_and_no_size() -> None:
    round_ = open_round()
    _, key = round_.draw()
    before = round_.box
    round_.fill(key, "alder")
    changed = [
        (old, new) for old, new in zip(before.slots, round_.box.slots, strict=True) if old != new
    ]
    assert len(changed) == len(PARTNERS)
    assert all(
        (old.id, old.partner, old.tag) == (new.id, new.partner, new.tag) for old, new in changed
    )
    assert row_and_id_lengths(round_.box) == row_and_id_lengths(before)
    assert round_.box.tickets == before.tickets


def test_a_ballot_must_be_about_exactly_the_partners_of_the_round() -> None:
    round_ = open_round()
    _, key = round_.draw()
    for ballot in ({}, {"alder": ROW}, dict.fromkeys((*PARTNERS, "delta"))):
        with pytest.raises(RuleError, match="partners of this round"):
            ballot_box.seal_ballot(round_.box, key, ballot)


def test_the_receipt_changes_with_every_ballot_under_the_code() -> None:
    round_ = open_round()
    _, key = round_.draw()
    _, other_key = round_.draw()
    receipts = [ballot_box.find_owned_part(round_.box, key).receipt]
    for known in ((), ("alder",), ("alder",)):
        round_.fill(key, *known)
        receipts.append(ballot_box.find_owned_part(round_.box, key).receipt)
    assert len(set(receipts)) == len(receipts)
    round_.fill(other_key, "bayou")
    round_.raise_flag(key)
    assert ballot_box.find_owned_part(round_.box, key).receipt == receipts[-1]


def test_taking_a_ballot_out_replaces_its_rows_by_noise() -> None:
    round_ = open_round()
    key = round_.hand_in("alder")
    before = ballot_box.find_owned_part(round_.box, key)
    round_.box = round_.box.with_change(ballot_box.empty_slots(round_.box, key))
    after = ballot_box.find_owned_part(round_.box, key)
    assert all(old.row != new.row for old, new in zip(before.slots, after.slots, strict=True))
    assert row_and_id_lengths(round_.box)[0] == {len(before.slots[0].row)}


def test_no_repr_shows_a_secret() -> None:
    round_ = open_round()
    code, key = round_.draw()
    round_.fill(key, "alder")
    owned = ballot_box.find_owned_part(round_.box, key)
    shown = f"{key!r} {owned!r} {round_.locked!r}"
    assert not any(spelled_out(words, shown) for words in (code, *round_.locked.keys))
    for secret in (key.secret.hex(), str(key.secret), owned.ticket.tag):
        assert secret not in shown


def test_the_default_strength_is_64_mib_and_three_passes() -> None:
    assert Strength() == Strength(ops=3, memory=64 * 2**20)


def test_the_stretched_key_depends_on_words_order_and_salt() -> None:
    salt = b"s" * 16
    words = ("apple", "river", "stone", "cloud")
    assert FAST.stretch(words, salt) == Stretcher(Strength(1, 8192)).stretch(words, salt)
    assert FAST.stretch(words, salt) != FAST.stretch(words, b"t" * 16)
    assert FAST.stretch(words, salt) != FAST.stretch(words[::-1], salt)
