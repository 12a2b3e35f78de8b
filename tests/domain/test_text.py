"""Tests of the characters that names may hold, and of the width of texts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from peerreview.domain.text import (
    cell_width,
    clean_text,
    comparison_key,
    escaped,
    fit,
    pluralized,
    printable,
)


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
def test_a_name_is_trimmed_and_normalized(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


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
def test_a_name_with_control_or_invisible_characters_is_refused(name: str, why: str) -> None:
    with pytest.raises(ValueError) as refused:
        clean_text(name)
    assert str(refused.value) == f"it holds {why}"


@pytest.mark.parametrize("nothing", ["", "   ", "\t", "\u00a0", "\n"])
def test_an_empty_name_is_refused(nothing: str) -> None:
    with pytest.raises(ValueError, match="it is empty"):
        clean_text(nothing)


def test_sixty_characters_fit_and_sixty_one_do_not() -> None:
    assert clean_text("x" * 60) == "x" * 60
    with pytest.raises(ValueError, match="longer than 60 characters"):
        clean_text("x" * 61)
    assert clean_text("e\u0301" * 60) == "é" * 60, "counted after composing"


@given(st.text(max_size=70))
def test_cleaning_a_text_again_changes_nothing(text: str) -> None:
    try:
        once = clean_text(text)
    except ValueError:
        return
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip() and "  " not in once
    assert once.isprintable() or _has_unknown_characters(once)


def _has_unknown_characters(text: str) -> bool:
    """Tell whether a text has characters that Python doesn't know and so calls unprintable."""
    return any(unicodedata.category(character) == "Cn" for character in text)


@pytest.mark.parametrize(
    ("text", "width"),
    [("Acme", 4), ("", 0), ("株式", 4), ("é", 1), ("e\u0301", 1), ("กั", 1), ("Ａ", 2)],
)
def test_the_width_of_a_text_is_counted_in_terminal_cells(text: str, width: int) -> None:
    assert cell_width(text) == width


@given(st.text(max_size=30))
def test_folding_a_text_again_changes_nothing(text: str) -> None:
    assert comparison_key(comparison_key(text)) == comparison_key(text)


def test_names_compare_without_case_and_accents() -> None:
    assert comparison_key("Éclair STRASSE") == comparison_key("eclair straße")
    assert comparison_key("Acme™") == comparison_key("ACMEtm")


def test_only_one_is_singular() -> None:
    assert [pluralized(count, "partner") for count in (0, 1, 2)] == [
        "0 partners",
        "1 partner",
        "2 partners",
    ]


@pytest.mark.parametrize(
    "text", ["Acme IT", "株式会社", "e\u0301", "กั", "🇩🇪 Acme", "👍🏽", "हिन्दी"]
)
def test_the_width_of_a_text_is_the_one_that_screens_use(text: str) -> None:
    assert cell_width(text) == cell_len(text)


@given(st.text(max_size=30), st.integers(0, 30))
def test_a_fitted_text_fills_exactly_the_given_width(text: str, width: int) -> None:
    assert cell_width(fit(text, width)) == width
    assert printable(fit(text, width)) == fit(text, width)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Acme", 6, "Acme  "),
        ("Acme IT", 6, "Acme… "),
        ("Acme IT", 7, "Acme IT"),
        ("株式会社", 4, "株… "),
        ("Acme", 1, "…"),
        ("Acme", 0, ""),
    ],
)
def test_a_text_too_long_ends_with_an_ellipsis(text: str, width: int, shown: str) -> None:
    assert fit(text, width) == shown


def test_unsafe_characters_are_replaced_on_screens_and_escaped_in_commands() -> None:
    assert printable("a\x1b[2Jb\u202ec") == "a\ufffd[2Jb\ufffdc"
    assert escaped("a\x1b[2Jb\u202ec\udcff") == "a\\x1b[2Jb\\u202ec\\udcff"
    assert printable("Köln\u00a0株") == escaped("Köln\u00a0株") == "Köln\u00a0株"
