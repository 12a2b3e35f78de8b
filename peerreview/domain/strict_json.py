"""JSON read with suspicion: every key once, every number a number.

Knows JSON; must not know what is read, nor from where.
"""

import json
import math
from typing import Any


def read_json(data: bytes) -> object:
    """Return what `data` says.

    Raises:
        ValueError: It is no text, no JSON, or ambiguous; why, in a few words.
    """
    try:
        return json.loads(
            data.decode("utf-8"),
            object_pairs_hook=_each_key_once,
            parse_constant=_finite,
            parse_float=_finite,
        )
    except UnicodeDecodeError as error:
        raise ValueError("this is no text") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise ValueError("nested far too deeply") from error


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(f"{text[:20]} isn't a number")
    return number
