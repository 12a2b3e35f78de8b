"""Keys made of words: one Argon2id, then keyed BLAKE2b for everything derived from it.

PyNaCl is imported only when a function needs it, to start faster.
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
    """The cost of one guess at a code. The defaults take about 0.14 s; only tests use less.

    Attributes:
        ops: the number of passes over the memory.
        memory: the memory in bytes.
    """

    ops: int = 3
    memory: int = 64 * 2**20


class Stretcher:
    """Runs Argon2id, only once at a time, because it needs much memory."""

    def __init__(self, strength: Strength) -> None:
        self._strength = strength
        self._lock = Lock()
        self._public_results: dict[tuple[str, bytes], bytes] = {}

    def stretch(self, words: "Words", salt: bytes) -> bytes:
        """Return 32 bytes that are derived from the words and the salt."""
        from nacl.pwhash import argon2id

        secret = " ".join(words).encode()
        with self._lock:
            return argon2id.kdf(
                32, secret, salt, opslimit=self._strength.ops, memlimit=self._strength.memory
            )

    def stretch_public(self, text: str, salt: bytes) -> bytes:
        """Return 32 bytes derived from a public text and the salt; results are kept in memory."""
        if (text, salt) not in self._public_results:
            self._public_results[text, salt] = self.stretch(("known", text), salt)
        return self._public_results[text, salt]


@dataclass(frozen=True, slots=True, repr=False)
class BallotKey:
    """The key that a code gives in one round: it marks a ticket and a slot for each partner."""

    secret: bytes
    round_id: str

    def _derive(self, *parts: str) -> bytes:
        """Return 16 bytes that are derived from the key and these texts."""
        message = "|".join((*parts, self.round_id)).encode()
        return _hash(message, self.secret)

    def token(self, partner: str) -> bytes:
        """Return the 16 bytes inside a sealed row that prove that its slot belongs to this code."""
        return self._derive("hole", partner)

    def slot_tag(self, partner: str) -> str:
        """Return the tag of this code's slot for a partner: the hash of the token."""
        return hash_token(self.token(partner))

    def receipt(self, stored: str) -> bytes:
        """Return 16 bytes that stand for `stored`; nobody can compute them without the code."""
        return self._derive("receipt", stored)

    @property
    def ticket_tag(self) -> str:
        """The tag of this code's ticket."""
        return hash_token(self._derive("turn"))


def hash_token(token: bytes) -> str:
    """Return the hash of a token as base64 text."""
    return to_base64(_hash(token))


def _hash(message: bytes, key: bytes = b"") -> bytes:
    from nacl.encoding import RawEncoder
    from nacl.hash import blake2b

    return blake2b(message, digest_size=TAG_BYTES, key=key, encoder=RawEncoder)


def to_base64(data: bytes) -> str:
    """Return bytes as base64 text."""
    return b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Return the bytes of a base64 text.

    Raises:
        ValueError: The text isn't base64.
    """
    return b64decode(text, validate=True)


def new_salt() -> bytes:
    """Return a new random salt of 16 bytes."""
    from nacl.pwhash import argon2id
    from nacl.utils import random

    return random(argon2id.SALTBYTES)
