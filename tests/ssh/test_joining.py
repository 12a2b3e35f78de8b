"""Guests join with the door code, see the round, rate, and wait for the close."""

import asyncio
import os
import time
from pathlib import Path

from stories import KIND, closed, key_of, rated

from peerreview import bootstrap
from peerreview.hosting import publish_join_notice

from .conftest import Place


def test_a_join_notice_counts_only_while_it_is_fresh(tmp_path: Path) -> None:
    group = tmp_path / "gulf.group.json"
    assert bootstrap._read_join_notice(group) == ""
    publish_join_notice(group, "ssh -p 2222 review@192.168.1.20")
    assert bootstrap._read_join_notice(group) == "ssh -p 2222 review@192.168.1.20"
    (notice,) = tmp_path.iterdir()
    os.utime(notice, (0, time.time() - 60))  # its host was killed
    assert bootstrap._read_join_notice(group) == ""
    publish_join_notice(group, "ssh -p 2222 review@192.168.1.20")
    assert bootstrap._read_join_notice(group)
    publish_join_notice(group, "")
    assert not list(tmp_path.iterdir())
    publish_join_notice(tmp_path / "nowhere" / "gulf.group.json", "ssh")


async def test_a_guest_with_the_door_code_sees_that_no_round_is_open(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate right now", "Gulf Coast Peers")


async def test_a_late_joiner_sees_the_last_board(place: Place) -> None:
    closed(place.services, *[KIND] * 4)
    await place.room.refresh()
    guest = await place.guest()
    await guest.sees("BOARD", "TWO-WAY STREETS", "Alder Security")


async def test_two_sessions_and_the_laptop_fill_one_box(place: Place, opened_round) -> None:
    one, other = await asyncio.gather(place.guest(), place.guest(size=(60, 20)))
    await asyncio.gather(one.takes_turn(), other.takes_turn())
    rated(place.services, KIND, KIND)
    await asyncio.gather(one.sees("4 of 6 handed in"), other.sees("4 of 6 handed in"))
    place.services.rounds.close(key_of(opened_round), 4)
    await asyncio.gather(one.sees("BOARD", "Alder Security"), other.sees("BOARD", "Alder Security"))
