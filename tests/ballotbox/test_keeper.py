"""Enough keepers can open a box with their words, and nobody else can."""

from itertools import permutations

import pytest
from stories import FAST

from peerreview.ballotbox import box as ballot_box
from peerreview.ballotbox import keeper, opening
from peerreview.ballotbox.key import Strength, Stretcher, from_base64
from peerreview.ballotbox.words import Words
from peerreview.domain.round.round import KeeperRule
from peerreview.errors import KeeperKeyError

from .boxes import OpenRound, open_round


def typed(*keys: Words) -> str:
    """Return what keepers type: a line for every key."""
    return "\n".join(" ".join(key) for key in keys)


def opens(round_: OpenRound, text: str) -> bool:
    """Tell whether a typed text gives the private key of the box."""
    try:
        private = keeper.unlock_private_key(round_.box.head, text, FAST)
    except KeeperKeyError:
        return False
    return bytes(private.public_key) == from_base64(round_.box.head.public_key)


@pytest.mark.parametrize("rule", KeeperRule)
def test_enough_keepers_open_the_box_in_any_order(rule: KeeperRule) -> None:
    round_ = open_round(keepers=rule)
    assert len(round_.locked.keys) == rule.keeper_count == len(round_.box.head.wraps)
    for keys in permutations(round_.locked.keys, rule.keys_needed):
        assert opens(round_, typed(*keys))


@pytest.mark.parametrize("rule", KeeperRule)
def test_the_box_can_be_opened_without_one_of_the_keys_unless_there_is_only_one(
    rule: KeeperRule,
) -> None:
    round_ = open_round(keepers=rule)
    for lost_key in round_.locked.keys:
        remaining = [key for key in round_.locked.keys if key != lost_key]
        can_open = opens(round_, typed(*remaining[: rule.keys_needed]))
        assert can_open == (rule is not KeeperRule.ONE)


# Two of three keepers


@pytest.fixture
def three() -> OpenRound:
    return open_round(keepers=KeeperRule.TWO_OF_THREE)


def error_with(round_: OpenRound, text: str) -> str:
    """Return the message of the error that a typed text causes."""
    with pytest.raises(KeeperKeyError) as error:
        keeper.unlock_private_key(round_.box.head, text, FAST)
    assert error.value.exit_code == 1
    return str(error.value)


def test_one_of_three_keepers_can_t_open_the_box_alone(three: OpenRound) -> None:
    for key in three.locked.keys:
        assert "takes the keys of two keepers" in error_with(three, typed(key))
        assert "the same key twice" in error_with(three, typed(key, key))


def test_one_keeper_can_t_open_the_box_alone_after_changing_the_rule(three: OpenRound) -> None:
    for rule in (KeeperRule.ONE, KeeperRule.EITHER_OF_TWO):
        head = three.box.head.model_copy(update={"keepers": rule})
        for key in three.locked.keys:
            with pytest.raises(KeeperKeyError):
                keeper.unlock_private_key(head, typed(key), FAST)


def test_three_keys_at_once_are_refused(three: OpenRound) -> None:
    assert "takes the keys of two keepers" in error_with(three, typed(*three.locked.keys))


def test_a_key_typed_twice_in_different_ways_is_recognized(three: OpenRound) -> None:
    key = three.locked.keys[0]
    shortened = "-".join(word[:4].upper() for word in key)
    assert "the same key twice" in error_with(three, f"{typed(key)}\n{shortened}")


@pytest.mark.parametrize(
    ("misspelled", "problem"),
    [
        ("apple river stone cloud", "4 words typed, 5 needed"),
        (
            "apple river stone cloud rian",
            "word 5 isn't on the word list: look at the spelling",
        ),
    ],
)
def test_an_error_names_which_of_two_keys_is_misspelled(
    three: OpenRound, misspelled: str, problem: str
) -> None:
    right = typed(three.locked.keys[2])
    assert error_with(three, f"{right}\n{misspelled}") == f"key 2: {problem}"
    assert error_with(three, f"{misspelled}\n{right}") == f"key 1: {problem}"


