"""What the program tells about itself: places, themes, settings, schema, commands."""

import json
from typing import Any

import click

from peerreview.cli.lazy import AS_JSON, COMPLETION_VARIABLE, PROGRAM_NAME, command
from peerreview.cli.output import print_note, print_result, write_json
from peerreview.errors import FileError


@command("paths", "Print where things live.", "peerreview paths", "peerreview paths --json")
@AS_JSON
def paths_(as_json: bool) -> None:
    """Print where settings, themes, recent groups and sample data live."""
    from peerreview.config import UserFolders
    from peerreview.shipped import find_folder

    found = UserFolders.locate()
    places = {
        "config": str(found.config),
        "settings": str(found.settings_file),
        "themes": str(found.themes),
        "recent": str(found.recent_file),
        "shipped themes": str(find_folder("themes")),
        "sample data": str(find_folder("sample_data")),
    }
    print_result(as_json, places, (f"{name:<14}  {path}" for name, path in places.items()))


def _looks() -> tuple[dict[str, Any], list[str]]:
    """Return the themes and settings of this machine, and what of them can't be used."""
    from peerreview.config import UserFolders, read_settings
    from peerreview.shipped import find_folder
    from peerreview.tui.app import theming

    places = UserFolders.locate()
    settings, faults = read_settings(places.settings_file)
    themes, bad = theming.load_themes(theming.theme_files(find_folder("themes"), places.themes))
    if settings.theme not in {"", *(each.name for each in themes)}:
        faults.append(f"{places.settings_file.name}: theme: there is none called {settings.theme}")
    told = [
        {"name": each.name, "dark": each.dark, "about": each.about, "file": str(each.file)}
        for each in themes
    ]
    values = {"file": str(places.settings_file), **settings.model_dump()}
    return {"themes": told, "own": str(places.themes), "settings": values}, faults + bad


def _told(as_json: bool, looks: dict[str, Any], faults: list[str], lines: list[str]) -> None:
    print_result(as_json, {**looks, "left_out": faults}, lines)
    for fault in () if as_json else faults:
        print_note(f"left out: {fault}")


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
    lines = [f"{k:<12}{'not set' if v is None else json.dumps(v)}" for k, v in values]
    _told(as_json, {"settings": looks["settings"]}, faults, lines)


@command("schema", "Print the JSON Schema of summaries.", "peerreview schema > summary.schema.json")
@click.option("--json", is_flag=True, expose_value=False, help="As JSON, which it is anyway.")
def schema_() -> None:
    """Print the JSON Schema (draft 2020-12) of the summaries that `export` writes."""
    from peerreview.domain.summary.summary import Summary

    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    write_json(dialect | Summary.model_json_schema(mode="serialization"))


@command("completion", "Teach a shell our commands.", "peerreview completion zsh >> ~/.zshrc")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion_(context: click.Context, shell: str) -> None:
    """Print the lines that teach SHELL to complete our commands."""
    from click.shell_completion import shell_complete

    root = context.find_root().command
    shell_complete(root, {}, PROGRAM_NAME, COMPLETION_VARIABLE, f"{shell}_source")
