"""The slots of a box file: only those that a change names are written, and none moves or tears."""

import json
import os
import stat
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import filelock
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import row, sample_box, sorted_box, tag
from tinydb import TinyDB, where

from peerreview.domain.round.box import Box, BoxChange
from peerreview.errors import FileError
from peerreview.store.box.box_checks import sort_and_check_box
from peerreview.store.box.box_file import BoxFile
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.box.line_table import SECTOR, LineTable
from peerreview.store.disk import durable, platform
from peerreview.store.disk.migration import BOX_FORMAT
from peerreview.store.vault import FileVault

boxes = st.builds(
    sample_box,
    turns=st.integers(4, 12),
    partners=st.integers(1, 9),
    seed=st.integers(0, 1 << 32),
)
any_folder = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture
def box_path(tmp_path: Path) -> Path:
    return tmp_path / "gulf.round-1.box.json"


@pytest.fixture
def box(file_vault: FileVault) -> BoxFile:
    file_vault.box(1).create(sample_box())
    return file_vault.box(1)


@st.composite
def changes(draw: st.DrawFn, box: Box) -> BoxChange:
    marks = st.just("") | st.integers(0, 1 << 20).map(tag)
    return BoxChange(
        [
            ticket._replace(tag=draw(marks), handed_in=draw(st.booleans()))
            for ticket in draw(st.lists(st.sampled_from(box.tickets), max_size=3, unique=True))
        ],
        [
            slot._replace(tag=draw(marks), row=row(draw(st.integers(0, 1 << 20))))
            for slot in draw(st.lists(st.sampled_from(box.slots), max_size=9, unique=True))
        ],
    )


def tables_of(box: Box) -> dict[str, dict[str, dict[str, object]]]:
    """What stock TinyDB should see."""
    return {
        "round": {"1": box.head.model_dump(mode="json")},
        "turns": {
            str(ticket.id): {"h": ticket.tag, "in": ticket.handed_in} for ticket in box.tickets
        },
        "holes": {str(h.id): {"p": h.partner, "h": h.tag, "b": h.row} for h in box.slots},
    }


def bytes_of(box: Box) -> bytes:
    return BoxLayout.for_box(sort_and_check_box(box)).file_bytes(sort_and_check_box(box))


@any_folder
@given(box=boxes)
def test_no_line_crosses_a_sector(box: Box) -> None:
    box = sort_and_check_box(box)
    layout = BoxLayout.for_box(box)
    text = layout.file_bytes(box)
    tables: list[tuple[LineTable[Any], Sequence[Any]]] = [
        (layout.tickets, box.tickets),
        (layout.slots, box.slots),
    ]
    for table, items in tables:
        for place, item in enumerate(items):
            ((offset, line),) = table.pieces_at([place], [item])
            assert offset // SECTOR == (offset + len(line) - 1) // SECTOR
            assert text[offset : offset + len(line)] == line
            assert line.endswith(b"\n")
    assert json.loads(text) == BOX_FORMAT.add_checksum(tables_of(box))


@any_folder
@given(data=st.data(), box=boxes)
def test_an_update_overwrites_only_the_lines_of_its_change(
    file_vault: FileVault, box_path: Path, data: st.DataObject, box: Box
) -> None:
    box_path.unlink(missing_ok=True)
    store = file_vault.box(1)
    store.create(box)
    box = sort_and_check_box(box)
    layout = BoxLayout.for_box(box)
    for _ in range(3):
        before, now = box_path.read_bytes(), store.read()
        change = data.draw(changes(now))
        assert store.update(lambda _, change=change: change) == now.with_change(change)
        assert store.read() == now.with_change(change)
        after = box_path.read_bytes()
        is_overwritten = bytearray(len(before))
        for table, items, changed in (
            (layout.tickets, box.tickets, change.tickets),
            (layout.slots, box.slots, change.slots),
        ):
            ids = [item.id for item in items]
            for item in changed:
                start = table.start + table.line_size * ids.index(item.id)
                is_overwritten[start : start + table.line_size] = b"x" * table.line_size
        assert len(after) == len(before)
        unchanged_offsets = [place for place, mark in enumerate(is_overwritten) if not mark]
        assert [after[place] for place in unchanged_offsets] == [
            before[place] for place in unchanged_offsets
        ]


@any_folder
@given(box=boxes, other=boxes)
def test_the_layout_tells_only_the_number_of_tickets_and_slots(box: Box, other: Box) -> None:
    """Full or empty, whoever drew: a box of one shape has one layout."""
    box = sort_and_check_box(box)
    full = box.with_change(
        BoxChange(
            [ticket._replace(tag=tag(1), handed_in=True) for ticket in box.tickets],
            [slot._replace(tag=tag(2), row=row(3)) for slot in box.slots],
        )
    )
    assert BoxLayout.for_box(full) == BoxLayout.for_box(box)
    assert len(bytes_of(full)) == len(bytes_of(box))


