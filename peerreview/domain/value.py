"""The base class of stored values, and the type of names."""

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from peerreview.domain.text import clean_text

Name = Annotated[str, AfterValidator(clean_text)]
"""A pydantic field type: text that went through `clean_text`."""


class Value(BaseModel):
    """An immutable value; unknown fields are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def evolve(self, **changes: object) -> Self:
        """Return a copy with some fields changed; the whole copy is validated."""
        fields = dict(iter(self))  # not dict(self): a field may be called "keys"
        return type(self).model_validate(fields | changes)


def describe_validation_error(error: ValidationError) -> str:
    """Return the first problem of a validation error as one line: the field and what is wrong."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    what = first["msg"].removeprefix("Value error, ")
    return f"{where}: {what}" if where else what
