"""Anybody watches what is shown while the box is open, and a ballot turns into its opposite."""

from benchmarks.anonymity.lapse import live_board
from benchmarks.anonymity.playing import Table
from benchmarks.anonymity.result import Attack


def _shown(table: Table, opinion: int) -> object:
    table.again(0, opinion)
    files = table.round.files()
    group = {name: data for name, data in files.items() if ".box." not in name}
    return table.round.services.rounds.progress(), group, {name: len(files[name]) for name in files}


def play(table: Table) -> bool:
    """Compare counts, group file and sizes."""
    return _shown(table, 1) != _shown(table, 5)


ATTACK = Attack("ZERO", "before the close", "screens, sizes", play, live_board, "live board")
