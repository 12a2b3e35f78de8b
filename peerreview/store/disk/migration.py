"""What a file of ours says about itself, and how an older one becomes one of today.

The first document carries a schema number and a checksum, so that nothing that was damaged, or
changed by another program, passes without a word. Knows documents; must not know files.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from peerreview.errors import ChangedError, ForeignError, NewerError
from peerreview.store.disk.os_errors import file_error
from peerreview.store.disk.tables import Document, Tables

Step = Callable[[Tables], Tables]

_CHECKSUM_BYTES = 16


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One kind of file.

    Attributes:
        name: what people call it.
        head: the table whose only document carries schema and checksum.
        covered: the tables under the checksum; None for all of them.
        steps: step n makes schema n + 1 from schema n. A step is pure, and takes what it finds.
        unsaid: the schema of a file that says none; None if there never was such a file.
    """

    name: str
    head_table: str
    checksum_tables: tuple[str, ...] | None
    steps: tuple[Step, ...]
    default_schema: int | None = None

    @property
    def schema(self) -> int:
        """The schema written today."""
        return len(self.steps)

    def add_checksum(self, tables: Tables) -> Tables:
        """Return the tables with schema and checksum, ready to be written."""
        found = self._with_head(tables, {"schema": self.schema, **tables[self.head_table]["1"]})
        return self._with_head(
            found, {**found[self.head_table]["1"], "checksum": self._checksum(found)}
        )

    def read_schema(self, tables: Tables, where: Path) -> int:
        """Return the schema of a file's tables.

        Raises:
            ForeignError: It is no file of this kind.
            NewerError: This program doesn't know the schema yet.
        """
        heads = tables.get(self.head_table, {})
        schema = heads["1"].get("schema", self.default_schema) if set(heads) == {"1"} else None
        if type(schema) is not int or schema < 0:
            why = f"it isn't a {self.name} file of ours: check the name"
            raise file_error(where, why, ForeignError)
        if schema > self.schema:
            why = "written by a newer version of this program: install that one"
            raise file_error(where, why, NewerError)
        return schema

    def check_and_migrate(self, tables: Tables, where: Path, *, trusted: bool = False) -> Tables:
        """Return the tables as today's program knows them, without schema and checksum.

        Args:
            tables: what is in the file `where`; not changed.
            where: for errors.
            trusted: take what was changed from outside.

        Raises:
            FileError: It is foreign or newer, or doesn't fit its checksum.
        """
        schema = self.read_schema(tables, where)
        head = dict(tables[self.head_table]["1"])
        told, bare = head.pop("checksum", None), self._with_head(tables, head)
        first = not schema and told is None  # the first files had none
        if not (trusted or first) and told != self._checksum(bare):
            why = (
                "it was damaged, or changed by another program: "
                "put back a copy of it, or ask: peerreview doctor"
            )
            raise file_error(where, why, ChangedError)
        head.pop("schema", None)
        for step in self.steps[schema:]:
            bare = step(bare)
        return bare

    def _with_head(self, tables: Tables, head: Document) -> Tables:
        return {**tables, self.head_table: {"1": head}}

    def _checksum(self, tables: Tables) -> str:
        covered = (
            tables
            if self.checksum_tables is None
            else {each: tables[each] for each in self.checksum_tables}
        )
        text = json.dumps(covered, sort_keys=True, separators=(",", ":")).encode("ascii")
        return blake2b(text, digest_size=_CHECKSUM_BYTES).hexdigest()


def _group_from_0(tables: Tables) -> Tables:
    """Partners get aliases and may retire; a group gets a label; hands shown aren't kept."""
    head = tables["group"]["1"]
    label = f"group {str(head.get('id'))[:6]}"
    new: Document = {"aliases": [], "retired": False}
    partners = {number: new | each for number, each in tables.get("partners", {}).items()}
    rounds = {number: _without_hands(each) for number, each in tables.get("rounds", {}).items()}
    changed: Tables = {"group": {"1": {"label": label, **head}}, "partners": partners}
    return {**tables, **changed, "rounds": rounds}


def _without_hands(round_: Document) -> Document:
    def bare(found: Document) -> Document:
        return {key: each for key, each in found.items() if key != "hands"}

    return json.loads(json.dumps(round_), object_hook=bare)


GROUP_FORMAT = FileFormat("group", "group", None, (_group_from_0,))
BOX_FORMAT = FileFormat(
    "ballot box", "round", ("round",), (lambda tables: tables,), default_schema=0
)
"""From schema 0 to 1 only schema and checksum are new."""
