"""Leaky variants: one component of the product replaced, for as long as a control is played.

The product has no switch for any of this. Knows where the components are; must not know games.
"""

import secrets
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from types import ModuleType, SimpleNamespace
from typing import Any

from nacl.public import PrivateKey, SealedBox

from peerreview.ballotbox import box, keeper, opening, words
from peerreview.ballotbox.key import TAG_BYTES, BallotKey, data, text
from peerreview.ballotbox.row import OpenedRow
from peerreview.domain.ballot import Row
from peerreview.domain.box import Box, Change, Hole
from peerreview.domain.release import Release
from peerreview.services import closing

Leak = Callable[[], AbstractContextManager[None]]
"""Returns a context within which the product leaks."""

Rewrite = Callable[[Hole, Hole, Row | None, bytes], str]
"""Returns what is stored: the place as it was, as it would be, the answers, 32 bytes a ballot."""

NOTHING: Leak = nullcontext


@contextmanager
def swapped(place: ModuleType | type, name: str, leaky: object) -> Iterator[None]:
    """Put a leaky component in the place of the product's, inside the block."""
    kept = getattr(place, name)
    setattr(place, name, leaky)
    try:
        yield
    finally:
        setattr(place, name, kept)


def both(*leaks: Leak) -> Leak:
    """Return several leaks as one."""

    @contextmanager
    def open_() -> Iterator[None]:
        with ExitStack() as stack:
            for leak in leaks:
                stack.enter_context(leak())
            yield

    return open_


def _storing(rewrite: Rewrite) -> AbstractContextManager[None]:
    """Let ballots be stored in another way."""
    fill = box.fill

    def leaky(found: Box, key: BallotKey, ballot: Mapping[str, Row | None]) -> Change:
        was, own = {hole.id: hole for hole in found.holes}, secrets.token_bytes(32)
        return Change(
            holes=[
                replace(
                    hole,
                    row=rewrite(
                        was[hole.id], hole, ballot[found.head.partners[hole.partner]], own
                    ),
                )
                for hole in fill(found, key, ballot).holes
            ]
        )

    return swapped(box, "fill", leaky)


def rows_in_the_clear() -> AbstractContextManager[None]:
    """Answers are stored as they are."""

    def rewrite(was: Hole, now: Hole, row: Row | None, own: bytes) -> str:
        plain = bytes(row.answers) if row else b""
        return b64encode(plain.ljust(len(data(now.row)), b"\0")).decode()

    return _storing(rewrite)


def rows_of_any_length() -> AbstractContextManager[None]:
    """Rows are sealed, but only as long as what they say."""

    def rewrite(was: Hole, now: Hole, row: Row | None, own: bytes) -> str:
        return now.row[: 100 if row else 60].ljust(len(now.row), "=")

    return _storing(rewrite)


def no_dummies() -> AbstractContextManager[None]:
    """Who doesn't know a partner leaves its place untouched."""
    return _storing(lambda was, now, row, own: now.row if row else was.row)


def one_nonce() -> AbstractContextManager[None]:
    """All rows of a ballot begin with the same ephemeral key."""

    def rewrite(was: Hole, now: Hole, row: Row | None, own: bytes) -> str:
        return text(own + data(now.row)[32:])

    return _storing(rewrite)


def names_on_places() -> AbstractContextManager[None]:
    """Every place of a rater begins with the same mark."""
    tag = BallotKey.hole_tag

    def named(key: BallotKey, partner: str) -> str:
        return text(key.secret[:12] + data(tag(key, partner))[:4])

    return swapped(BallotKey, "hole_tag", named)


def plain_append() -> AbstractContextManager[None]:
    """Whoever draws gets the first places that are free."""

    def first(places: list[object]) -> object:
        return places[0]

    leaky = SimpleNamespace(
        choice=first, randbelow=secrets.randbelow, SystemRandom=secrets.SystemRandom
    )
    return swapped(box, "secrets", leaky)


@contextmanager
def a_block_each() -> Iterator[None]:
    """The places of whoever draws lie side by side."""

    def in_blocks(count: int) -> list[int]:
        partners = next((each for each in (12, 1) if count % each == 0 and count > each * 2), 1)
        turns = count // partners
        return [10**15 + (n % turns) * partners + n // turns for n in range(count)]

    with plain_append(), swapped(box, "_random_ids", in_blocks):
        yield


def rows_in_order() -> AbstractContextManager[None]:
    """What is kept at the close depends on the order in which rows lay in the box."""
    pool = closing.tally

    def leaky(*given: Any) -> Release:
        release = pool(*given)
        first = next(row for rows in given[2].values() for row in rows)
        return release.evolve(give_cut=release.give_cut + first.answers[0] / 1e6)

    return swapped(closing, "tally", leaky)


def unchecked_rows() -> AbstractContextManager[None]:
    """A row counts whoever put it there."""
    check = opening.unseal

    def leaky(private: PrivateKey, hole: Hole) -> OpenedRow | None:
        if found := check(private, hole):
            return found
        plain = SealedBox(private).decrypt(data(hole.row))
        return OpenedRow(hole.partner, None) if plain[TAG_BYTES] == 0 else None

    return swapped(opening, "unseal", leaky)


def uncounted_hands() -> AbstractContextManager[None]:
    """The close goes on whatever the hands say."""
    return swapped(opening, "count", lambda box, hands: box.handed_in)


def one_check_word() -> AbstractContextManager[None]:
    """The words of the box are the same for every key."""
    return swapped(keeper, "check_words", lambda public_key: ("maple", "otter", "ridge"))


def same_receipt() -> AbstractContextManager[None]:
    """The receipt says nothing about what is stored."""
    return swapped(words, "fingerprint", lambda data, count: ("copper", "lantern", "ridge")[:count])


def endless_codes() -> AbstractContextManager[None]:
    """Anybody may draw, however many heads there are."""
    return swapped(Box, "drawn", 0)
