"""How answers look: lanes that fill from the center line outward, letdowns, deal-breakers."""

from collections.abc import Sequence
from itertools import groupby

from textual.content import Content

from peerreview.domain.rating.ballot import NO, YES
from peerreview.domain.result.lane import BLANK, CENTER
from peerreview.tui.kit.glyphs import EMPTY, FULL, LETDOWN
from peerreview.tui.kit.lines import Piece

STEPS = 5
COLORS = {"they": "$they", "we": "$we", "road": "$road", "empty": "$quiet"}
CANT_SAY = "?"


def number(answer: int | None) -> str:
    """Return an answer as it stands beside its lane: a digit, `?` for can't say, or nothing."""
    return " " if answer is None else CANT_SAY if answer == 0 else str(answer)


def they(answer: int | None, step: int, active: bool) -> list[Piece]:
    """Return the left lane and its number: what comes back fills toward the left."""
    full, empty = _lane(answer, step, active, FULL, "they")
    return [(f"{number(answer)} ", "text"), empty, full]


def we(answer: int | None, step: int, active: bool) -> list[Piece]:
    """Return the right lane and its number: what we give fills toward the right."""
    return [*_lane(answer, step, active, FULL, "we"), (f" {number(answer)}", "text")]


def letdown(answer: int | None, step: int, active: bool) -> list[Piece]:
    """Return a letdown: another sign, because much of it is bad."""
    full, empty = _lane(answer, step, active, LETDOWN, "bad")
    return [(f"{number(answer)} ", "text"), empty, full]


def _lane(answer: int | None, step: int, active: bool, sign: str, name: str) -> list[Piece]:
    """Return the part of a lane that is full, and the rest."""
    full = sign * (answer or 0) * step
    empty = EMPTY * (STEPS * step - len(full))
    return [(full, "active" if active else name), (empty, "active" if active else "empty")]


def deal_breaker(answer: int | None, active: bool) -> list[Piece]:
    """Return a deal-breaker's answer in words."""
    word = {None: "·", 0: "can't say", NO: "no", YES: "yes"}[answer]
    return [(f" {word:<9} ", "active" if active else "ugly" if answer == YES else "text")]


def deal_breakers(answers: Sequence[int | None], active: bool) -> Piece:
    """Return all of a partner's deal-breakers in one cell of six."""
    if YES in answers:
        word = f"! {sum(answer == YES for answer in answers)}"
    elif answers and all(answer == NO for answer in answers):
        word = "none"
    else:
        word = "·" if not any(answers) else "some"
    style = "active" if active else "ugly" if YES in answers else "text"
    return f" {word:<5}", style


def street(picture: str) -> list[Piece]:
    """Return a lane picture in its colors: what comes back, the road, what we give."""
    left, road, right = picture.partition(CENTER)
    return [*_side(left, "they"), (road, "road"), *_side(right, "we")]


def colored(picture: str) -> Content:
    """Return a lane picture as content, in its colors."""
    return Content.assemble(*((text, COLORS[name]) for text, name in street(picture)))


def _side(picture: str, name: str) -> list[Piece]:
    return [
        ("".join(run), "empty" if empty else name)
        for empty, run in groupby(picture, key=lambda character: character == BLANK)
    ]
