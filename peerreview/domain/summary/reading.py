"""Reading a summary that somebody else sent; every field is checked.

Whether its words and numbers agree is checked in contradiction.py.
"""

from typing import Any, cast

from pydantic import ValidationError

from peerreview.domain.errors import SummaryError
from peerreview.domain.strict_json import read_json
from peerreview.domain.summary.summary import VERSION, Summary
from peerreview.domain.value import describe_validation_error

LARGEST_SUMMARY = 4_000_000
"""In bytes; sixty partners with all bands take less than 100,000."""
FORMAT = "peerreview summary"


def read_summary(data: bytes, where: str) -> Summary:
    """Return the summary in `data`; `where` names it in the error.

    Raises:
        SummaryError: It isn't JSON, isn't a summary, is damaged, or newer than this program.
    """
    try:
        document = read_json(data)
    except ValueError as error:
        what = f"damaged or not valid JSON ({error})"
        raise SummaryError(f"{where}: {what}: ask for the file once more") from error
    fields = cast(dict[str, Any], document) if isinstance(document, dict) else {}
    if fields.get("format") != FORMAT:
        raise SummaryError(f"{where}: not a summary of a peer group: check the name")
    version = fields.get("version")
    if type(version) is not int:
        raise SummaryError(f"{where}: its version isn't a number: ask for the file once more")
    if version > VERSION:
        raise SummaryError(f"{where}: made by a newer peerreview: update this one to read it")
    try:
        return Summary.model_validate_json(data, strict=True)
    except ValidationError as error:
        raise SummaryError(
            f"{where}: {describe_validation_error(error)}: ask for the file once more"
        ) from error
