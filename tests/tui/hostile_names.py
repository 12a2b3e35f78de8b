"""Names of partners that try to break a screen."""

from .tour import PLAIN

ALLOWED = (
    "[red]Acme[/x]",
    "Acme [Nordic] AB",
    "W" * 60,
    "株式会社日本電算システム東京本社営業部",
    "🦀 Crab & Sons 🚀",
    "Ze\u0301\u0302\u0303\u0304\u0305 A\u0308\u0323cme",
    "Ä/../x",
    "[@click=app.quit]quit[/] $error {0} %s \\[b]",
)
"""Names that the product accepts."""
FORGED = (
    "\x1b[31mRed\x1b[2J\x9b1m",
    "\x1b]52;c;aGk=\x07\x00\x08\n\r\tClip",
    "Sun\u202eyob\u202c\u200b\u2066\ufeff\u2028\u2029",
    "\ue000\ud800\U000e0041\u3164\u061c",
)
"""Names that only a forged file can hold."""
HOSTILE = (*FORGED[:2], *ALLOWED, *FORGED[2:])
POSSIBLE = (*ALLOWED, *PLAIN[len(ALLOWED) :])
HOSTILE_GROUP = "[b]Gulf[/] \x1b]0;x\x07 株式会社 \u202eCoast"
assert len(HOSTILE) == len(POSSIBLE) == len(PLAIN)
