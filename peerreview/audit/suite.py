"""All games in one go, quick or in full, from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from peerreview.audit import forging, guessing, identity, leftovers, linking, swapping
from peerreview.audit.result import Result

LINKING = ("append_order", "places", "ids", "tags", "ciphertext")
SWAPPING = ("content", "lengths", "edits")
GUESSING = ("insider", "two_insiders", "leaver")
FORGING = ("extra_ballot", "second_code", "forged_row", "swapped_key", "rollback", "overwritten")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is played.

    Attributes:
        rounds: of LINK; each gives 200 pairs of either kind.
        worlds: of SWAP, and of GUESS for each number of voices.
        voices: the numbers of voices in GUESS.
        slack: how much wider the marks of SWAP and GUESS are because the worlds are few.
    """

    rounds: int
    swaps: int
    guesses: int
    voices: tuple[int, ...]
    identities: int
    slack: float = 0.0


QUICK = Size(60, 600, 600, (4, 5), 1, 0.15)
FULL = Size(200, 16_000, 16_000, (4, 5, 6, 8, 12), 5)


def played(size: Size, seed: int) -> Iterator[Result]:
    """Yield the results, game by game."""
    yield from identity.played(size.identities)
    yield from leftovers.played(seed)
    yield from forging.played(_attacks(FORGING))
    yield from linking.played(_attacks(LINKING), size.rounds, seed)
    yield from swapping.played(
        _attacks(SWAPPING), size.swaps, seed, swapping.MARK + size.slack
    )
    yield from guessing.played(_attacks(GUESSING), size.voices, size.guesses, seed, size.slack)


def _attacks(names: tuple[str, ...]) -> list[Any]:
    return [import_module(f"peerreview.audit.attacks.{name}").ATTACK for name in names]
