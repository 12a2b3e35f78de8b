"""A component is taken out of the product, one at a time: the audit goes red each time.

Here the leak is in the product that is played, not in the control: as if somebody had broken it.
"""

from collections.abc import Callable, Sequence
from secrets import token_bytes

import pytest

from benchmarks.anonymity import (
    identity,
    lapse,
    leak,
    leftovers,
    linking,
    overheard,
    playing,
    suite,
    swapping,
)
from benchmarks.anonymity.result import NOTHING, Attack, Leak, Result
from peerreview.ballotbox import box, opening
from peerreview.ballotbox.key import text
from peerreview.ballotbox.row import PLAIN_BYTES
from peerreview.ssh.server import Host
from peerreview.ssh.session import Session

pytestmark = pytest.mark.anonymity

Game = Callable[[Sequence[Attack]], list[Result]]


def link(attackers: Sequence[Attack]) -> list[Result]:
    return linking.played(attackers, 3, seed=5, mark=suite.QUICK.link)


def swap(attackers: Sequence[Attack]) -> list[Result]:
    return swapping.played(attackers, 60, seed=5, mark=suite.QUICK.swap)


def zero(attackers: Sequence[Attack]) -> list[Result]:
    assert not attackers
    return leftovers.played(5)


MUTATIONS: dict[str, tuple[Leak, Game, tuple[str, ...]]] = {
    "dummies": (leak.no_dummies, swap, ("edits",)),
    "padding": (leak.rows_of_any_length, swap, ("lengths",)),
    "seals": (leak.rows_in_the_clear, swap, ("content",)),
    "prefilled places": (leak.empty_places, playing.played, ("unfilled",)),
    "hysteresis": (lapse.bands_at_the_cut, playing.played, ("one_step",)),
    "the floor of four": (lapse.no_floor, playing.played, ("few_voices",)),
    "the hash check of a stored row": (lapse.unchecked_rows, playing.played, ("forged_row",)),
    "the counted close": (lapse.uncounted_hands, playing.played, ("extra_ballot",)),
    "receipts": (lapse.same_receipt, playing.played, ("rollback", "overwritten")),
    "check words": (lapse.one_check_word, playing.played, ("swapped_key",)),
    "stretched check words": (lapse.words_at_once, playing.played, ("ground_key",)),
    "the number of heads": (lapse.endless_codes, playing.played, ("second_code",)),
    "sixty days": (lapse.no_rest, playing.played, ("next_day",)),
    "no results while the box is open": (lapse.live_board, playing.played, ("before_close",)),
    "no own copies": (leak.own_copies, playing.played, ("with_codes",)),
    "long codes": (leak.one_word_codes, playing.played, ("dictionary",)),
    "fresh keys": (leak.one_nonce, playing.played, ("same_again",)),
    "deal-breakers stay": (lapse.advice_in_full, playing.played, ("taken_home",)),
    "marks that differ": (leak.names_on_places, link, ("tags",)),
    "random places": (leak.plain_append, link, ("append_order",)),
    "no times": (leak.times_on_places, link, ("times",)),
    "no diary": (leftovers.words_kept, zero, ()),
}


@pytest.mark.parametrize(("mutation", "game", "names"), MUTATIONS.values(), ids=MUTATIONS)
def test_the_audit_goes_red_without(mutation: Leak, game: Game, names: tuple[str, ...]) -> None:
    attackers = suite.attacks(names)
    with mutation():
        results = game(attackers)
    assert results and [each.told for each in results if each.holds] == []


def test_the_audit_goes_red_when_the_order_of_rows_counts() -> None:
    with lapse.rows_in_order():
        assert identity.differing(NOTHING, screens=False)


def test_screens_streams_and_the_log_are_evidence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Host.remove_session

    def talkative(host: Host, session: Session) -> None:
        host.log(repr(session.room.services.results.summary()))
        kept(host, session)

    monkeypatch.setattr(Host, "closed", talkative)
    monkeypatch.setattr(identity, "_WALKS", {"board": "m"})
    monkeypatch.setattr(identity, "_PLAYS", 1)
    monkeypatch.setattr(overheard, "_WALK", ("m",))
    with lapse.rows_in_order():
        found = identity.differing(NOTHING)
    named = "board 1 m", "board 1 m, bytes", "summary 1", "guest step 0", "the host's log"
    assert [name for name in named if name not in found] == []


def test_random_bytes_in_free_places_would_show() -> None:
    # An X25519 key never has its top bit set: what only looks like noise is told from a ballot.
    with leak.swapped(box, "noise", lambda public: text(token_bytes(PLAIN_BYTES + 48))):
        (found,) = playing.played(suite.attacks(("unfilled",)))
    assert not found.holds


def test_a_leak_is_mended_when_its_game_is_over() -> None:
    (found,) = playing.played(suite.attacks(("extra_ballot",)))
    assert found.verdict == "holds" and opening.count.__module__ == opening.__name__
