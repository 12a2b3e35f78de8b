"""A table of the box file: lines of one size, each of which holds a ticket or a slot.

The size of a line is a power of two of at most 512 bytes, and a line starts at a multiple of it.
So no line crosses a sector, and a power cut can't tear one. The content of a line may change, its
position never does. Must not know files.

Source: docs/design/storage.md, "The box file".
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic

from peerreview.domain.round.box import LOWEST_ID, id_spacing
from peerreview.store.box.line_format import ForeignLayoutError, LayoutError, LineFormat, T

SECTOR = 512
ReadBytes = Callable[[int, int], bytes]
"""Returns bytes of a file, from an offset and of a size."""
Pieces = list[tuple[int, bytes]]
"""Parts of a file: the offset of each, and its bytes."""


@dataclass(frozen=True, slots=True)
class LineTable(Generic[T]):
    """The lines of one table, sorted by id.

    Attributes:
        format: how a line is written.
        start: the offset of the first line in bytes.
        line_size: the size of a line in bytes.
        count: the number of lines.
    """

    format: LineFormat[T]
    start: int
    line_size: int
    count: int

    @property
    def end(self) -> int:
        """The offset behind the last line."""
        return self.start + self.line_size * self.count

    def to_bytes(self, items: Iterable[T]) -> bytes:
        """Return the bytes of all lines.

        Args:
            items: all tickets or slots, checked and sorted by id.

        Raises:
            LayoutError: One of them is larger than a line.
        """
        return b"".join([line for _, line in self.pieces_at(range(self.count), items)])

    def pieces_at(self, positions: Sequence[int], items: Iterable[T]) -> Pieces:
        """Return the offsets and bytes of the lines at `positions` with `items` in them.

        Raises:
            LayoutError: One of the (checked) tickets or slots is larger than a line.
        """
        if not positions:
            return []
        start, size = self.start, self.line_size
        lines = [line.encode() for line in self.format.to_lines(items, size)]
        if max(map(len, lines)) != size:
            raise LayoutError(f"a document doesn't fit into {size} bytes")
        return [  # the first line of a table has a blank where the others have a comma
            (start + size * position, line if position else b" " + line[1:])
            for position, line in zip(positions, lines, strict=True)
        ]

    def read_all(self, read: ReadBytes) -> tuple[T, ...]:
        """Return the tickets or slots in all lines.

        Raises:
            ForeignLayoutError: The bytes aren't exactly what this program would write.
        """
        count = self.count
        size = self.line_size
        text = read(self.start, size * count).decode("ascii", "replace")
        matches = self.format.pattern.findall(text)
        # As many matches and line breaks as lines: then nothing else stands in between.
        line_starts, line_ends = text[::size], text[size - 1 :: size]
        if (
            len(matches) != count
            or line_starts != " " + "," * (count - 1)
            or line_ends != "\n" * count
            or text.count("\n") != count
            or len(text) != size * count
        ):
            raise ForeignLayoutError
        items = self.format.from_matches(matches)
        ids = [item.id for item in items]
        if not all(map(int.__lt__, ids, ids[1:])):
            raise ForeignLayoutError
        return tuple(items)

    def pieces_to_overwrite(self, items: Iterable[T], changed: Iterable[T]) -> Pieces:
        """Return the offsets and bytes of the lines that hold `changed`.

        Args:
            items: all tickets or slots of the table, sorted by id.
            changed: new content for some of them.
        """
        positions = {item.id: n for n, item in enumerate(items)}
        changed = tuple(changed)
        return self.pieces_at([positions[item.id] for item in changed], changed)

    def expected_pieces(self, items: Iterable[T]) -> Pieces:
        """Return the offsets and bytes of `items` if their ids are spaced as `id_step` says.

        If they aren't, the offsets are wrong: the caller has to compare the file with the bytes.
        """
        count = self.count
        step = id_spacing(self.count)
        return self.pieces_at([(item.id - LOWEST_ID) // step % count for item in items], items)