def test_the_file_stays_the_same_and_only_its_owner_may_read_it(
    box: BoxFile, box_path: Path
) -> None:
    before = box_path.stat()
    box.update(lambda now: BoxChange([now.tickets[0]._replace(tag=tag(1))]))
    after = box_path.stat()
    assert (after.st_ino, after.st_size, after.st_blocks) == (
        before.st_ino,
        before.st_size,
        before.st_blocks,
    )
    if os.name != "nt":
        assert stat.S_IMODE(after.st_mode) == 0o600


def test_stock_tinydb_opens_it_at_any_moment(box: BoxFile, box_path: Path) -> None:
    box.update(lambda now: BoxChange([now.tickets[3]._replace(tag=tag(1), handed_in=True)]))
    with TinyDB(box_path) as db:
        assert db.tables() == {"round", "turns", "holes"}
        assert db.table("round").get(doc_id=1)["number"] == 1  # pyright: ignore
        (ticket,) = db.table("turns").search(where("in") == True)  # noqa: E712
        assert ticket == {"h": tag(1), "in": True}
        assert ticket.doc_id == box.read().tickets[3].id
        assert len(db.table("holes")) == 18


@pytest.mark.parametrize(
    "use",
    [
        lambda db: db.table("holes").insert({"p": 0, "h": "", "b": row(1)}),
        lambda db: db.table("holes").remove(doc_ids=[db.table("holes").all()[0].doc_id]),
        lambda db: db.table("holes").truncate(),
        lambda db: db.table("holes").update({"more": 1}),
        lambda db: db.table("holes").update({"p": 1.0}),
        lambda db: db.table("holes").update({"b": row(1) * 3}),
        lambda db: db.table("turns").update({"h": '"'}),
        lambda db: db.table("round").update({"number": 2}),
        lambda db: db.insert({"type": "apple"}),
        lambda db: db.drop_table("turns"),
        lambda db: db.drop_tables(),
    ],
)
def test_a_box_that_stock_tinydb_moved_or_resized_is_refused(
    box: BoxFile, box_path: Path, use: Callable[[TinyDB], object]
) -> None:
    with TinyDB(box_path) as db:
        use(db)
    before = box_path.read_bytes()
    for action in (box.read, lambda: box.update(lambda box: BoxChange(slots=box.slots[:1]))):
        with pytest.raises(FileError):
            action()
    assert box_path.read_bytes() == before


