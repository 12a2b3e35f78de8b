"""The base of every screen: a title line, a body and a key line; commands, and errors shown once.

Knows its own commands; must not know the screens for help and for finding a command, which are
the app's.
"""

import asyncio
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar, ParamSpec, TypeVar, cast

from textual import on
from textual.actions import parse
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.css.query import NoMatches
from textual.message import Message
from textual.messages import InvokeLater
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button

from peerreview.domain.errors import PeerReviewError
from peerreview.tui.kit.bars import KeyLine, TitleBar
from peerreview.tui.kit.commands import PALETTE, SETTINGS, Command, make_bindings
from peerreview.tui.kit.frames import DiffCompositor

P = ParamSpec("P")
R = TypeVar("R")
Result = TypeVar("Result")


async def in_thread(call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Return what a service call returns; keys are handled while it runs in a thread."""
    return await asyncio.to_thread(call, *args, **kwargs)


@dataclass
class CopyRequested(Message):
    """A request to copy a sentence about a result to the clipboard."""

    text: str


class DismissOnceScreen(Screen[Result]):
    """A screen that can be left only once, even if more keys arrive that would leave it."""

    def __init__(self, *args: str | None, **kwargs: str | None) -> None:
        super().__init__(*args, **kwargs)
        self._compositor = DiffCompositor()  # no public way to draw whole lines

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Close the screens above this one, then leave with a result; later calls do nothing."""
        if self not in self.app.screen_stack:
            return AwaitComplete.nothing()
        while self.app.screen is not self:  # `pop_until_active` would do so only later
            self.app.pop_screen()
        return super().dismiss(result)

    @on(Button.Pressed)
    async def run_button_action(self, event: Button.Pressed) -> None:
        """Run the action that a button is named after."""
        await self.run_action(str(event.button.id))

    def action_back(self) -> None:
        """Leave without a result."""
        self.dismiss(None)

    # Textual 8.2.8 draws a screen that shows through the one on top again with every frame.
    def _compositor_refresh(self) -> None:
        """Draw what changed, once."""
        super()._compositor_refresh()
        self._repaint_required &= self.app.screen is self  # the flag that asks for the next frame

    def on_invoke_later(self, event: InvokeLater) -> None:
        """Drop callbacks of a screen that was left; they would keep it in memory."""
        if self not in self.app.screen_stack:
            event.prevent_default()


class Page(DismissOnceScreen[Result]):
    """A screen with a title, a body and keys."""

    NAME: ClassVar[str] = ""
    KIOSK: ClassVar[bool] = False
    """Whether raters pass the laptop around on this screen: then nothing may end the program."""
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = ()
    BINDINGS: ClassVar = make_bindings((PALETTE, SETTINGS))
    _busy = False
    """Whether a step is running that no command may interrupt."""

    def __init_subclass__(cls, **options: bool) -> None:
        """Bind the keys of a screen's own commands, unless it declares bindings itself."""
        if "COMMANDS_HERE" in vars(cls) and "BINDINGS" not in vars(cls):
            # Textual reads this name from every class, as if it were written there
            cls.BINDINGS = [*make_bindings(cls.COMMANDS_HERE)]  # pyright: ignore[reportConstantRedefinition]
        super().__init_subclass__(**options)

    def __init__(self, location: str = "", status: str = "") -> None:
        super().__init__()
        self._title_texts = (location, status)
        self._shows_error = False

    @property
    def title_bar(self) -> TitleBar:
        """The title line."""
        return self.query_one(TitleBar)

    @property
    def commands(self) -> tuple[Command, ...]:
        """All commands of this screen, with the keys that the user gave them."""
        keymap: Mapping[str, str] = getattr(cast("object", self.app), "keys_given", {})
        in_turns = any(getattr(screen, "KIOSK", False) for screen in self.app.screen_stack)
        own = self.COMMANDS_HERE if in_turns else (*self.COMMANDS_HERE, SETTINGS)
        return tuple(command.with_keymap(keymap) for command in own)

    @property
    def active_commands(self) -> list[Command]:
        """The commands of this screen that are available at the moment."""
        return [
            command for command in self.commands if self.check_action(*parse(command.action)[1:])
        ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no command while a step is running that none may interrupt."""
        return not self._busy

    def compose_body(self) -> Iterable[Widget]:
        """Yield the widgets between the title line and the key line."""
        return ()

    def compose(self) -> ComposeResult:
        """Yield the title line, the body and the key line."""
        yield TitleBar(self.NAME, *self._title_texts)
        yield from self.compose_body()
        yield KeyLine(lambda: self.active_commands)

    @contextmanager
    def report_errors(self) -> Generator[None]:
        """Show an error that the block raises, and go on; ignore it if the screen was left."""
        try:
            yield
        except PeerReviewError as error:
            self.show_error(error)
        except NoMatches:
            if self.app.is_running and self in self.app.screen_stack:
                raise

    def show_error(self, error: PeerReviewError) -> None:
        """Show one error as a notification, until this screen is left."""
        self.notify(str(error), title=error.title, severity="error", timeout=8, markup=False)
        self._shows_error = True

    def on_screen_suspend(self) -> None:
        """Remove the error with the screen, unless another notification came after it."""
        if self._shows_error:
            self._shows_error = False
            self.app.clear_notifications()

    async def show_screen(self, screen: Screen[R]) -> R | None:
        """Show a screen on top of this one and return its result; None if this one was left."""
        if self not in self.app.screen_stack:
            return None
        return await self.app.push_screen_wait(screen)

    def notify_text(self, text: str) -> None:
        """Show a text as a notification for some seconds."""
        self._shows_error = False
        self.notify(text, timeout=5, markup=False)

    def help_intro(self) -> Sequence[Content]:
        """Return the lines that the help of this screen starts with."""
        return ()

    async def action_help(self) -> None:
        """Show the help of this screen."""
        await self.run_action("app.help")

    async def action_palette(self) -> None:
        """Find a command of this screen by its name."""
        await self.run_action("app.command_palette")

    def action_quit_app(self) -> None:
        """Leave the program."""
        self.app.exit()
