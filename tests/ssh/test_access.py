"""The rules of access: who may join, what a client may ask for, and how much of it."""

import asyncio
import time

import asyncssh
import pytest
from stories import KIND, closed, key_of, opened, rated

from peerreview.errors import UsageError
from peerreview.ssh.access import Accounts, DoorCodes, parse_authorized_keys
from peerreview.ssh.limits import Admission, GuessLimiter, Limits

from .conftest import Place, room_at
from .guest import PATIENCE, Guest, Screen, connect

ADMIN = asyncssh.generate_private_key("ssh-ed25519")
STRANGER = asyncssh.generate_private_key("ssh-ed25519")


async def run_command(place: Place, command: str, **options: object) -> Guest:
    return await Guest.joined(place.port, place.code, command=command, term="", **options)


async def read_refusal(place: Place, command: str) -> str:
    guest = await run_command(place, command)
    assert await guest.ends() == 1
    await guest.leave()
    return guest.error_text


# The door.


async def test_a_wrong_door_code_is_refused_after_three_tries(place: Place) -> None:
    with pytest.raises(asyncssh.DisconnectError) as error:
        await connect(place.port, "000 000")
    assert "wrong door code, three times" in str(error.value)
    assert [line for line in place.lines if "wrong door code" in line]
    assert not any(place.code in line or "000" in line for line in place.lines)


async def test_the_code_may_be_typed_with_blanks_and_in_capitals(place: Place) -> None:
    spaced = f" {place.code[:3]} {place.code[3:]} "
    (await connect(place.port, spaced)).abort()
    door = DoorCodes(b"x", is_lasting=True)
    assert door.is_correct(place.room, door.code_for(place.room).upper())


async def test_a_new_round_has_a_new_code_and_another_host_has_another(place: Place) -> None:
    before = place.code
    closed(place.services, *[KIND] * 4)
    await place.room.refresh()
    assert place.code != before
    assert DoorCodes(b"another").code_for(place.room) != place.code
    assert DoorCodes(b"a secret of the host").code_for(place.room) == place.code
    lasting = DoorCodes(b"a secret of the host", is_lasting=True)
    assert len(lasting.code_for(place.room)) == 8


async def test_a_rehearsal_and_the_round_after_it_share_no_code(place: Place) -> None:
    codes = [place.code]
    for rehearsal in (True, False):
        prepared = opened(place.services, 4, rehearsal=rehearsal)
        await place.room.refresh()
        codes.append(place.code)
        rated(place.services, *[KIND] * 4)
        place.services.rounds.close(key_of(prepared), 4)
        await place.room.refresh()
        assert place.code == codes[-1], "people who are about to come typed the right one"
    assert len(set(codes)) == 3


async def test_no_code_opens_an_unknown_account(place: Place) -> None:
    for account, code in (("root", place.code), ("gulf", " "), ("host.gulf", place.code)):
        place.host.guesses = GuessLimiter(600)
        with pytest.raises(asyncssh.DisconnectError):
            await connect(place.port, code, account)


async def test_no_password_no_key_and_no_empty_answer_opens_the_door(place: Place) -> None:
    with pytest.raises(asyncssh.DisconnectError):
        await connect(place.port, place.code, password=place.code, preferred_auth="password")
    with pytest.raises(asyncssh.DisconnectError):
        await connect(place.port, place.code, client_keys=[ADMIN], preferred_auth="publickey")
    with pytest.raises(asyncssh.DisconnectError):
        await connect(place.port, place.code, preferred_auth="none")


async def test_the_host_account_opens_with_its_keys_only(place: Place) -> None:
    place.host.accounts = Accounts({"review": place.room}, (ADMIN.convert_to_public(),))
    with pytest.raises(asyncssh.DisconnectError):
        await connect(place.port, place.code, "host")
    with pytest.raises(asyncssh.DisconnectError):
        await connect(place.port, place.code, "host", client_keys=[STRANGER])
    host = await Guest.joined(place.port, place.code, account="host", client_keys=[ADMIN])
    await host.sees("open a round", "partners")
    await host.leave()


def test_an_authorized_keys_file_with_options_is_refused_not_obeyed() -> None:
    line = ADMIN.export_public_key().decode()
    assert parse_authorized_keys(f"# the admins\n\n{line}") == (ADMIN.convert_to_public(),)
    for bad in (f'command="sh" {line}', f"no-pty {line}", "ssh-ed25519 AAAA", "ssh-rsa"):
        with pytest.raises(UsageError, match="line 1"):
            parse_authorized_keys(bad)


# What may be asked for.


async def test_summary_and_board_are_the_only_commands_and_come_after_the_close(
    place: Place,
) -> None:
    assert "no round" in (await read_refusal(place, "summary")).lower()
    closed(place.services, *[KIND] * 4)
    await place.room.refresh()
    guest = await run_command(place, "summary")
    assert await guest.ends() == 0
    assert guest.session.raw.decode() == place.services.results.summary().group
    await guest.leave()
    for command in ("sh", "summary; sh", "scp -t .", "summary extra", "", "\x1b[2J"):
        if command:
            assert "no commands here but summary and board" in await read_refusal(place, command)


