"""Whether the keys that people gave to commands work: on every screen, each key one meaning.

Knows all screens (and so imports them all: only for who gave keys); must not know settings files.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pkgutil import walk_packages

from textual.binding import Binding, InvalidBinding

from peerreview import tui
from peerreview.tui.kit.page import Page


def keymap_problems(keymap: Mapping[str, str]) -> list[str]:
    """Return a sentence for everything that can't be meant in a keymap, each once."""
    all_ = [remappable_bindings(screen) for screen in _screens()]
    known = {str(binding.id) for bindings in all_ for binding in bindings}
    said = [f"keys: no command is called {name}" for name in keymap if name not in known]
    said += [fault for bindings in all_ for fault in key_conflicts(bindings, keymap)]
    return list(dict.fromkeys(said))


def key_conflicts(bindings: Iterable[Binding], keymap: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each key given to a command of a screen that has another use there."""
    now = {str(each.id): _keys(keymap.get(str(each.id), each.key)) for each in bindings}
    for name in keymap.keys() & now.keys():
        if not now[name]:
            yield f"keys: {name}: {keymap[name]!r} is no key"
        for other, keys in now.items():
            for key in sorted(keys & now[name]) if other != name else ():
                yield f"keys: {key} would mean both {name} and {other}"


def remappable_bindings(screen: type[Page[object]]) -> list[Binding]:
    """Return the bindings of a screen that people may give other keys, inherited ones included."""
    declared = (vars(base).get("BINDINGS", ()) for base in screen.__mro__)
    return [each for some in declared for each in some if isinstance(each, Binding) and each.id]


def _keys(text: str) -> frozenset[str]:
    try:
        made = Binding.make_bindings([Binding(text, "", show=False)])
        return frozenset(each.key for each in made if each.key)
    except InvalidBinding:
        return frozenset()


def _screens() -> list[type[Page[object]]]:
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    found: list[type[Page[object]]] = [Page]
    for each in found:
        found += each.__subclasses__()
    return found
