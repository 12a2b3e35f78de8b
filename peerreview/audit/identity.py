"""IDENTITY: two raters' rows about one partner change places, everything else stays as it is.

Nothing that anybody sees after the close may differ by a single byte: files, pages, screens.
"""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

from textual.pilot import Pilot

from peerreview import shipped
from peerreview.audit.lapse import rows_in_order
from peerreview.audit.leak import always, swapped
from peerreview.audit.result import NOTHING, Attack, Leak, Result, counted
from peerreview.audit.scratch import Opinion, Scratch, scratch
from peerreview.domain.markdown import page
from peerreview.domain.summary import to_json
from peerreview.plain.board import board_text
from peerreview.services import rating, setting_up
from peerreview.services.desk import Desk
from peerreview.tui.app import PeerReviewApp
from peerreview.tui.start import Doors, First, Start

_WALKS: dict[First, str] = {
    "board": "enter right r escape escape v down v escape m escape t escape r escape",
    "room": "t escape",
}
_SIZE, _BREATHS = (100, 30), 3
_OTHERS: list[list[Opinion]] = [[4, 4, 4], [2, 3, 5], [3, 3, 3], [5, 5, None]]
_HERE: list[list[Opinion]] = [[5, 1, 3], [1, 5, 3], *_OTHERS]
_THERE: list[list[Opinion]] = [[1, 1, 3], [5, 5, 3], *_OTHERS]


def played() -> list[Result]:
    """Return how many files, pages and screens differ, in the product and in the control."""
    found = differing(NOTHING)
    control = float(bool(differing(rows_in_order, screens=False)))
    had = "all there is to see"
    attack = Attack("IDENTITY", "what differs", had, differing, rows_in_order, "unsorted save")
    return [Result(attack, counted(len(found)), 0, control)]


def differing(leak: Leak, screens: bool = True) -> list[str]:
    """Return the names of what differs between a round and the same round with rows swapped."""
    one, two = (_evidence(leak, told, screens) for told in (_HERE, _THERE))
    return sorted(name for name in {*one, *two} if one.get(name) != two.get(name))


def _evidence(leak: Leak, told: Sequence[Sequence[Opinion]], screens: bool) -> dict[str, object]:
    """Play a round and return all that is left of it, by name."""
    with ExitStack() as stack:
        stack.enter_context(leak())
        # What is random or the rater's own is held still, so that only rows change places.
        stack.enter_context(swapped(rating, "severity", always(0.0)))
        label = SimpleNamespace(draw=always(("one", "label")))
        stack.enter_context(swapped(setting_up, "words", label))
        round_ = stack.enter_context(scratch(len(_HERE[0]), len(told)))
        for opinions in told:
            round_.turn(opinions)
        round_.close(len(told))
        seen = asyncio.run(_screens(round_.desk)) if screens else {}
        return {**round_.files(), **pages(round_), **seen}


def pages(round_: Scratch) -> dict[str, object]:
    """Return what people take home, and what there is without screens."""
    results = round_.desk.results
    summary, plain = results.summary(), board_text(results.board())
    return {"summary": to_json(summary), "page": page(summary), "plain": plain}


async def _screens(desk: Desk) -> dict[str, object]:
    """Return pictures of the screens anybody can open on a group, and of the room's."""
    found: dict[str, object] = {}
    for first, walk in _WALKS.items():
        app = app_on(desk, first)
        async with app.run_test(size=_SIZE) as pilot:
            for step, key in enumerate(("", *walk.split())):
                found[f"{first} {step} {key}"] = await _after(app, pilot, key)
    return found


async def _after(app: PeerReviewApp, pilot: Pilot[Any], key: str) -> str:
    """Return the screen once a key is dealt with; no waiting for all work, the room never rests."""
    await pilot.press(*filter(None, (key,)))
    text, still = "", 0
    for _ in range(50):
        await pilot.pause(0.02)
        before, text = text, app.export_screenshot(simplify=True)
        still = still + 1 if text == before else 0
        if still == _BREATHS:
            break
    return text


def app_on(desk: Desk, first: First) -> PeerReviewApp:
    """Return the program's screens on a group, without anything that moves by itself."""

    def shut(*_: object) -> Any:
        raise NotImplementedError

    doors = Doors(find=list, open=shut, create=shut, demo=shut)
    app = PeerReviewApp(Start(doors, desk, first, readonly=True, themes=shipped.folder("themes")))
    app.animation_level = "none"
    return app
