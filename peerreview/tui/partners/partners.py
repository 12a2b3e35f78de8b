"""The screen on which partners are added, changed, merged and retired."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from textual import on, work
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from peerreview.domain.group.group import Group
from peerreview.domain.group.merging import find_look_alikes
from peerreview.domain.group.partner import Partner
from peerreview.domain.group.partner_list import MatchedRow, RowStatus, describe_matches, parse_list
from peerreview.domain.text import fit, pluralized
from peerreview.services.group_services import GroupServices
from peerreview.tui.kit.commands import BACK, HELP, Command
from peerreview.tui.kit.dialog import AskYesNo
from peerreview.tui.kit.lines import LineList, Piece
from peerreview.tui.kit.page import Page, in_thread
from peerreview.tui.kit.text import literal_content
from peerreview.tui.partners.partner_forms import PartnerForm, PasteForm

_MOST_REASONS = 5
"""How many lines of a pasted list are shown with the reason why they weren't added."""


class PartnerList(LineList[tuple[Partner, Partner | None]]):
    """The partners of a group with their look-alikes; retired partners come last."""

    def show_group(self, group: Group, alike: Mapping[str, Partner]) -> None:
        """Show the partners of a group; the cursor stays on its partner.

        Args:
            group: the group.
            alike: a look-alike for each partner that has one, by the partner's id.
        """
        partners = sorted(group.partners, key=lambda partner: (partner.retired, partner.sort_key))
        ids = [partner.id for partner in partners]
        before, _ = self.selected
        self.items = [(partner, alike.get(partner.id)) for partner in partners]
        with self.prevent(self.Highlighted):  # the person didn't move the cursor: keep the news
            if before and before.id in ids:
                self.cursor = ids.index(before.id)
            self.cursor = min(self.cursor, max(0, self.line_count - 1))
        self.redraw_lines()

    @property
    def selected(self) -> tuple[Partner | None, Partner | None]:
        """The partner at the cursor and its look-alike; None for each that doesn't exist."""
        return self.current_item or (None, None)

    def draw_line(self, index: int, width: int) -> Sequence[Piece]:
        """Return the line of a partner: name, kind, and its look-alike or its other names."""
        partner, look_alike = self.items[index]
        is_narrow = width < 60
        if look_alike:
            remark = f"looks like {look_alike.name}"
        elif partner.retired:
            remark = "retired"
        else:
            remark = "" if is_narrow else ", ".join(partner.aliases)
        needs_room = look_alike is not None or partner.retired
        kind = "" if is_narrow and needs_room else f"{partner.kind:<17}  "
        name_width = max(16, min(32, width - 48))
        remark_width = max(0, width - name_width - len(kind) - 4)
        return [
            ("▸ " if index == self.cursor else "  ", "road"),
            (fit(partner.name, name_width), "quiet" if partner.retired else "text"),
            (f"  {kind}", "quiet"),
            (fit(remark, remark_width), "bad" if look_alike else "quiet"),
        ]


