"""Keeps other software on this computer from recording what people type."""

import os
import sys

from peerreview.errors import UsageError

_RECORDING_VARIABLES = (
    "TEXTUAL_LOG",
    "TEXTUAL_SCREENSHOT",
    "TEXTUAL_DRIVER",
    "TEXTUAL_DEBUG",
    "TEXTUAL_DEVTOOLS",
)
_PR_SET_DUMPABLE = 4


def disable_pydantic_plugins() -> None:
    """Switch off plugins of pydantic, which would be shown every rating that is validated.

    This works only before pydantic is imported.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def refuse_recording_variables() -> None:
    """Check that no variable is set that makes Textual log keys or take screenshots.

    Raises:
        UsageError: One is set; the message names it.
    """
    for name in sorted(os.environ):
        if name == "TEXTUAL" or name.startswith(_RECORDING_VARIABLES):
            raise UsageError(f"{name} is set, and would write down what people type: unset it")


def disable_core_dumps() -> None:
    """Make a crash write no memory to disk (on Linux and macOS)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
