"""Contradictions between the words of a summary and its numbers.

A summary written by this program has none; one that has was changed afterwards or made by hand.
Whether the numbers themselves are true can't be checked.
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
"""Pairs of a value that is true if something is wrong, and the sentence that says so."""


def find_contradictions(summary: Summary, sets: Mapping[str, CriteriaSet]) -> list[str]:
    """Return a sentence for every word that the numbers beside it contradict.

    Args:
        summary: a summary with valid fields.
        sets: the known criteria sets by hash; the reasons of other sets can't be checked.
    """
    names = [partner.name for partner in summary.partners]
    contradictions = [
        f"{name}: listed twice" for name in sorted({n for n in names if names.count(n) > 1})
    ]
    for partner in summary.partners:
        checks = chain(
            _tier_checks(partner),
            _round_checks(partner, summary),
            _side_checks(partner, summary.give_cut),
            _sentence_checks(partner, sets.get(summary.sets.get(partner.set, ""))),
        )
        contradictions += [f"{partner.name}: {what}" for wrong, what in checks if wrong]
    return contradictions


def _tier_checks(partner: SummaryPartner) -> Checks:
    """Return the cells that couldn't have been released together."""
    details = partner.bands or partner.we_give or partner.work_index or partner.work
    if partner.street is Street.TOO_FEW:
        shown = (
            partner.voices or partner.certainty or partner.comes_back or partner.outcome or details
        )
        return [(shown, "too few voices, and yet something is shown")]
    few = partner.voices is VoicesBand.FEW
    sides = partner.comes_back is not None
    five = any(band.of == 5 for band in partner.bands.values())
    together = f"{partner.street} and {partner.certainty or 'no certainty'} don't go together"
    mixed = f"mixed needs {INDICES_FROM} voices, and then the two sides are shown"
    return [
        (partner.voices is None, "a street without voices"),
        ((partner.certainty is not None) is not (partner.street in DECLARED), together),
        (sides is not (partner.we_give is not None), "only one of the two sides is shown"),
        (not sides and details, "details without the two sides"),
        (not sides and not few, "enough voices, and yet the two sides are missing"),
        (not sides and partner.street is Street.MIXED, mixed),
        (partner.work_index and not partner.work, "an index for the work without a word for it"),
        (few and five, f"five bands need {FIVE_BANDS_FROM} answers"),
    ]


def _round_checks(partner: SummaryPartner, summary: Summary) -> Checks:
    """Return the cells that a round with these ballots, floor and sets couldn't have released."""
    ballots, floor = summary.ballots, summary.floor
    least, most = _SPAN[partner.voices]
    needed = {3: THREE_BANDS_FROM, 5: FIVE_BANDS_FROM}
    answers = max((needed[band.of] for band in partner.bands.values()), default=0)
    four = partner.voices is VoicesBand.FEW and partner.comes_back is None
    return [
        (
            partner.set not in summary.sets,
            f"the set {partner.set!r} that asked isn't among those named",
        ),
        (ballots < least, f"{partner.voices} voices out of {ballots} ballots"),
        (floor > most, f"{partner.voices} voices, and {floor} were needed to show anything"),
        (four and floor >= INDICES_FROM, "enough voices, and yet the two sides are missing"),
        (answers > ballots, f"more answers than the {ballots} ballots could give"),
    ]


def _side_checks(partner: SummaryPartner, give_cut: float) -> Checks:
    """Yield every side whose index and word are on different sides of the cut."""
    high_get, high_give = DECLARED.get(partner.street, (None, None))
    high_work = {Work.GOOD: True, Work.POOR: False}.get(partner.work or Work.MIXED)
    for claim, index, cut, high in (
        (f"{partner.street}, but comes back", partner.comes_back, CUT, high_get),
        (f"{partner.street}, but we give", partner.we_give, give_cut, high_give),
        (f"{partner.work} work, but the index", partner.work_index, CUT, high_work),
    ):
        if index is not None and high is not None:
            wrong = index < cut if high else index > cut
            yield wrong, f"{claim} is {index:g} with a cut of {cut:g}"


def _sentence_checks(partner: SummaryPartner, criteria: CriteriaSet | None) -> Checks:
    """Yield the sentences that don't follow from the cells."""
    if criteria:
        asked = {
            question.id for question in criteria.questions if question.section is not Section.UGLY
        }
        for question in sorted(partner.bands.keys() - asked):
            yield True, f"a band for {question!r}, which isn't a question that is shown"
        why = wording.reason(partner.to_release(), criteria)
        yield partner.why != why, "the reason doesn't follow from the numbers"
    advice = wording.advice(partner.to_release())
    yield partner.advice != advice, "the advice doesn't follow from the street"
