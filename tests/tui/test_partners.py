"""The partners of a group: adding, pasting a list, changing, retiring and merging."""

from collections.abc import AsyncIterator

import pytest
from textual.widgets import TextArea

from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.services.group_services import GroupServices

from .stage import Crew, Stage, app_for, on_stage

MESSY = """\
Partner;Type;AKA

Fennel Backup;peer;Fennel
"  Gulf   Cabling ";sub;
alder security inc.;peer;
Alder Securty;peer;
Harborline;juggler;
\t;;
Bad\x1bName;peer;
"""


@pytest.fixture
async def stage(services: GroupServices, crew: Crew) -> AsyncIterator[Stage]:
    """Return the services of a group with five partners."""
    async with on_stage(app_for(services), crew) as stage:
        await stage.press("p")
        assert stage.screen_name == "PartnersScreen"
        yield stage


def find_partner(services: GroupServices, name: str) -> Partner:
    return next(partner for partner in services.rounds.group().partners if partner.name == name)


def partner_names(services: GroupServices) -> set[str]:
    return {partner.name for partner in services.rounds.group().partners}


async def add(stage: Stage, name: str, *kinds: str) -> None:
    await stage.press("a")
    await stage.write(name)
    await stage.press(*kinds, "enter")


async def paste(stage: Stage, text: str) -> None:
    await stage.press("v")
    stage.find_widget(TextArea).insert(text)
    await stage.press("tab", "enter")


async def test_a_partner_is_added_with_its_kind(stage: Stage, services: GroupServices) -> None:
    await add(stage, "Ironwood SOC", "down", "down", "down")
    assert find_partner(services, "Ironwood SOC").kind is PartnerKind.VENDOR
    assert "Added Ironwood SOC" in stage.words
    assert "vendor" in stage.line_with("Ironwood SOC    ")
    assert "6 partners" in stage.words


async def test_up_from_the_first_kind_leads_to_the_last(
    stage: Stage, services: GroupServices
) -> None:
    await add(stage, "Kestrel Dev", "up")
    assert find_partner(services, "Kestrel Dev").kind is PartnerKind.OTHER


async def test_a_kind_can_be_clicked(stage: Stage, services: GroupServices) -> None:
    await stage.press("a")
    await stage.write("Juniper Leasing")
    await stage.press("up")
    await stage.click_on("distributor")
    await stage.press("enter")
    assert find_partner(services, "Juniper Leasing").kind is PartnerKind.DISTRIBUTOR


async def test_esc_adds_nothing(stage: Stage, services: GroupServices) -> None:
    await stage.press("a")
    await stage.write("Ironwood SOC")
    await stage.press("escape")
    assert stage.screen_name == "PartnersScreen"
    assert len(partner_names(services)) == 5


async def test_an_empty_name_is_not_taken(stage: Stage, services: GroupServices) -> None:
    await add(stage, "   ")
    assert stage.screen_name == "PartnerForm"
    assert len(partner_names(services)) == 5


@pytest.mark.parametrize("name", ["Alder Security", "ALDER SECURITY, Inc.", "bayou  web works"])
async def test_a_partner_that_the_group_has_is_refused_and_named(
    stage: Stage, services: GroupServices, name: str
) -> None:
    await add(stage, name)
    assert len(stage.notes) == 1
    assert "the group has" in stage.notes[0]
    assert len(partner_names(services)) == 5


async def test_a_complaint_disappears_with_its_screen(stage: Stage) -> None:
    await add(stage, "Alder Security")
    assert len(stage.notes) == 1
    await stage.press("escape")
    assert stage.screen_name == "BoardScreen"
    assert stage.notes == []


async def test_a_name_that_looks_like_another_needs_a_confirmation(
    stage: Stage, services: GroupServices
) -> None:
    await add(stage, "Alder Securty")
    assert "Alder Securty looks like Alder Security. Is it another firm?" in stage.words
    await stage.press("n")
    assert "Alder Securty" not in partner_names(services)
    await add(stage, "Alder Securty")
    await stage.press("y")
    assert "Alder Securty" in partner_names(services)


async def test_every_line_of_a_messy_pasted_list_is_accounted_for(
    stage: Stage, services: GroupServices
) -> None:
    await paste(stage, MESSY)
    assert partner_names(services) >= {"Fennel Backup", "Gulf Cabling", "Harborline"}
    assert len(partner_names(services)) == 8
    assert find_partner(services, "Gulf Cabling").kind is PartnerKind.SUBCONTRACTOR
    assert find_partner(services, "Fennel Backup").aliases == ("Fennel",)
    assert "6 read, 3 new, 1 you have, 1 looks like one you have, 1 refused" in stage.words
    assert "alder security inc.: you have Alder Security" in stage.words
    assert "Alder Securty: looks like one you have Alder Security" in stage.words
    assert "refused it holds a control character" in stage.words


async def test_pasting_the_same_list_again_adds_nothing(
    stage: Stage, services: GroupServices
) -> None:
    await paste(stage, "Fennel Backup\nGulf Cabling\n")
    await paste(stage, "Fennel Backup\nGulf Cabling\n")
    assert "2 read, 0 new, 2 you have" in stage.words
    assert len(partner_names(services)) == 7


async def test_many_refused_lines_are_summed_up(stage: Stage) -> None:
    await paste(stage, "\n".join(["Alder Security"] * 9))
    assert "9 read, 0 new, 9 you have" in stage.words
    assert "and 4 more" in stage.words


async def test_an_empty_paste_and_esc_change_nothing(stage: Stage, services: GroupServices) -> None:
    await paste(stage, "  \n ")
    await stage.press("v")
    stage.find_widget(TextArea).insert("Fennel Backup")
    await stage.press("escape")
    assert stage.screen_name == "PartnersScreen"
    assert len(partner_names(services)) == 5


