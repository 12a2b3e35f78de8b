"""Contradictions: the words of a summary that can't stand beside its numbers.

Everything our own close releases passes; what doesn't was changed afterwards or made by hand.
Whether the numbers are true nobody can tell.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from peerreview.domain.rating.criteria import CriteriaSet, Section
from peerreview.domain.result import wording
from peerreview.domain.summary.summary import Summary, SummaryPartner
from peerreview.domain.tally.release import (
    FIVE_BANDS_FROM,
    INDICES_FROM,
    THREE_BANDS_FROM,
    VoicesBand,
)
from peerreview.domain.tally.verdict import CUT, DECLARED, Street, Work

_SPAN = {VoicesBand.FEW: (4, 7), VoicesBand.SOME: (8, 12), VoicesBand.MANY: (13, 60), None: (0, 60)}

Checks = Iterable[tuple[object, str]]
"""Something that must not be so, and what to say if it is."""


def find_contradictions(summary: Summary, sets: Mapping[str, CriteriaSet]) -> list[str]:
    """Return a sentence for each word that the numbers beside it contradict.

    Args:
        summary: a summary of the right shape.
        sets: the known criteria sets by hash; sentences of other sets can't be worked out again.
    """
    names = [partner.name for partner in summary.partners]
    found = [f"{name}: listed twice" for name in sorted({n for n in names if names.count(n) > 1})]
    for partner in summary.partners:
        checks = chain(
            _tier_checks(partner),
            _round_checks(partner, summary),
            _side_checks(partner, summary.give_cut),
            _sentence_checks(partner, sets.get(summary.sets.get(partner.set, ""))),
        )
        found += [f"{partner.name}: {what}" for wrong, what in checks if wrong]
    return found


def _tier_checks(it: SummaryPartner) -> Checks:
    """Return what couldn't have been released together."""
    details = it.bands or it.we_give or it.work_index or it.work
    if it.street is Street.TOO_FEW:
        shown = it.voices or it.certainty or it.comes_back or it.outcome or details
        return [(shown, "too few voices, and yet something is shown")]
    few, sides = it.voices is VoicesBand.FEW, it.comes_back is not None
    five = any(band.of == 5 for band in it.bands.values())
    together = f"{it.street} and {it.certainty or 'no certainty'} don't go together"
    mixed = f"mixed needs {INDICES_FROM} voices, and then the two sides are shown"
    return [
        (it.voices is None, "a street without voices"),
        ((it.certainty is not None) is not (it.street in DECLARED), together),
        (sides is not (it.we_give is not None), "only one of the two sides is shown"),
        (not sides and details, "details without the two sides"),
        (not sides and not few, "enough voices, and yet the two sides are missing"),
        (not sides and it.street is Street.MIXED, mixed),
        (it.work_index and not it.work, "an index for the work without a word for it"),
        (few and five, f"five bands need {FIVE_BANDS_FROM} answers"),
    ]


def _round_checks(it: SummaryPartner, summary: Summary) -> Checks:
    """Return what this round, with its ballots, floor and sets, couldn't have released."""
    ballots, floor = summary.ballots, summary.floor
    least, most = _SPAN[it.voices]
    needed = {3: THREE_BANDS_FROM, 5: FIVE_BANDS_FROM}
    answers = max((needed[band.of] for band in it.bands.values()), default=0)
    four = it.voices is VoicesBand.FEW and it.comes_back is None
    return [
        (it.set not in summary.sets, f"the set {it.set!r} that asked isn't among those named"),
        (ballots < least, f"{it.voices} voices out of {ballots} ballots"),
        (floor > most, f"{it.voices} voices, and {floor} were needed to show anything"),
        (four and floor >= INDICES_FROM, "enough voices, and yet the two sides are missing"),
        (answers > ballots, f"more answers than the {ballots} ballots could give"),
    ]


def _side_checks(it: SummaryPartner, give_cut: float) -> Checks:
    """Yield each side that is called high or low, and where its index lies by the cut."""
    high_get, high_give = DECLARED.get(it.street, (None, None))
    high_work = {Work.GOOD: True, Work.POOR: False}.get(it.work or Work.MIXED)
    for said, index, cut, high in (
        (f"{it.street}, but comes back", it.comes_back, CUT, high_get),
        (f"{it.street}, but we give", it.we_give, give_cut, high_give),
        (f"{it.work} work, but the index", it.work_index, CUT, high_work),
    ):
        if index is not None and high is not None:
            wrong = index < cut if high else index > cut
            yield wrong, f"{said} is {index:g} with a cut of {cut:g}"


def _sentence_checks(it: SummaryPartner, criteria: CriteriaSet | None) -> Checks:
    """Yield what doesn't follow; a set we don't know can't be asked for its reason."""
    if criteria:
        asked = {each.id for each in criteria.questions if each.section is not Section.UGLY}
        for question in sorted(it.bands.keys() - asked):
            yield True, f"a band for {question!r}, which isn't a question that is shown"
        why = wording.reason(it.to_release(), criteria)
        yield it.why != why, "the reason doesn't follow from the numbers"
    advice = wording.advice(it.to_release())
    yield it.advice != advice, "the advice doesn't follow from the street"
