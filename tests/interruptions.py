"""Vaults that stop working in the middle of something, as power and kernels do."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from peerreview.domain.round.box import Box, BoxChange
from peerreview.services.ports import BoxStore, Check, GroupStore, Vault, no_check
from peerreview.services.rating import Seat

T = TypeVar("T")


class PowerCutError(Exception):
    """The program ends here."""


class _Box:
    def __init__(self, box: BoxStore, vault: "Interrupted") -> None:
        self._box, self._vault = box, vault

    def create(self, box: Box) -> None:
        self._box.create(box)
        self._vault.happen("box created")

    def read(self) -> Box:
        return self._box.read()

    def read_without_slots(self) -> Box:
        return self._box.read_without_slots()

    def update(self, decide: Callable[[Box], BoxChange]) -> Box:
        self._vault.happen("before change")
        changed = self._box.update(decide)
        self._vault.happen("changed")
        return changed

    def prepare_part(self, part: Box) -> "_Box":
        return _Box(self._box.prepare_part(part), self._vault)

    def update_if_unchanged(self, expected: Box, change: BoxChange, check: Check = no_check) -> Box:
        self._vault.happen("before change")
        before = self._box.update_if_unchanged(expected, change, check)
        if before == expected:
            self._vault.happen("changed")
        return before

    def read_and_remove(self, use: Callable[[Box], T]) -> T:
        def used(box: Box) -> T:
            result = use(box)
            self._vault.happen("box used")
            return result

        return self._box.read_and_remove(used)

    def remove(self) -> None:
        self._vault.happen("before removal")
        self._box.remove()


class Interrupted:
    """A vault around another one, in which something happens at a step.

    Args:
        vault: where things are really kept.
        step: `before change`, `changed`, `box used`, `before removal` or `box created`.
        happens: what happens there, once; without it the power is cut.
        after: how many such steps go well first.
    """

    def __init__(
        self, vault: Vault, step: str, happens: Callable[[], object] | None = None, after: int = 0
    ) -> None:
        self._vault, self._step, self._happens, self._left = vault, step, happens, after

    def happen(self, step: str) -> None:
        if step != self._step:
            return
        self._left -= 1
        if self._left == -1:
            if self._happens is None:
                raise PowerCutError
            self._happens()

    @property
    def location(self) -> str:
        return self._vault.location

    @property
    def group(self) -> GroupStore:
        return self._vault.group

    def box(self, number: int) -> BoxStore:
        return _Box(self._vault.box(number), self)

    def taken(self, seat: Seat) -> Seat:
        """Return a seat at this vault's box, so that things happen there while it is used."""
        return replace(seat, box=self.box(seat.round.number).prepare_part(seat.own_part))

    def clean_up_after_crash(self) -> tuple[str, ...]:
        return self._vault.clean_up_after_crash()
