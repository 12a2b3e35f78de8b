"""The summary as one page of Markdown, for people to take home."""

import re

from peerreview.domain.result import wording
from peerreview.domain.summary.summary import Summary, SummaryPartner
from peerreview.domain.tally.verdict import Street

_ACTIVE = re.compile(r"([\\`*_\[\]<>|~&])")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&=:])")


def escape_markdown(text: str) -> str:
    """Return `text` escaped, so that Markdown shows it literally, in table cells too."""
    return _SPECIAL.sub(r"\\\1", text)


def _escape_labels(sentence: str) -> str:
    """Return a sentence with the markup that labels of a criteria set may contain escaped."""
    return _ACTIVE.sub(r"\\\1", sentence)


def markdown_page(summary: Summary) -> str:
    """Return the page: the notice, and for every street a table and its reasons and advice."""
    lines = [
        f"> {summary.notice}",
        "",
        f"# Partners of {escape_markdown(summary.group)}",
        "",
        f"Round {summary.round}, {summary.quarter}, {summary.ballots} ballots. "
        f"Scale 1 to 5; more than {summary.give_cut:g} is more than we usually give.",
    ]
    for street in Street:
        partners = [partner for partner in summary.partners if partner.street is street]
        if partners and street is Street.TOO_FEW:
            names = ", ".join(escape_markdown(partner.name) for partner in partners)
            lines += ["", "## Too few voices", "", f"Nothing is shown: {names}"]
        elif partners:
            words = wording.STREETS[street]
            lines += ["", f"## {words.many.capitalize()}", "", f"{words.meaning.capitalize()}.", ""]
            lines += ["| Partner | Sure | Comes back | We give | Work | Voices |",
                      "|---|---|---|---|---|---|"]  # fmt: skip
            lines += [_table_row(partner) for partner in partners]
            lines += ["", *map(_sentences, partners)]
    return "\n".join([*lines, "", wording.FIRST_HAND, ""])


def _sentences(partner: SummaryPartner) -> str:
    agreed = f" We agreed: {partner.outcome}." if partner.outcome else ""
    name = escape_markdown(partner.name)
    why = _escape_labels(partner.why)
    return f"- **{name}**: {why} {partner.advice}{agreed}"


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
