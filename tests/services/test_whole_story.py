"""The whole story of a group, over each kind of vault: new, import, rate, close, take home."""

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
    ids,
    key_of,
    opened,
    rated,
    there,
)

from peerreview.domain.group.partner_list import Fate, parse_list
from peerreview.domain.round.round import State
from peerreview.domain.summary.contradiction import contradictions
from peerreview.domain.summary.markdown import page
from peerreview.domain.summary.summary import to_json
from peerreview.domain.tally.release import Voices
from peerreview.domain.tally.verdict import Street
from peerreview.services.environment import World
from peerreview.services.group_services import Desk
from peerreview.services.ports import Vault
from peerreview.store.vault import FileVault

LIST = "name,kind\nAlder Security,peer\nBayou Web Works,sub\nBluestack Cloud,vendor\n"


def test_from_a_list_to_a_page_to_take_home(any_vault: Vault, world: World) -> None:
    desk = Desk(any_vault, world)
    assert desk.where == any_vault.where
    desk.setting_up.create(GROUP)
    assert [each.fate for each in desk.setting_up.take(parse_list(LIST, "-"))] == [Fate.NEW] * 3

    prepared = opened(desk, heads=5, spares=1)
    progress = desk.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in, progress.missing) == (0, 0, 4)
    assert progress.check_words == prepared.check_words

    alder_only = Rater({"Alder Security": Says()})
    seats = rated(desk, KIND, KIND, KIND, alder_only, HARD)
    progress = desk.rounds.progress()
    assert progress and (progress.drawn, progress.handed_in, progress.missing) == (5, 5, 0)
    assert {seat.check_words for seat in seats} == {prepared.check_words}

    changed_mind = desk.rating.enter(code_of(seats[4]))
    desk.rating.cast(changed_mind, KIND.fill(changed_mind))
    undecided = desk.rating.enter(code_of(seats[3]))
    desk.rating.withdraw(undecided)

    release = desk.rounds.close(key_of(prepared, keeper=1), hands=4)
    assert (release.ballots, release.round) == (4, 1)
    assert {told.street for told in release.partners} == {Street.TWO_WAY}
    assert {told.voices for told in release.partners} == {Voices.FEW}
    assert desk.rounds.progress() is None
    assert not there(any_vault.box(1))

    board = desk.results.board()
    assert [line.partner.name for line in board.lines] == [
        "Alder Security",
        "Bayou Web Works",
        "Bluestack Cloud",
    ]
    summary = desk.results.summary()
    assert contradictions(summary, {each.hash: each for each in world.sets.values()}) == []
    assert GROUP not in to_json(summary) and "## Two-way streets" in page(summary)


def test_a_second_round_compares_with_the_first(any_desk: Desk, calendar: Calendar) -> None:
    closed(any_desk, *[KIND] * 5)
    calendar.turn(60)
    closed(any_desk, *[HARD] * 5)
    words = {line.since.word for line in any_desk.results.board().lines}
    assert words <= {"same", "was 2-way"} and "was 2-way" in words
    assert {line.since.word for line in any_desk.results.board(1).lines} == {"new"}


def test_a_discarded_round_leaves_nothing_but_its_number(any_desk: Desk, any_vault: Vault) -> None:
    opened(any_desk)
    rated(any_desk, KIND, KIND)
    any_desk.rounds.discard("  gulf coast PEERS ")
    group = any_desk.rounds.group()
    assert [each.state for each in group.rounds] == [State.DISCARDED]
    assert group.latest is None and not there(any_vault.box(1))
    assert len(any_desk.rounds.ready()) == 5
    assert closed(any_desk, *[KIND] * 4).round == 2


def test_the_group_of_memory_and_files_is_the_same(world: World, tmp_path_factory: object) -> None:
    from stories import fast_world, five_partners

    one = five_partners(Desk(MemoryVault(), fast_world(Calendar())))
    path = tmp_path_factory.mktemp("twin") / "gulf.group.json"  # pyright: ignore
    two = five_partners(Desk(FileVault(path), fast_world(Calendar())))
    plain = {"label"}
    assert one.rounds.group().model_dump(exclude=plain) == two.rounds.group().model_dump(
        exclude=plain
    )
    assert ids(one) == ids(two)
