"""A row of pigeonholes of one size: where each slot lies, and what may stand in it.

A slot is a power of two of at most 512 bytes and starts at a multiple of that: so no slot crosses
a sector, and none can tear. What it holds may change, never where it lies. Knows offsets and
bytes; must not know files.

Source: storage.md, "The box: fixed pigeonholes".
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
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
        return self.items(read(self.start, self.size * self.count), range(self.count))

    def over(self, read: Read, items: Iterable[T]) -> list[tuple[int, bytes]]:
        """Return where the slots of `items` start, as they lie in the file, and their bytes.

        Raises:
            LayoutError: One is larger than its place.
            OtherLayoutError: One isn't there, or a slot isn't as we would write it.
        """
        items = sorted(items, key=lambda item: item.id)
        return self.pieces(self.look(read, items)[0], items)

    def pieces(self, places: Sequence[int], items: Sequence[T]) -> list[tuple[int, bytes]]:
        """Return where the slots at `places` start, and their bytes with `items` in them.

        Raises:
            LayoutError: One is larger than its place.
        """
        text, size = self.slots(places, items), self.size
        starts = range(0, len(text), size)
        start = self.start
        return [(start + size * p, text[n : n + size]) for p, n in zip(places, starts, strict=True)]

    def items(self, slots: bytes, places: Sequence[int]) -> tuple[T, ...]:
        """Return what stands in the slots of ascending `places`, given their bytes.

        Raises:
            OtherLayoutError: They aren't, byte by byte, what we would write, sorted by id.
        """
        count, size = len(places), self.size
        text = slots.decode("ascii", "replace")
        found = self.kind.pattern.findall(text)
        marks = (" " if 0 in places else ",") + "," * (count - 1) if count else ""
        ends = text[size - 1 :: size], text.count("\n"), len(text)
        # One match a line and one line a slot: then nothing stands in between.
        if (
            len(found) != count
            or text[::size] != marks
            or ends != ("\n" * count, count, size * count)
        ):
            raise OtherLayoutError
        items = tuple(map(self.kind.made, found))
        numbers = [item.id for item in items]
        if numbers != sorted(set(numbers)):
            raise OtherLayoutError
        return items

    def look(self, read: Read, seen: Sequence[T]) -> tuple[list[int], tuple[T, ...]]:
        """Return the places of what was once seen, sorted by id, and what stands there now.

        Raises:
            OtherLayoutError: One isn't there, or a slot isn't as we would write it.
        """
        if not seen:
            return [], ()
        id_at, every = partial(self._id, read), range(self.count)
        # Ids laid out by another version aren't even, and have to be searched.
        searched = (bisect_left(every, item.id, key=id_at) for item in seen)
        for places in map(list, (self.guessed(read, seen), searched)):
            if items := self._still(read, places, seen):
                return places, items
        raise OtherLayoutError

    def guessed(self, read: Read, seen: Sequence[T]) -> list[int]:
        """Return the places of what was once seen, if ids are even; what stands there may tell."""
        if not seen:
            return []
        least, most = self._id(read, 0), self._id(read, self.count - 1)
        share = (self.count - 1) / max(1, most - least)
        return [round((item.id - least) * share) for item in seen]

    def at(self, read: Read, places: Sequence[int]) -> bytes:
        """Return the bytes of the slots at ascending places; nothing if they aren't places."""
        if places != sorted(set(places)) or (
            places and not 0 <= places[0] <= places[-1] < self.count
        ):
            return b""
        start, size = self.start, self.size
        return b"".join([read(start + size * place, size) for place in places])

    def _still(self, read: Read, places: Sequence[int], seen: Sequence[T]) -> tuple[T, ...]:
        """Return what stands at ascending places, or nothing if it isn't what is looked for."""
        if not (slots := self.at(read, places)):
            return ()
        items = self.items(slots, places)
        same = [item.id for item in items] == [item.id for item in seen]
        return items if same else ()

    def _id(self, read: Read, place: int) -> int:
        """Return the id in a slot, trusting nothing else in it."""
        slot = read(self.offset(place), self.size)
        try:
            return int(slot[2 : slot.index(b'"', 2)])
        except ValueError as error:
            raise OtherLayoutError from error
