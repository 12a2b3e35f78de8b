"""Keepers: each one's five words open the box, nothing else does."""

import pytest
from stories import FAST

from peerreview.ballotbox import keeper
from peerreview.ballotbox.key import SALT_BYTES, data
from peerreview.domain.round import KeeperRule
from peerreview.errors import KeeperKeyError

from .boxes import table


@pytest.mark.parametrize("rule", KeeperRule)
def test_every_keeper_opens_alone(rule: KeeperRule) -> None:
    found = table(keepers=rule)
    assert len(found.locked.keys) == rule.keepers == len(found.box.head.wraps)
    for key in found.locked.keys:
        private = keeper.unlock(found.box.head, " ".join(key), FAST)
        assert bytes(private.public_key) == data(found.box.head.public_key)


def test_a_key_may_be_typed_short_and_loud() -> None:
    found = table()
    typed = "-".join(word[:4].upper() for word in found.locked.keys[1])
    assert keeper.unlock(found.box.head, typed, FAST)


def test_another_key_opens_nothing_and_says_what_to_do() -> None:
    found, other = table(), table()
    with pytest.raises(KeeperKeyError, match="read the slip again") as error:
        keeper.unlock(found.box.head, " ".join(other.locked.keys[0]), FAST)
    assert error.value.exit_code == 1


@pytest.mark.parametrize("typed", ["", "apple river stone cloud", "apple river stone cloud rian"])
def test_what_can_t_be_a_key_is_told_apart(typed: str) -> None:
    with pytest.raises(KeeperKeyError, match=r"words typed|word list"):
        keeper.unlock(table().box.head, typed, FAST)


def test_every_wrap_has_a_salt_of_its_own() -> None:
    wraps = table().box.head.wraps
    assert len({wrap.salt for wrap in wraps}) == 2
    assert all(len(data(wrap.salt)) == SALT_BYTES for wrap in wraps)


def test_check_words_stand_for_the_public_key() -> None:
    found, other = table(), table()
    assert len(keeper.check_words(found.box.head.public_key)) == 3
    assert keeper.check_words(found.box.head.public_key) == keeper.check_words(
        found.locked.public_key
    )
    assert keeper.check_words(found.box.head.public_key) != keeper.check_words(
        other.box.head.public_key
    )
