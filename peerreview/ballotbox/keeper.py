"""Keepers: the box's private key, wrapped so that each keeper's five words open it."""

from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.secret import SecretBox

from peerreview.ballotbox import words
from peerreview.ballotbox.key import Stretcher, data, salt, text
from peerreview.ballotbox.words import KEY_WORDS, Words
from peerreview.domain.box import BoxHead, Wrap
from peerreview.domain.round import KeeperRule
from peerreview.errors import CodeError, KeeperKeyError


@dataclass(frozen=True, slots=True, repr=False)
class Locked:
    """A fresh key pair: the public key as stored, the wraps, and the keepers' words, shown once."""

    public_key: str
    wraps: tuple[Wrap, ...]
    keys: tuple[Words, ...]


def lock(rule: KeeperRule, stretcher: Stretcher) -> Locked:
    """Make a key pair and wrap its private half for each keeper."""
    private = PrivateKey.generate()
    keys = tuple(words.draw(KEY_WORDS) for _ in range(rule.keepers))
    wraps: list[Wrap] = []
    for key in keys:
        own = salt()
        sealed = SecretBox(stretcher.stretch(key, own)).encrypt(bytes(private))
        wraps.append(Wrap(salt=text(own), sealed=text(bytes(sealed))))
    return Locked(text(bytes(private.public_key)), tuple(wraps), keys)


def unlock(head: BoxHead, typed: str, stretcher: Stretcher) -> PrivateKey:
    """Return the box's private key.

    Raises:
        KeeperKeyError: These words open nothing here.
    """
    try:
        key = words.parse(typed, KEY_WORDS)
    except CodeError as error:
        raise KeeperKeyError(str(error)) from None
    for wrap in head.wraps:
        try:
            secret = SecretBox(stretcher.stretch(key, data(wrap.salt))).decrypt(data(wrap.sealed))
        except CryptoError:
            continue
        return PrivateKey(secret)
    raise KeeperKeyError("these five words don't open this box: read the slip again")


def check_words(public_key: str) -> Words:
    """Return the three words everybody sees for this public key: a swapped key shows."""
    return words.fingerprint(b"check|" + data(public_key), 3)
