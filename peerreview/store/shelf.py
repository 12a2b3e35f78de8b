"""A row of pigeonholes of one size: where each slot lies, and what may stand in it.

A slot is a power of two of at most 512 bytes and starts at a multiple of that: so no slot crosses
a sector, and none can tear. What it holds may change, never where it lies. Knows offsets and
bytes; must not know files.

Source: storage.md, "The box: fixed pigeonholes".
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from peerreview.store.slot import Kind, LayoutError, OtherLayoutError, T

SECTOR = 512
Read = Callable[[int, int], bytes]
"""Return some bytes of a file: offset, size."""


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """One table's slots, sorted by id: `start` and `size` of a slot in bytes, and how many."""

    kind: Kind[T]
    start: int
    size: int
    count: int

    @property
    def end(self) -> int:
        """The offset just behind the last slot."""
        return self.start + self.size * self.count

    def offset(self, place: int) -> int:
        """Return where a slot starts."""
        return self.start + self.size * place

    def slots(self, places: Sequence[int], items: Iterable[T]) -> bytes:
        """Return the bytes of the slots at `places`, one after the other, with `items` in them.

        Raises:
            LayoutError: One of the (checked) turns or holes is larger than its place.
        """
        size, wide = self.size, self.size - 1
        slots = self.kind.lines(items, wide)
        if max(map(len, slots), default=wide) != wide:
            raise LayoutError(f"a document doesn't fit into {size} bytes")
        if 0 in places:
            first = places.index(0)
            slots[first] = f" {slots[first][1:]}"
        return "\n".join([*slots, ""]).encode("ascii")

    def text(self, items: Sequence[T]) -> bytes:
        """Return the bytes of all slots, with `items` in them, sorted by id."""
        return self.slots(range(self.count), items)

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
        items = tuple(map(self.kind.made, found))
        numbers = [item.id for item in items]
        if numbers != sorted(set(numbers)):
            raise OtherLayoutError
        return items

    def over(self, items: Iterable[T], news: Iterable[T]) -> list[tuple[int, bytes]]:
        """Return what `pieces` does for some of all `items`, which are sorted by id."""
        places = {item.id: place for place, item in enumerate(items)}
        return self.pieces(places, tuple(news))

    def pieces(self, places: Mapping[int, int], items: Sequence[T]) -> list[tuple[int, bytes]]:
        """Return where the slots of `items` start, given their places by id, and their bytes.

        Raises:
            LayoutError: One is larger than its place.
        """
        found, size = [places[item.id] for item in items], self.size
        text = self.slots(found, items)
        return [
            (self.offset(place), text[n * size : (n + 1) * size]) for n, place in enumerate(found)
        ]

    def guessed(self, read: Read, seen: Sequence[T]) -> dict[int, int]:
        """Return the places, by id, of what was once seen if ids are even; a look may tell.

        Raises:
            OtherLayoutError: There are no ids where they should be.
        """
        least, most = self._id(read, 0), self._id(read, self.count - 1)
        share = (self.count - 1) / max(1, most - least)
        places = {item.id: round((item.id - least) * share) for item in seen}
        if not all(0 <= place < self.count for place in places.values()):
            raise OtherLayoutError
        return places

    def _id(self, read: Read, place: int) -> int:
        """Return the id in a slot, trusting nothing else in it."""
        slot = read(self.offset(place), self.size)
        try:
            return int(slot[2 : slot.index(b'"', 2)])
        except ValueError as error:
            raise OtherLayoutError from error
