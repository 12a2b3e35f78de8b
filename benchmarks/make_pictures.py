"""Make the pictures of the README from the app itself: `python -m benchmarks.make_pictures`.

A picture shows the sample group in a terminal of a given size, after some keys, as SVG. The answers
in the pictures of a ballot are invented and never handed in.
"""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from peerreview import shipped
from peerreview.bootstrap import services_at
from peerreview.config import Settings
from peerreview.tui.app.app import PeerReviewApp
from peerreview.tui.app.options import AppOptions, FirstScreen, Workspace

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
TURN = ("enter", "y")
FONTS = "ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its first screen, the keys to press, the size in cells, and the theme."""

    name: str
    keys: Sequence[str] = ()
    first: FirstScreen = "board"
    size: tuple[int, int] = (80, 24)
    theme: str = "dark"


PICTURES = (
    Picture("ballot", (*TURN, *"45x24x15x0335x2"), "turn"),
    Picture("grid", (*TURN, "enter", *"45", *"44", *"34", *"4", "up"), "turn"),
    Picture("board"),
    Picture("map", ("m",)),
    Picture("room", (), "room", (120, 34), "room"),
)


async def draw_picture(picture: Picture, group: Path) -> str:
    """Return a picture as SVG; it uses the fonts of the reader's computer."""

    def refuse(*_: object) -> Any:
        raise NotImplementedError

    workspace = Workspace(
        find_groups=list, open_group=refuse, create_group=refuse, create_demo=refuse
    )
    themes, settings = (
        shipped.find_folder("themes"),
        Settings(theme=picture.theme, animations=False),
    )
    app = PeerReviewApp(
        AppOptions(
            workspace, services_at(group), picture.first, themes_folder=themes, settings=settings
        )
    )
    async with app.run_test(size=picture.size) as pilot:
        for key in ("", *picture.keys):
            if key:
                await pilot.press(key)
            await pilot.pause(0.5)
        svg = app.export_screenshot(title="peerreview")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"font-family: *[^;]*;", f"font-family: {FONTS};", svg)


def main() -> None:
    """Draw all pictures, every one with a new copy of the sample group."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        with TemporaryDirectory() as folder:
            svg = asyncio.run(draw_picture(picture, shipped.copy_sample(Path(folder))))
        (FOLDER / f"{picture.name}.svg").write_text(svg, encoding="utf-8")
        print(f"{picture.name}.svg")


if __name__ == "__main__":
    main()
