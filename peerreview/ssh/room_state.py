"""One group on the host: where it stands, who watches, and answers not yet handed in.

Knows sessions only as places to post messages to: calling another session's app would run in the
wrong context. Nothing here is ever written down.
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

_LOOK, _LOOK_ANYWAY = 0.2, 2.0
"""Seconds between two looks at the files' stamps, and at what is in them whatever they say."""
_CROWD, _BREATH = 5, 0.005
"""So many sessions are told at once, then we let others work for so many seconds."""


@dataclass
class RoomChanged(Message):
    """The group or its round has changed: somebody drew, cast, opened or closed."""

    view: View


class SessionTakenOver(Message):
    """Somebody entered this session's code on another terminal: the turn goes on there."""


@dataclass
class NoticePosted(Message):
    """Something everybody should read now."""

    text: str


class Member(Protocol):
    """Somebody in a room."""

    def post_message(self, message: Message, /) -> object:
        """Take a message."""
        ...


@dataclass(eq=False)
class HostedRoom:
    """One group and the sessions in it.

    Attributes:
        name: the account to join with.
        desk: the group's services.
        stamp: something cheap that changes whenever a file of the group does.
        view: the group and its round at the last look; None before the first.
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
        """Start to follow the round of the group."""
        self._watch = self.services.watch_round()

    # Looking and telling.

    async def watch(self) -> None:
        """Look again and again, and tell everybody what changed; a file in trouble can wait."""
        seen, looks = object(), 0
        while True:
            stamp = await asyncio.to_thread(self.read_stamp)
            looks += 1
            if stamp != seen or looks * _LOOK >= _LOOK_ANYWAY:
                seen, looks = stamp, 0
                await self.refresh()
            await asyncio.sleep(_LOOK)

    async def refresh(self) -> None:
        """Look at the group and its round once, and tell all members if anything changed."""
        await self._watch.look()
        view = self._watch.view
        if view and view != self.view:
            if self.view and self.view.round_id != view.round_id:
                self._turns.clear()
            self.view = view
            await self._post_to_all(lambda: RoomChanged(view))

    async def post_notice(self, text: str) -> None:
        """Say something in every session."""
        await self._post_to_all(lambda: NoticePosted(text))

    async def _post_to_all(self, message: Callable[[], Message]) -> None:
        for number, app in enumerate(list(self.members), 1):
            app.post_message(message())
            if number % _CROWD == 0:
                await asyncio.sleep(_BREATH)

    # Turns; conversations in lines ask from threads of their own.

    def draft_keeper(self, who: Member) -> DraftKeeper:
        """Return what keeps the answers of a session."""
        return DraftKeeper(
            resume=lambda seat: self.resume_turn(seat, who),
            forget=lambda seat: self.forget_turn(seat, who),
        )

    def resume_turn(self, seat: Seat, who: Member) -> Turn:
        """Return the turn of a seat, with the answers given before the connection broke.

        Whoever sat there until now is told that the turn went on elsewhere.
        """
        place = seat.key.ticket_tag
        if (before := self._members_in_turns.get(place)) and before is not who:
            before.post_message(SessionTakenOver())
        self._members_in_turns[place] = who
        turn = self._turns[place] = self._waiting(seat) or Turn(seat)
        turn.seat = seat
        if turn.cursor.partner >= len(turn.partners):  # in lines that is where one checks
            turn.cursor = BallotCursor()
        return turn

    def _waiting(self, seat: Seat) -> Turn | None:
        """Return a turn that was cut off, unless a ballot came into the box since, or went out."""
        turn = self._turns.get(seat.key.ticket_tag)
        return turn if turn and turn.seat.receipt == seat.receipt else None

    def forget_turn(self, seat: Seat, who: Member) -> None:
        """Forget a turn: it was handed in, or thrown away."""
        if self._members_in_turns.get(seat.key.ticket_tag) is who:
            del self._members_in_turns[seat.key.ticket_tag]
            self._turns.pop(seat.key.ticket_tag, None)

    def remove_member(self, who: Member) -> None:
        """A session is over; its answers stay for whoever returns with the same code."""
        self.members.discard(who)
        for place, each in list(self._members_in_turns.items()):
            if each is who:
                del self._members_in_turns[place]
