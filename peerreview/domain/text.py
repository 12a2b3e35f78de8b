"""The one door for text people type: what a name may hold, and how wide it is on a terminal."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator

_REFUSED = {"Cc": "a control character", "Cf": "an invisible character", "Cs": "half a character",
            "Co": "a private character", "Zl": "a line break", "Zp": "a line break"}  # fmt: skip
NAME_LENGTH = 60


def clean(text: str) -> str:
    """Return `text` in NFC, trimmed, inner white space folded to single spaces.

    Raises:
        ValueError: It is empty, longer than 60 characters, or holds a control, format (bidi,
            zero-width), surrogate, private-use or line-breaking character.
    """
    text = " ".join(unicodedata.normalize("NFC", text.replace("\t", " ")).split(" ")).strip()
    text = " ".join(part for part in text.split(" ") if part)
    for character in text:
        if kind := _REFUSED.get(unicodedata.category(character)):
            raise ValueError(f"it holds {kind} (U+{ord(character):04X})")
    if not text:
        raise ValueError("it is empty")
    if len(text) > NAME_LENGTH:
        raise ValueError(f"it is longer than {NAME_LENGTH} characters")
    return text


def cells(text: str) -> int:
    """Return the width of `text` in terminal cells (wide characters count 2, combining ones 0)."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def fold(text: str) -> str:
    """Return `text` without case and accents, for comparing and sorting names."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


Name = Annotated[str, AfterValidator(clean)]
"""A pydantic field type: text that went through `clean`."""
