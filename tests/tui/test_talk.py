"""The talk list: who is talked about, for how long, what is agreed; and whom to thank."""

from collections.abc import AsyncIterator
from datetime import date

import pytest
from memory import MemoryVault
from stories import Calendar, fast_environment

from peerreview.domain.tally.release import Outcome
from peerreview.domain.tally.verdict import Street
from peerreview.errors import FileError
from peerreview.services.group_services import GroupServices
from peerreview.services.results import Results
from peerreview.tui.board.countdown import Countdown
from peerreview.tui.board.talk import TalkScreen

from .groups import make_rated_group
from .stage import Crew, Stage, app_for, on_stage


@pytest.fixture
async def stage(rated_group: GroupServices, crew: Crew) -> AsyncIterator[Stage]:
    """The talk list of a board with a mixed, a solid one-way and an owed partner."""
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("t")
        assert stage.screen_name == "TalkScreen"
        yield stage


def agreed(services: GroupServices) -> list[Outcome | None]:
    return [line.result.outcome for line in services.results.board().talk_list]


async def test_mixed_first_solid_one_way_next_what_we_owe_last(stage: Stage) -> None:
    assert "Kestrel Dev" in stage.words and "1 of 3" in stage.words
    assert "our experiences differ" in stage.words
    assert "Ask each other what made the difference." in stage.words
    await stage.press("right")
    assert "Lantern VoIP" in stage.words and "little comes back" in stage.words
    await stage.press("enter")
    assert "Juniper Leasing" in stage.words and "3 of 3" in stage.words
    await stage.press("left", "left", "left")
    assert "Kestrel Dev" in stage.words


async def test_four_keys_agree_and_the_same_once_more_takes_it_back(
    stage: Stage, rated_group: GroupServices
) -> None:
    for key, outcome in zip("1234", Outcome, strict=True):
        await stage.press(key)
        assert agreed(rated_group) == [outcome, None, None]
    await stage.press("4")
    assert agreed(rated_group) == [None] * 3
    await stage.press("3", "right", "2")
    assert agreed(rated_group) == [Outcome.TALK, Outcome.THANK, None]
    await stage.press("escape")
    assert stage.screen_name == "BoardScreen"


async def test_a_mouse_can_agree_and_take_it_back_too(
    stage: Stage, rated_group: GroupServices
) -> None:
    await stage.click_on("move on")
    assert agreed(rated_group)[0] is Outcome.MOVE_ON
    await stage.click_on("4●move on")
    assert agreed(rated_group)[0] is None


async def test_a_mouse_turns_pages_both_ways(stage: Stage) -> None:
    await stage.click_on("→ next")
    assert "2 of 3" in stage.words
    await stage.click_on("← previous")
    assert "1 of 3" in stage.words


async def test_what_is_agreed_is_there_again_and_on_the_partner_s_page(
    stage: Stage, rated_group: GroupServices
) -> None:
    await stage.press("3", "escape", "t")
    assert "3●talk to them" in stage.words and not stage.find_widget(Countdown).visible
    await stage.press("escape", "enter")
    await stage.resize(80, 50)
    board = rated_group.results.board()
    assert board.talk_list[0].result.street is Street.MIXED
    for _ in board.all_lines:
        if "Kestrel Dev" in stage.words:
            break
        await stage.press("right")
    assert "Talk to them." in stage.words


async def test_three_minutes_a_partner(stage: Stage) -> None:
    now = 1_000.0
    clock = stage.find_widget(Countdown)
    clock._clock = lambda: now
    await stage.press("space")
    assert clock.value == "3:00"
    now += 61.5
    clock.refresh_time()
    assert clock.value == "1:59"
    now += 200
    clock.refresh_time()
    assert clock.value == "0:00" and clock.has_class("over")
    await stage.press("space")
    assert clock.value == "3:00" and not clock.has_class("over")
    now += 30
    await stage.press("right")
    assert clock.value == "3:00"


async def test_the_clock_steps_back_when_it_is_agreed(stage: Stage) -> None:
    await stage.press("1")
    assert not stage.find_widget(Countdown).visible and "more time" not in stage.words
    await stage.press("1")
    assert stage.find_widget(Countdown).visible and "more time" in stage.words


