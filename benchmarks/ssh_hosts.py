"""The two ways of hosting that `benchmarks.ssh` measures, each in processes of its own.

`python -m benchmarks.ssh_hosts GROUPFILE` is the peer: an SSH server that starts the installed
program in a pty for every session and copies bytes.
"""

import asyncio
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import threading
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import asyncssh

from benchmarks.timed_terminal import plain_environment
from peerreview.bootstrap import services_at
from peerreview.domain.round.plan import Plan

_TICKS = os.sysconf("SC_CLK_TCK")


class RunningHost(Protocol):
    """A host to join."""

    port: int
    code: str

    def read_memory(self) -> float:
        """Return the memory of its processes in MB; shared pages count once."""
        ...

    def read_cpu_time(self) -> float:
        """Return the seconds of CPU that it has used so far."""
        ...

    def read_waiting_time(self) -> float:
        """Return the seconds for which it waited because other processes had the cores."""
        ...

    def stop(self) -> None:
        """Stop the host."""
        ...


def _process_tree(process: int) -> list[int]:
    """Return the numbers of a process and of all processes below it."""
    processes = [process]
    for parent in processes:
        with suppress(OSError):
            children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
            processes += [int(child) for child in children.split()]
    return processes


class _Server:
    def __init__(self, *command: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *command], env=plain_environment() | {"PYTHONPATH": str(Path.cwd())},
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    @property
    def process(self) -> int:
        """The number of the process."""
        return self._process.pid

    def drain(self) -> None:
        """Read the rest of its output in a thread, so that it never waits for a reader."""
        assert self._process.stdout
        threading.Thread(target=self._process.stdout.read, daemon=True).start()

    def read_match(self, pattern: str) -> str:
        """Return the first group of the next line of output that matches a pattern."""
        assert self._process.stdout
        for line in self._process.stdout:
            if match := re.search(pattern, line):
                return match[1]
        raise RuntimeError("the host ended")

    def read_memory(self) -> float:
        total = 0
        for process in _process_tree(self._process.pid):
            with suppress(OSError):  # it ended just now
                text = Path(f"/proc/{process}/smaps_rollup").read_text()
                total += int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])
        return total / 1024

    def read_cpu_time(self) -> float:
        total = 0
        for process in _process_tree(self._process.pid):
            with suppress(OSError):
                fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
                total += sum(map(int, fields[11:15]))
        return total / _TICKS

    def read_waiting_time(self) -> float:
        text = Path(f"/proc/{self._process.pid}/schedstat").read_text()
        return int(text.split()[1]) / 1e9

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(30)


class OneProcess(_Server):
    """The host of this package, `peerreview host`: one process for all sessions."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "-u", "-m", "peerreview", "host", str(path), "--port", "0", "--listen", "127.0.0.1",
            "--per-address", "1000", "--max-sessions", "1000",
        )  # fmt: skip
        self._services, self._path = services_at(path), path
        self.port = int(self.read_match(r"ssh -p (\d+)"))
        self.code = self.read_match(r"Door code +(\d{3} \d{3})")

    def open_round(self) -> None:
        """Open another round, about new partners if all of them were rated lately."""
        rounds = self._services.rounds
        hands = dict.fromkeys(partner.id for partner in rounds.ready_partners())
        if not hands:
            from peerreview.domain.group.partner import PartnerKind

            for number in range(60):
                self._services.setting_up.add(f"Another firm {number}", PartnerKind.VENDOR)
            hands = dict.fromkeys(partner.id for partner in rounds.ready_partners())
        rounds.open(rounds.prepare(Plan(hands, 30)))
        self.code = self.read_match(r"Door code +(\d{3} \d{3})")

    def draw_code(self) -> None:
        """Draw a code on the laptop."""
        self._services.rating.draw_code()


class ProcessPerSession(_Server):
    """The peer: one process for each session."""

    code = ""

    def __init__(self, path: Path) -> None:
        super().__init__("-u", "-m", "benchmarks.ssh_hosts", str(path))
        self.port = int(self.read_match(r"port (\d+)"))


class _OpenServer(asyncssh.SSHServer):
    def begin_auth(self, username: str) -> bool:
        return False


async def _run_session(process: asyncssh.SSHServerProcess[bytes], path: str) -> None:
    columns, rows = process.term_size[:2]
    child, terminal = pty.fork()
    if not child:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.execve(
            sys.executable, [sys.executable, "-m", "peerreview", "open", path],
            dict(os.environ) | {"TERM": "xterm-256color"},
        )  # fmt: skip
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    def copy_output() -> None:
        try:
            process.stdout.write(os.read(terminal, 65536))
        except OSError:
            loop.remove_reader(terminal)
            ended.set()

    async def copy_keys() -> None:
        while data := await process.stdin.read(1024):
            os.write(terminal, data)
        ended.set()

    loop.add_reader(terminal, copy_output)
    typing = loop.create_task(copy_keys())
    await ended.wait()
    typing.cancel()
    loop.remove_reader(terminal)
    os.kill(child, 9)
    os.close(terminal)
    await asyncio.to_thread(os.waitpid, child, 0)
    process.exit(0)


async def _serve(path: str) -> None:
    server = await asyncssh.listen(
        "127.0.0.1", 0, server_factory=_OpenServer, line_editor=False, encoding=None,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        process_factory=lambda process: _run_session(process, path),
    )  # fmt: skip
    print(f"port {server.get_port()}", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1]))
