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

pytestmark = pytest.mark.slow

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
    device = Device(tmp_path / "disk", tmp_path / "mounted")
    device.folder.mkdir()
    with device.image.open("wb") as file:
        file.truncate(24 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", device.image], check=True)
    yield device
    if device.folder.is_mount():
        subprocess.run(["umount", device.folder], check=True)


@dataclass
class WrittenRows:
    """Every row that was ever in the box, and those in it at last; and how to close it."""

    ever: set[bytes]
    last: set[bytes]
    close: Callable[[], object]


def play_evening(folder: Path) -> WrittenRows:
    """Everybody draws, casts, and casts again and again; after each, all rows are noted."""
    evening = Evening(folder).create_group(PARTNERS)
    key, box = evening.open_round(RATERS), evening.vault.box(1)
    now = noise = {slot.row for slot in box.read().slots}
    seats, ever = [evening.services.rating.draw_code() for _ in range(RATERS)], set(noise)
    for number in range(CASTS):
        evening.cast(seats[number % RATERS], 1 + number % 5)
        now = {slot.row for slot in box.read().slots}
        ever |= now
    assert len(ever) == len(noise) + CASTS * PARTNERS
    return WrittenRows(
        {row.encode() for row in ever},
        {row.encode() for row in now},
        lambda: evening.close(key, RATERS),
    )


def count_older_rows(content: bytes, written: WrittenRows) -> int:
    """How many rows that were overwritten are still to be found."""
    return sum(row in content for row in written.ever - written.last)


def test_only_the_last_ballots_are_on_the_device_once_each(device: Device) -> None:
    device.mount()
    written = play_evening(device.folder)
    content = device.content()
    assert {content.count(row) for row in written.last} == {1}
    assert count_older_rows(content, written) == 0


def test_no_ballot_is_on_the_device_after_the_close(device: Device) -> None:
    device.mount()
    written = play_evening(device.folder)
    written.close()
    content = device.content()
    assert [row for row in written.ever if row in content] == []


def test_the_check_notices_files_replaced_by_rename(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace_file(file: int, pieces: Iterable[tuple[int, bytes]]) -> None:
        path = Path(str(Path(f"/proc/self/fd/{file}").readlink()).removesuffix(" (deleted)"))
        data = bytearray(path.read_bytes())
        for offset, piece in pieces:
            data[offset : offset + len(piece)] = piece
        durable.replace(path, bytes(data))

    monkeypatch.setattr(platform, "overwrite", replace_file)
    device.mount()
    written = play_evening(device.folder)
    assert count_older_rows(device.content(), written) > CASTS * PARTNERS // 2


def test_the_check_notices_a_journal_of_all_data(device: Device) -> None:
    """The same evening where the file system writes all data into its journal first."""
    device.mount("journal")
    written = play_evening(device.folder)
    assert count_older_rows(device.content(), written) > CASTS


def test_the_check_notices_a_box_that_is_only_unlinked(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "erase", Path.unlink)
    device.mount()
    written = play_evening(device.folder)
    written.close()
    content = device.content()
    assert all(row in content for row in written.last)
