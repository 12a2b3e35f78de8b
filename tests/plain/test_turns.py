"""A turn in plain mode gives the same ballot as the screens, and leaves nothing behind."""

from contextlib import suppress

import pytest
from stories import KIND, code_of, key_of, opened, rated

from peerreview.domain.tally.verdict import Street
from peerreview.plain.ballot import KEYS
from peerreview.plain.turns import run_turns
from peerreview.services.group_services import GroupServices

from .person import CURTAIN, Person, make_person, shown_code

QUICK = "4 4 n n "
"""Both counts are often, there is no deal-breaker, and the next partner follows."""


def take_turns(services: GroupServices, *parts: str) -> Person:
    """Let a person give answers until none is left; return the person."""
    rater = make_person(*parts)
    with suppress(EOFError):
        run_turns(rater.dialogue, services)
    return rater


def test_a_quick_ballot_counts_like_one_from_the_screens(services: GroupServices) -> None:
    prepared = opened(services)
    rater = take_turns(services, "t y", QUICK * 5, "cast y")
    assert "5 rated" in rater.lines
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


def test_each_deal_breaker_is_asked_about_after_the_answer_yes(services: GroupServices) -> None:
    prepared = opened(services, heads=6)
    for _ in range(2):
        rater = take_turns(services, "t y", "4 4 y y n n n", QUICK * 4, "cast y")
        assert "sold behind our back: They sold" in rater.text
    rated(services, *[KIND] * 4)
    release = services.rounds.close(key_of(prepared), 6)
    assert release and [partner.deal_breaker for partner in release.partners].count(True) == 1


def test_partners_are_left_out_and_taken_back(services: GroupServices) -> None:
    opened(services)
    rater = take_turns(services, "t y 0 o c")
    assert "2 left out" in rater.text
    returning = take_turns(services, "t y 0 o b b 4 4 n n b")
    assert "1 of 5: Alder Security, peer firm. You don't know them." in returning.lines
    assert "2 of 5: Bayou Web Works, subcontractor. That's us, or in dispute." in returning.lines
    assert "(you said 4)" in returning.lines[-2]
    twice = take_turns(services, "t y 0 b 0 c")
    assert "1 left out" in twice.text


def test_undo_goes_back_to_where_the_step_was_made(services: GroupServices) -> None:
    opened(services)
    rater = take_turns(services, "t y 4 u u 5 3 n n 1 0 u u c")
    counts = [line for line in rater.lines if line.startswith("They") and "1 none" in line]
    assert "Not now: nothing to undo" in rater.lines
    assert len(counts) == 6
    assert "1 rated    4 open: taken as “can't say”" in rater.lines


def test_help_gives_the_reason_for_a_question(services: GroupServices) -> None:
    opened(services)
    rater = take_turns(services, "t y ? 4 4 ? y ?")
    assert "Counts flatter less than words" in rater.text
    assert "They sold to our client without talking to us." in rater.text
    assert rater.lines.count(KEYS) == 3


def test_the_check_reports_the_same_doubts_as_the_screen(services: GroupServices) -> None:
    opened(services)
    rater = take_turns(services, "t y 4 c 1 s 4 n m", "3 " * 15, "c b c")
    assert "1 Alder Security: a little more and your voice counts" in rater.lines
    assert rater.text.count("What this cannot stop:") == 1
    assert "A partner with fewer than 4 voices shows nothing at all." in rater.lines
    words = ", ".join(services.rounds.progress().check_words)  # pyright: ignore
    assert f"Locked for {words}: the same three words for everyone." in rater.lines


def test_equal_answers_on_every_line_are_questioned(services: GroupServices) -> None:
    opened(services)
    rater = take_turns(services, "t y 5 5 n m", "5 " * 15, "c")
    assert "1 Alder Security: 5 on every line, also the bad ones: meant it?" in rater.lines


def test_only_the_word_cast_hands_a_ballot_in(services: GroupServices) -> None:
    opened(services)
    rater = take_turns(services, "t y", QUICK * 5, "c y cas CAST y")
    assert rater.text.count("Please answer with one of: cast b leave 1 2 3 4 5") == 3
    assert services.rounds.progress().handed_in == 1  # pyright: ignore


def test_a_rater_can_go_back_after_the_last_partner(services: GroupServices) -> None:
    opened(services)
    rater = take_turns(services, "t y 0 0 0 0 0 b 4 4 n n 1 3 3 n n c cast y")
    assert "5 of 5: Delta Printers, other. You don't know them." in rater.lines
    assert "2 rated    3 left out" in rater.lines


def test_the_curtain_follows_the_mirror_and_shows_nothing_of_the_turn(
    services: GroupServices,
) -> None:
    opened(services)
    rater = take_turns(services, "t y 5 2 n n 0 0 0 0 cast y")
    receipt = next(line for line in rater.lines if line.startswith("Handed in. Receipt: "))
    assert "send business back: they 1 of 1, you 0 of 1" in rater.lines
    assert "A seed you could plant: Alder Security: a lead" in rater.lines
    after = rater.lines[rater.lines.index(CURTAIN) + 1 :]
    assert after[0] == "Thank you. Please pass on to the next one. Cleared."
    assert "Alder" not in "".join(after) and receipt not in after
    assert rater.lines.index(receipt) < rater.lines.index(CURTAIN)


