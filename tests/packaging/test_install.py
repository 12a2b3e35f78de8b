"""However the program got here, it finds what ships with it: wheel, editable, plain checkout.

The libraries are borrowed from the environment that runs the tests; only the package is built
and installed anew, so nothing but the build backend may have to be downloaded.
"""

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from peerreview import __version__

ROOT = Path(__file__).parent.parent.parent
FOLDERS = ("peerreview", "themes", "sample_data", "tests", "benchmarks", "docs")
PROBE = """
import json
from peerreview import shipped
def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
print(json.dumps({
    "code": shipped.__file__,
    "themes": names(shipped.find_folder("themes")),
    "sample_data": names(shipped.find_folder("sample_data")),
    "sets": sorted(shipped.load_criteria_sets()),
}))
"""

pytestmark = pytest.mark.packaging


def run(*command: str | Path, **environment: str) -> str:
    """Run a command away from the checkout and from a terminal; return what it printed."""
    done = subprocess.run(
        [str(argument) for argument in command],
        cwd=Path(sys.prefix),
        env={**os.environ, "PYTHONPATH": "", "PYTHONDONTWRITEBYTECODE": "1", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Place:
    """An environment of its own that borrows the libraries of this one, but not the package."""

    folder: Path

    @classmethod
    def made(cls, folder: Path) -> "Place":
        """Make the environment."""
        venv.create(folder, with_pip=False, symlinks=os.name != "nt")
        place = cls(folder)
        borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
        (place.site / "borrowed.pth").write_text("\n".join(sorted(borrowed)) + "\n", "utf-8")
        return place

    @property
    def site(self) -> Path:
        """Where packages are installed to."""
        paths = {"base": str(self.folder), "platbase": str(self.folder)}
        return Path(sysconfig.get_path("purelib", scheme="venv", vars=paths))

    def command(self, name: str) -> Path:
        """Return an installed command."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / name

    def install(self, *what: str | Path) -> None:
        """Install the package alone."""
        pip = (sys.executable, "-m", "pip", "--python", self.command("python"))
        run(*pip, "install", "--quiet", "--disable-pip-version-check", "--no-deps", *what)


def names(folder: Path) -> Iterator[str]:
    """Yield what lies in a folder of the checkout, without what programs leave behind."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        if path.is_file() and not [
            part for part in parts if part == "__pycache__" or part[0] == "."
        ]:
            yield "/".join(parts)


@dataclass(frozen=True)
class Built:
    """What goes to a package index, and what lay in the checkout when it was built."""

    wheel: Path
    source: Path
    files: dict[str, set[str]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("dist")
    files = {name: set(names(ROOT / name)) for name in FOLDERS}
    run(sys.executable, "-m", "build", "--outdir", folder, ROOT)
    return Built(next(folder.glob("*.whl")), next(folder.glob("*.tar.gz")), files)


@pytest.mark.parametrize("way", ["wheel", "editable", "checkout"])
def test_an_installed_program_finds_its_data(
    way: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    place, path = Place.made(tmp_path / "place"), ""
    program: tuple[str | Path, ...] = (place.command("peerreview"),)
    if way == "wheel":
        place.install(request.getfixturevalue("built").wheel)
    elif way == "editable":
        place.install("--editable", ROOT)
    else:
        program, path = (place.command("python"), "-m", "peerreview"), str(ROOT)

    assert run(*program, "--version", PYTHONPATH=path) == f"peerreview {__version__}\n"
    assert "Gulf Coast Peers" in run(*program, "demo", PYTHONPATH=path)
    installed = json.loads(run(place.command("python"), "-c", PROBE, PYTHONPATH=path))
    home = place.site if way == "wheel" else ROOT
    assert Path(installed["code"]).resolve().is_relative_to(home.resolve())
    assert installed["sets"] == ["peer", "vendor"]
    assert {"dark.toml", "light.toml"} <= set(installed["themes"])
    assert set(names(ROOT / "sample_data")) <= set(installed["sample_data"])


def test_the_wheel_holds_the_whole_package_and_nothing_else(built: Built) -> None:
    with zipfile.ZipFile(built.wheel) as wheel:
        inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    expected = {f"peerreview/{name}" for name in built.files["peerreview"]}
    for folder in ("themes", "sample_data"):
        expected |= {f"peerreview/{folder}/{name}" for name in built.files[folder]}
    assert inside == expected


def test_the_source_archive_is_enough_to_test_and_build_from(built: Built) -> None:
    with tarfile.open(built.source) as source:
        inside = {name.partition("/")[2] for name in source.getnames()}
    for folder, files in built.files.items():
        assert {f"{folder}/{name}" for name in files} <= inside
    assert {"README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml"} <= inside
    assert not [name for name in inside if "__pycache__" in name or name.startswith(".venv")]
