"""Finds what comes with the program: criteria sets, themes, the sample group.

It works from a wheel, an editable install and a checkout alike.
"""

import shutil
from pathlib import Path

from peerreview.domain.rating.criteria import CriteriaSet, read_criteria_set
from peerreview.errors import FileError

SAMPLE_NAME = "gulf-coast-peers"
_PACKAGE = Path(__file__).parent


def find_folder(name: str) -> Path:
    """Return the folder `themes` or `sample_data`, in the package (of a wheel) or beside it."""
    folder = _PACKAGE / name
    return folder if folder.is_dir() else _PACKAGE.parent / name


def load_criteria_sets() -> dict[str, CriteriaSet]:
    """Return the shipped criteria sets by id."""
    files = sorted((_PACKAGE / "criteria").glob("*.toml"))
    sets = [read_criteria_set(file.read_text(encoding="utf-8"), file.name) for file in files]
    return {criteria.id: criteria for criteria in sets}


def copy_sample(folder: Path) -> Path:
    """Copy the sample group, its open box and its demo key into a folder; return the group file.

    Raises:
        FileError: The sample group wasn't installed.
    """
    group = folder / f"{SAMPLE_NAME}.group.json"
    for file in find_folder("sample_data").glob(f"{SAMPLE_NAME}.*"):
        copy = folder / file.name
        shutil.copyfile(file, copy)
        copy.chmod(0o600)
    if not group.exists():
        raise FileError("the sample group isn't there: install peerreview again")
    return group


def read_demo_key(group: Path) -> str:
    """Return the box key beside a copy of the sample group; an empty text if there is none."""
    file = group.with_name(f"{SAMPLE_NAME}.demo-key.txt")
    lines = file.read_text(encoding="utf-8").split("\n") if file.is_file() else []
    return next((line.strip() for line in lines if len(line.split()) == 5), "")
