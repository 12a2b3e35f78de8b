"""The two lines under a ballot: the question at the cursor, and what each key would answer."""

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from peerreview.domain.criteria import Question, Scale, Section
from peerreview.domain.wording import SCALES
from peerreview.tui.text import printable

_WHO = {Section.THEY: "THEY", Section.WE: "WE", Section.BAD: "BAD", Section.UGLY: "UGLY"}
_STYLE = {Section.THEY: "$they", Section.WE: "$we", Section.BAD: "$bad", Section.UGLY: "$ugly"}
_UGLY_KEYS = (("y", "yes"), ("n", "no"), ("x", "none of them"))


class QuestionLine(Static):
    """Shows a question in full and its scale. Each answer can be clicked."""

    DEFAULT_CSS = """
    QuestionLine { height: 2; padding: 0 1; }
    """

    question: reactive[Question | None] = reactive(None, layout=False)
    prompt: reactive[str] = reactive("", layout=False)
    """Instead of a question's text: what the cell at the cursor asks for."""

    def render(self) -> Content:
        """Return question and answers."""
        question = self.question
        if question is None:
            return Content.styled(printable(self.prompt), "$quiet")
        who = f"{_WHO[question.section]:<6}"
        text = self.prompt or question.text
        said = Content.assemble((who, f"bold {_STYLE[question.section]}"), printable(text))
        return Content("\n").join([said, self._keys(question)])

    def _keys(self, question: Question) -> Content:
        if question.scale is Scale.YES_NO:
            keys = [(key, word, f"screen.say('{key}')") for key, word in _UGLY_KEYS]
        else:
            words = SCALES[question.scale]
            keys = [(str(n), word, f"screen.answer({n})") for n, word in enumerate(words, 1)]
        keys.append(("space", "can't say", "screen.answer(0)"))
        parts = [
            Content.assemble((key, f"bold $foreground @click={action}"), (f" {word}", "$quiet"))
            for key, word, action in keys
        ]
        return Content("   ").join(parts)