def test_a_code_lets_its_rater_rate_again(services: GroupServices) -> None:
    opened(services)
    first = take_turns(services, "t y", QUICK * 5, "cast y")
    receipt = next(line for line in first.lines if "Receipt:" in line).split(".")[1].split()[-2:]
    again = Person(["m", shown_code(first.lines), "a", *["0"] * 5, "cast", "y"])
    run_turns(again.dialogue, services)
    assert again.secret_questions == ["Your code: four words, four letters of each are enough."]
    assert " ".join(receipt) in again.text and "5 left out" in again.text
    progress = services.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in) == (1, 1)


def test_a_code_lets_its_rater_take_the_ballot_out(services: GroupServices) -> None:
    opened(services)
    [seat] = rated(services, KIND)
    rater = Person(["m", code_of(seat), "t", "m", code_of(seat), "t", "n"])
    run_turns(rater.dialogue, services)
    assert "Your ballot is out of the box." in rater.text
    assert "Nothing is handed in under this code." in rater.lines
    assert services.rounds.progress().handed_in == 0  # pyright: ignore


@pytest.mark.parametrize("typed", ["", "no such code here", "\x1b[2J\x00", "x" * 10_000])
def test_a_wrong_code_is_reported_in_one_line(services: GroupServices, typed: str) -> None:
    opened(services)
    rater = Person(["m", typed])
    run_turns(rater.dialogue, services)
    assert [line for line in rater.lines if line.startswith("That code doesn't open")]


def test_a_spare_code_is_drawn_only_on_request(services: GroupServices) -> None:
    opened(services)
    for _ in range(4):
        services.rating.draw_code()
    rater = take_turns(services, "t s y leave leave")
    assert any(line.startswith("Not now: ") for line in rater.lines), "only spare codes are left"
    assert "say aloud that one was lost" in rater.text
    progress = services.rounds.progress()
    assert progress and progress.drawn == 4, "the spare code was given back"


@pytest.mark.parametrize("answers", ["t", "t y", "t y 4 4", "t y 4 4 n n c", "t y 4 y m leav"])
def test_a_rater_who_goes_during_a_turn_hands_nothing_in(
    services: GroupServices, answers: str
) -> None:
    opened(services)
    rater = make_person(answers)
    with pytest.raises(EOFError):
        run_turns(rater.dialogue, services)
    assert rater.lines[-1] == CURTAIN
    progress = services.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in) == (0, 0)


def test_a_rater_who_goes_after_casting_has_handed_in(services: GroupServices) -> None:
    opened(services)
    rater = make_person("t y c cast")
    with pytest.raises(EOFError):
        run_turns(rater.dialogue, services)
    progress = services.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in) == (1, 1)


def test_a_rater_who_goes_while_changing_keeps_the_first_ballot(services: GroupServices) -> None:
    opened(services)
    [seat] = rated(services, KIND)
    rater = Person(["m", code_of(seat), "a", "1", "1"])
    with pytest.raises(EOFError, match="your first ballot stays"):
        run_turns(rater.dialogue, services)
    assert services.rating.enter_code(code_of(seat)).receipt


def test_leaving_discards_the_answers_and_the_code(services: GroupServices) -> None:
    opened(services)
    rater = take_turns(services, "t y 4 leave t y 4 c leave leave")
    assert rater.lines.count(CURTAIN) == 2
    assert services.rounds.progress().drawn == 0  # pyright: ignore


GARBAGE = ["", " ", "6", "-1", "4 4", "ｙes", "\x1b[A", "\x00", "x" * 100_000, "🙂", "\ud800", "’"]


def test_an_invalid_answer_is_asked_again_in_one_line(services: GroupServices) -> None:
    opened(services)
    rater = Person(["t", "y", *GARBAGE, "4", *GARBAGE, "4", "c", *GARBAGE, "b"])
    with pytest.raises(EOFError):
        run_turns(rater.dialogue, services)
    again = [line for line in rater.lines if line.startswith("Please answer with one of: ")]
    assert len(again) == 3 * len(GARBAGE)
    assert all("\n" not in line and len(line) < 250 for line in rater.lines)


def test_case_spaces_and_full_width_digits_in_answers_are_accepted(services: GroupServices) -> None:
    opened(services)
    rater = Person([" T ", "Y", "４", " 4", "N", "N", "C", "Cast", "y", "LEAVE"])
    run_turns(rater.dialogue, services)
    assert not [line for line in rater.lines if line.startswith("Please")]


def test_a_round_discarded_during_a_turn_is_reported_in_one_line(services: GroupServices) -> None:
    opened(services)
    rater = make_person("t y 4 4 n n c")

    def close(_: list[str]) -> str:
        services.rounds.discard("Gulf Coast Peers")
        return "cast"

    rater.answers += [close, "leave"]
    run_turns(rater.dialogue, services)
    assert any(line.startswith("The box is closed: ") for line in rater.lines)
    assert rater.lines[-1] == "No round is open."


def test_without_an_open_round_the_turns_end_at_once(services: GroupServices) -> None:
    rater = take_turns(services, "t")
    assert rater.lines == ["No round is open."]
