"""The street map: a picture of everybody, walked with arrows, letters or the mouse."""

from itertools import pairwise

import pytest
from domain.results import make_group, make_release, make_result
from memory import MemoryVault
from stories import Calendar, fast_environment

from peerreview.domain.tally.verdict import Street
from peerreview.services.group_services import GroupServices
from peerreview.tui.board.map_view import MapView

from .stage import Crew, Stage, app_for, on_stage


def here(stage: Stage) -> list[str]:
    return [line.partner.name for line in stage.find_widget(MapView).current_item]


def spot(stage: Stage) -> tuple[float | None, float | None]:
    result = stage.find_widget(MapView).current_item[0].result
    return result.comes_back, result.we_give


async def test_the_quarters_are_named_and_everybody_has_a_place(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m")
        assert stage.screen_name == "StreetMapScreen"
        assert "10 of 12 on the map" in stage.words
        assert stage.lines[1].index("ONE-WAY STREETS") < stage.lines[1].index("TWO-WAY STREETS")
        below = stage.line_with("QUIET STREETS")
        assert below.index("QUIET STREETS") < below.index("comes back ▶") < below.index("WE OWE")
        shown = stage.find_widget(MapView)
        beside = [line.partner.name for _, line in shown.numbered]
        for name in ("Juniper Leasing", "Delta Printers", "Bluestack Cloud"):
            assert name in stage.picture or name in beside
        for _, line in shown.numbered:
            assert line.partner.name in stage.picture
        side = " ".join(line[58:].strip(" │") for line in stage.lines[1:20]).split("  ")
        assert "TOO FEW VOICES Bayou Web Works Cobalt Voice" in " ".join(" ".join(side).split())


async def test_no_clear_answer_has_a_sign_of_its_own(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m")
        assert "○" in stage.picture
        assert "! Bluestack Cloud" in stage.picture


async def test_arrows_go_to_the_nearest_in_that_direction(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m")
        walked = [spot(stage)]
        for _ in range(4):
            await stage.press("down")
            walked.append(spot(stage))
        gives = [give for _, give in walked if give is not None]
        assert gives == sorted(gives, reverse=True)
        assert gives[-1] == 2.0
        await stage.press("right")
        assert spot(stage)[0] == 4.5
        await stage.press("right")
        assert spot(stage)[0] == 4.5, "nobody is further to the right"


async def test_n_goes_to_everybody_and_round_again(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m")
        seen = [spot(stage)]
        while True:
            await stage.press("n")
            if spot(stage) == seen[0]:
                break
            seen.append(spot(stage))
        assert len(seen) == len(set(seen)) == 6
        assert [give for _, give in seen] == sorted((give or 0 for _, give in seen), reverse=True)


async def test_enter_opens_who_stands_there_and_comes_back(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m", "down", "down", "down", "right")
        assert here(stage) == ["Juniper Leasing"]
        assert "Juniper Leasing: we owe them, solid" in stage.words
        await stage.press("enter")
        assert "Juniper Leasing" in stage.lines[0]
        await stage.press("escape")
        assert here(stage) == ["Juniper Leasing"]
        await stage.press("escape")
        assert stage.screen_name == "BoardScreen"


async def test_several_at_one_place_are_gone_through_with_the_arrows(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m")
        names = here(stage)
        assert names == ["Alder Security", "Fennel Backup", "Gulf Cabling", "Ironwood SOC"]
        assert ", ".join(names) in stage.words
        await stage.press("enter")
        for name in [*names, names[0]]:
            assert name in stage.lines[0]
            await stage.press("right")


async def test_from_a_partner_of_the_map_one_goes_on_to_the_board(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m", "enter", "s")
        assert stage.screen_name == "BoardScreen"
        assert "2 of 12" in stage.lines[0]
        await stage.press("escape", "m", "enter", "v")
        assert "Alder Security beside whom?" in stage.words


async def test_a_click_goes_to_a_name_and_a_second_one_opens_it(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m")
        await stage.click_on("Juniper")
        assert here(stage) == ["Juniper Leasing"]
        await stage.click(MapView, 1, 1)
        assert here(stage) == ["Juniper Leasing"], "nobody stands in that corner"
        await stage.click_on("Juniper")
        assert stage.screen_name == "PartnerScreen"


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (60, 20), (40, 12)])
async def test_too_small_a_window_is_told_what_the_map_needs(
    rated_group: GroupServices, crew: Crew, size: tuple[int, int]
) -> None:
    async with on_stage(app_for(rated_group), crew, size) as stage:
        await stage.press("m")
        assert "80×24." in stage.words
        assert "open" not in stage.lines[-1]
        await stage.press("enter", "n", "down")
        assert stage.screen_name == "StreetMapScreen"
        await stage.resize(90, 30)
        await stage.resize(80, 24)
        assert "TWO-WAY STREETS" in stage.picture
        assert "80×24" not in stage.words
        await stage.press("n", "enter")
        assert stage.screen_name == "PartnerScreen"


async def test_the_cursor_stays_with_its_place_when_the_window_changes(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m", "n", "n", "n")
        before = here(stage)
        for size in ((120, 40), (200, 50), (80, 24), (60, 20), (80, 24)):
            await stage.resize(*size)
            assert here(stage) == (before if size[0] >= 80 else [])


async def test_an_earlier_round_has_its_own_map(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("left_square_bracket", "m")
        assert "round 1" in stage.lines[0]
        assert "9 of 12 on the map" in stage.words


async def test_names_never_run_into_each_other_on_the_screen(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("m")
        labels = sorted(
            stage.find_widget(MapView)._map.labels.values(), key=lambda label: (label.y, label.x)
        )
        for one, other in pairwise(labels):
            assert one.y < other.y or one.x + one.width + 1 < other.x


def crowded() -> GroupServices:
    """Sixty partners of long names, all with both sides, in as many places as there can be."""
    ids = [f"p{n:02}" for n in range(60)]
    results = [
        make_result(
            Street.MIXED, id_, comes_back=1 + n % 9 / 2, we_give=1 + n // 9 / 2, certainty=None
        )
        for n, id_ in enumerate(ids)
    ]
    vault = MemoryVault()
    vault.group.create(
        make_group(make_release(*results), names={id_: f"{id_} {'W' * 50}" for id_ in ids})
    )
    return GroupServices(vault, fast_environment(Calendar()))


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_sixty_partners_are_all_found_by_name_or_sign(
    crew: Crew, size: tuple[int, int]
) -> None:
    async with on_stage(app_for(crowded()), crew, size) as stage:
        await stage.press("m")
        shown = stage.find_widget(MapView)
        signs = [sign for sign, _ in shown.numbered]
        assert len(set(signs)) == len(signs)
        assert len(signs) + len(shown._map.labels) == 60
        seen = set(here(stage))
        for _ in range(59):
            await stage.press("n")
            seen |= set(here(stage))
        assert len(seen) == 60
