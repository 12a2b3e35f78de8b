"""The turn screen of a laptop that is passed around: take a turn, or change a ballot."""

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.text import comparison_key
from peerreview.services.group_services import GroupServices
from peerreview.services.progress import Progress
from peerreview.services.sitting import NO_DRAFTS, DraftKeeper, Sitting, Step
from peerreview.tui.ballot.ballot import BallotScreen
from peerreview.tui.ballot.cards import ChangeScreen, CodeScreen, CurtainScreen
from peerreview.tui.ballot.check import CheckScreen
from peerreview.tui.ballot.mirror import MirrorScreen
from peerreview.tui.kit.busy import show_busy
from peerreview.tui.kit.card import Card, lead_paragraph, paragraph
from peerreview.tui.kit.commands import HELP, Command
from peerreview.tui.kit.dialog import AskText, AskYesNo
from peerreview.tui.kit.page import in_thread

LEAVE_WORD = "leave"


class TurnsScreen(Card[None]):
    """The screen between two turns. No single key ends the round or the program here."""

    NAME = "YOUR TURN"
    KIOSK = True
    COMMANDS_HERE = (
        Command("enter", "take", "take a turn", "Enter", help="Draw a code, then rate."),
        Command("m", "change", "my ballot", help="You have a code: rate again, or take it out."),
        Command("s", "spare", "lost code", help="A code was lost before casting: a spare one."),
        Command("escape", "back", "leave", "Esc", help="Leave this screen; asks for a word."),
        HELP,
    )
    REFRESH_SECONDS: ClassVar[float] = 2
    """Seconds between two looks: time goes by, and others hand in elsewhere."""

    def __init__(self, services: GroupServices, drafts: DraftKeeper = NO_DRAFTS) -> None:
        super().__init__()
        self._services = services
        self._drafts = drafts
        self._watch = services.watch_round()
        self._progress: Progress | None = None

    def compose_card(self) -> Iterable[Widget]:
        """Yield the invitation and where the round stands."""
        yield lead_paragraph("Turn the screen so that only you can see it.")
        yield paragraph(
            "Enter draws a fresh code for you, and your ballot starts. It takes about ninety "
            "seconds. “Can't say” and “don't know them” are good answers."
        )
        yield Static(id="progress", classes="line")

    def on_mount(self) -> None:
        """Read the round regularly, as long as that succeeds."""
        self.set_interval(self.REFRESH_SECONDS, self._refresh_if_current)

    def _refresh_if_current(self) -> None:
        if self._watch.view and not self._watch.problem and self.is_current:
            self._refresh()

    def on_screen_resume(self) -> None:
        """Show where the round stands."""
        self._refresh()

    @work(exclusive=True, group="read")
    async def _refresh(self) -> None:
        changed = await self._watch.look()
        with self.report_errors():
            if self._watch.problem:
                raise self._watch.problem
            self._progress = self._watch.progress
            view = self._watch.view
            if view and changed and self in self.app.screen_stack:  # somebody may have left by now
                self._show(view.group.name)

    def _show(self, group: str) -> None:
        progress = self._progress
        if progress is None:
            self.query_one("#progress", Static).update("No round is open any more.")
            return
        heads = progress.round.heads
        bar = self.title_bar
        bar.location = progress.round.title(group)
        bar.status = f"{progress.handed_in} of {heads} handed in"
        missing = f"{progress.missing} more needed · " if progress.missing else ""
        if progress.handed_in >= heads:
            missing = "all are in: Esc, then the box can be closed · "
        left = f"{progress.time_left} · " if progress.time_left else ""
        words = " · ".join(progress.check_words)
        self.query_one("#progress", Static).update(
            f"{left}{missing}{progress.drawn} of {heads} codes drawn\nThe box's words: {words}"
        )

    def action_take(self) -> None:
        """Start a turn with a fresh code."""
        self._start_turn(None)

    @work
    async def action_spare(self) -> None:
        """Start a turn with a spare code, after a confirmation that the room knows."""
        question = "Draw a spare code? Say aloud that a code was lost; everybody sees the count."
        if await self.show_screen(AskYesNo(question, "the room knows", "no")):
            self._start_turn(None, spare=True)

    @work
    async def action_change(self) -> None:
        """Start a turn with a code that was drawn before."""
        code = await self.show_screen(
            AskText("Your code: four words, four letters of each are enough.", secret=True)
        )
        if code:
            self._start_turn(code)

    def _start_turn(self, code: str | None, spare: bool = False) -> None:
        if not self._busy:
            self._busy = True
            self._run_turn(code, spare)

    @work(group="turn", description="")
    async def _run_turn(self, code: str | None, spare: bool) -> None:
        """Run one turn, then show the curtain; by then nothing of the turn is left in memory."""
        try:
            with self.report_errors():
                await self._take_seat(code, spare)
                await self._show_curtain()
        finally:
            self._busy = False
            self.refresh_bindings()

    async def _show_curtain(self) -> None:
        """Show the curtain before the next rater."""
        await self.show_screen(CurtainScreen(self.title_bar.location))

    async def _take_seat(self, code: str | None, spare: bool) -> None:
        """Draw a code, or use the one typed, and show the steps of the turn until it ends."""
        rating = self._services.rating
        if code is None:
            async with show_busy(self, "Drawing your code"):
                seat = await in_thread(rating.draw_code, spare)
        else:
            async with show_busy(self, "Looking for your ballot"):
                seat = await in_thread(rating.enter_code, code)
        sitting = Sitting(rating, seat, self._drafts)
        if sitting.is_resumed:
            self.notify_text("Your answers are still here.")
        while sitting.step is not Step.ENDED:
            await self._show_step(sitting)

    async def _show_step(self, sitting: Sitting) -> None:
        match sitting.step:
            case Step.SHOW_CODE:
                await self.show_screen(CodeScreen(sitting.seat))
                sitting.confirm_code()
            case Step.CHANGE:
                await self._offer_change(sitting)
            case Step.RATE:
                if await self.show_screen(BallotScreen(sitting.turn)):
                    sitting.check()
                else:
                    await in_thread(sitting.leave)
            case Step.CHECK:
                await self.show_screen(CheckScreen(sitting))
                if sitting.step is Step.CHECK:
                    sitting.return_to_ballot()
            case Step.HANDED_IN:
                self.note_ballot(True)
                await self.show_screen(MirrorScreen(sitting.turn, sitting.receipt or ()))
                sitting.finish()
            case Step.WITHDRAWN:
                await self._confirm_withdrawal(sitting)
            case Step.ENDED:
                pass

    async def _offer_change(self, sitting: Sitting) -> None:
        choice = await self.show_screen(ChangeScreen(sitting.seat))
        if choice == "again":
            sitting.rate_again()
        elif choice == "out":
            async with show_busy(self, "Taking your ballot out"):
                await in_thread(sitting.withdraw)
        else:
            await in_thread(sitting.leave)

    async def _confirm_withdrawal(self, sitting: Sitting) -> None:
        self.note_ballot(False)
        text = "Your ballot is out of the box. Your code can hand in another one."
        if await self.show_screen(AskYesNo(text, "rate again", "leave it out")):
            async with show_busy(self, "Looking for your ballot"):
                await in_thread(sitting.return_to_code)
        else:
            sitting.finish()

    def note_ballot(self, is_in_box: bool) -> None:
        """Do nothing about a ballot handed in or withdrawn; a subclass may keep track of it."""

    def action_back(self) -> None:
        """Leave the turn screen once a word is typed, so that no single key does so."""
        self._leave()

    @work
    async def _leave(self) -> None:
        word = await self.show_screen(
            AskText(f"For the facilitator: type “{LEAVE_WORD}” to leave the turns.")
        )
        if word and comparison_key(word.strip()) == LEAVE_WORD:
            self.dismiss(None)
