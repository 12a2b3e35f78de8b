"""The partners a group shares: typed one by one, or pasted as a list; look-alikes become one."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.merging import look_alikes
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
    """Draws the partners: name, kind, whom they look like, or aliases; retired ones dimmed."""

    partners: tuple[Partner, ...] = ()
    alike: Mapping[str, Partner] = MappingProxyType({})
    """By a partner's id the one it looks like."""

    @property
    def count(self) -> int:
        """A line a partner."""
        return len(self.partners)

    def show(self, partners: Sequence[Partner], alike: Mapping[str, Partner]) -> None:
        """Show these partners; the cursor stays with the one it stands on."""
        here = self.partner.id if self.partner else None
        self.partners, self.alike = tuple(partners), alike
        places = [index for index, each in enumerate(partners) if each.id == here]
        with self.prevent(self.Highlighted):  # nobody moved: what is news stays news
            self.cursor = places[0] if places else min(self.cursor, max(0, self.count - 1))
        self.changed()

    @property
    def partner(self) -> Partner | None:
        """The partner under the cursor."""
        return self.partners[self.cursor] if self.cursor < self.count else None

    @property
    def other(self) -> Partner | None:
        """The one that the partner under the cursor looks like."""
        return self.alike.get(self.partner.id) if self.partner else None

    def draw(self, index: int, width: int) -> Sequence[Piece]:
        """Return a partner's line."""
        partner, narrow = self.partners[index], width < 60
        like = self.alike.get(partner.id)
        also = "retired" if partner.retired else ", ".join(partner.aliases)
        also = f"looks like {like.name}" if like else also
        name = max(16, min(32, width - 48))
        kind = "" if narrow and (like or partner.retired) else f"{partner.kind:<17}  "
        return [
            ("▸ " if index == self.cursor else "  ", "road"),
            (fit(partner.name, name), "quiet" if partner.retired else "text"),
            (f"  {kind}", "quiet"),
            (fit(also, max(0, width - name - len(kind) - 4)), "bad" if like else "quiet"),
        ]


class PartnersScreen(Page[None]):
    """Keeps the list."""

    NAME = "PARTNERS"
    COMMANDS_HERE = (
        Command("a", "add", "add one"),
        Command("v", "paste", "paste a list"),
        Command("enter", "change", "change", "Enter"),
        Command("m", "merge", "merge", help="Make two look-alikes one; the name here stays."),
        Command("r", "retire", "retire", help="Out of coming rounds, or back in."),
        Command("u,ctrl+z", "undo", "undo", "u", help="Take the last change to the list back."),
        BACK,
        HELP,
    )
    BINDINGS: ClassVar = bindings(COMMANDS_HERE)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._rounds, self._setting_up = desk.rounds, desk.setting_up

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
            group = await off_loop(self._rounds.group)
            found = self.query_one(PartnerList)
            by_name = sorted(group.partners, key=lambda p: (p.retired, p.sort_key))
            found.show(by_name, await off_loop(look_alikes, group))
            self.query_one("#empty").set_class(bool(found.count), "hidden")
            bar = self.bar
            bar.place, bar.state = group.name, many(len(group.active), "partner")
            self.refresh_bindings()
            self.query_one("#news", Static).update(news or self._about_look_alikes())

    @on(Lines.Highlighted)
    def moved_on(self) -> None:
        """Say what can be done about a look-alike at the cursor; what was news isn't any more."""
        self.query_one("#news", Static).update(self._about_look_alikes())
        self.refresh_bindings()

    def _about_look_alikes(self) -> Content:
        here, other = (found := self.query_one(PartnerList)).partner, found.other
        if not here or not other:
            return Content("")
        return safe(
            f"{here.name} looks like {other.name}. The same firm? m makes them one: results and "
            f"names of both, called {here.name}."
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is something to do it with."""
        found = self.query_one(PartnerList)
        offered = {"change": found.partner, "retire": found.partner, "merge": found.other,
                   "undo": self._setting_up.last}  # fmt: skip
        return offered.get(action, True) is not None

    @work
    async def action_add(self) -> None:
        """Add one partner."""
        if given := await self.ask(PartnerForm()):
            with self.complaints():
                if not await self._meant(given[0]):
                    return
                await off_loop(self._setting_up.add, *given)
                self._refresh(Content.assemble("Added ", safe(given[0].strip())))

    async def _meant(self, name: str) -> bool:
        """Ask about a name that looks like one the group has."""
        other = await off_loop(self._setting_up.looks_like, name)
        question = f"{name.strip()} looks like {other}. Is it another firm?"
        return not other or bool(await self.ask(AskYesNo(question, "another firm", "the same")))

    @on(Lines.Chosen)
    @work
    async def action_change(self) -> None:
        """Change name or kind; history stays."""
        partner = self.query_one(PartnerList).partner
        if partner and (given := await self.ask(PartnerForm(partner))):
            with self.complaints():
                change = self._setting_up.change
                await off_loop(change, partner.id, *given)
                self._refresh()

    @work
    async def action_retire(self) -> None:
        """Take a partner out of coming rounds, or back in."""
        if partner := self.query_one(PartnerList).partner:
            with self.complaints():
                await off_loop(self._setting_up.retire, partner.id, not partner.retired)
                self._refresh()

    @work
    async def action_merge(self) -> None:
        """Make the partner under the cursor and its look-alike one."""
        here, other = (found := self.query_one(PartnerList)).partner, found.other
        if here and other:
            with self.complaints():
                await off_loop(self._setting_up.merge, here.id, other.id)
                said = f"{other.name} is another name of {here.name} now. u takes it back."
                self._refresh(safe(said))

    @work
    async def action_undo(self) -> None:
        """Take the last change back."""
        with self.complaints():
            await off_loop(self._setting_up.undo)
            self._refresh(Content("Taken back."))

    @work
    async def action_paste(self) -> None:
        """Take a pasted list; say what became of every line."""
        if text := await self.ask(PasteForm()):
            with self.complaints():
                rows = parse_list(text, "the pasted list")
                outcomes = await off_loop(self._setting_up.take, rows)
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
