"""Hold rounds through the product's own services: add partners, draw codes, cast ballots.

The sample group and the five groups of the sample summaries are made in this way.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.sample_ballots import OwnerBallot, draw_ballots
from benchmarks.sample_story import DAYS, GROUP, OWNERS, PARTNERS, SEED
from peerreview.domain.rating.ballot import Draft, Standing
from peerreview.domain.result.board import Board
from peerreview.domain.round.plan import Plan
from peerreview.domain.tally.verdict import Certainty, Street, Work
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.services.ports import Vault


@dataclass
class Calendar:
    """A date that changes only when somebody sets it."""

    day: date

    def today(self) -> date:
        """Return the date."""
        return self.day


def services_on(
    vault: Vault, environment: Environment, day: date
) -> tuple[GroupServices, Calendar]:
    """Return the services of a group on `day`, and the calendar that decides the day."""
    calendar = Calendar(day)
    return GroupServices(vault, replace(environment, today=calendar.today)), calendar


def live_through(vault: Vault, environment: Environment, seed: int = SEED) -> str:
    """Hold all rounds of the sample group; return a keeper's key of the box that stays open."""
    services, calendar = services_on(vault, environment, DAYS[0])
    services.setting_up.create(GROUP)
    key = ""
    for number, calendar.day in enumerate(DAYS, 1):
        _list_partners(services, number)
        ballots = draw_ballots(number, environment.sets, seed)
        key = hold_round(services, ballots, OWNERS[number - 1])
        if number < len(DAYS):
            services.rounds.close(key, hands=len(ballots))
    return key


def _list_partners(services: GroupServices, number: int) -> None:
    """Add the partners that somebody lists for the first time in this round."""
    for story in PARTNERS:
        if story.listed(number) and (number == 1 or not story.listed(number - 1)):
            services.setting_up.add(story.name, story.kind, story.aliases)


def hold_round(services: GroupServices, ballots: Sequence[OwnerBallot], heads: int) -> str:
    """Open a round about all partners and hand in the ballots; return the first keeper's key."""
    names = {partner.id: partner.name for partner in services.rounds.group().active_partners}
    hands = {key: sum(name in ballot for ballot in ballots) for key, name in names.items()}
    opening = services.rounds.prepare(Plan(hands, heads))
    services.rounds.open(opening)
    for ballot in ballots:
        seat = services.rating.draw_code()
        about = {key: ballot.get(name) for key, name in names.items()}
        services.rating.cast(seat, fill_draft(seat.blank_draft(), about))
    return " ".join(opening.keys[0])


def fill_draft(draft: Draft, answers_by_partner: Mapping[str, tuple[int, ...] | None]) -> Draft:
    """Return the draft with answers by partner id; None stands for "don't know them"."""
    for partner, answers in answers_by_partner.items():
        if answers is None:
            draft = draft.with_standing(partner, Standing.UNKNOWN)
            continue
        for question, answer in zip(draft.sets[partner].questions, answers, strict=True):
            draft = draft.with_answer(partner, question.id, answer)
    return draft


def rate_last_and_close(vault: Vault, environment: Environment, day: date, key: str) -> Board:
    """Rate two partners as the twelfth owner and close, as the demo does; return the board."""
    services, _ = services_on(vault, environment, day)
    seat = services.rating.draw_code()
    draft = seat.blank_draft()
    by_name = {partner.name: partner.id for partner in seat.partners}
    for name, counts in {"Alder Security": (4, 4), "Bayou Web Works": (4, 2)}.items():
        partner = by_name[name]
        for question, answer in zip(seat.sets[partner].starred_pair, counts, strict=True):
            draft = draft.with_answer(partner, question, answer)
    services.rating.cast(seat, draft)
    services.rounds.close(key, hands=OWNERS[-1])
    return services.results.board()


def find_gaps(board: Board) -> list[str]:
    """Return the names of what the sample board should show and doesn't."""
    streets = {section.street for section in board.sections}
    results = [line.result for line in board.shown_lines]
    certainties = {result.certainty for result in results}
    is_shown = {
        **{str(street): street in streets for street in Street},
        **{str(certainty): certainty in certainties for certainty in Certainty},
        "a deal-breaker": any(result.deal_breaker for result in results),
        "poor work": any(result.work is Work.POOR for result in results),
        "four voices, no numbers": any(result.comes_back is None for result in results),
        "a step": any(line.change.word.startswith("was") for line in board.shown_lines),
        "a change": any(line.change.sentence.endswith("A change.") for line in board.shown_lines),
    }
    return [name for name, shown in is_shown.items() if not shown]
