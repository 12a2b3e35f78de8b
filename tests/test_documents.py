"""The documents of the repository: what they point to is there, and the short ones stay short."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "peerreview"
SOURCES = ("peerreview", "tests", "benchmarks", "docs", "themes", "sample_data", ".ci")
MOST_LINES = {"README.md": 120, "benchmarks/README.md": 120}

LINK = re.compile(r"\[[^]]*\]\(([^)\s]+)\)")
MENTION = re.compile(r"(?<![\w./*-])[\w./-]*\w\.md\b")
CODE_PATH = re.compile(
    r"`((?:peerreview|tests|benchmarks|themes|sample_data|docs)/[\w./-]+"
    r"|[\w./-]+/[\w.-]+\.(?:py|toml|tcss)|[\w./-]+/)`"
)
"""A file or folder of the repository, or of the package, as documents write it."""
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
MADE_BY_THE_PROGRAM = re.compile(r"summary\.md$")
"""Pages that `export` writes for people: no documents of ours."""

DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(path for name in SOURCES for path in (ROOT / name).rglob("*.md"))]
)
DESIGN = sorted((ROOT / "docs" / "design").glob("*.md"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def anchors(document: Path) -> set[str]:
    """Return what a link can point to within a document: its headings, as GitHub spells them."""
    headings = HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def is_there(path: Path) -> bool:
    """Return whether a file exists, or a folder with anything but what Python leaves behind."""
    return path.is_file() or any(child.suffix not in ("", ".pyc") for child in path.rglob("*"))


def texts() -> Iterator[Path]:
    """Yield every document and every source file that may mention one."""
    yield from DOCUMENTS
    yield from sorted((ROOT / ".ci").iterdir())
    for folder in ("peerreview", "tests", "benchmarks"):
        yield from sorted((ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    broken: list[str] = []
    for link in LINK.findall(document.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (document.parent / place).resolve() if place else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def test_every_document_that_is_mentioned_exists() -> None:
    missing: list[str] = []
    for path in texts():
        if path == Path(__file__):
            continue
        for mention in MENTION.findall(LINK.sub("", path.read_text(encoding="utf-8"))):
            places = (ROOT / mention, path.parent / mention)
            if not MADE_BY_THE_PROGRAM.search(mention) and not any(p.is_file() for p in places):
                missing.append(f"{name_of(path)}: {mention}")
    assert missing == []


@pytest.mark.parametrize("document", [*DESIGN, ROOT / "CONTRIBUTING.md"], ids=name_of)
def test_every_module_and_folder_that_is_named_exists(document: Path) -> None:
    named = CODE_PATH.findall(document.read_text(encoding="utf-8"))
    gone = [path for path in named if not (is_there(ROOT / path) or is_there(PACKAGE / path))]
    assert gone == []


def test_every_class_of_the_glossary_stands_in_its_file() -> None:
    glossary = (ROOT / "docs" / "design" / "glossary.md").read_text(encoding="utf-8")
    pairs = re.findall(r"`([A-Z]\w+)`, `([\w/]+\.py)`", glossary)
    assert len(pairs) > 20
    wrong = [
        f"{name} in {path}"
        for name, path in pairs
        if not re.search(rf"^class {name}\b", (PACKAGE / path).read_text("utf-8"), re.MULTILINE)
    ]
    assert wrong == []


@pytest.mark.parametrize(("name", "most"), MOST_LINES.items())
def test_the_documents_people_open_first_stay_short(name: str, most: int) -> None:
    assert len((ROOT / name).read_text(encoding="utf-8").splitlines()) <= most
