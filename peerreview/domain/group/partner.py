"""Partners: the firms that a group shares, and when two names may mean the same firm."""

import re
from difflib import get_close_matches
from enum import StrEnum

from peerreview.domain.text import comparison_key
from peerreview.domain.value import Name, Value

SIMILAR_FROM = 0.84
"""Two names with at least this ratio of `difflib` are similar."""


class PartnerKind(StrEnum):
    """What sort of partner it is; the kind decides which questions are asked."""

    PEER = "peer firm"
    SUBCONTRACTOR = "subcontractor"
    REFERRAL = "referral partner"
    VENDOR = "vendor"
    DISTRIBUTOR = "distributor"
    OTHER = "other"

    @property
    def criteria_set_id(self) -> str:
        """The id of the criteria set that asks about this kind."""
        return "vendor" if self in (PartnerKind.VENDOR, PartnerKind.DISTRIBUTOR) else "peer"

    @classmethod
    def parse(cls, text: str) -> "PartnerKind | None":
        """Return the kind whose name starts with `text` (any case), or None if none or several."""
        wanted = comparison_key(text.strip())
        if not wanted:
            return None
        kinds = [kind for kind in cls if comparison_key(kind.value).startswith(wanted)]
        return kinds[0] if len(kinds) == 1 else None


class Partner(Value):
    """A firm that several peers of a group work with. `id` is random and never reused."""

    id: str
    name: Name
    kind: PartnerKind = PartnerKind.OTHER
    aliases: tuple[Name, ...] = ()
    retired: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The name and every alias."""
        return (self.name, *self.aliases)

    @property
    def sort_key(self) -> tuple[str, str]:
        """A key that sorts partners by name, whatever the case and accents, then by id."""
        return comparison_key(self.name), self.id


_LEGAL = re.compile(r"\b(inc|llc|llp|ltd|limited|gmbh|corp|corporation|co|company|ag|plc|the)\b")


def name_core(name: str) -> str:
    """Return what is left of `name` without case, accents, punctuation and legal form."""
    words = re.sub(r"[^\w]+", " ", comparison_key(name)).strip()
    return " ".join(_LEGAL.sub(" ", words).split()) or words or comparison_key(name)


def is_same_name(name: str, other: str) -> bool:
    """Tell whether two names differ only in case, accents, punctuation or legal form."""
    return name_core(name) == name_core(other)


def is_similar_name(name: str, other: str) -> bool:
    """Tell whether two names are so similar that a person should compare them."""
    return is_similar_core(name_core(name), name_core(other))


def is_similar_core(core: str, other: str) -> bool:
    """Tell whether two results of `name_core` are similar; their order doesn't matter."""
    first, second = sorted((core.replace(" ", ""), other.replace(" ", "")))
    return bool(get_close_matches(second, [first], cutoff=SIMILAR_FROM))
