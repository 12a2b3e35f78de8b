"""A field for a number of people."""

from textual import events
from textual.widgets import Input


class Count(Input):
    """Takes digits only; every other key is left to the screen."""

    def __init__(self, placeholder: str, *, id: str) -> None:
        super().__init__(placeholder=placeholder, restrict=r"\d*", max_length=2, id=id)

    @property
    def number(self) -> int | None:
        """The number typed, None if there is none."""
        return int(self.value) if self.value else None

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Tell whether a key would be typed into the field."""
        return bool(character and character.isdecimal())

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()
