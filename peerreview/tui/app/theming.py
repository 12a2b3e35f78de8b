"""Themes: each is one TOML file, checked as a whole before it is used, and named after its file."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationError
from textual.color import Color, ColorParseError
from textual.theme import Theme

from peerreview.domain.value import Value, describe_validation_error

_SHARED = {"about", "dark", "background", "surface", "panel", "foreground"}
"""The fields that Textual has under the same names; the others become variables of our styles."""
DEFAULTS = {"they": "green", "we": "blue", "road": "yellow", "bad": "red", "ugly": "red",
            "quiet": "gray", "cursor": "gray", "bar": "gray"}  # fmt: skip
"""A color for every variable of our styles, for as long as no theme of ours is active."""
_NAME = re.compile(r"[A-Za-z0-9_-]+")


def _check_color(text: str) -> str:
    """Return `text` if it is an opaque color that looks the same on every terminal.

    Raises:
        ValueError: It isn't.
    """
    try:
        color = Color.parse(text)
    except ColorParseError as error:
        raise ValueError(f"{text!r} is no color") from error
    if color.a < 1 or color.auto or color.ansi is not None:
        raise ValueError(f"{text!r} is no plain color, such as #12161c")
    return text


PlainColor = Annotated[str, AfterValidator(_check_color)]


class ThemeFile(Value):
    """A theme as written in its file: every color is required, and no other field is allowed.

    Attributes:
        about: a few words that help to choose.
        bar: the background of the first and the last line.
        cursor: the background of the line under the cursor.
        quiet: text of less importance, which must still be readable.
        they: what comes back, and what is good.
        we: what we give.
        road: the line between them, headings, and keys.
        bad: letdowns and poor work.
        ugly: deal-breakers and errors.
    """

    about: str = ""
    dark: bool
    background: PlainColor
    surface: PlainColor
    panel: PlainColor
    bar: PlainColor
    cursor: PlainColor
    foreground: PlainColor
    quiet: PlainColor
    they: PlainColor
    we: PlainColor
    road: PlainColor
    bad: PlainColor
    ugly: PlainColor

    def theme(self, file: Path) -> "FiledTheme":
        """Return the theme for Textual, named after its file."""
        variables = self.model_dump(exclude=_SHARED) | {
            "block-cursor-background": self.cursor,
            "block-cursor-foreground": self.foreground,
            "input-selection-background": self.cursor,
        }
        return FiledTheme(
            name=file.stem,
            file=file,
            primary=self.we,
            secondary=self.they,
            accent=self.road,
            success=self.they,
            warning=self.road,
            error=self.ugly,
            variables=variables,
            **self.model_dump(include=_SHARED),
        )


@dataclass
class FiledTheme(Theme):
    """A theme of Textual with its description and the file it was read from."""

    about: str = ""
    file: Path = Path()


def theme_files(*folders: Path) -> list[Path]:
    """Return the theme files of these folders, sorted by name within each folder."""
    return [file for folder in folders for file in sorted(folder.glob("*.toml"))]


def load_themes(files: Iterable[Path]) -> tuple[list[FiledTheme], list[str]]:
    """Return the themes in these files, and a sentence for each file that can't be used."""
    themes: list[FiledTheme] = []
    problems: list[str] = []
    for file in files:
        try:
            if not _NAME.fullmatch(file.stem):
                raise ValueError("its name may hold letters, digits, - and _ only")
            text = file.read_text(encoding="utf-8")
            themes.append(ThemeFile.model_validate(tomllib.loads(text)).theme(file))
        except ValidationError as error:
            problems.append(f"{file.name}: {describe_validation_error(error)}")
        except (OSError, ValueError) as error:  # ValueError: not UTF-8, or not TOML
            problems.append(f"{file.name}: {error}")
    return themes, problems


class ThemeFolders:
    """The themes in some folders; each file is read when it is first needed.

    Attributes:
        themes: the themes read so far, by name.
        problems: a sentence for each file that can't be used.
    """

    def __init__(self, *folders: Path) -> None:
        self.themes: dict[str, FiledTheme] = {}
        self.problems: list[str] = []
        self._unread = theme_files(*folders)

    def load(self, name: str | None = None) -> list[FiledTheme]:
        """Read the files called `name`, or all that are left; return the themes in them."""
        files = [file for file in self._unread if name in (None, file.stem)]
        self._unread = [file for file in self._unread if file not in files]
        themes, problems = load_themes(files)
        self.problems += problems
        self.themes |= {theme.name: theme for theme in themes}
        return themes
