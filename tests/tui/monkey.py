"""A monkey on the keys: any key in any order, faster than the screen follows, at any size.

Its seed and the screen's name say which keys; what broke breaks again.
"""

import random
from math import ceil

from .checks import check_frame
from .hostile_names import POSSIBLE
from .stage import Crew, on_stage
from .tour import CALLED, TOUR
from .watch import Watch

KEYS = [
    *"12345 0ouUxyncw!hjkl?/amrvtdfespg,:z[]", "enter", "enter", "escape", "up", "down", "left",
    "right", "tab", "shift+tab", "backspace", "delete", "pageup", "pagedown", "home", "end",
    "ctrl+z", "ctrl+y", "ctrl+p", "ctrl+a", "ctrl+c", "f1", "é", "株",
]  # fmt: skip
TO_QUIT = ["q", "ctrl+q"]
"""Within turns they end nothing; elsewhere they would only end the visit."""
BURST, VISIT = 12, 240
"""Keys at a stretch, and keys until the monkey is put back on its screen."""


async def play(stop: str, keys: int, crew: Crew, watch: Watch, seed: int = 1) -> None:
    """Let the monkey press so many keys, starting from a screen again and again."""
    there, monkey = TOUR[stop], random.Random(f"{stop} {seed}")
    choice = KEYS + TO_QUIT * (there.first == "turn")
    for visit in range(ceil(keys / VISIT)):
        house = there.house(POSSIBLE, CALLED)
        watch.begin()
        async with on_stage(there.app(house), crew) as stage:
            await there.walk(stage, house)
            for _ in range(ceil(min(keys - visit * VISIT, VISIT) / BURST)):
                if monkey.random() < 0.15:
                    await stage.resize(monkey.randint(30, 200), monkey.randint(9, 60))
                pressed, before = monkey.choices(choice, k=BURST), stage.stack
                try:
                    await stage.hammer(*pressed)
                    await watch.look(stage)
                    assert not (stage.app._exit and there.first == "turn")
                except Exception as error:
                    error.add_note(f"{before}, {stage.app.size}, {pressed}")
                    raise
                if stage.app._exit:  # by the palette
                    break
            check_frame(stage)
