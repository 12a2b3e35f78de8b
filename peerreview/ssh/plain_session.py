"""A session in plain lines, for terminals without screens and clients without terminals.

Knows one channel and what a line is; the questions themselves are the plain front end's. Those
block, so they run in a thread, and everything that touches the channel comes back to the loop.
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
from peerreview.plain.home import home
from peerreview.services.rating import Seat
from peerreview.services.turn import Turn
from peerreview.ssh.driver import Channel
from peerreview.ssh.room_state import HostedRoom, NoticePosted, RoomChanged, SessionTakenOver

_LONGEST, _MOST = 200, 32
"""Characters of a line, and lines waiting to be read."""
_ENDS = "\x03\x04"
_CLEAR = "\r\n" * 40


class PlainSession:
    """One person who reads and writes lines.

    Args:
        channel: where the person is.
        room: the group.
        echo: whether what is typed shows only if we show it: there is a terminal.
        threads: where the conversation runs.
    """

    may_idle = False

    def __init__(self, channel: Channel, room: HostedRoom, echo: bool, threads: Executor) -> None:
        self._channel, self._room, self._echo, self._threads = channel, room, echo, threads
        self._loop = asyncio.get_running_loop()
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._typed: SimpleQueue[str | RuleError | None] = SimpleQueue()
        self._round = ""
        self._line, self._hidden = "", False
        self.exit_message = ""
        self.first_paint: asyncio.Future[None] = self._loop.create_future()
        self.first_paint.set_result(None)

    async def run_session(self, size: tuple[int, int]) -> None:
        """Talk until the person leaves or is gone."""
        talk = Dialogue(self._ask, self._secret, self._say, self._clear)
        room, services = self._room, self._room.services
        memory = replace(room.draft_keeper(self), resume=self._sit)
        room.members.add(self)
        try:
            with suppress(EOFError):
                await self._loop.run_in_executor(self._threads, home, talk, services, False, memory)
        finally:
            room.remove_member(self)

    def _sit(self, seat: Seat) -> Turn:
        self._round = seat.round.id
        return self._room.resume_turn(seat, self)

    # What happens in the room.

    def post_message(self, message: Message) -> None:
        """Take in what happens in the room; a turn that can't go on lets go of its answers."""
        if isinstance(message, NoticePosted):
            self.show_notice(message.text)
        elif isinstance(message, SessionTakenOver):
            self._interrupt("your code was entered on another terminal: your turn goes on there")
        elif isinstance(message, RoomChanged) and self._round not in ("", message.view.round_id):
            self._interrupt("the round has ended: b shows the board")

    def _interrupt(self, why: str) -> None:
        self._round = ""
        self._typed.put(RuleError(why))

    # What the channel brings.

    def receive(self, data: bytes) -> None:
        """Take in what was typed."""
        for character in self._decode(data).replace("\r\n", "\n"):
            if character in _ENDS:
                self.end()
            elif character in "\r\n":
                self._write("\r\n" if self._echo else "")
                if self._typed.qsize() < _MOST:
                    self._typed.put(self._line)
                self._line = ""
            elif character in "\b\x7f":
                self._write("\b \b" if self._echo and self._line and not self._hidden else "")
                self._line = self._line[:-1]
            elif character.isprintable() and len(self._line) < _LONGEST:
                self._line += character
                self._write(character if self._echo and not self._hidden else "")

    def end(self) -> None:
        """Nobody is there any more."""
        self._typed.put(None)

    def show_notice(self, text: str) -> None:
        """Say something from outside the conversation."""
        self._write(f"\r\n{text}\r\n")

    def resize(self, width: int, height: int) -> None:
        """Lines fit any width."""

    def set_paused(self, paused: bool) -> None:
        """What is said waits in the channel: it is little."""

    # What the conversation does, in its thread.

    def _ask(self, question: str) -> str:
        self._say(question)
        answer = self._typed.get()
        if answer is None:
            self.end()  # for whoever asks next
            raise EOFError
        if isinstance(answer, RuleError):
            raise answer
        return answer

    def _secret(self, question: str) -> str:
        self._hidden = True
        try:
            return self._ask(question)
        finally:
            self._hidden = False

    def _say(self, text: str) -> None:
        self._loop.call_soon_threadsafe(self._write, f"{printable(text)}\r\n")

    def _clear(self) -> str:
        self._loop.call_soon_threadsafe(self._write, _CLEAR)
        return "What was said is scrolled away."

    def _write(self, text: str) -> None:
        if text and not self._channel.is_closing():
            self._channel.write(text.encode())
