"""The screens that an app starts with."""

from collections.abc import Iterator

from textual.screen import Screen

from peerreview.tui.app.options import AppOptions
from peerreview.tui.board.board import BoardScreen


def first_screens(options: AppOptions) -> Iterator[Screen[None]]:
    """Yield the screens to start with, the lowest first; only their modules are imported."""
    if options.services is None or options.first_screen == "welcome":
        from peerreview.tui.app.welcome import WelcomeScreen

        yield WelcomeScreen(options.workspace)
        return
    if options.first_screen == "room":
        from peerreview.tui.room.room import RoomScreen

        yield RoomScreen(options.services, options.read_join_notice)
        return
    yield BoardScreen(options.services, options.is_readonly, options.demo_key)
    if options.first_screen == "turn":
        from peerreview.tui.ballot.turns import TurnsScreen

        yield TurnsScreen(options.services)
