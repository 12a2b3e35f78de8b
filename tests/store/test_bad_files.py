"""Files that aren't what they should be: one clear line each, and nothing is overwritten."""

import errno
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import row, sample_box, sample_group, sorted_box
from tinydb import TinyDB

from peerreview.domain.round.box import Box, BoxChange
from peerreview.domain.round.round import RoundState
from peerreview.errors import BoxGoneError, BusyError, FileError
from peerreview.store.box.box_layout import BoxLayout
from peerreview.store.disk import platform
from peerreview.store.vault import FileVault

BAD = {
    "zero bytes": b"",
    "blanks": b" \n",
    "cut off": b'{"group":{"1":{"schema":1,"na',
    "binary": bytes(range(256)),
    "not UTF-8": '{"group": {"1": {"name": "Łódź"}}}'.encode("utf-16"),
    "a list": b"[]",
    "a text": b'"group"',
    "null": b"null",
    "other JSON": b'{"name": "left-pad", "version": "1.0.0", "files": []}',
    "another TinyDB": b'{"_default": {"1": {"type": "apple", "count": 7}}}',
    "documents without numbers": b'{"group": {"x": {"schema": 1}}}',
    "one document twice": b'{"group": {"1": {"schema": 1}, "01": {"schema": 1}}}',
    "a huge document number": b'{"group": {"%s": {"schema": 1}}}' % (b"9" * 5000),
    "nested lists": b"[" * 100_000,
    "nested objects": b'{"a":' * 100_000,
    "a key twice": b'{"group": {"1": {"schema": 1, "schema": 1}}}',
    "NaN": b'{"group": {"1": {"schema": NaN}}}',
    "infinity": b'{"group": {"1": {"schema": -Infinity}}}',
    "a float too large": b'{"group": {"1": {"schema": 1e999}}}',
    "an integer too large": b'{"group": {"1": {"schema": %s}}}' % (b"9" * 5000),
    "a large schema": b'{"group": {"1": {"schema": %s}}}' % (b"9" * 400),
    "half a character": b'{"group": {"1": {"schema": 1, "name": "\\ud800"}}}',
    "half a character as a table": b'{"group": {"1": {"schema": 1}}, "\\ud800": {}}',
    "an escape sequence as a table": b'{"group": {"1": {"schema": 1}}, "\\u001b[2J": {}}',
    "true as schema": b'{"group": {"1": {"schema": true}}}',
    "no schema": b'{"group": {"1": {}}}',
    "two groups": b'{"group": {"1": {"schema": 1}, "2": {"schema": 1}}}',
}


@contextmanager
def assert_untouched(folder: Path) -> Iterator[None]:
    """Nothing in `folder` may change inside the block, but for the lock file."""

    def file_contents() -> dict[str, bytes]:
        files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]
        return {str(path): path.read_bytes() for path in files}

    before = file_contents()
    yield
    assert file_contents() == before


def check_one_line(error: BaseException, name: str) -> str:
    """The message names the file, says something after it, and is one line a terminal can show."""
    message = str(error)
    assert message.startswith(f"{name}: ")
    assert message.isprintable()
    assert len(message) < 300
    return message


def actions_on_group(vault: FileVault) -> list[Callable[[], object]]:
    return [
        vault.group.read,
        lambda: vault.group.update(lambda group: group.evolve(name="Another")),
        vault.clean_up_after_crash,
    ]


def actions_on_box(vault: FileVault) -> list[Callable[[], object]]:
    return [
        vault.box(1).read,
        lambda: vault.box(1).update(lambda box: BoxChange(slots=box.slots[:1])),
        lambda: vault.box(1).read_and_remove(lambda box: box),
        vault.box(1).read_without_slots,
        lambda: vault.box(1).update_if_unchanged(part(), BoxChange(slots=part().slots[:1])),
    ]


def part() -> Box:
    """Somebody's part of the box, as it was before anything happened to the file."""
    box = sorted_box(sample_box())
    return Box(box.head, box.tickets[2:3], box.slots[::5])


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_a_bad_group_file_is_named_and_left_alone(
    file_vault: FileVault, group_path: Path, data: bytes
) -> None:
    group_path.write_bytes(data)
    for use in (*actions_on_group(file_vault), lambda: file_vault.group.create(sample_group())):
        with assert_untouched(group_path.parent), pytest.raises(FileError) as caught:
            use()
        check_one_line(caught.value, "gulf.group.json")


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_a_bad_box_file_is_named_and_left_alone(
    file_vault: FileVault, tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "gulf.round-1.box.json").write_bytes(data)
    for use in (*actions_on_box(file_vault), lambda: file_vault.box(1).create(sample_box())):
        with assert_untouched(tmp_path), pytest.raises(FileError) as caught:
            use()
        check_one_line(caught.value, "gulf.round-1.box.json")


