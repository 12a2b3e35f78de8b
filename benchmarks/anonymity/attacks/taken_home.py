"""Somebody sees board and export of a round in which everybody reported a deal-breaker."""

from benchmarks.anonymity.lapse import advice_in_full
from benchmarks.anonymity.playing import Table
from benchmarks.anonymity.result import Attack
from benchmarks.anonymity.scratch import scratch
from peerreview.domain.group.group import Group
from peerreview.domain.result.board import board
from peerreview.domain.summary.markdown import page
from peerreview.domain.summary.summary import summarize, to_json

_RATERS = 12


def _home(group: Group) -> tuple[str, str]:
    told = summarize(group, board(group), group.releases[-1])
    return to_json(told), page(told)


def play(table: Table) -> bool:
    """Compare the export with that of a round in which nobody reported anything."""
    with scratch(1, _RATERS) as round_:
        for _ in range(_RATERS):
            round_.turn([1])
        round_.close(_RATERS)
        group = round_.services.rounds.group()
    release = group.releases[-1]
    silent = [each.evolve(deal_breaker=False, deal_breakers=()) for each in release.partners]
    return _home(group) != _home(group.evolve(releases=(release.evolve(partners=tuple(silent)),)))


ATTACK = Attack("ZERO", "deal-breaker home", "the export", play, advice_in_full, "advice in full")
