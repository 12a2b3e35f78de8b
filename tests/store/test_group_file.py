"""The group file: stock TinyDB, the same bytes for the same content, old or new but never half."""

import json
import os
import stat
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import read_peer_set, sample_group
from tinydb import TinyDB, where

from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.domain.round.round import Round, RoundPartner, RoundState
from peerreview.domain.tally.release import Band, PartnerRelease, Release, VoicesBand
from peerreview.domain.tally.verdict import Certainty, Street, Work
from peerreview.domain.text import clean_text
from peerreview.errors import ChangedError, FileError
from peerreview.store.disk import durable
from peerreview.store.disk.tables import WholeFileStorage
from peerreview.store.vault import FileVault


def is_accepted(name: str) -> bool:
    try:
        clean_text(name)
    except ValueError:
        return False
    return True


names = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=20
).filter(is_accepted)
ids = st.text("0123456789abcdef", min_size=1, max_size=16)
days = st.dates(date(2020, 1, 1), date(2099, 12, 31))
halves = st.none() | st.sampled_from([1.0, 1.5, 2.0, 4.5, 5.0])


@st.composite
def partner_releases(draw: st.DrawFn, partner: str) -> PartnerRelease:
    bands = st.builds(Band, band=st.integers(1, 3), of=st.sampled_from([3, 5]))
    return PartnerRelease(
        partner=partner,
        street=draw(st.sampled_from(Street)),
        certainty=draw(st.none() | st.sampled_from(Certainty)),
        voices=draw(st.none() | st.sampled_from(VoicesBand)),
        comes_back=draw(halves),
        we_give=draw(halves),
        work=draw(st.none() | st.sampled_from(Work)),
        bands=draw(st.dictionaries(ids, bands, max_size=3)),
        deal_breakers=tuple(draw(st.lists(ids, max_size=2))),
    )


@st.composite
def groups(draw: st.DrawFn) -> Group:
    known = draw(st.lists(ids, min_size=1, max_size=5, unique=True))
    partners = tuple(
        Partner(
            id=partner_id,
            name=draw(names),
            kind=draw(st.sampled_from(PartnerKind)),
            aliases=tuple(draw(st.lists(names, max_size=2))),
            retired=draw(st.booleans()),
        )
        for partner_id in known
    )
    asks = read_peer_set()
    states = draw(st.lists(st.sampled_from([RoundState.CLOSED, RoundState.DISCARDED]), max_size=14))
    if draw(st.booleans()):
        states.append(draw(st.sampled_from([RoundState.PLANNED, RoundState.OPEN])))
    rounds = tuple(
        Round(
            id=draw(ids),
            number=number,
            state=state,
            partners=tuple(RoundPartner(id=partner_id, set_hash=asks.hash) for partner_id in known),
            heads=draw(st.integers(4, 60)),
            opened_on=draw(st.none() | days),
            ended_on=draw(st.none() | days),
        )
        for number, state in enumerate(states, 1)
    )
    releases = tuple(
        Release(
            round=round_.number,
            closed_on=draw(days),
            ballots=draw(st.integers(4, 60)),
            floor=4,
            give_cut=draw(st.floats(1, 5)),
            sets={partner_id: asks.hash for partner_id in known},
            partners=tuple(draw(partner_releases(partner_id)) for partner_id in known),
        )
        for round_ in rounds
        if round_.state is RoundState.CLOSED
    )
    return Group(
        id=draw(ids),
        name=draw(names),
        label=draw(names),
        partners=partners,
        sets=(asks,),
        rounds=rounds,
        releases=releases[-12:],
    )


any_folder = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@any_folder
@given(group=groups())
def test_any_group_is_read_back_and_always_gives_the_same_bytes(
    file_vault: FileVault, group_path: Path, group: Group
) -> None:
    group_path.unlink(missing_ok=True)
    file_vault.group.create(group)
    first = group_path.read_bytes()
    assert file_vault.group.read() == group
    group_path.unlink()
    file_vault.group.create(copy_with_reversed_fields(group))
    assert group_path.read_bytes() == first


def copy_with_reversed_fields(group: Group) -> Group:
    """The same group, built in another order of fields."""
    fields = json.loads(json.dumps(group.model_dump(mode="json"), sort_keys=True))
    return Group.model_validate(dict(reversed(list(fields.items()))))


def test_stock_tinydb_opens_a_group_file(file_vault: FileVault, group_path: Path) -> None:
    file_vault.group.create(sample_group(RoundState.CLOSED, RoundState.OPEN))
    with TinyDB(group_path) as db:
        assert db.tables() == {"group", "partners", "sets", "rounds", "releases"}
        assert db.table("group").get(doc_id=1)["schema"] == 1  # pyright: ignore
        assert db.table("rounds").get(where("state") == "open")["number"] == 2  # pyright: ignore
        assert len(db.table("partners")) == 3


def test_a_file_rewritten_by_stock_tinydb_is_read_but_a_change_is_noticed(
    file_vault: FileVault, group_path: Path
) -> None:
    file_vault.group.create(sample_group())
    with TinyDB(group_path) as db:
        number = db.table("partners").insert({"id": "ff", "name": "Acme"})
        with pytest.raises(ChangedError, match="changed by another program"):
            file_vault.group.read()
        db.table("partners").remove(doc_ids=[number])
    assert b"\n" not in group_path.read_bytes()
    assert file_vault.group.read() == sample_group()