@pytest.mark.parametrize("stock", [True, False])
def test_rows_too_long_for_a_line_are_refused(
    file_vault: FileVault, tmp_path: Path, stock: bool
) -> None:
    """All of one length, so that only their size is wrong; once in our own layout."""
    path, box = tmp_path / "gulf.round-1.box.json", sorted_box(sample_box())
    longer = BoxChange(slots=[slot._replace(row="A" * 445) for slot in box.slots])
    layout, box = BoxLayout.for_box(box), box.with_change(longer)
    layout = replace(layout, slots=replace(layout.slots, line_size=512))
    path.write_bytes(layout.file_bytes(box))
    if stock:
        path.write_text(json.dumps(json.loads(path.read_text("ascii"))))
    for use in (actions_on_box(file_vault)[0], actions_on_box(file_vault)[2]):
        with assert_untouched(tmp_path), pytest.raises(FileError) as caught:
            use()
        assert "larger than a sector" in check_one_line(caught.value, "gulf.round-1.box.json")


def test_a_head_with_an_impossible_number_of_turns_is_refused(
    file_vault: FileVault, tmp_path: Path
) -> None:
    """In our own layout, with a checksum that is right."""
    box, path = sorted_box(sample_box()), tmp_path / "gulf.round-1.box.json"
    layout = BoxLayout.for_box(box)
    for turns in (0, 10**12, 10**30):
        impossible_layout = BoxLayout.for_box(
            replace(box, head=box.head.model_copy(update={"turns": turns}))
        )
        path.write_bytes(
            impossible_layout.first_line[: layout.tickets.start]
            + layout.file_bytes(box)[layout.tickets.start :]
        )
        for use in actions_on_box(file_vault):
            with assert_untouched(tmp_path), pytest.raises(FileError) as caught:
                use()
            check_one_line(caught.value, "gulf.round-1.box.json")


def test_a_missing_file_is_named(file_vault: FileVault, tmp_path: Path) -> None:
    for use in actions_on_group(file_vault):
        with assert_untouched(tmp_path), pytest.raises(FileError) as caught:
            use()
        assert "it isn't there" in check_one_line(caught.value, "gulf.group.json")
    for use in actions_on_box(file_vault):
        with assert_untouched(tmp_path), pytest.raises(BoxGoneError):
            use()


def test_a_missing_folder_is_never_created(tmp_path: Path) -> None:
    vault = FileVault(tmp_path / "none" / "gulf.group.json")
    for use in (*actions_on_group(vault), lambda: vault.group.create(sample_group())):
        with pytest.raises(FileError) as caught:
            use()
        check_one_line(caught.value, "gulf.group.json")
    assert not (tmp_path / "none").exists()


def test_a_file_of_a_newer_version_is_refused(file_vault: FileVault, group_path: Path) -> None:
    group_path.write_text('{"group": {"1": {"schema": 2}}, "hubs": {}}')
    for use in actions_on_group(file_vault):
        with assert_untouched(group_path.parent), pytest.raises(FileError) as caught:
            use()
        assert "newer version" in check_one_line(caught.value, "gulf.group.json")


@pytest.mark.parametrize("part", ["name", "partners", "rounds", "releases"])
def test_a_group_that_breaks_a_rule_is_refused(
    file_vault: FileVault, group_path: Path, part: str
) -> None:
    file_vault.group.create(sample_group(RoundState.CLOSED))
    tables = json.loads(group_path.read_text())
    if part == "name":
        tables["group"]["1"]["name"] = "two\nlines"
    else:
        tables[part] = {"1": {"\u001b[2Jodd\ud800": "\u001b[2J"}}
    group_path.write_text(json.dumps(tables))
    for use in actions_on_group(file_vault):
        with assert_untouched(group_path.parent), pytest.raises(FileError) as caught:
            use()
        check_one_line(caught.value, "gulf.group.json")


