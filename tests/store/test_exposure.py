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
class OpenRound:
    """A group with an open round in which four ballots are in."""

    path: Path
    services: GroupServices
    key: str

    @property
    def folder(self) -> Path:
        return self.path.parent

    def copy_box(self, name: str) -> Path:
        copy = self.folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        return shutil.copy2(self.folder / BOX, copy)

    def findings(self) -> list[tuple[str, str]]:
        return [
            (finding.code, Path(finding.where).name)
            for finding in check_exposure(self.path, doctor_at(self.path).examine()).findings
        ]


@pytest.fixture
def group(tmp_path: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch) -> OpenRound:
    monkeypatch.setattr(folder_risks, "find_folder_risks", lambda folder: ())
    (tmp_path / "meetup").mkdir()
    path = tmp_path / "meetup" / "gulf.group.json"
    services = five_partners(GroupServices(FileVault(path), environment))
    key = key_of(opened(services))
    rated(services, KIND, KIND, KIND, KIND)
    return OpenRound(path, services, key)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["audit", *map(str, arguments)])


def test_a_tidy_folder_gives_nothing_away(group: OpenRound) -> None:
    assert group.findings() == []
    group.services.rounds.close(group.key, 4)
    group.services.results.write_documents(1)
    assert group.findings() == []
    result = run(group.path)
    assert result.exit_code == 0 and result.stdout.startswith("nothing here tells who said what\n")
    assert "not checked here: backups of this disk" in result.stdout


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
def test_a_copy_of_a_box_is_found_whatever_it_is_called(group: OpenRound, name: str) -> None:
    copy = group.copy_box(name)
    assert group.findings() == [("copy", copy.name)]
    result = run(group.path)
    assert result.exit_code == 1 and "delete it, also from the trash" in result.stdout


def test_a_copy_is_found_after_the_close_too(group: OpenRound) -> None:
    copy = group.copy_box("before-the-close.json")
    group.services.rounds.close(group.key, 4)
    assert group.findings() == [("copy", copy.name)]


def test_a_copy_of_the_whole_folder_is_found(group: OpenRound) -> None:
    shutil.copytree(group.folder, group.folder / "backup")
    assert group.findings() == [("copy", BOX)]


def test_boxes_of_other_groups_are_no_finding(group: OpenRound, environment: Environment) -> None:
    (group.folder / "other").mkdir()
    other = five_partners(
        GroupServices(FileVault(group.folder / "other" / "lake.group.json"), environment)
    )
    opened(other)
    beside = five_partners(GroupServices(FileVault(group.folder / "bay.group.json"), environment))
    opened(beside)
    assert group.findings() == []


def test_a_box_whose_round_has_ended_is_found(group: OpenRound) -> None:
    copy = group.copy_box("kept")
    group.services.rounds.close(group.key, 4)
    copy.rename(group.folder / BOX)
    assert [code for code, _ in group.findings()] == ["orphan"]


@pytest.mark.parametrize(
    ("expose", "code"),
    [
        (lambda group: group.path.chmod(0o644), "permissions"),
        (lambda group: (group.folder / ".git").mkdir(), "git"),
        (lambda group: (group.folder / ".stfolder").mkdir(), "synced"),
    ],
)
def test_telling_findings_of_the_doctor_are_included(
    group: OpenRound,
    monkeypatch: pytest.MonkeyPatch,
    expose: Callable[[OpenRound], object],
    code: str,
) -> None:
    monkeypatch.undo()
    before = {name for name, _ in group.findings()}
    expose(group)
    assert {name for name, _ in group.findings()} - before == {code}


def test_problems_that_tell_nothing_are_left_to_the_doctor(group: OpenRound) -> None:
    tables = json.loads((group.folder / BOX).read_text("utf-8"))
    (group.folder / BOX).write_text(json.dumps(tables), "utf-8")
    (group.folder / BOX).chmod(0o600)
    assert group.findings() == []
    assert "laid out again" in CliRunner().invoke(main, ["doctor", str(group.path)]).stdout


def test_scripts_get_json(group: OpenRound) -> None:
    copy = group.copy_box("notes.txt")
    document = json.loads(run(group.path, "--json").stdout)
    assert [finding["where"] for finding in document["findings"]] == [str(copy)] and document[
        "not_checked"
    ]


def test_a_check_changes_nothing(group: OpenRound) -> None:
    def file_contents() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in group.folder.iterdir()}

    group.copy_box("notes.txt")
    before = file_contents()
    run(group.path)
    assert file_contents() == before


def test_control_characters_in_a_name_are_escaped(group: OpenRound) -> None:
    group.copy_box("x\x1b[2J.round-1.box.json")
    assert "\x1b" not in run(group.path).stdout and "\\x1b[2J" in run(group.path).stdout


def test_without_a_file_it_names_the_attack_suite() -> None:
    result = CliRunner().invoke(main, ["audit"])
    assert result.exit_code == 2
    assert "python -m benchmarks.anonymity" in result.stderr


def test_a_missing_file_is_refused() -> None:
    assert run("nowhere.group.json").exit_code == 3
