"""How things look here: the themes there are, and the settings, printed or checked."""

import json
from typing import Any

import click

from peerreview.cli.lazy import AS_JSON, command
from peerreview.cli.speaking import note, tell
from peerreview.errors import FileError


def _looks() -> tuple[dict[str, Any], list[str]]:
    """Return the themes and settings of this machine, and what of them can't be used."""
    from peerreview.config import Places, read_settings
    from peerreview.tui import theming

    places = Places.found()
    settings, faults = read_settings(places.settings)
    themes, bad = theming.load(theming.files(places.shipped_themes, places.themes))
    if settings.theme not in {"", *(each.name for each in themes)}:
        faults.append(f"{places.settings.name}: theme: there is none called {settings.theme}")
    told = [
        {"name": each.name, "dark": each.dark, "about": each.about, "file": str(each.file)}
        for each in themes
    ]
    values = {"file": str(places.settings), **settings.model_dump()}
    return {"themes": told, "own": str(places.themes), "settings": values}, faults + bad


def _told(as_json: bool, looks: dict[str, Any], faults: list[str], lines: list[str]) -> None:
    tell(as_json, {**looks, "left_out": faults}, lines)
    for fault in () if as_json else faults:
        note(f"left out: {fault}")


@command("themes", "List the themes.", "peerreview themes", "peerreview themes --json")
@AS_JSON
def themes_(as_json: bool) -> None:
    """List the themes that ship and your own, and name those of yours that can't be used."""
    looks, faults = _looks()
    lines = [f"{each['name']:<16}{each['about']:<60}{each['file']}" for each in looks["themes"]]
    lines.append(f"your own go into {looks['own']}")
    _told(as_json, {"themes": looks["themes"]}, faults, lines)


@command("config", "Print or check the settings.", "peerreview config", "peerreview config --check")
@click.option("--check", is_flag=True, help="Exit 3 if settings or own themes can't be used.")
@AS_JSON
def config_(check: bool, as_json: bool) -> None:
    """Print the settings that are in force, and the file they come from."""
    looks, faults = _looks()
    if check and faults:
        raise FileError("; ".join(faults))
    values = looks["settings"].items()
    said = [(name, "not set" if each is None else json.dumps(each)) for name, each in values]
    lines = [f"{name:<12}{each}" for name, each in said]
    _told(as_json, {"settings": looks["settings"]}, faults, lines)
