"""From words to keys: Argon2id once, then keyed BLAKE2b for everything derived.

The cryptography is imported with the first code or key that somebody types, not before.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from peerreview.ballotbox.words import Words

TAG_BYTES = 16


@dataclass(frozen=True, slots=True)
class Strength:
    """What one guess at a code costs. Tests may be weaker; the product uses the defaults.

    Attributes:
        ops: passes over the memory.
        memory: bytes; 64 MiB and 3 passes take about 0.14 s.
    """

    ops: int = 3
    memory: int = 64 * 2**20


class Stretcher:
    """Argon2id, one at a time: each takes all its memory while it runs."""

    def __init__(self, strength: Strength) -> None:
        self._strength = strength
        self._one_at_a_time = Lock()
        self._known: dict[tuple[str, bytes], bytes] = {}

    def stretch(self, words: "Words", salt: bytes) -> bytes:
        """Return 32 bytes that only these words and this salt give."""
        from nacl.pwhash import argon2id

        secret = " ".join(words).encode()
        with self._one_at_a_time:
            return argon2id.kdf(
                32, secret, salt, opslimit=self._strength.ops, memlimit=self._strength.memory
            )

    def stretch_public(self, told: str, salt: bytes) -> bytes:
        """Return what `stretch` does, of what everybody may know: worked out once and kept."""
        if (told, salt) not in self._known:
            self._known[told, salt] = self.stretch(("known", told), salt)
        return self._known[told, salt]


@dataclass(frozen=True, slots=True, repr=False)
class BallotKey:
    """What a code opens in one round: the right to one turn and to one hole a partner."""

    secret: bytes
    round_id: str

    def _prf(self, *parts: str) -> bytes:
        message = "|".join((*parts, self.round_id)).encode()
        return _hash(message, self.secret)

    def token(self, partner: str) -> bytes:
        """Return t, the 16 bytes inside a row that prove its hole is ours."""
        return self._prf("hole", partner)

    def slot_tag(self, partner: str) -> str:
        """Return what stands on our hole for a partner."""
        return hash_token(self.token(partner))

    def receipt(self, stored: str) -> bytes:
        """Return what stands for `stored`: nobody without the code can test a guess about it."""
        return self._prf("receipt", stored)

    @property
    def ticket_tag(self) -> str:
        """What stands on our turn."""
        return hash_token(self._prf("turn"))


def hash_token(token: bytes) -> str:
    """Return H(t) as stored: the hash of a token, base64."""
    return to_base64(_hash(token))


def _hash(message: bytes, key: bytes = b"") -> bytes:
    from nacl.encoding import RawEncoder
    from nacl.hash import blake2b

    return blake2b(message, digest_size=TAG_BYTES, key=key, encoder=RawEncoder)


def to_base64(data: bytes) -> str:
    """Return bytes as they are stored."""
    return b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Return what `text` stored."""
    return b64decode(text, validate=True)


def new_salt() -> bytes:
    """Return a fresh random salt."""
    from nacl.pwhash import argon2id
    from nacl.utils import random

    return random(argon2id.SALTBYTES)
