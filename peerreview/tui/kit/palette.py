"""The palette: the commands of the screen one is on, found by typing part of their names.

Knows the declarations of commands; must not know what they do.
"""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType
from textual.widgets import OptionList
from textual.worker import Worker

from peerreview.domain.text import printable
from peerreview.tui.kit.commands import SETTINGS, Command
from peerreview.tui.kit.page import DismissOnceScreen, Page, in_thread

_THEME = "Theme "


class ScreenCommands(Provider):
    """What can be done now on the screen below."""

    def _found(self) -> Iterator[tuple[Command, str, IgnoreReturnCallbackType]]:
        """Yield each command, its name as a sentence begins, and its call."""
        if isinstance(self.screen, Page):
            for each in self.screen.active_commands:
                name = f"{each.label[0].upper()}{each.label[1:]}"
                yield each, name, partial(self._run, each.action)
            ours = any(each.id == SETTINGS.id for each in self.screen.active_commands)
            for name, theme in getattr(self.app, "themes", {}).items() if ours else ():
                about = Command("", "", name, help=printable(theme.about))
                yield about, f"{_THEME}{name}", partial(self._wear, self.screen, name)

    async def _wear(self, page: Page[object], theme: str) -> None:
        """Take a theme from now on."""
        app: Any = self.app
        app.apply_settings(app.settings.evolve(theme=theme))
        with page.report_errors():
            await in_thread(app.save_settings, {"theme": theme})

    async def _run(self, action: str) -> None:
        """Run a command where it was found, unless keys have led away from there meanwhile."""
        if self.app.screen is self.screen:
            await self.app.run_action(action, self.screen)

    async def discover(self) -> Hits:
        """Yield all of them."""
        for each, name, call in self._found():
            yield DiscoveryHit(_with_key(Content(name), each), call, name, each.help or None)

    async def search(self, query: str) -> Hits:
        """Yield those whose name or explanation has the letters of `query`, best first."""
        matcher = self.matcher(query)
        for each, name, call in self._found():
            if score := max(matcher.match(name), matcher.match(each.help) / 2):
                shown = _with_key(matcher.highlight(name), each)
                yield Hit(score, shown, call, name, each.help or None)


def _with_key(name: Content, command: Command) -> Content:
    return Content.assemble(name, "   ", (command.key_text, "$quiet"))


# both bases are screens of Textual; nothing that differs between them is overridden here
class Palette(CommandPalette, DismissOnceScreen[None]):  # pyright: ignore[reportIncompatibleMethodOverride]
    """The palette over the screen on top: ours alone, no pictures, nothing of Textual's."""

    def __init__(self) -> None:
        super().__init__([ScreenCommands], placeholder="Type part of a name")
        self._worn = self.app.theme

    @on(OptionList.OptionHighlighted)
    def preview(self, event: OptionList.OptionHighlighted) -> None:
        """Show a theme while the cursor stands on its name."""
        hit: object = getattr(event.option, "hit", None)
        name = str(getattr(hit, "text", "")).removeprefix(_THEME)
        self.app.theme = name if name in self.app.available_themes else self._worn

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave in the theme one came in; a command may choose another."""
        self.app.theme = self._worn
        return super().dismiss(result)

    def _action_command_list(self, action: str) -> None:
        """Let keys pass that come before the list is laid out; Textual 8.2.8 fails on them."""
        with suppress(KeyError):
            super()._action_command_list(action)

    def run_worker(self, *work: Any, **options: Any) -> Worker[Any]:
        """Let a search fail alone: Textual 8.2.8 looks for a list that may be gone by then."""
        return super().run_worker(*work, **options | {"exit_on_error": False})
