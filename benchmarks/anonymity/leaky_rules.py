"""Leaky variants of the rules: what is counted, checked, shown and hidden.

The product has no setting for any of this. This module may know the rules of the product, but no
games.
"""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from typing import Any

from nacl.public import PrivateKey, SealedBox

from benchmarks.anonymity.leaky_storage import always, first_free_slots, replaced, rewriting_rows
from benchmarks.anonymity.result import Leak
from peerreview.ballotbox import keeper, opening, words
from peerreview.ballotbox.key import TAG_BYTES, Stretcher, from_base64
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
from peerreview.services.round_watch import Progress
from peerreview.services.rounds import Rounds

no_hysteresis: Leak = partial(replaced, release, "HYSTERESIS", 0.0)
"""A band changes as soon as its score passes the cut."""

no_rest: Leak = partial(replaced, group, "REST_DAYS", 0)
"""A partner can be shown again the day after."""

same_check_words: Leak = partial(
    replaced, keeper, "check_words", always(("maple", "otter", "ridge"))
)
"""The check words are the same for every key."""

same_receipt: Leak = partial(replaced, words, "fingerprint_words", always(("copper", "lantern")))
"""The receipt doesn't depend on what is stored."""

endless_codes: Leak = partial(replaced, Box, "codes_drawn", 0)
"""Any number of codes can be drawn, for any number of heads."""


def unstretched_check_words() -> AbstractContextManager[None]:
    """The check words are a fast hash of the public key."""

    def check_words(head: BoxHead, stretcher: Stretcher) -> words.Words:
        return words.fingerprint_words(from_base64(head.public_key), 3)

    return replaced(keeper, "check_words", check_words)


@contextmanager
def live_board() -> Generator[None]:
    """While the round is open, the screens show a figure that depends on the ballots."""
    sums, progress = list[int](), Rounds.progress

    def rewrite(old: Slot, new: Slot, row: Row | None, secret: bytes) -> str:
        sums.append(sum(row.answers) if row else 0)
        return new.row

    def leaky_progress(rounds: Rounds) -> Progress | None:
        honest = progress(rounds)
        return honest and replace(honest, minutes_left=sums[-1])

    with rewriting_rows(rewrite), replaced(Rounds, "progress", leaky_progress):
        yield


@contextmanager
def rows_in_order() -> Generator[None]:
    """Slots are claimed from the front, and the release depends on the order of rows."""
    tally = closing.tally_round

    def leaky_tally(*arguments: Any) -> Release:
        honest = tally(*arguments)
        first = next(row for rows in arguments[2].values() for row in rows)
        return honest.evolve(give_cut=honest.give_cut + (first.answers[0] > 3) / 4)

    with first_free_slots(), replaced(closing, "tally_round", leaky_tally):
        yield


def no_floor() -> AbstractContextManager[None]:
    """One voice is enough for a result."""
    tally = closing.tally_round

    def leaky_tally(round_: Round, *arguments: Any) -> Release:
        return tally(round_.model_copy(update={"floor": 1}), *arguments)

    return replaced(closing, "tally_round", leaky_tally)


def advice_in_full() -> AbstractContextManager[None]:
    """The advice in the summary depends on deal-breakers."""
    summary_partner = vars(summary)["_partner"]

    def leaky_partner(line: BoardLine, criteria: CriteriaSet) -> object:
        return summary_partner(line, criteria).evolve(advice=wording.advice(line.result))

    return replaced(summary, "_partner", leaky_partner)


def unchecked_rows() -> AbstractContextManager[None]:
    """A row counts even if it was sealed without a code."""
    unseal = opening.unseal_row

    def leaky_unseal(private: PrivateKey, slot: Slot) -> OpenedRow | None:
        if row := unseal(private, slot):
            return row
        plain = SealedBox(private).decrypt(from_base64(slot.row))
        return OpenedRow(slot.partner, None) if plain[TAG_BYTES] == 0 else None

    return replaced(opening, "unseal_row", leaky_unseal)


def uncounted_hands() -> AbstractContextManager[None]:
    """The close accepts any number of hands."""

    def check_count(box: Box, hands: int) -> int:
        return box.ballots_in

    return replaced(opening, "check_count", check_count)
