"""The suite fails whenever one component of the product is replaced by a leaky one.

Here the attacked product itself leaks, not only the control, as if somebody had broken it.
"""

from collections.abc import Callable, Sequence
from secrets import token_bytes

import pytest

from benchmarks.anonymity import (
    identity,
    leaky_rules,
    leaky_storage,
    leftovers,
    linking,
    ssh_observer,
    suite,
    swapping,
    table,
)
from benchmarks.anonymity.result import NO_LEAK, Attack, Leak, Result
from peerreview.ballotbox import box, opening
from peerreview.ballotbox.key import to_base64
from peerreview.ballotbox.row import PLAIN_BYTES
from peerreview.ssh.server import Host
from peerreview.ssh.session import Session

pytestmark = pytest.mark.anonymity

Game = Callable[[Sequence[Attack]], list[Result]]


def link(attacks: Sequence[Attack]) -> list[Result]:
    return linking.play(attacks, 3, seed=5, mark=suite.QUICK.link)


def swap(attacks: Sequence[Attack]) -> list[Result]:
    return swapping.play(attacks, 60, seed=5, mark=suite.QUICK.swap)


def zero(attacks: Sequence[Attack]) -> list[Result]:
    assert not attacks
    return leftovers.play(5)


MUTATIONS: dict[str, tuple[Leak, Game, tuple[str, ...]]] = {
    "dummies": (leaky_storage.no_dummies, swap, ("what changed",)),
    "padding": (leaky_storage.rows_of_any_length, swap, ("lengths",)),
    "seals": (leaky_storage.rows_in_the_clear, swap, ("stored bytes",)),
    "prefilled slots": (leaky_storage.empty_slots, table.play, ("unfilled slots",)),
    "hysteresis": (leaky_rules.no_hysteresis, table.play, ("one step",)),
    "the floor of four": (leaky_rules.no_floor, table.play, ("fewer than four",)),
    "the hash check of a stored row": (leaky_rules.unchecked_rows, table.play, ("a forged row",)),
    "the counted close": (leaky_rules.uncounted_hands, table.play, ("an extra ballot",)),
    "receipts": (leaky_rules.same_receipt, table.play, ("an older copy", "another's code")),
    "check words": (leaky_rules.same_check_words, table.play, ("a swapped key",)),
    "stretched check words": (
        leaky_rules.unstretched_check_words,
        table.play,
        ("a key like the box's",),
    ),
    "the number of heads": (leaky_rules.endless_codes, table.play, ("a second code",)),
    "sixty days": (leaky_rules.no_rest, table.play, ("board less board",)),
    "no results while the box is open": (leaky_rules.live_board, table.play, ("before the close",)),
    "no own copies": (leaky_storage.own_copies, table.play, ("read with codes",)),
    "long codes": (leaky_storage.one_word_codes, table.play, ("a list of codes",)),
    "fresh keys": (leaky_storage.one_nonce, table.play, ("the same again",)),
    "deal-breakers stay": (leaky_rules.advice_in_full, table.play, ("deal-breaker home",)),
    "tags that differ": (leaky_storage.names_in_tags, link, ("marks",)),
    "random slots": (leaky_storage.first_free_slots, link, ("append order",)),
    "no times": (leaky_storage.times_in_rows, link, ("time stamps",)),
    "no log of words": (leftovers.words_in_a_log, zero, ()),
}


@pytest.mark.parametrize(("mutation", "game", "names"), MUTATIONS.values(), ids=MUTATIONS)
def test_the_suite_fails_without(mutation: Leak, game: Game, names: tuple[str, ...]) -> None:
    attacks = suite.attacks_named(*names)
    with mutation():
        results = game(attacks)
    assert results and [result.as_json() for result in results if result.holds] == []


def test_the_suite_fails_when_the_order_of_rows_counts() -> None:
    with leaky_rules.rows_in_order():
        assert identity.find_differences(NO_LEAK, screens=False)


def test_screens_streams_and_the_log_are_compared_too(monkeypatch: pytest.MonkeyPatch) -> None:
    remove_session = Host.remove_session

    def remove_and_log(host: Host, session: Session) -> None:
        host.log(repr(session.room.services.results.summary()))
        remove_session(host, session)

    monkeypatch.setattr(Host, "remove_session", remove_and_log)
    monkeypatch.setattr(identity, "_WALKS", {"board": "m"})
    monkeypatch.setattr(identity, "_PLAYS", 1)
    monkeypatch.setattr(ssh_observer, "_WALK", ("m",))
    with leaky_rules.rows_in_order():
        differences = identity.find_differences(NO_LEAK)
    named = "board 1 m", "board 1 m, bytes", "summary 1", "guest step 0", "the host's log"
    assert [name for name in named if name not in differences] == []


def test_random_bytes_in_free_slots_are_noticed() -> None:
    # The top bit of an X25519 key is never set, so random bytes differ from a sealed row.
    with leaky_storage.replaced(
        box, "sealed_noise", lambda public: to_base64(token_bytes(PLAIN_BYTES + 48))
    ):
        (result,) = table.play(suite.attacks_named("unfilled slots"))
    assert not result.holds


def test_a_leak_ends_with_its_game() -> None:
    (result,) = table.play(suite.attacks_named("an extra ballot"))
    assert result.verdict == "holds" and opening.check_count.__module__ == opening.__name__


def test_a_leak_in_a_component_that_was_renamed_is_an_error() -> None:
    leak = leaky_storage.replaced(box, "renamed", None)
    with pytest.raises(LookupError, match=r"ballotbox\.box has no 'renamed' to replace"), leak:
        pass
