"""The summary as one page of Markdown, for people to take home."""

import re

from peerreview.domain.result import wording
from peerreview.domain.summary.summary import Summary, SummaryPartner
from peerreview.domain.tally.verdict import Street

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~&])")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&=:])")


def escape_markdown(text: str) -> str:
    """Return `text` so that Markdown shows it literally, in a table cell too."""
    return _SPECIAL.sub(r"\\\1", text)


def _flat(sentence: str) -> str:
    """Return one of our sentences with what a set's labels could bring in made harmless."""
    return _ACTIVE.sub(r"\\\1", sentence)


def markdown_page(summary: Summary) -> str:
    """Return the page: notice, one section a street, the two lanes in numbers, the advice."""
    lines = [
        f"> {summary.notice}",
        "",
        f"# Partners of {escape_markdown(summary.group)}",
        "",
        f"Round {summary.round}, {summary.quarter}, {summary.ballots} ballots. "
        f"Scale 1 to 5; more than {summary.give_cut:g} is more than we usually give.",
    ]
    for street in Street:
        found = [each for each in summary.partners if each.street is street]
        if found and street is Street.TOO_FEW:
            names = ", ".join(escape_markdown(each.name) for each in found)
            lines += ["", "## Too few voices", "", f"Nothing is shown: {names}"]
        elif found:
            words = wording.STREETS[street]
            lines += ["", f"## {words.many.capitalize()}", "", f"{words.meaning.capitalize()}.", ""]
            lines += ["| Partner | Sure | Comes back | We give | Work | Voices |",
                      "|---|---|---|---|---|---|"]  # fmt: skip
            lines += [_table_row(each) for each in found]
            lines += ["", *map(_sentences, found)]
    return "\n".join([*lines, "", wording.FIRST_HAND, ""])


def _sentences(partner: SummaryPartner) -> str:
    agreed = f" We agreed: {partner.outcome}." if partner.outcome else ""
    return f"- **{escape_markdown(partner.name)}**: {_flat(partner.why)} {partner.advice}{agreed}"


def _table_row(partner: SummaryPartner) -> str:
    def number(value: float | None) -> str:
        return "" if value is None else f"{value:.1f}"

    cells = (
        f"{escape_markdown(partner.name)} ({partner.kind})",
        partner.certainty or "",
        number(partner.comes_back),
        number(partner.we_give),
        partner.work or "",
        partner.voices or "",
    )
    return "| " + " | ".join(cells) + " |"