def test_more_than_nine_partners_keep_their_order(file_vault: FileVault) -> None:
    group = sample_group(partners=12)
    file_vault.group.create(group)
    assert [partner.id for partner in file_vault.group.read().partners] == [
        partner.id for partner in group.partners
    ]


def test_tinydb_works_with_the_storage(tmp_path: Path) -> None:
    (tmp_path / "any.json").write_text("{}")
    with TinyDB(tmp_path / "any.json", storage=WholeFileStorage) as db:
        number = db.table("fruit", cache_size=0).insert({"type": "apple"})
        assert db.table("fruit").get(doc_id=number) == {"type": "apple"}
    with TinyDB(tmp_path / "any.json") as db:
        assert db.table("fruit").all() == [{"type": "apple"}]


@pytest.mark.skipif(os.name == "nt", reason="no such modes there")
def test_only_its_owner_may_read_it(file_vault: FileVault, group_path: Path) -> None:
    file_vault.group.create(sample_group())
    group_path.chmod(0o644)
    file_vault.group.update(lambda group: group.evolve(name="Another"))
    assert stat.S_IMODE(group_path.stat().st_mode) == 0o600


def test_nothing_but_the_file_and_its_lock_is_left(file_vault: FileVault, group_path: Path) -> None:
    file_vault.group.create(sample_group())
    file_vault.group.update(lambda group: group.evolve(name="Another"))
    assert sorted(path.name for path in group_path.parent.iterdir()) == [
        ".gulf.group.json.lock",
        "gulf.group.json",
    ]


def test_an_update_that_changes_nothing_writes_nothing(
    file_vault: FileVault, group_path: Path
) -> None:
    file_vault.group.create(sample_group())
    before = group_path.stat()
    file_vault.group.update(lambda group: group.evolve(name=group.name))
    after = group_path.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_link_is_followed_and_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "gulf.group.json", tmp_path / "link.group.json"
    FileVault(real).group.create(sample_group())
    link.symlink_to(real)
    FileVault(link).group.update(lambda group: group.evolve(name="Another"))
    assert link.is_symlink()
    assert FileVault(real).group.read().name == "Another"


@pytest.mark.parametrize("links", [True, False])
def test_create_never_overwrites_a_file(
    group_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", _no_links)
    group_path.write_text("somebody else's")
    with pytest.raises(FileExistsError):
        durable.create(group_path, b"ours")
    assert group_path.read_text() == "somebody else's"
    assert [path.name for path in group_path.parent.iterdir()] == ["gulf.group.json"]
    group_path.unlink()
    durable.create(group_path, b"ours")
    assert group_path.read_text() == "ours"


def _no_links(*paths: object) -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_killed_writer_leaves_the_old_file_or_the_new(
    group_path: Path, worker: "Callable[..., subprocess.Popen[str]]"
) -> None:
    FileVault(group_path).group.create(sample_group())
    writer = worker("groups", group_path)
    assert writer.stdout
    acknowledged = 0
    while acknowledged < 25:
        acknowledged = int(writer.stdout.readline())
    writer.kill()
    # Not `communicate`, which loses the lines that `readline` has buffered.
    last = int((writer.stdout.read().split() or [acknowledged])[-1])
    names = {f"No {last}", f"No {last + 1}"}
    assert FileVault(group_path).group.read().partners[0].name in names
    FileVault(group_path).clean_up_after_crash()
    left = {path.name for path in group_path.parent.iterdir()}
    assert left == {".gulf.group.json.lock", "gulf.group.json"}


def test_readers_always_see_a_whole_file(
    group_path: Path, worker: "Callable[..., subprocess.Popen[str]]"
) -> None:
    vault = FileVault(group_path)
    vault.group.create(sample_group())
    writer = worker("groups", group_path)
    assert writer.stdout
    writer.stdout.readline()
    for _ in range(100):
        vault.group.read()


def test_unfinished_saves_are_removed(file_vault: FileVault, group_path: Path) -> None:
    file_vault.group.create(sample_group())
    for name in (".gulf.group.json.tmp", ".gulf.round-3.box.json.tmp", ".gulf.group.json.tmp2"):
        group_path.with_name(name).write_text("half")
    sentences = file_vault.clean_up_after_crash()
    assert sentences == (
        ".gulf.group.json.tmp: an interrupted save is removed",
        ".gulf.round-3.box.json.tmp: an interrupted save is removed",
    )
    assert group_path.with_name(".gulf.group.json.tmp2").exists()
    assert file_vault.clean_up_after_crash() == ()


def test_an_unreadable_box_stays_unless_its_round_has_ended(
    file_vault: FileVault, group_path: Path
) -> None:
    file_vault.group.create(sample_group(RoundState.CLOSED, RoundState.PLANNED))
    boxes = [group_path.with_name(f"gulf.round-{number}.box.json") for number in (1, 2)]
    for box in boxes:
        box.write_text("half")
    sentences = file_vault.clean_up_after_crash()
    assert len(sentences) == 2
    assert "round 1 was closed" in sentences[0]
    assert "can't be read" in sentences[1]
    assert [box.exists() for box in boxes] == [False, True]


def test_nothing_is_cleaned_up_beside_a_damaged_group(
    file_vault: FileVault, group_path: Path
) -> None:
    group_path.write_text("half")
    group_path.with_name(".gulf.group.json.tmp").write_text("half")
    with pytest.raises(FileError):
        file_vault.clean_up_after_crash()
    assert group_path.with_name(".gulf.group.json.tmp").exists()
