"""The structure of the package, as its source files show it: modules, imports, names."""

import ast
import importlib
import inspect
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parent.parent
FRAMEWORKS = ("asyncssh", "click", "filelock", "rich", "textual", "tinydb")


@dataclass(frozen=True)
class Hook:
    """A name that a framework keeps for itself, and that the package overrides or uses."""

    module: str
    name: str


class Package:
    """All modules of the package and the imports between them.

    An import counts wherever it stands: on top, inside a function, or for type checkers only.
    """

    def __init__(self, folder: Path = ROOT / "peerreview") -> None:
        self.folder = folder

    @cached_property
    def trees(self) -> Mapping[str, ast.Module]:
        """The syntax tree of every module, by its dotted name."""
        return {
            self._name(path): ast.parse(path.read_text(encoding="utf-8"))
            for path in sorted(self.folder.rglob("*.py"))
        }

    def _name(self, path: Path) -> str:
        parts = path.relative_to(self.folder.parent).with_suffix("").parts
        return ".".join(parts).removesuffix(".__init__")

    @cached_property
    def imports(self) -> Mapping[str, frozenset[str]]:
        """The modules of the package that each module imports."""
        return {name: frozenset(self._imported(name, tree)) for name, tree in self.trees.items()}

    @cached_property
    def run_time_imports(self) -> Mapping[str, frozenset[str]]:
        """The same without what only type checkers import."""
        return {
            name: frozenset(self._imported(name, _without_type_checking(tree)))
            for name, tree in self.trees.items()
        }

    def _imported(self, name: str, tree: ast.Module) -> Iterator[str]:
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                for alias in node.names:
                    module = f"{node.module}.{alias.name}"
                    module = module if module in self.trees else node.module
                    if module in self.trees and module != name:
                        yield module

    def folders(self) -> dict[str, int]:
        """Return how many modules every folder holds, its `__init__` aside."""
        counts: dict[str, int] = {}
        for path in self.folder.rglob("*.py"):
            if path.name != "__init__.py":
                folder = path.parent.relative_to(self.folder.parent).as_posix()
                counts[folder] = counts.get(folder, 0) + 1
        return counts

    def circles(self) -> list[frozenset[str]]:
        """Return the groups of modules that import each other, directly or around a corner."""
        below = {name: reachable(self.imports, name) for name in self.imports}
        groups = {
            frozenset(other for other in below[name] if name in below[other])
            for name in self.imports
            if name in below[name]
        }
        return sorted(groups, key=sorted)

    def floors(self, room: str) -> int:
        """Return the longest chain of imports between modules of one folder, in modules."""
        inside = {name for name in self.trees if name.rpartition(".")[0] == room}
        heights: dict[str, int] = {}

        def height(name: str) -> int:
            if name not in heights:
                heights[name] = 0  # a circle ends here; another test forbids circles
                below = self.imports[name] & inside
                heights[name] = 1 + max((height(other) for other in below), default=0)
            return heights[name]

        return max((height(name) for name in inside), default=0)

    def path(self, start: str, end: str) -> list[str]:
        """Return the modules on the shortest way of imports, both ends included; none: empty."""
        came_from: dict[str, str] = {start: ""}
        waiting = deque([start])
        while waiting and end not in came_from:
            name = waiting.popleft()
            for other in sorted(self.run_time_imports[name]):
                if other not in came_from:
                    came_from[other] = name
                    waiting.append(other)
        if end not in came_from:
            return []
        way = [end]
        while way[-1] != start:
            way.append(came_from[way[-1]])
        return way[::-1]

    def classes(self) -> dict[str, list[str]]:
        """Return the modules in which every public class name is defined."""
        homes: dict[str, list[str]] = {}
        for name, tree in self.trees.items():
            for node in tree.body:
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    homes.setdefault(node.name, []).append(name)
        return homes

    def identifiers(self) -> Iterator[tuple[str, int, str]]:
        """Yield every name that a module gives to something: module, line, name."""
        for name, tree in self.trees.items():
            for node in ast.walk(tree):
                for given in _given_names(node):
                    yield name, getattr(node, "lineno", 0), given

    def hooks(self) -> frozenset[Hook]:
        """Return the private names of frameworks that the package overrides or uses."""
        return frozenset(self._overridden()) | frozenset(self._used())

    def _overridden(self) -> Iterator[Hook]:
        """Yield private names of framework classes that our subclasses define or use on `self`."""
        for name, tree in self.trees.items():
            if name.endswith("__main__"):
                continue
            module = importlib.import_module(name)
            for node in tree.body:
                if isinstance(node, ast.ClassDef):
                    theirs = frozenset[str]().union(
                        *map(_private_names, _framework_bases(getattr(module, node.name)))
                    )
                    for given in theirs & _names_of_a_class(node):
                        yield Hook(name, given)

    def _used(self) -> Iterator[Hook]:
        ours = {given for _, _, given in self.identifiers()} | {"_replace", "_asdict", "_fields"}
        for name, tree in self.trees.items():
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Attribute)
                    and _is_private(node.attr)
                    and node.attr not in ours
                ):
                    yield Hook(name, node.attr)
                elif isinstance(node, ast.ImportFrom) and _is_private_module(node.module or ""):
                    for alias in node.names:
                        yield Hook(name, f"{node.module}.{alias.name}")


def reachable(edges: Mapping[str, Iterable[str]], start: str) -> set[str]:
    """Return everything that can be reached from `start`, itself only if a way leads back."""
    seen: set[str] = set()
    waiting = list(edges[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting.extend(edges[name])
    return seen


def _names_of_a_class(node: ast.ClassDef) -> set[str]:
    """Return the private names that a class defines, and those that it uses on `self`."""
    own = {given for item in node.body for given in _given_names(item)}
    return set(filter(_is_private, own | _names_on_self(node)))


def _names_on_self(tree: ast.AST) -> set[str]:
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }


@cache
def _private_names(base: type) -> frozenset[str]:
    """Return the private names of a class: what it defines, and what its methods set on `self`."""
    tree = ast.parse(dedent(inspect.getsource(base)))
    return frozenset(filter(_is_private, vars(base).keys() | _names_on_self(tree)))


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


def _is_private_module(name: str) -> bool:
    first, *inner = name.split(".")
    return first in FRAMEWORKS and any(_is_private(part) for part in inner)


def _framework_bases(cls: type) -> Iterator[type]:
    for base in inspect.getmro(cls)[1:]:
        if base.__module__.partition(".")[0] in FRAMEWORKS:
            yield base


def _without_type_checking(tree: ast.Module) -> ast.Module:
    body = [
        node
        for node in tree.body
        if not (
            isinstance(node, ast.If)
            and isinstance(node.test, ast.Name)
            and node.test.id == "TYPE_CHECKING"
        )
    ]
    return ast.Module(body, [])


def _given_names(node: ast.AST) -> Iterator[str]:
    """Yield the names that a piece of code gives: functions, classes, arguments, variables."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id
    elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield node.attr
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _given_names(target)
    elif isinstance(node, ast.AnnAssign):
        yield from _given_names(node.target)
