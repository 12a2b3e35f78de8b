"""A group from its creation to the summary, with every kind of vault."""

from pathlib import Path

from memory import MemoryVault
from stories import (
    GROUP,
    HARD,
    KIND,
    Calendar,
    Rater,
    Says,
    closed,
    code_of,
    fast_environment,
    five_partners,
    ids,
    key_of,
    opened,
    rated,
    there,
)

from peerreview.domain.group.partner_list import RowStatus, parse_list
from peerreview.domain.round.round import RoundState
from peerreview.domain.summary.contradiction import find_contradictions
from peerreview.domain.summary.markdown import markdown_page
from peerreview.domain.summary.summary import summary_to_json
from peerreview.domain.tally.release import VoicesBand
from peerreview.domain.tally.verdict import Street
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.services.ports import Vault
from peerreview.store.vault import FileVault

LIST = "name,kind\nAlder Security,peer\nBayou Web Works,sub\nBluestack Cloud,vendor\n"


def test_a_group_gets_from_a_list_of_partners_to_a_summary(
    any_vault: Vault, environment: Environment
) -> None:
    services = GroupServices(any_vault, environment)
    assert services.location == any_vault.location
    services.setting_up.create(GROUP)
    matched_rows = services.setting_up.add_list(parse_list(LIST, "-"))
    assert [matched.status for matched in matched_rows] == [RowStatus.NEW] * 3

    prepared = opened(services, heads=5, spares=1)
    progress = services.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in, progress.missing) == (0, 0, 4)
    assert progress.check_words == prepared.check_words

    alder_only = Rater({"Alder Security": Says()})
    seats = rated(services, KIND, KIND, KIND, alder_only, HARD)
    progress = services.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in, progress.missing) == (5, 5, 0)
    assert {seat.check_words for seat in seats} == {prepared.check_words}

    changed_mind = services.rating.enter_code(code_of(seats[4]))
    services.rating.cast(changed_mind, KIND.fill(changed_mind))
    undecided = services.rating.enter_code(code_of(seats[3]))
    services.rating.withdraw(undecided)

    release = services.rounds.close(key_of(prepared, keeper=1), hands=4)
    assert (release.ballots, release.round) == (4, 1)
    assert {partner.street for partner in release.partners} == {Street.TWO_WAY}
    assert {partner.voices for partner in release.partners} == {VoicesBand.FEW}
    assert services.rounds.progress() is None
    assert not there(any_vault.box(1))

    board = services.results.board()
    assert [line.partner.name for line in board.shown_lines] == [
        "Alder Security",
        "Bayou Web Works",
        "Bluestack Cloud",
    ]
    summary = services.results.summary()
    assert (
        find_contradictions(
            summary, {criteria.hash: criteria for criteria in environment.sets.values()}
        )
        == []
    )
    assert GROUP not in summary_to_json(summary) and "## Two-way streets" in markdown_page(summary)


def test_the_board_of_a_second_round_is_compared_with_the_first(
    any_services: GroupServices, calendar: Calendar
) -> None:
    closed(any_services, *[KIND] * 5)
    calendar.turn(60)
    closed(any_services, *[HARD] * 5)
    words = {line.change.word for line in any_services.results.board().shown_lines}
    assert words <= {"same", "was 2-way"} and "was 2-way" in words
    assert {line.change.word for line in any_services.results.board(1).shown_lines} == {"new"}


def test_a_discarded_round_leaves_only_its_number(
    any_services: GroupServices, any_vault: Vault
) -> None:
    opened(any_services)
    rated(any_services, KIND, KIND)
    any_services.rounds.discard("  gulf coast PEERS ")
    group = any_services.rounds.group()
    assert [round_.state for round_ in group.rounds] == [RoundState.DISCARDED]
    assert group.latest_release is None and not there(any_vault.box(1))
    assert len(any_services.rounds.ready_partners()) == 5
    assert closed(any_services, *[KIND] * 4).round == 2


def test_a_group_in_memory_equals_the_same_group_in_a_file(
    tmp_path: Path,
) -> None:
    in_memory = five_partners(GroupServices(MemoryVault(), fast_environment(Calendar())))
    path = tmp_path / "gulf.group.json"
    in_file = five_partners(GroupServices(FileVault(path), fast_environment(Calendar())))
    random_fields = {"label"}
    assert in_memory.rounds.group().model_dump(
        exclude=random_fields
    ) == in_file.rounds.group().model_dump(exclude=random_fields)
    assert ids(in_memory) == ids(in_file)
