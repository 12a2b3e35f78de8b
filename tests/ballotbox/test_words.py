"""The words of codes and keys can be typed in many ways, but typing errors are refused."""

from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.ballotbox import words as words_module
from peerreview.ballotbox.words import (
    CODE_WORDS,
    KEY_WORDS,
    fingerprint_words,
    parse_words,
    random_words,
    word_list,
)
from peerreview.errors import CodeError

WORDS = word_list()
BIP_39_ENGLISH = "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda"
"""SHA-256 of the published list."""


def test_the_word_list_is_the_published_list() -> None:
    file = Path(words_module.__file__).with_name("words.txt")
    assert sha256(file.read_bytes()).hexdigest() == BIP_39_ENGLISH
    assert len(set(WORDS)) == 2048 and len({word[:4] for word in WORDS}) == 2048


def test_codes_and_keys_are_drawn_from_the_whole_list() -> None:
    drawn = random_words(4000)
    assert set(drawn) <= set(WORDS) and len(set(drawn)) > 1500
    assert len(random_words(CODE_WORDS)) == 4 and len(random_words(KEY_WORDS)) == 5


@given(st.lists(st.sampled_from(WORDS), min_size=4, max_size=4), st.sampled_from(" -,\n/·1"))
def test_the_first_four_letters_of_a_word_are_enough(words: list[str], between: str) -> None:
    typed = between.join(word[:4].upper() for word in words)
    assert parse_words(f"  {typed}\n", 4) == tuple(words)


@pytest.mark.parametrize(
    "typed",
    [
        "apple river stone cloud",
        "APPLE River sTONE cloud",
        "appl rive ston clou",
        "apple, river; stone. cloud!",
        "1. apple 2. river 3. stone 4. cloud",
        "\uff41\uff50\uff50\uff4c\uff45 river stone cloud",
        "appl-rive-ston-clou",
        "apple\triver\nstone\rcloud",
    ],
)
def test_case_and_separators_don_t_matter(typed: str) -> None:
    assert parse_words(typed, 4) == ("apple", "river", "stone", "cloud")


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("", "0 words typed, 4 needed"),
        ("apple river stone", "3 words typed"),
        ("apple river stone cloud rain", "5 words typed"),
        ("apple river stone clod", "word 4 isn't on the word list"),
        ("aple river stone cloud", "word 1"),
        ("apple rivers stone cloud", "word 2"),
        ("app river stone cloud", "word 1"),
        ("apple river stone \x1b[31m", "word 4"),
        ("東京 apple river stone", "word 1"),
    ],
)
def test_an_error_names_the_position_of_a_wrong_word_but_not_the_word(
    typed: str, what: str
) -> None:
    with pytest.raises(CodeError, match=what) as error:
        parse_words(typed, 4)
    assert not set(typed.split()) & (set(str(error.value).split()) - {"word", "on", "the", "at"})


def test_a_word_of_three_letters_can_be_typed() -> None:
    assert parse_words("act add age aim", 4) == ("act", "add", "age", "aim")


def test_a_fingerprint_depends_only_on_the_data() -> None:
    assert fingerprint_words(b"one", 3) == fingerprint_words(b"one", 3)
    assert len({fingerprint_words(str(n).encode(), 2) for n in range(500)}) > 495
