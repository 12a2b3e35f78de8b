"""What to do with a box that a crash left beside its group: a pure decision.

The box is laid out before its round is opened, and removed after its round is closed; a crash
in between leaves one too many. Knows groups and boxes; must not know files.
"""

from dataclasses import dataclass

from peerreview.domain.group.group import Group
from peerreview.domain.round.box import Box
from peerreview.domain.round.round import RoundState
from peerreview.errors import FileError


@dataclass(frozen=True, slots=True)
class LeftoverBox:
    """A box that shouldn't be there: whether it may go, why, and what is done or to be done."""

    remove: bool
    why: str
    then: str

    @property
    def sentence(self) -> str:
        """Both, in one line."""
        return f"{self.why}: {self.then}"


def judge_leftover_box(group: Group, number: int, seen: Box | FileError) -> LeftoverBox | None:
    """Return what to do with the box of round `number`, or None if it belongs there.

    Ballots are never thrown away on a guess: a box with drawn codes stays unless its very round
    has ended, and so does one nobody can read unless a round of its number has.

    Args:
        group: the group as it is in its file.
        number: the round the box says it belongs to.
        seen: what is in it, or why it can't be read.
    """
    box = seen if isinstance(seen, Box) else None
    round_ = next((each for each in group.rounds if each.number == number), None)
    if round_ and round_.state is RoundState.OPEN:
        return None
    same = round_ and (box is None or box.head.round_id == round_.id)
    if round_ and same and round_.state is not RoundState.PLANNED:
        why = f"round {number} was {round_.state}"
        return LeftoverBox(True, why, "its ballot box is removed now")
    if box and not box.drawn:
        why = f"round {number} was never opened"
        return LeftoverBox(True, why, "its empty ballot box is removed")
    holds = "with drawn codes" if box else "that can't be read"
    why = f"there is a ballot box {holds} for a round {number} that isn't open"
    return LeftoverBox(False, why, "put back the group file it belongs to, or delete it")
