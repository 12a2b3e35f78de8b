"""How things look here: the themes there are, and the settings, printed or checked."""

import json

import click

from peerreview.cli.lazy import AS_JSON, command
from peerreview.cli.speaking import give_json, note, printable, say
from peerreview.errors import FileError


@command("themes", "List the themes.", "peerreview themes", "peerreview themes --json")
@AS_JSON
def themes_(as_json: bool) -> None:
    """List the themes that ship and your own, and name those of yours that can't be used."""
    from peerreview.config import Places
    from peerreview.tui import theming

    places = Places.found()
    themes, faults = theming.load(theming.files(places.shipped_themes, places.themes))
    told = [
        {"name": each.name, "dark": each.dark, "about": each.about, "file": str(each.file)}
        for each in themes
    ]
    if as_json:
        give_json({"themes": told, "left_out": faults})
        return
    width = max((len(each.name) for each in themes), default=0)
    for each in themes:
        own = f"  {each.file}" if each.file.parent == places.themes else ""
        say(printable(f"{each.name:<{width}}  {each.about}{own}"))
    say(printable(f"your own go into {places.themes}"))
    for fault in faults:
        note(f"left out: {fault}")


@command("config", "Print or check the settings.", "peerreview config", "peerreview config --check")
@click.option("--check", is_flag=True, help="Exit 3 if settings or own themes can't be used.")
@AS_JSON
def config_(check: bool, as_json: bool) -> None:
    """Print the settings that are in force, and the file they come from."""
    from peerreview.config import Places, read_settings

    places = Places.found()
    settings, faults = read_settings(places.settings)
    if check:
        from peerreview.tui import theming

        themes, bad = theming.load(theming.files(places.shipped_themes, places.themes))
        faults += bad
        if settings.theme not in {"", *(each.name for each in themes)}:
            faults.append(f"{places.settings.name}: theme: there is none called {settings.theme}")
        if faults:
            raise FileError("; ".join(faults))
    values = settings.model_dump()
    if as_json:
        give_json({"file": str(places.settings), "settings": values, "left_out": faults})
        return
    lines = [
        f"{name:<12}{json.dumps(value) if value or value is False else 'not set'}"
        for name, value in values.items()
    ]
    say("\n".join(map(printable, (f"{places.settings}{': holds' if check else ''}", *lines))))
    for fault in faults:
        note(f"left out: {fault}")
