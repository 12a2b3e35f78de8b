"""The box: laid out whole, overwritten in place, a code is the right to one ballot."""

from collections import Counter

import pytest
from stories import FAST, spelled_out

from peerreview.ballotbox import box as ballot_box
from peerreview.ballotbox.key import BallotKey, Strength, Stretcher
from peerreview.domain.round.box import Box
from peerreview.errors import CodeError, RuleError

from .boxes import PARTNERS, ROW, table


def sizes(box: Box) -> tuple[set[int], set[int]]:
    return {len(hole.row) for hole in box.slots}, {len(str(slot.id)) for slot in box.slots}


def test_every_turn_has_a_free_hole_for_every_partner_before_anybody_draws() -> None:
    found = table(heads=5, spares=2).box
    assert len(found.tickets) == 7 and found.codes_drawn == found.ballots_in == 0
    assert Counter(hole.partner for hole in found.slots) == dict.fromkeys(range(3), 7)
    assert not any(hole.tag for hole in found.slots) and not any(turn.tag for turn in found.tickets)
    assert [len(size) for size in sizes(found)] == [1, 1]


def test_ids_say_nothing_about_partners_or_order() -> None:
    found = table(heads=40, spares=0).box
    ids = [hole.id for hole in found.slots]
    assert ids == sorted(ids) and len(set(ids)) == len(ids)
    by_place = [hole.partner for hole in found.slots]
    assert by_place != sorted(by_place)


def test_a_draw_claims_one_turn_and_one_hole_a_partner_and_nothing_else() -> None:
    found = table()
    before = found.box
    _, key = found.draw()
    claimed = [hole for hole in found.box.slots if hole.tag]
    assert sorted(hole.partner for hole in claimed) == [0, 1, 2]
    assert {hole.tag for hole in claimed} == {key.slot_tag(partner) for partner in PARTNERS}
    assert found.box.codes_drawn == 1 and found.box.ballots_in == 0
    assert [hole.row for hole in before.slots] == [hole.row for hole in found.box.slots]


def test_draws_stop_at_the_heads_and_spares_at_the_turns() -> None:
    found = table(heads=4, spares=2)
    for _ in range(4):
        found.draw()
    with pytest.raises(RuleError, match="4 codes are drawn for 4 people: 2 spares are left"):
        found.draw()
    found.draw(spare=True)
    found.draw(spare=True)
    with pytest.raises(RuleError, match="none is left"):
        found.draw(spare=True)
    with pytest.raises(RuleError, match="none is left"):
        found.draw()


def test_a_code_finds_its_own_places_and_no_others() -> None:
    found = table()
    code, key = found.draw()
    other, _ = found.draw()
    again = ballot_box.ballot_key(found.box.head, ballot_box.parse_code(" ".join(code)), FAST)
    assert again == key
    mine = ballot_box.find_owned_part(found.box, again)
    theirs = ballot_box.find_owned_part(
        found.box, ballot_box.ballot_key(found.box.head, other, FAST)
    )
    assert mine.ticket != theirs.ticket and not set(mine.slots) & set(theirs.slots)


def test_a_code_of_another_round_or_nobody_gets_the_same_words() -> None:
    found, other = table(), table()
    _, key = other.draw()
    stranger = ballot_box.ballot_key(found.box.head, ballot_box.new_code(), FAST)
    said: set[str] = set()
    for each in (key, stranger, BallotKey(b"k" * 32, "another round")):
        with pytest.raises(CodeError) as error:
            ballot_box.find_owned_part(found.box, each)
        said.add(str(error.value))
    assert len(said) == 1


def test_half_of_a_code_s_places_are_as_good_as_none() -> None:
    found = table()
    _, key = found.draw()
    mine = ballot_box.find_owned_part(found.box, key)
    lost = Box(
        found.box.head,
        found.box.tickets,
        tuple(hole for hole in found.box.slots if hole != mine.slots[0]),
    )
    with pytest.raises(CodeError):
        ballot_box.find_owned_part(lost, key)


def test_filling_overwrites_in_place_and_tells_nothing_by_size() -> None:
    found = table()
    _, key = found.draw()
    before = found.box
    found.fill(key, "alder")
    changed = [
        (old, new) for old, new in zip(before.slots, found.box.slots, strict=True) if old != new
    ]
    assert len(changed) == len(PARTNERS)
    assert all(
        (old.id, old.partner, old.tag) == (new.id, new.partner, new.tag) for old, new in changed
    )
    assert sizes(found.box) == sizes(before) and found.box.tickets == before.tickets


def test_a_ballot_is_about_exactly_the_partners_of_the_round() -> None:
    found = table()
    _, key = found.draw()
    for ballot in ({}, {"alder": ROW}, dict.fromkeys((*PARTNERS, "delta"))):
        with pytest.raises(RuleError, match="partners of this round"):
            ballot_box.seal_ballot(found.box, key, ballot)


def test_the_receipt_stands_for_what_is_stored() -> None:
    found = table()
    _, key = found.draw()
    _, other = found.draw()
    receipts = [ballot_box.find_owned_part(found.box, key).receipt]
    for known in ((), ("alder",), ("alder",)):
        found.fill(key, *known)
        receipts.append(ballot_box.find_owned_part(found.box, key).receipt)
    assert len(set(receipts)) == len(receipts)
    found.fill(other, "bayou")
    found.flag(key)
    assert ballot_box.find_owned_part(found.box, key).receipt == receipts[-1]


def test_taking_a_ballot_out_leaves_noise() -> None:
    found = table()
    key = found.cast("alder")
    before = ballot_box.find_owned_part(found.box, key)
    found.box = found.box.with_change(ballot_box.empty_slots(found.box, key))
    after = ballot_box.find_owned_part(found.box, key)
    assert all(old.row != new.row for old, new in zip(before.slots, after.slots, strict=True))
    assert sizes(found.box)[0] == {len(before.slots[0].row)}


def test_secrets_never_show_in_a_repr() -> None:
    found = table()
    code, key = found.draw()
    found.fill(key, "alder")
    mine = ballot_box.find_owned_part(found.box, key)
    shown = f"{key!r} {mine!r} {found.locked!r}"
    assert not any(spelled_out(words, shown) for words in (code, *found.locked.keys))
    for secret in (key.secret.hex(), str(key.secret), mine.ticket.tag):
        assert secret not in shown


def test_the_product_s_strength_is_the_promised_one() -> None:
    assert Strength() == Strength(ops=3, memory=64 * 2**20)


def test_the_same_words_and_salt_give_the_same_key_and_others_don_t() -> None:
    salt = b"s" * 16
    words = ("apple", "river", "stone", "cloud")
    assert FAST.stretch(words, salt) == Stretcher(Strength(1, 8192)).stretch(words, salt)
    assert FAST.stretch(words, salt) != FAST.stretch(words, b"t" * 16)
    assert FAST.stretch(words, salt) != FAST.stretch(words[::-1], salt)
