"""Somebody edits the file of a box while a turn goes on: a cast spoils nothing for anybody else."""

from collections.abc import Callable
from pathlib import Path

import pytest
from interruptions import Interrupted
from store_samples import row, sample_box, tag, with_spaced_ids

from peerreview.domain.round.box import Box, BoxChange
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
    box = sample_box()
    file_vault.box(1).create(with_spaced_ids(box) if request.param == "even ids" else box)

    def draw(box: Box) -> BoxChange:
        slots = [[h for h in box.slots if h.partner == partner][1] for partner in range(3)]
        tagged = [slot._replace(tag=tag(10 + slot.partner)) for slot in slots]
        return BoxChange([box.tickets[2]._replace(tag=tag(1))], tagged)

    box = file_vault.box(1).update(draw)
    tickets = tuple(ticket for ticket in box.tickets if ticket.tag)
    return Box(box.head, tickets, tuple(slot for slot in box.slots if slot.tag))


def filled_cells(mine: Box) -> BoxChange:
    return BoxChange(slots=[slot._replace(row=row(n)) for n, slot in enumerate(mine.slots)])


def edit_nothing(box: Box, mine: Box, path: Path) -> None:
    """The other edits need something to be compared with."""


def move_blanks_behind_neighbor(box: Box, mine: Box, path: Path) -> None:
    """The blanks behind my document come behind the next one."""
    slots, data = BoxLayout.for_box(box).slots, bytearray(path.read_bytes())
    start = slots.start + slots.line_size * [h.id for h in box.slots].index(mine.slots[0].id)
    end = start + 2 * slots.line_size
    first, second = data[start:end].splitlines()
    data[start:end] = (first.rstrip() + second.rstrip()).ljust(2 * slots.line_size - 1) + b"\n"
    path.write_bytes(data)


def exchange_partners(box: Box, mine: Box, path: Path) -> None:
    one = next(slot for slot in box.slots if slot.id == mine.slots[0].id)
    other = next(slot for slot in box.slots if slot.partner != one.partner and not slot.tag)
    change = BoxChange(
        slots=[one._replace(partner=other.partner), other._replace(partner=one.partner)]
    )
    path.write_bytes(BoxLayout.for_box(box).file_bytes(box.with_change(change)))


def shorten_rows(box: Box, mine: Box, path: Path) -> None:
    cut = BoxChange(slots=[slot._replace(row=slot.row[:-4]) for slot in box.slots])
    path.write_bytes(BoxLayout.for_box(box).file_bytes(box.with_change(cut)))


def hand_in_during_edit(
    vault: FileVault, mine: Box, is_prepared: bool, edit: Callable[[], object], at: int
) -> None:
    """Hand in while the file is edited, before the slots are filled or the flag is raised."""
    box = Interrupted(vault, "before change", edit, after=at).box(1)
    casting.hand_in(box.prepare_part(mine) if is_prepared else box, mine, filled_cells(mine), False)


@pytest.mark.parametrize("is_prepared", [False, True])
@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("edit", [edit_nothing, move_blanks_behind_neighbor])
def test_a_cast_into_an_edited_layout_succeeds(
    file_vault: FileVault, path: Path, mine: Box, is_prepared: bool, after: int, edit: Edit
) -> None:
    box = file_vault.box(1)
    before = box.read()
    hand_in_during_edit(file_vault, mine, is_prepared, lambda: edit(box.read(), mine, path), after)
    up = BoxChange([mine.tickets[0]._replace(handed_in=True)], filled_cells(mine).slots)
    assert box.read() == before.with_change(up)


@pytest.mark.parametrize("is_prepared", [False, True])
@pytest.mark.parametrize("after", [0, 1])
@pytest.mark.parametrize("edit", [exchange_partners, shorten_rows])
def test_a_cast_into_an_edited_box_is_refused(
    file_vault: FileVault, path: Path, mine: Box, is_prepared: bool, after: int, edit: Edit
) -> None:
    box = file_vault.box(1)
    with pytest.raises(FileError, match="tampered"):
        hand_in_during_edit(
            file_vault, mine, is_prepared, lambda: edit(box.read(), mine, path), after
        )
    edited = box.read()
    assert not edited.ballots_in
    if edit is shorten_rows:
        again = edited.matching_part(mine)
        with pytest.raises(FileError, match="tampered"):
            casting.hand_in(box.prepare_part(again), again, filled_cells(again), True)
        assert box.read() == edited
