"""Sessions in plain lines, for screen readers, braille, and clients without a terminal."""

import asyncio
import gc
import re

import pytest
from stories import KIND, key_of, rated

from peerreview.services.rounds import PreparedRound
from peerreview.services.turn import Turn

from .conftest import Place
from .guest import Guest


async def hears(guest: Guest, part: str) -> None:
    await guest.until(lambda: part in guest.session.raw.decode("utf-8", "replace"), part)


async def answers(guest: Guest, question: str, answer: str) -> None:
    """Wait for a question, answer it, and drop what arrived before."""
    await hears(guest, question)
    guest.session.raw = b""
    guest.channel.write(f"{answer}\n".encode())


@pytest.mark.parametrize("term", ["dumb", ""])
async def test_somebody_draws_a_code_in_lines_and_leaves(
    place: Place, opened_round: PreparedRound, term: str
) -> None:
    guest = await place.guest(term=term)
    await answers(guest, "t take a turn", "t")
    await answers(guest, "codes drawn", "t")
    await answers(guest, "y once you have them", "y")
    await hears(guest, "first hand")
    assert b"\x1b[" not in guest.session.raw
    assert place.services.rounds.progress().drawn == 1
    guest.channel.write(b"\x03")
    await guest.ends()
    await place.until(lambda: not place.host.sessions)
    await place.until(lambda: place.services.rounds.progress().drawn == 0)


async def test_a_terminal_echoes_typed_text_but_no_code(
    place: Place, opened_round: PreparedRound
) -> None:
    guest = await place.guest(term="dumb")
    await hears(guest, "t take a turn")
    guest.session.raw = b""
    guest.channel.write(b"xy\x7f\x7ft\r")
    await hears(guest, "xy\b \b\b \bt\r\n")
    await answers(guest, "m my ballot", "m")
    await hears(guest, "Your code: four words")
    guest.session.raw = b""
    guest.channel.write(b"maple otter ridge lantern\r")
    await hears(guest, "code")
    assert b"maple" not in guest.session.raw


@pytest.mark.slow
async def test_a_flood_of_input_disturbs_no_other_session(
    place: Place, opened_round: PreparedRound
) -> None:
    guest, other = await place.guest(term="dumb"), await place.guest()
    await hears(guest, "t take a turn")
    guest.channel.write(b"\x1b[31m\xff" * 50_000 + b"\r" * 5_000)
    await other.sees("codes drawn")
    await asyncio.sleep(0.1)
    guest.connection.abort()
    await place.until(lambda: len(place.host.sessions) == 1)


async def draws(guest: Guest) -> str:
    """Draw a code, and go on to the first question."""
    await answers(guest, "t take a turn", "t")
    await answers(guest, "codes drawn", "t")
    await hears(guest, "y once you have them")
    code = re.search(r"((?:[a-z]+, ){3}[a-z]+)\. y once", guest.session.raw.decode())[1]
    await answers(guest, "y once", "y")
    await hears(guest, "1 of 5")
    return code.replace(",", "")


async def cut_off(place: Place, guest: Guest) -> None:
    await guest.leave()
    await place.until(lambda: not place.host.sessions)


@pytest.mark.parametrize("term", ["dumb", "xterm-256color"])
async def test_answers_given_in_lines_survive_a_broken_connection(
    place: Place, opened_round: PreparedRound, term: str
) -> None:
    guest = await place.guest(term="dumb")
    code = await draws(guest)
    for answer in "44nn":
        guest.channel.write(f"{answer}\n".encode())
    await hears(guest, "2 of 5")
    await cut_off(place, guest)
    assert place.services.rounds.progress().drawn == 1
    again = await place.guest(term=term)
    if term == "dumb":
        await answers(again, "t take a turn", "t")
        await answers(again, "codes drawn", "m")
        await answers(again, "Your code: four words", code)
        await hears(again, "Your answers are still here")
        await answers(again, "2 of 5", "c")
        await answers(again, "The word cast", "cast")
    else:
        await again.sees("codes drawn")
        again.press("m")
        await again.sees("Your code")
        again.press(code, "enter")
        await again.sees("BALLOT", "1/5", "answers are still here")
        again.press("c")
        await again.sees("CHECK AND CAST")
        again.press("c", "enter")
    await place.until(lambda: place.services.rounds.progress().handed_in == 1)
    await place.until(lambda: not place.room._turns)


async def test_answers_checked_in_lines_go_on_from_the_first_partner_on_a_screen(
    place: Place, opened_round: PreparedRound
) -> None:
    guest = await place.guest(term="dumb")
    code = await draws(guest)
    for answer in "44nn" * 5:
        guest.channel.write(f"{answer}\n".encode())
    await hears(guest, "The word cast")
    await cut_off(place, guest)
    again = await place.guest()
    await again.sees("codes drawn")
    again.press("m")
    await again.sees("Your code")
    again.press(code, "enter")
    await again.sees("BALLOT", "5/5", "Alder Security")


async def test_a_close_elsewhere_drops_the_answers_given_in_lines(
    place: Place, opened_round: PreparedRound
) -> None:
    guest = await place.guest(term="dumb")
    await draws(guest)
    await answers(guest, "1 none", "4")
    await hears(guest, "1 none")
    rated(place.services, *[KIND] * 4)
    place.services.rounds.close(key_of(opened_round), 4)
    await hears(guest, "the round has ended")
    await answers(guest, "No round is open", "b")
    await hears(guest, "4 ballots")
    gc.collect()
    assert not [object_ for object_ in gc.get_objects() if isinstance(object_, Turn)]


async def test_a_turn_in_lines_moves_to_the_terminal_where_its_code_was_entered_last(
    place: Place, opened_round: PreparedRound
) -> None:
    phone, laptop = await place.guest(term="dumb"), await place.guest()
    code = await draws(phone)
    await laptop.sees("1 of 6 codes drawn")
    laptop.press("m")
    await laptop.sees("Your code")
    laptop.press(code, "enter")
    await laptop.sees("Nothing is handed in under this code")
    laptop.press("a")
    await laptop.sees("BALLOT", "0/5")
    await hears(phone, "your turn goes on there")
    await hears(phone, "1 codes drawn")
    laptop.press("44x")
    await laptop.sees("1/5")
    await laptop.casts()
    assert place.services.rounds.progress().handed_in == 1