async def test_a_paste_that_is_no_list_is_reported_once(
    stage: Stage, services: GroupServices
) -> None:
    await paste(stage, 'name,kind\n"Fennel Backup')
    assert len(stage.notes) == 1
    assert len(partner_names(services)) == 5


async def test_a_partner_is_renamed_and_keeps_its_id(stage: Stage, services: GroupServices) -> None:
    before = find_partner(services, "Bayou Web Works")
    await stage.press("down", "enter", "end", *["backspace"] * 5)
    await stage.write("Sites")
    await stage.press("down", "enter")
    after = find_partner(services, "Bayou Web Sites")
    assert after.id == before.id
    assert (before.kind, after.kind) == (PartnerKind.SUBCONTRACTOR, PartnerKind.REFERRAL)
    assert "Bayou Web Sites" in stage.words


async def test_a_name_taken_by_another_is_refused(stage: Stage, services: GroupServices) -> None:
    await stage.press("down", "enter", "ctrl+u")
    await stage.write("Alder Security")
    await stage.press("enter")
    assert len(stage.notes) == 1
    assert "Bayou Web Works" in partner_names(services)


async def test_a_partner_retires_and_comes_back(stage: Stage, services: GroupServices) -> None:
    await stage.press("r")
    assert find_partner(services, "Alder Security").retired
    assert "retired" in stage.line_with("Alder Security")
    assert "4 partners" in stage.words
    await stage.press("end", "r")
    assert not find_partner(services, "Alder Security").retired


async def test_retiring_keeps_the_cursor_on_the_partner(
    stage: Stage, services: GroupServices
) -> None:
    """Pressing r twice brings the partner back, and must not retire the next one."""
    await stage.press("r", "r")
    assert not any(partner.retired for partner in services.rounds.group().partners)


async def test_partners_that_look_alike_are_named_and_one_key_merges_them(
    stage: Stage, services: GroupServices
) -> None:
    await add(stage, "Alder Securty")
    await stage.press("y")
    assert "looks like Alder Securty" in stage.line_with("Alder Security  ")
    assert "looks like Alder Security" in stage.line_with("Alder Securty  ")
    await stage.press("down", "m")
    assert "Alder Security is another name of Alder Securty now. u takes it back." in stage.words
    assert find_partner(services, "Alder Securty").aliases == ("Alder Security",)
    assert "looks like" not in stage.words and "5 partners" in stage.words
    await stage.press("u")
    assert "Taken back." in stage.words
    assert partner_names(services) >= {"Alder Security", "Alder Securty"}
    assert "looks like Alder Securty" in stage.line_with("Alder Security  ")


async def test_a_merge_keeps_the_name_of_the_partner_under_the_cursor(
    stage: Stage, services: GroupServices
) -> None:
    await add(stage, "Alder Securty")
    await stage.press("y", "down", "up")
    assert "The same firm? m makes them one" in stage.words
    await stage.press("m")
    assert find_partner(services, "Alder Security").aliases == ("Alder Securty",)
    assert "Alder Securty" in stage.line_with("▸ Alder Security")


async def test_without_look_alikes_there_is_nothing_to_merge(
    stage: Stage, services: GroupServices
) -> None:
    assert "merge" not in stage.words and "undo" not in stage.words
    await stage.press("m", "u")
    assert len(partner_names(services)) == 5 and not stage.notes


async def test_partners_in_an_open_round_cannot_be_merged(
    rating: GroupServices, crew: Crew
) -> None:
    rating.setting_up.add("Alder Securty", PartnerKind.PEER)
    async with on_stage(app_for(rating), crew) as stage:
        await stage.press("p", "m")
        assert stage.notes == ["Alder Security is being rated: merge after the box is closed"]
        assert "Alder Securty" in partner_names(rating)


@pytest.mark.parametrize("size", [(60, 20), (40, 20)])
async def test_look_alikes_are_named_on_small_terminals_too(
    services: GroupServices, crew: Crew, size: tuple[int, int]
) -> None:
    services.setting_up.add("Alder Securty", PartnerKind.PEER)
    async with on_stage(app_for(services), crew, size) as stage:
        await stage.press("p")
        assert "looks like Alder" in stage.line_with("▸ Alder Security")
        assert "m makes them one" in stage.words


async def test_one_undo_removes_a_list_pasted_by_mistake(
    stage: Stage, services: GroupServices
) -> None:
    await paste(stage, "Fennel Backup\nGulf Cabling\n")
    await stage.press("u")
    assert len(partner_names(services)) == 5 and "undo" not in stage.line_with("add one")


async def test_a_second_click_changes_a_partner(stage: Stage) -> None:
    await stage.click_on("Cobalt Voice")
    await stage.click_on("Cobalt Voice")
    assert stage.screen_name == "PartnerForm"
    assert "Cobalt Voice" in stage.words


async def test_a_group_without_partners_says_how_to_begin(
    empty_services: GroupServices, crew: Crew
) -> None:
    empty_services.setting_up.create("Gulf Coast Peers")
    async with on_stage(app_for(empty_services), crew) as stage:
        await stage.press("p")
        assert "a to add a partner, v to paste a list from a spreadsheet" in stage.words
        await stage.press("enter", "r", "up", "down", "end")
        assert stage.screen_name == "PartnersScreen"
        await add(stage, "Alder Security")
        assert "a to add a partner" not in stage.words
        assert "Alder Security" in stage.words


async def test_the_board_shows_the_new_partners(stage: Stage) -> None:
    await add(stage, "Ironwood SOC")
    await stage.press("escape")
    assert stage.screen_name == "BoardScreen"
    assert "6 partners" in stage.words
