"""The board and its partners: what the room sees, and what nobody is offered who may only look."""

import pytest
from stories import rated

from peerreview.services.group_services import GroupServices
from peerreview.tui.board.board_list import BoardList

from .groups import make_rater, open_round
from .stage import Crew, Stage, app_for, on_stage

ORDER = [
    "TWO-WAY STREETS", "Alder Security", "Fennel Backup", "Gulf Cabling", "Ironwood SOC",
    "WE OWE THEM", "Juniper Leasing", "MIXED", "Kestrel Dev", "ONE-WAY STREETS", "Bluestack Cloud",
    "Lantern VoIP", "QUIET STREETS", "Delta Printers", "TOO CLOSE TO CALL", "Harborline",
    "TOO FEW VOICES", "Bayou Web Works, Cobalt Voice",
]  # fmt: skip
SHOWN = [name for name in ORDER if not name.isupper() and "," not in name]


def at(stage: Stage) -> str:
    line = stage.find_widget(BoardList).current_line
    assert line
    return line.partner.name


async def test_partners_stand_by_street_then_by_name(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        assert "Gulf Coast Peers · round 2 · Q2 2026" in stage.words
        assert "12 ballots · 12 partners" in stage.words
        places = [stage.picture.index(words) for words in ORDER]
        assert places == sorted(places)


async def test_marks_and_news_stand_beside_the_name(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        assert stage.line_with("Bluestack Cloud").startswith(" !")
        assert "was 2-way" in stage.line_with("Bluestack Cloud")
        assert stage.line_with("Harborline").startswith("  ~")
        assert "new" in stage.line_with("Gulf Cabling")
        assert "same" in stage.line_with("Alder Security")


async def test_the_cursor_stands_on_partners_only(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        seen = [at(stage)]
        for _ in range(len(SHOWN)):
            await stage.press("down")
            seen.append(at(stage))
        assert seen == [*SHOWN, SHOWN[-1]]
        await stage.press("home", "up")
        assert at(stage) == SHOWN[0]
        await stage.press("end")
        assert at(stage) == SHOWN[-1]


async def test_a_line_at_the_foot_says_what_it_means(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        assert "Alder Security: two-way street, solid." in stage.words
        assert "Next: Keep it. Say thanks this week." in stage.words
        await stage.press(*["down"] * SHOWN.index("Bluestack Cloud"))
        assert "Bluestack Cloud: one-way street, leans." in stage.words
        assert "Look after your clients first." in stage.words
        assert "! More than one of us reported" in stage.words


async def test_a_new_group_is_told_its_first_steps(twelve: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(twelve), crew) as stage:
        assert "No round has been closed yet" in stage.words
        assert "p write down the partners you share, or paste a list" in stage.words
        assert "12 partners" in stage.words
        await stage.press("enter", "left_square_bracket", "c", "t")
        assert stage.screen_name == "BoardScreen"


async def test_what_is_offered_follows_the_round(twelve: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(twelve), crew) as stage:
        keys = stage.lines[-1]
        assert "open a round" in keys
        assert "take turns" not in keys
        assert "close the box" not in keys
    open_round(twelve)
    rated(twelve, make_rater())
    async with on_stage(app_for(twelve), crew) as stage:
        keys = " ".join(stage.lines[-2:])
        assert "take turns" in keys
        assert "close the box" in keys
        assert "open a round" not in keys
        assert "Round 1 is open: 1 of 4 handed in, 3 more needed." in stage.words
        await stage.press("o")
        assert stage.screen_name == "BoardScreen"


async def test_without_partners_there_is_no_round_to_open(
    empty_services: GroupServices, crew: Crew
) -> None:
    empty_services.setting_up.create("Gulf Coast Peers")
    async with on_stage(app_for(empty_services), crew) as stage:
        assert "open a round" not in stage.lines[-1]
        await stage.press("o")
        assert stage.screen_name == "BoardScreen"


async def test_a_round_whose_box_is_missing_can_still_be_discarded(
    twelve: GroupServices, crew: Crew
) -> None:
    open_round(twelve)
    twelve.rounds._vault.box(1).remove()
    async with on_stage(app_for(twelve), crew) as stage:
        assert len(stage.notes) == 1
        await stage.press("c")
        assert "The box can't be read. Discard the round?" in stage.words
        await stage.write("Gulf Coast Peers")
        await stage.press("enter")
        assert stage.screen_name == "BoardScreen"
        assert "open a round" in stage.lines[-1]
    assert twelve.rounds.group().open_round is None


async def test_the_demo_says_what_to_try(rating: GroupServices, crew: Crew) -> None:
    rated(rating, *[make_rater()] * 3)
    key = "one two three four five"
    async with on_stage(app_for(rating, demo_key=key), crew) as stage:
        assert "DEMO t rate as the twelfth" in stage.words
        assert key in stage.words
        await stage.press("t")
        assert stage.screen_name == "TurnsScreen"


# Earlier rounds.


async def test_brackets_go_through_the_rounds(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("left_square_bracket")
        assert "round 1 · Q1 2026" in stage.words
        assert "was 2-way" not in stage.words
        await stage.press("left_square_bracket")
        assert "round 1 · Q1 2026" in stage.words
        await stage.press("right_square_bracket", "right_square_bracket")
        assert "round 2 · Q2 2026" in stage.words


async def test_changing_the_round_keeps_the_partner(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press(*["down"] * 5)
        here = at(stage)
        await stage.press("left_square_bracket")
        assert at(stage) == here


@pytest.mark.parametrize("keys", [("enter", "escape"), ("question_mark", "escape")])
async def test_looking_at_something_else_keeps_the_round(
    rated_group: GroupServices, crew: Crew, keys: tuple[str, str]
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("left_square_bracket", *keys)
        assert "round 1 · Q1 2026" in stage.words


# One partner.


async def test_a_partner_opens_with_everything_known(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press(*["down"] * SHOWN.index("Bluestack Cloud"), "enter")
        assert stage.screen_name == "PartnerScreen"
        for words in (
            "Bluestack Cloud · vendor",
            "round 2 · 8–12 voices",
            "! More than one of us reported a deal-breaker",
            "sold direct past us",
            "ONE-WAY STREET",
            "all in all",
            "not shown: stay reachable after",
            "THEIR WORK good",
        ):
            assert words in stage.words
        await stage.press(*["down"] * 20)
        assert "Same kind, better street Ironwood SOC" in stage.words
        assert "We talk first hand and we don't run anyone down." in stage.words


async def test_arrows_go_through_all_partners_and_round_again(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("enter")
        seen: list[str] = []
        for _ in range(13):
            seen.append(stage.lines[0].split("  ")[1].partition(" ·")[0].strip())
            await stage.press("right")
        assert seen == [*SHOWN, "Bayou Web Works", "Cobalt Voice", SHOWN[0]]
        await stage.press("left", "left", "left")
        assert "Bayou Web Works" in stage.lines[0] or "Cobalt Voice" in stage.lines[0]


async def test_a_partner_with_too_few_voices_shows_nothing(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("enter", "left")
        assert "Cobalt Voice" in stage.lines[0]
        assert "TOO FEW VOICES" in stage.words
        assert "━" not in stage.picture
        assert "Keep your own counsel; ask again next time." in stage.words


async def test_esc_returns_to_the_board_where_one_was(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("down", "down", "enter", "escape")
        assert stage.screen_name == "BoardScreen"
        assert at(stage) == SHOWN[2]


async def test_a_second_click_opens_a_partner(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.click(BoardList, 8, 3)
        assert at(stage) == "Gulf Cabling"
        await stage.click(BoardList, 8, 5)
        assert at(stage) == "Gulf Cabling", "a heading is no partner"
        await stage.click(BoardList, 8, 3)
        assert stage.screen_name == "PartnerScreen"
        assert "Gulf Cabling" in stage.lines[0]


# Looking only.


async def test_read_only_offers_nothing_that_writes(
    twelve: GroupServices, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_round(twelve)
    rated(twelve, *[make_rater()] * 4)

    def never(*_: object) -> None:
        raise AssertionError("something was written")

    vault = twelve.rounds._vault
    monkeypatch.setattr(type(vault.group), "update", never)
    monkeypatch.setattr(type(vault), "clean_up_after_crash", never)
    async with on_stage(app_for(twelve, readonly=True), crew) as stage:
        keys = " ".join(stage.lines[-2:])
        for words in ("take turns", "close the box", "open a round", "partners"):
            assert words not in keys
        await stage.press("t", "c", "o", "p")
        assert stage.screen_name == "BoardScreen"
        assert stage.notes == []


async def test_read_only_still_reads(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group, readonly=True), crew) as stage:
        await stage.press("left_square_bracket")
        assert "round 1" in stage.words
        await stage.press("enter")
        assert stage.screen_name == "PartnerScreen"


async def test_help_on_a_read_only_board_names_no_key_that_does_nothing(
    rated_group: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(rated_group, readonly=True), crew) as stage:
        await stage.press("question_mark")
        assert "Type or paste the partners you share." not in stage.words


async def test_q_quits_from_the_board(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("q")
        assert stage.app._exit


async def test_esc_does_not_close_the_board(rated_group: GroupServices, crew: Crew) -> None:
    async with on_stage(app_for(rated_group), crew) as stage:
        await stage.press("escape", "escape")
        assert stage.screen_name == "BoardScreen"


async def test_a_group_that_cannot_be_read_is_told_in_the_place_of_its_board(
    empty_services: GroupServices, crew: Crew
) -> None:
    async with on_stage(app_for(empty_services), crew) as stage:
        assert "This file can't be used" in stage.words
        assert "memory: there is no group: create one" in stage.words
        assert "peerreview doctor memory" in stage.words
        assert "comes back" not in stage.words
        assert stage.notes == []
        await stage.press(*"otcpvmesr/[]", "enter")
        assert stage.screen_name == "BoardScreen"
        assert " ".join(stage.lines[-1].split()) == "q quit ? help"