async def test_after_the_last_come_the_seeds(stage: Stage) -> None:
    await stage.press("right", "right", "right")
    for part in ("Who will you thank this week?", "a thank-you", "a lead", "a call",
                 "nothing is stored"):  # fmt: skip
        assert part in stage.words
    assert "keep" not in stage.words and not stage.find_widget(Countdown).display
    await stage.press("right", "1", "space", "left")
    assert "3 of 3" in stage.words


async def test_who_may_only_look_agrees_on_nothing(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group, readonly=True), crew) as stage:
        await stage.press("t", "1", "3")
        assert stage.screen_name == "TalkScreen"
        assert agreed(rated_group) == [None] * 3


async def test_an_earlier_round_can_only_be_looked_at(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("left_square_bracket", "t", "1")
        assert "round 1" in stage.words
        first = rated_group.rounds.group().find_release(1)
        assert first and not any(partner.outcome for partner in first.partners)


async def test_with_nobody_to_talk_about_there_are_the_seeds(crew: Crew) -> None:
    vault = MemoryVault()
    group = make_rated_group()
    quiet = group.releases[-1].evolve(
        partners=tuple(
            partner.evolve(street=Street.QUIET) if partner.street is not Street.TOO_FEW else partner
            for partner in group.releases[-1].partners
        )
    )
    vault.group.create(group.with_release(quiet))
    async with on_stage(app_for(GroupServices(vault, fast_environment(Calendar()))), crew) as stage:
        await stage.press("t", "1", "right", "left")
        assert "Who will you thank this week?" in stage.words


async def test_with_four_voices_there_are_words_only(crew: Crew) -> None:
    vault = MemoryVault()
    group = make_rated_group()
    bare: dict[str, object] = dict.fromkeys(("comes_back", "we_give", "work", "work_index"))
    partners = tuple(partner.evolve(bands={}, **bare) for partner in group.releases[-1].partners)
    vault.group.create(group.with_release(group.releases[-1].evolve(partners=partners)))
    async with on_stage(app_for(GroupServices(vault, fast_environment(Calendar()))), crew) as stage:
        await stage.press("t")
        assert "comes back ◀ words only ▶ we give" in stage.words
        await stage.press("escape", "v", "down", "v")
        assert stage.screen_name == "CompareScreen"
        assert stage.line_with("comes back ◀").count("words only") == 2


async def test_with_five_voices_no_heading_stands_over_nothing(crew: Crew) -> None:
    vault = MemoryVault()
    group = make_rated_group()
    bare = [partner.evolve(bands={}, work=None) for partner in group.releases[-1].partners]
    vault.group.create(group.with_release(group.releases[-1].evolve(partners=tuple(bare))))
    async with on_stage(app_for(GroupServices(vault, fast_environment(Calendar()))), crew) as stage:
        await stage.press("enter")
        assert "all in all" in stage.words and "THEIR WORK" not in stage.words


async def test_before_the_first_close_there_is_no_talk_list(
    twelve: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(twelve), crew) as stage:
        assert "talk list" not in stage.words
        await stage.press("t")
        assert stage.stack == ["BoardScreen"]


async def test_while_people_rate_t_passes_the_laptop_around(
    rating: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rating), crew) as stage:
        assert "talk list" not in stage.words and "take turns" in stage.words
        await stage.press("t")
        assert stage.screen_name == "TurnsScreen"


async def test_somebody_opened_the_next_round_meanwhile(
    stage: Stage, rated_group: GroupServices, calendar: Calendar
) -> None:
    calendar.day = date(2027, 1, 1)
    from stories import opened

    opened(rated_group)
    await stage.press("1")
    assert stage.notes == ["what was agreed after round 2 can't be changed any more"]
    assert agreed(rated_group) == [None] * 3


async def test_a_file_that_can_t_be_written_is_told(
    stage: Stage, rated_group: GroupServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FileError("gulf.group.json: the disk is full")

    monkeypatch.setattr(Results, "record_agreement", full)
    await stage.press("1")
    assert stage.notes == ["gulf.group.json: the disk is full"]
    assert isinstance(stage.screen, TalkScreen)
    assert agreed(rated_group) == [None] * 3


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_all_of_it_is_seen(stage: Stage, size: tuple[int, int]) -> None:
    await stage.resize(*size)
    assert (
        ":00" in stage.find_widget(Countdown).value or ":59" in stage.find_widget(Countdown).value
    )
    for part in ("MIXED", "Kestrel Dev", "comes back", "made the difference", "1 keep", "2 thank",
                 "3 talk to them", "4 move on"):  # fmt: skip
        assert part in stage.words, part
