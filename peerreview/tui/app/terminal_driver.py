"""Textual's driver for a terminal of this computer, with one fault corrected.

Knows signals; must not know what is shown.
"""

import sys

from textual.driver import Driver


def terminal_driver() -> type[Driver] | None:
    """Return a driver that ignores a SIGCONT without a pause before it; None on Windows.

    The system sends one together with SIGHUP when a window is closed. Textual 8.2.8 then starts
    a second reader of keys beside the first one, which nothing stops any more: the program stays,
    without a window, and keeps a core busy.
    """
    if sys.platform == "win32":
        return None
    from textual.drivers.linux_driver import LinuxDriver

    class TerminalDriver(LinuxDriver):
        def suspend_application_mode(self) -> None:
            """Give the terminal back before the program is suspended."""
            super().suspend_application_mode()
            self.attrs_before = None  # Textual sets it again once the terminal is taken over

        def resume_application_mode(self) -> None:
            """Take the terminal over again if it was given back."""
            if self.attrs_before is None:
                super().resume_application_mode()

    return TerminalDriver
