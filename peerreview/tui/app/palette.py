"""The palette: the commands of the screen below it, and themes, found by typing part of a name.

Knows the declarations of commands; must not know what they do.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType
from textual.widgets import OptionList
from textual.worker import Worker

from peerreview.domain.text import printable
from peerreview.tui.kit.commands import SETTINGS
from peerreview.tui.kit.page import DismissOnceScreen, Page, in_thread

_THEME_PREFIX = "Theme "


class PaletteEntry(NamedTuple):
    """A line of the palette: its name, its key and its explanation if it has them, its effect."""

    name: str
    key: str
    help: str
    run: IgnoreReturnCallbackType


class ScreenCommands(Provider):
    """The available commands of the screen below the palette, and the themes."""

    def _entries(self) -> Iterator[PaletteEntry]:
        if not isinstance(self.screen, Page):
            return
        commands = self.screen.active_commands
        for command in commands:
            name = f"{command.label[0].upper()}{command.label[1:]}"
            run = partial(self._run, command.action)
            yield PaletteEntry(name, command.key_text, command.help, run)
        if any(command.id == SETTINGS.id for command in commands):
            for name, theme in getattr(self.app, "themes", {}).items():
                run = partial(self._use_theme, self.screen, name)
                yield PaletteEntry(f"{_THEME_PREFIX}{name}", "", printable(theme.about), run)

    async def _use_theme(self, page: Page[object], theme: str) -> None:
        """Use a theme from now on, and save the choice."""
        app: Any = self.app
        app.apply_settings(app.settings.evolve(theme=theme))
        with page.report_errors():
            await in_thread(app.save_settings, {"theme": theme})

    async def _run(self, action: str) -> None:
        """Run a command on its screen, unless another screen is on top by now."""
        if self.app.screen is self.screen:
            await self.app.run_action(action, self.screen)

    async def discover(self) -> Hits:
        """Yield all entries."""
        for entry in self._entries():
            shown = _name_and_key(Content(entry.name), entry.key)
            yield DiscoveryHit(shown, entry.run, entry.name, entry.help or None)

    async def search(self, query: str) -> Hits:
        """Yield the entries whose name or explanation matches, with their scores."""
        matcher = self.matcher(query)
        for entry in self._entries():
            score = max(matcher.match(entry.name), matcher.match(entry.help) / 2)
            if score:
                shown = _name_and_key(matcher.highlight(entry.name), entry.key)
                yield Hit(score, shown, entry.run, entry.name, entry.help or None)


def _name_and_key(name: Content, key: str) -> Content:
    return Content.assemble(name, "   ", (key, "$quiet"))


# both bases are screens of Textual; nothing that differs between them is overridden here
class Palette(CommandPalette, DismissOnceScreen[None]):  # pyright: ignore[reportIncompatibleMethodOverride]
    """Textual's command palette, which also previews themes."""

    def __init__(self) -> None:
        super().__init__(placeholder="Type part of a name")
        self._theme_before = self.app.theme

    @on(OptionList.OptionHighlighted)
    def preview_theme(self, event: OptionList.OptionHighlighted) -> None:
        """Show a theme while the cursor is on its name."""
        hit: object = getattr(event.option, "hit", None)
        theme = str(getattr(hit, "text", "")).removeprefix(_THEME_PREFIX)
        self.app.theme = theme if theme in self.app.available_themes else self._theme_before

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the palette and end the preview; a command that was chosen runs after that."""
        self.app.theme = self._theme_before
        return super().dismiss(result)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Refuse to move in the list before it is laid out: Textual 8.2.8 fails then."""
        if action == "command_list":
            return any(options.scrollable_content_region for options in self.query(OptionList))
        return super().check_action(action, parameters)

    def run_worker(self, *args: Any, **options: Any) -> Worker[Any]:
        """Let a search fail alone: Textual 8.2.8 looks for a list that may be gone by then."""
        return super().run_worker(*args, **options | {"exit_on_error": False})
