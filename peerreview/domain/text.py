"""Text: cleaning what people type, comparing names, and fitting text into terminal cells."""

import re
import unicodedata
from functools import lru_cache

NAME_LENGTH = 60
"""The most characters of a name."""

_INVISIBLE = "an invisible character"
_UNSAFE = {"Cc": "a control character", "Cf": _INVISIBLE, "Cs": "half a character",
           "Co": "a private character", "Zl": "a line break", "Zp": "a line break"}  # fmt: skip
"""The Unicode categories that are in no name and sent to no terminal, with words for errors."""
_SPACE = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_FILLER = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    r"\U000e0100-\U000e01ef]"
)
"""Characters of other categories that are invisible: fillers, variation selectors."""
_REPLACEMENT, _ELLIPSIS = "\N{REPLACEMENT CHARACTER}", "…"


def clean_text(text: str, *, longest: int = NAME_LENGTH) -> str:
    """Return `text` in NFC, trimmed, with single spaces between words.

    Raises:
        ValueError: The text is empty, longer than `longest` characters, or has a control, format
            (bidi, zero-width), invisible, surrogate, private-use or line-breaking character.
    """
    text = unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())
    for character in text:
        problem = _UNSAFE.get(unicodedata.category(character))
        if _FILLER.match(character):
            problem = _INVISIBLE
        if problem:
            raise ValueError(f"it holds {problem} (U+{ord(character):04X})")
    if not text:
        raise ValueError("it is empty")
    if len(text) > longest:
        raise ValueError(f"it is longer than {longest} characters")
    return text


def comparison_key(text: str) -> str:
    """Return `text` without case and accents, to compare, find and sort names."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in plain if not unicodedata.combining(character))


def pluralized(count: int, noun: str) -> str:
    """Return a count with its noun: `1 partner`, `2 partners`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def printable(text: str) -> str:
    """Return `text` with U+FFFD in place of every character that is unsafe in a terminal."""
    if text.isprintable():
        return text
    return "".join(_REPLACEMENT if _is_unsafe(character) else character for character in text)


def escaped(text: str) -> str:
    r"""Return `text` with unsafe characters written out (`\x1b`), so that they can be identified.

    This is for file names and arguments on the command line; for screens see `printable`.
    """
    if text.isprintable():
        return text
    return "".join(
        character.encode("unicode_escape").decode() if _is_unsafe(character) else character
        for character in text
    )


def _is_unsafe(character: str) -> bool:
    return unicodedata.category(character) in _UNSAFE


def cell_width(text: str) -> int:
    """Return the width of `text` in terminal cells: 2 for wide characters, 0 for combining ones."""
    if text.isascii():
        return len(text)
    return sum(_character_width(character) for character in text)


@lru_cache(4096)
def _character_width(character: str) -> int:
    # Imported here because it takes 20 ms, which only commands with tables need.
    from wcwidth import wcwidth

    if "\U0001f1e6" <= character <= "\U0001f1ff":
        return 1  # half of a flag, which is two cells wide
    if "\U0001f3fb" <= character <= "\U0001f3ff":
        return 0  # a skin tone, which changes the character before it
    return max(wcwidth(character), 0)


def cut(text: str, width: int) -> str:
    """Return the longest prefix of `text` that fits into `width` terminal cells."""
    used = 0
    for index, character in enumerate(text):
        used += _character_width(character)
        if used > width:
            return text[:index]
    return text


def fit(text: str, width: int) -> str:
    """Return `text`, made printable, in exactly `width` terminal cells.

    A narrower text is filled up with blanks; a wider one is cut and ends with an ellipsis.
    """
    text = printable(text)
    if cell_width(text) > width:
        if width < 1:
            return ""
        text = cut(text, width - 1).rstrip() + _ELLIPSIS
    return text + " " * (width - cell_width(text))
