"""Textual's driver for a terminal of this computer, with one fault corrected.

Knows signals; must not know what is shown.
"""

import sys

from textual.driver import Driver


def terminal_driver() -> type[Driver] | None:
    """Return a driver that ignores a SIGCONT without a pause before it; None on Windows.

    The system sends one together with SIGHUP when a window is closed. Textual 8.2.8 then starts
    a second reader of keys beside the first one, which nothing stops any more: the program stays,
    without a window, and keeps a core busy. Textual has no public method for it.
    """
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class TerminalDriver(LinuxDriver):
        def _sigcont_application(self, *args: object) -> None:
            if self._must_signal_resume:
                super()._sigcont_application()

    return TerminalDriver