def test_an_error_doesn_t_say_which_of_two_keys_is_wrong(three: OpenRound) -> None:
    """Otherwise somebody could search for the words of one keeper alone."""
    right, wrong = three.locked.keys[0], open_round().locked.keys[0]
    for keys in ((right, wrong), (wrong, right), (wrong, wrong[::-1])):
        message = error_with(three, typed(*keys))
        assert "one of them is wrong, and nothing kept tells which" in message
        assert "ask the third keeper" in message


def test_two_keys_with_exchanged_words_don_t_open_the_box(three: OpenRound) -> None:
    first, second = three.locked.keys[:2]
    mixed = (*first[:2], *second[2:]), (*second[:2], *first[2:])
    assert "don't open this box together" in error_with(three, typed(*mixed))


def test_keys_may_be_typed_with_blank_lines_and_other_line_ends(three: OpenRound) -> None:
    first, second = (" ".join(key) for key in three.locked.keys[:2])
    assert opens(three, f"\r\n{first}\r\n\r\n  {second}  \r\n")


def test_every_wrap_has_the_same_size_and_other_bytes(three: OpenRound) -> None:
    for round_ in (three, open_round(), open_round(keepers=KeeperRule.ONE)):
        assert {len(from_base64(wrap.sealed)) for wrap in round_.box.head.wraps} == {72}
        assert len({wrap.sealed for wrap in round_.box.head.wraps}) == len(round_.box.head.wraps)


def test_a_box_of_three_keepers_gives_receipts_and_rows(three: OpenRound) -> None:
    keys = [three.hand_in("alder") for _ in range(4)]
    receipts = {ballot_box.find_owned_part(three.box, key).receipt for key in keys}
    assert len(receipts) == 4 and all(len(receipt) == 2 for receipt in receipts)
    private = keeper.unlock_private_key(three.box.head, typed(*three.locked.keys[1:]), FAST)
    assert len(opening.open_box(three.box, private, 4).rows["alder"]) == 4


# Typing a key


def test_a_key_may_be_typed_in_capitals_cut_to_four_letters_or_in_several_lines() -> None:
    round_ = open_round()
    assert opens(round_, "-".join(word[:4].upper() for word in round_.locked.keys[1]))
    assert opens(round_, "\n".join(round_.locked.keys[1]))


def test_the_key_of_another_box_is_refused() -> None:
    round_, other = open_round(), open_round()
    with pytest.raises(KeeperKeyError, match="read the slip again") as error:
        keeper.unlock_private_key(round_.box.head, " ".join(other.locked.keys[0]), FAST)
    assert error.value.exit_code == 1


@pytest.mark.parametrize("text", ["", "apple river stone cloud", "apple river stone cloud rian"])
def test_a_text_that_can_t_be_a_key_is_refused_with_its_problem(text: str) -> None:
    with pytest.raises(KeeperKeyError, match=r"words typed|word list"):
        keeper.unlock_private_key(open_round().box.head, text, FAST)


def test_every_wrap_has_its_own_salt() -> None:
    wraps = open_round().box.head.wraps
    assert len({wrap.salt for wrap in wraps}) == 2
    assert all(len(from_base64(wrap.salt)) == 16 for wrap in wraps)


def test_check_words_depend_on_the_public_key() -> None:
    round_, other = open_round(), open_round()
    words = keeper.check_words(round_.box.head, FAST)
    assert len(words) == 3
    assert words == keeper.check_words(round_.locked, FAST)
    assert words != keeper.check_words(other.box.head, FAST)
    swapped = round_.box.head.evolve(public_key=other.box.head.public_key)
    assert words != keeper.check_words(swapped, FAST)


def test_check_words_depend_on_the_strength() -> None:
    """So every attempt to find a key with the same check words costs a whole Argon2id."""
    round_ = open_round()
    slower = Stretcher(Strength(ops=2, memory=8192))
    assert keeper.check_words(round_.locked, FAST) != keeper.check_words(round_.locked, slower)


def test_check_words_depend_on_the_salt_of_the_box() -> None:
    round_, other = open_round(), open_round()
    head = round_.box.head.evolve(wraps=other.box.head.wraps)
    assert keeper.check_words(round_.box.head, FAST) != keeper.check_words(head, FAST)
