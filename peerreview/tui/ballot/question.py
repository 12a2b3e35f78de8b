"""The widget under a ballot: the street so far, the question at the cursor, and its answers."""

from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from peerreview.domain.rating.criteria import Question, Section
from peerreview.domain.rating.scale import CANT_SAY
from peerreview.domain.result.lane import BLANK, CENTER, lane
from peerreview.domain.text import printable
from peerreview.tui.ballot.prompts import QuestionPrompt
from peerreview.tui.kit.lanes import lane_content
from peerreview.tui.kit.text import wrap_parts

_STYLE = {Section.THEY: "$they", Section.WE: "$we", Section.BAD: "$bad", Section.UGLY: "$ugly"}
_LONGEST_SIDE = 13
"""Cells on each side of the street, at most."""
_WIDE = 58
"""Columns from which the street has words at its sides."""
_STACKED = 11
"""Lines from which each answer has a line of its own."""


class QuestionLine(Widget):
    """The street so far, the question and its answers; with room, a line for each answer."""

    DEFAULT_CSS = """
    QuestionLine { height: 3; padding: 0 1; link-style: bold; link-color: $foreground; }
    """

    prompt: reactive[QuestionPrompt] = reactive(QuestionPrompt, layout=False)

    @property
    def question(self) -> Question | None:
        """The question at the cursor."""
        return self.prompt.question

    def __init__(self) -> None:
        super().__init__()
        self._strips_of_parts: dict[tuple[Content, int], list[Strip]] = {}
        self._lines: list[Strip] = []
        self._lines_show: tuple[QuestionPrompt, Size] | None = None

    def notify_style_update(self) -> None:
        """Forget what was drawn: the theme or the style sheet changed."""
        super().notify_style_update()
        self._strips_of_parts.clear()
        self._lines_show = None

    def render_line(self, y: int) -> Strip:
        """Return one line; each part is wrapped and colored only once for a width."""
        shown = self.prompt, self.content_size
        if self._lines_show != shown:
            self._lines_show = shown
            self._lines = [line for part in self._parts() for line in self._strips(part)]
        if y < len(self._lines):
            return self._lines[y]
        return Strip.blank(self.content_size.width, self.visual_style.rich_style)

    def _strips(self, part: Content) -> list[Strip]:
        width = self.content_size.width
        style = self.visual_style
        if (part, width) not in self._strips_of_parts:
            strips = Visual.to_strips(self, part, width, None, style, pad=True)
            self._strips_of_parts[part, width] = strips
        return self._strips_of_parts[part, width]

    def _parts(self) -> list[Content]:
        prompt = self.prompt
        (width, height) = self.content_size
        if prompt.question is None:
            return [Content.styled(printable(prompt.text), "$quiet")]
        section = prompt.question.section
        text = Content.assemble(
            (f"{section.upper():<6}", f"bold {_STYLE[section]}"),
            printable(prompt.text or prompt.question.text),
        )
        answers = list(_answers(prompt.question))
        parts = [self._street(width)]
        if width < _WIDE and prompt.partner_name:
            parts.insert(0, Content.styled(printable(prompt.partner_name), "bold"))
        if height >= _STACKED:
            space = Content(" ")
            return [*parts, space, text, space, *answers]
        return [*parts, text, *wrap_parts(answers, width)]

    def _street(self, width: int) -> Content:
        """Return the picture of the answers so far, on a phone beside the progress."""
        wide = width >= _WIDE
        label = "Your street so far:  " if wide else f"{self.prompt.progress:<10}"
        left, right = ("comes back ", " we give") if wide else ("", "")
        side = min(_LONGEST_SIDE, (width - len(label + left + right) - 1) // 2)
        picture = lane(*self.prompt.sides, side).replace(" ", BLANK)
        picture = f"{picture[:side]}{CENTER}{picture[side + 1 :]}"
        return Content.assemble(
            (label, "$quiet"), (left, "$they"), lane_content(picture), (right, "$we")
        )


def _answers(question: Question) -> Iterable[Content]:
    """Yield the answers to a question with their keys; each can be clicked."""
    keys = [(choice.key, choice.word, f"say('{choice.key}')") for choice in question.scale.choices]
    if question.section is Section.UGLY:
        keys.append(("x", "none of them", "say('x')"))
    for key, word, action in (*keys, ("space", "can't say", f"answer({CANT_SAY})")):
        link = f"@click=screen.{action}"
        yield Content.assemble(
            (key, f"bold underline $foreground {link}"), (f" {word}", f"$quiet {link}")
        )
