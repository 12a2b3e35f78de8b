"""What all sessions of a host share: the options of their apps, and the parsed style sheets.

Knows style sheets; must not know rooms or channels.
"""

from dataclasses import dataclass, field

from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation

from peerreview.tui.app.options import AppOptions

ParsedRules = dict[tuple[object, ...], list[RuleSet]]
"""Rules by what they were parsed from, colors included."""


@dataclass(frozen=True)
class SessionDefaults:
    """What all sessions of a host start with.

    Attributes:
        options: the options of their apps.
        parsed_rules: the style rules that were parsed so far.
    """

    options: AppOptions
    parsed_rules: ParsedRules = field(default_factory=ParsedRules)


class SharedStylesheet(Stylesheet):
    """A style sheet whose rules are parsed once for all sessions with the same colors.

    Textual parses them for each app. That takes a quarter of the memory of a session and a fifth of
    the processor time of joining; afterwards rules are only read.

    Args:
        variables: the colors and sizes.
        parsed_rules: the rules that were parsed so far.
    """

    def __init__(self, variables: dict[str, str], parsed_rules: ParsedRules) -> None:
        super().__init__()
        self._parsed_rules = parsed_rules
        self.set_variables(variables)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Use other colors and sizes."""
        super().set_variables(variables)
        self._variables_key = tuple(sorted(variables.items()))

    # Textual parses a text of styles here, once for every app; its public method parses all texts.
    def _parse_rules(
        self,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        """Return the rules of a text, parsed by this session or by an earlier one."""
        origin = (read_from, is_default_rules, tie_breaker, scope)
        key = (self._variables_key, css, *origin)
        if key not in self._parsed_rules:
            self._parsed_rules[key] = super()._parse_rules(css, *origin)
        return self._parsed_rules[key]

    def reparse(self) -> None:
        """Take the rules for the present colors; Textual's own would parse them all again."""
        self.parse()
