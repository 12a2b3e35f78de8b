"""One group on a host: the last view of its round, its sessions, and answers not yet handed in.

Knows sessions only as members that take messages: a call of another session's app would run in the
wrong context. Nothing of this is ever written to a disk.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from textual.message import Message

from peerreview.services.group_services import GroupServices
from peerreview.services.rating import Seat
from peerreview.services.round_watch import RoundWatch, View
from peerreview.services.sitting import DraftKeeper
from peerreview.services.turn import BallotCursor, Turn

_STAMP_PAUSE = 0.2
"""Seconds between two looks at the stamp of the files."""
_REFRESH_PAUSE = 2.0
"""Seconds after which the files are read even if their stamp is the same."""
_POSTS_AT_ONCE, _POST_PAUSE = 5, 0.005
"""Messages posted at once, and seconds until the next ones: so long other tasks may run."""


@dataclass
class RoomChanged(Message):
    """The group or its round has changed: somebody drew, cast, opened or closed."""

    view: View


class SessionTakenOver(Message):
    """This session's code was entered on another terminal: the turn goes on there."""


@dataclass
class NoticePosted(Message):
    """A sentence for all sessions."""

    text: str


class Member(Protocol):
    """A session in a room."""

    def post_message(self, message: Message, /) -> object:
        """Take a message."""
        ...


@dataclass(eq=False)
class HostedRoom:
    """One group and the sessions in it.

    Attributes:
        name: the account to join with.
        services: the services of the group.
        read_stamp: returns something that changes whenever a file of the group does; it is cheap.
        view: the group and its round at the last look; None before the first.
        members: the sessions.
    """

    name: str
    services: GroupServices
    read_stamp: Callable[[], object]
    view: View | None = None
    members: set[Member] = field(default_factory=set[Member])
    _turns: dict[str, Turn] = field(default_factory=dict[str, Turn])
    _members_in_turns: dict[str, Member] = field(default_factory=dict[str, Member])
    _watch: RoundWatch = field(init=False)

    def __post_init__(self) -> None:
        self._watch = self.services.watch_round()

    # The view, and messages to all sessions.

    async def watch(self) -> None:
        """Refresh the view whenever a file of the group changes, until this is cancelled."""
        last_stamp = object()  # equal to no stamp
        looks = 0
        while True:
            stamp = await asyncio.to_thread(self.read_stamp)
            looks += 1
            if stamp != last_stamp or looks * _STAMP_PAUSE >= _REFRESH_PAUSE:
                last_stamp = stamp
                looks = 0
                await self.refresh()
            await asyncio.sleep(_STAMP_PAUSE)

    async def refresh(self) -> None:
        """Look at the group and its round once, and post a new view to all sessions."""
        await self._watch.look()
        view = self._watch.view
        if view and view != self.view:
            if self.view and self.view.round_id != view.round_id:
                self._turns.clear()
            self.view = view
            await self._post_to_all(lambda: RoomChanged(view))

    async def post_notice(self, text: str) -> None:
        """Show a notice in every session."""
        await self._post_to_all(lambda: NoticePosted(text))

    async def _post_to_all(self, make_message: Callable[[], Message]) -> None:
        for number, member in enumerate(list(self.members), 1):
            member.post_message(make_message())
            if number % _POSTS_AT_ONCE == 0:
                await asyncio.sleep(_POST_PAUSE)

    # Turns. Sessions in plain lines call these methods from threads of their own.

    def draft_keeper(self, member: Member) -> DraftKeeper:
        """Return the keeper of the answers of a session."""
        return DraftKeeper(
            resume=lambda seat: self.resume_turn(seat, member),
            forget=lambda seat: self.forget_turn(seat, member),
        )

    def resume_turn(self, seat: Seat, member: Member) -> Turn:
        """Return the turn of a seat, with the answers given before the connection broke.

        A session that has had the turn until now gets a `SessionTakenOver`.
        """
        tag = seat.key.ticket_tag
        previous = self._members_in_turns.get(tag)
        if previous and previous is not member:
            previous.post_message(SessionTakenOver())
        self._members_in_turns[tag] = member
        turn = self._turns.get(tag)
        if turn is None or turn.seat.receipt != seat.receipt:  # or the ballot in the box changed
            turn = self._turns[tag] = Turn(seat)
        turn.seat = seat
        if turn.cursor.partner >= len(turn.partners):  # in lines, the check is behind the last one
            turn.cursor = BallotCursor()
        return turn

    def forget_turn(self, seat: Seat, member: Member) -> None:
        """Forget a turn that was handed in or thrown away, unless another session has it."""
        tag = seat.key.ticket_tag
        if self._members_in_turns.get(tag) is member:
            del self._members_in_turns[tag]
            self._turns.pop(tag, None)

    def remove_member(self, member: Member) -> None:
        """Remove a session that ended; its answers are kept for whoever enters the same code."""
        self.members.discard(member)
        for tag, other in list(self._members_in_turns.items()):
            if other is member:
                del self._members_in_turns[tag]
