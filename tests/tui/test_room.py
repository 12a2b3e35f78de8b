"""The window on the wall: it follows a file that others write, shows who is in, then the result."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from stories import Calendar, Says, code_of, fast_environment, key_of, opened, rated, spelled_out
from textual.widgets import Digits

from peerreview.domain.round.round import KeeperRule
from peerreview.domain.tally.release import Outcome
from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault
from peerreview.tui.app.options import AppOptions
from peerreview.tui.board.board_list import BoardList
from peerreview.tui.board.countdown import Countdown
from peerreview.tui.room import room
from peerreview.tui.room.room import RoomScreen

from .groups import GROUP, TWELVE, Rater, create_group, make_rated_group, make_rater
from .stage import Crew, Stage, app_for, make_failing_workspace, on_stage

ONE_WAY = Rater(dict.fromkeys(TWELVE, Says(they=1, we=5)))


@dataclass
class Evening:
    """A group's file, a desk that writes it, and the room, a desk of its own at the same file."""

    path: Path
    services: GroupServices
    stage: Stage

    @property
    def numbers(self) -> list[str]:
        return [result.value for result in self.stage.screen.query(".count").results(Digits)]

    async def look(self) -> None:
        """Let the room look once more, as it does every second."""
        stack = self.stage.app.screen_stack
        await next(screen for screen in stack if isinstance(screen, RoomScreen)).check_group()
        await self.stage.settle()


