"""A turn as lines: the same ballot as on the screens, and nothing left when somebody hangs up."""

from contextlib import suppress

import pytest
from stories import KIND, code_of, key_of, opened, rated

from peerreview.domain.tally.verdict import Street
from peerreview.plain.ballot import KEYS
from peerreview.plain.turns import run_turns
from peerreview.services.group_services import GroupServices

from .person import CURTAIN, Person, code_in, person

QUICK = "4 4 n n "
"""They and we often, no deal-breaker, on to the next partner."""


def take_turns(services: GroupServices, *parts: str) -> Person:
    """Let somebody answer, and be gone when the answers are used up."""
    someone = person(*parts)
    with suppress(EOFError):
        run_turns(someone.talk, services)
    return someone


def test_a_quick_ballot_counts_like_one_from_the_screens(services: GroupServices) -> None:
    prepared = opened(services)
    someone = take_turns(services, "t y", QUICK * 5, "cast y")
    assert "5 rated" in someone.said
    rated(services, *[KIND] * 3)
    release = services.rounds.close(key_of(prepared), 4)
    assert release and {partner.street for partner in release.partners} == {Street.TWO_WAY}


def test_every_question_can_be_answered(services: GroupServices) -> None:
    prepared = opened(services)
    whole = "4 4 y n s n m " + "3 " * 12 + "2 2 2 "
    for _ in range(4):
        take_turns(services, "t y", whole * 5, "cast y")
    release = services.rounds.close(key_of(prepared), 4)
    assert release and release.ballots == 4
    assert {partner.street for partner in release.partners} != {Street.TOO_FEW}


def test_a_deal_breaker_is_told_one_by_one(services: GroupServices) -> None:
    prepared = opened(services, heads=6)
    for _ in range(2):
        someone = take_turns(services, "t y", "4 4 y y n n n", QUICK * 4, "cast y")
        assert "sold behind our back: They sold" in someone.heard
    rated(services, *[KIND] * 4)
    release = services.rounds.close(key_of(prepared), 6)
    assert release and [partner.deal_breaker for partner in release.partners].count(True) == 1


def test_partners_are_left_out_and_taken_back(services: GroupServices) -> None:
    opened(services)
    someone = take_turns(services, "t y 0 o c")
    assert "2 left out" in someone.heard
    back = take_turns(services, "t y 0 o b b 4 4 n n b")
    assert "1 of 5: Alder Security, peer firm. You don't know them." in back.said
    assert "2 of 5: Bayou Web Works, subcontractor. That's us, or in dispute." in back.said
    assert "(you said 4)" in back.said[-2]
    twice = take_turns(services, "t y 0 b 0 c")
    assert "1 left out" in twice.heard


def test_undo_goes_back_to_where_the_step_was_made(services: GroupServices) -> None:
    opened(services)
    someone = take_turns(services, "t y 4 u u 5 3 n n 1 0 u u c")
    asked = [each for each in someone.said if each[:2] in ("Th", "We") and "1 none" in each]
    assert "Not now: nothing to undo" in someone.said
    assert len([each for each in asked if each.startswith("They")]) == 6
    assert "1 rated    4 open: taken as “can't say”" in someone.said


def test_help_says_why_we_ask(services: GroupServices) -> None:
    opened(services)
    someone = take_turns(services, "t y ? 4 4 ? y ?")
    assert "Counts flatter less than words" in someone.heard
    assert "They sold to our client without talking to us." in someone.heard
    assert someone.said.count(KEYS) == 3


def test_the_check_finds_what_the_screen_finds(services: GroupServices) -> None:
    opened(services)
    someone = take_turns(services, "t y 4 c 1 s 4 n m", "3 " * 15, "c b c")
    assert "1 Alder Security: a little more and your voice counts" in someone.said
    assert someone.heard.count("What this cannot stop:") == 1
    assert "A partner with fewer than 4 voices shows nothing at all." in someone.said
    words = ", ".join(services.rounds.progress().check_words)  # pyright: ignore
    assert f"Locked for {words}: the same three words for everyone." in someone.said


def test_a_straight_line_is_asked_about(services: GroupServices) -> None:
    opened(services)
    someone = take_turns(services, "t y 5 5 n m", "5 " * 15, "c")
    assert "1 Alder Security: 5 on every line, also the bad ones: meant it?" in someone.said


def test_a_ballot_is_cast_by_a_word_only(services: GroupServices) -> None:
    opened(services)
    someone = take_turns(services, "t y", QUICK * 5, "c y cas CAST y")
    assert someone.heard.count("Please answer with one of: cast b leave 1 2 3 4 5") == 3
    assert services.rounds.progress().handed_in == 1  # pyright: ignore


def test_after_the_last_partner_one_can_go_back(services: GroupServices) -> None:
    opened(services)
    someone = take_turns(services, "t y 0 0 0 0 0 b 4 4 n n 1 3 3 n n c cast y")
    assert "5 of 5: Delta Printers, other. You don't know them." in someone.said
    assert "2 rated    3 left out" in someone.said


