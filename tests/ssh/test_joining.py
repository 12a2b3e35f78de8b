"""People join with the door code, see the round, rate, and wait for the close together."""

import asyncio

from stories import KIND, closed, key_of, rated

from .conftest import Place


async def test_the_door_code_lets_somebody_in_who_sees_that_nothing_is_open(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate right now", "Gulf Coast Peers")


async def test_a_late_joiner_sees_the_last_board(place: Place) -> None:
    closed(place.desk, *[KIND] * 4)
    await place.room.look()
    guest = await place.guest()
    await guest.sees("BOARD", "TWO-WAY STREETS", "Alder Security")


async def test_two_sessions_and_the_laptop_fill_one_box(place: Place, opened_round) -> None:
    one, other = await asyncio.gather(place.guest(), place.guest(size=(60, 20)))
    await asyncio.gather(one.takes_turn(), other.takes_turn())
    rated(place.desk, KIND, KIND)
    await asyncio.gather(one.sees("4 of 6 handed in"), other.sees("4 of 6 handed in"))
    place.desk.rounds.close(key_of(opened_round), 4)
    await asyncio.gather(one.sees("BOARD", "Alder Security"), other.sees("BOARD", "Alder Security"))
