"""IDENTITY: two raters' rows about a partner change places, everything else stays as it is.

Nothing that anybody sees after the close may differ by a single byte: files, pages, screens.
"""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack
from typing import Any

from textual.pilot import Pilot

from peerreview import shipped
from peerreview.audit.leak import NOTHING, Leak, rows_in_order, swapped
from peerreview.audit.result import Figure, Result
from peerreview.audit.scratch import Opinion, Scratch, scratch
from peerreview.domain.markdown import page
from peerreview.services import rating
from peerreview.services.desk import Desk
from peerreview.tui.app import PeerReviewApp
from peerreview.tui.start import Doors, First, Start

_WALK = ("enter", "right", "escape", "m", "escape", "down", "enter", "escape")
_SIZES = ((80, 24), (120, 40))
_HERE: list[Opinion] = [5, 1, 3]
_THERE: list[Opinion] = [1, 5, 3]


def played(worlds: int) -> list[Result]:
    """Return the share of worlds in which something differs, in the product and the control."""
    found = sum(bool(differing(NOTHING)) for _ in range(worlds)) / worlds
    control = sum(bool(differing(rows_in_order)) for _ in range(8)) / 8
    control = min(1.0, 2 * control)  # by chance the same row lies first in half of the worlds
    figure = Figure(found, found, found)
    had = "every file, page and screen"
    return [Result("IDENTITY", "what differs", had, figure, 0, control, "unsorted save")]


def differing(leak: Leak) -> list[str]:
    """Return the names of what differs between a round and the same round with rows swapped."""
    one, two = (_evidence(leak, orders) for orders in ((_HERE, _THERE), (_THERE, _HERE)))
    return sorted(name for name in {*one, *two} if one.get(name) != two.get(name))


def _evidence(leak: Leak, first_two: Sequence[Sequence[Opinion]]) -> dict[str, object]:
    """Play a round and return all that is left of it, by name."""
    with ExitStack() as stack:
        stack.enter_context(leak())
        # A rater's own severity goes with the rater; it is held still so that only rows swap.
        stack.enter_context(swapped(rating, "severity", lambda given: 0.0))
        round_ = stack.enter_context(scratch(len(_HERE), 6))
        for opinions in (*first_two, [4, 4, 4], [2, 3, 5], [3, 3, 3], [5, 5, None]):
            round_.turn(opinions)
        round_.close(6)
        return {**round_.files(), **_pages(round_), **asyncio.run(_screens(round_.desk))}


def _pages(round_: Scratch) -> dict[str, object]:
    summary = round_.desk.results.summary()
    return {"summary": summary.model_dump_json(), "page": page(summary)}


async def _screens(desk: Desk) -> dict[str, object]:
    """Return the text of every screen anybody can open on a group, at two sizes."""
    found: dict[str, object] = {}
    for first in ("board", "room"):
        for size in _SIZES:
            app = app_on(desk, first)
            async with app.run_test(size=size) as pilot:
                found |= {
                    f"{first} {size} {step}": text
                    for step, text in enumerate(await _walked(app, pilot))
                }
    return found


async def _walked(app: PeerReviewApp, pilot: Pilot[Any]) -> list[str]:
    texts: list[str] = []
    for key in ("", *_WALK):
        if key:
            await pilot.press(key)
        await app.workers.wait_for_complete()
        await pilot.pause()
        texts.append(text_of(app))
    return texts


def app_on(desk: Desk, first: First) -> PeerReviewApp:
    """Return the program's screens on a group, without anything that moves by itself."""

    def shut(*_: object) -> Any:
        raise NotImplementedError

    doors = Doors(find=list, open=shut, create=shut, demo=shut)
    app = PeerReviewApp(
        Start(doors, desk, first, readonly=True, themes=shipped.folder("themes"))
    )
    app.animation_level = "none"
    return app


def text_of(app: PeerReviewApp) -> str:
    """Return what stands on the screen, line by line."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()  # noqa: SLF001 - there is no public way
    return "\n".join(strip.text[:width] for strip in lines[:height])
