"""One row, sealed: 64 bytes of plain text, the same size whatever was said, or not said."""

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
_HEAD = TAG_BYTES + 4
_QUARTERS, _SHIFT = 4, 4


@dataclass(frozen=True, slots=True, repr=False)
class OpenedRow:
    """A valid row as the tally sees it: a partner's index, and a row unless it is a dummy."""

    partner: int
    row: Row | None


def seal_row(public: PublicKey, token: bytes, partner: int, row: Row | None) -> str:
    """Return the sealed text for a hole.

    Args:
        public: the round's public key.
        token: the proof that the hole is the sealer's.
        partner: the partner's index; a row moved to another partner's hole doesn't count.
        row: the answers, or None for a dummy.
    """
    answers = bytes(row.answers) if row else b""
    severity = int((row.severity if row else 0) * _QUARTERS) + _SHIFT
    head = bytes((_REAL if row else _DUMMY, partner, severity, len(answers)))
    plain = (token + head + answers).ljust(PLAIN_BYTES, b"\0")
    if len(plain) != PLAIN_BYTES:
        raise ValueError("a row of this set is too long to be sealed")
    return to_base64(SealedBox(public).encrypt(plain))


def sealed_noise(public: PublicKey) -> str:
    """Return a sealed text that says nothing, for a free or emptied hole.

    Really sealed, not just random: an X25519 key never has its top bit set, random bytes do.
    """
    return to_base64(SealedBox(public).encrypt(random(PLAIN_BYTES)))


def unseal_row(private: PrivateKey, hole: Slot) -> OpenedRow | None:
    """Return what a hole holds, or None if it isn't a valid row of this hole."""
    try:
        plain = SealedBox(private).decrypt(from_base64(hole.row))
    except (CryptoError, ValueError, binascii.Error):
        return None
    if not hole.tag or len(plain) != PLAIN_BYTES or hash_token(plain[:TAG_BYTES]) != hole.tag:
        return None
    real, partner, severity, count = plain[TAG_BYTES:_HEAD]
    if partner != hole.partner:
        return None
    if real != _REAL:
        return OpenedRow(partner, None)
    answers = tuple(plain[_HEAD : _HEAD + count])
    return OpenedRow(partner, Row(answers, (severity - _SHIFT) / _QUARTERS))
