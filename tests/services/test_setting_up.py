"""Setting up a group: names are checked, and no partner is in the group twice."""

import pytest
from stories import GROUP, KIND, PARTNERS, Calendar, closed, ids, opened

from peerreview.domain.group.merging import list_joint_partners
from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.group.partner_list import RowStatus, parse_list
from peerreview.domain.round.plan import Plan
from peerreview.errors import FileError, RuleError
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices


def test_a_new_group_gets_a_random_label(empty_services: GroupServices) -> None:
    group = empty_services.setting_up.create(f"  {GROUP} ")
    assert group.name == GROUP and len(group.label.split()) == 2
    assert not group.partners and not group.rounds


def test_an_existing_group_is_never_overwritten(any_services: GroupServices) -> None:
    with pytest.raises(FileError):
        any_services.setting_up.create("Another")
    assert any_services.rounds.group().name == GROUP


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\x1bb", "a\u202eb"])
def test_an_invalid_name_is_refused(
    empty_services: GroupServices, services: GroupServices, name: str
) -> None:
    with pytest.raises(RuleError, match="the group's name can't be used"):
        empty_services.setting_up.create(name)
    with pytest.raises(RuleError, match="this name can't be used"):
        services.setting_up.add(name, PartnerKind.OTHER)


@pytest.mark.parametrize("name", ["Alder Security", "ALDER SECURITY, INC.", "alder  security"])
def test_a_partner_cannot_be_added_twice(services: GroupServices, name: str) -> None:
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


def test_a_resting_partner_keeps_its_old_names_and_cannot_be_added_again(
    services: GroupServices,
) -> None:
    closed(services, *[KIND] * 4)
    alder = ids(services)["Alder Security"]
    services.setting_up.change(alder, "Alder Group", PartnerKind.VENDOR, ())
    group = services.setting_up.change(alder, "Alder", PartnerKind.VENDOR, ("Alder LLC.",))
    assert set(group.get_partner(alder).names) > {"Alder", "Alder Security", "Alder Group"}
    with pytest.raises(RuleError, match="already"):
        services.setting_up.add("Alder Security", PartnerKind.VENDOR)


def test_a_partner_cannot_take_the_name_of_another(services: GroupServices) -> None:
    with pytest.raises(RuleError, match="already"):
        services.setting_up.change(
            ids(services)["Alder Security"], "Cobalt Voice", PartnerKind.PEER, ()
        )
    with pytest.raises(RuleError, match="isn't in this group"):
        services.setting_up.change("nobody", "New", PartnerKind.PEER, ())


def test_a_merged_partner_rests_as_long_as_both_parts(
    any_services: GroupServices,
) -> None:
    any_services.setting_up.retire(ids(any_services)["Cobalt Voice"])
    closed(any_services, *[KIND] * 4)
    group = any_services.setting_up.add("Alder Securty", PartnerKind.PEER)
    old, new = ids(any_services)["Alder Security"], ids(any_services)["Alder Securty"]
    assert new in {partner.id for partner in any_services.rounds.ready_partners()}
    any_services.setting_up.merge(new, old)
    assert new in any_services.rounds.resting_until()
    assert new not in {partner.id for partner in any_services.rounds.ready_partners()}
    assert "Alder Securty" in [
        line.partner.name for line in any_services.results.board().shown_lines
    ]
    with pytest.raises(RuleError, match="already"):
        any_services.setting_up.add("Alder Security", PartnerKind.PEER)
    assert len(any_services.rounds.group().partners) == len(group.partners) - 1


def test_the_last_change_can_be_undone_once_by_the_person_who_made_it(
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


def test_undo_never_reverts_a_later_change_by_another_person(any_services: GroupServices) -> None:
    mine, theirs = any_services.setting_up, any_services.setting_up
    mine.add("Fennel Backup", PartnerKind.VENDOR)
    now = theirs.add("Harborline", PartnerKind.PEER)
    with pytest.raises(RuleError, match="has changed since"):
        mine.undo()
    assert any_services.rounds.group() == now


def test_undo_is_refused_after_a_round_has_opened(any_services: GroupServices) -> None:
    mine = any_services.setting_up
    mine.add("Fennel Backup", PartnerKind.VENDOR)
    opened(any_services)
    with pytest.raises(RuleError, match="has changed since"):
        mine.undo()


def test_a_prepared_round_does_not_open_if_its_partners_were_merged(
    any_services: GroupServices,
) -> None:
    both = ids(any_services)["Alder Security"], ids(any_services)["Cobalt Voice"]
    plan = Plan(dict.fromkeys(ids(any_services).values()), heads=4)
    prepared = any_services.rounds.prepare(plan)
    any_services.setting_up.merge(*both)
    with pytest.raises(RuleError, match="somebody else changed the partners"):
        any_services.rounds.open(prepared)
    assert any_services.rounds.progress() is None


def test_a_retired_partner_is_not_ready_and_can_come_back(services: GroupServices) -> None:
    alder = ids(services)["Alder Security"]
    services.setting_up.retire(alder)
    assert alder not in {partner.id for partner in services.rounds.ready_partners()}
    services.setting_up.retire(alder, retired=False)
    assert alder in {partner.id for partner in services.rounds.ready_partners()}


LIST = (
    "name,kind\nALDER SECURITY INC,peer\nBlue Stack Cloud,vendor\nFennel Backup,vendor\n\x1b,peer\n"
)


def test_a_preview_changes_nothing_and_adding_the_list_matches_it(
    any_services: GroupServices,
) -> None:
    rows = parse_list(LIST, "-")
    preview = any_services.setting_up.preview_list(rows)
    assert len(any_services.rounds.group().partners) == len(PARTNERS)
    assert [matched.status for matched in preview] == [
        RowStatus.HAVE,
        RowStatus.ALIKE,
        RowStatus.NEW,
        RowStatus.REFUSED,
    ]
    assert any_services.setting_up.add_list(rows) == preview
    assert set(ids(any_services)) == {*PARTNERS, "Fennel Backup"}
    assert any_services.setting_up.add_list(rows)[2].status is RowStatus.HAVE


def test_ids_are_random() -> None:
    assert len({Environment.new_id() for _ in range(100)}) == 100
    assert {len(Environment.new_id()) for _ in range(10)} == {16}


def test_a_partner_resting_in_one_group_is_not_added_to_a_joint_group(
    services: GroupServices, calendar: Calendar
) -> None:
    """Two results of overlapping groups within a short time could be subtracted."""
    closed(services, *[KIND] * 4)
    gulf = services.setting_up.add("Fennel Backup", PartnerKind.VENDOR)
    bay = gulf.evolve(name="Bay", releases=())
    resting = {gulf.get_partner(id_).name for id_ in gulf.resting_until(calendar.day)}
    rows = list_joint_partners([bay, gulf], calendar.day)
    assert {row.name for row in rows if row.problem} == resting == set(PARTNERS)
    assert {row.name for row in rows if not row.problem} == {"Fennel Backup"}
    assert all("can be rated again from" in row.problem for row in rows if row.problem)
