"""The counted close: hands, key, rows, release, and the box is gone; or nothing happened at all."""

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
    """Open the box of the open round, pool, keep the release, and delete the box.

    The release is durable before the box goes: a crash in between loses nothing.
    A rehearsal releases nothing: whoever saw two results of the same people about the same
    partners, minutes apart, could subtract one from the other.

    Args:
        vault: the group and its box.
        environment: for the date and for stretching the key.
        key: the keepers' words, as typed.
        hands: how many people say that they handed in a ballot.

    Raises:
        KeeperKeyError: The words open nothing.
        CountError: Hands, heads, ballots and rows don't agree; nothing is changed.
        FileError: The box was tampered with.
        RuleError: No round is open.
    """
    store = vault.box(vault.group.read().require_open_round().number)
    box = store.read()
    opening.check_count(box, hands)
    private = keeper.unlock_private_key(box.head, key, environment.stretcher)

    def pool(box: Box) -> Release | None:
        opened = opening.open_box(box, private, hands)

        def decide(group: Group) -> Group:
            round_ = group.require_open_round(box.head.round_id)
            _check_laid_out_for(round_, box.head)
            today = max(environment.today(), round_.opened_on or environment.today())
            if round_.rehearsal:
                return group.with_round(round_.with_state(RoundState.DISCARDED, today))
            sets = {each.hash: each for each in group.sets}
            rows = {  # what answers other questions weighs as much as a dummy
                each.id: [
                    row for row in opened.rows[each.id] if is_valid_row(sets[each.set_hash], row)
                ]
                for each in round_.partners
            }
            release = tally_round(
                round_, sets, rows, today, opened.ballots, group.last_shown_release()
            )
            return group.with_round(round_.with_state(RoundState.CLOSED, today)).with_release(
                release
            )

        return vault.group.update(decide).find_release(box.head.number)

    return store.read_and_remove(pool)


def _check_laid_out_for(round_: Round, head: BoxHead) -> None:
    """Let a box pass that asks about the partners of its round, for as many people.

    Raises:
        FileError: Somebody changed its head.
    """
    partners = tuple(sorted(each.id for each in round_.partners))
    found = (head.number, head.partners, head.heads, head.turns)
    if found != (round_.number, partners, round_.heads, round_.ticket_count):
        raise FileError("the box isn't as it was laid out: the file was tampered with")
