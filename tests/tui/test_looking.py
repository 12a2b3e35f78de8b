"""Looking at a result: filter, kinds, two side by side, the rounds, the summary to take home."""

from pathlib import Path

import pytest
from stories import Calendar, fast_environment

from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault
from peerreview.tui.board.board_list import BoardList

from .checks import check_frame
from .groups import TWELVE, make_rated_group, open_round
from .stage import Crew, app_for, on_stage
from .test_board import SHOWN, at
from .tour import PLAIN, TOUR

LONG = tuple("[b]W\x1b]0;x\x07\u202e株" * 20 + str(n) for n in range(len(TWELVE)))
NEW = ("filtered board", "compare", "partner over the rounds", "rounds", "street map",
       "take home")  # fmt: skip


@pytest.mark.sweep
@pytest.mark.parametrize("stop", NEW)
@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
async def test_a_forged_name_of_any_length_does_no_harm(
    stop: str, size: tuple[int, int], crew: Crew
) -> None:
    there = TOUR[stop]
    house = there.house(LONG, LONG[0])
    async with on_stage(there.app(house), crew, size) as stage:
        await there.walk(stage, house)
        check_frame(stage)


# Only some of them.


async def test_a_filter_follows_what_is_typed_and_says_how_many(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("slash", *"v")
        assert "6 of 12" in stage.lines[0]
        await stage.press(*"endo")
        assert "3 of 12" in stage.lines[0]
        for name in ("Ironwood SOC", "Bluestack Cloud", "Delta Printers"):
            assert name in stage.picture
        assert "Alder Security" not in stage.words
        assert "WE OWE THEM" not in stage.words
        await stage.press(*["backspace"] * 5)
        assert "12 partners" in stage.lines[0]


async def test_what_is_typed_as_fast_as_can_be_is_a_filter_and_no_command(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        for words in ("even mn tov", "Vendor q?:,", "delta"):
            await stage.hammer("/", *words)
            assert stage.screen_name == "BoardScreen"
            assert f"/ {words}" in " ".join(stage.picture.split())
            await stage.hammer("escape")
        await stage.hammer(*"/delta", "enter")
        assert "Delta Printers" in stage.lines[0]


async def test_enter_opens_what_was_found_and_comes_back_to_it(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("slash", *"blue", "enter")
        assert stage.screen_name == "PartnerScreen"
        assert "Bluestack Cloud" in stage.lines[0]
        await stage.press("escape")
        assert "1 of 12" in stage.lines[0]
        assert at(stage) == "Bluestack Cloud"


async def test_down_goes_from_the_filter_to_the_list(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("slash", *"vend")
        assert stage.lines[-1].split() == ["Enter", "open", "Esc", "show", "all"]
        await stage.press("down")
        assert "compare" in stage.picture
        assert at(stage) == "Bluestack Cloud"


async def test_esc_shows_everybody_again_from_wherever_one_is(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("slash", *"blue", "escape")
        assert "12 partners" in stage.lines[0]
        assert at(stage) == "Bluestack Cloud", "the cursor stays where it was"
        await stage.press("slash", *"vend", "down", "escape")
        assert "/ vend" not in stage.words
        assert "show all" not in stage.picture


async def test_a_filter_that_finds_nobody_says_so(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("slash", *"[/x]", "enter")
        assert "0 of 12" in stage.lines[0]
        assert "Nobody here is called that. Esc shows all." in stage.words
        assert stage.screen_name == "BoardScreen"


async def test_partners_with_too_few_voices_are_found_too(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("slash", *"cobalt")
        assert "TOO FEW VOICES nothing is shown: Cobalt Voice" in stage.words
        assert "Bayou" not in stage.words


async def test_what_was_far_down_is_seen_when_the_list_gets_short(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew, (60, 20)) as stage:
        await stage.press("end", "slash", *"alder")
        assert "Alder Security" in stage.picture


async def test_s_shows_one_kind_only_and_then_all_again(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press(*["down"] * SHOWN.index("Ironwood SOC"), "s")
        assert "3 of 12" in stage.lines[0]
        assert at(stage) == "Ironwood SOC"
        await stage.press("s")
        assert "12 partners" in stage.lines[0]


async def test_s_on_a_partners_page_shows_its_kind_on_the_board(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("enter", "left", "s")
        assert stage.screen_name == "BoardScreen"
        assert "Cobalt Voice" in stage.words
        assert "Lantern VoIP" in stage.words
        assert "2 of 12" in stage.lines[0]


async def test_a_filter_stays_while_somebody_goes_through_the_rounds(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("slash", *"blue", "down", "left_square_bracket")
        assert "round 1" in stage.lines[0]
        assert "1 of 12" in stage.lines[0]


# Two side by side.


async def test_two_partners_stand_side_by_side(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew, (80, 40)) as stage:
        await stage.press("v")
        assert "Alder Security beside whom?" in stage.words
        await stage.press(*["down"] * SHOWN.index("Bluestack Cloud"), "v")
        assert stage.screen_name == "CompareScreen"
        head = stage.line_with("Alder Security")
        assert "Bluestack Cloud" in head
        assert "two-way street" in stage.line_with("street")
        assert "one-way street" in stage.line_with("street")
        pictures = stage.line_with("comes back ◀ ▶ we give")
        assert pictures.count("╋") == 2
        assert "rarely" in stage.line_with("send business back")
        assert "! more than one" in stage.line_with("reported a deal-breaker")
        assert "Bluestack Cloud: We give" in stage.words
        await stage.press("escape")
        assert stage.screen_name == "BoardScreen"
        assert "beside whom?" not in stage.words


@pytest.mark.parametrize("key", ["escape", "v"])
async def test_the_first_of_two_can_be_forgotten(
    rated_group: GroupServices, crew: Crew, key: str
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("v", key)
        assert stage.screen_name == "BoardScreen"
        assert "beside whom?" not in stage.words


async def test_v_on_a_partners_page_takes_it_as_the_first(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("enter", "right", "v")
        assert "Fennel Backup beside whom?" in stage.words
        await stage.press("v")
        assert stage.screen_name == "CompareScreen"
        assert "Fennel Backup" in stage.line_with("Alder Security")


async def test_a_partner_with_too_few_voices_beside_one_with_enough(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("enter", "left", "v", "v")
        assert "Cobalt Voice" in stage.lines[1]
        assert "not shown" in stage.line_with("send business back")


# The rounds.


async def test_the_rounds_are_listed_and_one_is_looked_at_again(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("r")
        assert stage.line_with("round 2").split()[-7:] == ["4", "1", "1", "2", "1", "1", "2"]
        assert "Q2 2026" in stage.line_with("round 2")
        await stage.press("down", "enter")
        assert stage.screen_name == "BoardScreen"
        assert "round 1 · Q1 2026" in stage.lines[0]


async def test_a_click_on_a_round_looks_at_it(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("r")
        await stage.click_on("round 1")
        await stage.click_on("round 1")
        assert "round 1 · Q1 2026" in stage.lines[0]


async def test_a_partner_over_the_rounds(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press(*["down"] * SHOWN.index("Bluestack Cloud"), "enter", "r")
        assert "Bluestack Cloud" in stage.lines[0]
        assert stage.lines[1].split() == ["round", "1", "round", "2"]
        assert stage.line_with("street").split() == ["street", "two-way", "street", "one-way",
                                                     "street"]  # fmt: skip
        await stage.press("escape")
        assert stage.screen_name == "PartnerScreen"


# To take home.


@pytest.fixture
def on_disk(tmp_path: Path, calendar: Calendar) -> GroupServices:
    vault = FileVault(tmp_path / "gulf coast.group.json")
    vault.group.create(make_rated_group())
    return GroupServices(vault, fast_environment(calendar))


async def test_the_summary_lies_beside_the_group_and_its_place_is_told(
    on_disk: GroupServices, tmp_path: Path, crew: Crew
) -> None:
    page, data = (tmp_path / f"gulf coast.round-2.summary.{kind}" for kind in ("md", "json"))
    async with on_stage(app_for(on_disk), crew, (200, 40)) as stage:
        await stage.press("e")
        assert not page.exists()
        await stage.press("enter")
        shown = stage.picture.replace("\n", "").replace(" ", "")
        for path in (page, data):
            assert str(path).replace(" ", "") in shown
        assert "demo" not in stage.words
        await stage.press("escape")
        assert stage.screen_name == "BoardScreen"
    assert "# Partners of maple otter" in page.read_text(encoding="utf-8")
    assert '"Bluestack Cloud"' in data.read_text(encoding="utf-8")
    assert "deal_breaker" not in data.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["md", "json"])
@pytest.mark.parametrize("answer", ["y", "n", "escape"])
async def test_what_is_there_is_written_over_only_when_somebody_says_so(
    on_disk: GroupServices, tmp_path: Path, crew: Crew, kind: str, answer: str
) -> None:
    there = tmp_path / f"gulf coast.round-2.summary.{kind}"
    there.write_text("mine", encoding="utf-8")
    async with on_stage(app_for(on_disk), crew) as stage:
        await stage.press("e", "enter")
        assert "Write it anew?" in stage.words
        await stage.press(answer)
    assert (there.read_text(encoding="utf-8") == "mine") == (answer != "y")
    both = list(tmp_path.glob("*.summary.*"))
    assert len(both) == (2 if answer == "y" else 1)


async def test_a_summary_that_cannot_be_written_is_complained_about(
    on_disk: GroupServices, tmp_path: Path, crew: Crew
) -> None:
    (tmp_path / "gulf coast.round-2.summary.md").mkdir()
    async with on_stage(app_for(on_disk), crew) as stage:
        await stage.press("e", "enter", "y")
        assert len(stage.notes) == 1
        assert stage.screen_name == "TakeHomeScreen"


async def test_the_demo_says_that_its_summary_goes(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group, demo_key="a b c d e"), crew) as stage:
        await stage.press("e", "enter")
        assert "memory.round-2.summary.md" in stage.words
        before_json, _, _ = stage.words.partition("memory.round-2.summary.json")
        assert "memory.round-2.summary.md" in before_json  # the page to read is named first
        assert "they go when you leave" in stage.words


async def test_an_earlier_round_is_taken_home_when_it_is_looked_at(
    on_disk: GroupServices, tmp_path: Path, crew: Crew
) -> None:
    async with on_stage(app_for(on_disk), crew) as stage:
        await stage.press("left_square_bracket", "e", "enter")
    assert (tmp_path / "gulf coast.round-1.summary.md").exists()


async def test_nothing_is_written_read_only(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group, readonly=True), crew) as stage:
        assert "take home" not in stage.picture
        await stage.press("e")
        assert stage.screen_name == "BoardScreen"


# Little room, and no board.


@pytest.mark.parametrize("size", [(40, 12), (40, 14), (60, 14)])
async def test_partners_are_seen_where_there_is_little_room(
    rated_group: GroupServices, crew: Crew, size: tuple[int, int]
) -> None:
    async with on_stage(app_for(rated_group), crew, size) as stage:
        assert stage.find_widget(BoardList).size.height >= size[1] - 4
        assert "Alder" in stage.picture
        assert "Fennel" in stage.picture


async def test_four_voices_are_words_only(rated_group: GroupServices, crew: Crew) -> None:
    group = rated_group.rounds.group()
    release = group.find_release(2)
    assert release
    few = release.partners[0].evolve(comes_back=None, we_give=None, bands={})
    rated_group.rounds._vault.group.update(
        lambda group: group.with_release(release.evolve(partners=(few, *release.partners[1:])))
    )
    async with on_stage(app_for(rated_group), crew) as stage:
        assert "words only" in stage.line_with("Alder Security")
        await stage.press("m")
        assert "WORDS ONLY" in stage.line_with("WORDS ONLY")


async def test_without_a_board_there_is_nothing_to_look_at(
    twelve: GroupServices, crew: Crew
) -> None:
    open_round(twelve)
    async with on_stage(app_for(twelve), crew) as stage:
        await stage.press("slash", "v", "m", "e", "s", "r", "escape")
        assert stage.screen_name == "BoardScreen"
        assert "part of a name" not in stage.words


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (80, 24), (120, 40)])
@pytest.mark.parametrize("name", ["First Coast " * 5, "株式会社" * 15, "Us"])
async def test_a_long_name_of_the_group_leaves_room_for_the_round(
    crew: Crew, size: tuple[int, int], name: str
) -> None:
    house = TOUR["board"].house(PLAIN, name)
    async with on_stage(app_for(house.services), crew, size) as stage:
        assert "· round 2" in stage.lines[0]
        assert name[:2] in stage.lines[0]
        await stage.press("slash", "v")
        assert "· round 2" in stage.lines[0]
        assert "of 12" in stage.lines[0]


async def test_who_comes_back_to_a_board_after_a_resize_sees_it_at_that_size(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew, (80, 24)) as stage:
        await stage.resize(120, 40)
        wide = stage.picture
        await stage.resize(80, 24)
        await stage.press("enter")
        await stage.resize(120, 40)
        await stage.press("escape")
        assert stage.picture == wide
        for key in ("enter", "question_mark"):
            await stage.press(key)
        await stage.resize(60, 20)
        await stage.press("escape", "escape")
        narrow = stage.picture
        await stage.resize(60, 21)
        await stage.resize(60, 20)
        assert stage.picture == narrow
