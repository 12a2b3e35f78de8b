"""A partner's story: everything its page says, in order, before anybody draws it."""

from collections.abc import Iterable
from dataclasses import dataclass

from peerreview.domain.rating.criteria import CriteriaSet
from peerreview.domain.result import wording
from peerreview.domain.result.board import Board, BoardLine
from peerreview.domain.tally.release import Band
from peerreview.domain.tally.verdict import Street

NOT_SHOWN = "not shown"
_ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """A question and what we say: a word a side, and where it lies from 1 to 5 for a picture."""

    label: str
    words: tuple[str, ...]
    values: tuple[float | None, ...]

    @property
    def phrase(self) -> str:
        """The words, or that none is shown."""
        shown = any(value is not None for value in self.values)
        left, *right = self.words
        return (f"{left:<13}| {right[0]}" if right else left) if shown else NOT_SHOWN


@dataclass(frozen=True, slots=True)
class Story:
    """What a partner's page says, top to bottom."""

    deal_breakers: tuple[str, ...]
    verdict: str
    certainty_meaning: str
    reason: str
    habits: tuple[QuestionResult, ...]
    work: str
    work_questions: tuple[QuestionResult, ...]
    facts: tuple[tuple[str, str], ...]


def make_story(board: Board, line: BoardLine) -> Story:
    """Return the story of one partner of a board."""
    told, criteria = line.result, line.criteria
    broken = [wording.DEAL_BREAKER_NOTICE] if told.deal_breaker else []
    if criteria:
        broken += [each.label for each in criteria.deal_breaker if each.id in told.deal_breakers]
    working = tuple(_asked_of(line, "work"))
    return Story(
        deal_breakers=tuple(broken),
        verdict=wording.verdict_words(told),
        certainty_meaning=wording.certainty_meaning(told),
        reason=line.reason,
        habits=tuple(_asked_of(line, "lane")),
        work=f"their work {told.work or ''}".strip() if told.work or working else "",
        work_questions=working,
        facts=tuple((name, fact) for name, fact in _facts(board, line) if fact),
    )


def _asked(criteria: CriteriaSet, label: str, bands: dict[str, Band], *ids: str) -> QuestionResult:
    words: list[str] = []
    values: list[float | None] = []
    for each in ids:
        band, scale = bands.get(each), criteria.questions[criteria.positions[each]].scale
        words.append(wording.band_word(band, scale) if band else NOT_SHOWN)
        values.append(1 + 4 * (band.band - 0.5) / band.of if band else None)
    return QuestionResult(label, tuple(words), tuple(values))


def _asked_of(line: BoardLine, part: str) -> Iterable[QuestionResult]:
    """Yield the habits of a part, and with the work the letdowns, if any of it is shown."""
    criteria, bands = line.criteria, line.result.bands
    if criteria and bands:
        for each in criteria.habit:
            if each.part == part:
                yield _asked(criteria, each.label, bands, f"they.{each.id}", f"we.{each.id}")
        for each in criteria.letdown if part == "work" else ():
            yield _asked(criteria, each.label, bands, each.id)


def _facts(board: Board, line: BoardLine) -> Iterable[tuple[str, str]]:
    told = line.result
    yield "Since last time", line.change.sentence if line.change else ""
    yield "Not shown", wording.what_is_hidden(told, line.criteria) if line.criteria else ""
    yield "What would change it", wording.what_would_change(told)
    yield "What to do", wording.advice(told)
    yield "What we agreed", f"{told.outcome.capitalize()}." if told.outcome else ""
    if told.deal_breaker or told.street not in (Street.TWO_WAY, Street.TOO_FEW):
        better = board.alternatives(line)[:_ALTERNATIVES]
        yield "Same kind, better street", ", ".join(each.partner.name for each in better)
