"""Words that people can say and type: codes, keys, receipt words and check words.

They come from the English word list of BIP-39 (public, MIT licensed), which is `words.txt`.
"""

import secrets
import unicodedata
from functools import cache
from pathlib import Path

from nacl.encoding import RawEncoder
from nacl.hash import blake2b

from peerreview.errors import CodeError

CODE_WORDS, KEY_WORDS = 4, 5
"""The number of words in a code, and in a box key."""
_DISTINCT = 4
"""All words of the list differ within this many first letters."""

Words = tuple[str, ...]


@cache
def word_list() -> Words:
    """Return the 2,048 words of the list, in its order."""
    return tuple(Path(__file__).with_name("words.txt").read_text(encoding="ascii").split())


@cache
def _words_by_start() -> dict[str, str]:
    return {word[:_DISTINCT]: word for word in word_list()}


def random_words(count: int) -> Words:
    """Return `count` random words, 11 bits each."""
    return tuple(secrets.choice(word_list()) for _ in range(count))


def parse_words(text: str, count: int) -> Words:
    """Return the words that somebody typed.

    Words may be typed in any case, with any separators, and cut to four letters or more.

    Raises:
        CodeError: There aren't `count` words, or a word isn't on the list.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    typed_words = "".join(letter if letter.isalpha() else " " for letter in plain).split()
    if len(typed_words) != count:
        raise CodeError(f"{len(typed_words)} words typed, {count} needed")
    words: list[str] = []
    for number, typed in enumerate(typed_words, 1):
        word = _words_by_start().get(typed[:_DISTINCT])
        if word is None or not word.startswith(typed):
            raise CodeError(f"word {number} isn't on the word list: look at the spelling")
        words.append(word)
    return tuple(words)


def fingerprint_words(data: bytes, count: int) -> Words:
    """Return `count` words that stand for `data`; the same data always gives the same words."""
    rest = int.from_bytes(blake2b(data, digest_size=16, encoder=RawEncoder), "big")
    words: list[str] = []
    for _ in range(count):
        rest, index = divmod(rest, len(word_list()))
        words.append(word_list()[index])
    return tuple(words)
