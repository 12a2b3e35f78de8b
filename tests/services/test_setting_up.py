"""Setting up a group: names that can be names, partners that are there once."""

import pytest
from stories import GROUP, KIND, PARTNERS, Calendar, closed, ids, opened

from peerreview.domain.group.merging import joint_partners
from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.group.partner_list import RowStatus, parse_list
from peerreview.domain.round.plan import Plan
from peerreview.errors import FileError, RuleError
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices


def test_a_new_group_gets_a_label_that_says_nothing(empty_services: GroupServices) -> None:
    group = empty_services.setting_up.create(f"  {GROUP} ")
    assert group.name == GROUP and len(group.label.split()) == 2
    assert not group.partners and not group.rounds


def test_a_group_is_never_written_over(any_services: GroupServices) -> None:
    with pytest.raises(FileError):
        any_services.setting_up.create("Another")
    assert any_services.rounds.group().name == GROUP


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x1bb", "a\u202eb"])
def test_a_name_that_can_t_be_one_is_refused(
    empty_services: GroupServices, services: GroupServices, name: str
) -> None:
    with pytest.raises(RuleError, match="the group's name can't be used"):
        empty_services.setting_up.create(name)
    with pytest.raises(RuleError, match="this name can't be used"):
        services.setting_up.add(name, PartnerKind.OTHER)


@pytest.mark.parametrize("name", ["Alder Security", "ALDER SECURITY, INC.", "alder  security"])
def test_a_partner_is_there_once(services: GroupServices, name: str) -> None:
    with pytest.raises(RuleError, match="'Alder Security' already"):
        services.setting_up.add(name, PartnerKind.VENDOR)
    with pytest.raises(RuleError, match="already"):
        services.setting_up.add("Something Else", PartnerKind.VENDOR, (name,))


def test_a_partner_can_be_renamed_and_keeps_its_history(services: GroupServices) -> None:
    closed(services, *[KIND] * 4)
    alder = ids(services)["Alder Security"]
    services.setting_up.retire(alder)
    services.setting_up.change(alder, "Alder Group", PartnerKind.VENDOR, ("Alder Security",))
    partner = services.rounds.group().get_partner(alder)
    assert (partner.name, partner.kind, partner.aliases) == (
        "Alder Group",
        PartnerKind.VENDOR,
        ("Alder Security",),
    )
    assert partner.retired
    assert "Alder Group" in [line.partner.name for line in services.results.board().shown_lines]


def test_who_rests_keeps_the_old_name_and_can_t_be_added_anew(services: GroupServices) -> None:
    closed(services, *[KIND] * 4)
    alder = ids(services)["Alder Security"]
    services.setting_up.change(alder, "Alder Group", PartnerKind.VENDOR, ())
    group = services.setting_up.change(alder, "Alder", PartnerKind.VENDOR, ("Alder LLC.",))
    assert set(group.get_partner(alder).names) > {"Alder", "Alder Security", "Alder Group"}
    with pytest.raises(RuleError, match="already"):
        services.setting_up.add("Alder Security", PartnerKind.VENDOR)


def test_a_name_can_t_be_taken_from_another(services: GroupServices) -> None:
    with pytest.raises(RuleError, match="already"):
        services.setting_up.change(
            ids(services)["Alder Security"], "Cobalt Voice", PartnerKind.PEER, ()
        )
    with pytest.raises(RuleError, match="isn't in this group"):
        services.setting_up.change("nobody", "New", PartnerKind.PEER, ())


def test_two_that_are_one_firm_become_one_and_it_rests_like_both(
    any_services: GroupServices,
) -> None:
    any_services.setting_up.retire(ids(any_services)["Cobalt Voice"])
    closed(any_services, *[KIND] * 4)
    group = any_services.setting_up.add("Alder Securty", PartnerKind.PEER)
    old, new = ids(any_services)["Alder Security"], ids(any_services)["Alder Securty"]
    assert new in {each.id for each in any_services.rounds.partners_ready()}
    any_services.setting_up.merge(new, old)
    assert new in any_services.rounds.resting()
    assert new not in {each.id for each in any_services.rounds.partners_ready()}
    assert "Alder Securty" in [
        line.partner.name for line in any_services.results.board().shown_lines
    ]
    with pytest.raises(RuleError, match="already"):
        any_services.setting_up.add("Alder Security", PartnerKind.PEER)
    assert len(any_services.rounds.group().partners) == len(group.partners) - 1


