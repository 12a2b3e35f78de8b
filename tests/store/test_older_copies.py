"""No older copy of a ballot stays on the device: of many copies, how they nest tells their order.

An evening on a small ext4 of its own, in a file: afterwards all of that file is searched, its
journal and its free blocks too. Needs root and loop devices.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.evening import Evening
from peerreview.store.disk import durable, platform

RATERS, PARTNERS, CASTS = 6, 6, 60


@dataclass
class Device:
    """A disk in a file, and the folder where it is mounted."""

    image: Path
    folder: Path

    def mount(self, journal: str = "ordered") -> None:
        options = f"loop,data={journal}"
        done = subprocess.run(
            ["mount", "-t", "ext4", "-o", options, self.image, self.folder],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")

    def content(self) -> bytes:
        """Take it out and return every byte of it."""
        subprocess.run(["umount", self.folder], check=True)
        return self.image.read_bytes()


@pytest.fixture
def device(tmp_path: Path) -> Iterator[Device]:
    if not hasattr(os, "geteuid") or os.geteuid():
        pytest.skip("only root may mount a file system")
    if not all(map(shutil.which, ("mkfs.ext4", "mount", "umount"))):
        pytest.skip("there are no tools for ext4 here")
    found = Device(tmp_path / "disk", tmp_path / "mounted")
    found.folder.mkdir()
    with found.image.open("wb") as file:
        file.truncate(24 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", found.image], check=True)
    yield found
    if found.folder.is_mount():
        subprocess.run(["umount", found.folder], check=True)


@dataclass
class Written:
    """Every row that was ever in the box, and those in it at last; and how to close it."""

    ever: set[bytes]
    last: set[bytes]
    close: Callable[[], object]


def an_evening(folder: Path) -> Written:
    """Everybody draws, casts, and casts again and again; after each, all rows are noted."""
    evening = Evening(folder).found(PARTNERS)
    key, box = evening.open_round(RATERS), evening.vault.box(1)
    now = noise = {hole.row for hole in box.read().slots}
    seats, ever = [evening.services.rating.draw_code() for _ in range(RATERS)], set(noise)
    for number in range(CASTS):
        evening.cast(seats[number % RATERS], 1 + number % 5)
        now = {hole.row for hole in box.read().slots}
        ever |= now
    assert len(ever) == len(noise) + CASTS * PARTNERS
    return Written(
        {each.encode() for each in ever},
        {each.encode() for each in now},
        lambda: evening.close(key, RATERS),
    )


def older(content: bytes, written: Written) -> int:
    """How many rows that were overwritten are still to be found."""
    return sum(row in content for row in written.ever - written.last)


def test_only_the_last_ballots_are_on_the_device_and_once_each(device: Device) -> None:
    device.mount()
    written = an_evening(device.folder)
    content = device.content()
    assert {content.count(row) for row in written.last} == {1}
    assert older(content, written) == 0


def test_after_the_close_nothing_of_them_is_there(device: Device) -> None:
    device.mount()
    written = an_evening(device.folder)
    written.close()
    content = device.content()
    assert [row for row in written.ever if row in content] == []


def test_whole_files_put_in_place_by_rename_are_found(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    def renamed(file: int, pieces: Iterable[tuple[int, bytes]]) -> None:
        path = Path(str(Path(f"/proc/self/fd/{file}").readlink()).removesuffix(" (deleted)"))
        data = bytearray(path.read_bytes())
        for offset, each in pieces:
            data[offset : offset + len(each)] = each
        durable.replace(path, bytes(data))

    monkeypatch.setattr(platform, "overwrite", renamed)
    device.mount()
    written = an_evening(device.folder)
    assert older(device.content(), written) > CASTS * PARTNERS // 2


def test_what_a_journal_keeps_is_found(device: Device) -> None:
    """The same evening where the file system writes all data into its journal first."""
    device.mount("journal")
    written = an_evening(device.folder)
    assert older(device.content(), written) > CASTS


def test_a_box_that_is_only_unlinked_is_found(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "erase", Path.unlink)
    device.mount()
    written = an_evening(device.folder)
    written.close()
    content = device.content()
    assert all(row in content for row in written.last)
