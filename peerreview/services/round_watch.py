"""Following a round: a screen asks a `RoundWatch` again and again whether anything has changed.

The caller keeps the timer and decides what to draw. Must not know ballots, codes or keys.
"""

import asyncio
from dataclasses import dataclass

from peerreview.domain.group.group import Group
from peerreview.errors import BoxGoneError, PeerReviewError
from peerreview.services.environment import Environment
from peerreview.services.ports import Vault
from peerreview.services.progress import Progress, read_progress


@dataclass(frozen=True, slots=True)
class View:
    """A group and the public state of its open round, at one moment."""

    group: Group
    progress: Progress | None

    @property
    def last_result(self) -> int:
        """The number of the last round with a result, 0 if there is none."""
        return self.group.latest_release.round if self.group.latest_release else 0

    @property
    def round_id(self) -> str:
        """The id of the open round, empty if no round is open."""
        return self.progress.round.id if self.progress else ""


@dataclass(frozen=True, slots=True)
class _Look:
    """What one look read; `version` changes whenever somebody writes the group."""

    version: object = None
    group: Group | None = None
    progress: Progress | None = None
    problem: PeerReviewError | None = None

    @property
    def visible(self) -> tuple[Group | None, Progress | None, str]:
        """The visible part of this look, for comparison with another look."""
        return self.group, self.progress, str(self.problem or "")


class RoundWatch:
    """Reads a group and its open round on request, and reports changes since the last time.

    Args:
        vault: the group and its box.
        environment: for the time left and the check words.
        with_check_words: whether a look also computes the check words of the box, so that showing
            them later takes no time.
    """

    def __init__(
        self, vault: Vault, environment: Environment, with_check_words: bool = True
    ) -> None:
        self._vault = vault
        self._environment = environment
        self._with_check_words = with_check_words
        self._look = _Look()
        self._view: View | None = None

    @property
    def view(self) -> View | None:
        """The group and its round at the last look that could read both; None before that."""
        return self._view

    @property
    def group(self) -> Group | None:
        """The group at the last look; None if it couldn't be read."""
        return self._look.group

    @property
    def progress(self) -> Progress | None:
        """The open round at the last look; None if there is none or its box couldn't be read."""
        return self._look.progress

    @property
    def problem(self) -> PeerReviewError | None:
        """The reason why the last look couldn't read the group or the box; None if it could."""
        return self._look.problem

    async def look(self) -> bool:
        """Read the group and its open round in a thread; return whether anything changed.

        The group is parsed only if its version changed. A file that is missing, damaged or locked
        raises nothing: it becomes the `problem`.
        """
        look = await asyncio.to_thread(self._read, self._look)
        changed = look.visible != self._look.visible
        self._look = look
        if changed and look.group and not look.problem:
            self._view = View(look.group, look.progress)
        return changed

    def _read(self, last: _Look) -> _Look:
        """Read the group and the box; tolerate that the box is removed in between."""
        version = None
        group = None
        try:
            version = self._vault.group.read_version()
            group = (
                last.group if last.group and last.version == version else self._vault.group.read()
            )
            try:
                progress = read_progress(self._vault, self._environment, group)
            except BoxGoneError:
                # The round has probably ended since the group was read.
                group = self._vault.group.read()
                progress = read_progress(self._vault, self._environment, group)
            if progress and self._with_check_words:
                _ = progress.check_words
        except PeerReviewError as error:
            return _Look(version, group, None, error)
        return _Look(version, group, progress)
