"""Results: boards, summaries and the documents to take home, computed from releases only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from peerreview.domain.result.board import Board, make_board
from peerreview.domain.summary.markdown import markdown_page
from peerreview.domain.summary.summary import Summary, summarize, summary_to_json
from peerreview.domain.tally.release import Outcome
from peerreview.services.ports import Vault

JSON, MARKDOWN = "json", "md"
"""The kinds of documents; each is the ending of its file name too."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents that a group takes home from one round.

    Attributes:
        round: the number of the round.
        label: the name that the group goes by in them.
        texts: the documents by kind.
    """

    round: int
    label: str
    texts: Mapping[str, str]

    def by_file_ending(self, kinds: Iterable[str] = (JSON, MARKDOWN)) -> dict[str, str]:
        """Return the documents of some kinds by the endings of their file names.

        An ending follows the group's name.
        """
        return {f"round-{self.round}.summary.{kind}": self.texts[kind] for kind in kinds}


class Results:
    """The results of one group's rounds."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def board(self, number: int | None = None) -> Board:
        """Return the board of a round; without a number, of the last one with a result.

        Raises:
            RuleError: The round has no result.
        """
        return make_board(self._vault.group.read(), number)

    def summary(self, number: int | None = None) -> Summary:
        """Return the summary of a round, which leaves out deal-breakers; see `board`.

        Raises:
            RuleError: The round has no result.
        """
        group = self._vault.group.read()
        board = make_board(group, number)
        release = group.find_release(board.round)
        assert release is not None
        return summarize(group, board, release)

    def summary_documents(self, number: int | None = None) -> Documents:
        """Return the summary of a round as the documents to take home; see `board`.

        Raises:
            RuleError: The round has no result.
        """
        summary = self.summary(number)
        texts = {JSON: summary_to_json(summary), MARKDOWN: markdown_page(summary)}
        return Documents(summary.round, summary.group, texts)

    def write_documents(self, number: int, overwrite: bool = False) -> tuple[str, ...]:
        """Write the summary documents of a round to files beside the group.

        Args:
            number: the round.
            overwrite: whether existing files are replaced.

        Returns:
            The paths; none if a file exists that may not be replaced, and then none is written.

        Raises:
            RuleError: The round has no result.
            FileError: A file can't be written.
        """
        documents = self.summary_documents(number).by_file_ending((MARKDOWN, JSON))
        return self._vault.write_beside(documents, overwrite)

    def record_agreement(self, number: int, partner: str, outcome: Outcome | None) -> Board:
        """Record what the group agreed to do about a partner; None removes the record.

        Raises:
            RuleError: The next round has opened, or the partner isn't shown in round `number`.
            FileError: The group can't be written.
        """
        group = self._vault.group.update(lambda group: group.with_outcome(number, partner, outcome))
        return make_board(group, number)
