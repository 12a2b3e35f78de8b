"""Keepers: the box's private key, wrapped so that as many keepers as it takes open it, no fewer.

The key is wrapped once for each set of keepers that opens the box, under all their words in sorted
order. Nothing is kept that could tell whether one keeper's words alone are right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.secret import SecretBox

from peerreview.ballotbox import words
from peerreview.ballotbox.key import Stretcher, from_base64, new_salt, to_base64
from peerreview.ballotbox.words import KEY_WORDS, Words
from peerreview.domain.round.box import BoxHead, WrappedKey
from peerreview.domain.round.round import KeeperRule
from peerreview.errors import CodeError, KeeperKeyError


@dataclass(frozen=True, slots=True, repr=False)
class BoxLock:
    """A fresh key pair: the public key as stored, the wraps, and the keepers' words, shown once."""

    public_key: str
    wraps: tuple[WrappedKey, ...]
    keys: tuple[Words, ...]


def create_box_lock(rule: KeeperRule, stretcher: Stretcher) -> BoxLock:
    """Make a key pair and wrap its private half for all keepers that open the box together."""
    private = PrivateKey.generate()
    keys = tuple(words.random_words(KEY_WORDS) for _ in range(rule.keeper_count))
    wraps: list[WrappedKey] = []
    for together in combinations(keys, rule.keys_needed):
        own = new_salt()
        sealed = SecretBox(_stretched(together, own, stretcher)).encrypt(bytes(private))
        wraps.append(WrappedKey(salt=to_base64(own), sealed=to_base64(bytes(sealed))))
    return BoxLock(to_base64(bytes(private.public_key)), tuple(wraps), keys)


def unlock_private_key(head: BoxHead, typed: str, stretcher: Stretcher) -> PrivateKey:
    """Return the box's private key.

    Args:
        head: says how many keys it takes, and holds the wraps.
        typed: the words, a keeper a line if it takes two of them, in any order.
        stretcher: makes keys of words.

    Raises:
        KeeperKeyError: These words open nothing here; says which of two keys, if that can be known.
    """
    keys = _parsed(typed, head.keepers.keys_needed)
    for wrap in head.wraps:
        stretched = _stretched(keys, from_base64(wrap.salt), stretcher)
        try:
            return PrivateKey(SecretBox(stretched).decrypt(from_base64(wrap.sealed)))
        except CryptoError:
            continue
    if len(keys) > 1:
        raise KeeperKeyError(
            "these two keys don't open this box together: one of them is wrong, and nothing kept "
            "tells which: read both slips again, or ask the third keeper"
        )
    raise KeeperKeyError("these five words don't open this box: read the slip again")


def _stretched(keys: Sequence[Words], own: bytes, stretcher: Stretcher) -> bytes:
    return stretcher.stretch(tuple(chain(*sorted(keys))), own)


def _parsed(typed: str, needed: int) -> list[Words]:
    """Return the keys typed, a line each; a single one may have more lines."""
    lines = [each for each in typed.splitlines() if each.strip()] if needed > 1 else [typed]
    if len(lines) != needed:
        raise KeeperKeyError("this box takes the keys of two keepers: five words each, a line each")
    found: list[Words] = []
    for place, line in enumerate(lines, 1):
        try:
            found.append(words.parse_words(line, KEY_WORDS))
        except CodeError as error:
            which = f"key {place}: " if needed > 1 else ""
            raise KeeperKeyError(f"{which}{error}") from None
    if len(set(found)) < needed:
        raise KeeperKeyError("this is the same key twice: two different keepers are needed")
    return found


def check_words(box: BoxLock | BoxHead, stretcher: Stretcher) -> Words:
    """Return the three words everybody sees for a box's public key: a swapped key shows.

    Three words are 33 bits: whoever looks for another key with the same ones tries 2^33 keys, so
    each has to cost one Argon2id (0.14 s; decades of a core), anew for every box.
    """
    return words.fingerprint_words(
        stretcher.stretch_public(box.public_key, from_base64(box.wraps[0].salt)), 3
    )
