"""One round from many terminals: what moves, who sees the close, and connections that break."""

import asyncio
import time

from stories import KIND, closed, key_of, opened, rated

from peerreview.services.rounds import Opening

from .conftest import Place


async def test_everybody_sees_a_cast_within_half_a_second(
    place: Place, opened_round: Opening
) -> None:
    one, other = await asyncio.gather(place.guest(), place.guest())
    await asyncio.gather(one.sees("0 of 6 handed in"), other.sees("0 of 6 handed in"))
    await asyncio.to_thread(rated, place.desk, KIND)
    start = time.monotonic()
    await asyncio.gather(one.sees("1 of 6 handed in"), other.sees("1 of 6 handed in"))
    assert time.monotonic() - start < 0.5


async def test_the_reveal_reaches_everybody_wherever_they_are_within_a_second(
    place: Place, opened_round: Opening
) -> None:
    waiting, rating, asking = await asyncio.gather(*(place.guest() for _ in range(3)))
    await waiting.takes_turn()
    await rating.draws()
    rating.press("44x")
    asking.press("m")
    await asking.sees("Your code: four words")
    rated(place.desk, *[KIND] * 3)
    await asyncio.to_thread(place.desk.rounds.close, key_of(opened_round), 4)
    start = time.monotonic()
    for each in (waiting, rating, asking):
        await each.sees("BOARD", "TWO-WAY STREETS")
    assert time.monotonic() - start < 1
    rating.press("esc")
    await rating.sees("Nothing to rate right now")


async def test_a_round_that_opens_is_there_without_a_key(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate right now")
    opened(place.desk, 5)
    await guest.sees("0 of 5 codes drawn", "take my turn")


async def test_no_more_codes_than_heads(place: Place) -> None:
    opened(place.desk, 4)
    await place.room.look()
    for _ in range(4):
        place.desk.rating.draw()
    guest = await place.guest()
    await guest.sees("4 of 4 codes drawn")
    guest.press("enter")
    await guest.sees("code")


async def test_answers_wait_for_whoever_was_cut_off(place: Place, opened_round: Opening) -> None:
    guest = await place.guest()
    code = await guest.draws()
    guest.press("44x43x")
    await guest.sees("2/5")
    await guest.leave()
    await place.until(lambda: not place.host.sessions)
    again = await place.guest()
    await again.sees("codes drawn")
    again.press("m")
    await again.sees("Your code")
    again.press(code, "enter")
    await again.sees("BALLOT", "2/5", "answers are still here")
    again.press("33x22x11x")
    await again.sees("5/5")
    await again.casts()
    assert place.desk.rounds.progress().handed_in == 1
    assert not place.room._turns


async def test_nothing_of_unsent_answers_is_on_the_disk_or_after_the_close(
    place: Place, opened_round: Opening
) -> None:
    before = {each: each.stat().st_mtime_ns for each in place.path.parent.iterdir()}
    guest = await place.guest()
    await guest.draws()
    drawn = {each: each.stat().st_mtime_ns for each in place.path.parent.iterdir()}
    guest.press("44x43x")
    await guest.sees("2/5")
    await guest.leave()
    await place.until(lambda: not place.host.sessions)
    now = {each: each.stat().st_mtime_ns for each in place.path.parent.iterdir()}
    assert now == drawn
    assert now.keys() == before.keys()
    assert place.room._turns
    rated(place.desk, *[KIND] * 4)
    place.desk.rounds.close(key_of(opened_round), 4)
    await place.until(lambda: not place.room._turns)


async def test_a_code_entered_twice_goes_on_where_it_was_entered_last(
    place: Place, opened_round: Opening
) -> None:
    phone = await place.guest()
    code = await phone.draws()
    phone.press("44x")
    await phone.sees("1/5")
    laptop = await place.guest()
    await laptop.sees("codes drawn")
    laptop.press("m")
    await laptop.sees("Your code")
    laptop.press(code, "enter")
    await laptop.sees("BALLOT", "1/5")
    await phone.sees("WELCOME", "Your code was entered on another")
    laptop.press("33x22x11x44x")
    await laptop.sees("5/5")
    await laptop.casts()
    assert place.desk.rounds.progress().handed_in == 1


async def test_leaving_ends_one_session_only(place: Place, opened_round: Opening) -> None:
    one, other = await asyncio.gather(place.guest(), place.guest())
    await asyncio.gather(one.sees("codes drawn"), other.sees("codes drawn"))
    one.press("q")
    assert await one.ends() == 0
    other.press("m")
    await other.sees("Your code")


async def test_a_guest_on_the_board_can_look_and_nothing_else(place: Place) -> None:
    closed(place.desk, *[KIND] * 4)
    await place.room.look()
    guest = await place.guest()
    await guest.sees("BOARD", "Alder Security")
    for forbidden in ("take turns", "open a round", "partners  ", "close the box"):
        assert forbidden not in guest.text
    guest.press("o", "p", "t", "c")
    guest.press("enter")
    await guest.sees("PARTNER", "Alder Security")


async def test_the_host_says_that_it_stops(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate")
    closing = asyncio.create_task(place.host.close())
    await guest.sees("The host stops in 0.2 seconds")
    assert await guest.ends() == 0
    await closing
    place.host.close = lambda: asyncio.sleep(0)
