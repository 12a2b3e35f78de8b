"""The commands that print what the program knows: folders, themes, settings, schema, completion."""

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

    folders = UserFolders.locate()
    paths = {
        "config": str(folders.config),
        "settings": str(folders.settings_file),
        "themes": str(folders.themes),
        "recent": str(folders.recent_file),
        "shipped themes": str(find_folder("themes")),
        "sample data": str(find_folder("sample_data")),
    }
    print_result(as_json, paths, (f"{name:<14}  {path}" for name, path in paths.items()))


@command("themes", "List the themes.", "peerreview themes", "peerreview themes --json")
@AS_JSON
def themes_(as_json: bool) -> None:
    """List the themes of the program and your own, and name those of yours that can't be used."""
    values, problems = _read_themes_and_settings()
    lines = [
        f"{theme['name']:<16}{theme['about']:<60}{theme['file']}" for theme in values["themes"]
    ]
    lines.append(f"your own go into {values['own']}")
    _print_with_problems(as_json, {"themes": values["themes"]}, lines, problems)


@command("config", "Print or check the settings.", "peerreview config", "peerreview config --check")
@click.option("--check", is_flag=True, help="Exit 3 if settings or own themes can't be used.")
@AS_JSON
def config_(check: bool, as_json: bool) -> None:
    """Print the settings that are in force, and the file they come from."""
    values, problems = _read_themes_and_settings()
    if check and problems:
        raise FileError("; ".join(problems))
    lines = [
        f"{name:<12}{'not set' if value is None else json.dumps(value)}"
        for name, value in values["settings"].items()
    ]
    _print_with_problems(as_json, {"settings": values["settings"]}, lines, problems)


def _read_themes_and_settings() -> tuple[dict[str, Any], list[str]]:
    """Return the themes and settings of this computer as JSON, and what of them can't be used."""
    from peerreview.config import UserFolders, read_settings
    from peerreview.shipped import find_folder
    from peerreview.tui.app import theming

    folders = UserFolders.locate()
    settings, problems = read_settings(folders.settings_file)
    files = theming.theme_files(find_folder("themes"), folders.themes)
    themes, theme_problems = theming.load_themes(files)
    if settings.theme not in {"", *(theme.name for theme in themes)}:
        reason = f"theme: there is none called {settings.theme}"
        problems.append(f"{folders.settings_file.name}: {reason}")
    theme_documents = [
        {"name": theme.name, "dark": theme.dark, "about": theme.about, "file": str(theme.file)}
        for theme in themes
    ]
    values = {
        "themes": theme_documents,
        "own": str(folders.themes),
        "settings": {"file": str(folders.settings_file), **settings.model_dump()},
    }
    return values, problems + theme_problems


def _print_with_problems(
    as_json: bool, value: dict[str, Any], lines: list[str], problems: list[str]
) -> None:
    print_result(as_json, {**value, "left_out": problems}, lines)
    if not as_json:
        for problem in problems:
            print_note(f"left out: {problem}")


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
    """Print the lines that teach SHELL to complete the commands."""
    from click.shell_completion import shell_complete

    root = context.find_root().command
    shell_complete(root, {}, PROGRAM_NAME, COMPLETION_VARIABLE, f"{shell}_source")
