"""What a group's folder gives away, as its owner would leave it lying about."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stories import KIND, five_partners, key_of, opened, rated

from peerreview.bootstrap import doctor_at
from peerreview.cli import main
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.store import folder_risks
from peerreview.store.doctor.exposure import check_exposure
from peerreview.store.vault import FileVault

BOX = "gulf.round-1.box.json"


@dataclass
class Open:
    """A group with an open round in which four ballots are in."""

    path: Path
    services: GroupServices
    key: str

    @property
    def folder(self) -> Path:
        return self.path.parent

    def copied(self, name: str) -> Path:
        copy = self.folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        return shutil.copy2(self.folder / BOX, copy)

    def found(self) -> list[tuple[str, str]]:
        return [
            (each.code, Path(each.where).name)
            for each in check_exposure(self.path, doctor_at(self.path).examine()).findings
        ]


@pytest.fixture
def group(tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr(folder_risks, "find_folder_risks", lambda folder: ())
    (tmp_path / "meetup").mkdir()
    path = tmp_path / "meetup" / "gulf.group.json"
    services = five_partners(GroupServices(FileVault(path), environment))
    key = key_of(opened(services))
    rated(services, KIND, KIND, KIND, KIND)
    return Open(path, services, key)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["audit", *map(str, arguments)])


def test_a_round_kept_in_order_gives_nothing_away(group: Open) -> None:
    assert group.found() == []
    group.services.rounds.close(group.key, 4)
    group.services.results.write_documents(1)
    assert group.found() == []
    told = run(group.path)
    assert told.exit_code == 0 and told.stdout.startswith("nothing here tells who said what\n")
    assert "not checked here: backups of this disk" in told.stdout


@pytest.mark.parametrize(
    "name",
    [
        "gulf.round-1.box.json~",
        ".gulf.round-1.box.json.swp",
        "#gulf.round-1.box.json#",
        "gulf.round-1.box (copy).json",
        "gulf.round-1.box.json.bak",
        "Copy of gulf.round-1.box.json",
        "gulf.round-1.box.json.sync-conflict-20261015-120000-ABCDEFG.json",
        "gulf.round-1.box.before-repair.json",
        "old/gulf.round-1.box.json",
        "old/deeper/gulf.round-3.box.json",
        "notes.txt",
    ],
)
def test_a_copy_of_a_box_is_found_whatever_it_is_called(group: Open, name: str) -> None:
    copy = group.copied(name)
    assert group.found() == [("copy", copy.name)]
    told = run(group.path)
    assert told.exit_code == 1 and "delete it, also from the trash" in told.stdout


def test_a_copy_is_found_after_the_close_too(group: Open) -> None:
    copy = group.copied("before-the-close.json")
    group.services.rounds.close(group.key, 4)
    assert group.found() == [("copy", copy.name)]


def test_a_copy_of_the_whole_folder_is_found(group: Open) -> None:
    shutil.copytree(group.folder, group.folder / "backup")
    assert group.found() == [("copy", BOX)]


def test_another_groups_open_round_is_its_own_business(
    group: Open, environment: Environment
) -> None:
    (group.folder / "other").mkdir()
    other = five_partners(
        GroupServices(FileVault(group.folder / "other" / "lake.group.json"), environment)
    )
    opened(other)
    beside = five_partners(GroupServices(FileVault(group.folder / "bay.group.json"), environment))
    opened(beside)
    assert group.found() == []


def test_a_box_whose_round_has_ended_is_found(group: Open) -> None:
    copy = group.copied("kept")
    group.services.rounds.close(group.key, 4)
    copy.rename(group.folder / BOX)
    assert [code for code, _ in group.found()] == ["orphan"]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda group: group.path.chmod(0o644), "permissions"),
        (lambda group: (group.folder / ".git").mkdir(), "git"),
        (lambda group: (group.folder / ".stfolder").mkdir(), "synced"),
    ],
)
def test_what_the_doctor_knows_is_told_too(
    group: Open, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Open], object], code: str
) -> None:
    monkeypatch.undo()
    before = {each for each, _ in group.found()}
    spoil(group)
    assert {each for each, _ in group.found()} - before == {code}


def test_what_only_ails_a_file_is_left_to_the_doctor(group: Open) -> None:
    tables = json.loads((group.folder / BOX).read_text("utf-8"))
    (group.folder / BOX).write_text(json.dumps(tables), "utf-8")
    (group.folder / BOX).chmod(0o600)
    assert group.found() == []
    assert "laid out again" in CliRunner().invoke(main, ["doctor", str(group.path)]).stdout


def test_it_can_be_read_by_a_script(group: Open) -> None:
    copy = group.copied("notes.txt")
    told = json.loads(run(group.path, "--json").stdout)
    assert [each["where"] for each in told["findings"]] == [str(copy)] and told["not_checked"]


def test_looking_changes_nothing(group: Open) -> None:
    def all_of_it() -> dict[str, bytes]:
        return {each.name: each.read_bytes() for each in group.folder.iterdir()}

    group.copied("notes.txt")
    before = all_of_it()
    run(group.path)
    assert all_of_it() == before


def test_a_name_that_would_bite_a_terminal_is_written_out(group: Open) -> None:
    group.copied("x\x1b[2J.round-1.box.json")
    assert "\x1b" not in run(group.path).stdout and "\\x1b[2J" in run(group.path).stdout


def test_without_a_file_it_says_where_the_attacks_are_played() -> None:
    result = CliRunner().invoke(main, ["audit"])
    assert result.exit_code == 2
    assert "python -m benchmarks.anonymity" in result.stderr


def test_a_file_that_is_missing_is_one_line() -> None:
    assert run("nowhere.group.json").exit_code == 3
