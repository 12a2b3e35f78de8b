"""What ships with the program: criteria sets, themes, sample data.

Found from a wheel, an editable install and a plain checkout alike.
"""

import shutil
from pathlib import Path

from peerreview.domain.rating.criteria import CriteriaSet, read_criteria_set
from peerreview.errors import FileError

_PACKAGE = Path(__file__).parent


def find_folder(name: str) -> Path:
    """Return the folder `themes` or `sample_data`: inside the wheel, or beside the package."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def load_criteria_sets() -> dict[str, CriteriaSet]:
    """Return the shipped criteria sets by id."""
    files = sorted((_PACKAGE / "criteria").glob("*.toml"))
    found = [read_criteria_set(file.read_text(encoding="utf-8"), file.name) for file in files]
    return {each.id: each for each in found}


SAMPLE_NAME = "gulf-coast-peers"


def copy_sample(folder: Path) -> Path:
    """Copy the sample group, its open box and its demo key into a folder; return the group file.

    Raises:
        FileError: The sample group isn't where the program was installed.
    """
    kept = sorted(find_folder("sample_data").glob(f"{SAMPLE_NAME}.*"))
    group = f"{SAMPLE_NAME}.group.json"
    if not any(each.name == group for each in kept):
        raise FileError("the sample group isn't there: install peerreview again")
    for each in kept:
        shutil.copyfile(each, folder / each.name)
        (folder / each.name).chmod(0o600)
    return folder / group


def read_demo_key(group: Path) -> str:
    """Return the keeper's key that lies beside a sample group in the clear, or nothing."""
    file = group.with_name(f"{SAMPLE_NAME}.demo-key.txt")
    lines = file.read_text(encoding="utf-8").split("\n") if file.is_file() else []
    return next((line.strip() for line in lines if len(line.split()) == 5), "")
