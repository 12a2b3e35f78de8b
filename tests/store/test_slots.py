"""Looking at single slots: what is found is what a look at the whole file would have found."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_samples import row, sample_box, sample_group, sorted_box, tag
from tinydb import TinyDB

from benchmarks import storage_engines
from peerreview.ballotbox.box import lay_out_box
from peerreview.ballotbox.keeper import create_box_lock
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.domain.round.box import Box, BoxChange, Ticket
from peerreview.domain.round.round import KeeperRule, RoundState
from peerreview.errors import FileError
from peerreview.store.box.box_checks import box_from_tables, check_complete
from peerreview.store.box.box_file import BoxFile
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.box.line_format import TICKET_FORMAT, ForeignLayoutError, LayoutError
from peerreview.store.box.line_table import LineTable, ReadBytes
from peerreview.store.disk.migration import BOX_FORMAT
from peerreview.store.disk.tables import parse_tables
from peerreview.store.vault import FileVault

any_input = settings(max_examples=300, deadline=None, derandomize=True)


def bytes_of(box: Box) -> bytes:
    return BoxLayout.for_box(box).file_bytes(box)


def reader_of(data: bytes) -> ReadBytes:
    return lambda offset, size: data[offset : offset + size]


def read_quickly(data: bytes) -> Box | None:
    try:
        return BoxLayout.from_file(reader_of(data)).read_box(reader_of(data))
    except ForeignLayoutError:
        return None


def read_strictly(data: bytes) -> Box | None:
    try:
        return box_from_tables(
            BOX_FORMAT.check_and_migrate(parse_tables(data, Path("box")), Path("box"))
        )
    except (FileError, LayoutError):
        return None


SAMPLE = sorted_box(sample_box()).with_change(
    BoxChange(
        [sorted_box(sample_box()).tickets[1]._replace(tag=tag(1), handed_in=True)],
        [slot._replace(tag=tag(2), row=row(3)) for slot in sorted_box(sample_box()).slots[2:5]],
    )
)


def test_a_box_is_read_quickly() -> None:
    assert read_quickly(bytes_of(SAMPLE)) == SAMPLE == read_strictly(bytes_of(SAMPLE))


@any_input
@given(
    start=st.integers(0, len(bytes_of(SAMPLE))),
    removed=st.integers(0, 3),
    added=st.binary(max_size=3) | st.text('0123456789 ,":{}\n\\truefalsAb=phin', max_size=3),
    kept=st.booleans(),
)
def test_a_damaged_file_is_never_read_quickly_as_something_else(
    start: int, removed: int, added: bytes | str, kept: bool
) -> None:
    intact = bytes_of(SAMPLE)
    patch = added.encode() if isinstance(added, str) else added
    data = intact[:start] + patch + intact[start + (len(patch) if kept else removed) :]
    box = read_quickly(data)
    assert box is None or box == read_strictly(data) or read_strictly(data) is None
    if box and read_strictly(data) is None:  # each slot is right, not all together
        with pytest.raises(LayoutError):
            check_complete(box)


numbers = st.lists(st.integers(0, (1 << 64) - 1), min_size=1, max_size=80, unique=True).map(sorted)


@any_input
@given(ids=numbers, data=st.data())
def test_an_expected_position_is_right_or_seen_to_be_wrong(
    ids: list[int], data: st.DataObject
) -> None:
    tickets = [Ticket(number, "", False) for number in ids]
    table = LineTable(TICKET_FORMAT, 512, 128, len(tickets))
    read = reader_of(b"x" * 512 + table.to_bytes(tickets))
    chosen = data.draw(st.lists(st.sampled_from(tickets), unique=True))
    for ticket, (offset, line) in zip(chosen, table.expected_pieces(chosen), strict=True):
        place, inside = divmod(offset - table.start, table.line_size)
        assert not inside
        assert (read(offset, len(line)) == line) == (ids[place] == ticket.id)


@pytest.mark.parametrize("heads", [4, 12, 60])
def test_the_positions_of_drawn_ids_are_expected_right(heads: int) -> None:
    round_ = sample_group(RoundState.OPEN, partners=7).rounds[0].evolve(heads=heads)
    box = lay_out_box(round_, create_box_lock(KeeperRule.ONE, Stretcher(Strength(1, 8192))))
    layout, tickets, slots = BoxLayout.for_box(box), range(len(box.tickets)), range(len(box.slots))
    assert layout.tickets.expected_pieces(box.tickets) == layout.tickets.pieces_at(
        tickets, box.tickets
    )
    assert layout.slots.expected_pieces(box.slots) == layout.slots.pieces_at(slots, box.slots)
    assert BoxLayout.for_box(Box(box.head, box.tickets[:1], box.slots[3:5])) == layout


@pytest.fixture
def box_path(tmp_path: Path) -> Path:
    return tmp_path / "gulf.round-1.box.json"


@pytest.fixture
def box(file_vault: FileVault) -> BoxFile:
    file_vault.box(1).create(sample_box())
    return file_vault.box(1)


def part_of(box: Box) -> Box:
    return Box(box.head, box.tickets[:1], box.slots[4:9])


def cast(box: BoxFile) -> Box:
    """Fill somebody's places."""
    mine = part_of(sorted_box(sample_box()))
    while True:
        change = BoxChange(slots=[slot._replace(row=row(7)) for slot in mine.slots])
        if (before := box.update_if_unchanged(mine, change)) == mine:
            return mine.with_change(change)
        mine = before


