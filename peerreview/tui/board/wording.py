"""The sentences around a board: banner, verdicts, and the steps to a first board."""

from collections.abc import Callable

from textual.content import Content

from peerreview.domain.errors import PeerReviewError
from peerreview.domain.result import wording
from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.text import cell_width, fit, printable
from peerreview.services.progress import Progress
from peerreview.tui.kit.text import literal_content

_NAME, _LEAST = 16, 6
"""Cells of a group's name below which the quarter is left out, and that are always shown."""
_FIRST_STEPS = (
    ("p", "partners", "write down the partners you share, or paste a list"),
    ("o", "open_round", "open a round: who is in the room, who keeps a key"),
    ("t", "turns", "pass the laptop around; ninety seconds each"),
    ("c", "close_box", "count hands, type a key: the board appears here"),
)


def first_steps_text(offered: Callable[[str], bool]) -> Content:
    """Return the steps to a first board, with those that are possible now marked."""
    lines = [Content("\n  No round has been closed yet. The way to a board:\n")]
    for key, action, what in _FIRST_STEPS:
        style = "bold $road" if offered(action) else "$quiet"
        lines.append(Content.assemble((f"    {key}   ", style), what))
    return Content("\n").join(lines)


def banner_text(progress: Progress | None, demo_key: str) -> Content:
    """Return the steps of the demo, the progress of an open round, or nothing."""
    if demo_key:
        return _demo_banner(progress, demo_key)
    if progress is None:
        return Content("")
    which = "A rehearsal" if progress.round.rehearsal else f"Round {progress.round.number}"
    return Content(f"{which} is open: {progress.words}.")


def _demo_banner(progress: Progress | None, key: str) -> Content:
    """Return the steps of the demo, and what closing the box will ask for."""
    steps = [("t", " talk list  ", True)]
    if progress:
        rated = progress.handed_in == progress.round.heads
        steps = [("t", " rate as the twelfth  ", not rated), ("c", " close the box  ", True)]
    parts = [
        (text, style if on else "$quiet")
        for key_, what, on in (*steps, ("n", " start over", True))
        for text, style in ((key_, "bold $road"), (what, ""))
    ]
    steps_text = Content.assemble(("DEMO  ", "bold $road"), *parts)
    needs = progress and f"\n      {progress.handed_in} hands are up, key: "
    return (
        Content.assemble(steps_text, (needs, "$quiet"), (key, "bold $they"))
        if needs
        else steps_text
    )


def unreadable_text(error: PeerReviewError, where: str) -> Content:
    """Return the error of a group that can't be read, and what to do."""
    return Content.assemble(
        "\n  ", (error.title, "bold $ugly"), "\n\n  ", literal_content(str(error)),
        "\n\n  Nothing was changed. Leave with ", ("q", "bold $road"), ", then run this:",
        "\n  ", (printable(f"peerreview doctor {where}"), "bold"),
    )  # fmt: skip


def board_location(board: Board, room: int) -> str:
    """Return group and round within `room` cells; the group's name is shortened first."""
    name = board.group
    long = f" · round {board.round} · {board.quarter}"
    tail = long if room - len(long) >= _NAME else long.rpartition(" ·")[0]
    return fit(name, min(cell_width(name), max(_LEAST, room - len(tail)))).rstrip() + tail


def filter_text(words: str, typing: bool) -> Content:
    """Return the words of the filter, with a cursor while they are typed."""
    hint = "" if words else "  part of a name, or a kind"
    cursor = "▌" if typing else ""
    return Content.assemble(
        ("/ ", "bold $road"), literal_content(words), (cursor, "$road"), (hint, "$quiet")
    )


def about_text(line: BoardLine, first: BoardLine | None) -> Content:
    """Return a partner's verdict, after a line on the partner that waits to be compared, if any."""
    if first is None:
        return verdict_text(line)
    name = literal_content(first.partner.name).stylize("bold")
    waits = (name, " beside whom? Move to another partner, then ", ("v", "bold $road"))
    return Content.assemble(*waits, "; Esc forgets it.\n", verdict_text(line))


def verdict_sentence(line: BoardLine) -> str:
    """Return a partner's verdict and reason in one line without deal-breakers, to be copied."""
    return printable(f"{line.partner.name}: {wording.verdict_words(line.result)}. {line.reason}")


def verdict_text(line: BoardLine) -> Content:
    """Return a partner's verdict, the reason or the deal-breaker, and the advice."""
    result = line.result
    mark = f"! {wording.DEAL_BREAKER_NOTICE} " if result.deal_breaker else ""
    verdict = f": {wording.verdict_words(result)}." + (
        "" if result.deal_breaker else f" {line.reason}"
    )
    first = Content.assemble(
        (mark, "$ugly"), literal_content(line.partner.name).stylize("bold"), verdict
    )
    second = Content.assemble(("Next: ", "$quiet"), wording.advice(result))
    return Content("\n").join([first, second])
