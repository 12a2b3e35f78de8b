"""Strict reading of JSON: no key is repeated, and every number is finite."""

import json
import math
from typing import Any


def read_json(data: bytes) -> object:
    """Return the value of a JSON text in UTF-8.

    Raises:
        ValueError: The data isn't text or JSON, or has a repeated key, an infinite number or NaN.
            The message says which.
    """
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_make_object,
            parse_constant=_parse_number,
            parse_float=_parse_number,
        )
    except UnicodeDecodeError as error:
        raise ValueError("this is no text") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise ValueError("nested far too deeply") from error


def _make_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a key stands there twice")
    return values


def _parse_number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:20]} isn't a number")
    return number