class TestAfterAnotherProgramWroteIt:
    @pytest.fixture
    def rewritten(self, box: BoxFile, box_path: Path) -> BoxFile:
        with TinyDB(box_path) as db:
            db.table("turns").update({"h": tag(9)}, doc_ids=[box.read().tickets[0].id])
        assert b"\n" not in box_path.read_bytes()
        return box

    def test_it_is_read(self, rewritten: BoxFile) -> None:
        assert rewritten.read().tickets[0].tag == tag(9)

    def test_the_next_update_lays_it_out_again(self, rewritten: BoxFile, box_path: Path) -> None:
        now = rewritten.read()
        change = BoxChange(slots=[now.slots[4]._replace(tag=tag(5))])
        assert rewritten.update(lambda _: change) == now.with_change(change) == rewritten.read()
        assert box_path.read_bytes() == bytes_of(now.with_change(change))

    @pytest.mark.skipif(os.name == "nt", reason="an open file keeps its place there")
    def test_the_old_file_is_overwritten_with_blanks(
        self, rewritten: BoxFile, box_path: Path
    ) -> None:
        with box_path.open("rb") as old:
            rewritten.update(lambda now: BoxChange(slots=[now.slots[4]._replace(tag=tag(5))]))
            assert not old.read().strip()

    def test_a_full_disk_leaves_it_as_it_is(
        self, rewritten: BoxFile, box_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = box_path.read_bytes()
        monkeypatch.setattr(platform, "write_all", _full)
        with pytest.raises(FileError, match="disk is full"):
            rewritten.update(lambda now: BoxChange(slots=[now.slots[4]._replace(tag=tag(5))]))
        assert box_path.read_bytes() == before
        assert not durable.temporary_path(box_path).exists()


def _full(*arguments: object) -> None:
    raise OSError(28, "No space left on device")


class TestFlushing:
    """Order matters: written under the lock, flushed after it, acknowledged last."""

    @pytest.fixture
    def steps(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        steps: list[str] = []

        def note(where: object, name: str, word: str) -> None:
            real = getattr(where, name)

            def call(*arguments: object, **named: object) -> object:
                steps.append(word)
                return real(*arguments, **named)

            monkeypatch.setattr(where, name, call)

        note(platform, "overwrite", "write")
        note(platform, "flush", "flush")
        note(platform, "flush_folder", "flush folder")
        note(filelock, "lock_descriptor", "lock")
        note(filelock, "unlock_descriptor", "unlock")
        return steps

    def test_an_update_is_flushed_once_after_the_lock_is_released(
        self, box: BoxFile, steps: list[str]
    ) -> None:
        now = box.read()
        steps.clear()
        box.update(lambda _: BoxChange(slots=now.slots[:2]))
        assert steps == ["lock", "write", "unlock", "flush"]

    def test_slots_are_written_before_their_ticket(
        self, box: BoxFile, steps: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now, real, starts = box.read(), platform.overwrite, list[int]()

        def noted(file: int, pieces: Sequence[tuple[int, bytes]]) -> None:
            starts.extend(offset for offset, _ in pieces)
            real(file, pieces)

        monkeypatch.setattr(platform, "overwrite", noted)
        steps.clear()
        box.update(lambda _: BoxChange([now.tickets[0]._replace(tag=tag(1))], now.slots[:2]))
        assert steps == ["lock", "write", "unlock", "flush"]
        assert starts[-1] == min(starts)  # the turns come first in the file

    def test_a_removal_flushes_the_folder_under_the_lock(
        self, box: BoxFile, steps: list[str]
    ) -> None:
        steps.clear()
        box.read_and_remove(lambda now: steps.append("use"))
        assert (steps[0], steps[-1]) == ("lock", "unlock")
        assert steps.index("use") < steps.index("flush folder")

    def test_a_creation_flushes_file_and_folder(
        self, file_vault: FileVault, steps: list[str]
    ) -> None:
        file_vault.box(2).create(sample_box(2))
        assert steps == ["lock", "flush", "flush folder", "unlock"]


@pytest.mark.skipif(os.name == "nt", reason="an open file keeps its name there")
def test_a_removed_box_is_overwritten_with_blanks(box: BoxFile, box_path: Path) -> None:
    with box_path.open("rb") as still_open:
        box.remove()
        left = still_open.read()
    assert left == b" " * len(left)
    assert left


def test_eight_programs_lose_nothing(
    group_path: Path, worker: "Callable[..., subprocess.Popen[str]]"
) -> None:
    programs, claims_each = 8, 12
    store = FileVault(group_path).box(1)
    store.create(sample_box(turns=programs * claims_each))
    running = [worker("claims", group_path, n * claims_each, claims_each) for n in range(programs)]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    acknowledged = [int(word) for process in running for word in process.communicate()[0].split()]
    box = store.read()
    marks = {tag(number) for number in range(programs * claims_each)}
    assert sorted(acknowledged) == list(range(programs * claims_each))
    assert {ticket.tag for ticket in box.tickets} == marks
    assert {(slot.tag, slot.row) for slot in box.slots if slot.tag} == {
        (tag(number), row(number)) for number in range(programs * claims_each)
    }


@pytest.mark.parametrize("after", [3, 11, 20])
def test_a_killed_writer_loses_no_acknowledged_cast(
    group_path: Path,
    box_path: Path,
    after: int,
    worker: "Callable[..., subprocess.Popen[str]]",
) -> None:
    store = FileVault(group_path).box(1)
    store.create(sample_box(turns=20, partners=10))
    size = box_path.stat().st_size
    writer = worker("rows", group_path)
    assert writer.stdout
    acknowledged = 0
    while acknowledged < after:
        acknowledged = int(writer.stdout.readline())
    writer.kill()
    # Not `communicate`, which loses the lines that `readline` has buffered.
    last = int((writer.stdout.read().split() or [acknowledged])[-1])
    assert {slot.row for slot in store.read().slots} <= {row(last), row(last + 1)}
    assert box_path.stat().st_size == size
    with TinyDB(box_path) as db:
        assert len(db.table("holes")) == 200


def test_a_box_read_while_it_is_written_is_never_half_written(
    group_path: Path, worker: "Callable[..., subprocess.Popen[str]]"
) -> None:
    store = FileVault(group_path).box(1)
    store.create(sample_box())
    writer = worker("rows", group_path)
    assert writer.stdout
    writer.stdout.readline()
    for _ in range(50):
        assert len({slot.row for slot in store.read().slots}) == 1


def test_the_layout_of_the_largest_round_fits() -> None:
    box = sorted_box(sample_box(turns=66, partners=60))
    assert len(bytes_of(box)) < 2 << 20