def test_the_last_change_can_be_taken_back_once_by_whoever_made_it(
    any_services: GroupServices,
) -> None:
    mine, theirs = any_services.setting_up, any_services.setting_up
    before = any_services.rounds.group()
    mine.merge(ids(any_services)["Alder Security"], ids(any_services)["Cobalt Voice"])
    with pytest.raises(RuleError, match="can't be taken back"):
        theirs.undo()
    assert mine.last_change and not theirs.last_change
    assert mine.undo() == before == any_services.rounds.group()
    with pytest.raises(RuleError, match="can't be taken back"):
        mine.undo()


def test_what_others_did_since_is_never_taken_back(any_services: GroupServices) -> None:
    mine, theirs = any_services.setting_up, any_services.setting_up
    mine.add("Fennel Backup", PartnerKind.VENDOR)
    now = theirs.add("Harborline", PartnerKind.PEER)
    with pytest.raises(RuleError, match="has changed since"):
        mine.undo()
    assert any_services.rounds.group() == now


def test_nothing_is_taken_back_while_a_round_asks_about_it(any_services: GroupServices) -> None:
    mine = any_services.setting_up
    mine.add("Fennel Backup", PartnerKind.VENDOR)
    opened(any_services)
    with pytest.raises(RuleError, match="has changed since"):
        mine.undo()


def test_a_round_planned_about_partners_that_are_one_by_now_does_not_open(
    any_services: GroupServices,
) -> None:
    both = ids(any_services)["Alder Security"], ids(any_services)["Cobalt Voice"]
    plan = Plan(dict.fromkeys(ids(any_services).values()), heads=4)
    prepared = any_services.rounds.prepare(plan)
    any_services.setting_up.merge(*both)
    with pytest.raises(RuleError, match="somebody else changed the partners"):
        any_services.rounds.open(prepared)
    assert any_services.rounds.progress() is None


def test_a_retired_partner_isn_t_rated_and_can_come_back(services: GroupServices) -> None:
    alder = ids(services)["Alder Security"]
    services.setting_up.retire(alder)
    assert alder not in {each.id for each in services.rounds.partners_ready()}
    services.setting_up.retire(alder, retired=False)
    assert alder in {each.id for each in services.rounds.partners_ready()}


LIST = (
    "name,kind\nALDER SECURITY INC,peer\nBlue Stack Cloud,vendor\nFennel Backup,vendor\n\x1b,peer\n"
)


def test_looking_changes_nothing_and_taking_does_what_was_seen(any_services: GroupServices) -> None:
    rows = parse_list(LIST, "-")
    seen = any_services.setting_up.preview_list(rows)
    assert len(any_services.rounds.group().partners) == len(PARTNERS)
    assert [each.status for each in seen] == [
        RowStatus.HAVE,
        RowStatus.ALIKE,
        RowStatus.NEW,
        RowStatus.REFUSED,
    ]
    assert any_services.setting_up.add_list(rows) == seen
    assert set(ids(any_services)) == {*PARTNERS, "Fennel Backup"}
    assert [each.status for each in any_services.setting_up.add_list(rows)][2] is RowStatus.HAVE


def test_ids_say_nothing() -> None:
    assert len({Environment.new_id() for _ in range(100)}) == 100
    assert {len(Environment.new_id()) for _ in range(10)} == {16}


def test_who_was_shown_lately_in_one_group_is_not_rated_with_another(
    services: GroupServices, calendar: Calendar
) -> None:
    """Two results that close, from rooms that overlap, could be subtracted."""
    closed(services, *[KIND] * 4)
    gulf = services.setting_up.add("Fennel Backup", PartnerKind.VENDOR)
    bay = gulf.evolve(name="Bay", releases=())
    resting = {gulf.get_partner(each).name for each in gulf.resting_until(calendar.day)}
    rows = joint_partners([bay, gulf], calendar.day)
    assert {row.name for row in rows if row.problem} == resting == set(PARTNERS)
    assert {row.name for row in rows if not row.problem} == {"Fennel Backup"}
    assert all("can be rated again from" in row.problem for row in rows if row.problem)
