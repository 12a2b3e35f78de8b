"""The ballots of the owners in the sample group, drawn from the simulation with a fixed seed.

The same seed gives the same ballots. Quick and full ballots are mixed as in real groups: about some
or most partners an owner answers more than the two counts.
"""

from collections.abc import Mapping
from random import Random

from benchmarks.sample_story import CAMPS, LANES, OWNERS, PARTNERS, REPORTED_FROM, SEED, Story
from benchmarks.simulation import Firm, Rater, draw_answers, draw_firm, draw_offsets, draw_raters
from peerreview.domain.rating.criteria import CriteriaSet, Side
from peerreview.domain.rating.scale import CANT_SAY

OwnerBallot = dict[str, tuple[int, ...]]
"""One ballot: the answers in the set's order, by the names of the partners the owner knows."""


def draw_ballots(
    number: int, sets: Mapping[str, CriteriaSet], seed: int = SEED
) -> list[OwnerBallot]:
    """Return the ballots of a round (the first is 1); in the last round one ballot is missing."""
    raters = draw_raters(Random(f"{seed} owners"), max(OWNERS))
    rng = Random(f"{seed} thorough")
    thorough = [rng.uniform(0.5, 1.0) for _ in raters]
    offsets = {
        key: draw_offsets(Random(f"{seed} {key}"), criteria) for key, criteria in sets.items()
    }
    voting = OWNERS[number - 1] - (number == len(OWNERS))
    ballots: list[OwnerBallot] = [{} for _ in range(voting)]
    for story in (partner for partner in PARTNERS if partner.listed(number)):
        kind, rng = story.kind.criteria_set_id, Random(f"{seed} {number} {story.name}")
        firm = _firm(story, number, sets[kind], offsets[kind], seed)
        for place, owner in enumerate(_knowing(story, number, voting, seed)):
            answers = _draw_counting_answers(rng, raters[owner], firm, 1 - 2 * (place % 2))
            full = rng.random() < thorough[owner]
            ballots[owner][story.name] = answers if full else _quick_answers(firm.criteria, answers)
    return ballots


def _knowing(story: Story, number: int, voting: int, seed: int) -> list[int]:
    """Return who rates a partner: mostly the same owners round after round."""
    closest = list(range(max(OWNERS)))
    Random(f"{seed} who knows {story.name}").shuffle(closest)
    return [owner for owner in closest if owner < voting][: story.known_by[number - 1]]


def _firm(
    story: Story, number: int, criteria: CriteriaSet, offsets: tuple[float, ...], seed: int
) -> Firm:
    """Return a partner for the simulation; its values scatter in the same way in every round."""
    get, give = LANES[story.street(number)]
    sides = {Side.GET: get, Side.GIVE: give, Side.WORK: story.work}
    drawn = draw_firm(Random(f"{seed} {story.name}"), criteria, offsets, sides)
    camps = {Side.GET: CAMPS} if story.street(number) == "mixed" else {}
    return Firm(criteria, drawn.values, camps, story.reports if number >= REPORTED_FROM else {})


def _draw_counting_answers(rng: Random, rater: Rater, firm: Firm, camp: int) -> tuple[int, ...]:
    """Return the answers of an owner about a known partner; both counts are answered."""
    places = [firm.criteria.positions[question] for question in firm.criteria.starred_pair]
    while True:
        answers = draw_answers(rng, rater, firm, camp)
        if all(answers[place] for place in places):
            return answers


def _quick_answers(criteria: CriteriaSet, answers: tuple[int, ...]) -> tuple[int, ...]:
    """Return the same answers on a quick ballot: the two counts and the deal-breakers."""
    kept = {*criteria.starred_pair, *criteria.deal_breaker_positions}
    return tuple(
        answer if question.id in kept else CANT_SAY
        for question, answer in zip(criteria.questions, answers, strict=True)
    )
