"""What stands under a ballot: the street so far, the question at the cursor, and its answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from peerreview.domain.rating.criteria import Question, Scale, Section
from peerreview.domain.result.lane import BLANK, CENTER, lane
from peerreview.domain.result.wording import SCALES
from peerreview.domain.text import printable
from peerreview.tui.kit.lanes import lane_content
from peerreview.tui.kit.text import wrap_parts

_STYLE = {Section.THEY: "$they", Section.WE: "$we", Section.BAD: "$bad", Section.UGLY: "$ugly"}
_UGLY_KEYS = (("y", "yes"), ("n", "no"), ("x", "none of them"))
_LONGEST, _WIDE, _STACKED = 13, 58, 11


@dataclass(frozen=True, slots=True)
class QuestionPrompt:
    """A question on its turn.

    Attributes:
        prompt: instead of the question's text: what the cell at the cursor asks for.
        where: how far through the questions this is, in words.
        who: a name to say where the list has no room for it.
        sides: what comes back and what we give so far, 1 to 5.
    """

    question: Question | None = None
    prompt: str = ""
    where: str = ""
    who: str = ""
    sides: tuple[float | None, float | None] = (None, None)


class QuestionLine(Widget):
    """Shows street, question and answers; one answer a line where there is room below."""

    DEFAULT_CSS = """
    QuestionLine { height: 3; padding: 0 1; link-style: bold; link-color: $foreground; }
    """

    asked: reactive[QuestionPrompt] = reactive(QuestionPrompt, layout=False)

    @property
    def question(self) -> Question | None:
        """The question on its turn."""
        return self.asked.question

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[tuple[Content, int], list[Strip]] = {}
        self._drawn: object = None

    def notify_style_update(self) -> None:
        """Forget what was drawn: the theme or the style sheet changed."""
        super().notify_style_update()
        self._known.clear()
        self._drawn = None

    def render_line(self, y: int) -> Strip:
        """Return one line; wrapping and coloring is done once for each part."""
        if self._drawn != (now := (self.asked, self.content_size)):
            self._drawn = now
            self._lines = [line for part in self._parts() for line in self._strips(part)]
        if y < len(self._lines):
            return self._lines[y]
        return Strip.blank(self.content_size.width, self.visual_style.rich_style)

    def _strips(self, part: Content) -> list[Strip]:
        width, style = self.content_size.width, self.visual_style
        if (part, width) not in self._known:
            self._known[part, width] = Visual.to_strips(self, part, width, None, style, pad=True)
        return self._known[part, width]

    def _parts(self) -> list[Content]:
        asked, (width, height) = self.asked, self.content_size
        if asked.question is None:
            return [Content.styled(printable(asked.prompt), "$quiet")]
        section = asked.question.section
        said = Content.assemble(
            (f"{section.upper():<6}", f"bold {_STYLE[section]}"),
            printable(asked.prompt or asked.question.text),
        )
        answers = list(_answers(asked.question))
        name = [Content.styled(printable(asked.who), "bold")] if width < _WIDE and asked.who else []
        if height >= _STACKED:
            space = Content(" ")
            return [*name, self._street(width), space, said, space, *answers]
        return [*name, self._street(width), said, *wrap_parts(answers, width)]

    def _street(self, width: int) -> Content:
        """Return the picture of the answers so far; on a phone beside where we are."""
        wide = width >= _WIDE
        label = "Your street so far:  " if wide else f"{self.asked.where:<10}"
        left, right = ("comes back ", " we give") if wide else ("", "")
        room = min(_LONGEST, (width - len(label + left + right) - 1) // 2)
        picture = lane(*self.asked.sides, room).replace(" ", BLANK)
        picture = f"{picture[:room]}{CENTER}{picture[room + 1 :]}"
        return Content.assemble(
            (label, "$quiet"), (left, "$they"), lane_content(picture), (right, "$we")
        )


def _answers(question: Question) -> Iterable[Content]:
    """Yield what can be answered; each can be clicked."""
    words = SCALES.get(question.scale, ())
    keys = [(str(n), word, f"answer({n})") for n, word in enumerate(words, 1)]
    if question.scale is Scale.YES_NO:
        keys = [(key, word, f"say('{key}')") for key, word in _UGLY_KEYS]
    for key, word, action in (*keys, ("space", "can't say", "answer(0)")):
        link = f"@click=screen.{action}"
        yield Content.assemble(
            (key, f"bold underline $foreground {link}"), (f" {word}", f"$quiet {link}")
        )
