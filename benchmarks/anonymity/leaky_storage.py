"""Leaky variants of the storage: inside a block, one component of the product is replaced.

The product has no setting for any of this. This module may know the components of the product, but
no games.
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
from peerreview.ballotbox.key import BallotKey, from_base64, to_base64
from peerreview.ballotbox.row import PLAIN_BYTES
from peerreview.domain.rating.ballot import Row
from peerreview.domain.round.box import Box, BoxChange, Slot

Rewrite = Callable[[Slot, Slot, Row | None, bytes], str]
"""Returns the text to store; gets the old slot, the new slot, the row and the key of the code."""

_SEALED = PLAIN_BYTES + 48
_OVERHEAD = 40
"""The bytes of a sealed row, and the bytes that sealing with a code would add."""


@contextmanager
def replaced(owner: ModuleType | type, name: str, replacement: Any) -> Generator[None]:
    """Replace a component of the product inside the block.

    Raises:
        LookupError: The owner has no component of that name: the leak would change nothing.
    """
    if not hasattr(owner, name):
        raise LookupError(f"{owner.__name__} has no {name!r} to replace: was it renamed?")
    original = getattr(owner, name)
    setattr(owner, name, replacement)
    try:
        yield
    finally:
        setattr(owner, name, original)


def always(value: Any) -> Callable[..., Any]:
    """Return a function that returns `value` whatever its arguments are."""

    def answer(*_: object) -> Any:
        return value

    return answer


def rewriting_rows(rewrite: Rewrite) -> AbstractContextManager[None]:
    """Store the texts that `rewrite` returns instead of those of the product."""
    seal_ballot = box.seal_ballot

    def leaky_seal(full_box: Box, key: BallotKey, ballot: Mapping[str, Row | None]) -> BoxChange:
        before = {slot.id: slot for slot in full_box.slots}

        def leaky_slot(slot: Slot) -> Slot:
            row = ballot[full_box.head.partners[slot.partner]]
            return slot._replace(row=rewrite(before[slot.id], slot, row, key.secret))

        return BoxChange(
            slots=[leaky_slot(slot) for slot in seal_ballot(full_box, key, ballot).slots]
        )

    return replaced(box, "seal_ballot", leaky_seal)


def _plain(row: Row | None) -> bytes:
    return bytes(row.answers) if row else b""


def rows_in_the_clear() -> AbstractContextManager[None]:
    """Answers are stored as they are."""
    return rewriting_rows(
        lambda old, new, row, secret: to_base64(_plain(row).ljust(_SEALED, b"\0"))
    )


def rows_of_any_length() -> AbstractContextManager[None]:
    """Rows are sealed, but their length depends on their content."""
    return rewriting_rows(
        lambda old, new, row, secret: new.row[: 100 if row else 60].ljust(len(new.row), "=")
    )


def no_dummies() -> AbstractContextManager[None]:
    """The slot of an unknown partner stays unchanged."""
    return rewriting_rows(lambda old, new, row, secret: new.row if row else old.row)


def one_nonce() -> AbstractContextManager[None]:
    """All rows of a code begin with the same ephemeral key."""
    return rewriting_rows(
        lambda old, new, row, secret: to_base64(secret + from_base64(new.row)[32:])
    )


def times_in_rows() -> AbstractContextManager[None]:
    """Every row begins with the time at which it was written."""
    return rewriting_rows(
        lambda old, new, row, secret: to_base64(
            time_ns().to_bytes(8, "big") + from_base64(new.row)[8:]
        )
    )


def own_copies() -> AbstractContextManager[None]:
    """Stored rows can be opened with the code, so that a ballot can be shown again."""
    return rewriting_rows(
        lambda old, new, row, secret: to_base64(
            bytes(SecretBox(secret).encrypt(_plain(row).ljust(_SEALED - _OVERHEAD, b"\0")))
        )
    )


def empty_slots() -> AbstractContextManager[None]:
    """Slots are empty until a ballot is handed in."""
    return replaced(box, "sealed_noise", always(to_base64(bytes(_SEALED))))


def one_word_codes() -> AbstractContextManager[None]:
    """A code repeats one word four times."""
    return replaced(box, "new_code", lambda: words.random_words(1) * words.CODE_WORDS)


def names_in_tags() -> AbstractContextManager[None]:
    """The tags of all slots of a rater begin with the same bytes."""
    tag = BallotKey.slot_tag

    def named_tag(key: BallotKey, partner: str) -> str:
        return to_base64(key.secret[:12] + from_base64(tag(key, partner))[-4:])

    return replaced(BallotKey, "slot_tag", named_tag)


def first_free_slots() -> AbstractContextManager[None]:
    """A new code gets the first free slots."""
    predictable = SimpleNamespace(
        choice=itemgetter(0), randbelow=secrets.randbelow, SystemRandom=secrets.SystemRandom
    )
    return replaced(box, "secrets", predictable)


@contextmanager
def one_block_per_rater() -> Generator[None]:
    """The slots of one code lie side by side."""

    def ids_in_blocks(count: int) -> list[int]:
        sizes = (partners for partners in (12, 1) if count % partners == 0 < count - partners * 2)
        partners = next(sizes, 1)
        tickets = count // partners
        return [10**15 + (n % tickets) * partners + n // tickets for n in range(count)]

    with first_free_slots(), replaced(box, "_random_ids", ids_in_blocks):
        yield
