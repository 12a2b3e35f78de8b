"""What a person meets on a channel, whether screens or lines: what the session needs of it."""

import asyncio
from typing import Protocol


class Front(Protocol):
    """What a person meets on a channel: screens or lines."""

    farewell: str
    shown: asyncio.Future[None]

    @property
    def may_idle(self) -> bool:
        """Whether nobody has to press a key."""
        ...

    async def play(self, size: tuple[int, int]) -> None:
        """Run until the person leaves."""
        ...

    def receive(self, data: bytes) -> None:
        """Take in what was typed."""
        ...

    def resize(self, width: int, height: int) -> None:
        """Follow the window."""
        ...

    def hold(self) -> None:
        """Draw nothing for now: the client doesn't read."""
        ...

    def release(self) -> None:
        """Draw again."""
        ...

    def tell(self, text: str) -> None:
        """Say something; may be called from anywhere in the loop."""
        ...

    def end(self) -> None:
        """Come to an end."""
        ...
