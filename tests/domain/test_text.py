"""What may stand in a name, and how wide it is: nothing typed can draw on another's screen."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.text import cell_width, clean, fold, pluralized


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Acme   IT \t Services ", "Acme IT Services"),
        ("Cafe\u0301 Data", "Caf\u00e9 Data"),
        ("A\u00a0B", "A B"),
        ("A \u3000 B", "A B"),
        ("Pasted from a list\r\n", "Pasted from a list"),
        ("Mu\u0308ller & Söhne (Köln) #1", "Müller & Söhne (Köln) #1"),
        ("株式会社", "株式会社"),
        ("Acme™ №1", "Acme™ №1"),
    ],
)
def test_a_name_is_trimmed_and_composed(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Acme\x1b[2J", "a control character (U+001B)"),
        ("Ac\x00me", "a control character (U+0000)"),
        ("Acme\x9b31m", "a control character (U+009B)"),
        ("Acme\nBeta", "a control character (U+000A)"),
        ("Acme\u2028Beta", "a line break (U+2028)"),
        ("Acme\u2029Beta", "a line break (U+2029)"),
        ("\u202eemcA", "an invisible character (U+202E)"),
        ("Ac\u2066me", "an invisible character (U+2066)"),
        ("Ac\u200bme", "an invisible character (U+200B)"),
        ("Ac\u200dme", "an invisible character (U+200D)"),
        ("\ufeffAcme", "an invisible character (U+FEFF)"),
        ("Ac\u00adme", "an invisible character (U+00AD)"),
        ("\u3164", "an invisible character (U+3164)"),
        ("\u2800\u2800", "an invisible character (U+2800)"),
        ("Acme\ufe0f", "an invisible character (U+FE0F)"),
        ("Ac\ud800me", "half a character (U+D800)"),
        ("Ac\ue000me", "a private character (U+E000)"),
    ],
)
def test_a_name_holds_nothing_that_acts_or_hides(name: str, why: str) -> None:
    with pytest.raises(ValueError) as refused:
        clean(name)
    assert str(refused.value) == f"it holds {why}"


@pytest.mark.parametrize("nothing", ["", "   ", "\t", "\u00a0", "\n"])
def test_a_name_is_something(nothing: str) -> None:
    with pytest.raises(ValueError, match="it is empty"):
        clean(nothing)


def test_sixty_characters_fit_and_sixty_one_do_not() -> None:
    assert clean("x" * 60) == "x" * 60
    with pytest.raises(ValueError, match="longer than 60 characters"):
        clean("x" * 61)
    assert clean("e\u0301" * 60) == "é" * 60, "counted after composing"


@given(st.text(max_size=70))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = clean(text)
    except ValueError:
        return
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip() and "  " not in once
    assert once.isprintable() or _rare(once)


def _rare(text: str) -> bool:
    """Python calls characters it doesn't know yet unprintable."""
    return any(unicodedata.category(character) == "Cn" for character in text)


@pytest.mark.parametrize(
    ("text", "width"),
    [("Acme", 4), ("", 0), ("株式", 4), ("é", 1), ("e\u0301", 1), ("กั", 1), ("Ａ", 2)],
)
def test_width_in_terminal_cells(text: str, width: int) -> None:
    assert cell_width(text) == width


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_names_compare_without_case_and_accents() -> None:
    assert fold("Éclair STRASSE") == fold("eclair straße")
    assert fold("Acme™") == fold("ACMEtm")


def test_one_is_one_and_none_are_many() -> None:
    assert [pluralized(count, "partner") for count in (0, 1, 2)] == [
        "0 partners",
        "1 partner",
        "2 partners",
    ]
