"""A turn goes through its steps in order, and leaves the right ballots and codes behind."""

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
    """A keeper of drafts like that of a server."""
    kept: dict[str, Turn] = {}

    def resume(seat: Seat) -> Turn:
        turn = kept.setdefault(seat.key.ticket_tag, Turn(seat))
        turn.seat = seat
        return turn

    return DraftKeeper(resume, lambda seat: kept.pop(seat.key.ticket_tag, None))


def start(services: GroupServices, drafts: DraftKeeper = NO_DRAFTS) -> Sitting:
    """Draw a code and go on to the ballot."""
    sitting = Sitting(services.rating, services.rating.draw_code(), drafts)
    sitting.confirm_code()
    return sitting


def rate_first_partner(sitting: Sitting) -> None:
    """Answer both counts about the first partner."""
    criteria, _ = sitting.turn.criteria_and_entry(0)
    for question in criteria.starred_pair:
        sitting.turn.answer(0, question, 4)


def rate_and_hand_in(sitting: Sitting) -> None:
    rate_first_partner(sitting)
    sitting.check()
    sitting.hand_in()


def enter_code(
    services: GroupServices, sitting: Sitting, drafts: DraftKeeper = NO_DRAFTS
) -> Sitting:
    """Enter the code of an earlier sitting; return the new sitting."""
    return Sitting(services.rating, services.rating.enter_code(code_of(sitting.seat)), drafts)


def count_codes_and_ballots(services: GroupServices) -> tuple[int, int]:
    """Return the numbers of codes drawn and of ballots handed in."""
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
    rate_first_partner(sitting)
    sitting.check()
    assert sitting.step is Step.CHECK and sitting.receipt is None
    sitting.return_to_ballot()
    assert sitting.step is Step.RATE
    sitting.check()
    sitting.hand_in()
    assert sitting.step is Step.HANDED_IN and sitting.receipt
    sitting.finish()
    assert sitting.step is Step.ENDED and count_codes_and_ballots(services) == (1, 1)


def test_an_older_code_shows_its_receipt_and_starts_with_a_blank_ballot(
    services: GroupServices,
) -> None:
    first = start(services)
    rate_and_hand_in(first)
    again = enter_code(services, first)
    assert again.step is Step.CHANGE and again.seat.receipt == first.receipt
    again.rate_again()
    assert again.step is Step.RATE and again.turn.draft.is_empty
    again.leave()
    assert count_codes_and_ballots(services) == (1, 1), "the first ballot stays"


def test_a_ballot_taken_out_can_be_rated_again_in_the_same_sitting(
    services: GroupServices,
) -> None:
    first = start(services)
    rate_and_hand_in(first)
    again = enter_code(services, first)
    again.withdraw()
    assert again.step is Step.WITHDRAWN and count_codes_and_ballots(services) == (1, 0)
    again.return_to_code()
    assert again.step is Step.CHANGE and again.seat.receipt is None
    again.rate_again()
    rate_and_hand_in(again)
    assert count_codes_and_ballots(services) == (1, 1)
    assert services.rating.enter_code(code_of(first.seat)).receipt == again.receipt


def test_leaving_without_handing_in_gives_a_fresh_code_back(
    services: GroupServices,
) -> None:
    sitting = start(services)
    rate_first_partner(sitting)
    sitting.leave()
    assert sitting.step is Step.ENDED and count_codes_and_ballots(services) == (0, 0)


def test_leaving_after_handing_in_keeps_the_ballot(services: GroupServices) -> None:
    sitting = start(services)
    rate_and_hand_in(sitting)
    sitting.leave()
    assert count_codes_and_ballots(services) == (1, 1)


def test_answers_are_kept_for_a_rater_whose_connection_broke(
    services: GroupServices, drafts: DraftKeeper
) -> None:
    sitting = start(services, drafts)
    rate_first_partner(sitting)
    sitting.abandon()
    assert sitting.step is Step.ENDED and count_codes_and_ballots(services) == (1, 0)
    again = enter_code(services, sitting, drafts)
    assert again.is_resumed and again.step is Step.RATE
    assert again.turn.draft == sitting.turn.draft
    again.leave()
    assert not enter_code(services, sitting, drafts).is_resumed


def test_answers_that_were_handed_in_are_not_kept(
    services: GroupServices, drafts: DraftKeeper
) -> None:
    sitting = start(services, drafts)
    rate_and_hand_in(sitting)
    assert enter_code(services, sitting, drafts).turn.draft.is_empty


def test_a_connection_broken_before_the_first_answer_gives_the_code_back(
    services: GroupServices, drafts: DraftKeeper
) -> None:
    start(services, drafts).abandon()
    assert count_codes_and_ballots(services) == (0, 0)


def test_without_a_keeper_of_drafts_a_broken_connection_ends_the_turn(
    services: GroupServices,
) -> None:
    sitting = start(services)
    rate_first_partner(sitting)
    sitting.abandon()
    assert count_codes_and_ballots(services) == (0, 0)


def test_a_discarded_round_takes_no_ballot_and_lets_the_rater_leave(
    services: GroupServices,
) -> None:
    sitting = start(services)
    rate_first_partner(sitting)
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
def test_no_step_can_be_skipped(services: GroupServices, method: Callable[[Sitting], None]) -> None:
    sitting = Sitting(services.rating, services.rating.draw_code())
    with pytest.raises(RuleError, match="this turn has moved on"):
        method(sitting)
    assert sitting.step is Step.SHOW_CODE and count_codes_and_ballots(services) == (1, 0)


def test_a_ballot_can_be_handed_in_only_once(services: GroupServices) -> None:
    sitting = start(services)
    rate_and_hand_in(sitting)
    with pytest.raises(RuleError, match="this turn has moved on"):
        sitting.hand_in()
    assert count_codes_and_ballots(services) == (1, 1)
