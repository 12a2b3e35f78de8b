"""The base of every screen: a title line, a body, a key line; help, back, and errors shown once."""

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
    """Return what a service call returns, without holding up anybody's keys meanwhile."""
    return await asyncio.to_thread(call, *args, **kwargs)


@dataclass
class CopyRequested(Message):
    """Somebody wants a sentence about a result in the clipboard."""

    text: str


class DismissOnceScreen(Screen[Result]):
    """A screen that is left once, whatever keys are on their way to it, and then forgotten."""

    def __init__(self, *given: str | None, **named: str | None) -> None:
        super().__init__(*given, **named)
        self._compositor = DiffCompositor()

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Leave with a result, once; whatever was opened on top meanwhile goes first."""
        if self not in self.app.screen_stack:
            return AwaitComplete.nothing()
        while self.app.screen is not self:  # `pop_until_active` would do so only later
            self.app.pop_screen()
        return super().dismiss(result)

    @on(Button.Pressed)
    async def run_button_action(self, event: Button.Pressed) -> None:
        """Do what a button stands for."""
        await self.run_action(str(event.button.id))

    def action_back(self) -> None:
        """Leave without a result."""
        self.dismiss(None)

    def _compositor_refresh(self) -> None:
        """Draw what is new; Textual 8.2.8 lets a screen that shows through draw all of it again."""
        super()._compositor_refresh()
        self._repaint_required &= self.app.screen is self

    def on_invoke_later(self, asked: InvokeLater) -> None:
        """Put nothing off that was wanted by who is gone: the next screen would remember it."""
        if self not in self.app.screen_stack:
            asked.prevent_default()


class Page(DismissOnceScreen[Result]):
    """A screen with a title, a body and keys."""

    NAME: ClassVar[str] = ""
    KIOSK: ClassVar[bool] = False
    """Whether the laptop is passed around here: nothing may end the program."""
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = ()
    BINDINGS: ClassVar = make_bindings((PALETTE, SETTINGS))
    _busy = False
    """Whether something goes on that no key may come between."""

    def __init_subclass__(cls, **options: bool) -> None:
        """Bind the keys of a screen's own commands, unless it says how itself."""
        if "COMMANDS_HERE" in vars(cls) and "BINDINGS" not in vars(cls):
            # a name Textual reads from each class, as if somebody had written it there
            cls.BINDINGS = [*make_bindings(cls.COMMANDS_HERE)]  # pyright: ignore[reportConstantRedefinition]
        super().__init_subclass__(**options)

    def __init__(self, location: str = "", status: str = "") -> None:
        super().__init__()
        self._title_words, self._complained = (location, status), False

    @property
    def title_bar(self) -> TitleBar:
        """The title line."""
        return self.query_one(TitleBar)

    @property
    def commands(self) -> tuple[Command, ...]:
        """What can be done here at one time or another, under the keys people gave it."""
        keymap: Mapping[str, str] = getattr(cast("object", self.app), "keys_given", {})
        in_turns = any(getattr(screen, "KIOSK", False) for screen in self.app.screen_stack)
        here = self.COMMANDS_HERE if in_turns else (*self.COMMANDS_HERE, SETTINGS)
        return tuple(each.with_keymap(keymap) for each in here)

    @property
    def active_commands(self) -> list[Command]:
        """What can be done here now."""
        return [each for each in self.commands if self.check_action(*parse(each.action)[1:])]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing while something goes on."""
        return not self._busy

    def compose_body(self) -> Iterable[Widget]:
        """Yield what stands between title and keys."""
        return ()

    def compose(self) -> ComposeResult:
        """Lay out title, body and keys."""
        yield TitleBar(self.NAME, *self._title_words)
        yield from self.compose_body()
        yield KeyLine(lambda: self.active_commands)

    @contextmanager
    def report_errors(self) -> Generator[None]:
        """Show an error people can act on, once, and go on; quietly end if somebody left."""
        try:
            yield
        except PeerReviewError as error:
            self.show_error(error)
        except NoMatches:
            if self.app.is_running and self in self.app.screen_stack:
                raise

    def show_error(self, error: PeerReviewError) -> None:
        """Show one error, until this screen is left: the next one has nothing to do with it."""
        self.notify(str(error), title=error.title, severity="error", timeout=8, markup=False)
        self._complained = True

    def on_screen_suspend(self) -> None:
        """Take a complaint along, unless something was said since."""
        if self._complained:
            self._complained = False
            self.app.clear_notifications()

    async def show_screen(self, screen: Screen[R]) -> R | None:
        """Show a screen on top of this one and wait for what it gives; nobody who left asks."""
        return await self.app.push_screen_wait(screen) if self in self.app.screen_stack else None

    def notify_text(self, text: str) -> None:
        """Say something in passing."""
        self._complained = False
        self.notify(text, timeout=5, markup=False)

    def help_intro(self) -> Sequence[Content]:
        """Return lines that the help starts with."""
        return ()

    def action_help(self) -> None:
        """Show the keys that work on this screen now."""
        from peerreview.tui.kit.help import HelpScreen

        self.app.push_screen(
            HelpScreen(self.NAME, [*self.active_commands, PALETTE], self.help_intro())
        )

    def action_palette(self) -> None:
        """Find a command by its name."""
        from peerreview.tui.kit.palette import Palette

        self.app.push_screen(Palette())

    def action_quit_app(self) -> None:
        """Leave the program."""
        self.app.exit()
