"""A box has fixed places, which are overwritten but never added or moved."""

from base64 import b64encode

import pytest
from pydantic import ValidationError

from peerreview.domain.round.box import Box, BoxChange, BoxHead, Slot, Ticket, WrappedKey
from peerreview.domain.round.round import KeeperRule


def b64(count: int) -> str:
    return b64encode(bytes(count)).decode()


def make_head() -> BoxHead:
    return BoxHead(
        round_id="r1",
        number=1,
        public_key=b64(32),
        salt=b64(16),
        wraps=(WrappedKey(salt=b64(16), sealed=b64(72)),),
        partners=("p1", "p2"),
        heads=4,
        turns=6,
        keepers=KeeperRule.ONE,
    )


def make_box() -> Box:
    turns = tuple(Ticket(id=n, tag="", handed_in=False) for n in (1, 5, 9))
    slots = tuple(Slot(id=n, partner=n % 2, tag="", row="noise") for n in (2, 3, 7, 8))
    return Box(make_head(), turns, slots)


def test_codes_are_drawn_and_then_ballots_are_handed_in() -> None:
    assert (make_box().codes_drawn, make_box().ballots_in) == (0, 0)
    drawn = make_box().with_change(BoxChange(tickets=[Ticket(5, "tag", handed_in=False)]))
    assert (drawn.codes_drawn, drawn.ballots_in) == (1, 0)
    handed_in = drawn.with_change(BoxChange(tickets=[Ticket(5, "tag", handed_in=True)]))
    assert (handed_in.codes_drawn, handed_in.ballots_in) == (1, 1)


def test_a_changed_ballot_overwrites_its_slots() -> None:
    changed = make_box().with_change(BoxChange(slots=(Slot(7, 1, "tag", "row"),)))
    assert [hole.id for hole in changed.slots] == [2, 3, 7, 8]
    assert changed.slots[2] == Slot(7, 1, "tag", "row")
    assert changed.slots[:2] == make_box().slots[:2] and changed.tickets == make_box().tickets
    assert make_box().with_change(BoxChange()) == make_box()


def test_a_box_has_one_to_three_keys() -> None:
    for wraps in ((), (WrappedKey(salt=b64(16), sealed=b64(72)),) * 4):
        with pytest.raises(ValidationError, match="wraps"):
            BoxHead.model_validate({**dict(make_head()), "wraps": wraps})


@pytest.mark.parametrize("broken", ["not base64!", "AAAA", "", "\u00e4"])
def test_keys_and_salts_of_a_wrong_shape_are_refused(broken: str) -> None:
    for name in ("public_key", "salt"):
        with pytest.raises(ValidationError, match=name):
            BoxHead.model_validate({**dict(make_head()), name: broken})
    with pytest.raises(ValidationError, match="sealed"):
        WrappedKey(salt=b64(16), sealed=broken)
