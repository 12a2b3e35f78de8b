"""The partners a group shares: typed, pasted from a spreadsheet, changed, retired."""

from collections.abc import AsyncIterator

import pytest
from textual.widgets import TextArea

from peerreview.domain.group.partner import Kind, Partner
from peerreview.services.group_services import Desk

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
async def stage(desk: Desk, crew: Crew) -> AsyncIterator[Stage]:
    """Five partners are written down already."""
    async with on_stage(app_for(desk), crew) as stage:
        await stage.press("p")
        assert stage.where == "PartnersScreen"
        yield stage


def partner(desk: Desk, name: str) -> Partner:
    return next(each for each in desk.rounds.group().partners if each.name == name)


def names(desk: Desk) -> set[str]:
    return {each.name for each in desk.rounds.group().partners}


async def add(stage: Stage, name: str, *kinds: str) -> None:
    await stage.press("a")
    await stage.write(name)
    await stage.press(*kinds, "enter")


async def paste(stage: Stage, text: str) -> None:
    await stage.press("v")
    stage.the(TextArea).insert(text)
    await stage.press("tab", "enter")


async def test_one_is_added_with_its_kind(stage: Stage, desk: Desk) -> None:
    await add(stage, "Ironwood SOC", "down", "down", "down")
    assert partner(desk, "Ironwood SOC").kind is Kind.VENDOR
    assert "Added Ironwood SOC" in stage.words
    assert "vendor" in stage.line_with("Ironwood SOC    ")
    assert "6 partners" in stage.words


async def test_kinds_go_round(stage: Stage, desk: Desk) -> None:
    await add(stage, "Kestrel Dev", "up")
    assert partner(desk, "Kestrel Dev").kind is Kind.OTHER


async def test_a_kind_can_be_clicked(stage: Stage, desk: Desk) -> None:
    await stage.press("a")
    await stage.write("Juniper Leasing")
    await stage.press("up")
    await stage.click_on("distributor")
    await stage.press("enter")
    assert partner(desk, "Juniper Leasing").kind is Kind.DISTRIBUTOR


async def test_esc_adds_nothing(stage: Stage, desk: Desk) -> None:
    await stage.press("a")
    await stage.write("Ironwood SOC")
    await stage.press("escape")
    assert stage.where == "PartnersScreen"
    assert len(names(desk)) == 5


async def test_an_empty_name_is_not_taken(stage: Stage, desk: Desk) -> None:
    await add(stage, "   ")
    assert stage.where == "PartnerForm"
    assert len(names(desk)) == 5


@pytest.mark.parametrize("name", ["Alder Security", "ALDER SECURITY, Inc.", "bayou  web works"])
async def test_one_the_group_has_is_refused_and_named(stage: Stage, desk: Desk, name: str) -> None:
    await add(stage, name)
    assert len(stage.notes) == 1
    assert "the group has" in stage.notes[0]
    assert len(names(desk)) == 5


async def test_a_complaint_is_gone_with_the_screen_it_is_about(stage: Stage) -> None:
    await add(stage, "Alder Security")
    assert len(stage.notes) == 1
    await stage.press("escape")
    assert stage.where == "BoardScreen"
    assert stage.notes == []


async def test_one_that_looks_like_another_is_asked_about(stage: Stage, desk: Desk) -> None:
    await add(stage, "Alder Securty")
    assert "Alder Securty looks like Alder Security. Is it another firm?" in stage.words
    await stage.press("n")
    assert "Alder Securty" not in names(desk)
    await add(stage, "Alder Securty")
    await stage.press("y")
    assert "Alder Securty" in names(desk)


async def test_a_messy_list_is_pasted_and_every_line_accounted_for(
    stage: Stage, desk: Desk
) -> None:
    await paste(stage, MESSY)
    assert names(desk) >= {"Fennel Backup", "Gulf Cabling", "Harborline"}
    assert len(names(desk)) == 8
    assert partner(desk, "Gulf Cabling").kind is Kind.SUBCONTRACTOR
    assert partner(desk, "Fennel Backup").aliases == ("Fennel",)
    assert "6 read, 3 new, 1 you have, 1 looks like one you have, 1 refused" in stage.words
    assert "alder security inc.: you have Alder Security" in stage.words
    assert "Alder Securty: looks like one you have Alder Security" in stage.words
    assert "refused it holds a control character" in stage.words


async def test_pasting_the_same_list_again_adds_nothing(stage: Stage, desk: Desk) -> None:
    await paste(stage, "Fennel Backup\nGulf Cabling\n")
    await paste(stage, "Fennel Backup\nGulf Cabling\n")
    assert "2 read, 0 new, 2 you have" in stage.words
    assert len(names(desk)) == 7


async def test_many_lines_not_taken_are_summed_up(stage: Stage) -> None:
    await paste(stage, "\n".join(["Alder Security"] * 9))
    assert "9 read, 0 new, 9 you have" in stage.words
    assert "and 4 more" in stage.words


async def test_an_empty_paste_and_esc_change_nothing(stage: Stage, desk: Desk) -> None:
    await paste(stage, "  \n ")
    await stage.press("v")
    stage.the(TextArea).insert("Fennel Backup")
    await stage.press("escape")
    assert stage.where == "PartnersScreen"
    assert len(names(desk)) == 5


