"""Whoever took copies compares the sealed texts of a rater who handed in the same once more."""

from benchmarks.anonymity.leak import one_nonce
from benchmarks.anonymity.playing import OPINION, Table
from benchmarks.anonymity.result import Attack
from peerreview.ballotbox.key import data


def play(table: Table) -> bool:
    """Hand the same ballot in again; look for halves that stayed as they were."""
    before = {hole.id: data(hole.row) for hole in table.round.box().slots}
    table.again(0, OPINION)
    after = {hole.id: data(hole.row) for hole in table.round.box().slots}
    changed = [each for each in before if before[each] != after[each]]
    halves = ((before[each], after[each], part) for each in changed for part in _HALVES)
    return not changed or any(one[part] == two[part] for one, two, part in halves)


_HALVES = (slice(32), slice(32, None))
ATTACK = Attack("ZERO", "the same again", "copies between turns", play, one_nonce, "fixed nonce")
