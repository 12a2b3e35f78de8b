"""Sealed rows all have one size and are valid only in their own slot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey, SealedBox

from peerreview.ballotbox.key import TAG_BYTES, hash_token, to_base64
from peerreview.ballotbox.row import PLAIN_BYTES, OpenedRow, seal_row, sealed_noise, unseal_row
from peerreview.domain.rating.ballot import Row
from peerreview.domain.round.box import Slot

KEY = PrivateKey.generate()
PUBLIC = KEY.public_key
TOKEN = b"t" * TAG_BYTES

rows = st.builds(
    Row,
    st.lists(st.integers(0, 5), max_size=44).map(tuple),
    st.integers(-4, 4).map(lambda quarters: quarters / 4),
)


def make_slot(row: str, token: bytes = TOKEN, partner: int = 7) -> Slot:
    return Slot(1, partner, hash_token(token), row)


@given(rows, st.integers(0, 59))
def test_a_sealed_row_can_be_unsealed(row: Row, partner: int) -> None:
    sealed = seal_row(PUBLIC, TOKEN, partner, row)
    assert unseal_row(KEY, make_slot(sealed, partner=partner)) == OpenedRow(partner, row)


@given(rows)
def test_rows_dummies_and_noise_have_the_same_size(row: Row) -> None:
    sizes = {
        len(seal_row(PUBLIC, TOKEN, 0, row)),
        len(seal_row(PUBLIC, TOKEN, 0, None)),
        len(sealed_noise(PUBLIC)),
    }
    assert len(sizes) == 1


def test_sealing_the_same_row_twice_gives_different_texts() -> None:
    row = Row((1, 2, 3))
    assert len({seal_row(PUBLIC, TOKEN, 0, row) for _ in range(20)}) == 20


def test_a_dummy_is_valid_and_has_no_answers() -> None:
    assert unseal_row(KEY, make_slot(seal_row(PUBLIC, TOKEN, 7, None))) == OpenedRow(7, None)


def test_a_row_with_too_many_answers_can_t_be_sealed() -> None:
    with pytest.raises(ValueError, match="too long"):
        seal_row(PUBLIC, TOKEN, 0, Row((1,) * 45))


GOOD = seal_row(PUBLIC, TOKEN, 7, Row((1, 2, 3)))


@pytest.mark.parametrize(
    "bad",
    [
        make_slot(GOOD, token=b"u" * TAG_BYTES),
        make_slot(GOOD, partner=6),
        make_slot(GOOD)._replace(tag=""),
        make_slot(sealed_noise(PUBLIC)),
        make_slot(""),
        make_slot("no base64"),
        make_slot(GOOD[:-4]),
        make_slot("A" * len(GOOD)),
        make_slot(to_base64(SealedBox(PUBLIC).encrypt(TOKEN))),
        make_slot(seal_row(PrivateKey.generate().public_key, TOKEN, 7, Row((1, 2, 3)))),
    ],
    ids=["code", "partner", "free", "noise", "empty", "text", "cut", "zeros", "short", "key"],
)
def test_a_row_that_isn_t_valid_in_its_slot_isn_t_unsealed(bad: Slot) -> None:
    assert unseal_row(KEY, bad) is None


def test_the_plain_text_of_every_row_has_the_same_length() -> None:
    for row in (None, Row(()), Row((5,) * 44)):
        sealed = seal_row(PUBLIC, TOKEN, 7, row)
        opened = SealedBox(KEY).decrypt(sealed.encode(), encoder=_base64())
        assert len(opened) == PLAIN_BYTES


def _base64() -> type:
    from nacl.encoding import Base64Encoder

    return Base64Encoder
