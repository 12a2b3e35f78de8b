"""Leaky variants: one component of the product replaced, for as long as a control is played.

The product has no switch for any of this. Knows where the components are; must not know games.
"""

import secrets
from collections.abc import Callable, Generator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from time import time_ns
from types import ModuleType, SimpleNamespace
from typing import Any

from nacl.public import PrivateKey, SealedBox
from nacl.secret import SecretBox

from peerreview.ballotbox import box, keeper, opening, words
from peerreview.ballotbox.key import TAG_BYTES, BallotKey, data, text
from peerreview.ballotbox.row import PLAIN_BYTES, OpenedRow
from peerreview.domain import group, release, summary, wording
from peerreview.domain.ballot import Row
from peerreview.domain.board import BoardLine
from peerreview.domain.box import Box, Change, Hole
from peerreview.domain.criteria import CriteriaSet
from peerreview.domain.release import Release
from peerreview.domain.round import Round
from peerreview.services import closing
from peerreview.services.progress import Progress
from peerreview.services.rounds import Rounds

Rewrite = Callable[[Hole, Hole, Row | None, bytes], str]
"""Returns what is stored: the place as it was, as it would be, the answers, the code's 32 bytes."""

_SEALED = PLAIN_BYTES + 48
_OVERHEAD = 40
"""In bytes: a sealed row, and what sealing under a code would add."""


@contextmanager
def swapped(place: ModuleType | type, name: str, leaky: Any) -> Generator[None]:
    """Put a leaky component in the place of the product's, inside the block."""
    kept = getattr(place, name)
    setattr(place, name, leaky)
    try:
        yield
    finally:
        setattr(place, name, kept)


def always(value: Any) -> Callable[..., Any]:
    """Return what answers the same whatever it is asked."""

    def answer(*_: object) -> Any:
        return value

    return answer


def _storing(rewrite: Rewrite) -> AbstractContextManager[None]:
    """Let ballots be stored in another way."""
    fill = box.fill

    def leaky(found: Box, key: BallotKey, ballot: Mapping[str, Row | None]) -> Change:
        was = {hole.id: hole for hole in found.holes}
        return Change(
            holes=[
                replace(
                    hole,
                    row=rewrite(
                        was[hole.id], hole, ballot[found.head.partners[hole.partner]], key.secret
                    ),
                )
                for hole in fill(found, key, ballot).holes
            ]
        )

    return swapped(box, "fill", leaky)


def _plain(row: Row | None) -> bytes:
    return bytes(row.answers) if row else b""


def rows_in_the_clear() -> AbstractContextManager[None]:
    """Answers are stored as they are."""
    return _storing(lambda was, now, row, own: text(_plain(row).ljust(_SEALED, b"\0")))


def rows_of_any_length() -> AbstractContextManager[None]:
    """Rows are sealed, but only as long as what they say."""
    return _storing(
        lambda was, now, row, own: now.row[: 100 if row else 60].ljust(len(now.row), "=")
    )


def no_dummies() -> AbstractContextManager[None]:
    """Who doesn't know a partner leaves its place untouched."""
    return _storing(lambda was, now, row, own: now.row if row else was.row)


def one_nonce() -> AbstractContextManager[None]:
    """All rows of a code begin with the same ephemeral key."""
    return _storing(lambda was, now, row, own: text(own + data(now.row)[32:]))


def times_on_places() -> AbstractContextManager[None]:
    """Every row begins with the moment it was written."""
    return _storing(
        lambda was, now, row, own: text(time_ns().to_bytes(8, "big") + data(now.row)[8:])
    )


def own_copies() -> AbstractContextManager[None]:
    """What is stored opens with the code, so that a ballot can be shown again."""
    return _storing(
        lambda was, now, row, own: text(
            bytes(SecretBox(own).encrypt(_plain(row).ljust(_SEALED - _OVERHEAD, b"\0")))
        )
    )


def empty_places() -> AbstractContextManager[None]:
    """Places lie empty until a ballot is put in."""
    return swapped(box, "noise", always(text(bytes(_SEALED))))


def one_word_codes() -> AbstractContextManager[None]:
    """A code is one word, said four times."""
    return swapped(box, "new_code", lambda: words.draw(1) * words.CODE_WORDS)