@pytest.mark.skipif(not hasattr(os, "pread"), reason="no positioned reads here")
def test_a_cast_reads_only_the_slots_of_its_rater(
    file_vault: FileVault, box_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A box of 2.5 MB, and a ballot about 60 partners."""
    whole = storage_engines.sample_box(10_000)
    mine, box = storage_engines.part_of(whole, 0), file_vault.box(1)
    box.create(whole)
    read, real = list[tuple[int, int]](), os.pread

    def note_read(file: int, size: int, offset: int) -> bytes:
        read.append((offset, size))
        return real(file, size, offset)

    monkeypatch.setattr(os, "pread", note_read)
    assert (
        box.update_if_unchanged(
            mine, BoxChange(slots=[slot._replace(row=row(7)) for slot in mine.slots])
        )
        == mine
    )
    layout = BoxLayout.for_box(whole)
    own = [place for place, slot in enumerate(whole.slots) if slot in mine.slots]
    inside = [
        (offset - layout.slots.start) // layout.slots.line_size
        for offset, _ in read
        if layout.slots.start <= offset < layout.slots.end
    ]
    assert inside == own
    assert sum(size for _, size in read) < 20_000 < box_path.stat().st_size // 80


def rewrite_with_stock_tinydb(path: Path) -> None:
    with TinyDB(path) as db:
        db.table("turns").update({"h": tag(9)}, doc_ids=[sorted_box(sample_box()).tickets[3].id])


def add_a_blank(path: Path) -> None:
    """In a slot that is about to be overwritten, as an editor could."""
    slot = sorted_box(sample_box()).slots[5]
    whole = path.read_text("ascii")
    path.write_text(
        whole.replace(f'"{slot.id}":{{"p":', f'"{slot.id}": {{"p":').replace(" \n", "\n", 1)
    )


def remove_padding_at_the_end(path: Path) -> None:
    """The same documents without padding at the end."""
    path.write_text(path.read_text("ascii").rstrip())


def format_otherwise(path: Path) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("ascii")), indent=1))


@pytest.mark.parametrize(
    "rewrite", [rewrite_with_stock_tinydb, add_a_blank, remove_padding_at_the_end, format_otherwise]
)
def test_a_foreign_layout_is_replaced_before_a_cast(
    box: BoxFile, box_path: Path, rewrite: Callable[[Path], None]
) -> None:
    rewrite(box_path)
    before = box.read()
    after = cast(box)
    assert {slot.row for slot in after.slots} == {row(7)}
    assert box.read() == before.with_change(BoxChange(slots=after.slots))
    assert box_path.read_bytes() == bytes_of(box.read())


def test_two_exchanged_slots_are_never_overwritten(box: BoxFile, box_path: Path) -> None:
    layout, data = BoxLayout.for_box(sorted_box(sample_box())), bytearray(box_path.read_bytes())
    size = layout.slots.line_size
    first, second = (layout.slots.start + size * place for place in (5, 6))
    data[first : first + size], data[second : second + size] = (
        data[second : second + size],
        data[first : first + size],
    )
    box_path.write_bytes(data)
    before, after = box.read(), cast(box)
    assert box.read() == before.with_change(BoxChange(slots=after.slots))
    assert box_path.read_bytes() == bytes_of(box.read())
