"""What a window on the wall looks at, and what a group agrees on: kept, followed, cheap."""

import json
from pathlib import Path

import pytest
from stories import (
    HARD,
    KIND,
    Calendar,
    Rater,
    Says,
    closed,
    fast_environment,
    five_partners,
    ids,
    key_of,
    opened,
    rated,
)

from peerreview.domain.errors import RuleError
from peerreview.domain.tally.release import Outcome
from peerreview.errors import BoxGoneError, FileError
from peerreview.services.group_services import GroupServices
from peerreview.store.disk.migration import GROUP_FORMAT
from peerreview.store.disk.tables import tables_to_bytes
from peerreview.store.vault import FileVault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "gulf.group.json"
    five_partners(services_at(path))
    return path


def services_at(path: Path) -> GroupServices:
    return GroupServices(FileVault(path), fast_environment(Calendar()))


@pytest.fixture
def services(path: Path) -> GroupServices:
    return services_at(path)


@pytest.fixture
def wall(path: Path) -> GroupServices:
    """Another desk at the same file, as another program has it."""
    return services_at(path)


def agreed(services: GroupServices) -> dict[str, Outcome | None]:
    return {line.partner.name: line.result.outcome for line in services.results.board().everyone}


def test_what_is_agreed_is_kept_and_taken_back(
    services: GroupServices, wall: GroupServices
) -> None:
    closed(services, *[KIND] * 5)
    alder = ids(services)["Alder Security"]
    board = services.results.record_agreement(1, alder, Outcome.THANK)
    assert board == wall.results.board()
    assert agreed(wall)["Alder Security"] is Outcome.THANK
    assert wall.results.summary().partners[0].outcome is Outcome.THANK
    services.results.record_agreement(1, alder, None)
    assert set(agreed(wall).values()) == {None}


def test_the_next_round_ends_the_talk(
    services: GroupServices, calendar: Calendar, path: Path
) -> None:
    closed(services, *[KIND] * 5)
    alder = ids(services)["Alder Security"]
    calendar.turn(100)
    opened(GroupServices(FileVault(path), fast_environment(calendar)))
    with pytest.raises(RuleError, match="can't be changed any more"):
        services.results.record_agreement(1, alder, Outcome.KEEP)


def test_what_was_agreed_stays_through_a_later_round(
    services: GroupServices, calendar: Calendar, path: Path
) -> None:
    closed(services, *[HARD] * 5)
    alder = ids(services)["Alder Security"]
    services.results.record_agreement(1, alder, Outcome.MOVE_ON)
    calendar.turn(100)
    closed(GroupServices(FileVault(path), fast_environment(calendar)), *[KIND] * 5)
    first, second = (services.rounds.group().release_of(number) for number in (1, 2))
    assert first and second
    assert first.of(alder).outcome is Outcome.MOVE_ON  # pyright: ignore[reportOptionalMemberAccess]
    assert second.of(alder).outcome is None  # pyright: ignore[reportOptionalMemberAccess]


def test_a_look_without_news_reads_the_group_once(
    services: GroupServices, wall: GroupServices
) -> None:
    opened(services)
    first = wall.rounds.view()
    second = wall.rounds.view(first)
    assert second == first and second.group is first.group
    rated(services, KIND)
    third = wall.rounds.view(second)
    assert third.group is first.group
    assert third.progress and third.progress.handed_in == 1


def test_a_look_sees_the_close(services: GroupServices, wall: GroupServices) -> None:
    key = key_of(opened(services))
    rated(services, *[KIND] * 4)
    before = wall.rounds.view()
    services.rounds.close(key, 4)
    now = wall.rounds.view(before)
    assert now.progress is None and now.group.latest


def test_a_close_between_two_glances_is_no_error(
    services: GroupServices, wall: GroupServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_of(opened(services))
    rated(services, *[KIND] * 4)
    open_still = wall.rounds.view()
    services.rounds.close(key, 4)
    groups = iter([open_still.group])
    read = wall.rounds.group
    monkeypatch.setattr(wall.rounds, "group", lambda: next(groups, None) or read())
    assert wall.rounds.view().progress is None


def test_a_box_that_is_gone_for_good_is_told(
    services: GroupServices, wall: GroupServices, path: Path
) -> None:
    opened(services)
    path.with_name("gulf.round-1.box.json").unlink()
    with pytest.raises(BoxGoneError):
        wall.rounds.view()


def test_a_file_that_is_gone_is_told_and_comes_back(wall: GroupServices, path: Path) -> None:
    before = wall.rounds.view()
    path.rename(path.with_name("elsewhere"))
    with pytest.raises(FileError):
        wall.rounds.view(before)
    path.with_name("elsewhere").rename(path)
    assert wall.rounds.view(before).group == before.group


def test_a_file_of_before_is_read_and_agreed_on(services: GroupServices, path: Path) -> None:
    closed(services, *[KIND] * 5)
    tables = GROUP_FORMAT.check_and_migrate(json.loads(path.read_text("utf-8")), path)
    for told in tables["releases"]["1"]["partners"]:
        del told["outcome"]
    path.write_bytes(tables_to_bytes(GROUP_FORMAT.add_checksum(tables)))
    assert set(agreed(services).values()) == {None}
    services.results.record_agreement(1, ids(services)["Alder Security"], Outcome.KEEP)
    assert agreed(services)["Alder Security"] is Outcome.KEEP


def test_a_word_about_somebody_not_shown_makes_a_file_damaged(
    services: GroupServices, path: Path
) -> None:
    closed(services, *[Rater({"Alder Security": Says()})] * 4)
    tables = GROUP_FORMAT.check_and_migrate(json.loads(path.read_text("utf-8")), path)
    hidden = next(
        each for each in tables["releases"]["1"]["partners"] if each["street"] == "too_few"
    )
    hidden["outcome"] = "keep"
    path.write_bytes(tables_to_bytes(GROUP_FORMAT.add_checksum(tables)))
    with pytest.raises(FileError, match=r"damaged: .*a partner that isn't shown"):
        services.rounds.group()