class PartnersScreen(Page[None]):
    """The list of partners, and a line about its last change."""

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
        self._rounds = services.rounds
        self._setting_up = services.setting_up

    def compose_body(self) -> Iterable[Widget]:
        """Yield the list and the line of news."""
        yield Static("    a to add a partner, v to paste a list from a spreadsheet", id="empty",
                     classes="line quiet")  # fmt: skip
        yield PartnerList()
        yield Static(id="news", classes="line pad")

    def on_mount(self) -> None:
        """Focus and read the list."""
        self.query_one(PartnerList).focus()
        self._refresh()

    @work(exclusive=True, group="read")
    async def _refresh(self, news: Content | None = None) -> None:
        with self.report_errors():
            group = await in_thread(self._rounds.group)
            partner_list = self.query_one(PartnerList)
            partner_list.show_group(group, await in_thread(find_look_alikes, group))
            self.query_one("#empty").set_class(partner_list.line_count > 0, "hidden")
            bar = self.title_bar
            bar.location = group.name
            bar.status = pluralized(len(group.active_partners), "partner")
            self.refresh_bindings()
            self.query_one("#news", Static).update(news or self._look_alike_hint())

    @on(LineList.Highlighted)
    def show_hint(self) -> None:
        """Replace the news by what can be done about a look-alike at the cursor."""
        self.query_one("#news", Static).update(self._look_alike_hint())
        self.refresh_bindings()

    def _look_alike_hint(self) -> Content:
        partner, look_alike = self.query_one(PartnerList).selected
        if not partner or not look_alike:
            return Content("")
        return literal_content(
            f"{partner.name} looks like {look_alike.name}. The same firm? m makes them one: "
            f"results and names of both, called {partner.name}."
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a command only if there is a partner, a look-alike or a change for it."""
        partner, look_alike = self.query_one(PartnerList).selected
        if action in ("change", "retire"):
            return partner is not None
        if action == "merge":
            return look_alike is not None
        return action != "undo" or self._setting_up.last_change is not None

    async def _apply(self, news: str, change: Callable[..., object], *args: object) -> None:
        """Call a service that changes the list, then show the list and the news."""
        with self.report_errors():
            await in_thread(change, *args)
            self._refresh(literal_content(news))

    @work
    async def action_add(self) -> None:
        """Add one partner."""
        if form := await self.show_screen(PartnerForm()):
            name, kind, aliases = form
            with self.report_errors():
                if await self._confirm_name(name):
                    news = f"Added {name.strip()}"
                    await self._apply(news, self._setting_up.add, name, kind, aliases)

    async def _confirm_name(self, name: str) -> bool:
        """Return whether to add a name; ask the person if it looks like one in the group."""
        other = await in_thread(self._setting_up.find_similar_name, name)
        if not other:
            return True
        question = f"{name.strip()} looks like {other}. Is it another firm?"
        return bool(await self.show_screen(AskYesNo(question, "another firm", "the same")))

    @on(LineList.Selected)
    @work
    async def action_change(self) -> None:
        """Change names or kind of the partner at the cursor; its results stay."""
        partner, _ = self.query_one(PartnerList).selected
        if partner and (form := await self.show_screen(PartnerForm(partner))):
            await self._apply("", self._setting_up.change, partner.id, *form)

    @work
    async def action_retire(self) -> None:
        """Take the partner at the cursor out of coming rounds, or back in."""
        partner, _ = self.query_one(PartnerList).selected
        if partner:
            await self._apply("", self._setting_up.retire, partner.id, not partner.retired)

    @work
    async def action_merge(self) -> None:
        """Merge the partner at the cursor with its look-alike; the name at the cursor stays."""
        partner, look_alike = self.query_one(PartnerList).selected
        if partner and look_alike:
            news = f"{look_alike.name} is another name of {partner.name} now. u takes it back."
            await self._apply(news, self._setting_up.merge, partner.id, look_alike.id)

    @work
    async def action_undo(self) -> None:
        """Undo the last change to the list."""
        await self._apply("Taken back.", self._setting_up.undo)

    @work
    async def action_paste(self) -> None:
        """Add the partners of a pasted list, and show what became of its lines."""
        if text := await self.show_screen(PasteForm()):
            with self.report_errors():
                rows = parse_list(text, "the pasted list")
                outcomes = await in_thread(self._setting_up.add_list, rows)
                self._refresh(_paste_news(outcomes))


def _paste_news(outcomes: Sequence[MatchedRow]) -> Content:
    """Return the numbers of lines added and not added, with reasons for the first of the latter."""
    not_added = [outcome for outcome in outcomes if outcome.status is not RowStatus.NEW]
    lines = [Content.styled(describe_matches(outcomes), "bold")]
    for outcome in not_added[:_MOST_REASONS]:
        row = outcome.row
        text = f"line {row.line}: {row.name}: {outcome.status} {outcome.note}"
        lines.append(literal_content(text))
    if len(not_added) > _MOST_REASONS:
        lines.append(Content(f"and {len(not_added) - _MOST_REASONS} more"))
    return Content("\n").join(lines)
