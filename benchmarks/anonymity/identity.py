"""IDENTITY: two raters' rows about one partner change places, everything else stays as it is.

Nothing that anybody sees while the box is open or after the close may differ by a single byte:
files, pages and screens of every round, what a terminal or an SSH guest gets when a screen is drawn
anew, and what a host logs. (Between two screens at rest, frames fall apart as the moment has it.)
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from types import SimpleNamespace
from typing import Any

from textual.pilot import Pilot

from benchmarks.anonymity import scratch
from benchmarks.anonymity.lapse import one_check_word, rows_in_order
from benchmarks.anonymity.leak import always, swapped
from benchmarks.anonymity.overheard import overheard
from benchmarks.anonymity.result import NOTHING, Attack, Leak, Result, counted
from benchmarks.anonymity.scratch import Opinion
from peerreview import hosting, shipped
from peerreview.domain.summary.markdown import page
from peerreview.domain.summary.summary import to_json
from peerreview.plain.board import board_text
from peerreview.services import rating, setting_up
from peerreview.services.group_services import GroupServices
from peerreview.tui.app.app import PeerReviewApp
from peerreview.tui.kit.frames import Frame
from peerreview.tui.kit.start import AppOptions, FirstScreen

_WALKS: dict[FirstScreen, str] = {
    "board": "enter right r escape escape v down v escape m escape t escape r escape",
    "room": "t escape",
}
_SIZE, _BREATHS, _PLAYS = (100, 30), 3, 3
_LATER = scratch.DAY + timedelta(days=90)
_OTHERS: list[list[Opinion]] = [[4, 4, 4], [2, 3, 5], [3, 3, 3], [5, 5, None]]
_HERE: list[list[Opinion]] = [[5, 1, 3], [1, 5, 3], *_OTHERS]
_THERE: list[list[Opinion]] = [[1, 1, 3], [5, 5, 3], *_OTHERS]


def played() -> list[Result]:
    """Return how many files, pages, screens and streams differ, in the product and the control."""
    found = differing(NOTHING)
    control = float(bool(differing(rows_in_order, screens=False)))
    had = "all there is to see"
    attack = Attack("IDENTITY", "what differs", had, differing, rows_in_order, "unsorted save")
    return [Result(attack, counted(len(found)), 0, control)]


def differing(leak: Leak, screens: bool = True) -> list[str]:
    """Return the names of what differs between two rounds and the same with rows swapped.

    A slow machine may be asked too soon: what was the same in any of some plays tells nothing.
    """
    here, there = defaultdict[str, list[object]](list), defaultdict[str, list[object]](list)
    names = list[str]()
    for _ in range(_PLAYS):
        for told, found in ((_HERE, here), (_THERE, there)):
            for name, each in _evidence(leak, told, screens).items():
                found[name].append(each)
        together = {*here, *there}
        names = sorted(n for n in together if not any(each in there[n] for each in here[n]))
        if not names:
            break
    return names


def _evidence(leak: Leak, told: Sequence[Sequence[Opinion]], screens: bool) -> dict[str, object]:
    """Play two rounds and return all that there is to see, by name."""
    with ExitStack() as stack:
        stack.enter_context(leak())
        # What is random or the rater's own is held still, so that only rows change places.
        stack.enter_context(one_check_word())
        stack.enter_context(swapped(rating, "severity", always(0.0)))
        label = SimpleNamespace(draw=always(("one", "label")))
        stack.enter_context(swapped(setting_up, "words", label))
        first = stack.enter_context(scratch.scratch(len(_HERE[0]), len(told)))
        for opinions in told:
            first.turn(opinions)
        first.close(len(told))
        stack.enter_context(swapped(scratch, "DAY", _LATER))
        second = scratch.opened(first.services, len(told))
        events = *(partial(second.turn, each) for each in told), partial(second.close, len(told))
        seen = dict[str, object]()
        if screens:
            seen = asyncio.run(overheard(second.services, events)) | asyncio.run(
                _screens(second.services)
            )
        else:
            for event in events:
                event()
        return {**second.files(), **dict(pages(second.services)), **seen}


def pages(services: GroupServices) -> Iterator[tuple[str, str]]:
    """Yield what people take home from every round, and what there is without screens."""
    for release in services.rounds.group().releases:
        summary, number = services.results.summary(release.round), release.round
        yield f"summary {number}", to_json(summary)
        yield f"page {number}", page(summary)
        yield f"plain {number}", board_text(services.results.board(number))


async def _screens(services: GroupServices) -> dict[str, object]:
    """Return pictures of the screens anybody can open, and of the room's, and what is written."""
    found: dict[str, object] = {}
    for first, walk in _WALKS.items():
        start = AppOptions(
            hosting.closed_workspace(),
            services,
            first,
            True,
            themes_folder=shipped.find_folder("themes"),
        )
        app = PeerReviewApp(start)
        app.animation_level = "none"
        async with app.run_test(size=_SIZE) as pilot:
            for step, key in enumerate(("", *walk.split())):
                found[f"{first} {step} {key}"] = await _after(app, pilot, key)
                found[f"{first} {step} {key}, bytes"] = _bytes_of(app)
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


def _bytes_of(app: PeerReviewApp) -> str:
    """Return what goes to a terminal when the screen is drawn anew."""
    screen: Any = app.screen
    drawn = screen._compositor.render_full_update()
    return Frame(drawn, {}, app.color_system).render_segments(app.console)
