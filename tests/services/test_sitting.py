"""The flow of a turn as every front end gets it: which step comes next, what is left behind."""

from collections.abc import Callable

import pytest
from stories import code_of, opened

from peerreview.domain.errors import RuleError
from peerreview.services.group_services import GroupServices
from peerreview.services.rating import Seat
from peerreview.services.sitting import NO_DRAFTS, DraftKeeper, Sitting, Step
from peerreview.services.turn import Turn


@pytest.fixture
def services(any_services: GroupServices) -> GroupServices:
    """A group with a round open for four heads."""
    opened(any_services)
    return any_services


@pytest.fixture
def drafts() -> DraftKeeper:
    """A keeper of drafts, as a server has it."""
    kept: dict[str, Turn] = {}

    def resume(seat: Seat) -> Turn:
        turn = kept.setdefault(seat.key.ticket_tag, Turn(seat))
        turn.seat = seat
        return turn

    return DraftKeeper(resume, lambda seat: kept.pop(seat.key.ticket_tag, None))


def start(services: GroupServices, drafts: DraftKeeper = NO_DRAFTS) -> Sitting:
    """Draw a code, and start to rate."""
    sitting = Sitting(services.rating, services.rating.draw_code(), drafts)
    sitting.confirm_code()
    return sitting


def answer(sitting: Sitting) -> None:
    """Rate the first partner."""
    criteria, _ = sitting.turn.criteria_and_entry(0)
    for question in criteria.starred_pair:
        sitting.turn.answer(0, question, 4)


def hand_in(sitting: Sitting) -> None:
    answer(sitting)
    sitting.check()
    sitting.hand_in()


def enter(services: GroupServices, sitting: Sitting, drafts: DraftKeeper = NO_DRAFTS) -> Sitting:
    """Enter the code of an earlier sitting."""
    return Sitting(services.rating, services.rating.enter_code(code_of(sitting.seat)), drafts)


def counts(services: GroupServices) -> tuple[int, int]:
    """Return the number of codes drawn and of ballots handed in."""
    progress = services.rounds.progress()
    assert progress
    return progress.drawn, progress.handed_in


def test_a_fresh_code_leads_to_the_ballot_the_check_and_the_receipt(
    services: GroupServices,
) -> None:
    sitting = Sitting(services.rating, services.rating.draw_code())
    assert sitting.step is Step.SHOW_CODE and sitting.seat.code
    sitting.confirm_code()
    assert sitting.step is Step.RATE
    answer(sitting)
    sitting.check()
    assert sitting.step is Step.CHECK and sitting.receipt is None
    sitting.return_to_ballot()
    assert sitting.step is Step.RATE
    sitting.check()
    sitting.hand_in()
    assert sitting.step is Step.HANDED_IN and sitting.receipt
    sitting.finish()
    assert sitting.step is Step.ENDED and counts(services) == (1, 1)


def test_an_older_code_shows_its_receipt_first_and_rates_from_blank(
    services: GroupServices,
) -> None:
    first = start(services)
    hand_in(first)
    again = enter(services, first)
    assert again.step is Step.CHANGE and again.seat.receipt == first.receipt
    again.rate_again()
    assert again.step is Step.RATE and again.turn.draft.is_empty
    again.leave()
    assert counts(services) == (1, 1), "the first ballot stays"


def test_a_ballot_taken_out_can_be_rated_again_in_the_same_sitting(
    services: GroupServices,
) -> None:
    first = start(services)
    hand_in(first)
    again = enter(services, first)
    again.withdraw()
    assert again.step is Step.WITHDRAWN and counts(services) == (1, 0)
    again.return_to_code()
    assert again.step is Step.CHANGE and again.seat.receipt is None
    again.rate_again()
    hand_in(again)
    assert counts(services) == (1, 1)
    assert services.rating.enter_code(code_of(first.seat)).receipt == again.receipt


def test_whoever_leaves_without_handing_in_gives_a_fresh_code_back(
    services: GroupServices,
) -> None:
    sitting = start(services)
    answer(sitting)
    sitting.leave()
    assert sitting.step is Step.ENDED and counts(services) == (0, 0)


def test_leaving_after_the_receipt_gives_nothing_back(services: GroupServices) -> None:
    sitting = start(services)
    hand_in(sitting)
    sitting.leave()
    assert counts(services) == (1, 1)


def test_answers_wait_for_whoever_was_cut_off(services: GroupServices, drafts: DraftKeeper) -> None:
    sitting = start(services, drafts)
    answer(sitting)
    sitting.abandon()
    assert sitting.step is Step.ENDED and counts(services) == (1, 0)
    again = enter(services, sitting, drafts)
    assert again.is_resumed and again.step is Step.RATE
    assert again.turn.draft == sitting.turn.draft
    again.leave()
    assert not enter(services, sitting, drafts).is_resumed


def test_answers_handed_in_wait_for_nobody(services: GroupServices, drafts: DraftKeeper) -> None:
    sitting = start(services, drafts)
    hand_in(sitting)
    assert enter(services, sitting, drafts).turn.draft.is_empty


def test_whoever_is_cut_off_before_an_answer_gives_the_code_back(
    services: GroupServices, drafts: DraftKeeper
) -> None:
    start(services, drafts).abandon()
    assert counts(services) == (0, 0)


def test_without_a_keeper_whoever_is_gone_has_left(services: GroupServices) -> None:
    sitting = start(services)
    answer(sitting)
    sitting.abandon()
    assert counts(services) == (0, 0)


def test_a_round_that_has_ended_takes_no_ballot_and_leaving_is_no_error(
    services: GroupServices,
) -> None:
    sitting = start(services)
    answer(sitting)
    sitting.check()
    services.rounds.discard(services.rounds.group().name)
    with pytest.raises(RuleError, match="closed or discarded"):
        sitting.hand_in()
    assert sitting.step is Step.CHECK and sitting.receipt is None
    sitting.leave()
    assert sitting.step is Step.ENDED


@pytest.mark.parametrize(
    "method",
    [Sitting.check, Sitting.return_to_ballot, Sitting.hand_in, Sitting.rate_again,
     Sitting.withdraw, Sitting.finish, Sitting.return_to_code],
)  # fmt: skip
def test_no_step_is_skipped(services: GroupServices, method: Callable[[Sitting], None]) -> None:
    sitting = Sitting(services.rating, services.rating.draw_code())
    with pytest.raises(RuleError, match="this turn has moved on"):
        method(sitting)
    assert sitting.step is Step.SHOW_CODE and counts(services) == (1, 0)


def test_a_ballot_is_handed_in_once(services: GroupServices) -> None:
    sitting = start(services)
    hand_in(sitting)
    with pytest.raises(RuleError, match="this turn has moved on"):
        sitting.hand_in()
    assert counts(services) == (1, 1)
