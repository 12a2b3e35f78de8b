"""Leaky variants: one component replaced, for as long as a control is played; here: what is stored.

The product has no switch for any of this. Knows where the components are; must not know games.
"""

import secrets
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from operator import itemgetter
from time import time_ns
from types import ModuleType, SimpleNamespace
from typing import Any

from nacl.secret import SecretBox

from peerreview.ballotbox import box, words
from peerreview.ballotbox.key import BallotKey, data, text
from peerreview.ballotbox.row import PLAIN_BYTES
from peerreview.domain.rating.ballot import Row
from peerreview.domain.round.box import Box, Change, Slot

Rewrite = Callable[[Slot, Slot, Row | None, bytes], str]
"""Returns what is stored: the place as it was, as it would be, the answers, the code's 32 bytes."""

_SEALED = PLAIN_BYTES + 48
_OVERHEAD = 40
"""In bytes: a sealed row, and what sealing under a code would add."""


@contextmanager
def swapped(place: ModuleType | type, name: str, leaky: Any) -> Generator[None]:
    """Put a leaky component in the place of the product's, inside the block."""
    kept = getattr(place, name)
    setattr(place, name, leaky)
    try:
        yield
    finally:
        setattr(place, name, kept)


def always(value: Any) -> Callable[..., Any]:
    """Return what answers the same whatever it is asked."""

    def answer(*_: object) -> Any:
        return value

    return answer


def storing(rewrite: Rewrite) -> AbstractContextManager[None]:
    """Let ballots be stored in another way."""
    fill = box.fill

    def leaky(found: Box, key: BallotKey, ballot: Mapping[str, Row | None]) -> Change:
        was = {hole.id: hole for hole in found.slots}
        return Change(
            slots=[
                hole._replace(
                    row=rewrite(
                        was[hole.id], hole, ballot[found.head.partners[hole.partner]], key.secret
                    ),
                )
                for hole in fill(found, key, ballot).slots
            ]
        )

    return swapped(box, "fill", leaky)


def _plain(row: Row | None) -> bytes:
    return bytes(row.answers) if row else b""


def rows_in_the_clear() -> AbstractContextManager[None]:
    """Answers are stored as they are."""
    return storing(lambda was, now, row, own: text(_plain(row).ljust(_SEALED, b"\0")))


def rows_of_any_length() -> AbstractContextManager[None]:
    """Rows are sealed, but only as long as what they say."""
    return storing(
        lambda was, now, row, own: now.row[: 100 if row else 60].ljust(len(now.row), "=")
    )


def no_dummies() -> AbstractContextManager[None]:
    """Who doesn't know a partner leaves its place untouched."""
    return storing(lambda was, now, row, own: now.row if row else was.row)


def one_nonce() -> AbstractContextManager[None]:
    """All rows of a code begin with the same ephemeral key."""
    return storing(lambda was, now, row, own: text(own + data(now.row)[32:]))


def times_on_places() -> AbstractContextManager[None]:
    """Every row begins with the moment it was written."""
    return storing(
        lambda was, now, row, own: text(time_ns().to_bytes(8, "big") + data(now.row)[8:])
    )


def own_copies() -> AbstractContextManager[None]:
    """What is stored opens with the code, so that a ballot can be shown again."""
    return storing(
        lambda was, now, row, own: text(
            bytes(SecretBox(own).encrypt(_plain(row).ljust(_SEALED - _OVERHEAD, b"\0")))
        )
    )


def empty_places() -> AbstractContextManager[None]:
    """Places lie empty until a ballot is put in."""
    return swapped(box, "noise", always(text(bytes(_SEALED))))


def one_word_codes() -> AbstractContextManager[None]:
    """A code is one word, said four times."""
    return swapped(box, "new_code", lambda: words.random_words(1) * words.CODE_WORDS)


def names_on_places() -> AbstractContextManager[None]:
    """Every place of a rater begins with the same mark."""
    tag = BallotKey.hole_tag

    def named(key: BallotKey, partner: str) -> str:
        return text(key.secret[:12] + data(tag(key, partner))[-4:])

    return swapped(BallotKey, "hole_tag", named)


def plain_append() -> AbstractContextManager[None]:
    """Whoever draws gets the first places that are free."""
    leaky = SimpleNamespace(
        choice=itemgetter(0), randbelow=secrets.randbelow, SystemRandom=secrets.SystemRandom
    )
    return swapped(box, "secrets", leaky)


@contextmanager
def a_block_each() -> Generator[None]:
    """The places of whoever draws lie side by side."""

    def in_blocks(count: int) -> list[int]:
        partners = next((each for each in (12, 1) if count % each == 0 and count > each * 2), 1)
        turns = count // partners
        return [10**15 + (n % turns) * partners + n // turns for n in range(count)]

    with plain_append(), swapped(box, "_random_ids", in_blocks):
        yield
