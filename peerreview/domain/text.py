"""The one door for text people type: what a name may hold, and how wide it is on a terminal."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator

_INVISIBLE = "an invisible character"
_REFUSED = {"Cc": "a control character", "Cf": _INVISIBLE, "Cs": "half a character",
            "Co": "a private character", "Zl": "a line break", "Zp": "a line break"}  # fmt: skip
_SPACE = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_FILLER = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0"
    r"\U000e0100-\U000e01ef]"
)
"""Letters and marks that leave an empty cell or none: fillers, variation selectors."""
NAME_LENGTH = 60


def clean(text: str, *, longest: int = NAME_LENGTH) -> str:
    """Return `text` in NFC, trimmed, inner white space folded to single spaces.

    Raises:
        ValueError: It is empty, longer than `longest` characters, or holds a control, format
            (bidi, zero-width), invisible, surrogate, private-use or line-breaking character.
    """
    text = unicodedata.normalize("NFC", _SPACE.sub(" ", text).strip())
    for each in text:
        kind = _REFUSED.get(unicodedata.category(each)) or (_FILLER.match(each) and _INVISIBLE)
        if kind:
            raise ValueError(f"it holds {kind} (U+{ord(each):04X})")
    if not text:
        raise ValueError("it is empty")
    if len(text) > longest:
        raise ValueError(f"it is longer than {longest} characters")
    return text


def visible(text: str) -> str:
    """Return `text` with a sign in the place of each character that can't be shown."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def cell_width(text: str) -> int:
    """Return the width of `text` in terminal cells (wide characters count 2, combining ones 0)."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pluralized(count: int, what: str) -> str:
    """Return how many of something there are: `1 partner`, `2 partners`."""
    return f"{count} {what}{'s' * (count != 1)}"


def fold(text: str) -> str:
    """Return `text` without case and accents, for comparing and sorting names."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if not unicodedata.combining(c))


Name = Annotated[str, AfterValidator(clean)]
"""A pydantic field type: text that went through `clean`."""
