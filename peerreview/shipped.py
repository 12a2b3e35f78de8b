"""What ships with the program: criteria sets, themes, sample data.

Found from a wheel, an editable install and a plain checkout alike.
"""

from pathlib import Path

from peerreview.domain.criteria import CriteriaSet, read_set

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder `themes` or `sample_data`: inside the wheel, or beside the package."""
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def criteria_sets() -> dict[str, CriteriaSet]:
    """Return the shipped criteria sets by id."""
    files = sorted((_PACKAGE / "criteria").glob("*.toml"))
    found = [read_set(file.read_text(encoding="utf-8"), file.name) for file in files]
    return {each.id: each for each in found}
