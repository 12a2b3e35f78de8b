"""Five ways to keep a ballot box durably, behind the same two calls: one document, a whole cast.

Each engine works on a box of the same shape, and changes the same places in it.
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


def text(random: Random, size: int) -> str:
    return base64.b64encode(random.randbytes(size)).decode("ascii")


def sample_box(slots: int, seed: int = 1) -> Box:
    """A box of at least so many holes, with rows that look sealed, and `RATERS` codes drawn."""
    random, turns = Random(seed), -(-slots // PARTNERS)
    head = BoxHead(
        round_id="benchmark",
        number=1,
        public_key=text(random, 32),
        salt=text(random, 16),
        wraps=(WrappedKey(salt=text(random, 16), sealed=text(random, 72)),),
        partners=tuple(f"{number:016x}" for number in range(PARTNERS)),
        heads=turns,
        turns=turns,
        keepers=KeeperRule.ONE,
    )
    partners = [number for number in range(PARTNERS) for _ in range(turns)]
    random.shuffle(partners)
    holes_ = [
        Slot(number, partner, "", text(random, 112))
        for number, partner in zip(ids(random, len(partners)), partners, strict=True)
    ]
    box = Box(head, tuple(Ticket(id_, "", False) for id_ in ids(random, turns)), tuple(holes_))
    for rater in range(RATERS):
        box = box.with_change(_drawn(random, box, rater))
    return box


def ids(random: Random, count: int) -> list[int]:
    """As the ballot box makes them."""
    step = id_spacing(count)
    return [LOWEST_ID + place * step + random.randrange(step // 8) for place in range(count)]


def _drawn(random: Random, box: Box, rater: int) -> BoxChange:
    free: list[list[Slot]] = [[] for _ in box.head.partners]
    for hole in box.slots:
        if not hole.tag:
            free[hole.partner].append(hole)
    turn = random.choice([turn for turn in box.tickets if not turn.tag])
    slots = [random.choice(each)._replace(tag=tag(rater)) for each in free]
    return BoxChange([turn._replace(tag=tag(rater))], slots)


def tag(rater: int) -> str:
    return text(Random(f"tag {rater}"), 16)


def part_of(box: Box, rater: int) -> Box:
    """A rater's part of a box."""
    turns = tuple(turn for turn in box.tickets if turn.tag == tag(rater))
    return Box(box.head, turns, tuple(hole for hole in box.slots if hole.tag == tag(rater)))


class Engine(Protocol):
    """A box opened by one rater."""

    name: str

    def __init__(self, folder: Path, rater: int) -> None: ...

    @staticmethod
    def lay_out(folder: Path, box: Box) -> None:
        """Make the box."""
        ...

    def one(self, row: str) -> None:
        """Put one row durably."""
        ...

    def prepare(self, rows: Sequence[str]) -> None:
        """Get a ballot ready, with one (sealed) row for each partner; isn't measured."""
        ...

    def cast(self) -> None:
        """Put the ballot durably, all or nothing."""
        ...


class Ours:
    """The product: the very calls of a cast, without Argon2id and sealing."""

    name = "ours"

    def __init__(self, folder: Path, rater: int) -> None:
        vault = FileVault(folder / f"{self.name}.group.json", wait=60)
        path = folder / f"{self.name}.round-1.box.json"
        self._mine = part_of(vault.box(1).read(), rater)
        self._store = vault.box(1).prepare_part(self._mine)
        self._ballot, self._group = BoxChange(), vault.group
        self._file = platform.open_existing(path, write=True)
        read = partial(platform.read_at, self._file)
        shelf, turns = BoxLayout.from_file(read).tickets, self._mine.tickets
        self._down = shelf.expected_pieces(turns)

    @classmethod
    def lay_out(cls, folder: Path, box: Box) -> None:
        path = folder / f"{cls.name}.group.json"
        path.touch()
        FileVault(path).box(1).create(box)

    def one(self, row: str) -> None:
        self._take_note()
        first, *_ = self._mine.slots
        change = BoxChange(slots=[Slot(first.id, first.partner, first.tag, row)])
        seen = Box(self._mine.head, (), (first,))
        if self._store.update_if_unchanged(seen, change) != seen:
            raise RuntimeError("somebody else wrote into this rater's places")
        self._mine = self._mine.with_change(change)

    def _take_note(self) -> None:
        """Remember what the last cast put: the next call has to say what it saw."""
        self._mine, self._ballot = self._mine.with_change(self._ballot), BoxChange()

    def prepare(self, rows: Sequence[str]) -> None:
        """Seal; and take the flag down behind the store's back, so that this is a first cast."""
        platform.overwrite(self._file, self._down)
        self._take_note()
        self._ballot = BoxChange(
            slots=tuple(
                Slot(hole.id, hole.partner, hole.tag, row)
                for hole, row in zip(self._mine.slots, rows, strict=True)
            )
        )

    def cast(self) -> None:
        casting.hand_in(self._store, self._mine, self._ballot, False, self._group.read_version)


