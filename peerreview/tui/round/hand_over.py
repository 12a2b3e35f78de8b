"""The screen that hands a key to its keeper, who writes it down and types two words back."""

import random
from collections.abc import Iterable, Sequence
from enum import Enum

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from peerreview.domain.text import comparison_key
from peerreview.services.rounds import PreparedRound
from peerreview.tui.kit.card import Card, lead_paragraph, paragraph
from peerreview.tui.kit.commands import Command
from peerreview.tui.kit.dialog import AskYesNo

_INTRO = (
    "This is for a keeper: a peer, not the facilitator, with pen and paper. Enter shows the key."
)
_WRITE = "Write these five words down, in this order; show them to nobody. Enter hides them."


class _Step(Enum):
    """The steps of the hand-over."""

    KEEPER = "the keeper takes the laptop"
    WRITING = "the key is shown and written down"
    TYPING = "two of its words are typed back"


def words_match(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Return whether the typed words match; the first four letters of each are enough."""
    return len(typed) == len(words) and all(
        len(start) >= min(4, len(word)) and word.startswith(start)
        for start, word in zip(typed, words, strict=True)
    )


class HandOverScreen(Card[bool]):
    """Shows one keeper's key; the result is True if the keeper typed two of its words back."""

    NAME = "KEEPER"
    COMMANDS_HERE = (
        Command("enter", "show", "go on", "Enter", "Show the key; hide it again."),
        Command("up", "again", "see the key again", "↑"),
        Command("escape", "turn_back", "do not open a round", "Esc"),
    )

    def __init__(self, prepared: PreparedRound, number: int) -> None:
        keys = prepared.keys
        super().__init__(f"{prepared.round.name} · keeper {number + 1} of {len(keys)}")
        self._key = keys[number]
        self._check_words = " · ".join(prepared.check_words)
        self._positions = sorted(random.sample(range(len(self._key)), 2))
        self._step = _Step.KEEPER

    def compose_card(self) -> Iterable[Widget]:
        """Yield a warning, the words of the key, a hint, an input and the check words."""
        yield lead_paragraph("Everybody else, look away.")
        yield Static(id="words", classes="lead")
        yield paragraph("", "hint")
        yield Input(
            id="back", disabled=True, classes="line hidden", placeholder="two words", password=True
        )
        yield paragraph(
            Content.assemble(("The box's words: ", "$quiet"), (self._check_words, "bold"),
                             ("  the same for everyone", "$quiet"))
        )  # fmt: skip

    def on_mount(self) -> None:
        """Ask for the keeper, and show no word of the key yet."""
        self._show("", _INTRO)

    def _show(self, words: str, hint: str) -> None:
        shown_words = self.query_one("#words", Static)
        shown_words.update(words)
        shown_words.display = bool(words)
        self.query_one(".hint", Static).update(hint)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer "show" before the words are typed back, and "again" while they are."""
        if action == "show":
            return self._step is not _Step.TYPING
        if action == "again":
            return self._step is _Step.TYPING
        return True

    def action_show(self) -> None:
        """Show the key, or hide it and ask for two of its words."""
        if self._step is _Step.KEEPER:
            self._show_key(_WRITE)
        else:
            self._ask_for_words()

    def action_again(self) -> None:
        """Show the key once more."""
        self._show_key(_WRITE)

    def _show_key(self, hint: str) -> None:
        self._step = _Step.WRITING
        self._show("  ".join(self._key), hint)
        self._show_input(False)

    def _ask_for_words(self) -> None:
        self._step = _Step.TYPING
        first, second = (position + 1 for position in self._positions)
        self._show("", f"Type word {first} and word {second} from your slip, then Enter.")
        self._show_input(True)

    def _show_input(self, is_shown: bool) -> None:
        """Show an empty input with the focus, or hide it."""
        words_input = self.query_one("#back", Input)
        words_input.value = ""
        words_input.disabled = not is_shown
        words_input.set_class(not is_shown, "hidden")
        self.set_focus(words_input if is_shown else None)
        self.refresh_bindings()

    @on(Input.Submitted)
    def compare_words(self, event: Input.Submitted) -> None:
        """Close the screen if the two words are right; otherwise show the key again."""
        typed = comparison_key(event.value).split()
        if words_match(typed, [self._key[position] for position in self._positions]):
            self.dismiss(True)
        elif typed:
            self._show_key("Those were other words. Compare with your slip. Enter hides these.")
        else:
            self._show_key(_WRITE)

    @work
    async def action_turn_back(self) -> None:
        """Close the screen without a round; ask first if the key was shown."""
        question = "Turn back? No round is opened, and keys written down so far open nothing."
        is_unseen = self._step is _Step.KEEPER
        if is_unseen or await self.show_screen(AskYesNo(question, "turn back", "stay")):
            self.dismiss(False)
