"""Play all games with one seed, in the quick or the full form."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from benchmarks.anonymity import (
    forging,
    guessing,
    identity,
    leftovers,
    linking,
    secrecy,
    swapping,
    table,
)
from benchmarks.anonymity.result import Attack, Result

GAMES = {
    "IDENTITY": "two rows change places: what differs after the close?",
    "FORGE": "does it work unnoticed?",
    "ZERO": "is there anything to find?",
    "LINK": "do two slots in the box belong to one rater?",
    "SWAP": "which of two slots holds which row?",
    "GUESS": "how much better is a guess because that rater took part?",
    "SURE": "how often can an answer be guessed for sure?",
}
"""The question of each game."""

ATTACKS = (
    *forging.ATTACKS, *secrecy.ATTACKS, *linking.ATTACKS, *swapping.ATTACKS, *guessing.ATTACKS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How much is played, and the marks; fewer rounds have wider intervals and need wider marks.

    Attributes:
        rounds: the rounds of LINK; each gives 200 pairs of either kind.
        swaps: the pairs of raters in SWAP.
        guesses: the simulated rounds of GUESS for each number of voices.
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


def play(size: Size, seed: int, games: Collection[str] = tuple(GAMES)) -> Iterator[Result]:
    """Yield the results of the named games, one game after the other."""
    if "IDENTITY" in games:
        yield from identity.play()
    if "FORGE" in games:
        yield from table.play(forging.ATTACKS)
    if "ZERO" in games:
        yield from table.play(secrecy.ATTACKS)
        yield from leftovers.play(seed)
    if "LINK" in games:
        yield from linking.play(linking.ATTACKS, size.rounds, seed, size.link)
    if "SWAP" in games:
        yield from swapping.play(swapping.ATTACKS, size.swaps, seed, size.swap)
    if {"GUESS", "SURE"} & set(games):
        attacks, guesses = guessing.ATTACKS, size.guesses
        for result in guessing.play(attacks, size.voices, guesses, seed, size.guess):
            if result.attack.game in games:
                yield result


def attacks_named(*names: str) -> list[Attack]:
    """Return the attacks with these names, in the same order."""
    by_name = {attack.name: attack for attack in ATTACKS}
    return [by_name[name] for name in names]
