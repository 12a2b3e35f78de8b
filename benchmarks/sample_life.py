"""Rounds held through the product's own services: partners added, codes drawn, ballots cast.

Used for the sample group and for the five groups whose summaries lie beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from benchmarks.sample_ballots import Said, ballots
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
    """A date that stands still until somebody turns the page."""

    day: date

    def today(self) -> date:
        """Return the day it is."""
        return self.day


def desk_on(vault: Vault, environment: Environment, day: date) -> tuple[GroupServices, Calendar]:
    """Return the services of a group in a world where it is always `day`."""
    calendar = Calendar(day)
    return GroupServices(vault, replace(environment, today=calendar.today)), calendar


def live_through(vault: Vault, environment: Environment, seed: int = SEED) -> str:
    """Let the sample group live through its rounds; return a keeper's key of the open box."""
    services, calendar = desk_on(vault, environment, DAYS[0])
    services.setting_up.create(GROUP)
    key = ""
    for number, calendar.day in enumerate(DAYS, 1):
        _list_partners(services, number)
        said = ballots(number, environment.sets, seed)
        key = hold_round(services, said, OWNERS[number - 1])
        if number < len(DAYS):
            services.rounds.close(key, hands=len(said))
    return key


def _list_partners(services: GroupServices, number: int) -> None:
    """Add the partners that somebody lists for the first time in this round."""
    for story in PARTNERS:
        if story.listed(number) and (number == 1 or not story.listed(number - 1)):
            services.setting_up.add(story.name, story.kind, story.aliases)


def hold_round(services: GroupServices, said: Sequence[Said], heads: int) -> str:
    """Open a round on all partners and hand the ballots in; return the first keeper's key."""
    names = {partner.id: partner.name for partner in services.rounds.group().active_partners}
    hands = {key: sum(name in ballot for ballot in said) for key, name in names.items()}
    opening = services.rounds.prepare(Plan(hands, heads))
    services.rounds.open(opening)
    for ballot in said:
        seat = services.rating.draw_code()
        about = {key: ballot.get(name) for key, name in names.items()}
        services.rating.cast(seat, fill_in(seat.blank_draft(), about))
    return " ".join(opening.keys[0])


def fill_in(draft: Draft, said: Mapping[str, tuple[int, ...] | None]) -> Draft:
    """Return the ballot filled in: what was said by partner id, "don't know them" for None."""
    for partner, answers in said.items():
        if answers is None:
            draft = draft.with_standing(partner, Standing.UNKNOWN)
            continue
        for question, answer in zip(draft.sets[partner].questions, answers, strict=True):
            draft = draft.with_answer(partner, question.id, answer)
    return draft


def rate_last_and_close(vault: Vault, environment: Environment, day: date, key: str) -> Board:
    """Do what the demo does: rate two partners as the twelfth owner, close, return the board."""
    services, _ = desk_on(vault, environment, day)
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


def missing(board: Board) -> list[str]:
    """Return what the sample board should show and doesn't."""
    streets = {section.street for section in board.sections}
    told = [line.result for line in board.shown_lines]
    sure = {each.certainty for each in told}
    there = {
        **{str(street): street in streets for street in Street},
        **{str(certainty): certainty in sure for certainty in Certainty},
        "a deal-breaker": any(each.deal_breaker for each in told),
        "poor work": any(each.work is Work.POOR for each in told),
        "four voices, no numbers": any(each.comes_back is None for each in told),
        "a step": any(line.change.word.startswith("was") for line in board.shown_lines),
        "a change": any(line.change.sentence.endswith("A change.") for line in board.shown_lines),
    }
    return [what for what, shown in there.items() if not shown]
