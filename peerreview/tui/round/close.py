"""The screen on which the facilitator enters the count of hands, and keepers type their keys."""

from collections.abc import Iterable

from textual import events, on, work
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from peerreview.domain.errors import PeerReviewError
from peerreview.domain.round.round import FEWEST_BALLOTS
from peerreview.services.progress import Progress
from peerreview.services.rounds import Rounds
from peerreview.tui.kit.card import Card, lead_paragraph, paragraph
from peerreview.tui.kit.commands import Command
from peerreview.tui.kit.dialog import AskText
from peerreview.tui.kit.page import in_thread


class NumberInput(Input):
    """An input for a number of people; keys that aren't digits go to the screen."""

    def __init__(self, placeholder: str, *, id: str) -> None:
        super().__init__(placeholder=placeholder, restrict=r"\d*", max_length=2, id=id)

    @property
    def number(self) -> int | None:
        """The number typed; None if the input is empty."""
        return int(self.value) if self.value else None

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether the input takes this key."""
        return bool(character and character.isdecimal())

    async def on_key(self, event: events.Key) -> None:
        """Ignore a character that the input doesn't take."""
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()


class CloseScreen(Card[bool]):
    """The form for hands and keys; its result is True if the round was closed or discarded."""

    NAME = "CLOSE THE BOX"
    COMMANDS_HERE = (
        Command("enter", "go_on", "go on", "Enter"),
        Command("escape", "back", "not yet", "Esc"),
    )

    def __init__(self, rounds: Rounds, group: str, progress: Progress) -> None:
        round_ = progress.round
        done = f"{progress.handed_in} of {round_.heads} handed in"
        super().__init__(round_.title(group), done)
        self._rounds = rounds
        self._group = group
        self._progress = progress

    def compose_card(self) -> Iterable[Widget]:
        """Yield the instructions, the inputs, and the consequences of closing."""
        yield lead_paragraph("Who has handed in? Hands up, please.")
        yield paragraph("Count the hands aloud. The box opens only if hands and ballots agree.")
        yield paragraph(
            "First let two of you look under “my ballot” on the turn screen: does the receipt "
            "still show the same two words?",
            "quiet",
        )
        round_ = self._progress.round
        hint = "four letters of each are enough"
        if round_.keepers.keys_needed == 1:
            ids = ["key"]
            label = "A keeper types the key: five words"
        else:
            ids = ["key", "other-key"]
            label = "Two keepers, one after the other: each five words"
        inputs = (Input(placeholder=hint, password=True, id=id_, classes="key") for id_ in ids)
        yield Vertical(
            Static("Hands up", classes="label"),
            NumberInput("a number", id="hands"),
            Static(label, classes="label"),
            *inputs,
            classes="form",
        )
        yield Static("", id="outcome", classes="line")
        outcome = "The result is worked out, and the single answers are deleted for good."
        if round_.rehearsal:
            outcome = "A rehearsal: ballots are counted, keys are tried, and no result is shown."
        yield paragraph(
            f"{outcome} To throw the round away instead, type discard as the key.", "quiet"
        )

    def on_mount(self) -> None:
        """Focus the number of hands; warn if too few ballots are in the box."""
        self.query_one("#hands").focus()
        if self._progress.handed_in < FEWEST_BALLOTS:
            self._show_outcome(
                f"{self._progress.missing} more ballots needed before it can be closed."
            )

    def _show_outcome(self, text: str) -> None:
        self.query_one("#outcome", Static).update(Content.styled(text, "$bad"))

    @on(Input.Submitted, "#hands")
    def focus_key(self) -> None:
        """Focus the first key."""
        self.query_one("#key").focus()

    @on(Input.Submitted, ".key")
    def action_go_on(self) -> None:
        """Close the box, or focus the first empty input; the key "discard" discards the round."""
        hands = self.query_one(NumberInput).number
        inputs = list(self.query(".key").results(Input))
        keys = [key_input.value.strip() for key_input in inputs]
        if keys[0].casefold() == "discard":
            self._discard()
        elif hands is None:
            self.query_one("#hands").focus()
        elif not all(keys):
            inputs[keys.index("")].focus()
        elif not self._busy:
            self._busy = True
            self._close("\n".join(keys), hands)

    @work(
        description=""
    )  # without this, Textual puts the arguments, and so the key, into the description
    async def _close(self, key: str, hands: int) -> None:
        self._show_outcome("Opening the box …")
        try:
            release = await in_thread(self._rounds.close, key, hands)
        except PeerReviewError as error:
            self._show_outcome(f"{error}.")
            for key_input in self.query(".key").results(Input):
                key_input.clear()  # another try needs the keepers again
            self._busy = False
            return
        ending = "The box is closed, and the single answers are gone."
        if release is None:
            ending = (
                "The rehearsal is over: the count agrees, the key opens the box, all of it is gone."
            )
        self.notify_text(f"{ending} Keepers: tear up your slips.")
        self.dismiss(True)

    @work
    async def _discard(self) -> None:
        """Ask for the group's name, and discard the round."""
        question = f"Throw the box away unread? Type the group's name: {self._group}"
        name = await self.show_screen(AskText(question))
        if name:
            with self.report_errors():
                await in_thread(self._rounds.discard, name)
                self.notify_text("The round is discarded. Nothing of it is left.")
                self.dismiss(True)
