"""Contradictions: the words of a summary that can't stand beside its numbers.

Everything our own close releases passes; what doesn't was changed afterwards or made by hand.
Whether the numbers are true nobody can tell.
"""

from collections.abc import Iterable, Iterator, Mapping

from peerreview.domain import wording
from peerreview.domain.criteria import CriteriaSet, Section
from peerreview.domain.release import (
    FIVE_BANDS_FROM,
    INDICES_FROM,
    THREE_BANDS_FROM,
    Band,
    Voices,
)
from peerreview.domain.summary import Summary, SummaryPartner
from peerreview.domain.verdict import CUT, Street, Work

DECLARED = {
    Street.TWO_WAY: (True, True),
    Street.ONE_WAY: (False, True),
    Street.WE_OWE: (True, False),
    Street.QUIET: (False, False),
}
"""What each street says about (comes back, we give): high or low."""
_FROM = {Voices.FEW: 4, Voices.SOME: 8, Voices.MANY: 13}
_UP_TO = {Voices.FEW: 7, Voices.SOME: 12, Voices.MANY: 60}


def contradictions(summary: Summary, sets: Mapping[str, CriteriaSet]) -> list[str]:
    """Return a sentence for each word that the numbers beside it contradict.

    Args:
        summary: a summary of the right shape.
        sets: the known criteria sets by hash; sentences of other sets can't be worked out again.
    """
    names = [partner.name for partner in summary.partners]
    found = [f"{name}: listed twice" for name in sorted({n for n in names if names.count(n) > 1})]
    for partner in summary.partners:
        criteria = sets.get(summary.sets.get(partner.set, ""))
        faults = (
            _tier_faults(partner),
            _round_faults(partner, summary),
            _side_faults(partner, summary.give_cut),
            _sentence_faults(partner, criteria),
        )
        found += [f"{partner.name}: {what}" for each in faults for what in each]
    return found


def _tier_faults(partner: SummaryPartner) -> Iterator[str]:
    """Yield what is shown that couldn't have been released together."""
    numbers = (partner.comes_back, partner.we_give, partner.work_index, partner.work)
    if partner.street is Street.TOO_FEW:
        if partner.voices or partner.certainty or partner.bands or any(numbers):
            yield "too few voices, and yet something is shown"
        return
    if partner.voices is None:
        yield "a street without voices"
    if (partner.certainty is not None) is not (partner.street in DECLARED):
        yield f"{partner.street} and {partner.certainty or 'no certainty'} don't go together"
    if (partner.comes_back is None) is not (partner.we_give is None):
        yield "only one of the two sides is shown"
    if partner.comes_back is None:
        yield from _faults_without_sides(partner)
    if partner.work_index is not None and partner.work is None:
        yield "an index for the work without a word for it"
    if partner.voices is Voices.FEW and any(band.of == 5 for band in partner.bands.values()):
        yield f"five bands need {FIVE_BANDS_FROM} answers"


def _faults_without_sides(partner: SummaryPartner) -> Iterator[str]:
    if partner.bands or any((partner.we_give, partner.work_index, partner.work)):
        yield "details without the two sides"
    if partner.voices is not Voices.FEW:
        yield "enough voices, and yet the two sides are missing"
    if partner.street is Street.MIXED:
        yield f"mixed needs {INDICES_FROM} voices, and then the two sides are shown"


def _round_faults(partner: SummaryPartner, summary: Summary) -> Iterator[str]:
    """Yield what this round, with its ballots, floor and sets, couldn't have released."""
    if partner.set not in summary.sets:
        yield f"the set {partner.set!r} that asked isn't among those named"
    if partner.voices and summary.ballots < _FROM[partner.voices]:
        yield f"{partner.voices} voices out of {summary.ballots} ballots"
    if partner.voices and summary.floor > _UP_TO[partner.voices]:
        yield f"{partner.voices} voices, and {summary.floor} were needed to show anything"
    four = partner.voices is Voices.FEW and partner.comes_back is None
    if four and summary.floor >= INDICES_FROM:
        yield "enough voices, and yet the two sides are missing"
    if _most(partner.bands.values()) > summary.ballots:
        yield f"more answers than the {summary.ballots} ballots could give"


def _most(bands: Iterable[Band]) -> int:
    """Return how many answers the bands need at least."""
    needed = {3: THREE_BANDS_FROM, 5: FIVE_BANDS_FROM}
    return max((needed[band.of] for band in bands), default=0)


def _side_faults(partner: SummaryPartner, give_cut: float) -> Iterator[str]:
    """Yield the declared sides whose index lies on the wrong side of its cut."""
    if partner.street in DECLARED:
        high_get, high_give = DECLARED[partner.street]
        sides = (("comes back", partner.comes_back, CUT, high_get),
                 ("we give", partner.we_give, give_cut, high_give))  # fmt: skip
        for name, index, cut, high in sides:
            if index is not None and (index < cut if high else index > cut):
                yield f"{partner.street}, but {name} is {index:g} with a cut of {cut:g}"
    if partner.work is Work.GOOD and partner.work_index is not None and partner.work_index < CUT:
        yield f"good work, but the index is {partner.work_index:g}"
    if partner.work is Work.POOR and partner.work_index is not None and partner.work_index > CUT:
        yield f"poor work, but the index is {partner.work_index:g}"


def _sentence_faults(partner: SummaryPartner, criteria: CriteriaSet | None) -> Iterator[str]:
    """Yield what is said that doesn't follow; a set we don't know can't be asked for its reason."""
    if criteria:
        asked = {each.id for each in criteria.questions if each.section is not Section.UGLY}
        for question in sorted(partner.bands.keys() - asked):
            yield f"a band for {question!r}, which isn't a question that is shown"
        if partner.why != wording.why(partner.released(), criteria):
            yield "the reason doesn't follow from the numbers"
    if partner.advice != wording.advice(partner.released()):
        yield "the advice doesn't follow from the street"
