"""Whatever is answered, in whatever order: nothing breaks, and only the word casts."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from memory import MemoryVault
from stories import Calendar, fast_environment, five_partners, opened

from peerreview.plain.turns import run_turns
from peerreview.services.group_services import GroupServices

from .person import CURTAIN, Person

KEYS = ["t", "y", "n", "s", "m", "1", "2", "4", "5", "0", "o", "b", "u", "c", "?", "a", "leave", ""]
answers = st.lists(st.sampled_from(KEYS) | st.text(max_size=5), max_size=60)


def told(said: list[str]) -> Person:
    """Somebody who has taken a turn, and gives these answers next."""
    return Person(["t", "y", *said])


def left_by(person: Person) -> tuple[int, int]:
    """How many codes are drawn and how many ballots are in, once a person is gone."""
    services = five_partners(GroupServices(MemoryVault(), fast_environment(Calendar())))
    opened(services)
    with suppress(EOFError):
        run_turns(person.talk, services)
    progress = services.rounds.progress()
    assert progress
    return progress.drawn, progress.handed_in


@settings(max_examples=150, deadline=None)
@given(answers)
def test_without_the_word_nothing_is_handed_in_and_no_code_is_kept(said: list[str]) -> None:
    someone = told([each for each in said if each.strip().lower() != "cast"])
    assert left_by(someone) == (0, 0)
    assert CURTAIN in someone.said
    assert all("\n" not in each for each in someone.said)


@settings(max_examples=50, deadline=None)
@given(answers)
def test_the_word_at_the_check_hands_in_once(said: list[str]) -> None:
    someone = told([*(each for each in said if each not in ("leave", "t")), "c", "cast", "y"])
    drawn, handed_in = left_by(someone)
    assert drawn == handed_in == 1
