"""The partners a group shares: typed one by one, or pasted as a list."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.partner import Partner
from peerreview.domain.partner_list import Fate, Outcome, counts, parse_list
from peerreview.domain.text import many
from peerreview.services.desk import Desk
from peerreview.tui.commands import BACK, HELP, Command, bindings
from peerreview.tui.screens.ask import AskYesNo
from peerreview.tui.screens.page import Page, off_loop
from peerreview.tui.screens.partner_forms import PartnerForm, PasteForm
from peerreview.tui.text import fit, safe
from peerreview.tui.widgets.lines import Lines, Piece


class PartnerList(Lines):
    """Draws the partners: name, kind, aliases; retired ones dimmed."""

    partners: tuple[Partner, ...] = ()

    @property
    def count(self) -> int:
        """A line a partner."""
        return len(self.partners)

    def show(self, partners: Sequence[Partner]) -> None:
        """Show these partners; the cursor stays with the one it stands on."""
        here = self.partner.id if self.partner else None
        self.partners = tuple(partners)
        places = [index for index, each in enumerate(partners) if each.id == here]
        self.cursor = places[0] if places else min(self.cursor, max(0, self.count - 1))
        self.changed()

    @property
    def partner(self) -> Partner | None:
        """The partner under the cursor."""
        return self.partners[self.cursor] if self.cursor < self.count else None

    def draw(self, index: int, width: int) -> Sequence[Piece]:
        """Return a partner's line."""
        partner = self.partners[index]
        also = "retired" if partner.retired else ", ".join(partner.aliases)
        name = max(12, min(32, width - 30))
        return [
            ("▸ " if index == self.cursor else "  ", "road"),
            (fit(partner.name, name), "quiet" if partner.retired else "text"),
            (f"  {partner.kind:<17}", "quiet"),
            (fit(also, max(0, width - name - 21)), "quiet"),
        ]


class PartnersScreen(Page[None]):
    """Keeps the list."""

    NAME = "PARTNERS"
    COMMANDS_HERE = (
        Command("a", "add", "add one"),
        Command("v", "paste", "paste a list"),
        Command("enter", "change", "change", "Enter"),
        Command("r", "retire", "retire", help="Out of coming rounds, or back in."),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(COMMANDS_HERE)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def body(self) -> Iterable[Widget]:
        """Yield the list and a line about what just happened."""
        yield Static("    a to add a partner, v to paste a list from a spreadsheet", id="empty",
                     classes="line quiet")  # fmt: skip
        yield PartnerList()
        yield Static(id="news", classes="line pad")

    def on_mount(self) -> None:
        """Read the list."""
        self.query_one(PartnerList).focus()
        self._refresh()

    @work(exclusive=True, group="read")
    async def _refresh(self, news: Content | None = None) -> None:
        with self.complaints():
            group = await off_loop(self._desk.rounds.group)
            found = self.query_one(PartnerList)
            found.show(sorted(group.partners, key=lambda p: (p.retired, p.sort_key)))
            self.query_one("#empty").set_class(bool(found.count), "hidden")
            bar = self.bar
            bar.place, bar.state = group.name, many(len(group.active), "partner")
            self.refresh_bindings()
            if news:
                self.query_one("#news", Static).update(news)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to change or retire a partner if there is one."""
        return action not in {"change", "retire"} or self.query_one(PartnerList).partner is not None

    @work
    async def action_add(self) -> None:
        """Add one partner."""
        if given := await self.ask(PartnerForm()):
            with self.complaints():
                if not await self._meant(given[0]):
                    return
                await off_loop(self._desk.setting_up.add, *given)
                self._refresh(Content.assemble("Added ", safe(given[0].strip())))

    async def _meant(self, name: str) -> bool:
        """Ask about a name that looks like one the group has."""
        other = await off_loop(self._desk.setting_up.looks_like, name)
        question = f"{name.strip()} looks like {other}. Is it another firm?"
        return not other or bool(await self.ask(AskYesNo(question, "another firm", "the same")))

    @on(Lines.Chosen)
    @work
    async def action_change(self) -> None:
        """Change name or kind; history stays."""
        partner = self.query_one(PartnerList).partner
        if partner and (given := await self.ask(PartnerForm(partner))):
            with self.complaints():
                change = self._desk.setting_up.change
                await off_loop(change, partner.id, *given)
                self._refresh()

    @work
    async def action_retire(self) -> None:
        """Take a partner out of coming rounds, or back in."""
        if partner := self.query_one(PartnerList).partner:
            with self.complaints():
                await off_loop(self._desk.setting_up.retire, partner.id, not partner.retired)
                self._refresh()

    @work
    async def action_paste(self) -> None:
        """Take a pasted list; say what became of every line."""
        if text := await self.ask(PasteForm()):
            with self.complaints():
                rows = parse_list(text, "the pasted list")
                outcomes = await off_loop(self._desk.setting_up.take, rows)
                self._refresh(_news(outcomes))


def _news(outcomes: Sequence[Outcome]) -> Content:
    """Return the counts, and the lines that weren't taken."""
    left = [each for each in outcomes if each.fate is not Fate.NEW]
    lines = [Content.styled(counts(outcomes), "bold")]
    lines += [
        safe(f"line {each.row.line}: {each.row.name}: {each.fate} {each.note}") for each in left[:5]
    ]
    if len(left) > 5:
        lines.append(Content(f"and {len(left) - 5} more"))
    return Content("\n").join(lines)
