"""GUESS and SURE: what did one rater answer? The attackers know releases, and rated too.

GUESS: how much better is the guess of a rater's answer because that rater took part? SURE: how
often can an answer be guessed with certainty? The attacker learns the relations from half of the
simulated rounds and guesses in the other half. An attack gets a simulated round and returns the
numbers that the attacker sees.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from random import Random
from statistics import fmean, pstdev

import numpy as np

from benchmarks.anonymity.population import criteria, draw_firm, draw_rater, draw_row
from benchmarks.anonymity.regression import LogisticCurve, ridge_weights
from benchmarks.anonymity.result import NO_LEAK, Attack, Figure, Result, share, standard_errors
from peerreview.domain.rating.ballot import Row
from peerreview.domain.tally.release import PartnerRelease
from peerreview.domain.tally.tally import RoundBaseline, release_partner
from peerreview.domain.tally.verdict import CUT, Certainty, Street

MARK, SURE_MARK = 0.08, 0.001
SURE = 0.9
_BALLOTS = 12

Numbers = list[float]


@dataclass(frozen=True, slots=True)
class SimulatedRound:
    """A round about one partner, and the next one, in which all but the target rate again.

    Attributes:
        release: the release of the partner.
        next_release: its release a round later, if there is one.
        answer: the target's answer to the first starred question, 1 to 5.
        others: the rows of the other raters.
        style: the target's row about another partner.
        sums: the exact sums of a live board, before the target's ballot and after.
    """

    release: PartnerRelease
    next_release: PartnerRelease | None
    answer: int
    others: tuple[Row, ...]
    style: Row
    sums: tuple[int, int]


def release_in_numbers(release: PartnerRelease | None) -> Numbers:
    """Return everything that is shown of a partner as numbers; 0 for what isn't shown."""
    if release is None:
        return []
    indices = [release.comes_back or 0, release.we_give or 0, release.work_index or 0]
    words = [release.certainty is certainty for certainty in Certainty]
    words += [release.street is street for street in Street]
    bands = (release.bands.get(question.id) for question in criteria().questions)
    positions = (band.band / band.of - 0.5 if band else 0.0 for band in bands)
    return [*map(float, indices), *map(float, words), *positions]


def see_as_an_insider(simulated: SimulatedRound) -> Numbers:
    """Somebody who rated the partner too subtracts the own row from the board."""
    return [*release_in_numbers(simulated.release), *simulated.others[0].answers]


def see_as_two_insiders(simulated: SimulatedRound) -> Numbers:
    """Two people who rated the partner show each other their rows."""
    return [*see_as_an_insider(simulated), *simulated.others[1].answers]


def see_two_boards(simulated: SimulatedRound) -> Numbers:
    """Somebody compares the round before the target left with the round after.

    All others rate again, with the same kindness and the same randomness. If they answered exactly
    as before, two boards would show more: about .10 with six voices.
    """
    return [
        *release_in_numbers(simulated.release),
        *release_in_numbers(simulated.next_release),
    ]


def see_a_known_row(simulated: SimulatedRound) -> Numbers:
    """Somebody who rated the partner knows a true row of the target about another partner."""
    return [*see_as_an_insider(simulated), *simulated.style.answers]


def _see_a_live_board(simulated: SimulatedRound) -> Numbers:
    return [float(simulated.sums[1] - simulated.sums[0])]


ATTACKS = tuple(
    Attack("GUESS", name, material, method, NO_LEAK, "live board")
    for name, material, method in (
        ("an insider", "board, own ballot", see_as_an_insider),
        ("two insiders", "board, two ballots", see_as_two_insiders),
        ("a leaver", "two boards", see_two_boards),
        ("a known row", "board, a true row", see_a_known_row),
    )
)
_CONTROL = Attack("GUESS", "last in", "live board", _see_a_live_board, NO_LEAK, "live board")


def play(
    attacks: Sequence[Attack],
    voices: Sequence[int],
    rounds: int,
    seed: int,
    marks: tuple[float, float] = (MARK, SURE_MARK),
) -> list[Result]:
    """Return for each attack its worst advantage, and its worst share of sure guesses.

    Args:
        attacks: the attacks to play.
        voices: the numbers of voices with which the partner is simulated.
        rounds: how many rounds are simulated for every number of voices, each with and without
            the target.
        seed: the seed of the simulated rounds.
        marks: the largest advantage and the largest share of sure guesses that are allowed.
    """
    random, count = Random(seed), len(attacks) * len(voices)
    sizes = {number: [_simulate(random, number) for _ in range(rounds)] for number in voices}
    control_guesses = _guesses(_CONTROL, [present for present, _ in sizes[voices[0]]])
    controls = [fmean(column) for column in zip(*control_guesses, strict=True)]
    gains = {
        attack: {number: _gain(attack, pairs, count) for number, pairs in sizes.items()}
        for attack in attacks
    }
    results: list[Result] = []
    for position, game in enumerate(("GUESS", "SURE")):
        for attack, by_size in gains.items():
            worst = max(by_size, key=lambda number: by_size[number][0][position].high)
            figures, absent = by_size[worst]
            named = replace(attack, game=game, name=f"{attack.name}, {worst} voices")
            results.append(
                Result(
                    named,
                    figures[position],
                    marks[position],
                    controls[position],
                    absent if game == "SURE" else None,
                )
            )
    return results


