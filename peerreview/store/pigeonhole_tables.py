"""TinyDB's own tables and database over fixed pigeonholes, for whoever reads with TinyDB's words.

Knows TinyDB's inside (hence `tinydb==4.9.*`); must not know where documents lie.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from peerreview.store.box_documents import change_of
from peerreview.store.box_rules import fitting
from peerreview.store.pigeonhole import PigeonholeStorage
from peerreview.store.slot import LayoutError


class PigeonholeTable(Table):
    """A TinyDB table whose documents stay where they are: updates yes, inserts and removals no."""

    def __init__(self, storage: Storage, name: str, cache_size: int = 0) -> None:
        super().__init__(storage, name, cache_size)

    def _update_table(self, updater: Callable[[dict[int, Mapping[str, Any]]], None]) -> None:
        """Do for every kind of TinyDB update what it does, but overwrite only what changed."""
        storage = cast("PigeonholeStorage", self.storage)
        table = storage.read().get(self.name, {})
        before = {int(number): each for number, each in table.items()}
        after: dict[int, Mapping[str, Any]] = {n: dict(each) for n, each in before.items()}
        updater(after)
        if after.keys() != before.keys():
            raise LayoutError("documents of a ballot box are never inserted or removed")
        changed = {number: each for number, each in after.items() if each != before[number]}
        storage.put(fitting(storage.box(), change_of(self.name, changed)))


class PigeonholeDB(TinyDB):
    """A TinyDB over one box file, for one unit of work."""

    table_class = PigeonholeTable

    def __init__(self, path: Path, *, write: bool = False) -> None:
        super().__init__(path, storage=PigeonholeStorage, write=write)

    @property
    def slots(self) -> PigeonholeStorage:
        """The storage, as what it is."""
        return cast("PigeonholeStorage", self.storage)
