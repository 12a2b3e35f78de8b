"""Every sentence about a result, derived from the release and nothing else.

Short, kind, first hand: no blame, no ranks, no exclamation marks.
Words: docs/design/product.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from peerreview.domain.rating.criteria import CriteriaSet, Section
from peerreview.domain.rating.scale import Scale
from peerreview.domain.tally.release import Band, PartnerRelease, Release, VoicesBand
from peerreview.domain.tally.verdict import Certainty, Street, Work


@dataclass(frozen=True, slots=True)
class StreetWords:
    """What a street is called, alone and as a heading, what it means, and what to do."""

    one: str
    many: str
    meaning: str
    last_time: str
    advice: str


STREETS: Mapping[Street, StreetWords] = {
    Street.TWO_WAY: StreetWords(
        "two-way street", "two-way streets", "traffic both ways", "was 2-way",
        "Keep it. Say thanks this week."),
    Street.WE_OWE: StreetWords(
        "we owe them", "we owe them", "they give, we are behind", "we owed",
        "They've been good to you. Thank them, then send something back."),
    Street.MIXED: StreetWords(
        "mixed", "mixed", "our experiences differ: talk about it", "was mixed",
        "Ask each other what made the difference."),
    Street.ONE_WAY: StreetWords(
        "one-way street", "one-way streets", "we give, little comes back", "was 1-way",
        "Say once what you expect. If nothing comes back, move on, quietly."),
    Street.QUIET: StreetWords(
        "quiet street", "quiet streets", "little traffic either way", "was quiet",
        "Little grows here. Spend the time elsewhere, or plant one seed."),
    Street.TOO_CLOSE: StreetWords(
        "too close to call", "too close to call", "enough voices, no clear answer yet",
        "was close", "Wait for another round."),
    Street.TOO_FEW: StreetWords(
        "too few voices", "too few voices", "nothing is shown", "",
        "Keep your own counsel; ask again next time."),
}  # fmt: skip

CERTAINTY_MEANINGS = {
    Certainty.SOLID: "about 19 of 20 such calls turn out right",
    Certainty.LEANS: "about 5 of 6 such calls turn out right",
}
DEAL_BREAKER_NOTICE = "More than one of us reported a deal-breaker."
DEAL_BREAKER_ADVICE = "Look after your clients first. Find someone else. No bad words."
POOR_WORK_ADVICE = "The client comes first: talk about the work, or bring in someone else."
NOTICE = "Opinion of a group, first hand, not for publication."
FIRST_HAND = "We talk first hand and we don't run anyone down."


def band_word(band: Band, scale: Scale) -> str:
    """Return the word for a band of a how-often or how-many question."""
    return scale.bands[band.of][band.band - 1]


def verdict_words(result: PartnerRelease) -> str:
    """Return the street and how sure it is: `two-way street, solid`."""
    name = STREETS[result.street].one
    return f"{name}, {result.certainty}" if result.certainty else name


def _strongest_habits(result: PartnerRelease, criteria: CriteriaSet, high: bool) -> list[str]:
    """Return up to two habits of theirs whose bands are nearest to high or low."""
    pulls: list[tuple[float, str]] = []
    for habit in criteria.habit:
        band = result.bands.get(f"they.{habit.id}")
        if band and habit.part == "lane":
            pull = (band.band - 1) / (band.of - 1)
            pulls.append((1 - pull if high else pull, habit.label))
    pulls.sort(key=lambda pull: pull[0])
    return [label for off, label in pulls[:2] if off <= 0.25]


_REASONS: Mapping[Street, tuple[str, str]] = {
    Street.TWO_WAY: ("They {high}, and so do we.", "Both sides give."),
    Street.WE_OWE: ("They {high}; we are behind.", "They give; we give less than we usually do."),
    Street.MIXED: ("", "Some of us go both ways with them, some don't."),
    Street.ONE_WAY: ("We give; they rarely {low}.", "We give; little comes back."),
    Street.QUIET: ("", "Little goes out and little comes back."),
    Street.TOO_CLOSE: ("", "The voices lean neither way."),
    Street.TOO_FEW: ("", "Too few of us know them to say anything."),
}
"""The reason for each street, with the habits that pull most, and without."""

_WORK_SAYS = {
    Work.GOOD: " Their work is good.",
    Work.MIXED: " Their work is mixed.",
    Work.POOR: " Their work lets clients down.",
    None: "",
}


def reason(result: PartnerRelease, criteria: CriteriaSet) -> str:
    """Return one sentence on both sides, with up to two habits, and one on the work."""
    high, low = (
        _strongest_habits(result, criteria, True),
        _strongest_habits(result, criteria, False),
    )
    with_habits, without = _REASONS[result.street]
    wanted = low if "{low}" in with_habits else high
    sentence = with_habits.format(high=" and ".join(high), low=" or ".join(low))
    return (sentence if sentence and wanted else without) + _WORK_SAYS[result.work]


def advice(result: PartnerRelease) -> str:
    """Return the line of advice; deal-breakers and poor work come before the street."""
    if result.deal_breaker:
        return DEAL_BREAKER_ADVICE
    if result.work is Work.POOR:
        return POOR_WORK_ADVICE
    return STREETS[result.street].advice


def certainty_meaning(result: PartnerRelease) -> str:
    """Return what the word of certainty means, or nothing without one."""
    return CERTAINTY_MEANINGS[result.certainty] if result.certainty else ""


def what_would_change(result: PartnerRelease) -> str:
    """Return what could change the result, as a noun phrase."""
    if result.street is Street.TOO_FEW:
        return "a few more of us who know them"
    if result.street is Street.MIXED:
        return "a talk about what made the difference"
    if result.certainty is Certainty.SOLID:
        return "only a change in what they or we do"
    if result.voices is VoicesBand.FEW:
        return "two or three more voices"
    return "fuller ballots: more than the two counts"


def what_is_hidden(result: PartnerRelease, criteria: CriteriaSet) -> str:
    """Return one sentence on what isn't shown and why, or nothing if everything is shown."""
    if result.street is Street.TOO_FEW:
        return "Nothing is shown: it would let others guess who said what."
    if result.comes_back is None:
        return "With four voices only the street is shown."
    asked = [question for question in criteria.questions if question.section is not Section.UGLY]
    hidden = len(asked) - len(result.bands)
    if not hidden:
        return ""
    return f"{hidden} of {len(asked)} questions aren't shown: fewer than 6 of us answered them."


