"""All games in one go, quick or in full, from one seed."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from benchmarks.anonymity import guessing, identity, leftovers, linking, playing, swapping
from benchmarks.anonymity.result import Attack, Result

GAMES = {
    "IDENTITY": "two rows change places: what differs after the close?",
    "FORGE": "does it work, with nobody noticing?",
    "ZERO": "is there anything to find?",
    "LINK": "do two places in the box belong to one rater?",
    "SWAP": "which of two places holds which row?",
    "GUESS": "how much better is a guess because that rater took part?",
    "SURE": "how often can an answer be guessed for sure?",
}
"""The question of each game."""

PLAYS = (
    "extra_ballot", "second_code", "forged_row", "swapped_key", "ground_key", "rollback",
    "overwritten", "dictionary", "with_codes", "same_again", "unfilled", "before_close", "next_day",
    "few_voices", "one_step", "taken_home",
)  # fmt: skip
LINKING = ("append_order", "places", "tags", "ciphertext", "times")
SWAPPING = ("content", "lengths", "edits")
GUESSING = ("insider", "two_insiders", "leaver", "known_style")


@dataclass(frozen=True, slots=True)
class Size:
    """How much is played, and the marks: few rounds leave wide intervals, and need wide marks.

    Attributes:
        rounds: of LINK; each gives 200 pairs of either kind.
        swaps: worlds of SWAP.
        guesses: worlds of GUESS for each number of voices.
        voices: the numbers of voices in GUESS.
        link: the mark of LINK.
        swap: the mark of SWAP.
        guess: the marks of GUESS and SURE.
    """

    rounds: int
    swaps: int
    guesses: int
    voices: tuple[int, ...]
    link: float = linking.MARK
    swap: float = swapping.MARK
    guess: tuple[float, float] = (guessing.MARK, guessing.SURE_MARK)


QUICK = Size(20, 600, 600, (4, 6), 0.05, 0.35, (0.25, 0.05))
FULL = Size(200, 16_000, 16_000, (4, 5, 6, 8, 10, 12))


def played(size: Size, seed: int) -> Iterator[Result]:
    """Yield the results, game by game."""
    yield from identity.played()
    yield from playing.played(attacks(PLAYS))
    yield from leftovers.played(seed)
    yield from linking.played(attacks(LINKING), size.rounds, seed, size.link)
    yield from swapping.played(attacks(SWAPPING), size.swaps, seed, size.swap)
    yield from guessing.played(attacks(GUESSING), size.voices, size.guesses, seed, size.guess)


def attacks(names: tuple[str, ...]) -> list[Attack]:
    """Return the attackers in these modules."""
    return [import_module(f"benchmarks.anonymity.attacks.{name}").ATTACK for name in names]
