"""The house rules that a machine can hold: who knows whom, how large things are, which words show.

`pytest -rP -k journey tests/test_architecture.py` prints the files that each journey passes.
Import contracts are written in pyproject.toml and read from source; the tests with a fresh
interpreter see what importing a package really loads, whoever asked for it.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from structure import Package

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "peerreview"
MODULES = sorted(PACKAGE.rglob("*.py"))

LONGEST_MODULE, LONGEST_FUNCTION = 220, 40
"""In lines: modules whole, functions without docstrings."""
LONGER_WITH_A_REASON: dict[str, str] = {}
"""`module.py` or `module.py:function`, and why it may be longer."""

NEVER_ON_SCREENS = (
    "row",
    "slot",
    "ticket",
    "floor",
    "tier",
    "release",
    "index",
    "seal",
    "lane",
    "posterior",
)


STRUCTURE = Package()
MODULES_IN_A_FOLDER = 14
FLOORS_OF_A_FOLDER = 7
MOST_MODULES = 180
"""Of the whole package. There is no budget for lines: that would reward dense code."""
PRIVATE_HOOKS = 19
"""Names that a framework keeps for itself, overridden, set or used; each has its reason beside it.
A module that imports four of them counts four times.
"""
BANNED_NAMES = {"each", "found", "told", "said", "it"}

Leg = tuple[str, str]
JOURNEYS: dict[str, tuple[int, tuple[Leg, ...]]] = {
    "from a key on the ballot to the row on the disk": (
        20,
        (
            ("tui.ballot.turns", "tui.ballot.ballot"),
            ("tui.ballot.ballot", "tui.ballot.answers"),
            ("tui.ballot.ballot", "services.turn"),
            ("services.turn", "domain.rating.ballot"),
            ("tui.ballot.turns", "tui.ballot.check"),
            ("tui.ballot.check", "services.sitting"),
            ("services.sitting", "services.rating"),
            ("services.rating", "ballotbox.row"),
            ("services.rating", "ballotbox.key"),
            ("services.rating", "services.casting"),
            ("services.casting", "services.ports"),
            ("store.box.box_file", "store.box.open_box_file"),
            ("store.box.open_box_file", "store.box.prepared_part"),
            ("store.box.open_box_file", "store.box.line_format"),
            ("store.box.open_box_file", "store.disk.platform"),
            ("store.box.box_file", "store.disk.lock"),
        ),
    ),
    "from the close to the board line": (
        18,
        (
            ("tui.round.close", "services.rounds"),
            ("services.rounds", "services.closing"),
            ("services.closing", "ballotbox.opening"),
            ("ballotbox.opening", "ballotbox.row"),
            ("services.closing", "domain.tally.tally"),
            ("domain.tally.tally", "domain.tally.verdict"),
            ("domain.tally.verdict", "domain.tally.estimate"),
            ("domain.tally.tally", "domain.tally.release"),
            ("services.closing", "domain.group.group"),
            ("tui.board.board", "services.results"),
            ("services.results", "domain.result.board"),
            ("domain.result.board", "domain.result.wording"),
            ("tui.board.board", "tui.board.board_list"),
        ),
    ),
    "from a list to a partner": (
        11,
        (
            ("tui.partners.partners", "tui.partners.partner_forms"),
            ("tui.partners.partners", "services.setting_up"),
            ("services.setting_up", "domain.group.partner_list"),
            ("domain.group.partner_list", "domain.text"),
            ("services.setting_up", "domain.group.group"),
            ("domain.group.group", "domain.group.partner"),
            ("services.setting_up", "services.ports"),
        ),
    ),
}
"""Each journey as legs, in the order in which the work is done.

