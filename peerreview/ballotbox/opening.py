"""Opening a box at the close: rows are returned only if hands, ballots and heads agree."""

from collections.abc import Mapping
from dataclasses import dataclass

from nacl.public import PrivateKey

from peerreview.ballotbox.key import from_base64
from peerreview.ballotbox.row import OpenedRow, unseal_row
from peerreview.domain.rating.ballot import Row
from peerreview.domain.round.box import Box
from peerreview.domain.round.round import FEWEST_BALLOTS
from peerreview.errors import CountError, FileError


@dataclass(frozen=True, slots=True, repr=False)
class OpenedBox:
    """The content of a box.

    Attributes:
        rows: the rows by partner id, without dummies.
        ballots: the number of ballots that were handed in.
    """

    rows: Mapping[str, tuple[Row, ...]]
    ballots: int


def check_count(box: Box, hands: int) -> int:
    """Return the number of ballots, if it agrees with the hands and the heads.

    Args:
        box: the whole box.
        hands: how many people say that they handed a ballot in.

    Raises:
        CountError: The numbers don't agree, or there are too few ballots.
    """
    ballots = box.ballots_in
    if hands != ballots:
        raise CountError(
            f"{hands} hands are up, {ballots} ballots are in: count again; "
            "whoever isn't sure enters the code and compares the receipt"
        )
    if ballots > box.head.heads:
        raise CountError(f"{ballots} ballots are in for {box.head.heads} people: discard the round")
    if ballots < FEWEST_BALLOTS:
        raise CountError(
            f"{ballots} ballots are in, {FEWEST_BALLOTS - ballots} more needed: "
            "wait for them, or discard the round"
        )
    return ballots


def open_box(box: Box, private: PrivateKey, hands: int) -> OpenedBox:
    """Return all rows of a box; they must stay in memory.

    Args:
        box: the whole box.
        private: the private key of the box.
        hands: how many people say that they handed a ballot in.

    Raises:
        CountError: Hands, heads, ballots and valid rows don't agree.
        FileError: The rows were sealed for another key.
    """
    ballots = check_count(box, hands)
    if bytes(private.public_key) != from_base64(box.head.public_key):
        raise FileError("the box's public key isn't the keepers' key: the file was tampered with")
    rows_by_tag: list[dict[str, OpenedRow]] = [{} for _ in box.head.partners]
    for slot in box.slots:
        if slot.tag and (opened_row := unseal_row(private, slot)):
            rows_by_tag[slot.partner][slot.tag] = opened_row
    counts = {len(rows) for rows in rows_by_tag}
    if counts != {ballots}:
        raise CountError(_describe_wrong_counts(max(counts), min(counts), ballots))
    return OpenedBox(
        {
            partner: tuple(opened.row for opened in rows.values() if opened.row)
            for partner, rows in zip(box.head.partners, rows_by_tag, strict=True)
        },
        ballots,
    )


def _describe_wrong_counts(most: int, fewest: int, ballots: int) -> str:
    """Return what to do if partners have other numbers of valid rows than there are ballots."""
    if fewest < ballots:
        return (
            f"{ballots} ballots are in, but one of them was damaged or changed from outside: "
            "everybody enters the code and compares the receipt; who sees other words casts again"
        )
    return (
        f"{ballots} ballots are in, and {most - ballots} more was cut off while it was handed in: "
        "whoever it was enters the code and casts again, or takes the ballot out"
    )