def services_at(path: Path) -> GroupServices:
    return GroupServices(FileVault(path), fast_environment(Calendar()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "gulf.group.json"
    create_group(services_at(path))
    return path


@pytest.fixture
async def evening(path: Path, crew: Crew) -> AsyncIterator[Evening]:
    """Partners are written down, no round was ever opened, and the room is on the wall."""
    async with on_stage(app_for(services_at(path), "room"), crew) as stage:
        yield Evening(path, services_at(path), stage)


@pytest.fixture(autouse=True)
def only_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The room looks once, and then only when a test says so."""
    monkeypatch.setattr(room, "_EVERY", 3600)


async def test_it_looks_again_and_again(
    path: Path, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "_EVERY", 0.01)
    async with on_stage(app_for(services_at(path), "room"), crew) as stage:
        for heads in (5, 9):
            opened(services_at(path), heads)
            for _ in range(500):
                await stage.pilot.pause(0.01)
                if stage.screen.query(".count").first(Digits).value == str(heads):
                    break
            else:
                raise AssertionError(stage.picture)
            services_at(path).rounds.discard(GROUP)


async def rate_and_close(evening: Evening, rater: Rater) -> None:
    """Five hand in, and the box is closed on another machine; the room doesn't know it yet."""
    prepared = opened(evening.services, 5)
    rated(evening.services, *[rater] * 5)
    await evening.look()
    evening.services.rounds.close(key_of(prepared), 5)


async def test_without_a_round_it_waits(evening: Evening) -> None:
    assert "No round is open. As soon as one is, it shows here." in evening.stage.words
    assert GROUP in evening.stage.words
    await evening.stage.press("t", "enter", "escape")
    assert evening.stage.stack == ["RoomScreen"] and evening.stage.app.is_running


async def test_it_follows_what_others_do(evening: Evening) -> None:
    opened(evening.services, 5, keepers=KeeperRule.ONE)
    await evening.look()
    assert "No round is open" not in evening.stage.words
    assert evening.numbers == ["5", "0", "0", "0"]
    assert "4 more ballots, then hands are counted, and the keeper types the key" in (
        evening.stage.words
    )
    assert "On this laptop: take a turn" in evening.stage.words
    rated(evening.services, *[make_rater()] * 4)
    evening.services.rating.draw_code()
    await evening.look()
    assert evening.numbers == ["5", "5", "4", "1"]
    assert "Next hands are counted" in evening.stage.words


async def test_the_promise_stands_in_five_lines(evening: Evening) -> None:
    opened(evening.services)
    await evening.look()
    assert evening.stage.picture.count("· ") >= 5
    for line in ("no name, no time", "a keeper's key", "deleted for good", "too few voices"):
        assert line in evening.stage.words


@pytest.mark.parametrize(
    ("rule", "who"),
    [
        (KeeperRule.ONE, "the keeper types the key."),
        (KeeperRule.EITHER_OF_TWO, "either keeper types the key."),
        (KeeperRule.TWO_OF_THREE, "two of the keepers type their keys."),
    ],
)
async def test_it_says_who_types_the_key(evening: Evening, rule: KeeperRule, who: str) -> None:
    opened(evening.services, keepers=rule)
    await evening.look()
    assert who in evening.stage.words


async def test_it_shows_no_code_no_key_no_answer(evening: Evening) -> None:
    prepared = opened(evening.services)
    [seat, *_] = rated(evening.services, *[make_rater()] * 4)
    await evening.look()
    shown = evening.stage.words
    assert not spelled_out(code_of(seat).split(), shown)
    assert not any(spelled_out(key, shown) for key in prepared.keys)
    assert not any(name in shown for name in TWELVE)
    await evening.stage.press("t", "c", "o", "p", "m", "s", "enter", "y", "1")
    assert evening.stage.stack == ["RoomScreen"]


async def test_how_to_join_is_shown_if_there_is_a_way(path: Path, crew: Crew) -> None:
    opened(services_at(path))
    app = app_for(services_at(path), "room")
    app._options = replace(app._options, read_join_notice=lambda: "ssh review@192.168.1.20 -p 2222")
    async with on_stage(app, crew) as stage:
        assert "ssh review@192.168.1.20 -p 2222" in stage.words
        assert "On this laptop" not in stage.words


def end_at(evening: Evening, until: datetime) -> None:
    evening.services.rounds._vault.group.update(
        lambda group: group.with_round(group.require_open_round().evolve(until=until))
    )


async def test_the_time_left_runs_and_stays_at_nothing(evening: Evening) -> None:
    opened(evening.services)
    await evening.look()
    assert " left" not in evening.stage.picture
    start = datetime(2026, 10, 15, 19, 0, tzinfo=UTC)
    end_at(evening, start + timedelta(minutes=15))
    left, now = evening.stage.find_widget(Countdown), start.timestamp()
    left._clock = lambda: now
    await evening.look()
    assert left.value == "15:00" and not left.has_class("over")
    now += 14 * 60 + 1.5
    left.refresh_time()
    assert left.value == "0:59"
    now += 600
    left.refresh_time()
    assert left.value == "0:00" and left.has_class("over")


# The close.


async def test_the_close_shows_the_board_by_itself(evening: Evening) -> None:
    await rate_and_close(evening, make_rater())
    await evening.look()
    assert "TWO-WAY STREETS" in evening.stage.words
    assert "5 ballots" in evening.stage.words
    assert "take a turn" not in evening.stage.words


async def test_the_reveal_comes_first_and_any_key_ends_it(evening: Evening) -> None:
    evening.stage.app.animation_level = "full"
    await rate_and_close(evening, make_rater())
    await evening.look()
    assert evening.stage.find_widget(BoardList)._whole
    await evening.stage.press("q")
    assert not evening.stage.find_widget(BoardList)._whole
    assert "TWO-WAY STREETS" in evening.stage.words
    assert evening.stage.app.is_running and not evening.stage.app._exit


async def test_help_left_open_hides_no_result(evening: Evening) -> None:
    await rate_and_close(evening, make_rater())
    await evening.stage.press("question_mark")
    assert evening.stage.screen_name == "HelpScreen"
    await evening.look()
    assert evening.stage.stack == ["RoomScreen", "BoardScreen"]


async def test_a_room_opened_late_shows_the_last_board(path: Path, crew: Crew) -> None:
    vault = FileVault(path.with_name("rated.group.json"))
    vault.group.create(make_rated_group())
    async with on_stage(
        app_for(services_at(path.with_name("rated.group.json")), "room"), crew
    ) as stage:
        assert "round 2" in stage.words and "MIXED" in stage.words
        await stage.press("t")
        assert stage.screen_name == "TalkScreen"


async def test_on_a_tall_wall_the_streets_stand_apart(path: Path, crew: Crew) -> None:
    vault = FileVault(path.with_name("rated.group.json"))
    vault.group.create(make_rated_group())
    services = services_at(path.with_name("rated.group.json"))
    async with on_stage(app_for(services, "room"), crew, size=(80, 24)) as stage:
        for size, apart in (((80, 24), False), ((120, 40), True), ((60, 20), False)):
            await stage.resize(*size)
            above = stage.lines[stage.lines.index(stage.line_with("WE OWE THEM")) - 1]
            assert (not above.strip()) is apart


async def test_it_turns_to_what_is_agreed_on_another_machine(evening: Evening) -> None:
    await rate_and_close(evening, ONE_WAY)
    await evening.look()
    second = evening.services.results.board().talk_list[1]
    evening.services.results.record_agreement(1, second.partner.id, Outcome.MOVE_ON)
    await evening.look()
    assert evening.stage.screen_name == "TalkScreen"
    assert second.partner.name in evening.stage.words and "2 of 12" in evening.stage.words
    await evening.stage.press("1")
    assert evening.services.results.board().talk_list[1].result.outcome is Outcome.MOVE_ON
    evening.services.results.record_agreement(
        1, evening.services.results.board().talk_list[0].partner.id, Outcome.TALK
    )
    await evening.look()
    assert "1 of 12" in evening.stage.words
    assert evening.stage.stack == ["RoomScreen", "BoardScreen", "TalkScreen"]


async def test_the_next_round_ends_the_talk(evening: Evening) -> None:
    await rate_and_close(evening, ONE_WAY)
    await evening.look()
    await evening.stage.press("t", "right")
    later = Calendar()
    later.turn(100)
    opened(GroupServices(FileVault(evening.path), fast_environment(later)), 6)
    await evening.look()
    assert evening.stage.stack == ["RoomScreen"]
    assert evening.numbers[0] == "6" and "5 ballots" not in evening.stage.words


# What goes wrong.


@pytest.mark.parametrize("rehearsal", [False, True])
async def test_a_round_thrown_away_is_told(evening: Evening, rehearsal: bool) -> None:
    prepared = opened(evening.services, rehearsal=rehearsal)
    rated(evening.services, *[make_rater()] * 4)
    await evening.look()
    assert ("· rehearsal" in evening.stage.words) is rehearsal
    if rehearsal:
        evening.services.rounds.close(key_of(prepared), 4)
    else:
        evening.services.rounds.discard(GROUP)
    await evening.look()
    assert "thrown away unread. Nothing of it is left." in evening.stage.words
    await evening.stage.resize(100, 30)
    assert "thrown away unread. Nothing of it is left." in evening.stage.words


async def test_a_file_that_goes_and_comes_back(evening: Evening) -> None:
    opened(evening.services)
    await evening.look()
    elsewhere = evening.path.rename(evening.path.with_name("elsewhere"))
    for _ in range(2):
        await evening.look()
        assert "gulf.group.json: " in evening.stage.words
    assert evening.numbers[0] == "4" and evening.stage.notes == []
    elsewhere.rename(evening.path)
    await evening.look()
    assert "gulf.group.json: " not in evening.stage.words


async def test_a_box_that_is_gone_is_told(evening: Evening) -> None:
    opened(evening.services)
    evening.path.with_name("gulf.round-1.box.json").unlink()
    await evening.look()
    assert "the box of round 1 was closed or discarded" in evening.stage.words
    assert evening.stage.app._exception is None


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_all_of_it_is_on_the_wall(evening: Evening, size: tuple[int, int]) -> None:
    opened(evening.services, 12)
    rated(evening.services, *[make_rater()] * 3)
    end_at(evening, datetime.now(UTC) + timedelta(minutes=75))
    await evening.look()
    await evening.stage.resize(*size)
    for part in ("take a turn", "heads", "drawn", "handed in", "rating", "left", "■", "Next",
                 "no name, no time", "rate again", "The box's words"):  # fmt: skip
        assert part in evening.stage.words, part


def test_it_starts_as_the_command_says() -> None:
    assert AppOptions(make_failing_workspace(), first_screen="room").read_join_notice() == ""
