"""Reading a summary that somebody else sent: with suspicion, field by field.

Knows the text of a summary; what its words may say is contradiction.py's business.
"""

import json
from typing import Any, NoReturn, cast

from pydantic import ValidationError

from peerreview.domain.criteria import explain
from peerreview.domain.refusal import SummaryError
from peerreview.domain.summary import VERSION, Summary

LARGEST = 4_000_000
"""Bytes; sixty partners with every band take less than 100,000."""
FORMAT = "peerreview summary"


def read_summary(data: bytes, where: str) -> Summary:
    """Return the summary in `data`; `where` names it in the error.

    Raises:
        SummaryError: It isn't JSON, no summary, newer than this program, or damaged.
    """
    found = _object(data, where)
    if found.get("format") != FORMAT:
        raise SummaryError(f"{where}: not a summary of a peer group: check the name")
    version = found.get("version")
    if type(version) is not int:
        raise SummaryError(f"{where}: its version isn't a number: ask for the file once more")
    if version > VERSION:
        raise SummaryError(f"{where}: made by a newer peerreview: update this one to read it")
    try:
        return Summary.model_validate_json(data, strict=True)
    except ValidationError as error:
        raise SummaryError(f"{where}: {explain(error)}: ask for the file once more") from error


def _object(data: bytes, where: str) -> dict[str, Any]:
    """Return the JSON object in `data`, every key once and every number finite."""
    try:
        found = json.loads(
            data.decode("utf-8"), object_pairs_hook=_each_key_once, parse_constant=_no_number
        )
    except UnicodeDecodeError as error:
        raise SummaryError(f"{where}: this is no text: check the name") from error
    except json.JSONDecodeError as error:
        what = f"not valid JSON (line {error.lineno}: {error.msg})"
        raise SummaryError(f"{where}: {what}: ask for the file once more") from error
    except RecursionError as error:
        raise SummaryError(f"{where}: nested far too deeply to be a summary") from error
    except ValueError as error:
        raise SummaryError(f"{where}: damaged: {error}") from error
    if not isinstance(found, dict):
        raise SummaryError(f"{where}: not a summary of a peer group: check the name")
    return cast(dict[str, Any], found)


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} isn't a number")
