"""A row of pigeonholes of one size: where each slot lies, and what may stand in it.

A slot is a power of two of at most 512 bytes and starts at a multiple of that: so no slot crosses
a sector, and none can tear. What it holds may change, never where it lies. Knows offsets and
bytes; must not know files.

Source: storage.md, "The box: fixed pigeonholes".
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic

from peerreview.store.slot import Kind, LayoutError, OtherLayoutError, T

SECTOR = 512
MARKS = 2
"""Characters around a document: a comma before, a line break after."""
_GUESSES = 8  # by proportion; then by halves, whatever the ids

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

    def put(self, place: int, item: T) -> tuple[int, bytes]:
        """Return where the slot at `place` starts, and its bytes with `item` in it.

        Raises:
            LayoutError: It is larger than its place.
        """
        return self.start + self.size * place, self.slot(place, item)

    def slot(self, place: int, item: T) -> bytes:
        """Return the bytes of the slot at `place`, with a (checked) turn or hole in it.

        Raises:
            LayoutError: It is larger than its place.
        """
        slot = f"{',' if place else ' '}{self.kind.line(item):<{self.size - MARKS}}\n"
        if len(slot) != self.size:
            raise LayoutError(f"a document of {len(slot)} characters for {self.size} bytes")
        return slot.encode("ascii")

    def text(self, items: Iterable[T]) -> bytes:
        """Return the bytes of all slots, with `items` in them, sorted by id."""
        return b"".join(self.slot(place, item) for place, item in enumerate(items))

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

    def look(self, read: Read, numbers: Sequence[int]) -> tuple[list[int], tuple[T, ...]]:
        """Return the places of ascending ids, and what stands there.

        Raises:
            OtherLayoutError: One isn't there, or a slot isn't as we would write it.
        """
        if not numbers:
            return [], ()
        least, most = self._id(read, 0), self._id(read, self.count - 1)
        share = (self.count - 1) / max(1, most - least)
        places = [round((number - least) * share) for number in numbers]
        items = self._try(read, places)
        if [item.id for item in items] != numbers:  # ids laid out by another version aren't even
            places = [self._search(read, number, least, most) for number in numbers]
            items = self._try(read, places)
        if [item.id for item in items] != numbers:
            raise OtherLayoutError
        return places, items

    def _try(self, read: Read, places: Sequence[int]) -> tuple[T, ...]:
        start, size = self.start, self.size
        if places != sorted(set(places)) or places[0] < 0 or places[-1] >= self.count:
            return ()
        return self.items(b"".join([read(start + size * place, size) for place in places]), places)

    def _search(self, read: Read, number: int, least: int, most: int) -> int:
        """Return the place of an id: guess by proportion between the ids known, then by halves."""
        low, high, guesses = 0, self.count - 1, 0
        while low <= high and least <= number <= most:
            guesses += 1
            if guesses > _GUESSES or least == most:
                place = (low + high) // 2
            else:
                place = low + round((number - least) * (high - low) / (most - least))
            here = self._id(read, place)
            if here == number:
                return place
            if here < number:
                low, least = place + 1, here
            else:
                high, most = place - 1, here
        raise OtherLayoutError

    def _id(self, read: Read, place: int) -> int:
        """Return the id in a slot, trusting nothing else in it."""
        slot = read(self.offset(place), self.size)
        try:
            return int(slot[2 : slot.index(b'"', 2)])
        except ValueError as error:
            raise OtherLayoutError from error
