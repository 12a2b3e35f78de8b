"""A watch for what must hold whatever keys are pressed.

The app doesn't crash, nothing of a turn is left at the curtain, and every cast goes through the
check screen. The watch is tested itself, in test_monkey.
"""

import asyncio
import gc
import weakref
from collections import Counter

import pytest
from textual.widgets import Button

from peerreview.services.rating import Rating, Seat
from peerreview.services.turn import Turn
from peerreview.tui.ballot.check import CheckScreen

from .stage import Stage

BETWEEN = {"TurnsScreen", "CurtainScreen"}
"""The screens that everybody may see."""
OF_A_TURN = {"CodeScreen", "ChangeScreen", "BallotScreen", "GridScreen", "CheckScreen",
             "MirrorScreen"}  # fmt: skip
SIGNS = ("■", "●", "◐", "×", "for your eyes")


def everything_written(stage: Stage) -> str:
    """Return all text of all screens on the stack, shown or hidden, and of all notifications."""
    texts = list(stage.notes)
    for screen in stage.app.screen_stack:
        texts += [strip.text for strip in screen._compositor.render_strips(stage.app.size)]
        for widget in screen.walk_children():
            texts += [str(widget.render()), str(getattr(widget, "value", "")), str(widget.tooltip)]
    return "\n".join(texts)


class Watch:
    """Records codes, receipts, turns and casts, and fails when a rule is broken."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.secrets: set[str] = set()
        self.casts = self.pressed = 0
        self.seen = Counter[str]()
        self._turns: list[weakref.ref[Turn]] = []
        draw, cast, press, begin = Rating.draw_code, Rating.cast, Button.press, Turn.__init__

        def draw_and_record(service: Rating, spare: bool = False) -> Seat:
            seat = draw(service, spare)
            self.secrets.add("   ".join(seat.code))
            return seat

        def cast_and_record(*ballot: object) -> tuple[str, ...]:
            self.casts += 1
            receipt = cast(*ballot)
            self.secrets.add(" ".join(receipt))
            return receipt

        def press_and_record(button: Button) -> Button:
            here = button.screen
            if button.id == "cast" and isinstance(here, CheckScreen) and here.is_current:
                self.pressed += 1
                self.seen["casts"] += 1
            return press(button)

        def begin_and_record(turn: Turn, seat: Seat) -> None:
            begin(turn, seat)
            self._turns.append(weakref.ref(turn))

        monkeypatch.setattr(Rating, "draw_code", draw_and_record)
        monkeypatch.setattr(Rating, "cast", cast_and_record)
        monkeypatch.setattr(Button, "press", press_and_record)
        monkeypatch.setattr(Turn, "__init__", begin_and_record)

    def begin(self) -> None:
        """Forget earlier visits, and the casts that filled the box before a key was pressed."""
        self.casts = self.pressed = 0
        self._turns.clear()

    async def look(self, stage: Stage) -> None:
        """Fail if a rule is broken on the screens that are open now."""
        assert stage.app._exception is None
        assert self.casts <= self.pressed, "a ballot was cast past the check screen"
        if "CurtainScreen" in stage.stack or stage.screen_name in BETWEEN:
            assert not OF_A_TURN & set(stage.stack), f"a turn is left: {stage.stack}"
        if stage.screen_name in BETWEEN:
            self._behind_the_curtain(stage)

    def _behind_the_curtain(self, stage: Stage) -> None:
        self.seen["curtains"] += 1
        written = everything_written(stage)
        assert not [secret for secret in self.secrets if secret in written], "a secret is left"
        assert not [sign for sign in SIGNS if sign in written], "answers are left"

    async def forgotten(self) -> None:
        """Fail if a turn stays in memory, where timers of the last key may keep it for a moment."""
        for _ in range(50):  # screens that were left end in their own time
            gc.collect()
            if not [turn for turn in self._turns if turn()]:
                return
            await asyncio.sleep(0.02)
        raise AssertionError("a turn is left in memory")
