"""A session in plain lines, for terminals without screens and clients without terminals.

Knows one channel and what a line is; the questions are those of the plain front end. They block,
so they run in a thread, and everything that touches the channel comes back to the loop.
"""

import asyncio
from codecs import getincrementaldecoder
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from queue import SimpleQueue

from textual.message import Message

from peerreview.domain.errors import RuleError
from peerreview.domain.text import printable
from peerreview.plain.dialogue import Dialogue
from peerreview.plain.home import run_home
from peerreview.services.rating import Seat
from peerreview.services.turn import Turn
from peerreview.ssh.driver import Channel
from peerreview.ssh.room_state import HostedRoom, NoticePosted, RoomChanged, SessionTakenOver

_LONGEST_LINE = 200
"""Characters of a line; more are dropped."""
_MOST_LINES = 32
"""Lines that wait to be read; more are dropped."""
_END_KEYS = "\x03\x04"
"""Ctrl+C and Ctrl+D."""
_CLEAR_LINES = "\r\n" * 40


class PlainSession:
    """The front end that asks and answers in lines.

    Args:
        channel: the channel to the client.
        room: the group.
        has_terminal: whether the client has a terminal; then what is typed is echoed.
        threads: runs the conversation, which blocks.
    """

    may_idle = False

    def __init__(
        self, channel: Channel, room: HostedRoom, has_terminal: bool, threads: Executor
    ) -> None:
        self._channel = channel
        self._room = room
        self._threads = threads
        self._has_terminal = has_terminal
        self._loop = asyncio.get_running_loop()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._lines: SimpleQueue[str | RuleError | None] = SimpleQueue()
        self._round_id = ""
        self._line = ""
        self._is_secret = False
        self.exit_message = ""
        self.first_paint: asyncio.Future[None] = self._loop.create_future()
        self.first_paint.set_result(None)

    async def run_session(self, size: tuple[int, int]) -> None:
        """Ask and answer until the person leaves or the connection is lost."""
        dialogue = Dialogue(self._ask, self._ask_secret, self._show, self._clear)
        drafts = replace(self._room.draft_keeper(self), resume=self._resume_turn)
        self._room.members.add(self)
        try:
            with suppress(EOFError):
                await self._loop.run_in_executor(
                    self._threads, run_home, dialogue, self._room.services, False, drafts
                )
        finally:
            self._room.remove_member(self)

    def _resume_turn(self, seat: Seat) -> Turn:
        self._round_id = seat.round.id
        return self._room.resume_turn(seat, self)

    # Messages from the room.

    def post_message(self, message: Message) -> None:
        """Take a message from the room; a turn that can't go on is interrupted."""
        if isinstance(message, NoticePosted):
            self.show_notice(message.text)
        elif isinstance(message, SessionTakenOver):
            self._interrupt("your code was entered on another terminal: your turn goes on there")
        elif isinstance(message, RoomChanged) and self._round_id not in ("", message.view.round_id):
            self._interrupt("the round has ended: b shows the board")

    def _interrupt(self, reason: str) -> None:
        self._round_id = ""
        self._lines.put(RuleError(reason))

    # Calls from the session.

    def receive(self, data: bytes) -> None:
        """Take bytes that the client typed."""
        for character in self._decode(data).replace("\r\n", "\n"):
            if character in _END_KEYS:
                self.end()
            elif character in "\r\n":
                if self._has_terminal:
                    self._write("\r\n")
                if self._lines.qsize() < _MOST_LINES:
                    self._lines.put(self._line)
                self._line = ""
            elif character in "\b\x7f":
                if self._line and self._is_echoing:
                    self._write("\b \b")
                self._line = self._line[:-1]
            elif character.isprintable() and len(self._line) < _LONGEST_LINE:
                self._line += character
                if self._is_echoing:
                    self._write(character)

    @property
    def _is_echoing(self) -> bool:
        return self._has_terminal and not self._is_secret

    def end(self) -> None:
        """End the conversation at its next question."""
        self._lines.put(None)

    def show_notice(self, text: str) -> None:
        """Show a notice between the lines of the conversation."""
        self._write(f"\r\n{text}\r\n")

    def resize(self, width: int, height: int) -> None:
        """Do nothing: lines fit any width."""

    def set_paused(self, is_paused: bool) -> None:
        """Do nothing: lines are few, and wait in the channel."""

    # Calls from the conversation, in its thread.

    def _ask(self, question: str) -> str:
        self._show(question)
        answer = self._lines.get()
        if answer is None:
            self.end()  # for the next question, too
            raise EOFError
        if isinstance(answer, RuleError):
            raise answer
        return answer

    def _ask_secret(self, question: str) -> str:
        self._is_secret = True
        try:
            return self._ask(question)
        finally:
            self._is_secret = False

    def _show(self, text: str) -> None:
        self._loop.call_soon_threadsafe(self._write, f"{printable(text)}\r\n")

    def _clear(self) -> str:
        self._loop.call_soon_threadsafe(self._write, _CLEAR_LINES)
        return "What was said is scrolled away."

    def _write(self, text: str) -> None:
        if text and not self._channel.is_closing():
            self._channel.write(text.encode())
