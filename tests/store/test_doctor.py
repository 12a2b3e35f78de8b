"""The doctor names what is wrong in one line each, and mends what loses nobody's ballot."""

import json
import os
import shutil
import stat
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from store_samples import tag
from stories import KIND, five_partners, key_of, opened, rated
from tinydb import TinyDB

from peerreview.cli import main
from peerreview.domain.round.box import Box, BoxChange
from peerreview.domain.round.round import RoundState
from peerreview.domain.tally.release import Release
from peerreview.errors import CountError, FileError
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.store import folder_risks
from peerreview.store.disk import durable, platform
from peerreview.store.disk.migration import FileFormat
from peerreview.store.disk.tables import tables_to_bytes
from peerreview.store.doctor import doctor as doctor_module
from peerreview.store.doctor.doctor import FileDoctor
from peerreview.store.vault import FileVault

needs_modes = pytest.mark.skipif(os.name == "nt", reason="no such modes there")


class Meetup:
    """A group with an open round in which four ballots are in, and its doctor."""

    def __init__(self, path: Path, environment: Environment) -> None:
        self.path, self.box = path, path.with_name("gulf.round-1.box.json")
        self.vault = FileVault(path, wait=0.1)
        self.services = five_partners(GroupServices(self.vault, environment))
        self.key = key_of(opened(self.services))
        rated(self.services, KIND, KIND, KIND, KIND)
        self.doctor = FileDoctor(self.vault, lambda: date(2027, 1, 2))

    def codes(self) -> list[str]:
        return [finding.code for finding in self.doctor.examine().findings]

    def describe(self) -> str:
        findings = self.doctor.examine().findings
        return "\n".join(f"{finding.where}: {finding.what}: {finding.todo}" for finding in findings)

    def close(self) -> Release:
        return self.services.rounds.close(self.key, 4)

    def edit(self, path: Path, change: Callable[[dict[str, dict[str, dict[str, object]]]], object]):
        tables = json.loads(path.read_text("utf-8"))
        change(tables)
        path.write_text(json.dumps(tables), "utf-8")

    def names(self) -> set[str]:
        return {path.name for path in self.path.parent.iterdir() if path.suffix != ".lock"}


