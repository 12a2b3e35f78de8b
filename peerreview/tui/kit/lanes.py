"""Lane pictures in their colors; the pictures themselves are drawn by `domain/result/lane.py`."""

from itertools import groupby

from textual.content import Content

from peerreview.domain.result.lane import BLANK, CENTER
from peerreview.tui.kit.lines import Piece

STEPS = 5
"""Steps of a lane that shows one answer: answers go from 1 to 5."""
_COLORS = {"they": "$they", "we": "$we", "road": "$road", "empty": "$quiet"}


def lane_pieces(picture: str) -> list[Piece]:
    """Return a lane picture as pieces of a line: what comes back, the center line, what we give."""
    left, center, right = picture.partition(CENTER)
    return [*_side_pieces(left, "they"), (center, "road"), *_side_pieces(right, "we")]


def lane_content(picture: str) -> Content:
    """Return a lane picture as content, in its colors."""
    return Content.assemble(*((text, _COLORS[style]) for text, style in lane_pieces(picture)))


def _side_pieces(side: str, style: str) -> list[Piece]:
    runs = groupby(side, key=lambda character: character == BLANK)
    return [("".join(run), "empty" if is_blank else style) for is_blank, run in runs]
