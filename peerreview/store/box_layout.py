"""Fixed pigeonholes: where every document of a ballot box lies in its file, byte by byte.

A slot has one size for all of its table, a power of two of at most 512 bytes, and starts at a
multiple of it: so no slot crosses a sector, and none can tear. What it holds may change, never
where it lies. Knows documents and offsets; must not know files.

Source: storage.md, "The box: fixed pigeonholes".
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from peerreview.store.box_documents import TAG_LENGTH, LayoutError
from peerreview.store.migration import BOX
from peerreview.store.tables import Document, Tables

SECTOR = 512

_BETWEEN, _END = b'},"holes":{', b"}}\n"
_ROOM = {"p": 999, "h": "=" * TAG_LENGTH, "in": False}
_MARKS = 2  # a comma before, a line break after


def _turn(number: str, turn: Mapping[str, Any]) -> str:
    return f'"{number}":{{"h":"{turn["h"]}","in":{"true" if turn["in"] else "false"}}}'


def _hole(number: str, hole: Mapping[str, Any]) -> str:
    return f'"{number}":{{"p":{hole["p"]},"h":"{hole["h"]}","b":"{hole["b"]}"}}'


@dataclass(frozen=True, slots=True)
class Shelf:
    """One table's slots: `start` and `size` in bytes, and the place of each document."""

    start: int
    size: int
    places: Mapping[str, int]
    line: Callable[[str, Mapping[str, Any]], str]

    @property
    def end(self) -> int:
        """The offset just behind the last slot."""
        return self.start + self.size * len(self.places)

    def slot(self, number: str, document: Mapping[str, Any]) -> tuple[int, bytes]:
        """Return where the slot of a (checked) document starts, and its bytes.

        Raises:
            LayoutError: It has no place, or is larger than its place.
        """
        place = self.places.get(number)
        if place is None:
            raise LayoutError(f"there is no place for document {number}")
        line = ("," if place else " ") + self.line(number, document)
        if len(line) >= self.size:
            raise LayoutError(f"document {number} doesn't fit into {self.size} bytes")
        return self.start + self.size * place, f"{line:<{self.size - 1}}\n".encode("ascii")

    def slots(self, table: Mapping[str, Document]) -> list[bytes]:
        """Return the bytes of all slots, in their places."""
        return [self.slot(number, table[number])[1] for number in self.places]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything lies; the same for a box as long as it lives, whatever it holds."""

    head: bytes
    shelves: Mapping[str, Shelf]

    @classmethod
    def of(cls, tables: Tables) -> "Layout":
        """Return the layout of the (checked) box in `tables`.

        Raises:
            LayoutError: A document is larger than a sector.
        """
        round_ = json.dumps(BOX.stamped(tables)["round"], separators=(",", ":"))
        head = f'{{"round":{round_},"turns":{{'.encode("ascii")
        turns = _shelf(_turn, tables["turns"], _aligned(len(head) + 1))
        between = _aligned(turns.end + len(_BETWEEN) + 1)
        holes = _shelf(_hole, tables["holes"], between)
        return cls(head, {"turns": turns, "holes": holes})

    def text(self, tables: Tables) -> bytes:
        """Return the bytes of the whole file."""
        turns, holes = self.shelves["turns"], self.shelves["holes"]
        return b"".join(
            (
                self.head.ljust(turns.start - 1) + b"\n",
                *turns.slots(tables["turns"]),
                _BETWEEN.ljust(holes.start - turns.end - 1) + b"\n",
                *holes.slots(tables["holes"]),
                _END,
            )
        )


def _shelf(
    line: Callable[[str, Mapping[str, Any]], str], table: Mapping[str, Document], start: int
) -> Shelf:
    """Return the shelf of a table, every slot with room for the widest that may come.

    Rows are all of one length, so any document is the measure, with the longest of numbers.
    """
    measure = {**next(iter(table.values()), {"b": ""}), **_ROOM}
    widest = len(line(max(table, key=len, default=""), measure))
    size = 1 << (widest + _MARKS - 1).bit_length()
    if size > SECTOR:
        raise LayoutError(f"a document of {widest} characters is larger than a sector")
    numbers = sorted(table, key=int)
    return Shelf(start, size, {number: place for place, number in enumerate(numbers)}, line)


def _aligned(offset: int) -> int:
    return -(-offset // SECTOR) * SECTOR
