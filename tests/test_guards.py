"""What would write down a turn keeps the program from starting."""

import pytest

from peerreview import guards
from peerreview.errors import UsageError


@pytest.mark.parametrize(
    "name",
    ["TEXTUAL", "TEXTUAL_LOG", "TEXTUAL_SCREENSHOT_LOCATION", "TEXTUAL_DRIVER",
     "TEXTUAL_DEVTOOLS_HOST", "TEXTUAL_DEBUG"],
)  # fmt: skip
def test_a_variable_that_would_write_keys_down_is_refused(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "devtools")
    with pytest.raises(UsageError, match=f"{name} is set"):
        guards.refuse_recording_variables()


def test_variables_about_looks_are_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_COLOR_SYSTEM", "256")
    guards.refuse_recording_variables()
