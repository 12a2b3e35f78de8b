"""Words people can say and type: codes, keys, receipt and check words, from the BIP-39 list."""

import secrets
import unicodedata
from functools import cache

from mnemonic import Mnemonic
from nacl.encoding import RawEncoder
from nacl.hash import blake2b

from peerreview.errors import CodeError

CODE_WORDS, KEY_WORDS = 4, 5
_TELLING = 4
"""No two words of the list share their first four letters."""

Words = tuple[str, ...]


@cache
def _list() -> tuple[str, ...]:
    return tuple(Mnemonic("english").wordlist)


@cache
def _by_start() -> dict[str, str]:
    return {word[:_TELLING]: word for word in _list()}


def draw(count: int) -> Words:
    """Return `count` random words, 11 bits each."""
    return tuple(secrets.choice(_list()) for _ in range(count))


def parse(text: str, count: int) -> Words:
    """Return the words meant by `text`: any case, any separators, four letters are enough.

    Raises:
        CodeError: There aren't `count` words, or one isn't on the list.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    typed = "".join(c if c.isalpha() else " " for c in plain).split()
    if len(typed) != count:
        raise CodeError(f"{len(typed)} words typed, {count} needed")
    found: list[str] = []
    for place, word in enumerate(typed, 1):
        full = _by_start().get(word[:_TELLING])
        if full is None or not full.startswith(word):
            raise CodeError(f"word {place} isn't on the word list: look at the spelling")
        found.append(full)
    return tuple(found)


def fingerprint(data: bytes, count: int) -> Words:
    """Return `count` words that stand for `data`: the same data, the same words."""
    digest = int.from_bytes(blake2b(data, digest_size=16, encoder=RawEncoder), "big")
    found: list[str] = []
    for _ in range(count):
        digest, place = divmod(digest, len(_list()))
        found.append(_list()[place])
    return tuple(found)
