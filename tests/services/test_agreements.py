"""Agreements about partners are stored, and stay through later rounds."""

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
    opened,
)

from peerreview.domain.errors import RuleError
from peerreview.domain.tally.release import Outcome
from peerreview.errors import FileError
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
def other_program(path: Path) -> GroupServices:
    """The same group in another program."""
    return services_at(path)


def agreements(services: GroupServices) -> dict[str, Outcome | None]:
    return {line.partner.name: line.result.outcome for line in services.results.board().all_lines}


def test_an_agreement_is_recorded_and_removed(
    services: GroupServices, other_program: GroupServices
) -> None:
    closed(services, *[KIND] * 5)
    alder = ids(services)["Alder Security"]
    board = services.results.record_agreement(1, alder, Outcome.THANK)
    assert board == other_program.results.board()
    assert agreements(other_program)["Alder Security"] is Outcome.THANK
    assert other_program.results.summary().partners[0].outcome is Outcome.THANK
    services.results.record_agreement(1, alder, None)
    assert set(agreements(other_program).values()) == {None}


def test_an_agreement_cannot_change_after_the_next_round_has_opened(
    services: GroupServices, calendar: Calendar, path: Path
) -> None:
    closed(services, *[KIND] * 5)
    alder = ids(services)["Alder Security"]
    calendar.turn(100)
    opened(GroupServices(FileVault(path), fast_environment(calendar)))
    with pytest.raises(RuleError, match="can't be changed any more"):
        services.results.record_agreement(1, alder, Outcome.KEEP)


def test_an_agreement_stays_through_a_later_round(
    services: GroupServices, calendar: Calendar, path: Path
) -> None:
    closed(services, *[HARD] * 5)
    alder = ids(services)["Alder Security"]
    services.results.record_agreement(1, alder, Outcome.MOVE_ON)
    calendar.turn(100)
    closed(GroupServices(FileVault(path), fast_environment(calendar)), *[KIND] * 5)
    first, second = (services.rounds.group().find_release(number) for number in (1, 2))
    assert first and second
    assert first.find_partner(alder).outcome is Outcome.MOVE_ON  # pyright: ignore[reportOptionalMemberAccess]
    assert second.find_partner(alder).outcome is None  # pyright: ignore[reportOptionalMemberAccess]


def test_an_older_file_without_agreements_accepts_them(services: GroupServices, path: Path) -> None:
    closed(services, *[KIND] * 5)
    tables = GROUP_FORMAT.check_and_migrate(json.loads(path.read_text("utf-8")), path)
    for result in tables["releases"]["1"]["partners"]:
        del result["outcome"]
    path.write_bytes(tables_to_bytes(GROUP_FORMAT.add_checksum(tables)))
    assert set(agreements(services).values()) == {None}
    services.results.record_agreement(1, ids(services)["Alder Security"], Outcome.KEEP)
    assert agreements(services)["Alder Security"] is Outcome.KEEP


def test_an_agreement_about_a_hidden_partner_makes_the_file_damaged(
    services: GroupServices, path: Path
) -> None:
    closed(services, *[Rater({"Alder Security": Says()})] * 4)
    tables = GROUP_FORMAT.check_and_migrate(json.loads(path.read_text("utf-8")), path)
    hidden = next(
        result for result in tables["releases"]["1"]["partners"] if result["street"] == "too_few"
    )
    hidden["outcome"] = "keep"
    path.write_bytes(tables_to_bytes(GROUP_FORMAT.add_checksum(tables)))
    with pytest.raises(FileError, match=r"damaged: .*a partner that isn't shown"):
        services.rounds.group()
