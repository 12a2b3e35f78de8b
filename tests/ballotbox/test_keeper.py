"""Keepers: as many as it takes open the box with their words, nobody else does."""

from itertools import permutations

import pytest
from stories import FAST

from peerreview.ballotbox import box as ballot_box
from peerreview.ballotbox import keeper, opening
from peerreview.ballotbox.key import Strength, Stretcher, from_base64
from peerreview.ballotbox.words import Words
from peerreview.domain.round.round import KeeperRule
from peerreview.errors import KeeperKeyError

from .boxes import Table, table


def typed(*keys: Words) -> str:
    """What keepers type, a line each."""
    return "\n".join(" ".join(key) for key in keys)


def opens(found: Table, text: str) -> bool:
    """Whether what was typed opens the box, and nothing but the box."""
    try:
        private = keeper.unlock_private_key(found.box.head, text, FAST)
    except KeeperKeyError:
        return False
    return bytes(private.public_key) == from_base64(found.box.head.public_key)


@pytest.mark.parametrize("rule", KeeperRule)
def test_as_many_keepers_as_it_takes_open_the_box_in_any_order(rule: KeeperRule) -> None:
    found = table(keepers=rule)
    assert len(found.locked.keys) == rule.keeper_count == len(found.box.head.wraps)
    for keys in permutations(found.locked.keys, rule.keys_needed):
        assert opens(found, typed(*keys))


@pytest.mark.parametrize("rule", KeeperRule)
def test_one_slip_may_get_lost_unless_there_is_only_one(rule: KeeperRule) -> None:
    found = table(keepers=rule)
    for lost in found.locked.keys:
        left = [key for key in found.locked.keys if key != lost]
        assert opens(found, typed(*left[: rule.keys_needed])) == (rule is not KeeperRule.ONE)


# Any two of three.


@pytest.fixture
def three() -> Table:
    return table(keepers=KeeperRule.TWO_OF_THREE)


def refused(found: Table, text: str) -> str:
    with pytest.raises(KeeperKeyError) as error:
        keeper.unlock_private_key(found.box.head, text, FAST)
    assert error.value.exit_code == 1
    return str(error.value)


def test_nobody_opens_a_box_of_three_alone(three: Table) -> None:
    for key in three.locked.keys:
        assert "takes the keys of two keepers" in refused(three, typed(key))
        assert "the same key twice" in refused(three, typed(key, key))


def test_whoever_changes_the_rule_in_the_file_still_can_t_open_it_alone(three: Table) -> None:
    for rule in (KeeperRule.ONE, KeeperRule.EITHER_OF_TWO):
        head = three.box.head.model_copy(update={"keepers": rule})
        for key in three.locked.keys:
            with pytest.raises(KeeperKeyError):
                keeper.unlock_private_key(head, typed(key), FAST)


def test_all_three_at_once_are_one_too_many(three: Table) -> None:
    assert "takes the keys of two keepers" in refused(three, typed(*three.locked.keys))


def test_the_same_key_in_other_letters_is_the_same_key(three: Table) -> None:
    key = three.locked.keys[0]
    short = "-".join(word[:4].upper() for word in key)
    assert "the same key twice" in refused(three, f"{typed(key)}\n{short}")


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ("apple river stone cloud", "4 words typed, 5 needed"),
        ("apple river stone cloud rian", "word 5 isn't on the word list"),
    ],
)
def test_which_of_two_keys_is_misspelled_is_named(three: Table, other: str, what: str) -> None:
    right = typed(three.locked.keys[2])
    assert refused(three, f"{right}\n{other}") == f"key 2: {what}" + (
        ": look at the spelling" if "list" in what else ""
    )
    assert refused(three, f"{other}\n{right}").startswith(f"key 1: {what}")


