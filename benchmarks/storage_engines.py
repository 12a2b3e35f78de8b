"""Five ways to store a ballot box durably, with the same two calls: one row, or a whole cast.

All engines work on a box of the same shape and change the same slots in it.
"""

import base64
import os
import sqlite3
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Protocol

from tinydb import TinyDB

from peerreview.domain.round.box import (
    LOWEST_ID,
    Box,
    BoxChange,
    BoxHead,
    Slot,
    Ticket,
    WrappedKey,
    id_spacing,
)
from peerreview.domain.round.round import KeeperRule
from peerreview.services import casting
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.disk import platform
from peerreview.store.disk.lock import Lock
from peerreview.store.vault import FileVault

PARTNERS = 60
RATERS = 8


def random_text(random: Random, size: int) -> str:
    """Return so many random bytes in base64."""
    return base64.b64encode(random.randbytes(size)).decode("ascii")


def sample_box(slots: int, seed: int = 1) -> Box:
    """Return a box with at least so many slots, rows that look sealed, and `RATERS` codes drawn."""
    random, ticket_count = Random(seed), -(-slots // PARTNERS)
    head = BoxHead(
        round_id="benchmark",
        number=1,
        public_key=random_text(random, 32),
        salt=random_text(random, 16),
        wraps=(WrappedKey(salt=random_text(random, 16), sealed=random_text(random, 72)),),
        partners=tuple(f"{number:016x}" for number in range(PARTNERS)),
        heads=ticket_count,
        turns=ticket_count,
        keepers=KeeperRule.ONE,
    )
    partners = [number for number in range(PARTNERS) for _ in range(ticket_count)]
    random.shuffle(partners)
    sample_slots = [
        Slot(number, partner, "", random_text(random, 112))
        for number, partner in zip(random_ids(random, len(partners)), partners, strict=True)
    ]
    box = Box(
        head,
        tuple(Ticket(id_, "", False) for id_ in random_ids(random, ticket_count)),
        tuple(sample_slots),
    )
    for rater in range(RATERS):
        box = box.with_change(_draw_code(random, box, rater))
    return box


def random_ids(random: Random, count: int) -> list[int]:
    """Return random ids as the ballot box makes them."""
    step = id_spacing(count)
    return [LOWEST_ID + place * step + random.randrange(step // 8) for place in range(count)]


def _draw_code(random: Random, box: Box, rater: int) -> BoxChange:
    """Claim a free ticket and a free slot for each partner."""
    free: list[list[Slot]] = [[] for _ in box.head.partners]
    for slot in box.slots:
        if not slot.tag:
            free[slot.partner].append(slot)
    ticket = random.choice([ticket for ticket in box.tickets if not ticket.tag])
    slots = [random.choice(choices)._replace(tag=rater_tag(rater)) for choices in free]
    return BoxChange([ticket._replace(tag=rater_tag(rater))], slots)


def rater_tag(rater: int) -> str:
    """Return the tag of all slots and of the ticket of a rater."""
    return random_text(Random(f"tag {rater}"), 16)


def part_of(box: Box, rater: int) -> Box:
    """Return a rater's part of a box."""
    tickets = tuple(ticket for ticket in box.tickets if ticket.tag == rater_tag(rater))
    return Box(box.head, tickets, tuple(slot for slot in box.slots if slot.tag == rater_tag(rater)))


class Engine(Protocol):
    """A box that one rater has opened."""

    name: str

    def __init__(self, folder: Path, rater: int) -> None: ...

    @staticmethod
    def lay_out(folder: Path, box: Box) -> None:
        """Create the file."""
        ...

    def write_row(self, row: str) -> None:
        """Write one row durably."""
        ...

    def prepare(self, rows: Sequence[str]) -> None:
        """Prepare a ballot with one (sealed) row for each partner; this isn't measured."""
        ...

    def cast(self) -> None:
        """Write the ballot durably, all or nothing."""
        ...


class Ours:
    """The product: the calls of a cast, without Argon2id and sealing."""

    name = "ours"

    def __init__(self, folder: Path, rater: int) -> None:
        vault = FileVault(folder / f"{self.name}.group.json", wait=60)
        path = folder / f"{self.name}.round-1.box.json"
        self._own_part = part_of(vault.box(1).read(), rater)
        self._store = vault.box(1).prepare_part(self._own_part)
        self._ballot, self._group = BoxChange(), vault.group
        self._file = platform.open_existing(path, write=True)
        read = partial(platform.read_at, self._file)
        layout = BoxLayout.from_file(read)
        self._not_handed_in = layout.tickets.expected_pieces(self._own_part.tickets)

    @classmethod
    def lay_out(cls, folder: Path, box: Box) -> None:
        path = folder / f"{cls.name}.group.json"
        path.touch()
        FileVault(path).box(1).create(box)

    def write_row(self, row: str) -> None:
        self._update_own_part()
        first, *_ = self._own_part.slots
        change = BoxChange(slots=[Slot(first.id, first.partner, first.tag, row)])
        expected = Box(self._own_part.head, (), (first,))
        if self._store.update_if_unchanged(expected, change) != expected:
            raise RuntimeError("somebody else wrote into this rater's slots")
        self._own_part = self._own_part.with_change(change)

    def _update_own_part(self) -> None:
        """Remember what the last cast wrote: the next call compares it with the file."""
        self._own_part, self._ballot = self._own_part.with_change(self._ballot), BoxChange()

    def prepare(self, rows: Sequence[str]) -> None:
        """Prepare the ballot, and reset the ticket in the file, so that this is a first cast."""
        platform.overwrite(self._file, self._not_handed_in)
        self._update_own_part()
        self._ballot = BoxChange(
            slots=tuple(
                Slot(slot.id, slot.partner, slot.tag, row)
                for slot, row in zip(self._own_part.slots, rows, strict=True)
            )
        )

    def cast(self) -> None:
        casting.hand_in(self._store, self._own_part, self._ballot, False, self._group.read_version)


class Blind(Ours):
    """The least that Python needs: lock, open, encode, overwrite, flush, and compare nothing."""

    name = "blind"

    def __init__(self, folder: Path, rater: int) -> None:
        super().__init__(folder, rater)
        self._lock, self._path = (
            Lock(folder / "blind.group.json"),
            folder / "blind.round-1.box.json",
        )
        self._layout, (ticket,) = BoxLayout.for_box(self._own_part), self._own_part.tickets
        self._handed_in = self._layout.tickets.expected_pieces([ticket._replace(handed_in=True)])

    def write_row(self, row: str) -> None:
        self._write(self._layout.slots.expected_pieces([self._own_part.slots[0]._replace(row=row)]))

    def cast(self) -> None:
        self._write(self._layout.slots.expected_pieces(tuple(self._ballot.slots)))
        self._write(self._handed_in)

    def _write(self, pieces: list[tuple[int, bytes]]) -> None:
        with self._lock.held():
            file = platform.open_existing(self._path, write=True)
            platform.overwrite(file, pieces)
        platform.flush(file)
        os.close(file)


class Sqlite:
    """sqlite3 with the same durability: WAL, synchronous=FULL, one transaction, one connection."""

    name = "sqlite"

    def __init__(self, folder: Path, rater: int) -> None:
        self._db = sqlite3.connect(folder / "box.sqlite", timeout=60, isolation_level=None)
        self._db.execute("pragma synchronous=full")
        rows = self._db.execute(
            "select id from slots where tag = ? order by id", (rater_tag(rater),)
        )
        self._ids = [number for (number,) in rows]

    @staticmethod
    def lay_out(folder: Path, box: Box) -> None:
        db = sqlite3.connect(folder / "box.sqlite")
        db.execute("pragma journal_mode=wal")
        db.execute(
            "create table slots (id integer primary key, partner integer, tag text, row text)"
        )
        rows = ((slot.id, slot.partner, slot.tag, slot.row) for slot in box.slots)
        db.executemany("insert into slots values (?, ?, ?, ?)", rows)
        db.commit()
        db.close()

    def write_row(self, row: str) -> None:
        self._db.execute("update slots set row = ? where id = ?", (row, self._ids[0]))

    def prepare(self, rows: Sequence[str]) -> None:
        self._ballot = list(zip(rows, self._ids, strict=True))

    def cast(self) -> None:
        self._db.execute("begin immediate")
        self._db.executemany("update slots set row = ? where id = ?", self._ballot)
        self._db.execute("commit")


class Stock:
    """Stock TinyDB: every call reads everything and writes everything."""

    name = "stock TinyDB"

    def __init__(self, folder: Path, rater: int) -> None:
        self._table = TinyDB(folder / "stock.json").table("holes", cache_size=0)
        documents = self._table.search(lambda document: document["h"] == rater_tag(rater))
        self._ids = [document.doc_id for document in documents]

    @staticmethod
    def lay_out(folder: Path, box: Box) -> None:
        FileVault(folder / "stock.group.json").box(1).create(box)
        (folder / "stock.round-1.box.json").rename(folder / "stock.json")

    def write_row(self, row: str) -> None:
        self._table.update({"b": row}, doc_ids=self._ids[:1])

    def prepare(self, rows: Sequence[str]) -> None:
        self._ballot = rows

    def cast(self) -> None:
        left = iter(self._ballot)
        self._table.update(lambda document: document.update(b=next(left)), doc_ids=self._ids)


class Limit:
    """The limit of the disk: overwrite the same lines and flush, without any other work."""

    name = "limit"

    def __init__(self, folder: Path, rater: int) -> None:
        self._file = platform.open_existing(folder / "limit.json", write=True)
        data = (folder / "limit.json").read_bytes()
        mark = rater_tag(rater).encode("ascii")
        self._lines: list[tuple[int, int]] = []
        position = data.find(mark)
        while position >= 0:
            start = data.rfind(b"\n", 0, position) + 1
            self._lines.append((start, data.index(b"\n", position) + 1 - start))
            position = data.find(mark, position + 1)

    @staticmethod
    def lay_out(folder: Path, box: Box) -> None:
        FileVault(folder / "limit.group.json").box(1).create(box)
        (folder / "limit.round-1.box.json").rename(folder / "limit.json")

    def write_row(self, row: str) -> None:
        self._write(self._lines[1:2], row)

    def prepare(self, rows: Sequence[str]) -> None:
        self._ballot = rows[0]

    def cast(self) -> None:
        self._write(self._lines[1:], self._ballot)
        self._write(self._lines[:1], self._ballot)

    def two_flushes(self, row: str) -> None:
        """Overwrite and flush one line twice: the least that a cast needs."""
        self.write_row(row)
        self.write_row(row)

    def _write(self, lines: Sequence[tuple[int, int]], row: str) -> None:
        for start, size in lines:
            os.pwrite(self._file, row.ljust(size)[:size].encode("ascii"), start)
        os.fdatasync(self._file)


ENGINES: tuple[type[Engine], ...] = (Ours, Blind, Sqlite, Stock, Limit)