class Blind(Ours):
    """The least it takes in Python: lock, open, spell, overwrite, flush, and look at nothing."""

    name = "blind"

    def __init__(self, folder: Path, rater: int) -> None:
        super().__init__(folder, rater)
        self._lock, self._path = (
            Lock(folder / "blind.group.json"),
            folder / "blind.round-1.box.json",
        )
        self._layout, (turn,) = BoxLayout.for_box(self._mine), self._mine.tickets
        self._up = self._layout.tickets.expected_pieces([turn._replace(handed_in=True)])

    def one(self, row: str) -> None:
        self._put(self._layout.slots.expected_pieces([self._mine.slots[0]._replace(row=row)]))

    def cast(self) -> None:
        self._put(self._layout.slots.expected_pieces(tuple(self._ballot.slots)))
        self._put(self._up)

    def _put(self, pieces: list[tuple[int, bytes]]) -> None:
        with self._lock.held():
            file = platform.open_existing(self._path, write=True)
            platform.overwrite(file, pieces)
        platform.flush(file)
        os.close(file)


class Sqlite:
    """sqlite3, as durable: WAL, synchronous=FULL, one transaction; the connection stays open."""

    name = "sqlite"

    def __init__(self, folder: Path, rater: int) -> None:
        self._db = sqlite3.connect(folder / "box.sqlite", timeout=60, isolation_level=None)
        self._db.execute("pragma synchronous=full")
        found = self._db.execute("select id from holes where h = ? order by id", (tag(rater),))
        self._ids = [number for (number,) in found]

    @staticmethod
    def lay_out(folder: Path, box: Box) -> None:
        db = sqlite3.connect(folder / "box.sqlite")
        db.execute("pragma journal_mode=wal")
        db.execute("create table holes (id integer primary key, p integer, h text, b text)")
        rows = ((hole.id, hole.partner, hole.tag, hole.row) for hole in box.slots)
        db.executemany("insert into holes values (?, ?, ?, ?)", rows)
        db.commit()
        db.close()

    def one(self, row: str) -> None:
        self._db.execute("update holes set b = ? where id = ?", (row, self._ids[0]))

    def prepare(self, rows: Sequence[str]) -> None:
        self._ballot = list(zip(rows, self._ids, strict=True))

    def cast(self) -> None:
        self._db.execute("begin immediate")
        self._db.executemany("update holes set b = ? where id = ?", self._ballot)
        self._db.execute("commit")


class Stock:
    """Stock TinyDB: reads everything, writes everything."""

    name = "stock TinyDB"

    def __init__(self, folder: Path, rater: int) -> None:
        self._table = TinyDB(folder / "stock.json").table("holes", cache_size=0)
        found = self._table.search(lambda each: each["h"] == tag(rater))
        self._ids = [each.doc_id for each in found]

    @staticmethod
    def lay_out(folder: Path, box: Box) -> None:
        FileVault(folder / "stock.group.json").box(1).create(box)
        (folder / "stock.round-1.box.json").rename(folder / "stock.json")

    def one(self, row: str) -> None:
        self._table.update({"b": row}, doc_ids=self._ids[:1])

    def prepare(self, rows: Sequence[str]) -> None:
        self._ballot = rows

    def cast(self) -> None:
        left = iter(self._ballot)
        self._table.update(lambda document: document.update(b=next(left)), doc_ids=self._ids)


class Limit:
    """What the disk can do: the same slots overwritten bare and flushed, the flag and its flush."""

    name = "limit"

    def __init__(self, folder: Path, rater: int) -> None:
        self._file = platform.open_existing(folder / "limit.json", write=True)
        data = (folder / "limit.json").read_bytes()
        mark = tag(rater).encode("ascii")
        self._slots: list[tuple[int, int]] = []
        found = data.find(mark)
        while found >= 0:
            start = data.rfind(b"\n", 0, found) + 1
            self._slots.append((start, data.index(b"\n", found) + 1 - start))
            found = data.find(mark, found + 1)

    @staticmethod
    def lay_out(folder: Path, box: Box) -> None:
        FileVault(folder / "limit.group.json").box(1).create(box)
        (folder / "limit.round-1.box.json").rename(folder / "limit.json")

    def one(self, row: str) -> None:
        self._put(self._slots[1:2], row)

    def prepare(self, rows: Sequence[str]) -> None:
        self._ballot = rows[0]

    def cast(self) -> None:
        self._put(self._slots[1:], self._ballot)
        self._put(self._slots[:1], self._ballot)

    def two_flushes(self, row: str) -> None:
        """One slot overwritten and flushed, twice: the yardstick of a cast."""
        self.one(row)
        self.one(row)

    def _put(self, slots: Sequence[tuple[int, int]], row: str) -> None:
        for start, size in slots:
            os.pwrite(self._file, row.ljust(size)[:size].encode("ascii"), start)
        os.fdatasync(self._file)


ENGINES: tuple[type[Engine], ...] = (Ours, Blind, Sqlite, Stock, Limit)
