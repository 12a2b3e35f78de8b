"""The session on one SSH channel: a front end, the text of a command, or a refusal.

Knows the channel, its front end and its clock; must not know accounts or other sessions.
"""

import asyncio

import asyncssh

from peerreview.domain.errors import PeerReviewError
from peerreview.ssh.driver import clamp_size
from peerreview.ssh.ports import FrontEnd, RoomCommand, SessionHost
from peerreview.ssh.room_state import HostedRoom

_END_OF_INPUT = b"\x04"
_MOST_EARLY_KEYS = 256
"""Bytes typed before there is a front end that are kept for it."""
_IDLE_WARNING = 60.0
"""Seconds before an idle session ends at which it is warned."""
_TIME_TO_END = 10.0
"""Seconds after which a front end that doesn't end is cancelled."""
_LONGEST_CLOCK_PAUSE = 20.0
"""Seconds between two looks at the clock of an idle session, at most."""


class Session(asyncssh.SSHServerSession[bytes]):
    """The session on one channel.

    Args:
        host: makes the front end and counts sessions.
        room: the group.
        is_guest: whether a guest joined; otherwise it is the host account.

    Attributes:
        front_end: the front end; None before it starts and after it ended.
        last_key: the time of the last key, by the event loop's clock, in seconds.
    """

    def __init__(self, host: SessionHost, room: HostedRoom, is_guest: bool) -> None:
        self.room = room
        self.is_guest = is_guest
        self.front_end: FrontEnd | None = None
        self.last_key = 0.0
        self._host = host
        self._command: str | None = None
        self._refusal = ""
        self._size = clamp_size(0, 0)
        self._early_keys = b""
        self._task: asyncio.Task[None] | None = None

    # Requests of the client.

    def connection_made(self, chan: asyncssh.SSHServerChannel[bytes]) -> None:
        """Keep the channel."""
        self.channel = chan

    def pty_requested(
        self, term_type: str, term_size: tuple[int, int, int, int], term_modes: object
    ) -> bool:
        """Accept a terminal and keep its size."""
        self._size = clamp_size(*term_size[:2])
        return True

    def shell_requested(self) -> bool:
        """Accept a shell: that is the front end."""
        return True

    def exec_requested(self, command: str) -> bool:
        """Accept a command, to answer with its text or with a refusal."""
        self._command = command.strip()
        if self._command not in self._host.commands:
            names = " and ".join(self._host.commands)
            self._refusal = f"peerreview: no commands here but {names}; join with: ssh -t"
        return True

    def subsystem_requested(self, subsystem: str) -> bool:
        """Accept a subsystem such as sftp, to answer with a refusal: no files go in or out."""
        self._refusal = "peerreview: no files here; try: ssh … summary"
        return True

    def session_started(self) -> None:
        """Start what was requested."""
        loop = asyncio.get_running_loop()
        self.last_key = loop.time()
        self._task = loop.create_task(self._run())
        self._task.add_done_callback(self._report_defect)

    # The run of the session.

    async def _run(self) -> None:
        if self._refusal:
            self._host.log(f"refused: {self._refusal.removeprefix('peerreview: ')}")
            self._close_channel(self._refusal)
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
        environment = dict(self.channel.get_environment())
        environment.pop("TERM", None)
        terminal = self.channel.get_terminal_type()
        if terminal is not None:
            environment["TERM"] = terminal or "dumb"
        async with self._host.start_slots:
            if self.channel.is_closing():
                return
            front_end = self._host.make_front_end(
                self.channel, self.room, environment, self.is_guest
            )
            self.front_end = front_end
            run = asyncio.create_task(front_end.run_session(self._size))
            await asyncio.wait({run, front_end.first_paint}, return_when=asyncio.FIRST_COMPLETED)
        clock = asyncio.create_task(self._end_when_idle(front_end))
        front_end.receive(self._early_keys)
        self._early_keys = b""
        try:
            await run
        finally:
            clock.cancel()
            self.front_end = None
            self._close_channel(front_end.exit_message, 1 if front_end.exit_message else 0)

    async def _end_when_idle(self, front_end: FrontEnd) -> None:
        """Warn and end a session without keys, unless the person waits for the close."""
        loop = asyncio.get_running_loop()
        limit = self._host.limits.idle
        is_warned = False
        while (remaining := self.last_key + limit - loop.time()) > 0:
            if front_end.may_idle:
                self.last_key = loop.time()
            is_near = remaining <= min(_IDLE_WARNING, limit / 2)
            if is_near and not is_warned:
                front_end.show_notice("Nobody pressed a key for a while: this ends in a minute.")
            is_warned = is_near
            await asyncio.sleep(min(_LONGEST_CLOCK_PAUSE, limit / 8))
        front_end.exit_message = (
            "peerreview: closed, because nobody pressed a key. Come back any time."
        )
        self.end()

    def end(self) -> None:
        """Ask the session to end, and cancel it if it doesn't."""
        if self.front_end:
            self.front_end.end()
        if self._task and not self._task.done():
            asyncio.get_running_loop().call_later(_TIME_TO_END, self._task.cancel)

    def _close_channel(self, line: str = "", exit_code: int = 1) -> None:
        if not self.channel.is_closing():
            if line:
                self.channel.write_stderr(f"{line}\r\n".encode())
            self.channel.exit(exit_code)

    def _report_defect(self, task: asyncio.Task[None]) -> None:
        """Log a defect that ended this session, and close its channel."""
        if not task.cancelled() and (error := task.exception()):
            self._host.log(f"a session ended by a defect: {type(error).__name__}")
            self._close_channel(
                "peerreview: stopped by a defect of its own; what was handed in is safe"
            )

    # Events of the channel.

    def data_received(self, data: bytes, datatype: int | None) -> None:
        """Pass keys on, or keep a few of them until there is a front end."""
        self.last_key = asyncio.get_running_loop().time()
        if self.front_end and self.front_end.first_paint.done():
            self.front_end.receive(data)
        else:
            self._early_keys = (self._early_keys + data)[:_MOST_EARLY_KEYS]

    def eof_received(self) -> bool:
        """Pass the end of input on as a key, and keep the channel until the session ends."""
        self.data_received(_END_OF_INPUT, None)
        return True

    def terminal_size_changed(self, width: int, height: int, pixwidth: int, pixheight: int) -> None:
        """Follow the size of the client's window."""
        self._size = clamp_size(width, height)
        if self.front_end:
            self.front_end.resize(width, height)

    def pause_writing(self) -> None:
        """Stop drawing: the client doesn't read."""
        if self.front_end:
            self.front_end.set_paused(True)

    def resume_writing(self) -> None:
        """Draw again: the client reads again."""
        if self.front_end:
            self.front_end.set_paused(False)

    def connection_lost(self, exc: Exception | None) -> None:
        """End the session; the room keeps the answers given so far."""
        self.end()
