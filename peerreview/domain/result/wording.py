"""Every sentence about a result, worked out from what was released and nothing else.

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
    """How a street is called: one of them, a list of them, and what it means."""

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


def verdict_words(told: PartnerRelease) -> str:
    """Return the street and how sure it is: `two-way street, solid`."""
    name = STREETS[told.street].one
    return f"{name}, {told.certainty}" if told.certainty else name


def _pulling(told: PartnerRelease, criteria: CriteriaSet, high: bool) -> list[str]:
    """Return up to two habits of theirs whose bands pull most toward high or low."""
    found: list[tuple[float, str]] = []
    for habit in criteria.habit:
        band = told.bands.get(f"they.{habit.id}")
        if band and habit.part == "lane":
            pull = (band.band - 1) / (band.of - 1)
            found.append((1 - pull if high else pull, habit.label))
    found.sort(key=lambda each: each[0])
    return [label for off, label in found[:2] if off <= 0.25]


_REASONS: Mapping[Street, tuple[str, str]] = {
    Street.TWO_WAY: ("They {high}, and so do we.", "Both sides give."),
    Street.WE_OWE: ("They {high}; we are behind.", "They give; we give less than we usually do."),
    Street.MIXED: ("", "Some of us go both ways with them, some don't."),
    Street.ONE_WAY: ("We give; they rarely {low}.", "We give; little comes back."),
    Street.QUIET: ("", "Little goes out and little comes back."),
    Street.TOO_CLOSE: ("", "The voices lean neither way."),
    Street.TOO_FEW: ("", "Too few of us know them to say anything."),
}
"""Each street's reason, with the habits that pull most, and without."""

_WORK_SAYS = {
    Work.GOOD: " Their work is good.",
    Work.MIXED: " Their work is mixed.",
    Work.POOR: " Their work lets clients down.",
    None: "",
}


def reason(told: PartnerRelease, criteria: CriteriaSet) -> str:
    """Return the two sides in one sentence, with up to two habits that pull most."""
    high, low = _pulling(told, criteria, True), _pulling(told, criteria, False)
    with_habits, without = _REASONS[told.street]
    wanted = low if "{low}" in with_habits else high
    said = with_habits.format(high=" and ".join(high), low=" or ".join(low))
    return (said if said and wanted else without) + _WORK_SAYS[told.work]


def advice(told: PartnerRelease) -> str:
    """Return the one line of advice. Clients first, then the street."""
    if told.deal_breaker:
        return DEAL_BREAKER_ADVICE
    if told.work is Work.POOR:
        return POOR_WORK_ADVICE
    return STREETS[told.street].advice


def certainty_meaning(told: PartnerRelease) -> str:
    """Return what the certainty word means, or nothing where there is none."""
    return CERTAINTY_MEANINGS[told.certainty] if told.certainty else ""


def what_would_change(told: PartnerRelease) -> str:
    """Return what it would take to see more, or something else."""
    if told.street is Street.TOO_FEW:
        return "a few more of us who know them"
    if told.street is Street.MIXED:
        return "a talk about what made the difference"
    if told.certainty is Certainty.SOLID:
        return "only a change in what they or we do"
    if told.voices is VoicesBand.FEW:
        return "two or three more voices"
    return "fuller ballots: more than the two counts"


def what_is_hidden(told: PartnerRelease, criteria: CriteriaSet) -> str:
    """Return what isn't shown and why, in one sentence, or nothing if all is there."""
    if told.street is Street.TOO_FEW:
        return "Nothing is shown: it would let others guess who said what."
    if told.comes_back is None:
        return "With four voices only the street is shown."
    asked = [each for each in criteria.questions if each.section is not Section.UGLY]
    hidden = len(asked) - len(told.bands)
    if not hidden:
        return ""
    return f"{hidden} of {len(asked)} questions aren't shown: fewer than 6 of us answered them."


@dataclass(frozen=True, slots=True)
class ChangeSinceLast:
    """What became of a partner since it was last shown, in a word and in a sentence."""

    word: str
    sentence: str


def change_since_last(
    told: PartnerRelease, now: Release, before: Release | None
) -> ChangeSinceLast:
    """Return the step from what was last shown; a change only where the numbers carry it.

    Both calls solid, or eight voices or more in both and an index moved by 1.0: see
    docs/design/statistics.md, "What a change is".
    """
    if told.street is Street.TOO_FEW:
        return ChangeSinceLast("", "")
    last = before.find_partner(told.partner) if before else None
    if before is None or last is None or last.street is Street.TOO_FEW:
        return ChangeSinceLast("new", "Shown for the first time.")
    if before.sets.get(told.partner) != now.sets.get(told.partner):
        return ChangeSinceLast("new", "Other questions were asked last time: no comparison.")
    sure = f" ({last.certainty})" if last.certainty else ""
    if last.street is told.street:
        return ChangeSinceLast("same", f"The same as last time{sure}.")
    was = "too close to call" if last.street is Street.TOO_CLOSE else verdict_words(last)
    step = "A change." if is_significant_change(told, last) else "One step, not yet a trend."
    return ChangeSinceLast(STREETS[last.street].last_time, f"Last time: {was}. {step}")


def is_significant_change(told: PartnerRelease, last: PartnerRelease) -> bool:
    """Tell whether two releases of one partner differ by more than chance."""
    if told.certainty is last.certainty is Certainty.SOLID and told.street is not last.street:
        return True
    if VoicesBand.FEW in (told.voices, last.voices):
        return False
    pairs = ((told.comes_back, last.comes_back), (told.we_give, last.we_give))
    return any(a is not None and b is not None and abs(a - b) >= 1.0 for a, b in pairs)