A leg is the shortest way of imports between the two modules that do the work at its ends. The
store is reached through a port, so a leg of its own begins there.
"""


def path_of(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_the_import_contracts_hold() -> None:
    run = python(
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    assert run.returncode == 0, run.stdout + run.stderr


@dataclass(frozen=True)
class Room:
    """A package: which others of ours it may load, and which libraries it must not."""

    name: str
    loads: frozenset[str]
    never: frozenset[str]


LIBRARIES = frozenset(
    {"asyncssh", "charset_normalizer", "click", "filelock", "nacl", "platformdirs",
     "rich", "textual", "tinydb"}
)  # fmt: skip
ROOMS = (
    Room("domain", frozenset(), LIBRARIES),
    Room("ballotbox", frozenset({"domain", "errors"}), LIBRARIES - {"nacl"}),
    Room(
        "services",
        frozenset({"domain", "ballotbox", "errors"}),
        LIBRARIES - {"nacl"},
    ),
    Room("store", frozenset({"domain", "errors", "services"}), LIBRARIES - {"tinydb", "filelock"}),
    Room(
        "tui",
        frozenset({"domain", "ballotbox", "services", "errors", "config", "shipped"}),
        frozenset({"asyncssh", "click", "filelock", "tinydb"}),
    ),
    Room(
        "ssh",
        frozenset(
            {"domain", "ballotbox", "services", "errors", "config", "shipped", "tui", "plain"}
        ),
        frozenset({"click", "filelock", "tinydb"}),
    ),
    Room(
        "plain",
        frozenset({"domain", "ballotbox", "services", "errors"}),
        LIBRARIES - {"nacl"},
    ),
    Room(
        "cli",
        frozenset({"domain", "errors", "config", "shipped", "guards", "plain"}),
        frozenset({"asyncssh", "filelock", "nacl", "rich", "textual", "tinydb"}),
    ),
)


def loaded_by(package: str) -> set[str]:
    """Return the names of all modules in memory after importing every module of a package."""
    names = [
        ".".join(module.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for module in MODULES
        if module.is_relative_to(PACKAGE / package)
    ]
    assert names, f"there is no package {package}"
    lines = "\n".join(f"import {name}" for name in names)
    run = python(f"{lines}\nimport sys\nprint(*sys.modules)")
    assert run.returncode == 0, run.stderr
    return set(run.stdout.split())


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_package_loads_only_what_it_may(room: Room) -> None:
    loaded = loaded_by(room.name)
    ours = {name.split(".")[1] for name in loaded if name.startswith("peerreview.")}
    assert ours - {room.name} <= room.loads
    assert loaded & room.never == set()


def parsed(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def span(node: ast.stmt) -> range:
    """Return the lines a statement stands on."""
    return range(node.lineno, (node.end_lineno or node.lineno) + 1)


def strings_alone(tree: ast.AST) -> list[ast.Expr]:
    """Return every string that is a statement of its own: docstrings, also of attributes."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]


def function_lengths(module: Path) -> Iterator[tuple[str, int]]:
    """Yield each function of a module and its number of lines, its docstring aside."""
    for node in ast.walk(parsed(module)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            documented = span(node.body[0]) if ast.get_docstring(node) else range(0)
            yield f"{path_of(module)}:{node.name}", len(span(node)) - len(documented)


def test_every_module_has_a_docstring() -> None:
    assert [path_of(module) for module in MODULES if not ast.get_docstring(parsed(module))] == []


def test_no_module_is_too_long() -> None:
    lengths = {path_of(module): len(module.read_bytes().splitlines()) for module in MODULES}
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE}
    assert too_long.keys() - LONGER_WITH_A_REASON.keys() == set(), too_long


def test_no_function_is_too_long() -> None:
    lengths = dict(pair for module in MODULES for pair in function_lengths(module))
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION}
    assert too_long.keys() - LONGER_WITH_A_REASON.keys() == set(), too_long


IGNORED = re.compile(r"#\s*(?:noqa|type:\s*ignore|pyright:\s*ignore)(?P<rest>.*)")
WITH_A_REASON = re.compile(r"(?:\[[\w\-, ]+\]|:\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*)[\s:,#–-]+\w+ \w+")


