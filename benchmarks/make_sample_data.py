"""Make what sample_data/ holds of groups: `python -m benchmarks.make_sample_data`.

The answers come from a simulation with a fixed seed and go through the product's own services.
Ids, codes, keys and sealed noise are random by nature, so the files differ from run to run; the
boards don't. Nothing is written before a rehearsal of the demo went well.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sample_life import desk_on, live_through, missing, rate_last_and_close
from benchmarks.sample_story import DAYS, GROUP
from benchmarks.sample_summaries import five_summaries
from peerreview import bootstrap
from peerreview.domain.result import wording
from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.summary.summary import summary_to_json
from peerreview.domain.tally.verdict import Work
from peerreview.services.environment import Environment
from peerreview.services.ports import Vault
from peerreview.store.disk.naming import box_path, group_file_name
from peerreview.store.vault import FileVault

FOLDER = Path(__file__).parent.parent / "sample_data"
GROUP_FILE = group_file_name(GROUP)
KEY_FILE = GROUP_FILE.replace(".group.json", ".demo-key.txt")
KEY_NOTICE = "A demo key, lying in the clear on purpose. A real one exists on the keepers' slips."


def as_text(board: Board) -> str:
    """Return a board as plain lines."""
    lines = [f"{board.group} · round {board.round} · {board.quarter} · {board.ballots} ballots"]
    for section in board.sections:
        lines.append(wording.STREETS[section.street].many.upper())
        lines += [_line(line) for line in section.lines]
    return "\n".join(lines)


def _line(line: BoardLine) -> str:
    told = line.result
    mark = "!" if told.deal_breaker else "~" if told.work is Work.POOR else " "
    cells = (told.comes_back, told.we_give, told.work, told.certainty, told.voices)
    shown = " ".join(f"{cell or '':>5}" for cell in cells)
    return f" {mark} {line.partner.name:18} {line.partner.kind:16}{shown}  {line.change.word}"


def shown(vault: Vault, environment: Environment) -> Board:
    """Print the board of the last closed round, or say what it lacks and give up."""
    board = desk_on(vault, environment, DAYS[-1])[0].results.board()
    print(as_text(board))
    if lacks := missing(board):
        sys.exit(f"the board lacks: {', '.join(lacks)}")
    return board


def main() -> None:
    """Make the files in a scratch folder, rehearse the demo on a copy, then put them in place."""
    environment = bootstrap.make_environment()
    with TemporaryDirectory() as scratch, TemporaryDirectory() as copy:
        made = Path(scratch) / GROUP_FILE
        key = live_through(FileVault(made), environment)
        shown(FileVault(made), environment)
        made.with_name(KEY_FILE).write_text(f"{KEY_NOTICE}\n{key}\n", encoding="utf-8")
        files = (made, box_path(made, len(DAYS)), made.with_name(KEY_FILE))
        for file in files:
            shutil.copyfile(file, Path(copy) / file.name)
        print(
            as_text(
                rate_last_and_close(FileVault(Path(copy) / GROUP_FILE), environment, DAYS[-1], key)
            )
        )
        for file in files:
            shutil.copyfile(file, FOLDER / file.name)
    (FOLDER / "summaries").mkdir(exist_ok=True)
    for number, summary in enumerate(five_summaries(environment), 1):
        file = FOLDER / "summaries" / f"group-{number}.summary.json"
        file.write_text(summary_to_json(summary), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