def _gain(
    attack: Attack, pairs: Sequence[tuple[SimulatedRound, SimulatedRound]], attacks: int
) -> tuple[tuple[Figure, Figure], float]:
    """Return the gain, the share of sure guesses, and that share if the target took no part."""
    present, absent = (_guesses(attack, rounds) for rounds in zip(*pairs, strict=True))
    gains = [int(one) - int(other) for (one, _), (other, _) in zip(present, absent, strict=True)]
    gain, error = fmean(gains), standard_errors(attacks) * pstdev(gains) / sqrt(len(gains))
    sure = share(sum(certain for _, certain in present), len(present))
    sure_without = fmean(certain for _, certain in absent)
    return (Figure(gain, gain - error, gain + error), sure), sure_without


def _guesses(attack: Attack, rounds: Sequence[SimulatedRound]) -> list[tuple[bool, bool]]:
    """Return for each guess whether it is right, and whether it is both sure and right.

    The attacker learns from one half of the rounds and guesses in the other, both ways.
    """
    half = len(rounds) // 2
    cases = [[1.0, *attack.method(simulated)] for simulated in rounds]
    answers = [simulated.answer for simulated in rounds]
    halves = ((cases[:half], answers[:half]), (cases[half:], answers[half:]))
    return [
        guess
        for learned, asked in (halves, halves[::-1])
        for guess in guess_answers(*learned, *asked)
    ]


def guess_answers(
    learned: Sequence[Numbers],
    known: Sequence[int],
    cases: Sequence[Numbers],
    answers: Sequence[int],
) -> Iterator[tuple[bool, bool]]:
    """Yield for each guess whether it is right, and whether it is both sure and right.

    The numbers of a case become one weighted score, and logistic curves give the chance of every
    answer or a higher one at that score. (An attacker who used the answers of the thirty nearest
    cases would be sure by chance: three in ten to half of those guesses were wrong.)

    Args:
        learned: the numbers of the rounds to learn from.
        known: the true answers in those rounds, 1 to 5.
        cases: the numbers of the rounds to guess.
        answers: the true answers in those rounds, which decide whether a guess is right.
    """
    weights, middle = ridge_weights(learned, known), fmean(known)
    learned_scores = np.asarray(learned) @ weights - middle
    known_answers = np.asarray(known)
    curves = [LogisticCurve(learned_scores, known_answers > answer) for answer in range(1, 5)]
    scores = np.asarray(cases) @ weights - middle
    higher = [np.ones(len(scores)), *(curve(scores) for curve in curves), np.zeros(len(scores))]
    chances = -np.diff(np.stack(higher), axis=0)
    guesses = len(chances) - np.argmax(chances[::-1], axis=0)
    for guess, chance, answer in zip(guesses, chances.max(axis=0), answers, strict=True):
        is_right = int(guess) == answer
        yield is_right, is_right and float(chance) >= SURE


def _simulate(random: Random, voices: int) -> tuple[SimulatedRound, SimulatedRound]:
    """Return a round, and the same round with a stranger's row instead of the target's."""
    firm, other_firm = draw_firm(random), draw_firm(random)
    raters = [draw_rater(random) for _ in range(voices + 1)]
    target, *others, stranger = (draw_row(random, firm, rater) for rater in raters)
    others_again = [draw_row(random, firm, rater) for rater in raters[1:-1]]
    star = criteria().positions[criteria().starred_pair[0]]
    style = draw_row(random, other_firm, draw_rater(random, raters[0].kindness))
    before = sum(row.answers[star] for row in others)

    def simulated_with(row: Row) -> SimulatedRound:
        release = _release((row, *others))
        next_release = _release(others_again, release) if voices > 4 else None
        sums = before, before + row.answers[star]
        return SimulatedRound(
            release, next_release, target.answers[star], tuple(others), style, sums
        )

    return simulated_with(target), simulated_with(stranger)


def _release(rows: Sequence[Row], last: PartnerRelease | None = None) -> PartnerRelease:
    baseline = RoundBaseline(_BALLOTS, 0.0, CUT)
    return release_partner("p", criteria(), sorted(rows), baseline, last)
