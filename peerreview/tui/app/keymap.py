"""Checks of the keys that a user gave to commands: no key may mean two things on one screen.

Imports every screen, so the app imports this only for users with such keys; must not know
settings files.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pkgutil import walk_packages

from textual.binding import Binding, InvalidBinding

from peerreview import tui
from peerreview.tui.kit.page import Page


def keymap_problems(keymap: Mapping[str, str]) -> list[str]:
    """Return a sentence for everything in a keymap that can't be used; none comes twice."""
    bindings_by_screen = [remappable_bindings(screen) for screen in _screens()]
    known = {str(binding.id) for bindings in bindings_by_screen for binding in bindings}
    problems = [f"keys: no command is called {name}" for name in keymap if name not in known]
    for bindings in bindings_by_screen:
        problems += key_conflicts(bindings, keymap)
    return list(dict.fromkeys(problems))


def key_conflicts(bindings: Iterable[Binding], keymap: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each key of a keymap that isn't one, or has another use on a screen.

    Args:
        bindings: the bindings of one screen.
        keymap: keys by the id of the command they are given to.
    """
    keys_by_id = {
        str(binding.id): _keys(keymap.get(str(binding.id), binding.key)) for binding in bindings
    }
    for name in keymap.keys() & keys_by_id.keys():
        if not keys_by_id[name]:
            yield f"keys: {name}: {keymap[name]!r} is no key"
        for other, keys in keys_by_id.items():
            if other != name:
                for key in sorted(keys & keys_by_id[name]):
                    yield f"keys: {key} would mean both {name} and {other}"


def remappable_bindings(screen: type[Page[object]]) -> list[Binding]:
    """Return the bindings of a screen that have an id, inherited ones included."""
    return [
        binding
        for base in screen.__mro__
        for binding in vars(base).get("BINDINGS", ())
        if isinstance(binding, Binding) and binding.id
    ]


def _keys(text: str) -> frozenset[str]:
    try:
        bindings = Binding.make_bindings([Binding(text, "", show=False)])
        return frozenset(binding.key for binding in bindings if binding.key)
    except InvalidBinding:
        return frozenset()


def _screens() -> list[type[Page[object]]]:
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    screens: list[type[Page[object]]] = [Page]
    for screen in screens:
        screens += screen.__subclasses__()
    return screens
