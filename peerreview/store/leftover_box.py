"""Decides what to do with a box that a crash left beside its group. Must not know files.

A box is created before its round is opened, and removed after its round is closed; a crash in
between leaves a box that nobody needs.
"""

from dataclasses import dataclass

from peerreview.domain.group.group import Group
from peerreview.domain.round.box import Box
from peerreview.domain.round.round import RoundState
from peerreview.errors import FileError


@dataclass(frozen=True, slots=True)
class LeftoverBox:
    """A decision about a box that shouldn't be there.

    Attributes:
        is_removable: whether it may be removed.
        reason: why it shouldn't be there.
        action: what is done, or what people have to do.
    """

    is_removable: bool
    reason: str
    action: str

    @property
    def sentence(self) -> str:
        """The reason and the action in one line."""
        return f"{self.reason}: {self.action}"


def judge_leftover_box(group: Group, number: int, box: Box | FileError) -> LeftoverBox | None:
    """Return what to do with the box of round `number`, or None if it belongs there.

    Ballots are never thrown away on a guess: a box with drawn codes stays unless its very round
    has ended, and a box that can't be read stays unless a round of its number has ended.

    Args:
        group: the group as it is in its file.
        number: the number of the round in the name of the box.
        box: the content of the box, or why it can't be read.
    """
    content = box if isinstance(box, Box) else None
    round_ = next((round_ for round_ in group.rounds if round_.number == number), None)
    if round_ and round_.state is RoundState.OPEN:
        return None
    is_box_of_round = round_ and (content is None or content.head.round_id == round_.id)
    if round_ and round_.state is not RoundState.PLANNED and is_box_of_round:
        reason = f"round {number} was {round_.state}"
        return LeftoverBox(True, reason, "its ballot box is removed now")
    if content and not content.codes_drawn:
        reason = f"round {number} was never opened"
        return LeftoverBox(True, reason, "its empty ballot box is removed")
    what = "with drawn codes" if content else "that can't be read"
    reason = f"there is a ballot box {what} for a round {number} that isn't open"
    return LeftoverBox(False, reason, "put back the group file it belongs to, or delete it")
