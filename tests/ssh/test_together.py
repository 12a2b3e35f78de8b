"""One round on many terminals: counters, the close, and connections that break."""

import asyncio
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager

import asyncssh
import pytest
from stories import KIND, closed, key_of, opened, rated

from peerreview.domain.group.partner import PartnerKind
from peerreview.services.group_services import GroupServices
from peerreview.services.rounds import PreparedRound
from peerreview.ssh import room_state
from peerreview.ssh.access import Accounts
from peerreview.ssh.driver import _make_padding

from .conftest import Place


def opened_with_new(services: GroupServices) -> PreparedRound:
    """Open a round about a new partner; the others rest."""
    services.setting_up.add("Newcomer Networks", PartnerKind.VENDOR)
    return opened(services, 6)


@contextmanager
def assert_shorter_than(seconds: float) -> Iterator[None]:
    """Fail if guests see a change on the host only later.

    What counts is the time between two looks and the processor time of host and guests, so that
    a machine that is busy with other things doesn't matter.
    """
    start = time.process_time()
    yield
    assert room_state._STAMP_PAUSE + time.process_time() - start < seconds


async def test_everybody_sees_a_cast_within_half_a_second(
    place: Place, opened_round: PreparedRound
) -> None:
    one, other = await asyncio.gather(place.guest(), place.guest())
    await asyncio.gather(one.sees("0 of 6 handed in"), other.sees("0 of 6 handed in"))
    await asyncio.to_thread(rated, place.services, KIND)
    with assert_shorter_than(0.5):
        await asyncio.gather(one.sees("1 of 6 handed in"), other.sees("1 of 6 handed in"))


async def test_a_close_shows_the_board_on_every_screen_within_a_second(
    place: Place, opened_round: PreparedRound
) -> None:
    waiting, rating, asking = await asyncio.gather(*(place.guest() for _ in range(3)))
    await waiting.takes_turn()
    await rating.draws()
    rating.press("44x")
    asking.press("m")
    await asking.sees("Your code: four words")
    rated(place.services, *[KIND] * 3)
    await asyncio.to_thread(place.services.rounds.close, key_of(opened_round), 4)
    with assert_shorter_than(1):
        for guest in (waiting, rating, asking):
            await guest.sees("BOARD", "TWO-WAY STREETS")
    rating.press("esc")
    await rating.sees("Nothing to rate right now")


