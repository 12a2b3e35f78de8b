"""Where a group's files lie, and who else gets at them: synced folders, git, networks.

Knows folders by their names and marks; must not open any file of ours.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from peerreview.services.checkup import Finding

MOUNTS = Path("/proc/self/mounts")

_CLOUDS = {
    "Dropbox": re.compile(r"Dropbox( \(.*\))?"),
    "OneDrive": re.compile(r"OneDrive( ?-.*)?"),
    "iCloud Drive": re.compile(r"Mobile Documents|iCloud ?Drive|com~apple~CloudDocs"),
    "Google Drive": re.compile(r"Google ?Drive(-.*)?|My Drive"),
    "a cloud": re.compile(r"CloudStorage|Nextcloud|ownCloud|pCloud ?Drive"),
}
_MARKS = {".dropbox": "Dropbox", ".stfolder": "Syncthing", ".tmp.driveupload": "Google Drive"}
_NETWORKS = re.compile(
    r"(fuse\.)?(9p|afs|afpfs|beegfs|ceph|cifs|davfs2?|gcsfuse|gfs2?|glusterfs|lustre|ncpfs|"
    r"nfs[34]?|ocfs2|rclone|s3fs|smb[23]?|smbfs|sshfs|vboxsf|vmhgfs(-fuse)?|webdav)"
)
_OCTAL = re.compile(r"\\([0-7]{3})")


def find_folder_risks(folder: Path) -> Iterator[Finding]:
    """Yield what is unwise about a folder (an absolute path) that holds ballots."""
    where = str(folder)
    around = (folder, *folder.parents)
    if cloud := next(filter(None, map(_cloud, around)), None):
        todo = "copies leave this machine: move it to a folder that isn't synced"
        yield Finding("synced", f"this folder is synced by {cloud}", where, todo, False)
    if any(os.path.lexists(each / ".git") for each in around):
        todo = "its history keeps every ballot box: move it out, and never commit a box"
        yield Finding("git", "this folder is in a git work tree", where, todo, False)
    if kind := _network(folder):
        todo = "locks can't be trusted there: move it to a disk of this machine"
        yield Finding("network", f"this folder is on a network ({kind})", where, todo, False)


def list_unchecked_risks() -> tuple[str, ...]:
    """Return what can't be found out on this system."""
    found = [] if MOUNTS.exists() else ["whether the folder is on a network"]
    return (*found, *(["who may read the files"] if os.name == "nt" else []))


def _cloud(folder: Path) -> str | None:
    named = (cloud for cloud, names in _CLOUDS.items() if names.fullmatch(folder.name))
    marked = (cloud for mark, cloud in _MARKS.items() if os.path.lexists(folder / mark))
    return next(named, None) or next(marked, None)


def _network(folder: Path) -> str | None:
    """Return the kind of network file system a folder is on, as far as the system says."""
    if folder.drive.startswith("\\\\"):
        return "a share"
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    points = (line.split()[1:3] for line in lines)
    kinds = {Path(_OCTAL.sub(lambda at: chr(int(at[1], 8)), at)): kind for at, kind in points}
    kind = next((kinds[each] for each in (folder, *folder.parents) if each in kinds), "")
    return kind if _NETWORKS.fullmatch(kind) else None
