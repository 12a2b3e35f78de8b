"""The partners a group shares: typed one by one, or pasted as a list; look-alikes become one."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.group.group import Group
from peerreview.domain.group.merging import look_alikes
from peerreview.domain.group.partner import Partner
from peerreview.domain.group.partner_list import Fate, SortedRow, count_fates, parse_list
from peerreview.domain.text import fit, pluralized
from peerreview.services.group_services import GroupServices
from peerreview.tui.kit.commands import BACK, HELP, Command
from peerreview.tui.kit.dialog import AskYesNo
from peerreview.tui.kit.lines import LineList, Piece
from peerreview.tui.kit.page import Page, in_thread
from peerreview.tui.kit.text import literal_content
from peerreview.tui.partners.partner_forms import PartnerForm, PasteForm


class PartnerList(LineList[tuple[Partner, Partner | None]]):
    """Draws the partners: name, kind, whom they look like, or aliases; retired ones dimmed."""

    def show_group(self, group: Group, alike: Mapping[str, Partner]) -> None:
        """Show a group's partners and look-alikes; the cursor stays with the one it stands on."""
        ids = [each.id for each in sorted(group.partners, key=lambda p: (p.retired, p.sort_key))]
        here, _ = self.selected
        self.items = [(group.partner(each), alike.get(each)) for each in ids]
        with self.prevent(self.Highlighted):  # nobody moved: what is news stays news
            if here and here.id in ids:
                self.cursor = ids.index(here.id)
            self.cursor = min(self.cursor, max(0, self.line_count - 1))
        self.redraw_lines()

    @property
    def selected(self) -> tuple[Partner | None, Partner | None]:
        """The partner under the cursor, and one that it looks like."""
        return self.current_item or (None, None)

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return a partner's line."""
        (partner, like), narrow = self.items[index], width < 60
        also = "retired" if partner.retired else ", ".join(() if narrow else partner.aliases)
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

    def __init__(self, services: GroupServices) -> None:
        super().__init__()
        self._rounds, self._setting_up = services.rounds, services.setting_up

    def compose_body(self) -> Iterable[Widget]:
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
        with self.report_errors():
            group = await in_thread(self._rounds.group)
            found = self.query_one(PartnerList)
            found.show_group(group, await in_thread(look_alikes, group))
            self.query_one("#empty").set_class(bool(found.line_count), "hidden")
            bar = self.title_bar
            bar.location, bar.status = group.name, pluralized(len(group.active), "partner")
            self.refresh_bindings()
            self.query_one("#news", Static).update(news or self._look_alike_hint())

    @on(LineList.Highlighted)
    def show_hint(self) -> None:
        """Say what can be done about a look-alike at the cursor; what was news isn't any more."""
        self.query_one("#news", Static).update(self._look_alike_hint())
        self.refresh_bindings()

    def _look_alike_hint(self) -> Content:
        here, other = self.query_one(PartnerList).selected
        if not here or not other:
            return Content("")
        return literal_content(
            f"{here.name} looks like {other.name}. The same firm? m makes them one: results and "
            f"names of both, called {here.name}."
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is something to do it with."""
        here, other = self.query_one(PartnerList).selected
        last = self._setting_up.last_change
        offered = {"change": here, "retire": here, "merge": other, "undo": last}
        return offered.get(action, True) is not None

    async def _apply(self, news: str, change: Callable[..., object], *args: object) -> None:
        """Change the list, and say so."""
        with self.report_errors():
            await in_thread(change, *args)
            self._refresh(literal_content(news))

    @work
    async def action_add(self) -> None:
        """Add one partner."""
        if given := await self.show_screen(PartnerForm()):
            with self.report_errors():
                if await self._confirm_name(given[0]):
                    await self._apply(f"Added {given[0].strip()}", self._setting_up.add, *given)

    async def _confirm_name(self, name: str) -> bool:
        """Ask about a name that looks like one the group has."""
        other = await in_thread(self._setting_up.find_similar_name, name)
        question = f"{name.strip()} looks like {other}. Is it another firm?"
        return not other or bool(
            await self.show_screen(AskYesNo(question, "another firm", "the same"))
        )

    @on(LineList.Selected)
    @work
    async def action_change(self) -> None:
        """Change name or kind; history stays."""
        here, _ = self.query_one(PartnerList).selected
        if here and (given := await self.show_screen(PartnerForm(here))):
            await self._apply("", self._setting_up.change, here.id, *given)

    @work
    async def action_retire(self) -> None:
        """Take a partner out of coming rounds, or back in."""
        here, _ = self.query_one(PartnerList).selected
        if here:
            await self._apply("", self._setting_up.retire, here.id, not here.retired)

    @work
    async def action_merge(self) -> None:
        """Make the partner under the cursor and its look-alike one."""
        here, other = self.query_one(PartnerList).selected
        if here and other:
            news = f"{other.name} is another name of {here.name} now. u takes it back."
            await self._apply(news, self._setting_up.merge, here.id, other.id)

    @work
    async def action_undo(self) -> None:
        """Take the last change back."""
        await self._apply("Taken back.", self._setting_up.undo)

    @work
    async def action_paste(self) -> None:
        """Take a pasted list; say what became of every line."""
        if text := await self.show_screen(PasteForm()):
            with self.report_errors():
                rows = parse_list(text, "the pasted list")
                outcomes = await in_thread(self._setting_up.add_list, rows)
                self._refresh(_news(outcomes))


def _news(outcomes: Sequence[SortedRow]) -> Content:
    """Return the counts, and the lines that weren't taken."""
    left = [each for each in outcomes if each.fate is not Fate.NEW]
    lines = [Content.styled(count_fates(outcomes), "bold")]
    lines += [
        literal_content(f"line {each.row.line}: {each.row.name}: {each.fate} {each.note}")
        for each in left[:5]
    ]
    if len(left) > 5:
        lines.append(Content(f"and {len(left) - 5} more"))
    return Content("\n").join(lines)