async def test_no_files_can_be_transferred(place: Place) -> None:
    connection = await connect(place.port, place.code)
    with pytest.raises(asyncssh.Error):
        await connection.start_sftp_client()
    connection.abort()


async def test_nothing_is_forwarded(place: Place) -> None:
    connection = await connect(place.port, place.code)
    with pytest.raises(asyncssh.ChannelOpenError):
        await connection.open_connection("127.0.0.1", place.port)
    with pytest.raises(asyncssh.ChannelListenError):
        await connection.forward_remote_port("", 0, "127.0.0.1", 1)
    with pytest.raises((asyncssh.ChannelOpenError, asyncssh.ChannelListenError)):
        await connection.open_unix_connection("/tmp/socket")
    connection.abort()


async def test_a_connection_has_one_session(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate")
    with pytest.raises(asyncssh.ChannelOpenError, match="one session a connection"):
        await guest.connection.create_session(lambda: Screen(80, 24), encoding=None)


async def test_variables_beyond_the_limits_are_dropped(place: Place) -> None:
    variables = {f"LC_{number}": "x" for number in range(100)} | {"LC_LONG": "x" * 10_000}
    guest = await place.guest(env=variables)
    await guest.sees("Nothing to rate")
    (session,) = place.host.sessions
    environment = session.channel.get_environment()
    assert len(environment) == 16
    assert "LC_LONG" not in environment


# How much.


@pytest.mark.parametrize("limits", [Limits(sessions=1, grace=0.2)])
async def test_a_full_host_says_so(place: Place) -> None:
    await (await place.guest()).sees("Nothing to rate")
    other = await place.guest()
    assert await other.ends() == 1
    assert "the host is full" in other.error_text


@pytest.mark.parametrize("limits", [Limits(per_address=2, grace=0.2)])
async def test_connections_of_one_address_are_limited(place: Place) -> None:
    one, _ = await place.guest(), await place.guest()
    with pytest.raises((asyncssh.Error, OSError)):
        await place.guest()
    await one.leave()
    await place.until(lambda: len(place.host.sessions) == 1)
    await place.guest()


@pytest.mark.parametrize("limits", [Limits(login=0.3, grace=0.2)])
async def test_a_client_that_does_not_log_in_is_disconnected(place: Place) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", place.port)
    start = time.monotonic()
    await asyncio.wait_for(reader.read(), PATIENCE)
    assert time.monotonic() - start > 0.2
    writer.close()


def test_waiting_connections_push_out_only_those_of_their_own_address() -> None:
    left: list[str] = []
    door = Admission(Limits(waiting=4, per_address=10))
    assert door.admit("alone", "10.0.0.9", lambda: left.append("alone"))
    for number in range(6):
        name = f"crowd {number}"
        assert door.admit(name, "10.0.0.1", lambda name=name: left.append(name))
    assert left == ["crowd 0", "crowd 1", "crowd 2"]
    door.mark_authenticated("alone")
    assert door.admit("late", "10.0.0.2", lambda: left.append("late"))
    assert "late" not in left


def test_wrong_guesses_slow_their_address_down_and_in_sum_end_the_guessing() -> None:
    now = [0.0]
    guesses = GuessLimiter(10, lambda: now[0])
    assert guesses.delay_for("a") == 0
    delays = []
    for _ in range(9):
        guesses.record_wrong("a")
        delays.append(guesses.delay_for("a"))
    assert delays == sorted(delays)
    assert delays[0] == 0.25
    assert delays[-1] == 8
    assert guesses.delay_for("b") == 0
    assert not guesses.is_exhausted
    guesses.record_wrong("b")
    assert guesses.is_exhausted
    now[0] = 61
    assert guesses.delay_for("a") == 0
    assert guesses.is_exhausted
    now[0] = 3601
    assert not guesses.is_exhausted


@pytest.mark.parametrize("limits", [Limits(idle=1, grace=0.2)])
async def test_an_idle_session_is_warned_and_ends(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nobody pressed a key")
    assert await guest.ends() == 1
    assert "nobody pressed a key" in guest.error_text


@pytest.mark.parametrize("limits", [Limits(idle=1, grace=0.2)])
async def test_a_session_that_waits_for_the_close_may_idle(
    place: Place, opened_round: object
) -> None:
    guest = await place.guest()
    await guest.takes_turn()
    await asyncio.sleep(1.6)
    await guest.sees("Your ballot is in")


def test_an_account_name_finds_its_room_and_role(tmp_path) -> None:
    one, other = (room_at(tmp_path / f"{name}.group.json", name) for name in ("one", "other"))
    single, many = Accounts({"review": one}), Accounts({"one": one, "other": other})
    assert single.find("review") == (one, "guest")
    assert single.find("host") == (one, "host")
    assert many.find("other") == (other, "guest")
    assert many.find("host.other") == (other, "host")
    assert many.find("host") == (None, "host")
    assert many.find("review") == (None, "guest")
