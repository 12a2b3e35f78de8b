"""The counted close: the box is opened, tallied and removed, or nothing changes at all."""

from peerreview.ballotbox import keeper, opening
from peerreview.domain.group.group import Group
from peerreview.domain.rating.ballot import is_valid_row
from peerreview.domain.round.box import Box, BoxHead
from peerreview.domain.round.round import Round, RoundState
from peerreview.domain.tally.release import Release
from peerreview.domain.tally.tally import tally_round
from peerreview.errors import FileError
from peerreview.services.environment import Environment
from peerreview.services.ports import Vault


def close(vault: Vault, environment: Environment, key: str, hands: int) -> Release | None:
    """Open the box of the open round, tally the rows, store the release, and remove the box.

    The release is durable before the box is removed: a crash in between loses nothing. A rehearsal
    gives no release: somebody who saw two results of the same people about the same partners,
    minutes apart, could subtract one from the other.

    Args:
        vault: the group and its box.
        environment: for the date and for stretching the key.
        key: the keepers' words, as typed.
        hands: how many people say that they handed in a ballot.

    Returns:
        The release; None after a rehearsal.

    Raises:
        KeeperKeyError: The words don't open the box.
        CountError: The numbers of hands, heads, ballots and rows don't agree; nothing is changed.
        FileError: The box was tampered with.
        RuleError: No round is open.
    """
    store = vault.box(vault.group.read().require_open_round().number)
    box = store.read()
    opening.check_count(box, hands)
    private_key = keeper.unlock_private_key(box.head, key, environment.stretcher)

    def tally(box: Box) -> Release | None:
        opened = opening.open_box(box, private_key, hands)

        def end_round(group: Group) -> Group:
            round_ = group.require_open_round(box.head.round_id)
            _check_head(round_, box.head)
            today = max(environment.today(), round_.opened_on or environment.today())
            if round_.rehearsal:
                return group.with_round(round_.with_state(RoundState.DISCARDED, today))
            sets = {criteria.hash: criteria for criteria in group.sets}
            rows = {  # an invalid row counts as little as a dummy
                partner.id: [
                    row
                    for row in opened.rows[partner.id]
                    if is_valid_row(sets[partner.set_hash], row)
                ]
                for partner in round_.partners
            }
            release = tally_round(
                round_, sets, rows, today, opened.ballots, group.last_shown_release()
            )
            closed = round_.with_state(RoundState.CLOSED, today)
            return group.with_round(closed).with_release(release)

        return vault.group.update(end_round).find_release(box.head.number)

    return store.read_and_remove(tally)


def _check_head(round_: Round, head: BoxHead) -> None:
    """Check that a box was laid out for the partners and the number of people of a round.

    Raises:
        FileError: Somebody changed the head of the box.
    """
    partners = tuple(sorted(partner.id for partner in round_.partners))
    in_head = (head.number, head.partners, head.heads, head.turns)
    if in_head != (round_.number, partners, round_.heads, round_.ticket_count):
        raise FileError("the box isn't as it was laid out: the file was tampered with")