@contextmanager
def live_board() -> Generator[None]:
    """While the round is open, what is shown moves with what is handed in."""
    said, progress = list[int](), Rounds.progress

    def rewrite(was: Hole, now: Hole, row: Row | None, own: bytes) -> str:
        said.append(sum(row.answers) if row else 0)
        return now.row

    def leaky(rounds: Rounds) -> Progress | None:
        return (found := progress(rounds)) and replace(found, minutes_left=said[-1])

    with _storing(rewrite), swapped(Rounds, "progress", leaky):
        yield


def names_on_places() -> AbstractContextManager[None]:
    """Every place of a rater begins with the same mark."""
    tag = BallotKey.hole_tag

    def named(key: BallotKey, partner: str) -> str:
        return text(key.secret[:12] + data(tag(key, partner))[-4:])

    return swapped(BallotKey, "hole_tag", named)


def plain_append() -> AbstractContextManager[None]:
    """Whoever draws gets the first places that are free."""

    def first(places: list[object]) -> object:
        return places[0]

    leaky = SimpleNamespace(
        choice=first, randbelow=secrets.randbelow, SystemRandom=secrets.SystemRandom
    )
    return swapped(box, "secrets", leaky)


@contextmanager
def a_block_each() -> Generator[None]:
    """The places of whoever draws lie side by side."""

    def in_blocks(count: int) -> list[int]:
        partners = next((each for each in (12, 1) if count % each == 0 and count > each * 2), 1)
        turns = count // partners
        return [10**15 + (n % turns) * partners + n // turns for n in range(count)]

    with plain_append(), swapped(box, "_random_ids", in_blocks):
        yield


@contextmanager
def rows_in_order() -> Generator[None]:
    """Places are taken from the front, and what is kept depends on the order of rows."""
    pool = closing.tally

    def leaky(*given: Any) -> Release:
        told = pool(*given)
        first = next(row for rows in given[2].values() for row in rows)
        return told.evolve(give_cut=told.give_cut + (first.answers[0] > 3) / 4)

    with plain_append(), swapped(closing, "tally", leaky):
        yield


def no_floor() -> AbstractContextManager[None]:
    """One voice is enough for a result."""
    pool = closing.tally

    def leaky(round_: Round, *given: Any) -> Release:
        return pool(round_.model_copy(update={"floor": 1}), *given)

    return swapped(closing, "tally", leaky)


def bands_at_the_cut() -> AbstractContextManager[None]:
    """A band changes as soon as its cut is passed."""
    return swapped(release, "HYSTERESIS", 0.0)


def no_rest() -> AbstractContextManager[None]:
    """A partner can be shown again the day after."""
    return swapped(group, "REST_DAYS", 0)


def advice_in_full() -> AbstractContextManager[None]:
    """What goes home takes deal-breakers into account."""
    partner = vars(summary)["_partner"]

    def leaky(line: BoardLine, criteria: CriteriaSet) -> object:
        return partner(line, criteria).evolve(advice=wording.advice(line.told))

    return swapped(summary, "_partner", leaky)


@contextmanager
def unchecked_rows() -> Generator[None]:
    """A row counts whoever put it there, and no receipt tells."""
    check = opening.unseal

    def leaky(private: PrivateKey, hole: Hole) -> OpenedRow | None:
        if found := check(private, hole):
            return found
        plain = SealedBox(private).decrypt(data(hole.row))
        return OpenedRow(hole.partner, None) if plain[TAG_BYTES] == 0 else None

    with same_receipt(), swapped(opening, "unseal", leaky):
        yield


def uncounted_hands() -> AbstractContextManager[None]:
    """The close goes on whatever the hands say."""

    def leaky(box: Box, hands: int) -> int:
        return box.handed_in

    return swapped(opening, "count", leaky)


def one_check_word() -> AbstractContextManager[None]:
    """The words of the box are the same for every key."""
    return swapped(keeper, "check_words", always(("maple", "otter", "ridge")))


def same_receipt() -> AbstractContextManager[None]:
    """The receipt says nothing about what is stored."""
    return swapped(words, "fingerprint", always(("copper", "lantern")))


def endless_codes() -> AbstractContextManager[None]:
    """Anybody may draw, however many heads there are."""
    return swapped(Box, "drawn", 0)