async def test_a_list_that_is_no_list_is_told_once(stage: Stage, desk: Desk) -> None:
    await paste(stage, 'name,kind\n"Fennel Backup')
    assert len(stage.notes) == 1
    assert len(names(desk)) == 5


async def test_a_partner_is_renamed_and_keeps_its_id(stage: Stage, desk: Desk) -> None:
    before = partner(desk, "Bayou Web Works")
    await stage.press("down", "enter", "end", *["backspace"] * 5)
    await stage.write("Sites")
    await stage.press("down", "enter")
    after = partner(desk, "Bayou Web Sites")
    assert after.id == before.id
    assert (before.kind, after.kind) == (Kind.SUBCONTRACTOR, Kind.REFERRAL)
    assert "Bayou Web Sites" in stage.words


async def test_a_name_taken_by_another_is_refused(stage: Stage, desk: Desk) -> None:
    await stage.press("down", "enter", "ctrl+u")
    await stage.write("Alder Security")
    await stage.press("enter")
    assert len(stage.notes) == 1
    assert "Bayou Web Works" in names(desk)


async def test_a_partner_retires_and_comes_back(stage: Stage, desk: Desk) -> None:
    await stage.press("r")
    assert partner(desk, "Alder Security").retired
    assert "retired" in stage.line_with("Alder Security")
    assert "4 partners" in stage.words
    await stage.press("end", "r")
    assert not partner(desk, "Alder Security").retired


async def test_retiring_keeps_the_cursor_on_the_partner(stage: Stage, desk: Desk) -> None:
    """Pressing r twice takes it back; it must not retire the next one too."""
    await stage.press("r", "r")
    assert not any(each.retired for each in desk.rounds.group().partners)


async def test_two_that_look_alike_are_named_and_one_key_makes_them_one(
    stage: Stage, desk: Desk
) -> None:
    await add(stage, "Alder Securty")
    await stage.press("y")
    assert "looks like Alder Securty" in stage.line_with("Alder Security  ")
    assert "looks like Alder Security" in stage.line_with("Alder Securty  ")
    await stage.press("down", "m")
    assert "Alder Security is another name of Alder Securty now. u takes it back." in stage.words
    assert partner(desk, "Alder Securty").aliases == ("Alder Security",)
    assert "looks like" not in stage.words and "5 partners" in stage.words
    await stage.press("u")
    assert "Taken back." in stage.words
    assert names(desk) >= {"Alder Security", "Alder Securty"}
    assert "looks like Alder Securty" in stage.line_with("Alder Security  ")


async def test_the_one_under_the_cursor_keeps_its_name(stage: Stage, desk: Desk) -> None:
    await add(stage, "Alder Securty")
    await stage.press("y", "down", "up")
    assert "The same firm? m makes them one" in stage.words
    await stage.press("m")
    assert partner(desk, "Alder Security").aliases == ("Alder Securty",)
    assert "Alder Securty" in stage.line_with("▸ Alder Security")


async def test_where_nobody_looks_alike_there_is_nothing_to_merge(stage: Stage, desk: Desk) -> None:
    assert "merge" not in stage.words and "undo" not in stage.words
    await stage.press("m", "u")
    assert len(names(desk)) == 5 and not stage.notes


async def test_two_that_are_being_rated_have_to_wait(rating: Desk, crew: Crew) -> None:
    rating.setting_up.add("Alder Securty", Kind.PEER)
    async with on_stage(app_for(rating), crew) as stage:
        await stage.press("p", "m")
        assert stage.notes == ["Alder Security is being rated: merge after the box is closed"]
        assert "Alder Securty" in names(rating)


@pytest.mark.parametrize("size", [(60, 20), (40, 20)])
async def test_look_alikes_are_named_on_small_terminals_too(
    desk: Desk, crew: Crew, size: tuple[int, int]
) -> None:
    desk.setting_up.add("Alder Securty", Kind.PEER)
    async with on_stage(app_for(desk), crew, size) as stage:
        await stage.press("p")
        assert "looks like Alder" in stage.line_with("▸ Alder Security")
        assert "m makes them one" in stage.words


async def test_a_list_pasted_by_mistake_is_taken_back_in_one_go(stage: Stage, desk: Desk) -> None:
    await paste(stage, "Fennel Backup\nGulf Cabling\n")
    await stage.press("u")
    assert len(names(desk)) == 5 and "undo" not in stage.line_with("add one")


async def test_a_second_click_changes_a_partner(stage: Stage) -> None:
    await stage.click_on("Cobalt Voice")
    await stage.click_on("Cobalt Voice")
    assert stage.where == "PartnerForm"
    assert "Cobalt Voice" in stage.words


async def test_a_group_without_partners_says_how_to_begin(empty_desk: Desk, crew: Crew) -> None:
    empty_desk.setting_up.create("Gulf Coast Peers")
    async with on_stage(app_for(empty_desk), crew) as stage:
        await stage.press("p")
        assert "a to add a partner, v to paste a list from a spreadsheet" in stage.words
        await stage.press("enter", "r", "up", "down", "end")
        assert stage.where == "PartnersScreen"
        await add(stage, "Alder Security")
        assert "a to add a partner" not in stage.words
        assert "Alder Security" in stage.words


async def test_the_board_knows_the_new_partners(stage: Stage) -> None:
    await add(stage, "Ironwood SOC")
    await stage.press("escape")
    assert stage.where == "BoardScreen"
    assert "6 partners" in stage.words
