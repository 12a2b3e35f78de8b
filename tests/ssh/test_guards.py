"""Input of untrusted terminals, what a session must not do to its host, and its colors."""

import asyncio
import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from textual import events
from textual.message import Message

from peerreview.ssh.driver import clamp_size
from peerreview.ssh.hosted_app import find_color_system
from peerreview.ssh.keyboard import LONGEST_PASTE, Keyboard, PasteLimiter, UntrustedParser
from peerreview.ssh.lobby import LobbyScreen

from .conftest import Place

PASTE, PASTED = "\x1b[200~", "\x1b[201~"


class Source:
    """A channel that remembers whether it is paused."""

    def __init__(self) -> None:
        self.paused = False

    def pause_reading(self) -> None:
        self.paused = True

    def resume_reading(self) -> None:
        self.paused = False


async def messages_of(*parts: bytes, wait: float = 0.0) -> list[Message]:
    """Return the messages that an app gets for bytes that arrive in these parts."""
    messages: list[Message] = []
    keyboard = Keyboard(Source(), messages.append, bool, asyncio.get_running_loop())
    for part in parts:
        keyboard.receive(part)
        while keyboard._is_running:
            await asyncio.sleep(0)
    await asyncio.sleep(wait)
    return messages


async def keys(*parts: bytes, wait: float = 0.0) -> list[str]:
    return [
        event.key for event in await messages_of(*parts, wait=wait) if isinstance(event, events.Key)
    ]


async def test_a_bare_escape_arrives_though_nothing_follows() -> None:
    assert await keys(b"\x1b", wait=0.25) == ["escape"]


async def test_an_escape_arrives_that_follows_an_arrow_at_once() -> None:
    messages: list[Message] = []
    keyboard = Keyboard(Source(), messages.append, bool, asyncio.get_running_loop())
    for part in (b"\x1b[B", b"\x1b"):
        keyboard.receive(part)
        await asyncio.sleep(0.06)
    await asyncio.sleep(0.25)
    assert [event.key for event in messages if isinstance(event, events.Key)] == ["down", "escape"]


async def test_a_key_whose_bytes_arrive_apart_is_one_key() -> None:
    assert await keys(b"a\x1b", b"[", b"A\xc3", b"\xa4") == ["a", "up", "ä"]


@pytest.mark.parametrize(
    "bad", [b"\x1b[99999999999;5u", b"\x1b[1114112;1u", b"\x1b[97;1;55296u", b"\x1b[97;1;7u"]
)
async def test_a_key_with_an_invalid_code_point_is_dropped(bad: bytes) -> None:
    assert await keys(bad + b"b") == ["b"]


async def test_a_size_among_the_keys_changes_neither_window_nor_mouse() -> None:
    parser = UntrustedParser()
    list(parser.feed("\x1b[48;0;0;0;0t"))
    (click,) = parser.feed("\x1b[<0;7;5M")
    assert (click.x, click.y) == (6, 4)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.binary(max_size=40) | st.sampled_from(
    [b"\x1b[", b"\x1b[200~", b"\x1b[201~", b"\x1b[48;", b"\x1b[<", b";1u", b"t", b"M", b"\x1bO"]
), max_size=12))  # fmt: skip
def test_no_bytes_break_the_parser(parts: list[bytes]) -> None:
    parser, limiter = UntrustedParser(), PasteLimiter()
    for part in parts:
        list(parser.feed(limiter.limit(part.decode("utf-8", "replace")) or "x"))
    list(parser.tick())


@given(st.text(alphabet="ab\x1b[201~0", max_size=60), st.integers(1, 9))
def test_the_limiter_passes_a_short_paste_on_unchanged(text: str, size: int) -> None:
    limiter = PasteLimiter()
    parts = [text[at : at + size] for at in range(0, len(text), size)]
    assert "".join(map(limiter.limit, parts)) == text


@given(st.integers(LONGEST_PASTE - 3, LONGEST_PASTE + 40), st.integers(5, 5000))
@settings(max_examples=15, deadline=None)
def test_a_long_paste_is_cut_and_keeps_its_end_mark(length: int, size: int) -> None:
    text = PASTE + "x" * length + PASTED + "after"
    limiter = PasteLimiter()
    limited = "".join(limiter.limit(text[at : at + size]) for at in range(0, len(text), size))
    assert limited.startswith(PASTE)
    assert limited.endswith(PASTED + "after")
    assert limited.count("x") == min(length, LONGEST_PASTE)


async def test_too_many_keys_pause_the_channel_until_the_app_has_caught_up() -> None:
    source, busy, messages = Source(), [True], list[Message]()
    loop = asyncio.get_running_loop()
    keyboard = Keyboard(source, messages.append, lambda: busy[0], loop)
    keyboard.receive(b"x" * 5000)
    await asyncio.sleep(0.02)
    assert source.paused
    assert messages == []
    busy[0] = False
    while keyboard._is_running:
        await asyncio.sleep(0)
    assert len(messages) == 5000
    assert not source.paused


@pytest.mark.parametrize(
    ("requested", "drawn"),
    [((0, 0), (80, 24)), ((65535, 65535), (300, 100)), ((1, 1), (1, 1)), ((120, 40), (120, 40))],
)
def test_a_requested_window_size_is_clamped(
    requested: tuple[int, int], drawn: tuple[int, int]
) -> None:
    assert clamp_size(*requested) == drawn


