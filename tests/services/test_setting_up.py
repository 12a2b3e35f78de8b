"""Setting up a group: names that can be names, partners that are there once."""

import pytest
from stories import GROUP, KIND, PARTNERS, Calendar, closed, ids, opened

from peerreview.domain.group.joint import joint
from peerreview.domain.group.partner import Kind
from peerreview.domain.group.partner_list import Fate, parse_list
from peerreview.domain.round.plan import Plan
from peerreview.errors import FileError, RuleError
from peerreview.services.environment import World
from peerreview.services.group_services import Desk


def test_a_new_group_gets_a_label_that_says_nothing(empty_desk: Desk) -> None:
    group = empty_desk.setting_up.create(f"  {GROUP} ")
    assert group.name == GROUP and len(group.label.split()) == 2
    assert not group.partners and not group.rounds


def test_a_group_is_never_written_over(any_desk: Desk) -> None:
    with pytest.raises(FileError):
        any_desk.setting_up.create("Another")
    assert any_desk.rounds.group().name == GROUP


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x1bb", "a\u202eb"])
def test_a_name_that_can_t_be_one_is_refused(empty_desk: Desk, desk: Desk, name: str) -> None:
    with pytest.raises(RuleError, match="the group's name can't be used"):
        empty_desk.setting_up.create(name)
    with pytest.raises(RuleError, match="this name can't be used"):
        desk.setting_up.add(name, Kind.OTHER)


@pytest.mark.parametrize("name", ["Alder Security", "ALDER SECURITY, INC.", "alder  security"])
def test_a_partner_is_there_once(desk: Desk, name: str) -> None:
    with pytest.raises(RuleError, match="'Alder Security' already"):
        desk.setting_up.add(name, Kind.VENDOR)
    with pytest.raises(RuleError, match="already"):
        desk.setting_up.add("Something Else", Kind.VENDOR, (name,))


def test_a_partner_can_be_renamed_and_keeps_its_history(desk: Desk) -> None:
    closed(desk, *[KIND] * 4)
    alder = ids(desk)["Alder Security"]
    desk.setting_up.retire(alder)
    desk.setting_up.change(alder, "Alder Group", Kind.VENDOR, ("Alder Security",))
    partner = desk.rounds.group().partner(alder)
    assert (partner.name, partner.kind, partner.aliases) == (
        "Alder Group",
        Kind.VENDOR,
        ("Alder Security",),
    )
    assert partner.retired
    assert "Alder Group" in [line.partner.name for line in desk.results.board().lines]


def test_who_rests_keeps_the_old_name_and_can_t_be_added_anew(desk: Desk) -> None:
    closed(desk, *[KIND] * 4)
    alder = ids(desk)["Alder Security"]
    desk.setting_up.change(alder, "Alder Group", Kind.VENDOR, ())
    group = desk.setting_up.change(alder, "Alder", Kind.VENDOR, ("Alder LLC.",))
    assert set(group.partner(alder).names) > {"Alder", "Alder Security", "Alder Group"}
    with pytest.raises(RuleError, match="already"):
        desk.setting_up.add("Alder Security", Kind.VENDOR)


def test_a_name_can_t_be_taken_from_another(desk: Desk) -> None:
    with pytest.raises(RuleError, match="already"):
        desk.setting_up.change(ids(desk)["Alder Security"], "Cobalt Voice", Kind.PEER, ())
    with pytest.raises(RuleError, match="isn't in this group"):
        desk.setting_up.change("nobody", "New", Kind.PEER, ())


def test_two_that_are_one_firm_become_one_and_it_rests_like_both(any_desk: Desk) -> None:
    any_desk.setting_up.retire(ids(any_desk)["Cobalt Voice"])
    closed(any_desk, *[KIND] * 4)
    group = any_desk.setting_up.add("Alder Securty", Kind.PEER)
    old, new = ids(any_desk)["Alder Security"], ids(any_desk)["Alder Securty"]
    assert new in {each.id for each in any_desk.rounds.ready()}
    any_desk.setting_up.merge(new, old)
    assert new in any_desk.rounds.resting()
    assert new not in {each.id for each in any_desk.rounds.ready()}
    assert "Alder Securty" in [line.partner.name for line in any_desk.results.board().lines]
    with pytest.raises(RuleError, match="already"):
        any_desk.setting_up.add("Alder Security", Kind.PEER)
    assert len(any_desk.rounds.group().partners) == len(group.partners) - 1


