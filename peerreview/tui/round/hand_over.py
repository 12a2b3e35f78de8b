"""Handing a key to its keeper: everybody else looks away, two words are typed back."""

import random
from collections.abc import Iterable

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from peerreview.domain.text import comparison_key
from peerreview.services.rounds import PreparedRound
from peerreview.tui.kit.card import Card, lead_paragraph, paragraph
from peerreview.tui.kit.commands import Command
from peerreview.tui.kit.dialog import AskYesNo

_FOR = "This is for a keeper: a peer, not the facilitator, with pen and paper. Enter shows the key."
_WRITE = "Write these five words down, in this order; show them to nobody. Enter hides them."


class HandOverScreen(Card[bool]):
    """Shows one key once. Gives True when two of its words were typed back."""

    NAME = "KEEPER"
    COMMANDS_HERE = (
        Command("enter", "show", "go on", "Enter", "Show the key; hide it again."),
        Command("up", "again", "see the key again", "↑"),
        Command("escape", "turn_back", "do not open a round", "Esc"),
    )

    def __init__(self, opening: PreparedRound, number: int) -> None:
        keys = opening.keys
        super().__init__(f"{opening.round.name} · keeper {number + 1} of {len(keys)}")
        self._key, self._check = keys[number], " · ".join(opening.check_words)
        self._positions = sorted(random.sample(range(len(self._key)), 2))
        self._stage = 0

    def compose_card(self) -> Iterable[Widget]:
        """Yield the stages: look away, the words, two typed back."""
        yield lead_paragraph("Everybody else, look away.")
        yield Static(id="words", classes="lead")
        yield paragraph("", "hint")
        yield Input(
            id="back", disabled=True, classes="line hidden", placeholder="two words", password=True
        )
        yield paragraph(
            Content.assemble(("The box's words: ", "$quiet"), (self._check, "bold"),
                             ("  the same for everyone", "$quiet"))
        )  # fmt: skip

    def on_mount(self) -> None:
        """Start with nothing shown."""
        self._show("", _FOR)

    def _show(self, words: str, hint: str) -> None:
        shown = self.query_one("#words", Static)
        shown.update(words)
        shown.display = bool(words)
        self.query_one(".hint", Static).update(hint)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter shows and hides; typing back has its own."""
        return {"show": self._stage < 2, "again": self._stage == 2}.get(action, True)

    def action_show(self) -> None:
        """Show the words; then hide them and ask for two."""
        self._stage += 1
        if self._stage == 1:
            self._show("  ".join(self._key), _WRITE)
        else:
            first, second = (place + 1 for place in self._positions)
            self._show("", f"Type word {first} and word {second} from your slip, then Enter.")
        field = self.query_one("#back", Input)
        field.value, field.disabled = "", self._stage == 1
        field.set_class(field.disabled, "hidden")
        self.set_focus(None if field.disabled else field)
        self.refresh_bindings()

    def action_again(self, hint: str = _WRITE) -> None:
        """Show the words once more."""
        self._stage = 0
        self.action_show()
        self.query_one(".hint", Static).update(hint)

    @on(Input.Submitted)
    def compare_words(self, event: Input.Submitted) -> None:
        """Compare; on a slip of the pen show the words again."""
        wanted = [self._key[place] for place in self._positions]
        typed = comparison_key(event.value).split()
        if len(typed) == len(wanted) and all(
            len(word) >= min(4, len(full)) and full.startswith(word)
            for word, full in zip(typed, wanted, strict=True)
        ):
            self.dismiss(True)
            return
        other = "Those were other words. Compare with your slip. Enter hides these."
        self.action_again(other if typed else _WRITE)

    @work
    async def action_turn_back(self) -> None:
        """Turn back: no round is opened."""
        question = "Turn back? No round is opened, and keys written down so far open nothing."
        if self._stage == 0 or await self.show_screen(AskYesNo(question, "turn back", "stay")):
            self.dismiss(False)
