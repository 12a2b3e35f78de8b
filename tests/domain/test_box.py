"""The shape of a box: places that are overwritten, never added or moved."""

import pytest
from pydantic import ValidationError

from peerreview.domain.box import Box, BoxHead, Change, Hole, Turn, Wrap
from peerreview.domain.round import KeeperRule


def head() -> BoxHead:
    return BoxHead(
        round_id="r1",
        number=1,
        public_key="pk",
        salt="s",
        wraps=(Wrap(salt="a", sealed="b"),),
        partners=("p1", "p2"),
        heads=4,
        turns=6,
        keepers=KeeperRule.ONE,
    )


def box() -> Box:
    turns = tuple(Turn(id=n, tag="", handed_in=False) for n in (1, 5, 9))
    holes = tuple(Hole(id=n, partner=n % 2, tag="", row="noise") for n in (2, 3, 7, 8))
    return Box(head(), turns, holes)


def test_turns_are_drawn_and_then_handed_in() -> None:
    assert (box().drawn, box().handed_in) == (0, 0)
    drawn = box().changed(Change(turns=[Turn(5, "tag", handed_in=False)]))
    assert (drawn.drawn, drawn.handed_in) == (1, 0)
    handed_in = drawn.changed(Change(turns=[Turn(5, "tag", handed_in=True)]))
    assert (handed_in.drawn, handed_in.handed_in) == (1, 1)


def test_a_change_overwrites_in_place() -> None:
    changed = box().changed(Change(holes=(Hole(7, 1, "tag", "row"),)))
    assert [hole.id for hole in changed.holes] == [2, 3, 7, 8]
    assert changed.holes[2] == Hole(7, 1, "tag", "row")
    assert changed.holes[:2] == box().holes[:2] and changed.turns == box().turns
    assert box().changed(Change()) == box()


def test_a_box_has_one_to_three_keys() -> None:
    for wraps in ((), (Wrap(salt="a", sealed="b"),) * 4):
        with pytest.raises(ValidationError, match="wraps"):
            BoxHead.model_validate({**dict(head()), "wraps": wraps})
