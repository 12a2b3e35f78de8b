"""The driver for a terminal of this computer: comes back only if it went away.

Knows signals; must not know what is shown.
"""

import sys

from textual.driver import Driver


def terminal_driver() -> type[Driver] | None:
    """Return Textual's driver, deaf to a SIGCONT that no pause came before; None on Windows.

    The system sends one along with SIGHUP when a window is closed. Textual 8.2.8 then starts a
    second reader of keys beside the first one, which nobody stops any more: the program stays,
    without a window, and keeps a core busy.
    """
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class TerminalDriver(LinuxDriver):
        def _sigcont_application(self, *_: object) -> None:
            if self._must_signal_resume:
                super()._sigcont_application()

    return TerminalDriver
