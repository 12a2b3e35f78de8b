"""Make the groups and summaries in sample_data/: `python -m benchmarks.make_sample_data`.

The answers come from a simulation with a fixed seed and go through the product's own services.
Ids, codes, keys and sealed noise are random, so the files differ from run to run; the boards don't.
The files are written only after a rehearsal of the demo has succeeded.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.sample_life import find_gaps, live_through, rate_last_and_close, services_on
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


def board_lines(board: Board) -> str:
    """Return a board as plain text, one line for each partner."""
    lines = [f"{board.group} · round {board.round} · {board.quarter} · {board.ballots} ballots"]
    for section in board.sections:
        lines.append(wording.STREETS[section.street].many.upper())
        lines += [_line(line) for line in section.lines]
    return "\n".join(lines)


def _line(line: BoardLine) -> str:
    result = line.result
    mark = "!" if result.deal_breaker else "~" if result.work is Work.POOR else " "
    cells = (result.comes_back, result.we_give, result.work, result.certainty, result.voices)
    shown = " ".join(f"{cell or '':>5}" for cell in cells)
    return f" {mark} {line.partner.name:18} {line.partner.kind:16}{shown}  {line.change.word}"


def check_board(vault: Vault, environment: Environment) -> None:
    """Print the board of the last closed round; exit if something is missing in it."""
    board = services_on(vault, environment, DAYS[-1])[0].results.board()
    print(board_lines(board))
    if gaps := find_gaps(board):
        sys.exit(f"the board lacks: {', '.join(gaps)}")


def main() -> None:
    """Make the files in a temporary folder, rehearse the demo on a copy, then replace the files."""
    environment = bootstrap.make_environment()
    with TemporaryDirectory() as scratch, TemporaryDirectory() as copy:
        made = Path(scratch) / GROUP_FILE
        key = live_through(FileVault(made), environment)
        check_board(FileVault(made), environment)
        made.with_name(KEY_FILE).write_text(f"{KEY_NOTICE}\n{key}\n", encoding="utf-8")
        files = (made, box_path(made, len(DAYS)), made.with_name(KEY_FILE))
        for file in files:
            shutil.copyfile(file, Path(copy) / file.name)
        copied = FileVault(Path(copy) / GROUP_FILE)
        print(board_lines(rate_last_and_close(copied, environment, DAYS[-1], key)))
        for file in files:
            shutil.copyfile(file, FOLDER / file.name)
    (FOLDER / "summaries").mkdir(exist_ok=True)
    for number, summary in enumerate(five_summaries(environment), 1):
        file = FOLDER / "summaries" / f"group-{number}.summary.json"
        file.write_text(summary_to_json(summary), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
