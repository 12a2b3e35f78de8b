"""Compare and swap, made ready before anybody waits: what has to stand, what comes over it.

Knows slots and their bytes; must not know files or locks.
"""

from dataclasses import dataclass

from peerreview.domain.box import Box, Change
from peerreview.store.box_layout import Layout
from peerreview.store.shelf import Read, Shelf
from peerreview.store.slot import OtherLayoutError, T


@dataclass(frozen=True, slots=True)
class Swap:
    """The bytes that have to stand in some slots of a layout, and those that come over them.

    Holes are swapped before turns.
    """

    layout: Layout
    stand: list[tuple[int, bytes]]
    over: list[tuple[int, bytes]]

    @classmethod
    def of(cls, layout: Layout, read: Read, seen: Box, change: Change) -> "Swap":
        """Return how to put `change` over what was `seen`; it touches nothing else.

        Raises:
            OtherLayoutError: It is the box of another round, or not as we lay one out.
        """
        if layout.head != seen.head:
            raise OtherLayoutError
        swap = cls(layout, [], [])
        swap._add(layout.holes, read, seen.holes, tuple(change.holes))
        swap._add(layout.turns, read, seen.turns, tuple(change.turns))
        return swap

    def _add(self, shelf: Shelf[T], read: Read, seen: tuple[T, ...], news: tuple[T, ...]) -> None:
        places = shelf.guessed(read, seen)
        self.stand.extend(shelf.pieces(places, seen))
        self.over.extend(shelf.pieces(places, news))

    def stands(self, read: Read) -> bool:
        """Tell whether everything stands, byte by byte, as it was seen."""
        return self.layout.holds(read) and all(
            read(offset, len(slot)) == slot for offset, slot in self.stand
        )
