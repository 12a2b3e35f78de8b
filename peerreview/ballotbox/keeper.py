"""Keepers: the private key of a box is encrypted so that enough keepers can open it together.

The private key is encrypted once for every set of keepers that can open the box, with a key made of
all their words in sorted order. So nobody can check whether one keeper's words alone are right.
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
    """The key pair of a new box.

    Attributes:
        public_key: the public key, as base64 text.
        wraps: the private key, encrypted for every set of keepers that can open the box.
        keys: the words of each keeper, which are shown once and not stored.
    """

    public_key: str
    wraps: tuple[WrappedKey, ...]
    keys: tuple[Words, ...]


def create_box_lock(rule: KeeperRule, stretcher: Stretcher) -> BoxLock:
    """Return a new key pair and new box keys for as many keepers as the rule says."""
    private = PrivateKey.generate()
    keys = tuple(words.random_words(KEY_WORDS) for _ in range(rule.keeper_count))
    wraps: list[WrappedKey] = []
    for needed_keys in combinations(keys, rule.keys_needed):
        salt = new_salt()
        sealed = SecretBox(_stretch_keys(needed_keys, salt, stretcher)).encrypt(bytes(private))
        wraps.append(WrappedKey(salt=to_base64(salt), sealed=to_base64(bytes(sealed))))
    return BoxLock(to_base64(bytes(private.public_key)), tuple(wraps), keys)


def unlock_private_key(head: BoxHead, typed: str, stretcher: Stretcher) -> PrivateKey:
    """Return the private key of a box.

    Args:
        head: the head of the box, with the number of keys that are needed.
        typed: the words of the keepers, in any order; with two keepers a line for each.
        stretcher: makes keys of words.

    Raises:
        KeeperKeyError: The words can't be box keys, or don't open this box.
    """
    keys = _parse_keys(typed, head.keepers.keys_needed)
    for wrap in head.wraps:
        stretched = _stretch_keys(keys, from_base64(wrap.salt), stretcher)
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


def _stretch_keys(keys: Sequence[Words], salt: bytes, stretcher: Stretcher) -> bytes:
    return stretcher.stretch(tuple(chain(*sorted(keys))), salt)


def _parse_keys(typed: str, needed: int) -> list[Words]:
    """Return the box keys that were typed, one in a line; a single one may fill several lines."""
    lines = [typed]
    if needed > 1:
        lines = [line for line in typed.splitlines() if line.strip()]
    if len(lines) != needed:
        raise KeeperKeyError("this box takes the keys of two keepers: five words each, a line each")
    keys: list[Words] = []
    for number, line in enumerate(lines, 1):
        try:
            keys.append(words.parse_words(line, KEY_WORDS))
        except CodeError as error:
            prefix = f"key {number}: " if needed > 1 else ""
            raise KeeperKeyError(f"{prefix}{error}") from None
    if len(set(keys)) < needed:
        raise KeeperKeyError("this is the same key twice: two different keepers are needed")
    return keys


def check_words(box: BoxLock | BoxHead, stretcher: Stretcher) -> Words:
    """Return the check words of a box: three words that stand for its public key.

    If somebody replaces the public key, the words change. Three words are 33 bits, so finding
    another key with the same words takes about 2^33 attempts. Every attempt costs one Argon2id
    (0.14 s, so decades on one core), and none is of use for another box.
    """
    return words.fingerprint_words(
        stretcher.stretch_public(box.public_key, from_base64(box.wraps[0].salt)), 3
    )