@pytest.mark.parametrize(
    "damage",
    [
        lambda tables: tables.pop("turns"),
        lambda tables: tables.update(more={}),
        lambda tables: tables["round"].clear(),
        lambda tables: tables["round"]["1"].pop("public_key"),
        lambda tables: tables["holes"].popitem(),
        lambda tables: tables["turns"].popitem(),
        lambda tables: next(iter(tables["holes"].values())).update(p=7),
        lambda tables: next(iter(tables["holes"].values())).update(p=True),
        lambda tables: next(iter(tables["holes"].values())).update(p=1.0),
        lambda tables: next(iter(tables["holes"].values())).update(h=None),
        lambda tables: next(iter(tables["holes"].values())).update(h="x" * 25),
        lambda tables: next(iter(tables["holes"].values())).update(b="short"),
        lambda tables: next(iter(tables["holes"].values())).update(b="\ud800" * 152),
        lambda tables: next(iter(tables["holes"].values())).update(more=1),
        lambda tables: next(iter(tables["turns"].values())).update({"in": 1}),
        lambda tables: next(iter(tables["turns"].values())).pop("in"),
    ],
)
def test_a_box_with_something_odd_in_it_is_refused(
    file_vault: FileVault, tmp_path: Path, damage: Callable[[object], object]
) -> None:
    file_vault.box(1).create(sample_box())
    path = tmp_path / "gulf.round-1.box.json"
    tables = json.loads(path.read_text())
    damage(tables)
    path.write_text(json.dumps(tables))
    for use in actions_on_box(file_vault):
        with assert_untouched(tmp_path), pytest.raises(FileError) as caught:
            use()
        check_one_line(caught.value, "gulf.round-1.box.json")


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_damaged_file_is_read_whole_or_refused(
    file_vault: FileVault, tmp_path: Path, data: st.DataObject
) -> None:
    for path in tmp_path.iterdir():
        path.unlink()
    file_vault.group.create(sample_group(RoundState.OPEN))
    file_vault.box(1).create(sample_box())
    name = data.draw(st.sampled_from(["gulf.group.json", "gulf.round-1.box.json"]))
    path = tmp_path / name
    whole = path.read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.integers(0, 40))
    patch = data.draw(st.binary(max_size=40) | st.sampled_from([b'"', b"{", b"}", b"\\u", b"1"]))
    end = data.draw(st.sampled_from([start + length, len(whole)]))
    path.write_bytes(whole[:start] + patch + whole[end:])
    for use in (*actions_on_group(file_vault), *actions_on_box(file_vault)):
        try:
            use()
        except FileError as error:
            check_one_line(error, name)
        except BoxGoneError:
            continue


def test_a_folder_with_the_name_of_a_file_is_refused(
    file_vault: FileVault, group_path: Path
) -> None:
    group_path.mkdir()
    (group_path.parent / "gulf.round-1.box.json").mkdir()
    for use in (
        *actions_on_group(file_vault),
        *actions_on_box(file_vault),
        lambda: file_vault.group.create(sample_group()),
        lambda: file_vault.box(1).create(sample_box()),
    ):
        with pytest.raises(FileError) as caught:
            use()
        assert str(caught.value).isprintable()
    assert sorted(path.name for path in group_path.parent.iterdir() if path.is_dir()) == [
        "gulf.group.json",
        "gulf.round-1.box.json",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_refused_without_waiting(file_vault: FileVault, group_path: Path) -> None:
    os.mkfifo(group_path)
    os.mkfifo(group_path.parent / "gulf.round-1.box.json")
    for use in (*actions_on_group(file_vault), *actions_on_box(file_vault)):
        with pytest.raises(FileError):
            use()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_file_without_an_end_is_far_too_large(
    group_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("peerreview.store.disk.tables.LARGEST_FILE", 1 << 20)
    group_path.symlink_to("/dev/zero")
    with pytest.raises(FileError, match="zero: it is far too large"):
        FileVault(group_path).group.read()


def raise_os_error(number: int) -> Callable[..., int]:
    def call(*args: object, **kwargs: object) -> int:
        raise OSError(number, os.strerror(number))

    return call


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EACCES, "no permission"),
        (errno.EROFS, "only be read"),
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "quota"),
        (errno.EIO, "doesn't answer"),
        (errno.EMFILE, "oo many open files"),
    ],
)
@pytest.mark.parametrize("call", ["open_new", "write_all", "flush"])
def test_a_failed_write_leaves_everything_as_it_was(
    group_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str, call: str
) -> None:
    vault = FileVault(group_path)
    vault.group.create(sample_group())
    monkeypatch.setattr(platform, call, raise_os_error(number))
    for use, name in (
        (lambda: vault.group.update(lambda group: group.evolve(name="Another")), "gulf.group.json"),
        (lambda: vault.box(1).create(sample_box()), "gulf.round-1.box.json"),
    ):
        with assert_untouched(group_path.parent), pytest.raises(FileError) as caught:
            use()
        assert words in check_one_line(caught.value, name)


