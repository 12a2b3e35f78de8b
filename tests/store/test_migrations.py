"""Files of every older schema: read as they are, made new by the next write, the old one kept."""

import json
import os
import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from stories import KIND, PARTNERS
from tinydb import TinyDB

from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.tally.verdict import Street
from peerreview.errors import FileError, NewerError
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.store import folder_risks
from peerreview.store.disk import durable
from peerreview.store.disk.migration import BOX_FORMAT, GROUP_FORMAT
from peerreview.store.doctor.doctor import FileDoctor
from peerreview.store.vault import FileVault

SCHEMAS = Path(__file__).with_name("schemas")
KEY = re.search(r"^    (.+)$", (SCHEMAS / "README.md").read_text("utf-8"), re.MULTILINE)
GROUPS, BOXES = sorted(SCHEMAS.glob("group-*.json")), sorted(SCHEMAS.glob("box-*.json"))


@pytest.fixture(params=GROUPS, ids=lambda path: path.stem)
def old_group(request: pytest.FixtureRequest, group_path: Path) -> bytes:
    """A group file of an older schema, in its place."""
    return _put(request.param, group_path)


@pytest.fixture(params=BOXES, ids=lambda path: path.stem)
def old_box(request: pytest.FixtureRequest, group_path: Path) -> bytes:
    """A box of an older schema, in its place beside a group of an older schema."""
    _put(GROUPS[-1], group_path)
    return _put(request.param, group_path.with_name("gulf.round-2.box.json"))


def _put(stored: Path, path: Path) -> bytes:
    shutil.copyfile(stored, path)
    path.chmod(0o600)
    return path.read_bytes()


def file_names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix != ".lock"}


def rename(vault: FileVault, name: str) -> None:
    vault.group.update(lambda group: group.evolve(name=name))


def test_there_is_a_stored_file_for_every_step() -> None:
    assert [path.stem for path in GROUPS] == [f"group-{n}" for n in range(GROUP_FORMAT.schema)]
    assert [path.stem for path in BOXES] == [f"box-{n}" for n in range(BOX_FORMAT.schema)]


class TestGroup:
    def test_is_read_without_a_write(
        self, old_group: bytes, file_vault: FileVault, group_path: Path
    ) -> None:
        group = file_vault.group.read()
        assert (group.name, group.label) == ("Gulf Coast Peers", "group 000000")
        firms = {partner.name: partner.kind for partner in group.active_partners}
        assert firms == {**PARTNERS, "Größe & Söhne": PartnerKind.VENDOR}
        assert [partner.aliases for partner in group.partners] == [()] * 6
        assert [str(round_.state) for round_ in group.rounds] == ["closed", "open"]
        release = group.find_release(1)
        assert release and release.ballots == 5
        assert group_path.read_bytes() == old_group
        assert file_names(group_path.parent) == {"gulf.group.json"}

    def test_is_migrated_at_the_next_write_and_a_copy_kept(
        self, old_group: bytes, file_vault: FileVault, group_path: Path
    ) -> None:
        group = file_vault.group.read()
        rename(file_vault, "Another")
        tables = json.loads(group_path.read_text())
        assert tables["group"]["1"]["schema"] == GROUP_FORMAT.schema
        assert len(tables["group"]["1"]["checksum"]) == 32
        assert file_vault.group.read() == group.evolve(name="Another")
        kept = group_path.with_name("gulf.group.schema-0.json")
        assert kept.read_bytes() == old_group
        if os.name != "nt":
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        rename(file_vault, "A third")
        assert file_names(group_path.parent) == {group_path.name, kept.name}
        with TinyDB(group_path) as db:
            assert len(db.table("partners")) == 6

    def test_an_existing_copy_is_never_overwritten(
        self, old_group: bytes, file_vault: FileVault, group_path: Path
    ) -> None:
        group_path.with_name("gulf.group.schema-0.json").write_text("of last year")
        rename(file_vault, "Another")
        assert group_path.with_name("gulf.group.schema-0.json").read_text() == "of last year"
        assert group_path.with_name("gulf.group.schema-0-2.json").read_bytes() == old_group

    @pytest.mark.parametrize("call", ["create", "replace"])
    def test_stays_as_it_is_when_the_disk_is_full(
        self,
        old_group: bytes,
        file_vault: FileVault,
        group_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        call: str,
    ) -> None:
        monkeypatch.setattr(durable, call, _full)
        with pytest.raises(FileError, match="disk is full"):
            rename(file_vault, "Another")
        assert group_path.read_bytes() == old_group
        monkeypatch.undo()
        rename(file_vault, "Another")
        kept = group_path.with_name("gulf.group.schema-0.json")
        assert file_names(group_path.parent) == {group_path.name, kept.name}
        assert kept.read_bytes() == old_group

    @pytest.mark.parametrize(
        "damage",
        [
            lambda tables: tables["group"]["1"].pop("name"),
            lambda tables: tables.pop("partners"),
            lambda tables: tables["partners"]["1"].update(aliases=7),
            lambda tables: tables["group"]["1"].update(id=[1]),
            lambda tables: tables["rounds"]["1"].update(partners=[1]),
        ],
    )
    def test_is_refused_in_one_line_when_damaged(
        self, old_group: bytes, group_path: Path, damage: Callable[[object], object]
    ) -> None:
        tables = json.loads(old_group)
        damage(tables)
        group_path.write_text(json.dumps(tables))
        with pytest.raises(FileError, match=r"^gulf\.group\.json: damaged") as caught:
            FileVault(group_path).group.read()
        assert str(caught.value).isprintable()


