"""The installed host in a process of its own, without a terminal, as a service runs it."""

import os
import re
import subprocess
import sys
from pathlib import Path

from e2e.terminal import clean_environment
from stories import Calendar, fast_environment, five_partners, opened

from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault

START = """
import sys
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview import bootstrap
quick = Stretcher(Strength(ops=1, memory=8192))
real = bootstrap.make_environment
bootstrap.make_environment = lambda: __import__("dataclasses").replace(real(), stretcher=quick)
from peerreview.cli import main
main(sys.argv[1:])
"""
"""The installed command with a weak Argon2id, which would otherwise take most of the time."""


class Running:
    """A running host, how to join it, and what it costs."""

    def __init__(self, path: Path, *options: str, heads: int = 12) -> None:
        self.services = GroupServices(FileVault(path), fast_environment(Calendar()))
        five_partners(self.services)
        self.opening = opened(self.services, heads)
        command = [sys.executable, "-c", START, "host", str(path), "--port", "0"]
        self._process = subprocess.Popen(
            [*command, "--listen", "127.0.0.1", *options],
            env=clean_environment(path.parent),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.port = int(self._find(r"ssh -p (\d+)"))
        self.code = self._find(r"Door code +(\d{3} \d{3})")
        self._find("(Fingerprint)")
        os.set_blocking(self._process.stdout.fileno(), False)

    def _find(self, pattern: str) -> str:
        for line in self._process.stdout:
            if match := re.search(pattern, line):
                return match[1]
        raise AssertionError(f"the host said nothing like {pattern}")

    def lines(self) -> list[str]:
        """Return the lines logged since the last call."""
        try:
            return os.read(self._process.stdout.fileno(), 1 << 20).decode().splitlines()
        except BlockingIOError:
            return []

    def stop_reading(self) -> None:
        """Close the reading end of the log, as a closed terminal window does."""
        self._process.stdout.close()

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    @property
    def memory(self) -> float:
        """Resident memory, in MB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    @property
    def files(self) -> int:
        """Open file descriptors."""
        return len(list(Path(f"/proc/{self._process.pid}/fd").iterdir()))

    @property
    def cpu(self) -> float:
        """Seconds of CPU so far."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.communicate()

    def end(self) -> int:
        """Ask it to end, and wait."""
        self._process.terminate()
        self._process.wait(15)
        self._process.stdout.close()
        return self._process.returncode
