"""A row of pigeonholes of one size: where each slot lies, and what may stand in it.

A slot is a power of two of at most 512 bytes and starts at a multiple of that: so no slot crosses
a sector, and none can tear. What it holds may change, never where it lies. Knows offsets and
bytes; must not know files.

Source: docs/design/storage.md, "The box file".
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic

from peerreview.domain.round.box import LEAST_ID, id_step
from peerreview.store.box.slot_format import LayoutError, OtherLayoutError, SlotFormat, T

SECTOR = 512
Read = Callable[[int, int], bytes]
"""Return some bytes of a file: offset, size."""
Pieces = list[tuple[int, bytes]]
"""Some bytes of a file: offset, what stands there."""


@dataclass(frozen=True, slots=True)
class SlotArray(Generic[T]):
    """One table's slots, sorted by id: `start` and `size` of a slot in bytes, and how many."""

    kind: SlotFormat[T]
    start: int
    size: int
    count: int

    @property
    def end(self) -> int:
        """The offset just behind the last slot."""
        return self.start + self.size * self.count

    def text(self, items: Iterable[T]) -> bytes:
        """Return the bytes of all slots, with `items` in them, sorted by id.

        Raises:
            LayoutError: One of the (checked) turns or holes is larger than its place.
        """
        return b"".join([slot for _, slot in self.pieces(range(self.count), items)])

    def pieces(self, places: Sequence[int], items: Iterable[T]) -> Pieces:
        """Return where the slots at `places` start, and their bytes with `items` in them.

        Raises:
            LayoutError: One of the (checked) turns or holes is larger than its place.
        """
        if not places:
            return []
        start, size = self.start, self.size
        slots = list(map(str.encode, self.kind.lines(items, size)))
        if max(map(len, slots)) != size:
            raise LayoutError(f"a document doesn't fit into {size} bytes")
        return [
            (start + size * place, slot if place else b" " + slot[1:])
            for place, slot in zip(places, slots, strict=True)
        ]

    def all(self, read: Read) -> tuple[T, ...]:
        """Return what stands in all slots.

        Raises:
            OtherLayoutError: They aren't, byte by byte, what we would write, sorted by id.
        """
        count, size = self.count, self.size
        text = read(self.start, size * count).decode("ascii", "replace")
        found = self.kind.pattern.findall(text)
        seams = text[::size], text[size - 1 :: size], text.count("\n"), len(text)
        # One match a line and one line a slot: then nothing stands in between.
        ours = " " + "," * (count - 1), "\n" * count, count, size * count
        if len(found) != count or seams != ours:
            raise OtherLayoutError
        items = self.kind.made(found)
        numbers = [item.id for item in items]
        if not all(map(int.__lt__, numbers, numbers[1:])):
            raise OtherLayoutError
        return tuple(items)

    def over(self, items: Iterable[T], news: Iterable[T]) -> Pieces:
        """Return what `pieces` does for some of all `items`, which are sorted by id."""
        places, news = {item.id: place for place, item in enumerate(items)}, tuple(news)
        return self.pieces([places[item.id] for item in news], news)

    def guessed(self, items: Iterable[T]) -> Pieces:
        """Return what `pieces` does, if ids are spaced as `id_step` says; a look may tell."""
        count, step = self.count, id_step(self.count)
        return self.pieces([(item.id - LEAST_ID) // step % count for item in items], items)
