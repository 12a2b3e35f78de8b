"""Leaky variants of the rules: what is counted, checked, shown and kept back.

The product has no switch for any of this. Knows where the rules are; must not know games.
"""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from nacl.public import PrivateKey, SealedBox

from benchmarks.anonymity.leak import always, plain_append, storing, swapped
from benchmarks.anonymity.result import Leak
from peerreview.ballotbox import keeper, opening, words
from peerreview.ballotbox.key import TAG_BYTES, Stretcher, data
from peerreview.ballotbox.row import OpenedRow
from peerreview.domain.group import group
from peerreview.domain.rating.ballot import Row
from peerreview.domain.rating.criteria import CriteriaSet
from peerreview.domain.result import wording
from peerreview.domain.result.board import BoardLine
from peerreview.domain.round.box import Box, BoxHead, Slot
from peerreview.domain.round.round import Round
from peerreview.domain.summary import summary
from peerreview.domain.tally import release
from peerreview.domain.tally.release import Release
from peerreview.services import closing
from peerreview.services.progress import Progress
from peerreview.services.rounds import Rounds

bands_at_the_cut: Leak = partial(swapped, release, "HYSTERESIS", 0.0)
"""A band changes as soon as its cut is passed."""

no_rest: Leak = partial(swapped, group, "REST_DAYS", 0)
"""A partner can be shown again the day after."""

one_check_word: Leak = partial(swapped, keeper, "check_words", always(("maple", "otter", "ridge")))
"""The words of the box are the same for every key."""

same_receipt: Leak = partial(swapped, words, "fingerprint_words", always(("copper", "lantern")))
"""The receipt says nothing about what is stored."""

endless_codes: Leak = partial(swapped, Box, "drawn", 0)
"""Anybody may draw, however many heads there are."""


def words_at_once() -> AbstractContextManager[None]:
    """The words of the box are a hash of its key that anybody can work out at once."""

    def leaky(box: BoxHead, stretcher: Stretcher) -> words.Words:
        return words.fingerprint_words(data(box.public_key), 3)

    return swapped(keeper, "check_words", leaky)


@contextmanager
def live_board() -> Generator[None]:
    """While the round is open, what is shown moves with what is handed in."""
    said, progress = list[int](), Rounds.progress

    def rewrite(was: Slot, now: Slot, row: Row | None, own: bytes) -> str:
        said.append(sum(row.answers) if row else 0)
        return now.row

    def leaky(rounds: Rounds) -> Progress | None:
        return (found := progress(rounds)) and replace(found, minutes_left=said[-1])

    with storing(rewrite), swapped(Rounds, "progress", leaky):
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


def advice_in_full() -> AbstractContextManager[None]:
    """What goes home takes deal-breakers into account."""
    partner = vars(summary)["_partner"]

    def leaky(line: BoardLine, criteria: CriteriaSet) -> object:
        return partner(line, criteria).evolve(advice=wording.advice(line.result))

    return swapped(summary, "_partner", leaky)


def unchecked_rows() -> AbstractContextManager[None]:
    """A row counts whoever put it there."""
    check = opening.unseal

    def leaky(private: PrivateKey, hole: Slot) -> OpenedRow | None:
        if found := check(private, hole):
            return found
        plain = SealedBox(private).decrypt(data(hole.row))
        return OpenedRow(hole.partner, None) if plain[TAG_BYTES] == 0 else None

    return swapped(opening, "unseal", leaky)


def uncounted_hands() -> AbstractContextManager[None]:
    """The close goes on whatever the hands say."""

    def leaky(box: Box, hands: int) -> int:
        return box.handed_in

    return swapped(opening, "count", leaky)
