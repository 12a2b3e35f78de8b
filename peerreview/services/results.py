"""Results: boards and summaries, worked out from releases and nothing finer."""

from peerreview.domain.result.board import Board, board
from peerreview.domain.summary.markdown import documents
from peerreview.domain.summary.summary import Summary, summarize
from peerreview.domain.tally.release import Outcome
from peerreview.services.ports import Vault


class Results:
    """What came out of one group's rounds."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def board(self, number: int | None = None) -> Board:
        """Return the board of a round, or of the last one closed.

        Raises:
            RuleError: It has no result.
        """
        return board(self._vault.group.read(), number)

    def summary(self, number: int | None = None) -> Summary:
        """Return the summary of a round, or of the last one closed; deal-breakers stay behind.

        Raises:
            RuleError: It has no result.
        """
        group = self._vault.group.read()
        found = board(group, number)
        release = group.release_of(found.round)
        assert release is not None
        return summarize(group, found, release)

    def take_home(self, number: int, over: bool = False) -> tuple[str, ...]:
        """Write a round's summary beside the group, as JSON and as a page to read.

        Args:
            number: the round.
            over: also over what is there already.

        Returns:
            The places, or nothing if something is there already; then nothing is written.

        Raises:
            RuleError: The round has no result.
            FileError: It can't be written.
        """
        texts = documents(self.summary(number))
        named = {f"round-{number}.summary.{kind}": text for kind, text in texts.items()}
        return self._vault.write_beside(named, over)

    def record_agreement(self, number: int, partner: str, outcome: Outcome | None) -> Board:
        """Keep what the group agreed to do about a partner, or that it takes it back.

        Raises:
            RuleError: The next round has opened, or the partner isn't shown in round `number`.
            FileError: The group can't be written.
        """
        agreed = self._vault.group.update(lambda group: group.agreeing(number, partner, outcome))
        return board(agreed, number)
