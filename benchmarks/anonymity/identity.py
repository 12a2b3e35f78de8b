"""IDENTITY: two raters swap their rows about one partner; everything else stays the same.

Nothing that anybody can see while the box is open or after the close may differ by a byte: files,
pages and screens of every round, the bytes for a terminal or an SSH guest when a screen is redrawn,
and the log of a host. (Frames between two screens at rest depend on timing, so they don't count.)
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

from benchmarks.anonymity import scratch_round
from benchmarks.anonymity.leaky_rules import rows_in_order, same_check_words
from benchmarks.anonymity.leaky_storage import always, replaced
from benchmarks.anonymity.result import NO_LEAK, Attack, Leak, Result, exact
from benchmarks.anonymity.scratch_round import Opinion
from benchmarks.anonymity.ssh_observer import observe_over_ssh
from peerreview import hosting, shipped
from peerreview.domain.summary.markdown import markdown_page
from peerreview.domain.summary.summary import summary_to_json
from peerreview.plain.board import board_text
from peerreview.services import rating, setting_up
from peerreview.services.group_services import GroupServices
from peerreview.tui.app.app import PeerReviewApp
from peerreview.tui.app.options import AppOptions, FirstScreen
from peerreview.tui.kit.frames import Frame

_WALKS: dict[FirstScreen, str] = {
    "board": "enter right r escape escape v down v escape m escape t escape r escape",
    "room": "t escape",
}
_SIZE, _UNCHANGED, _PLAYS = (100, 30), 3, 3
_LATER = scratch_round.DAY + timedelta(days=90)
_OTHERS: list[list[Opinion]] = [[4, 4, 4], [2, 3, 5], [3, 3, 3], [5, 5, None]]
_ONE_WAY: list[list[Opinion]] = [[5, 1, 3], [1, 5, 3], *_OTHERS]
_SWAPPED: list[list[Opinion]] = [[1, 1, 3], [5, 5, 3], *_OTHERS]


def play() -> list[Result]:
    """Return how many files, pages, screens and streams differ, with the control beside it."""
    differences = find_differences(NO_LEAK)
    control = float(bool(find_differences(rows_in_order, screens=False)))
    attack = Attack(
        "IDENTITY",
        "what differs",
        "all there is to see",
        find_differences,
        rows_in_order,
        "unsorted save",
    )
    return [Result(attack, exact(len(differences)), 0, control)]


def find_differences(leak: Leak, screens: bool = True) -> list[str]:
    """Return the names of everything that differs when the rows are swapped.

    On a slow machine a screen may be read too early. So only what differs in every play counts.
    """
    original, swapped = defaultdict[str, list[object]](list), defaultdict[str, list[object]](list)
    names = list[str]()
    for _ in range(_PLAYS):
        for opinions, evidence in ((_ONE_WAY, original), (_SWAPPED, swapped)):
            for name, item in _gather_evidence(leak, opinions, screens).items():
                evidence[name].append(item)
        names = sorted(
            name
            for name in {*original, *swapped}
            if not any(item in swapped[name] for item in original[name])
        )
        if not names:
            break
    return names


def _gather_evidence(
    leak: Leak, opinions: Sequence[Sequence[Opinion]], screens: bool
) -> dict[str, object]:
    """Play two rounds and return everything that can be seen, by name."""
    with ExitStack() as stack:
        stack.enter_context(leak())
        # Everything random, and the severity, is fixed, so that only the rows differ.
        stack.enter_context(same_check_words())
        stack.enter_context(replaced(rating, "severity", always(0.0)))
        label = SimpleNamespace(random_words=always(("one", "label")))
        stack.enter_context(replaced(setting_up, "words", label))
        raters = len(opinions)
        first = stack.enter_context(scratch_round.scratch_round(len(opinions[0]), raters))
        for ballot in opinions:
            first.take_turn(ballot)
        first.close(raters)
        stack.enter_context(replaced(scratch_round, "DAY", _LATER))
        second = scratch_round.open_round(first.services, raters)
        events = (
            *(partial(second.take_turn, ballot) for ballot in opinions),
            partial(second.close, raters),
        )
        observed = dict[str, object]()
        if screens:
            observed = asyncio.run(observe_over_ssh(second.services, events))
            observed |= asyncio.run(_draw_screens(second.services))
        else:
            for event in events:
                event()
        return {**second.files(), **dict(pages(second.services)), **observed}


def pages(services: GroupServices) -> Iterator[tuple[str, str]]:
    """Yield the summaries and pages of every round, and the board as plain text."""
    for release in services.rounds.group().releases:
        summary, number = services.results.summary(release.round), release.round
        yield f"summary {number}", summary_to_json(summary)
        yield f"page {number}", markdown_page(summary)
        yield f"plain {number}", board_text(services.results.board(number))


async def _draw_screens(services: GroupServices) -> dict[str, object]:
    """Return pictures and terminal bytes of the public screens and of the room."""
    pictures: dict[str, object] = {}
    for first, walk in _WALKS.items():
        options = AppOptions(
            hosting.make_closed_workspace(),
            services,
            first,
            True,
            themes_folder=shipped.find_folder("themes"),
        )
        app = PeerReviewApp(options)
        app.animation_level = "none"
        async with app.run_test(size=_SIZE) as pilot:
            for step, key in enumerate(("", *walk.split())):
                pictures[f"{first} {step} {key}"] = await _picture_after(app, pilot, key)
                pictures[f"{first} {step} {key}, bytes"] = _terminal_bytes(app)
    return pictures


async def _picture_after(app: PeerReviewApp, pilot: Pilot[Any], key: str) -> str:
    """Press a key; return the picture of the screen once it no longer changes."""
    await pilot.press(*filter(None, (key,)))
    picture, unchanged = "", 0
    for _ in range(50):
        await pilot.pause(0.02)
        previous, picture = picture, app.export_screenshot(simplify=True)
        unchanged = unchanged + 1 if picture == previous else 0
        if unchanged == _UNCHANGED:
            break
    return picture


def _terminal_bytes(app: PeerReviewApp) -> str:
    """Return the bytes for a terminal when the whole screen is drawn."""
    screen: Any = app.screen
    drawn = screen._compositor.render_full_update()
    return Frame(drawn, {}, app.color_system).render_segments(app.console)