class TestChecksum:
    @pytest.fixture
    def tables(self, old_group: bytes, file_vault: FileVault, group_path: Path):
        rename(file_vault, "Another")
        return json.loads(group_path.read_text())

    @pytest.mark.parametrize("change", [{"schema": 0}, {"checksum": "0" * 32}, {"checksum": None}])
    def test_another_schema_or_checksum_is_refused(
        self, tables, file_vault: FileVault, group_path: Path, change: dict[str, object]
    ) -> None:
        tables["group"]["1"].update(change)
        group_path.write_text(json.dumps(tables))
        with pytest.raises(FileError, match="changed by another program"):
            file_vault.group.read()

    def test_a_missing_checksum_is_refused(
        self, tables, file_vault: FileVault, group_path: Path
    ) -> None:
        del tables["group"]["1"]["checksum"]
        group_path.write_text(json.dumps(tables))
        with pytest.raises(FileError, match="changed by another program"):
            file_vault.group.read()

    def test_the_layout_of_the_json_doesnt_matter(
        self, tables, file_vault: FileVault, group_path: Path
    ) -> None:
        group = file_vault.group.read()
        backwards = {
            name: dict(reversed(list(documents.items()))) for name, documents in tables.items()
        }
        group_path.write_text(json.dumps(backwards, ensure_ascii=False, indent=7), "utf-8")
        assert file_vault.group.read() == group


class TestBox:
    def test_is_read_without_a_write(
        self, old_box: bytes, file_vault: FileVault, group_path: Path, environment: Environment
    ) -> None:
        progress = GroupServices(file_vault, environment).rounds.progress()
        assert progress and (progress.drawn, progress.handed_in) == (4, 4)
        assert file_vault.clean_up_after_crash() == ()
        assert group_path.with_name("gulf.round-2.box.json").read_bytes() == old_box
        assert file_names(group_path.parent) == {"gulf.group.json", "gulf.round-2.box.json"}

    def test_can_be_closed_without_a_migration(
        self, old_box: bytes, file_vault: FileVault, group_path: Path, environment: Environment
    ) -> None:
        assert KEY
        release = GroupServices(file_vault, environment).rounds.close(KEY[1], 4)
        assert release.ballots == 4
        assert {partner.street for partner in release.partners} <= {
            Street.TWO_WAY,
            Street.TOO_CLOSE,
            Street.MIXED,
            Street.TOO_FEW,
        }
        assert file_names(group_path.parent) == {"gulf.group.json", "gulf.group.schema-0.json"}

    def test_is_migrated_by_a_draw_and_its_copy_removed_with_it(
        self, old_box: bytes, file_vault: FileVault, group_path: Path, environment: Environment
    ) -> None:
        services = GroupServices(file_vault, environment)
        seat = services.rating.draw_code(spare=True)
        kept = group_path.with_name("gulf.round-2.box.schema-0.json")
        assert kept.read_bytes() == old_box
        if os.name != "nt":
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        head = json.loads(group_path.with_name("gulf.round-2.box.json").read_text())["round"]["1"]
        assert head["schema"] == BOX_FORMAT.schema
        services.rating.cast(seat, KIND.fill(seat))
        services.rounds.discard("Gulf Coast Peers")
        assert not [name for name in file_names(group_path.parent) if "round" in name]

    def test_is_refused_when_newer(
        self, old_box: bytes, file_vault: FileVault, group_path: Path
    ) -> None:
        path = group_path.with_name("gulf.round-2.box.json")
        tables = json.loads(old_box)
        tables["round"]["1"]["schema"] = 99
        path.write_text(json.dumps(tables))
        with pytest.raises(NewerError, match="newer version"):
            file_vault.box(2).read()


def test_the_doctor_finds_no_problem_with_older_files(
    old_box: bytes, file_vault: FileVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_risks, "find_folder_risks", lambda folder: ())
    assert FileDoctor(file_vault).examine().findings == ()


def _full(*arguments: object) -> None:
    raise OSError(28, "No space left on device")
