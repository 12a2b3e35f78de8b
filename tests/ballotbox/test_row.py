"""One row, sealed: the same size whatever was said, and only in its own hole."""

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


def hole(row: str, token: bytes = TOKEN, partner: int = 7) -> Slot:
    return Slot(1, partner, hash_token(token), row)


@given(rows, st.integers(0, 59))
def test_what_is_sealed_is_opened(row: Row, partner: int) -> None:
    sealed = seal_row(PUBLIC, TOKEN, partner, row)
    assert unseal_row(KEY, hole(sealed, partner=partner)) == OpenedRow(partner, row)


@given(rows)
def test_row_dummy_and_noise_are_of_one_size(row: Row) -> None:
    sizes = {
        len(seal_row(PUBLIC, TOKEN, 0, row)),
        len(seal_row(PUBLIC, TOKEN, 0, None)),
        len(sealed_noise(PUBLIC)),
    }
    assert len(sizes) == 1


def test_the_same_row_is_never_the_same_text() -> None:
    row = Row((1, 2, 3))
    assert len({seal_row(PUBLIC, TOKEN, 0, row) for _ in range(20)}) == 20


def test_a_dummy_is_valid_and_says_nothing() -> None:
    assert unseal_row(KEY, hole(seal_row(PUBLIC, TOKEN, 7, None))) == OpenedRow(7, None)


def test_a_set_too_long_to_seal_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="too long"):
        seal_row(PUBLIC, TOKEN, 0, Row((1,) * 45))


GOOD = seal_row(PUBLIC, TOKEN, 7, Row((1, 2, 3)))


@pytest.mark.parametrize(
    "bad",
    [
        hole(GOOD, token=b"u" * TAG_BYTES),
        hole(GOOD, partner=6),
        hole(GOOD)._replace(tag=""),
        hole(sealed_noise(PUBLIC)),
        hole(""),
        hole("no base64"),
        hole(GOOD[:-4]),
        hole("A" * len(GOOD)),
        hole(to_base64(SealedBox(PUBLIC).encrypt(TOKEN))),
        hole(seal_row(PrivateKey.generate().public_key, TOKEN, 7, Row((1, 2, 3)))),
    ],
    ids=["code", "partner", "free", "noise", "empty", "text", "cut", "zeros", "short", "key"],
)
def test_what_isn_t_a_row_of_this_hole_doesn_t_count(bad: Slot) -> None:
    assert unseal_row(KEY, bad) is None


def test_the_plain_text_is_padded_to_one_length() -> None:
    for row in (None, Row(()), Row((5,) * 44)):
        sealed = seal_row(PUBLIC, TOKEN, 7, row)
        opened = SealedBox(KEY).decrypt(sealed.encode(), encoder=_base64())
        assert len(opened) == PLAIN_BYTES


def _base64() -> type:
    from nacl.encoding import Base64Encoder

    return Base64Encoder