def test_the_mirror_and_then_the_curtain(services: GroupServices) -> None:
    opened(services)
    someone = take_turns(services, "t y 5 2 n n 0 0 0 0 cast y")
    receipt = next(each for each in someone.said if each.startswith("Handed in. Receipt: "))
    assert "send business back: they 1 of 1, you 0 of 1" in someone.said
    assert "A seed you could plant: Alder Security: a lead" in someone.said
    after = someone.said[someone.said.index(CURTAIN) + 1 :]
    assert after[0] == "Thank you. Please pass on to the next one. Cleared."
    assert "Alder" not in "".join(after) and receipt not in after
    assert someone.said.index(receipt) < someone.said.index(CURTAIN)


def test_the_code_lets_one_rate_again(services: GroupServices) -> None:
    opened(services)
    first = take_turns(services, "t y", QUICK * 5, "cast y")
    receipt = next(each for each in first.said if "Receipt:" in each).split(".")[1].split()[-2:]
    again = Person(["m", code_in(first.said), "a", *["0"] * 5, "cast", "y"])
    run_turns(again.talk, services)
    assert again.secrets == ["Your code: four words, four letters of each are enough."]
    assert " ".join(receipt) in again.heard and "5 left out" in again.heard
    progress = services.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in) == (1, 1)


def test_the_code_takes_the_ballot_out(services: GroupServices) -> None:
    opened(services)
    [seat] = rated(services, KIND)
    someone = Person(["m", code_of(seat), "t", "m", code_of(seat), "t", "n"])
    run_turns(someone.talk, services)
    assert "Your ballot is out of the box." in someone.heard
    assert "Nothing is handed in under this code." in someone.said
    assert services.rounds.progress().handed_in == 0  # pyright: ignore


@pytest.mark.parametrize("typed", ["", "no such code here", "\x1b[2J\x00", "x" * 10_000])
def test_a_wrong_code_is_one_line(services: GroupServices, typed: str) -> None:
    opened(services)
    someone = Person(["m", typed])
    run_turns(someone.talk, services)
    assert [each for each in someone.said if each.startswith("That code doesn't open")]


def test_a_spare_code_is_drawn_aloud(services: GroupServices) -> None:
    opened(services)
    for _ in range(4):
        services.rating.draw_code()
    someone = take_turns(services, "t s y leave leave")
    assert any(each.startswith("Not now: ") for each in someone.said), "all codes were drawn"
    assert "say aloud that one was lost" in someone.heard
    progress = services.rounds.progress()
    assert progress and progress.drawn == 4, "the spare one was given back"


@pytest.mark.parametrize("answers", ["t", "t y", "t y 4 4", "t y 4 4 n n c", "t y 4 y m leav"])
def test_whoever_is_gone_in_the_middle_hands_nothing_in(
    services: GroupServices, answers: str
) -> None:
    opened(services)
    someone = person(answers)
    with pytest.raises(EOFError):
        run_turns(someone.talk, services)
    assert someone.said[-1] == CURTAIN
    progress = services.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in) == (0, 0)


def test_whoever_is_gone_after_casting_has_cast(services: GroupServices) -> None:
    opened(services)
    someone = person("t y c cast")
    with pytest.raises(EOFError):
        run_turns(someone.talk, services)
    progress = services.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in) == (1, 1)


def test_whoever_changes_and_is_gone_keeps_the_first_ballot(services: GroupServices) -> None:
    opened(services)
    [seat] = rated(services, KIND)
    someone = Person(["m", code_of(seat), "a", "1", "1"])
    with pytest.raises(EOFError, match="your first ballot stays"):
        run_turns(someone.talk, services)
    assert services.rating.enter_code(code_of(seat)).receipt


def test_leaving_throws_away(services: GroupServices) -> None:
    opened(services)
    someone = take_turns(services, "t y 4 leave t y 4 c leave leave")
    assert someone.said.count(CURTAIN) == 2
    assert services.rounds.progress().drawn == 0  # pyright: ignore


GARBAGE = ["", " ", "6", "-1", "4 4", "ｙes", "\x1b[A", "\x00", "x" * 100_000, "🙂", "\ud800", "’"]


def test_garbage_is_asked_again_in_one_line_each(services: GroupServices) -> None:
    opened(services)
    someone = Person(["t", "y", *GARBAGE, "4", *GARBAGE, "4", "c", *GARBAGE, "b"])
    with pytest.raises(EOFError):
        run_turns(someone.talk, services)
    again = [each for each in someone.said if each.startswith("Please answer with one of: ")]
    assert len(again) == 3 * len(GARBAGE)
    assert all("\n" not in each and len(each) < 250 for each in someone.said)


def test_answers_are_read_kindly(services: GroupServices) -> None:
    opened(services)
    someone = Person([" T ", "Y", "４", " 4", "N", "N", "C", "Cast", "y", "LEAVE"])
    run_turns(someone.talk, services)
    assert not [each for each in someone.said if each.startswith("Please")]


def test_a_box_that_is_closed_meanwhile_is_one_line(services: GroupServices) -> None:
    opened(services)
    someone = person("t y 4 4 n n c")

    def close(_: list[str]) -> str:
        services.rounds.discard("Gulf Coast Peers")
        return "cast"

    someone.answers += [close, "leave"]
    run_turns(someone.talk, services)
    assert any(each.startswith("The box is closed: ") for each in someone.said)
    assert someone.said[-1] == "No round is open."


def test_without_a_round_there_is_nothing_to_do(services: GroupServices) -> None:
    someone = take_turns(services, "t")
    assert someone.said == ["No round is open."]
