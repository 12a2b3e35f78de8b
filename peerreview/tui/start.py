"""What the app is started with: a desk or none, and the doors through which it gets others."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from peerreview.services.desk import Desk

First = Literal["board", "turn", "welcome"]


@dataclass(frozen=True)
class Demo:
    """A sample group to try things on: its keeper's key lies open, on purpose."""

    desk: Desk
    key: str


@dataclass(frozen=True)
class Doors:
    """How the app reaches groups; the composition root fills these in.

    Attributes:
        find: group files in the current folder.
        open: a desk at a file.
        create: a new group of this name in the current folder, and its desk.
        demo: a fresh copy of the sample group.
    """

    find: Callable[[], list[Path]]
    open: Callable[[Path], Desk]
    create: Callable[[str], Desk]
    demo: Callable[[], Demo]


@dataclass(frozen=True)
class Start:
    """What to show first, and where what ships and what is remembered lies."""

    doors: Doors
    desk: Desk | None = None
    first: First = "board"
    readonly: bool = False
    demo_key: str = ""
    themes: Path = field(default_factory=lambda: Path("themes"))
    state: Path | None = None