@pytest.fixture(autouse=True)
def no_folder_risks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever tests run, the folder is beyond reproach."""
    monkeypatch.setattr(doctor_module.folder_risks, "find_folder_risks", lambda folder: ())


@pytest.fixture
def meetup(group_path: Path, environment: Environment) -> Meetup:
    return Meetup(group_path, environment)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["doctor", *map(str, arguments)])


def test_all_is_well_from_the_first_day_to_the_last(
    group_path: Path, environment: Environment, meetup: Meetup
) -> None:
    assert meetup.codes() == []
    meetup.close()
    assert meetup.codes() == []
    assert meetup.doctor.repair() == ()
    new = FileVault(group_path.with_name("new.group.json"))
    GroupServices(new, environment).setting_up.create("New")
    assert FileDoctor(new).examine().findings == ()


def test_an_examination_changes_nothing(meetup: Meetup) -> None:
    meetup.path.with_name(".gulf.group.json.tmp").write_text("half")
    meetup.path.chmod(0o644)
    with TinyDB(meetup.box) as db:
        db.table("turns").update({"in": True})
    before = {path: path.read_bytes() for path in meetup.path.parent.iterdir()}
    meetup.doctor.examine()
    assert {path: path.read_bytes() for path in meetup.path.parent.iterdir()} == before


class TestGroup:
    def test_a_group_file_that_is_cut_off(self, meetup: Meetup) -> None:
        meetup.path.write_bytes(meetup.path.read_bytes()[:-40])
        assert meetup.codes() == ["unreadable"]
        assert "gulf.group.json: damaged" in meetup.describe()
        assert meetup.doctor.repair() == ()

    def test_a_group_file_of_a_newer_version(self, meetup: Meetup) -> None:
        meetup.edit(meetup.path, lambda tables: tables["group"]["1"].update(schema=99))
        assert meetup.codes() == ["newer"]
        assert meetup.doctor.repair() == ()

    def test_a_change_by_another_program_is_accepted_only_by_a_repair(self, meetup: Meetup) -> None:
        meetup.edit(meetup.path, lambda tables: tables["partners"]["1"].update(name="Other"))
        changed = meetup.path.read_bytes()
        with pytest.raises(FileError, match="changed by another program"):
            meetup.vault.group.read()
        assert meetup.codes() == ["changed"]
        (sentence,) = meetup.doctor.repair()
        assert sentence.startswith(
            "gulf.group.json: taken as it is; gulf.group.before-repair.json is"
        )
        assert meetup.vault.group.read().partners[0].name == "Other"
        assert meetup.path.with_name("gulf.group.before-repair.json").read_bytes() == changed
        assert meetup.codes() == []

    def test_a_result_without_a_closed_round_is_refused(self, meetup: Meetup) -> None:
        meetup.close()
        meetup.edit(meetup.path, lambda tables: tables["rounds"]["1"].update(state="open"))
        before = meetup.path.read_bytes()
        assert meetup.codes() == ["unreadable"]
        assert "a result without a closed round" in meetup.describe()
        assert meetup.doctor.repair() == ()
        assert meetup.path.read_bytes() == before

    def test_a_closed_round_without_its_result(self, meetup: Meetup) -> None:
        meetup.close()
        meetup.edit(meetup.path, lambda tables: tables["releases"].clear())
        assert len(meetup.doctor.repair()) == 1
        assert meetup.codes() == ["result"]

    @pytest.mark.parametrize("data", [b"[]", b'{"a": {"1": {}}}', b'{"group": {"1": {}}}'])
    def test_a_file_that_is_no_group_file_is_refused(self, meetup: Meetup, data: bytes) -> None:
        meetup.path.write_bytes(data)
        for option in ("--json", "--repair"):
            result = run(meetup.path, option)
            assert (result.exit_code, result.stdout) == (3, "")
        assert meetup.path.read_bytes() == data


class TestBox:
    def test_a_box_rewritten_by_stock_tinydb_is_laid_out_again(self, meetup: Meetup) -> None:
        before, whole = meetup.vault.box(1).read(), meetup.box.read_bytes()
        drawn = next(ticket.id for ticket in before.tickets if ticket.tag)
        with TinyDB(meetup.box) as db:
            db.table("turns").update({"in": True}, doc_ids=[drawn])
        assert meetup.codes() == ["layout"]
        (sentence,) = meetup.doctor.repair()
        assert "laid out again; gulf.round-1.box.before-repair.json is a copy" in sentence
        assert meetup.box.read_bytes() == whole
        assert meetup.codes() == []

    def test_copies_of_a_box_are_removed_with_it(self, meetup: Meetup) -> None:
        text = json.dumps(json.loads(meetup.box.read_bytes()))
        meetup.box.write_text(text)
        meetup.doctor.repair()
        assert "gulf.round-1.box.before-repair.json" in meetup.names()
        meetup.close()
        assert meetup.names() == {"gulf.group.json"}

    def test_copies_of_the_group_stay_until_a_round_closes(self, meetup: Meetup) -> None:
        meetup.edit(meetup.path, lambda tables: tables["partners"]["1"].update(name="Other"))
        (sentence,) = meetup.doctor.repair()
        assert "gulf.group.before-repair.json is what it was, until the next close" in sentence
        stranger = meetup.path.with_name("lake.group.before-repair.json")
        stranger.write_text("another group's")
        with pytest.raises(CountError):
            meetup.services.rounds.close(meetup.key, 3)
        assert "gulf.group.before-repair.json" in meetup.names()
        meetup.close()
        assert meetup.names() == {"gulf.group.json", stranger.name}

    def test_a_copy_that_the_close_itself_makes_stays(self, meetup: Meetup) -> None:
        old = FileFormat("group", "group", None, ())
        tables = json.loads(meetup.path.read_text("utf-8"))
        tables["group"]["1"].pop("checksum")
        tables["group"]["1"]["schema"] = 0
        meetup.path.write_bytes(tables_to_bytes(old.add_checksum(tables)))
        meetup.close()
        assert meetup.names() == {"gulf.group.json", "gulf.group.schema-0.json"}

    def test_a_head_that_contradicts_the_group_is_put_right(self, meetup: Meetup) -> None:
        whole = meetup.box.read_bytes()
        meetup.box.write_bytes(whole.replace(b'"heads":4', b'"heads":5'))
        with pytest.raises(FileError, match="changed by another program"):
            meetup.vault.box(1).read()
        assert meetup.codes() == ["changed"]
        (sentence,) = meetup.doctor.repair()
        assert "put right" in sentence
        assert meetup.box.read_bytes() == whole

    def test_a_changed_salt_is_accepted_with_a_warning(self, meetup: Meetup) -> None:
        salt = meetup.vault.box(1).read().head.salt
        other = salt.replace(salt[0], "A" if salt[0] != "A" else "B")
        meetup.box.write_bytes(meetup.box.read_bytes().replace(salt.encode(), other.encode()))
        assert meetup.codes() == ["changed"]
        (sentence,) = meetup.doctor.repair()
        assert "compare the three check words" in sentence
        assert meetup.codes() == []
        assert meetup.close().ballots == 4

    def test_a_head_with_unknown_fields_is_left_alone(self, meetup: Meetup) -> None:
        meetup.box.write_bytes(meetup.box.read_bytes().replace(b'"heads":', b'"hoads":'))
        before = meetup.box.read_bytes()
        assert meetup.codes() == ["changed"]
        assert meetup.doctor.repair() == ()
        assert meetup.box.read_bytes() == before

    def test_a_damaged_box_is_left_alone(self, meetup: Meetup) -> None:
        meetup.box.write_bytes(meetup.box.read_bytes()[:-40])
        assert meetup.codes() == ["unreadable"]
        assert meetup.doctor.repair() == ()

    def test_a_round_without_its_box_is_discarded(self, meetup: Meetup) -> None:
        before = meetup.path.read_bytes()
        meetup.box.unlink()
        assert meetup.codes() == ["missing"]
        (sentence,) = meetup.doctor.repair()
        assert sentence.startswith("round 1: discarded, as its ballot box is gone")
        assert meetup.codes() == []
        (round_,) = meetup.vault.group.read().rounds
        assert (round_.state, round_.ended_on) == (RoundState.DISCARDED, date(2027, 1, 2))
        assert meetup.path.with_name("gulf.group.before-repair.json").read_bytes() == before

    def test_a_box_left_over_after_a_close_is_removed(self, meetup: Meetup) -> None:
        box = meetup.box.read_bytes()
        meetup.close()
        meetup.box.write_bytes(box)
        meetup.box.chmod(0o600)
        assert meetup.codes() == ["orphan"]
        assert "left over, as round 1 was closed" in meetup.describe()
        assert meetup.doctor.repair() == ("round 1 was closed: its ballot box is removed now",)
        assert meetup.names() == {"gulf.group.json"}

    def test_a_box_with_ballots_of_another_group_is_left_alone(self, meetup: Meetup) -> None:
        other = meetup.box.with_name("gulf.round-7.box.json")
        shutil.copy(meetup.box, other)
        assert meetup.codes() == ["orphan"]
        assert meetup.doctor.repair() == ()
        assert other.exists()

    def test_a_box_of_another_round_is_left_alone(
        self, meetup: Meetup, environment: Environment
    ) -> None:
        other = Meetup(meetup.path.with_name("other.group.json"), environment)
        shutil.copy(meetup.path.with_name("other.round-1.box.json"), meetup.box)
        assert meetup.codes() == ["stranger"]
        assert meetup.doctor.repair() == ()
        assert other.codes() == []


def interrupted_draw(box: Box, partners: int) -> BoxChange:
    """What a draw that is cut off leaves: a place for some partners, no turn."""
    free = [next(h for h in box.slots if not h.tag and h.partner == p) for p in range(partners)]
    return BoxChange(slots=[slot._replace(tag=tag(n)) for n, slot in enumerate(free)])


class TestDraws:
    @pytest.mark.parametrize("partners", [1, 3, 5])
    def test_a_draw_cut_off_before_its_ticket(self, meetup: Meetup, partners: int) -> None:
        meetup.vault.box(1).update(lambda box: interrupted_draw(box, partners))
        assert meetup.codes() == ["cut-off"]
        assert "1 code was cut off while being drawn" in meetup.describe()
        assert meetup.doctor.repair() == ()
        assert meetup.close().ballots == 4, "a place nobody fills says nothing"

    def test_a_drawn_ticket_without_slots(self, meetup: Meetup) -> None:
        free = next(ticket for ticket in meetup.vault.box(1).read().tickets if not ticket.tag)
        meetup.vault.box(1).update(lambda box: BoxChange([free._replace(tag=tag(1))]))
        assert meetup.codes() == ["cut-off"]
        assert "aren't taken" in meetup.describe()

    def test_a_code_that_is_only_drawn_is_no_problem(self, meetup: Meetup) -> None:
        meetup.services.rating.draw_code(spare=True)
        assert meetup.codes() == []

    def test_a_ballot_without_a_drawn_code(self, meetup: Meetup) -> None:
        free = next(ticket for ticket in meetup.vault.box(1).read().tickets if not ticket.tag)
        meetup.vault.box(1).update(lambda box: BoxChange([free._replace(handed_in=True)]))
        assert "unreadable" in meetup.codes()


class TestFolder:
    def test_an_interrupted_save_is_removed(self, meetup: Meetup) -> None:
        left = [
            ".gulf.group.json.tmp",
            ".gulf.group.schema-0.json.tmp",
            ".gulf.round-1.box.json.tmp",
        ]
        for name in left:
            meetup.path.with_name(name).write_text("half")
        assert meetup.codes() == ["leftover"] * 3
        assert len(meetup.doctor.repair()) == 3
        assert not meetup.names().intersection(left)

    @needs_modes
    def test_files_that_others_may_read_are_restricted(self, meetup: Meetup) -> None:
        meetup.box.write_text(json.dumps(json.loads(meetup.box.read_bytes())))
        meetup.doctor.repair()
        copy = meetup.path.with_name("gulf.round-1.box.before-repair.json")
        files = [meetup.path, meetup.box, copy]
        assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600] * 3
        for path in files:
            path.chmod(0o640)
        assert meetup.codes() == ["permissions"] * 3
        assert len(meetup.doctor.repair()) == 3
        assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600] * 3
        assert meetup.codes() == []

    @needs_modes
    def test_a_folder_that_cant_be_written_is_named(
        self, meetup: Meetup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(path: Path) -> int:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(platform, "open_lock", refuse, raising=False)
        monkeypatch.setattr("filelock.FileLock.acquire", lambda *a, **k: refuse(meetup.path))
        assert meetup.codes() == ["unwritable"]

    def test_a_lock_held_by_another_program_is_named(
        self, meetup: Meetup, worker: Callable[..., "subprocess.Popen[str]"]
    ) -> None:
        holder = worker("hold", meetup.path)
        assert holder.stdout and holder.stdout.readline() == "held\n"
        assert meetup.codes() == ["busy"]
        with pytest.raises(FileError, match="another program"):
            meetup.doctor.repair()


class TestFolderRisks:
    @pytest.mark.parametrize(
        ("folder", "cloud"),
        [
            ("Dropbox/peers", "Dropbox"),
            ("Dropbox (Acme)", "Dropbox"),
            ("OneDrive - Acme/x", "OneDrive"),
            ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud Drive"),
            ("Google Drive/My Drive", "Google Drive"),
            ("Library/CloudStorage/Box-Box", "a cloud"),
        ],
    )
    def test_a_synced_folder_is_known_by_its_name(self, folder: str, cloud: str) -> None:
        (finding,) = folder_findings(Path("/nowhere") / folder)
        assert (finding.code, finding.what) == ("synced", f"this folder is synced by {cloud}")

    @pytest.mark.parametrize("mark", [".stfolder", ".dropbox", ".tmp.driveupload"])
    def test_a_synced_folder_is_known_by_its_mark(self, tmp_path: Path, mark: str) -> None:
        (tmp_path / mark).mkdir()
        assert [finding.code for finding in folder_findings(tmp_path / "a" / "b")] == ["synced"]

    def test_a_git_work_tree_is_known_by_its_folder(self, tmp_path: Path) -> None:
        (tmp_path / ".git").write_text("gitdir: elsewhere")
        (finding,) = folder_findings(tmp_path / "a")
        assert (finding.code, finding.where) == ("git", str(tmp_path / "a"))

    def test_a_network_is_known_by_its_mount(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mounts = tmp_path / "mounts"
        mounts.write_text(
            "/dev/sda / ext4 rw 0 0\nhost:/x /mnt/our\\040share nfs4 rw 0 0\n"
            "me@host /mnt/ssh fuse.sshfs rw 0 0\ntmpfs /mnt/ssh/local tmpfs rw 0 0\n"
        )
        monkeypatch.setattr(folder_risks, "MOUNTS", mounts)
        assert [finding.what for finding in folder_findings(Path("/mnt/our share/a"))] == [
            "this folder is on a network (nfs4)"
        ]
        assert [finding.code for finding in folder_findings(Path("/mnt/ssh"))] == ["network"]
        assert (
            folder_findings(Path("/mnt/ssh/local/a")) == folder_findings(Path("/mnt/other")) == []
        )

    def test_what_cant_be_checked_is_named(
        self, meetup: Meetup, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(folder_risks, "MOUNTS", tmp_path / "none")
        result = run(meetup.path)
        assert result.exit_code == 0
        assert result.stdout == (
            "all is well\nnot checked here: whether the folder is on a network\n"
        )


_find_folder_risks = folder_risks.find_folder_risks


def folder_findings(folder: Path):
    return list(_find_folder_risks(folder))


class TestCommand:
    def test_names_each_problem_in_one_line(self, meetup: Meetup) -> None:
        meetup.box.unlink()
        meetup.path.with_name(".gulf.group.json.tmp").write_text("half")
        result = run(meetup.path)
        assert result.exit_code == 1
        assert result.stdout.splitlines() == [
            ".gulf.group.json.tmp: an interrupted save left it: let it be removed (--repair)",
            "gulf.round-1.box.json: round 1 is open, and its ballot box isn't there: "
            "put the box back, or let the round be discarded (--repair)",
        ]

    def test_tells_what_was_repaired_and_what_remains(self, meetup: Meetup) -> None:
        meetup.box.write_bytes(b"half")
        meetup.box.chmod(0o600)
        meetup.path.with_name(".gulf.group.json.tmp").write_text("half")
        result = run(meetup.path, "--repair")
        assert result.exit_code == 1
        first, second = result.stdout.splitlines()
        assert first == "mended: .gulf.group.json.tmp: an interrupted save is removed"
        assert second.startswith("gulf.round-1.box.json: damaged or not ours")

    def test_gives_json(self, meetup: Meetup) -> None:
        assert json.loads(run(meetup.path, "--json").stdout)["well"] is True
        meetup.box.unlink()
        document = json.loads(run(meetup.path, "--json").stdout)
        assert (document["well"], document["findings"][0]["code"]) == (False, "missing")
        document = json.loads(run(meetup.path, "--json", "--repair").stdout)
        assert (document["well"], len(document["mended"])) == (True, 1)

    def test_a_failed_repair_is_named(
        self, meetup: Meetup, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*arguments: object) -> None:
            raise OSError(28, "No space left on device")

        meetup.box.unlink()
        before = meetup.path.read_bytes()
        monkeypatch.setattr(durable, "create", full)
        (sentence,) = meetup.doctor.repair()
        assert "disk is full" in sentence
        assert meetup.path.read_bytes() == before