@dataclass(frozen=True, slots=True)
class ChangeSinceLast:
    """How a partner changed since it was last shown, in a word and in a sentence."""

    word: str
    sentence: str


def change_since_last(
    result: PartnerRelease, now: Release, before: Release | None
) -> ChangeSinceLast:
    """Return the change since the partner was last shown.

    It counts as a change if both results are solid, or if both have eight voices or more and
    an index moved by 1.0: see
    docs/design/statistics.md, "What a change is".
    """
    if result.street is Street.TOO_FEW:
        return ChangeSinceLast("", "")
    last = before.find_partner(result.partner) if before else None
    if before is None or last is None or last.street is Street.TOO_FEW:
        return ChangeSinceLast("new", "Shown for the first time.")
    if before.sets.get(result.partner) != now.sets.get(result.partner):
        return ChangeSinceLast("new", "Other questions were asked last time: no comparison.")
    sure = f" ({last.certainty})" if last.certainty else ""
    if last.street is result.street:
        return ChangeSinceLast("same", f"The same as last time{sure}.")
    was = "too close to call" if last.street is Street.TOO_CLOSE else verdict_words(last)
    step = "A change." if is_significant_change(result, last) else "One step, not yet a trend."
    return ChangeSinceLast(STREETS[last.street].last_time, f"Last time: {was}. {step}")


def is_significant_change(result: PartnerRelease, last: PartnerRelease) -> bool:
    """Return whether two results of one partner differ by more than chance."""
    if result.certainty is last.certainty is Certainty.SOLID and result.street is not last.street:
        return True
    if VoicesBand.FEW in (result.voices, last.voices):
        return False
    pairs = ((result.comes_back, last.comes_back), (result.we_give, last.we_give))
    return any(a is not None and b is not None and abs(a - b) >= 1.0 for a, b in pairs)
