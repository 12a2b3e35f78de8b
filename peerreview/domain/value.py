"""The base of every stored value: frozen, strict about what it doesn't know."""

from typing import Self

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """An immutable value; unknown fields are refused, so that a typo never passes silently."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def evolve(self, **changes: object) -> Self:
        """Return a changed copy, validated again as a whole."""
        fields = dict(iter(self))  # not dict(self): a field may be called "keys"
        return type(self).model_validate(fields | changes)