def test_a_wrong_key_beside_a_right_one_is_told_without_telling_which(three: Table) -> None:
    """A file that could tell would let somebody search for one keeper's words alone."""
    right, wrong = three.locked.keys[0], table().locked.keys[0]
    for keys in ((right, wrong), (wrong, right), (wrong, wrong[::-1])):
        said = refused(three, typed(*keys))
        assert "one of them is wrong, and nothing kept tells which" in said
        assert "ask the third keeper" in said


def test_words_of_two_slips_mixed_up_open_nothing(three: Table) -> None:
    one, other = three.locked.keys[:2]
    mixed = (*one[:2], *other[2:]), (*other[:2], *one[2:])
    assert "don't open this box together" in refused(three, typed(*mixed))


def test_blank_lines_and_line_ends_of_other_systems_do_no_harm(three: Table) -> None:
    one, other = (" ".join(key) for key in three.locked.keys[:2])
    assert opens(three, f"\r\n{one}\r\n\r\n  {other}  \r\n")


def test_a_wrap_looks_the_same_whoever_it_is_for(three: Table) -> None:
    for found in (three, table(), table(keepers=KeeperRule.ONE)):
        assert {len(from_base64(wrap.sealed)) for wrap in found.box.head.wraps} == {72}
        assert len({wrap.sealed for wrap in found.box.head.wraps}) == len(found.box.head.wraps)


def test_receipts_and_ballots_are_as_in_any_box(three: Table) -> None:
    keys = [three.cast("alder") for _ in range(4)]
    receipts = {ballot_box.find_owned_part(three.box, key).receipt for key in keys}
    assert len(receipts) == 4 and all(len(receipt) == 2 for receipt in receipts)
    private = keeper.unlock_private_key(three.box.head, typed(*three.locked.keys[1:]), FAST)
    assert len(opening.open_box(three.box, private, 4).rows["alder"]) == 4


# What is typed.


def test_a_key_may_be_typed_short_and_loud() -> None:
    found = table()
    assert opens(found, "-".join(word[:4].upper() for word in found.locked.keys[1]))
    assert opens(found, "\n".join(found.locked.keys[1]))


def test_another_key_opens_nothing_and_says_what_to_do() -> None:
    found, other = table(), table()
    with pytest.raises(KeeperKeyError, match="read the slip again") as error:
        keeper.unlock_private_key(found.box.head, " ".join(other.locked.keys[0]), FAST)
    assert error.value.exit_code == 1


@pytest.mark.parametrize("text", ["", "apple river stone cloud", "apple river stone cloud rian"])
def test_what_can_t_be_a_key_is_told_apart(text: str) -> None:
    with pytest.raises(KeeperKeyError, match=r"words typed|word list"):
        keeper.unlock_private_key(table().box.head, text, FAST)


def test_every_wrap_has_a_salt_of_its_own() -> None:
    wraps = table().box.head.wraps
    assert len({wrap.salt for wrap in wraps}) == 2
    assert all(len(from_base64(wrap.salt)) == 16 for wrap in wraps)


def test_check_words_stand_for_the_public_key() -> None:
    found, other = table(), table()
    words = keeper.check_words(found.box.head, FAST)
    assert len(words) == 3
    assert words == keeper.check_words(found.locked, FAST)
    assert words != keeper.check_words(other.box.head, FAST)
    swapped = found.box.head.evolve(public_key=other.box.head.public_key)
    assert words != keeper.check_words(swapped, FAST)


def test_every_key_that_is_tried_against_the_check_words_costs_an_argon2id() -> None:
    # In earnest one takes as long as a code; stronger or weaker stretching gives other words.
    found, slower = table(), Stretcher(Strength(ops=2, memory=8192))
    assert keeper.check_words(found.locked, FAST) != keeper.check_words(found.locked, slower)


def test_keys_tried_beforehand_are_of_no_use_against_another_box() -> None:
    found, other = table(), table()
    salted = found.box.head.evolve(wraps=other.box.head.wraps)
    assert keeper.check_words(found.box.head, FAST) != keeper.check_words(salted, FAST)
