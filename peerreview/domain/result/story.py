"""The story of a partner: everything that its page says, in order."""

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
    """A question with a word and a value from 1 to 5 for each of its sides."""

    label: str
    words: tuple[str, ...]
    values: tuple[float | None, ...]

    @property
    def phrase(self) -> str:
        """The words of both sides, or that none is shown."""
        shown = any(value is not None for value in self.values)
        left, *right = self.words
        return (f"{left:<13}| {right[0]}" if right else left) if shown else NOT_SHOWN


@dataclass(frozen=True, slots=True)
class Story:
    """What a partner's page says, from top to bottom."""

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
    result = line.result
    criteria = line.criteria
    deal_breakers = [wording.DEAL_BREAKER_NOTICE] if result.deal_breaker else []
    if criteria:
        deal_breakers += [
            breaker.label for breaker in criteria.deal_breaker if breaker.id in result.deal_breakers
        ]
    work_questions = tuple(_question_results(line, "work"))
    return Story(
        deal_breakers=tuple(deal_breakers),
        verdict=wording.verdict_words(result),
        certainty_meaning=wording.certainty_meaning(result),
        reason=line.reason,
        habits=tuple(_question_results(line, "lane")),
        work=f"their work {result.work or ''}".strip() if result.work or work_questions else "",
        work_questions=work_questions,
        facts=tuple((name, fact) for name, fact in _facts(board, line) if fact),
    )


def _question_result(
    criteria: CriteriaSet, label: str, bands: dict[str, Band], *ids: str
) -> QuestionResult:
    words: list[str] = []
    values: list[float | None] = []
    for question_id in ids:
        band = bands.get(question_id)
        scale = criteria.questions[criteria.positions[question_id]].scale
        words.append(wording.band_word(band, scale) if band else NOT_SHOWN)
        values.append(1 + 4 * (band.band - 0.5) / band.of if band else None)
    return QuestionResult(label, tuple(words), tuple(values))


def _question_results(line: BoardLine, part: str) -> Iterable[QuestionResult]:
    """Yield the shown results of a part's habits, and of the letdowns if the part is `work`."""
    criteria = line.criteria
    bands = line.result.bands
    if criteria and bands:
        for habit in criteria.habit:
            if habit.part == part:
                yield _question_result(
                    criteria, habit.label, bands, f"they.{habit.id}", f"we.{habit.id}"
                )
        for letdown in criteria.letdown if part == "work" else ():
            yield _question_result(criteria, letdown.label, bands, letdown.id)


def _facts(board: Board, line: BoardLine) -> Iterable[tuple[str, str]]:
    result = line.result
    yield "Since last time", line.change.sentence if line.change else ""
    yield "Not shown", wording.what_is_hidden(result, line.criteria) if line.criteria else ""
    yield "What would change it", wording.what_would_change(result)
    yield "What to do", wording.advice(result)
    yield "What we agreed", f"{result.outcome.capitalize()}." if result.outcome else ""
    if result.deal_breaker or result.street not in (Street.TWO_WAY, Street.TOO_FEW):
        better = board.alternatives(line)[:_ALTERNATIVES]
        yield "Same kind, better street", ", ".join(other.partner.name for other in better)
