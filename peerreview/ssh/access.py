"""Access to a host: the accounts people join with, door codes, the keys of the host account.

Knows names and secrets; must not know connections or counts.
"""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Literal

from asyncssh import SSHKey, import_public_key

from peerreview.errors import UsageError
from peerreview.ssh.room_state import HostedRoom

Role = Literal["guest", "host"]
_CODE_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Letters and digits without those that look alike."""


@dataclass(frozen=True, slots=True)
class DoorCodes:
    """Makes door codes from the key of the host: another host has others, a restart changes none.

    Attributes:
        secret: the private host key.
        is_lasting: whether a code lasts for months (8 letters and digits) or for one round
            (6 digits).
    """

    secret: bytes
    is_lasting: bool = False

    def code_for(self, room: HostedRoom) -> str:
        """Return the code that lets people into a room now."""
        group_id, round_id = "", ""
        if room.view:
            group = room.view.group
            group_id = group.id
            if group.rounds and not self.is_lasting:
                round_id = group.rounds[-1].id
        message = f"door|{room.name}|{group_id}|{round_id}".encode()
        value = int.from_bytes(hmac.digest(self.secret, message, hashlib.sha256))
        if not self.is_lasting:
            return f"{value % 10**6:06}"
        characters: list[str] = []
        for _ in range(8):
            value, index = divmod(value, len(_CODE_CHARACTERS))
            characters.append(_CODE_CHARACTERS[index])
        return "".join(characters)

    def is_correct(self, room: HostedRoom | None, typed: str) -> bool:
        """Return whether somebody typed the code of a room; no room has no code.

        Upper case and blanks don't matter. The comparison takes as long if there is no room.
        """
        code = self.code_for(room) if room else " "
        answer = "".join(typed.split()).lower()
        return hmac.compare_digest(answer.encode(), code.encode()) and room is not None


def parse_authorized_keys(text: str) -> tuple[SSHKey, ...]:
    """Return the keys of an authorized_keys file.

    Raises:
        UsageError: A line is no key, or a key with options, which a host doesn't follow.
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
    """The accounts that people join with.

    Attributes:
        rooms: the groups by account name; for a single group that is `review`.
        keys: the public keys of the host account.
    """

    rooms: dict[str, HostedRoom]
    keys: tuple[SSHKey, ...] = ()

    def find(self, name: str) -> tuple[HostedRoom | None, Role]:
        """Return the room and the role of an account; None for the room if there is none.

        The host account is `host`, or `host.NAME` if there are several groups.
        """
        first, _, rest = name.partition(".")
        if first != "host":
            return self.rooms.get(name), "guest"
        if rest or len(self.rooms) != 1:
            return self.rooms.get(rest), "host"
        return next(iter(self.rooms.values())), "host"