@pytest.mark.parametrize(
    ("term", "environment", "system"),
    [
        ("xterm-256color", {}, ColorSystem.EIGHT_BIT),
        ("xterm-256color", {"COLORTERM": "truecolor"}, ColorSystem.TRUECOLOR),
        ("xterm-kitty", {}, ColorSystem.TRUECOLOR),
        ("linux", {}, ColorSystem.STANDARD),
        ("", {}, ColorSystem.EIGHT_BIT),
        ("vt100", {"COLORTERM": "yes"}, ColorSystem.STANDARD),
    ],
)
def test_a_terminal_gets_as_many_colors_as_it_has(
    term: str, environment: dict[str, str], system: ColorSystem
) -> None:
    assert find_color_system(term, environment) is system


async def test_sessions_with_many_and_few_colors_do_not_share_them(place: Place) -> None:
    many = await place.guest(env={"COLORTERM": "truecolor"})
    few = await place.guest(term="linux")
    none = await place.guest(env={"NO_COLOR": "1"})
    for guest in (many, few, none):
        await guest.sees("Nothing to rate right now")
    assert b"38;2;" in many.session.raw
    assert b"38;2;" not in few.session.raw + none.session.raw
    assert b"38;5;" not in few.session.raw


@pytest.mark.parametrize(("term", "plain"), [("linux", True), ("vt100", True), ("xterm", False)])
async def test_a_terminal_that_lacks_our_signs_gets_ascii(
    place: Place, opened_round: object, term: str, plain: bool
) -> None:
    guest = await place.guest(term=term)
    await guest.sees("0 of 6 codes drawn")
    assert guest.session.raw.isascii() is plain


async def test_the_settings_screen_writes_no_file_and_starts_no_animation(
    place: Place,
) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate right now")
    files = {file: file.stat().st_mtime_ns for file in place.path.parent.iterdir()}
    guest.press(",")
    await guest.sees("SETTINGS", "light")
    guest.press("down", "enter", "esc")
    await guest.sees("Nothing to rate right now")
    (session,) = place.host.sessions
    assert session.front_end.animation_level == "none"
    assert {file: file.stat().st_mtime_ns for file in place.path.parent.iterdir()} == files


async def test_a_session_asks_for_clicks_and_drags_but_not_for_moves(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate right now")
    for mode, wanted in ((1000, True), (1002, True), (1006, True), (1003, False), (2048, False)):
        assert (b"\x1b[?%dh" % mode in guest.session.raw) is wanted
    guest.press("q")
    assert await guest.ends() == 0
    for mode in (b"\x1b[?1000l", b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?7h"):
        assert mode in guest.session.raw


async def test_sessions_leave_the_streams_of_the_process_alone(place: Place) -> None:
    out, err = sys.stdout, sys.stderr
    one, other = await place.guest(), await place.guest()
    await asyncio.gather(one.sees("Nothing to rate"), other.sees("Nothing to rate"))
    assert (sys.stdout, sys.stderr) == (out, err)
    one.press("q")
    await one.ends()
    other.press("q")
    await other.ends()
    assert (sys.stdout, sys.stderr) == (out, err)


async def test_a_defect_ends_only_its_own_session_and_reveals_nothing(
    place: Place,
    opened_round: object,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    victim, other = await place.guest(), await place.guest()
    await asyncio.gather(victim.sees("codes drawn"), other.sees("codes drawn"))

    def action_board(self: LobbyScreen) -> None:
        secret = "four little words"
        raise ZeroDivisionError(secret)

    monkeypatch.setattr(LobbyScreen, "action_spare", action_board)
    victim.press("s")
    assert await victim.ends() == 1
    assert "a defect of its own (ZeroDivisionError at test_guards.py" in victim.error_text
    assert "little words" not in victim.error_text + victim.text + "".join(place.lines)
    assert "little words" not in "".join(capfd.readouterr())
    other.press("m")
    await other.sees("Your code: four words")


async def test_nothing_is_opened_or_saved_on_the_host(place: Place) -> None:
    guest = await place.guest()
    await guest.sees("Nothing to rate")
    (session,) = place.host.sessions
    driver, before = session.front_end.driver, sorted(place.path.parent.iterdir())
    driver.open_url("file:///etc/passwd")
    binary = io.BytesIO(b"x")
    driver.deliver_binary(binary, delivery_key="k", save_path=place.path.parent / "picture.svg")
    assert binary.closed
    assert sorted(place.path.parent.iterdir()) == before
    assert not driver.can_suspend


async def test_a_client_that_does_not_read_gets_one_frame_later(
    place: Place, opened_round: object
) -> None:
    guest = await place.guest()
    await guest.sees("0 of 6 codes drawn")
    (session,) = place.host.sessions
    session.pause_writing()
    before = len(guest.session.raw)
    for _ in range(3):
        place.services.rating.draw_code()
        await place.room.refresh()
        await asyncio.sleep(0.05)
    assert len(guest.session.raw) == before
    session.resume_writing()
    await guest.sees("3 of 6 codes drawn")
    assert len(guest.session.raw) < before + 20_000


async def test_the_window_may_change_while_frames_are_drawn(place: Place) -> None:
    guest = await place.guest(size=(40, 20))
    await guest.sees("Nothing to rate")
    (session,) = place.host.sessions
    for width in (300, 1, 65535, 0, 60):
        guest.channel.change_terminal_size(width, 24, 0, 0)
    await place.until(lambda: session.front_end.size.width == 60)
    assert session.front_end.size.height == 24
