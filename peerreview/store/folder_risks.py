"""Finds out who else gets at the files in a folder: synced folders, git, networks.

Judges folders by their names and marks. Must not open files of this program.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from peerreview.services.checkup import Finding

MOUNTS = Path("/proc/self/mounts")
"""The file in which Linux lists mounted file systems."""

_CLOUD_FOLDERS = {
    "Dropbox": re.compile(r"Dropbox( \(.*\))?"),
    "OneDrive": re.compile(r"OneDrive( ?-.*)?"),
    "iCloud Drive": re.compile(r"Mobile Documents|iCloud ?Drive|com~apple~CloudDocs"),
    "Google Drive": re.compile(r"Google ?Drive(-.*)?|My Drive"),
    "a cloud": re.compile(r"CloudStorage|Nextcloud|ownCloud|pCloud ?Drive"),
}
"""Patterns for names of folders that are synced, by the service."""
_CLOUD_MARKS = {".dropbox": "Dropbox", ".stfolder": "Syncthing", ".tmp.driveupload": "Google Drive"}
"""Files that a service puts into folders that it syncs."""
_NETWORK_FILE_SYSTEMS = re.compile(
    r"(fuse\.)?(9p|afs|afpfs|beegfs|ceph|cifs|davfs2?|gcsfuse|gfs2?|glusterfs|lustre|ncpfs|"
    r"nfs[34]?|ocfs2|rclone|s3fs|smb[23]?|smbfs|sshfs|vboxsf|vmhgfs(-fuse)?|webdav)"
)
_OCTAL_ESCAPE = re.compile(r"\\([0-7]{3})")


def find_folder_risks(folder: Path) -> Iterator[Finding]:
    """Yield what makes a folder (an absolute path) a risky place for ballots."""
    location = str(folder)
    folder_and_parents = (folder, *folder.parents)
    if service := next(filter(None, map(_cloud_service, folder_and_parents)), None):
        todo = "copies leave this machine: move it to a folder that isn't synced"
        yield Finding("synced", f"this folder is synced by {service}", location, todo, False)
    if any(os.path.lexists(parent / ".git") for parent in folder_and_parents):
        todo = "its history keeps every ballot box: move it out, and never commit a box"
        yield Finding("git", "this folder is in a git work tree", location, todo, False)
    if file_system := _network_file_system(folder):
        todo = "locks can't be trusted there: move it to a disk of this machine"
        what = f"this folder is on a network ({file_system})"
        yield Finding("network", what, location, todo, False)


def list_unchecked_risks() -> tuple[str, ...]:
    """Return what can't be found out on this operating system."""
    risks: list[str] = []
    if not MOUNTS.exists():
        risks.append("whether the folder is on a network")
    if os.name == "nt":
        risks.append("who may read the files")
    return tuple(risks)


def _cloud_service(folder: Path) -> str | None:
    """Return the service that syncs this very folder, as far as its name or a mark tells."""
    for service, pattern in _CLOUD_FOLDERS.items():
        if pattern.fullmatch(folder.name):
            return service
    for mark, service in _CLOUD_MARKS.items():
        if os.path.lexists(folder / mark):
            return service
    return None


def _network_file_system(folder: Path) -> str | None:
    """Return the kind of network file system a folder is on, as far as the system tells."""
    if folder.drive.startswith("\\\\"):
        return "a share"
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    mounts: dict[Path, str] = {}
    for line in lines:
        mount_point, file_system = line.split()[1:3]
        mounts[Path(_OCTAL_ESCAPE.sub(_unescape, mount_point))] = file_system
    for parent in (folder, *folder.parents):
        if parent in mounts:
            is_network = _NETWORK_FILE_SYSTEMS.fullmatch(mounts[parent])
            return mounts[parent] if is_network else None
    return None


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match[1], 8))
