"""Somebody edits the file of a box while a turn goes on: a cast spoils nothing for anybody else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from interruptions import Interrupted
from store_samples import a_box, evenly, row, tag

from peerreview.domain.round.box import Box, Change
from peerreview.errors import FileError
from peerreview.services import casting
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.vault import FileVault

Edit = Callable[[Box, Box, Path], None]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gulf.round-1.box.json"


@pytest.fixture(params=["even ids", "any ids"])
def mine(request: pytest.FixtureRequest, file_vault: FileVault) -> Box:
    """Somebody's part of a box that was just laid out."""
    box = a_box()
    file_vault.box(1).create(evenly(box) if request.param == "even ids" else box)

    def drawn(box: Box) -> Change:
        slots = [[h for h in box.slots if h.partner == partner][1] for partner in range(3)]
        tagged = [hole._replace(tag=tag(10 + hole.partner)) for hole in slots]
        return Change([box.tickets[2]._replace(tag=tag(1))], tagged)

    box = file_vault.box(1).update(drawn)
    turns = tuple(turn for turn in box.tickets if turn.tag)
    return Box(box.head, turns, tuple(hole for hole in box.slots if hole.tag))


def filled(mine: Box) -> Change:
    return Change(slots=[hole._replace(row=row(n)) for n, hole in enumerate(mine.slots)])


def nothing_happens(box: Box, mine: Box, path: Path) -> None:
    """The other edits need something to be compared with."""


def neighbor_moves_in(box: Box, mine: Box, path: Path) -> None:
    """The blanks behind my document come behind the next one."""
    slots, data = BoxLayout.for_box(box).slots, bytearray(path.read_bytes())
    start = slots.start + slots.line_size * [h.id for h in box.slots].index(mine.slots[0].id)
    end = start + 2 * slots.line_size
    first, second = data[start:end].splitlines()
    data[start:end] = (first.rstrip() + second.rstrip()).ljust(2 * slots.line_size - 1) + b"\n"
    path.write_bytes(data)


def partners_are_exchanged(box: Box, mine: Box, path: Path) -> None:
    one = next(hole for hole in box.slots if hole.id == mine.slots[0].id)
    other = next(hole for hole in box.slots if hole.partner != one.partner and not hole.tag)
    change = Change(
        slots=[one._replace(partner=other.partner), other._replace(partner=one.partner)]
    )
    path.write_bytes(BoxLayout.for_box(box).file_bytes(box.changed(change)))


def rows_are_cut(box: Box, mine: Box, path: Path) -> None:
    cut = Change(slots=[hole._replace(row=hole.row[:-4]) for hole in box.slots])
    path.write_bytes(BoxLayout.for_box(box).file_bytes(box.changed(cut)))


def handed_in(
    vault: FileVault, mine: Box, within: bool, edit: Callable[[], object], at: int
) -> None:
    """Hand in while the file is edited: before the holes are filled, or before the flag is up."""
    box = Interrupted(vault, "before change", edit, after=at).box(1)
    casting.hand_in(box.prepare_part(mine) if within else box, mine, filled(mine), False)


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("edit", [nothing_happens, neighbor_moves_in])
def test_what_only_looks_otherwise_is_cast_into(
    file_vault: FileVault, path: Path, mine: Box, within: bool, after: int, edit: Edit
) -> None:
    box = file_vault.box(1)
    before = box.read()
    handed_in(file_vault, mine, within, lambda: edit(box.read(), mine, path), after)
    up = Change([mine.tickets[0]._replace(handed_in=True)], filled(mine).slots)
    assert box.read() == before.changed(up)


@pytest.mark.parametrize("within", [False, True])
@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("edit", [partners_are_exchanged, rows_are_cut])
def test_what_is_otherwise_is_refused_and_left_alone(
    file_vault: FileVault, path: Path, mine: Box, within: bool, after: int, edit: Edit
) -> None:
    box = file_vault.box(1)
    with pytest.raises(FileError, match="tampered"):
        handed_in(file_vault, mine, within, lambda: edit(box.read(), mine, path), after)
    found = box.read()
    assert not found.handed_in
    if edit is rows_are_cut:
        again = found.part(mine)
        with pytest.raises(FileError, match="tampered"):
            casting.hand_in(box.prepare_part(again), again, filled(again), True)
        assert box.read() == found