@pytest.mark.parametrize(
    ("call", "uses"),
    [("open_existing", [0, 1, 2]), ("read_at", [0, 1, 2]), ("overwrite", [1]), ("flush", [1])],
)
def test_a_failing_disk_is_named_and_the_box_stays(
    file_vault: FileVault, monkeypatch: pytest.MonkeyPatch, call: str, uses: list[int]
) -> None:
    file_vault.box(1).create(sample_box())
    monkeypatch.setattr(platform, call, raise_os_error(errno.EIO))
    for number in uses:
        with pytest.raises(FileError, match="the disk doesn't answer"):
            actions_on_box(file_vault)[number]()
    monkeypatch.undo()
    assert file_vault.box(1).read() == sorted_box(sample_box())


def test_a_cast_needs_no_room_on_the_disk(
    file_vault: FileVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_vault.box(1).create(sample_box())
    for call in ("open_new", "write_all"):
        monkeypatch.setattr(platform, call, raise_os_error(errno.ENOSPC))
    slot = sorted_box(sample_box()).slots[0]
    filled = type(slot)(slot.id, slot.partner, slot.tag, row(1))
    after = file_vault.box(1).update(lambda box: BoxChange(slots=[filled]))
    assert after.slots[0] == file_vault.box(1).read().slots[0] == filled


@pytest.mark.skipif(os.name == "nt", reason="no such limit there")
def test_a_limit_on_file_size_is_named(
    group_path: Path, worker: Callable[..., "subprocess.Popen[str]"]
) -> None:
    FileVault(group_path).group.create(sample_group())
    with assert_untouched(group_path.parent):
        output, _ = worker("limited", group_path, 2048).communicate()
    group, box = output.splitlines()
    assert group.startswith("FileError: gulf.group.json: it would be larger than allowed")
    assert box.startswith("FileError: gulf.round-1.box.json: it would be larger than allowed")


def test_a_lock_held_by_another_program_is_named(
    group_path: Path, worker: Callable[..., "subprocess.Popen[str]"]
) -> None:
    vault = FileVault(group_path)
    vault.group.create(sample_group())
    vault.box(1).create(sample_box())
    other = worker("hold", group_path)
    assert other.stdout
    assert other.stdout.readline() == "held\n"
    hasty = FileVault(group_path, wait=0.01)
    for use in (*actions_on_group(hasty)[1:], *actions_on_box(hasty), hasty.box(1).remove):
        with assert_untouched(group_path.parent), pytest.raises(BusyError) as caught:
            use()
        assert "another program" in check_one_line(caught.value, "gulf.group.json")
    assert hasty.group.read() == sample_group()
    other.kill()
    other.communicate()
    assert hasty.box(1).read() == sorted_box(sample_box())


def test_a_folder_with_the_name_of_the_lock_is_refused(
    file_vault: FileVault, group_path: Path
) -> None:
    group_path.with_name(".gulf.group.json.lock").mkdir()
    with pytest.raises(FileError):
        file_vault.group.create(sample_group())
    assert not group_path.exists()


def test_a_group_that_cant_be_written_can_still_be_read(
    file_vault: FileVault, group_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file_vault.group.create(sample_group(RoundState.CLOSED))
    monkeypatch.setattr(platform, "open_lock", raise_os_error(errno.EROFS))
    assert file_vault.group.read() == sample_group(RoundState.CLOSED)
    assert file_vault.clean_up_after_crash() == ()
    with pytest.raises(FileError, match="copy it to one that can be written"):
        file_vault.group.update(lambda group: group.evolve(name="Another"))


def test_another_tinydb_file_is_never_overwritten(file_vault: FileVault, group_path: Path) -> None:
    with TinyDB(group_path) as db:
        db.insert({"type": "apple"})
    with assert_untouched(group_path.parent), pytest.raises(FileError, match="isn't a group file"):
        file_vault.group.update(lambda group: group)
