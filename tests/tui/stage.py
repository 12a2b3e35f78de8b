"""A simulated person at a terminal, who presses keys, reads the screen and waits for the app."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from rich.cells import cell_len
from textual import events
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from peerreview.services.group_services import GroupServices
from peerreview.shipped import find_folder
from peerreview.tui.app.app import PeerReviewApp
from peerreview.tui.app.options import AppOptions, Demo, FirstScreen, Workspace

T = TypeVar("T")
W = TypeVar("W", bound=Widget)
Size = tuple[int, int]

TAKE_A_TURN, HAVE_THE_CODE, SEEN_THE_MIRROR, NEXT_ONE = "enter", "y", "space", "enter"
START = (TAKE_A_TURN, HAVE_THE_CODE)
"""The keys from the turn screen to the ballot."""
END = (SEEN_THE_MIRROR, NEXT_ONE)
"""The keys from the mirror back to the turn screen."""


class Crew:
    """Replaces `asyncio.to_thread` and keeps track of the calls that are still running."""

    def __init__(self) -> None:
        self.working: set[asyncio.Future[object]] = set()

    async def to_thread(self, call: Callable[..., T], /, *args: object, **kwargs: object) -> T:
        loop = asyncio.get_running_loop()
        future = loop.run_in_executor(None, lambda: call(*args, **kwargs))
        self.working.add(future)  # pyright: ignore[reportArgumentType]
        future.add_done_callback(self.working.discard)  # pyright: ignore[reportArgumentType]
        return await future


def make_failing_workspace() -> Workspace:
    """Return a workspace whose every function fails."""

    def fail_to_open(*_: object) -> GroupServices:
        raise AssertionError("nobody should go through this door")

    def fail_to_create_demo() -> Demo:
        raise AssertionError("nobody should go through this door")

    return Workspace(
        find_groups=list,
        open_group=fail_to_open,
        create_group=fail_to_open,
        create_demo=fail_to_create_demo,
    )


def app_for(
    services: GroupServices | None,
    first: FirstScreen = "board",
    *,
    workspace: Workspace | None = None,
    readonly: bool = False,
    demo_key: str = "",
    themes: Path | None = None,
    **more: Any,
) -> PeerReviewApp:
    """Return the app as the program would start it, without animations.

    Args:
        more: further fields of `AppOptions`.
    """
    start = AppOptions(
        workspace=workspace or make_failing_workspace(),
        services=services,
        first_screen=first,
        is_readonly=readonly,
        demo_key=demo_key,
        themes_folder=themes or find_folder("themes"),
        **more,
    )
    app = PeerReviewApp(start)
    app.animation_level = "none"
    return app


class Stage:
    """One person at one terminal, and what is shown there."""

    def __init__(self, app: PeerReviewApp, pilot: Pilot[None], crew: Crew) -> None:
        self.app, self.pilot, self._crew = app, pilot, crew
        self.bells = 0
        app.bell = self._ring

    def _ring(self) -> None:
        self.bells += 1

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait for the app after the last one."""
        for key in keys:
            await self.pilot.press(key)
            if self._crew.working:
                await self.settle()
        await self.settle()

    async def hammer(self, *keys: str) -> None:
        """Press keys faster than the app handles them, then wait for it."""
        for key in keys:
            if len(key) == 1 and not key.isalnum():
                key = _character_to_key(key)
            character = key if len(key) == 1 else key_to_character(key)
            self.app._driver.send_message(events.Key(key, character))
            await asyncio.sleep(0)
        await self.settle()

    async def write(self, text: str) -> None:
        """Paste a text into the field that has the focus."""
        field = self.app.focused
        assert isinstance(field, Input), f"nothing to type into: {field}"
        field.insert_text_at_cursor(text)
        await self.settle()

    async def click(self, where: str | type[Widget], x: int, y: int, times: int = 1) -> None:
        """Click a widget at column x and row y of it."""
        await self.pilot.click(where, offset=(x, y), times=times)
        await self.settle()

    async def click_on(self, text: str) -> None:
        """Click on the first occurrence of a text on the screen."""
        for y, line in enumerate(self.lines):
            if (at := line.find(text)) >= 0:
                await self.pilot.click(offset=(cell_len(line[:at]), y))
                await self.settle()
                return
        raise AssertionError(f"nowhere to click: {text!r} isn't on the screen\n{self.picture}")

    async def resize(self, width: int, height: int) -> None:
        """Resize the terminal, and wait until the screen has that size."""
        await self.pilot.resize_terminal(width, height)
        for _ in range(500):  # the app resizes within the next frames
            await self.settle()
            if [strip.cell_length for strip in self.strips] == [width] * height:
                await self.settle()  # a scrollbar may come or go in one more
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"the screen isn't {width}×{height}:\n{self.picture}")

    async def settle(self) -> None:
        """Wait until no service call runs and all messages are handled."""
        for _ in range(2):  # one refresh may schedule another
            await self.pilot.pause()
            while self._crew.working:
                await asyncio.wait(set(self._crew.working))
                await self.pilot.pause()

    @property
    def screen(self) -> Screen[object]:
        return self.app.screen

    @property
    def screen_name(self) -> str:
        """Return the class name of the screen on top."""
        return type(self.screen).__name__

    @property
    def stack(self) -> list[str]:
        """Return the class names of all screens, the top one last."""
        return [type(screen).__name__ for screen in self.app.screen_stack[1:]]

    @property
    def strips(self) -> Sequence[Strip]:
        """Return the lines that are sent to the terminal."""
        return self.screen._compositor.render_strips(self.app.size)

    @property
    def lines(self) -> list[str]:
        return [strip.text for strip in self.strips]

    @property
    def picture(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)

    @property
    def on_top(self) -> Sequence[Strip]:
        """Return the lines of the dialog on top, or of the whole screen if there is none."""
        dialog = next(iter(self.screen.query(".dialog")), None)
        if dialog is None:
            return self.strips
        box = dialog.content_region
        return [strip.crop(box.x, box.right) for strip in self.strips[box.y : box.bottom]]

    @property
    def words(self) -> str:
        """Return the text of the dialog on top, or of the whole screen, on one line."""
        return " ".join(" ".join(strip.text for strip in self.on_top).split())

    def line_with(self, text: str) -> str:
        """Return the first line of the screen that contains a text."""
        matching_lines = [line for line in self.lines if text in line]
        assert matching_lines, f"{text!r} isn't on the screen\n{self.picture}"
        return matching_lines[0]

    @property
    def notes(self) -> list[str]:
        """Return the notifications that are still shown."""
        return [note.message for note in self.app._notifications]

    def find_widget(self, kind: type[W]) -> W:
        """Return the only widget of a class on the screen on top."""
        return self.screen.query_one(kind)


@asynccontextmanager
async def on_stage(app: PeerReviewApp, crew: Crew, size: Size = (80, 24)) -> AsyncIterator[Stage]:
    """Run the app in a terminal of this size, and yield a person in front of it."""
    async with app.run_test(size=size, notifications=True) as pilot:
        stage = Stage(app, pilot, crew)
        await stage.settle()
        yield stage
