"""Without a screen there are lines: for screen readers, braille, and clients without a terminal."""

import asyncio

import pytest

from peerreview.services.rounds import Opening

from .conftest import Place
from .guest import Guest


async def hears(guest: Guest, part: str) -> None:
    await guest.until(lambda: part in guest.session.raw.decode("utf-8", "replace"), part)


async def answers(guest: Guest, question: str, answer: str) -> None:
    """Wait for a question, answer it, and forget what was said."""
    await hears(guest, question)
    guest.session.raw = b""
    guest.channel.write(f"{answer}\n".encode())


@pytest.mark.parametrize("term", ["dumb", ""])
async def test_somebody_draws_a_code_in_lines_and_leaves(
    place: Place, opened_round: Opening, term: str
) -> None:
    guest = await place.guest(term=term)
    await answers(guest, "t take a turn", "t")
    await answers(guest, "codes drawn", "t")
    await answers(guest, "y once you have them", "y")
    await hears(guest, "first hand")
    assert b"\x1b[" not in guest.session.raw
    assert place.desk.rounds.progress().drawn == 1
    guest.channel.write(b"\x03")
    await guest.ends()
    await place.until(lambda: not place.host.sessions)
    await place.until(lambda: place.desk.rounds.progress().drawn == 0)


async def test_what_is_typed_shows_on_a_terminal_but_not_a_code(
    place: Place, opened_round: Opening
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


async def test_much_too_much_is_no_trouble(place: Place, opened_round: Opening) -> None:
    guest, other = await place.guest(term="dumb"), await place.guest()
    await hears(guest, "t take a turn")
    guest.channel.write(b"\x1b[31m\xff" * 50_000 + b"\r" * 5_000)
    await other.sees("codes drawn")
    await asyncio.sleep(0.1)
    guest.connection.abort()
    await place.until(lambda: len(place.host.sessions) == 1)
