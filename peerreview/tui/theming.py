"""Themes: one TOML file each, checked as a whole before any of it is used."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationError
from textual.color import Color, ColorParseError
from textual.theme import Theme

from peerreview.domain.criteria import explain
from peerreview.domain.value import Value


def _color(text: str) -> str:
    try:
        Color.parse(text)
    except ColorParseError as error:
        raise ValueError(f"{text!r} is no color") from error
    return text


AnyColor = Annotated[str, AfterValidator(_color)]


class ThemeVariables(Value):
    """The product's own colors: the two lanes, the road between them, marks, bars."""

    they: AnyColor
    we: AnyColor
    road: AnyColor
    bad: AnyColor
    ugly: AnyColor
    quiet: AnyColor
    cursor: AnyColor
    bar: AnyColor


class ThemeFile(Value):
    """A theme as written in its file; every color is required, nothing else is allowed."""

    name: str
    dark: bool
    background: AnyColor
    surface: AnyColor
    panel: AnyColor
    foreground: AnyColor
    primary: AnyColor
    secondary: AnyColor
    accent: AnyColor
    success: AnyColor
    warning: AnyColor
    error: AnyColor
    variables: ThemeVariables

    def theme(self) -> Theme:
        """Return the theme for Textual."""
        values = self.model_dump()
        values["variables"] |= {"block-cursor-background": self.variables.cursor,
                                "block-cursor-foreground": self.foreground,
                                "input-selection-background": self.variables.cursor}  # fmt: skip
        return Theme(**values)


def files(folder: Path) -> list[Path]:
    """Return the theme files of a folder, by name."""
    return sorted(folder.glob("*.toml"))


def load(files: Iterable[Path]) -> tuple[list[Theme], list[str]]:
    """Return the themes in these files, and a sentence for each file that can't be used."""
    loaded, failed = list[Theme](), list[str]()
    for file in files:
        try:
            text = file.read_text(encoding="utf-8")
            loaded.append(ThemeFile.model_validate(tomllib.loads(text)).theme())
        except ValidationError as error:
            failed.append(f"{file.name}: {explain(error)}")
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            failed.append(f"{file.name}: {error}")
    return loaded, failed