def test_the_last_change_can_be_taken_back_once_by_whoever_made_it(any_desk: Desk) -> None:
    mine, theirs = any_desk.setting_up, any_desk.setting_up
    before = any_desk.rounds.group()
    mine.merge(ids(any_desk)["Alder Security"], ids(any_desk)["Cobalt Voice"])
    with pytest.raises(RuleError, match="can't be taken back"):
        theirs.undo()
    assert mine.last and not theirs.last
    assert mine.undo() == before == any_desk.rounds.group()
    with pytest.raises(RuleError, match="can't be taken back"):
        mine.undo()


def test_what_others_did_since_is_never_taken_back(any_desk: Desk) -> None:
    mine, theirs = any_desk.setting_up, any_desk.setting_up
    mine.add("Fennel Backup", Kind.VENDOR)
    now = theirs.add("Harborline", Kind.PEER)
    with pytest.raises(RuleError, match="has changed since"):
        mine.undo()
    assert any_desk.rounds.group() == now


def test_nothing_is_taken_back_while_a_round_asks_about_it(any_desk: Desk) -> None:
    mine = any_desk.setting_up
    mine.add("Fennel Backup", Kind.VENDOR)
    opened(any_desk)
    with pytest.raises(RuleError, match="has changed since"):
        mine.undo()


def test_a_round_planned_about_partners_that_are_one_by_now_does_not_open(any_desk: Desk) -> None:
    both = ids(any_desk)["Alder Security"], ids(any_desk)["Cobalt Voice"]
    plan = Plan(dict.fromkeys(ids(any_desk).values()), heads=4)
    prepared = any_desk.rounds.prepare(plan)
    any_desk.setting_up.merge(*both)
    with pytest.raises(RuleError, match="somebody else changed the partners"):
        any_desk.rounds.open(prepared)
    assert any_desk.rounds.progress() is None


def test_a_retired_partner_isn_t_rated_and_can_come_back(desk: Desk) -> None:
    alder = ids(desk)["Alder Security"]
    desk.setting_up.retire(alder)
    assert alder not in {each.id for each in desk.rounds.ready()}
    desk.setting_up.retire(alder, retired=False)
    assert alder in {each.id for each in desk.rounds.ready()}


LIST = (
    "name,kind\nALDER SECURITY INC,peer\nBlue Stack Cloud,vendor\nFennel Backup,vendor\n\x1b,peer\n"
)


def test_looking_changes_nothing_and_taking_does_what_was_seen(any_desk: Desk) -> None:
    rows = parse_list(LIST, "-")
    seen = any_desk.setting_up.look(rows)
    assert len(any_desk.rounds.group().partners) == len(PARTNERS)
    assert [each.fate for each in seen] == [Fate.HAVE, Fate.ALIKE, Fate.NEW, Fate.REFUSED]
    assert any_desk.setting_up.take(rows) == seen
    assert set(ids(any_desk)) == {*PARTNERS, "Fennel Backup"}
    assert [each.fate for each in any_desk.setting_up.take(rows)][2] is Fate.HAVE


def test_ids_say_nothing() -> None:
    assert len({World.new_id() for _ in range(100)}) == 100
    assert {len(World.new_id()) for _ in range(10)} == {16}


def test_who_was_shown_lately_in_one_group_is_not_rated_with_another(
    desk: Desk, calendar: Calendar
) -> None:
    """Two results that close, from rooms that overlap, could be subtracted."""
    closed(desk, *[KIND] * 4)
    gulf = desk.setting_up.add("Fennel Backup", Kind.VENDOR)
    bay = gulf.evolve(name="Bay", releases=())
    resting = {gulf.partner(each).name for each in gulf.resting(calendar.day)}
    rows = joint([bay, gulf], calendar.day)
    assert {row.name for row in rows if row.fault} == resting == set(PARTNERS)
    assert {row.name for row in rows if not row.fault} == {"Fennel Backup"}
    assert all("can be rated again from" in row.fault for row in rows if row.fault)
