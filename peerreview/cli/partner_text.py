"""One partner as text: the street, why, the habits both ways, the work, what to do.

Knows results and widths; must not know files or streams.
"""

import textwrap
from collections.abc import Iterator

from peerreview.cli.board_text import WIDTH, between, fit
from peerreview.cli.view import Line, View
from peerreview.domain import wording
from peerreview.domain.criteria import CriteriaSet, Section
from peerreview.domain.lane import lane
from peerreview.domain.release import Band
from peerreview.domain.verdict import Certainty, Street

_LABEL, _WORD = 26, 13
_ASIDE = 26
_NOT_SHOWN = "not shown"


def partner_text(view: View, line: Line) -> str:
    """Return a partner's page."""
    told = line.told
    voices = f" · {told.voices} voices" if told.voices else ""
    lines = [between(f" PARTNER   {line.name} · {line.kind}", f"round {view.round}{voices}")]
    if told.deal_breaker:
        lines.append(f" ! {wording.DEAL_BREAKER_SAYS}")
        lines += [f"   {name}" for name in _deal_breakers(line)]
    sure = wording.how_sure(told)
    street = wording.STREETS[told.street].one.upper()
    lines.append(f" {street}" + (f", {told.certainty} ({sure})" if sure else ""))
    lines += _wrapped(line.why or (wording.why(told, line.criteria) if line.criteria else ""))
    if told.comes_back is not None:
        lines += ["", " " * 29 + "comes back ◀ ▶ we give"]
        lines.append(f" {fit('all in all', _LABEL)}     {lane(told.comes_back, told.we_give)}")
    if line.criteria and told.bands:
        lines += _habits(line.criteria, told.bands, "lane")
        lines += ["", " THEIR WORK" + (f"   {told.work}" if told.work else "")]
        lines += _habits(line.criteria, told.bands, "work")
        lines += _letdowns(line.criteria, told.bands)
    return "\n".join(each.rstrip() for each in [*lines, *_ending(view, line)])


def _habits(criteria: CriteriaSet, bands: dict[str, Band], part: str) -> Iterator[str]:
    for habit in criteria.habit:
        if habit.part == part:
            ids = (f"they.{habit.id}", f"we.{habit.id}")
            they, we = (bands.get(each) for each in ids)
            said = [_word(criteria, each, bands.get(each)) for each in ids]
            words = f"{fit(said[0], _WORD)}| {said[1]}" if they or we else _NOT_SHOWN
            picture = lane(_index(they), _index(we), 7)
            yield f"   {fit(habit.label, _LABEL)}   {picture}   {words}"


def _letdowns(criteria: CriteriaSet, bands: dict[str, Band]) -> Iterator[str]:
    for remark in criteria.letdown:
        band = bands.get(remark.id)
        yield f"   {fit(remark.label, _LABEL)}   {_word(criteria, remark.id, band) or _NOT_SHOWN}"


def _word(criteria: CriteriaSet, question: str, band: Band | None) -> str:
    scale = criteria.questions[criteria.position[question]].scale
    return wording.band_word(band, scale) if band else ""


def _index(band: Band | None) -> float | None:
    """Return where a band lies on the scale from 1 to 5: the middle of its share of it."""
    return 1 + 4 * (band.band - 0.5) / band.of if band else None


def _deal_breakers(line: Line) -> list[str]:
    if line.criteria is None:
        return []
    wanted = line.told.deal_breakers
    return [
        each.text
        for each in line.criteria.questions
        if each.section is Section.UGLY and each.criterion in wanted
    ]


def _ending(view: View, line: Line) -> list[str]:
    told = line.told
    said = [("What would change it", wording.what_would_change(told))]
    if line.criteria and (hidden := wording.not_shown(told, line.criteria)):
        said.insert(0, ("Not shown", hidden))
    if line.since and line.since.sentence:
        said.insert(0, ("Since last time", line.since.sentence))
    said.append(("What to do", wording.advice(told)))
    if better := _better(view, line):
        said.append(("Same kind, better street", ", ".join(better)))
    lines = [""]
    for name, sentence in said:
        wrapped = textwrap.wrap(sentence, WIDTH - _ASIDE - 1)
        lines += [
            f" {fit(name, _ASIDE)}{wrapped[0]}",
            *(" " * (_ASIDE + 1) + w for w in wrapped[1:]),
        ]
    return [*lines, f" {wording.FIRST_HAND}"]


def _better(view: View, line: Line) -> list[str]:
    if line.told.street in (Street.TWO_WAY, Street.TOO_FEW) and not line.told.deal_breaker:
        return []
    found = [
        each
        for each in view.on(Street.TWO_WAY)
        if each.kind is line.kind and each != line and not each.told.deal_breaker
    ]
    found.sort(key=lambda each: each.told.certainty is not Certainty.SOLID)
    return [each.name for each in found[:3]]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH - 2, initial_indent=" ", subsequent_indent=" ")