def silenced(module: Path) -> Iterator[int]:
    """Yield the lines that silence a checker with no reason beside them or just above."""
    above = ""
    for number, line in enumerate(module.read_text(encoding="utf-8").splitlines(), 1):
        match = IGNORED.search(line)
        if match and not WITH_A_REASON.match(match["rest"]) and not above.startswith("#"):
            yield number
        above = line.strip()


def test_nothing_is_silenced_without_a_reason() -> None:
    assert [f"{path_of(module)}:{line}" for module in MODULES for line in silenced(module)] == []


def style_sheets(tree: ast.Module) -> set[ast.AST]:
    """Return the strings that are CSS: what is assigned to a name that ends so."""
    return {
        inside
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id.endswith("CSS")
        for inside in ast.walk(node.value)
    }


PLACEHOLDER = re.compile(r"\{\w+\}")


def shown(module: Path) -> Iterator[tuple[int, str]]:
    """Yield the strings of a module that people may read: phrases, no ids, classes, selectors."""
    tree = parsed(module)
    hidden = {node.value for node in strings_alone(tree)} | style_sheets(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in hidden:
            text = PLACEHOLDER.sub("", node.value)
            if " " in text.strip() and not re.match(r"\s*[#.][a-z]", text):
                yield node.lineno, text


def on_screens() -> list[Path]:
    places = (
        "tui/",
        "plain/",
        "domain/result/wording.py",
        "domain/round/promises.py",
        "domain/summary/markdown.py",
    )
    return [module for module in MODULES if path_of(module).startswith(places)]


@pytest.mark.parametrize("word", NEVER_ON_SCREENS)
def test_a_word_of_ours_never_shows(word: str) -> None:
    whole = re.compile(rf"\b{word}s?\b", re.IGNORECASE)
    silenced = [
        f"{path_of(module)}:{line}: {text}"
        for module in on_screens()
        for line, text in shown(module)
        if whole.search(text)
    ]
    assert silenced == []


def test_no_folder_is_crowded() -> None:
    crowded = {name: n for name, n in STRUCTURE.folders().items() if n > MODULES_IN_A_FOLDER}
    assert crowded == {}


def test_no_folder_is_a_tower() -> None:
    rooms = {name.rpartition(".")[0] for name in STRUCTURE.trees}
    towers = {room: STRUCTURE.floors(room) for room in rooms}
    assert {room: floors for room, floors in towers.items() if floors > FLOORS_OF_A_FOLDER} == {}


def test_no_module_imports_itself_around_a_corner() -> None:
    assert STRUCTURE.circles() == []


def test_a_class_name_has_one_home() -> None:
    assert {name: homes for name, homes in STRUCTURE.classes().items() if len(homes) > 1} == {}


@pytest.mark.parametrize("folder", ["peerreview", "tests", "benchmarks"])
def test_no_name_is_a_pronoun_or_a_participle(folder: str) -> None:
    names = Package(ROOT / folder).identifiers()
    assert [place for place in names if place[2].strip("_") in BANNED_NAMES] == []


def test_frameworks_are_used_through_their_public_names() -> None:
    hooks = sorted((hook.module, hook.name) for hook in STRUCTURE.hooks())
    assert len(hooks) <= PRIVATE_HOOKS, hooks


def test_there_are_not_too_many_modules() -> None:
    assert len([path for path in MODULES if path.name != "__init__.py"]) <= MOST_MODULES


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_journey_is_short(journey: str) -> None:
    budget, legs = JOURNEYS[journey]
    passed: set[str] = set()
    for start, end in legs:
        leg = STRUCTURE.path(f"peerreview.{start}", f"peerreview.{end}")
        assert leg, f"no import leads from {start} to {end}"
        passed.update(leg)
    print(f"{journey}: {len(passed)} files")
    print(*(f"  {name}" for name in sorted(passed)), sep="\n")
    assert len(passed) <= budget
