"""Who gets in, and as whom: accounts, door codes, the host account's keys.

Knows names and secrets of the door; must not know connections or counts.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal

from asyncssh import SSHKey, import_public_key

from peerreview.errors import UsageError
from peerreview.ssh.room_state import HostedRoom

Role = Literal["guest", "host"]
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that looks like something else."""


@dataclass(frozen=True, slots=True)
class DoorCodes:
    """Makes door codes from the host's own key: the same after a restart, different elsewhere.

    Attributes:
        secret: the private host key.
        lasting: a code for months (8 letters and digits) instead of one for a round (6 digits).
    """

    secret: bytes
    lasting: bool = False

    def code_for(self, room: HostedRoom) -> str:
        """Return the code that opens a room now."""
        group = room.view and room.view.group
        last = group.rounds[-1].id if group and group.rounds and not self.lasting else ""
        about = f"door|{room.name}|{group.id if group else ''}|{last}".encode()
        value = int.from_bytes(hmac.digest(self.secret, about, hashlib.sha256))
        if not self.lasting:
            return f"{value % 10**6:06}"
        letters: list[str] = []
        for _ in range(8):
            value, at = divmod(value, len(_LETTERS))
            letters.append(_LETTERS[at])
        return "".join(letters)

    def is_correct(self, room: HostedRoom | None, typed: str) -> bool:
        """Tell whether somebody typed the code; takes as long for a room that isn't there."""
        right = self.code_for(room) if room else " "
        said = "".join(typed.split()).lower()
        return hmac.compare_digest(said.encode(), right.encode()) and room is not None


def parse_authorized_keys(text: str) -> tuple[SSHKey, ...]:
    """Return the keys of an authorized_keys file: keys only.

    Raises:
        UsageError: A line is no key, or has options; they would be promises we don't keep.
    """
    keys: list[SSHKey] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line.startswith(("ssh-", "ecdsa-", "sk-")):
            raise UsageError(f"line {number}: this is no key, or a key with options: keys only")
        try:
            keys.append(import_public_key(line))
        except ValueError as error:
            raise UsageError(f"line {number}: this key can't be read: {error}") from error
    return tuple(keys)


@dataclass(frozen=True)
class Accounts:
    """The names people join with.

    Attributes:
        rooms: the groups by account name; for a single group that is `review`.
        keys: of the host account.
    """

    rooms: dict[str, HostedRoom]
    keys: tuple[SSHKey, ...] = ()

    def find(self, name: str) -> tuple[HostedRoom | None, Role]:
        """Return the room and the role of an account: `host`, or `host.NAME` for one of many."""
        first, _, rest = name.partition(".")
        if first != "host":
            return self.rooms.get(name), "guest"
        if rest or len(self.rooms) != 1:
            return self.rooms.get(rest), "host"
        return next(iter(self.rooms.values())), "host"
