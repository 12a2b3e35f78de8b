"""The program must not betray itself: what would write down a turn is refused or switched off."""

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
    """Let no installed plugin watch what is validated: pydantic would show it every rating.

    Works only before pydantic is imported.
    """
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"


def refuse_recording_variables() -> None:
    """Refuse to start screens while Textual would log keys or write pictures of them.

    Raises:
        UsageError: One of its variables is set; says which.
    """
    for name in sorted(os.environ):
        if name == "TEXTUAL" or name.startswith(_RECORDING_VARIABLES):
            raise UsageError(f"{name} is set, and would write down what people type: unset it")


def disable_core_dumps() -> None:
    """Let a crash write no memory to disk, where the system knows how (Linux, macOS)."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
