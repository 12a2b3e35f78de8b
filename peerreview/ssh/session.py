"""One SSH channel: a terminal gets an app, two commands get a text, everything else a line.

Knows the channel, its app and its clock; must not know accounts or other sessions.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import asyncssh

from peerreview.domain.errors import PeerReviewError
from peerreview.ssh.driver import clamped
from peerreview.ssh.room_state import HostedRoom

if TYPE_CHECKING:
    from peerreview.ssh.server import Front, Host

_END_OF_INPUT = b"\x04"
_WARNED_BEFORE = 60.0
_TOO_LONG = 10.0
"""Seconds before the idle end at which we say so, and until an app that doesn't end is cut off."""

Command = Callable[[HostedRoom], str]
"""Works out the text of a command such as `summary`."""


class Session(asyncssh.SSHServerSession[bytes]):
    """What happens on one channel."""

    def __init__(self, host: "Host", room: HostedRoom, guest: bool) -> None:
        self.room, self.guest = room, guest
        self._host = host
        self._command: str | None = None
        self._refused = ""
        self._size = clamped(0, 0)
        self._early = b""
        self.front: Front | None = None
        self._task: asyncio.Task[None] | None = None
        self.last_key = 0.0

    # What the client asks for.

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Take the channel."""
        self.channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object
    ) -> bool:
        """Take note of the terminal."""
        self._size = clamped(*term_size[:2])
        return True

    def shell_requested(self) -> bool:
        """Give an app to a terminal."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Give a text for a command we know."""
        self._command = command.strip()
        if self._command not in self._host.commands:
            names = " and ".join(self._host.commands)
            self._refused = f"peerreview: no commands here but {names}; join with: ssh -t"
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        """Give nothing: no files go in or out."""
        self._refused = "peerreview: no files here; try: ssh … summary"
        return True

    def session_started(self) -> None:
        """Start what was asked for."""
        loop = asyncio.get_running_loop()
        self.last_key = loop.time()
        self._task = loop.create_task(self._run())
        self._task.add_done_callback(self._ended)

    # What happens.

    async def _run(self) -> None:
        if self._refused:
            self._host.log(f"refused: {self._refused.removeprefix('peerreview: ')}")
            self._leave(self._refused)
        elif self._command:
            await self._tell(self._host.commands[self._command])
        elif not self._host.opened(self):
            self._leave("peerreview: the host is full; try again in a few minutes")
        else:
            try:
                await self._play()
            finally:
                self._host.closed(self)

    async def _tell(self, command: Command) -> None:
        try:
            text = await asyncio.to_thread(command, self.room)
        except PeerReviewError as error:
            self._leave(f"peerreview: {error}")
        else:
            self.channel.write(text.encode())
            self.channel.exit(0)

    async def _play(self) -> None:
        said = dict(self.channel.get_environment())
        said["TERM"] = self.channel.get_terminal_type() or "dumb"
        async with self._host.starting:
            if self.channel.is_closing():
                return
            self.front = front = self._host.front_for(self, said)
            playing = asyncio.create_task(front.play(self._size))
            await asyncio.wait({playing, front.shown}, return_when=asyncio.FIRST_COMPLETED)
        watching = asyncio.create_task(self._watch_the_clock(front))
        front.receive(self._early)
        self._early = b""
        try:
            await playing
        finally:
            watching.cancel()
            self.front = None
            self._leave(front.farewell, 1 if front.farewell else 0)

    async def _watch_the_clock(self, front: "Front") -> None:
        """End a session that nobody uses; whoever waits for the close may wait."""
        loop, most, warned = asyncio.get_running_loop(), self._host.limits.idle, False
        while (left := self.last_key + most - loop.time()) > 0:
            if front.may_idle:
                self.last_key = loop.time()
            near = left <= min(_WARNED_BEFORE, most / 2)
            if near and not warned:
                front.tell("Nobody pressed a key for a while: this ends in a minute.")
            warned = near
            await asyncio.sleep(min(20.0, most / 8))
        front.farewell = "peerreview: closed, because nobody pressed a key. Come back any time."
        self.end()

    def end(self) -> None:
        """Ask the session to end; it gets some time to do so."""
        if self.front:
            self.front.end()
        if self._task and not self._task.done():
            asyncio.get_running_loop().call_later(_TOO_LONG, self._task.cancel)

    def _leave(self, line: str = "", code: int = 1) -> None:
        if not self.channel.is_closing():
            if line:
                self.channel.write_stderr(f"{line}\r\n".encode())
            self.channel.exit(code)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A defect ends one session: this one."""
        if not task.cancelled() and (error := task.exception()):
            self._host.log(f"a session ended by a defect: {type(error).__name__}")
            self._leave("peerreview: stopped by a defect of its own; what was handed in is safe")

    # What the channel tells us.

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Take in keys; those pressed before there is an app wait for it, a few of them."""
        self.last_key = asyncio.get_running_loop().time()
        if self.front and self.front.shown.done():
            self.front.receive(data)
        else:
            self._early = (self._early + data)[:256]

    def eof_received(self) -> bool:
        """Go on until the session has read to the end."""
        self.data_received(_END_OF_INPUT, None)
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Follow the window."""
        self._size = clamped(width, height)
        if self.front:
            self.front.resize(width, height)

    def pause_writing(self) -> None:
        """The client doesn't read."""
        if self.front:
            self.front.hold(True)

    def resume_writing(self) -> None:
        """The client reads again."""
        if self.front:
            self.front.hold(False)

    def connection_lost(self, exc: Exception | None) -> None:
        """End the app; the answers given so far stay in the room."""
        self.end()
