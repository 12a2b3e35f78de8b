"""A monkey that presses random keys, faster than the app handles them, in terminals of any size.

The seed and the name of the screen decide the keys, so that a failure can be repeated.
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
"""Keys that do nothing in a turn; elsewhere they would only end the visit."""
BURST, VISIT = 12, 240
"""Keys that are pressed without waiting, and keys until the monkey starts again on its screen."""


async def play(stop: str, keys: int, crew: Crew, watch: Watch, seed: int = 1) -> None:
    """Press a number of random keys, starting again on the screen after every visit."""
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
