"""Sealing one row: its plain text always has 64 bytes, also for a dummy."""

import binascii
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.utils import random

from peerreview.ballotbox.key import TAG_BYTES, from_base64, hash_token, to_base64
from peerreview.domain.rating.ballot import Row
from peerreview.domain.round.box import Slot

PLAIN_BYTES = 64
_REAL, _DUMMY = 1, 0
_HEAD_END = TAG_BYTES + 4
_QUARTERS, _SHIFT = 4, 4
"""Severity is stored as a number of quarters, shifted so that it isn't negative."""


@dataclass(frozen=True, slots=True, repr=False)
class OpenedRow:
    """A valid row: the index of its partner in the box, and the row, or None for a dummy."""

    partner: int
    row: Row | None


def seal_row(public: PublicKey, token: bytes, partner: int, row: Row | None) -> str:
    """Return a sealed row as base64 text.

    Args:
        public: the public key of the box.
        token: the 16 bytes that prove that the slot belongs to the sealer's code.
        partner: the index of the partner in the box; in another partner's slot, the row is invalid.
        row: the answers, or None for a dummy.

    Raises:
        ValueError: The row has more answers than fit into 64 bytes.
    """
    answers = bytes(row.answers) if row else b""
    severity = int((row.severity if row else 0) * _QUARTERS) + _SHIFT
    head = bytes((_REAL if row else _DUMMY, partner, severity, len(answers)))
    plain = (token + head + answers).ljust(PLAIN_BYTES, b"\0")
    if len(plain) != PLAIN_BYTES:
        raise ValueError("a row of this set is too long to be sealed")
    return to_base64(SealedBox(public).encrypt(plain))


def sealed_noise(public: PublicKey) -> str:
    """Return sealed random bytes, for a free slot.

    Random bytes that aren't sealed could be told from a row: the top bit of an X25519 key is never
    set.
    """
    return to_base64(SealedBox(public).encrypt(random(PLAIN_BYTES)))


def unseal_row(private: PrivateKey, slot: Slot) -> OpenedRow | None:
    """Return the row in a slot, or None if it isn't valid in this slot."""
    try:
        plain = SealedBox(private).decrypt(from_base64(slot.row))
    except (CryptoError, ValueError, binascii.Error):
        return None
    if not slot.tag or len(plain) != PLAIN_BYTES or hash_token(plain[:TAG_BYTES]) != slot.tag:
        return None
    row_type, partner, severity, count = plain[TAG_BYTES:_HEAD_END]
    if partner != slot.partner:
        return None
    if row_type != _REAL:
        return OpenedRow(partner, None)
    answers = tuple(plain[_HEAD_END : _HEAD_END + count])
    return OpenedRow(partner, Row(answers, (severity - _SHIFT) / _QUARTERS))
