"""One SSH channel: a terminal gets an app, two commands get a text, everything else a line.

Knows the channel, its app and its clock; must not know accounts or other sessions.
"""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

import asyncssh

from peerreview.domain.errors import PeerReviewError
from peerreview.ssh.driver import clamp_size
from peerreview.ssh.room_state import HostedRoom

if TYPE_CHECKING:
    from peerreview.ssh.server import FrontEnd, Host

_END_OF_INPUT = b"\x04"
_WARNED_BEFORE = 60.0
_TOO_LONG = 10.0
"""Seconds before the idle end at which we say so, and until an app that doesn't end is cut off."""

RoomCommand = Callable[[HostedRoom], str]
"""Works out the text of a command such as `summary`."""


class Session(asyncssh.SSHServerSession[bytes]):
    """What happens on one channel."""

    def __init__(self, host: "Host", room: HostedRoom, guest: bool) -> None:
        self.room, self.is_guest = room, guest
        self._host = host
        self._command: str | None = None
        self._refused = ""
        self._size = clamp_size(0, 0)
        self._early_keys = b""
        self.front_end: FrontEnd | None = None
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
        self._size = clamp_size(*term_size[:2])
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
            self._close_channel(self._refused)
        elif self._command:
            await self._run_command(self._host.commands[self._command])
        elif not self._host.add_session(self):
            self._close_channel("peerreview: the host is full; try again in a few minutes")
        else:
            try:
                await self._run_front_end()
            finally:
                self._host.remove_session(self)

    async def _run_command(self, command: RoomCommand) -> None:
        try:
            text = await asyncio.to_thread(command, self.room)
        except PeerReviewError as error:
            self._close_channel(f"peerreview: {error}")
        else:
            self.channel.write(text.encode())
            self.channel.exit(0)

    async def _run_front_end(self) -> None:
        said = dict(self.channel.get_environment())
        said["TERM"] = self.channel.get_terminal_type() or "dumb"
        async with self._host.start_slots:
            if self.channel.is_closing():
                return
            self.front_end = front = self._host.make_front_end(self, said)
            playing = asyncio.create_task(front.run_session(self._size))
            await asyncio.wait({playing, front.first_paint}, return_when=asyncio.FIRST_COMPLETED)
        watching = asyncio.create_task(self._end_when_idle(front))
        front.receive(self._early_keys)
        self._early_keys = b""
        try:
            await playing
        finally:
            watching.cancel()
            self.front_end = None
            self._close_channel(front.exit_message, 1 if front.exit_message else 0)

    async def _end_when_idle(self, front: "FrontEnd") -> None:
        """End a session that nobody uses; whoever waits for the close may wait."""
        loop, most, warned = asyncio.get_running_loop(), self._host.limits.idle, False
        while (left := self.last_key + most - loop.time()) > 0:
            if front.may_idle:
                self.last_key = loop.time()
            near = left <= min(_WARNED_BEFORE, most / 2)
            if near and not warned:
                front.show_notice("Nobody pressed a key for a while: this ends in a minute.")
            warned = near
            await asyncio.sleep(min(20.0, most / 8))
        front.exit_message = "peerreview: closed, because nobody pressed a key. Come back any time."
        self.end()

    def end(self) -> None:
        """Ask the session to end; it gets some time to do so."""
        if self.front_end:
            self.front_end.end()
        if self._task and not self._task.done():
            asyncio.get_running_loop().call_later(_TOO_LONG, self._task.cancel)

    def _close_channel(self, line: str = "", code: int = 1) -> None:
        if not self.channel.is_closing():
            if line:
                self.channel.write_stderr(f"{line}\r\n".encode())
            self.channel.exit(code)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A defect ends one session: this one."""
        if not task.cancelled() and (error := task.exception()):
            self._host.log(f"a session ended by a defect: {type(error).__name__}")
            self._close_channel(
                "peerreview: stopped by a defect of its own; what was handed in is safe"
            )

    # What the channel tells us.

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Take in keys; those pressed before there is an app wait for it, a few of them."""
        self.last_key = asyncio.get_running_loop().time()
        if self.front_end and self.front_end.first_paint.done():
            self.front_end.receive(data)
        else:
            self._early_keys = (self._early_keys + data)[:256]

    def eof_received(self) -> bool:
        """Go on until the session has read to the end."""
        self.data_received(_END_OF_INPUT, None)
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Follow the window."""
        self._size = clamp_size(width, height)
        if self.front_end:
            self.front_end.resize(width, height)

    def pause_writing(self) -> None:
        """The client doesn't read."""
        if self.front_end:
            self.front_end.set_paused(True)

    def resume_writing(self) -> None:
        """The client reads again."""
        if self.front_end:
            self.front_end.set_paused(False)

    def connection_lost(self, exc: Exception | None) -> None:
        """End the app; the answers given so far stay in the room."""
        self.end()