async def test_a_round_that_opens_shows_up_without_a_key(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate right now")
    opened(place.services, 5)
    await guest.sees("0 of 5 codes drawn", "take my turn")


async def test_a_round_gives_no_more_codes_than_heads(place: Place) -> None:
    opened(place.services, 4)
    await place.room.refresh()
    for _ in range(4):
        place.services.rating.draw_code()
    guest = await place.guest()
    await guest.sees("4 of 4 codes drawn")
    guest.press("enter")
    await guest.sees("code")


async def test_answers_survive_a_broken_connection(
    place: Place, opened_round: PreparedRound
) -> None:
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
    assert place.services.rounds.progress().handed_in == 1
    assert not place.room._turns


async def test_answers_not_handed_in_reach_no_disk_and_end_with_the_close(
    place: Place, opened_round: PreparedRound
) -> None:
    before = {file: file.stat().st_mtime_ns for file in place.path.parent.iterdir()}
    guest = await place.guest()
    await guest.draws()
    drawn = {file: file.stat().st_mtime_ns for file in place.path.parent.iterdir()}
    guest.press("44x43x")
    await guest.sees("2/5")
    await guest.leave()
    await place.until(lambda: not place.host.sessions)
    now = {file: file.stat().st_mtime_ns for file in place.path.parent.iterdir()}
    assert now == drawn
    assert now.keys() == before.keys()
    assert place.room._turns
    rated(place.services, *[KIND] * 4)
    place.services.rounds.close(key_of(opened_round), 4)
    await place.until(lambda: not place.room._turns)


async def test_a_turn_moves_to_the_terminal_where_its_code_was_entered_last(
    place: Place, opened_round: PreparedRound
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
    assert place.services.rounds.progress().handed_in == 1


async def test_leaving_ends_one_session_only(place: Place, opened_round: PreparedRound) -> None:
    one, other = await asyncio.gather(place.guest(), place.guest())
    await asyncio.gather(one.sees("codes drawn"), other.sees("codes drawn"))
    one.press("q")
    assert await one.ends() == 0
    other.press("m")
    await other.sees("Your code")


async def test_a_guest_on_the_board_can_only_look(place: Place) -> None:
    closed(place.services, *[KIND] * 4)
    await place.room.refresh()
    guest = await place.guest()
    await guest.sees("BOARD", "Alder Security")
    for forbidden in ("take turns", "open a round", "partners  ", "close the box"):
        assert forbidden not in guest.text
    guest.press("o", "p", "c", "n", "e")
    guest.press("enter")
    await guest.sees("PARTNER", "Alder Security")


async def test_a_guest_can_open_every_view_of_the_board(place: Place) -> None:
    closed(place.services, *[KIND] * 4)
    await place.room.refresh()
    before = {file: file.stat().st_mtime_ns for file in place.path.parent.iterdir()}
    guest = await place.guest()
    await guest.sees("BOARD", "Alder Security")
    for keys, seen in (
        ("m", "STREET MAP"),
        ("r", "ROUNDS"),
        ("t11", "TALK LIST"),
        (":", "Type part of a name"),
        ("?", "Two partners side by side"),
        ("/ald", "1 of 5"),
    ):
        guest.press(keys)
        await guest.sees(seen)
        guest.press("esc")
        await guest.until(lambda seen=seen: seen not in guest.text, f"the end of {seen}")
    await guest.sees("4 ballots", "5 partners")
    guest.press("v")
    await guest.sees("Alder Security beside whom?")
    guest.press("down", "v")
    await guest.sees("COMPARE")
    guest.press("esc")
    await guest.sees("BOARD")
    guest.session.raw = b""
    guest.press("y")
    await guest.sees("Copied")
    assert b"\x1b]52;c;" in guest.session.raw, "the clipboard at the guest's end"
    assert {file: file.stat().st_mtime_ns for file in place.path.parent.iterdir()} == before


@pytest.mark.parametrize("ends", ["closed", "discarded"])
async def test_a_round_that_ends_without_a_result_ends_every_turn(place: Place, ends: str) -> None:
    prepared = opened(place.services, 5, rehearsal=True)
    await place.room.refresh()
    rating = await place.guest()
    await rating.draws()
    rating.press("44x")
    rated(place.services, *[KIND] * 4)
    if ends == "closed":
        place.services.rounds.close(key_of(prepared), 4)
    else:
        place.services.rounds.discard(place.room.view.group.name)
    await rating.sees("WELCOME", "Nothing to rate right now", "Rehearsal has ended")


async def test_the_host_account_closes_a_box_over_ssh(
    place: Place, opened_round: PreparedRound
) -> None:
    admin = asyncssh.generate_private_key("ssh-ed25519")
    place.host.accounts = Accounts({"review": place.room}, (admin.convert_to_public(),))
    guest = await place.guest()
    await guest.takes_turn()
    rated(place.services, *[KIND] * 3)
    host = await place.guest(account="host", client_keys=[admin])
    await host.sees("BOARD", "4 of 6 handed in")
    host.press("c")
    await host.sees("Hands up, please")
    host.press("4", "enter")
    await asyncio.sleep(0.3)  # the field of the key takes over
    host.press(key_of(opened_round), "enter")
    await asyncio.gather(host.sees("BOARD", "4 ballots"), guest.sees("BOARD", "4 ballots"))
    host.press("e", "m")  # nothing is written on the host: e does nothing
    await host.sees("STREET MAP")


async def test_an_open_board_follows_the_next_round(place: Place) -> None:
    closed(place.services, *[KIND] * 4)
    await place.room.refresh()
    guest = await place.guest()
    await guest.sees("BOARD", "4 ballots")
    prepared = opened_with_new(place.services)
    await guest.sees("0 of 6 handed in")
    rated(place.services, *[KIND] * 6)
    place.services.rounds.close(key_of(prepared), 6)
    await guest.sees("BOARD", "round 2", "6 ballots")


async def test_a_host_warns_its_guests_before_it_stops(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate")
    closing = asyncio.create_task(place.host.close())
    await guest.sees("The host stops in 0.2 seconds")
    assert await guest.ends() == 0
    await closing
    place.host.close = lambda: asyncio.sleep(0)


async def test_all_frames_of_a_turn_are_of_one_length(
    place: Place, opened_round: PreparedRound
) -> None:
    guest = await place.guest()
    await guest.draws()
    await asyncio.sleep(0.5)  # the ballot is drawn
    expected = before = len(guest.session.raw)
    for key in "15x51x0o 3u4":
        guest.press(key)
        expected += 8192
        await guest.until(lambda size=expected: len(guest.session.raw) >= size, key)
        assert len(guest.session.raw) == expected
    await asyncio.sleep(0.3)  # nothing follows
    assert len(guest.session.raw) == expected > before


@pytest.mark.parametrize("size", [0, 1, 8189, 8190, 8191, 8192, 8193, 20_000])
def test_padding_of_a_frame_changes_nothing_on_a_terminal(size: int) -> None:
    filler = _make_padding(size)
    assert not (size + len(filler)) % 8192 and len(filler) < 8192 + 3
    pieces = filler.split(b"m")
    assert pieces.pop() == b""
    assert all(re.fullmatch(rb"\x1b\[0{0,57}", piece) for piece in pieces)


async def test_kept_answers_are_dropped_once_a_ballot_is_cast_elsewhere(
    place: Place, opened_round: PreparedRound
) -> None:
    guest = await place.guest()
    code = await guest.draws()
    guest.press("44x")
    await guest.sees("1/5")
    await guest.leave()
    seat = await asyncio.to_thread(place.services.rating.enter_code, code)
    await asyncio.to_thread(place.services.rating.cast, seat, seat.blank_draft())
    again = await place.guest()
    await again.sees("codes drawn")
    again.press("m")
    await again.sees("Your code")
    again.press(code, "enter")
    await again.sees("MY BALLOT", "receipt")
    assert "still here" not in again.text
    again.press("a")
    await again.sees("BALLOT", "0/5")
