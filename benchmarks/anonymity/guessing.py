"""GUESS: what did that rater answer? Played on what leaves the tally, by people who voted too.

How much better does an attacker guess one rater's answer because that rater took part, and how
often is he sure? He learns from half of the worlds what goes with what, and guesses in the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import sqrt
from operator import mul
from random import Random
from statistics import fmean, pstdev

from benchmarks.anonymity.people import criteria, draw_firm, draw_rater, draw_row
from benchmarks.anonymity.result import NOTHING, Attack, Figure, Result, share, z_of
from benchmarks.anonymity.weighing import odds, weights
from peerreview.domain.rating.ballot import Row
from peerreview.domain.tally.release import PartnerRelease
from peerreview.domain.tally.tally import RoundBaseline as Round
from peerreview.domain.tally.tally import release_partner
from peerreview.domain.tally.verdict import CUT, Certainty, Street

MARK, SURE_MARK = 0.08, 0.001
SURE = 0.9
_BALLOTS = 12


@dataclass(frozen=True, slots=True)
class World:
    """One partner's round, and another one when the target has left and all others rate again.

    Attributes:
        told: what was released.
        later: what is released a round later, if anything.
        answer: what the target answered on the starred line about them.
        known: the others' rows.
        style: the target's row about another partner.
        exact: a board of exact sums, before and after the target.
    """

    told: PartnerRelease
    later: PartnerRelease | None
    answer: int
    known: tuple[Row, ...]
    style: Row
    exact: tuple[int, int]


Seen = list[float]
"""What an attacker sees, in numbers."""


def _live(world: World) -> Seen:
    return [world.exact[1] - world.exact[0]]


_LIVE = Attack("GUESS", "last in", "live board", _live, NOTHING, "live board")


def shown(told: PartnerRelease | None) -> Seen:
    """Return everything that is shown of a partner, in numbers; 0 for what isn't."""
    if told is None:
        return []
    found = [told.comes_back or 0, told.we_give or 0, told.work_index or 0]
    found += [told.certainty is each for each in Certainty]
    found += [told.street is each for each in Street]
    bands = (told.bands.get(each.id) for each in criteria().questions)
    return [*map(float, found), *(b.band / b.of - 0.5 if b else 0.0 for b in bands)]


def played(
    attacks: Sequence[Attack],
    voices: Sequence[int],
    worlds: int,
    seed: int,
    marks: tuple[float, float] = (MARK, SURE_MARK),
) -> list[Result]:
    """Return for each attack its worst advantage, and how often it is sure, over all sizes.

    Args:
        attacks: who guesses.
        voices: how many voices the partner has, each in turn.
        worlds: how many worlds of each size, each with the target and without.
        seed: for the worlds.
        marks: of the advantage, and of sure guesses.
    """
    random, count = Random(seed), len(attacks) * len(voices)
    sizes = {n: [_environment(random, n) for _ in range(worlds)] for n in voices}
    controls = list(zip(*_guesses(_LIVE, [here for here, _ in sizes[voices[0]]]), strict=True))
    found = {
        each: {n: _gained(each, pairs, count) for n, pairs in sizes.items()} for each in attacks
    }
    results: list[Result] = []
    for place, game in enumerate(("GUESS", "SURE")):
        for each, by_size in found.items():
            n = max(by_size, key=lambda n: by_size[n][0][place].high)
            attack = replace(each, game=game, name=f"{each.name}, {n} voices")
            figures, gone = by_size[n]
            told = figures[place], marks[place], fmean(controls[place])
            results.append(Result(attack, *told, gone if game == "SURE" else None))
    return results


def _gained(
    attack: Attack, pairs: Sequence[tuple[World, World]], attacks: int
) -> tuple[tuple[Figure, Figure], float]:
    """Return how much taking part gives away and how often he is sure and right; so without it."""
    here, gone = (_guesses(attack, worlds) for worlds in zip(*pairs, strict=True))
    gains = [int(one) - int(other) for (one, _), (other, _) in zip(here, gone, strict=True)]
    gain, error = fmean(gains), z_of(attacks) * pstdev(gains) / sqrt(len(gains))
    sure = share(sum(certain for _, certain in here), len(here))
    gone_too = fmean(certain for _, certain in gone)
    return (Figure(gain, gain - error, gain + error), sure), gone_too


def _guesses(attack: Attack, worlds: Sequence[World]) -> list[tuple[bool, bool]]:
    """Return of each guess whether it is right, and both sure and right.

    Each half of the worlds is guessed by who learned from the other.
    """
    half, seen = len(worlds) // 2, [[1.0, *attack.how(world)] for world in worlds]
    answers = [world.answer for world in worlds]
    halves = ((seen[:half], answers[:half]), (seen[half:], answers[half:]))
    return [
        guess for learned, asked in (halves, halves[::-1]) for guess in guessed(*learned, *asked)
    ]


def guessed(
    learned: Sequence[Seen], known: Sequence[int], seen: Sequence[Seen], answers: Sequence[int]
) -> Iterator[tuple[bool, bool]]:
    """Yield of each guess whether it is right, and both sure and right.

    All that he sees is weighed into one number, and his distribution is how likely at that number
    each answer or a higher one is. (The answers of the few cases nearest to it would make him sure
    by chance: of what thirty of them made sure of, three in ten to half was wrong.)
    """
    by, middle = weights(learned, known), fmean(known)
    scores = [sum(map(mul, by, each)) - middle for each in learned]
    higher = [odds(scores, [each > answer for each in known]) for answer in range(1, 5)]
    for each, answer in zip(seen, answers, strict=True):
        score = sum(map(mul, by, each)) - middle
        steps = [1.0, *(chance(score) for chance in higher), 0.0]
        likely, guess = max((a - b, n) for n, (a, b) in enumerate(pairwise(steps), 1))
        yield guess == answer, guess == answer and likely >= SURE


def _environment(random: Random, voices: int) -> tuple[World, World]:
    """Return a round, and the same one with somebody else's row instead of the target's."""
    firm, other = draw_firm(random), draw_firm(random)
    raters = [draw_rater(random) for _ in range(voices + 1)]
    target, *others, stranger = (draw_row(random, firm, each) for each in raters)
    again = [draw_row(random, firm, each) for each in raters[1:-1]]
    star = criteria().position[criteria().pair[0]]
    style = draw_row(random, other, draw_rater(random, raters[0].kindness))
    before = sum(row.answers[star] for row in others)

    def world(one: Row) -> World:
        told = _released((one, *others))
        later = _released(again, told) if voices > 4 else None
        exact = before, before + one.answers[star]
        return World(told, later, target.answers[star], tuple(others), style, exact)

    return world(target), world(stranger)


def _released(rows: Sequence[Row], last: PartnerRelease | None = None) -> PartnerRelease:
    return release_partner("p", criteria(), sorted(rows), Round(_BALLOTS, 0.0, CUT), last)
