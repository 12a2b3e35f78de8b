"""Any answers in any order break nothing, and only the word "cast" hands a ballot in."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st
from memory import MemoryVault
from stories import Calendar, fast_environment, five_partners, opened

from peerreview.plain.turns import run_turns
from peerreview.services.group_services import GroupServices

from .person import CURTAIN, Person

KEYS = ["t", "y", "n", "s", "m", "1", "2", "4", "5", "0", "o", "b", "u", "c", "?", "a", "leave", ""]
any_answers = st.lists(st.sampled_from(KEYS) | st.text(max_size=5), max_size=60)


def rater_with_code(answers: list[str]) -> Person:
    """Return a person who draws a code and then gives these answers."""
    return Person(["t", "y", *answers])


def run_until_gone(person: Person) -> tuple[int, int]:
    """Let a person take turns; return the numbers of codes drawn and of ballots handed in."""
    services = five_partners(GroupServices(MemoryVault(), fast_environment(Calendar())))
    opened(services)
    with suppress(EOFError):
        run_turns(person.dialogue, services)
    progress = services.rounds.progress()
    assert progress
    return progress.drawn, progress.handed_in


@settings(max_examples=150, deadline=None)
@given(any_answers)
def test_without_the_word_cast_nothing_is_handed_in_and_no_code_is_kept(answers: list[str]) -> None:
    person = rater_with_code([answer for answer in answers if answer.strip().lower() != "cast"])
    assert run_until_gone(person) == (0, 0)
    assert CURTAIN in person.lines
    assert all("\n" not in line for line in person.lines)


@settings(max_examples=50, deadline=None)
@given(any_answers)
def test_the_word_cast_at_the_check_hands_in_once(answers: list[str]) -> None:
    staying = [answer for answer in answers if answer not in ("leave", "t")]
    drawn, handed_in = run_until_gone(rater_with_code([*staying, "c", "cast", "y"]))
    assert drawn == handed_in == 1
