"""The counted close: every row opened in memory, and nothing pooled unless the count adds up."""

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
    """The real rows by partner, and B, the number of ballots they come from."""

    rows: Mapping[str, tuple[Row, ...]]
    ballots: int


def check_count(box: Box, hands: int) -> int:
    """Return B if ballots, hands and heads agree.

    Raises:
        CountError: They don't; says what to do.
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
    """Return all rows of a box whose count adds up; they live in memory only.

    Raises:
        CountError: Hands, heads, ballots and valid rows don't agree.
        FileError: The key isn't the one the rows were sealed to.
    """
    ballots = check_count(box, hands)
    if bytes(private.public_key) != from_base64(box.head.public_key):
        raise FileError("the box's public key isn't the keepers' key: the file was tampered with")
    valid: list[dict[str, OpenedRow]] = [{} for _ in box.head.partners]
    for hole in box.slots:
        if hole.tag and (row := unseal_row(private, hole)):
            valid[hole.partner][hole.tag] = row
    counts = {len(rows) for rows in valid}
    if counts != {ballots}:
        raise CountError(_uneven(max(counts), min(counts), ballots))
    return OpenedBox(
        {
            partner: tuple(each.row for each in rows.values() if each.row)
            for partner, rows in zip(box.head.partners, valid, strict=True)
        },
        ballots,
    )


def _uneven(most: int, fewest: int, ballots: int) -> str:
    if fewest < ballots:
        return (
            f"{ballots} ballots are in, but one of them was damaged or changed from outside: "
            "everybody enters the code and compares the receipt; who sees other words casts again"
        )
    return (
        f"{ballots} ballots are in, and {most - ballots} more was cut off while it was handed in: "
        "whoever it was enters the code and casts again, or takes the ballot out"
    )
