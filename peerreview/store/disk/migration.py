"""Schema numbers and checksums of files, and how an older schema becomes the newest.

The first document of a file carries a schema number and a checksum, so that a file that was
damaged, or changed by another program, never goes unnoticed. Must not know files.
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
    """The format of one kind of file.

    Attributes:
        name: the name of the kind in messages.
        head_table: the table whose only document carries schema and checksum.
        checksum_tables: the tables that the checksum covers; None for all tables.
        steps: step n makes schema n + 1 from schema n. A step changes nothing in place, and must
            accept any documents.
        default_schema: the schema of a file that names none; None if every file names one.
    """

    name: str
    head_table: str
    checksum_tables: tuple[str, ...] | None
    steps: tuple[Step, ...]
    default_schema: int | None = None

    @property
    def schema(self) -> int:
        """The newest schema, which is the one that is written."""
        return len(self.steps)

    def add_checksum(self, tables: Tables) -> Tables:
        """Return the tables with schema and checksum, ready to be written."""
        head = {"schema": self.schema, **tables[self.head_table]["1"]}
        checksum = self._checksum(self._with_head(tables, head))
        return self._with_head(tables, {**head, "checksum": checksum})

    def read_schema(self, tables: Tables, path: Path) -> int:
        """Return the schema of the tables in a file.

        Args:
            tables: everything that is in the file.
            path: the name of the file, for errors.

        Raises:
            ForeignError: It is no file of this kind.
            NewerError: This program doesn't know the schema yet.
        """
        heads = tables.get(self.head_table, {})
        has_one_head = set(heads) == {"1"}
        schema = heads["1"].get("schema", self.default_schema) if has_one_head else None
        if type(schema) is not int or schema < 0:
            reason = f"it isn't a {self.name} file of ours: check the name"
            raise file_error(path, reason, ForeignError)
        if schema > self.schema:
            reason = "written by a newer version of this program: install that one"
            raise file_error(path, reason, NewerError)
        return schema

    def check_and_migrate(self, tables: Tables, path: Path, *, trusted: bool = False) -> Tables:
        """Return the tables in the newest schema, without schema and checksum.

        Args:
            tables: everything that is in the file; it isn't changed.
            path: the name of the file, for errors.
            trusted: also accept tables that don't match their checksum.

        Raises:
            FileError: The file is foreign or newer, or doesn't match its checksum.
        """
        schema = self.read_schema(tables, path)
        head = dict(tables[self.head_table]["1"])
        checksum = head.pop("checksum", None)
        migrated = self._with_head(tables, head)
        is_without_checksum = not schema and checksum is None  # as the first files were
        if not (trusted or is_without_checksum) and checksum != self._checksum(migrated):
            reason = (
                "it was damaged, or changed by another program: "
                "put back a copy of it, or ask: peerreview doctor"
            )
            raise file_error(path, reason, ChangedError)
        head.pop("schema", None)
        for step in self.steps[schema:]:
            migrated = step(migrated)
        return migrated

    def _with_head(self, tables: Tables, head: Document) -> Tables:
        return {**tables, self.head_table: {"1": head}}

    def _checksum(self, tables: Tables) -> str:
        if self.checksum_tables is not None:
            tables = {name: tables[name] for name in self.checksum_tables}
        text = json.dumps(tables, sort_keys=True, separators=(",", ":")).encode("ascii")
        return blake2b(text, digest_size=_CHECKSUM_BYTES).hexdigest()


def _migrate_group_from_0(tables: Tables) -> Tables:
    """Add aliases, retirement and the label of the group; drop the hands that were counted."""
    head = tables["group"]["1"]
    label = f"group {str(head.get('id'))[:6]}"
    defaults: Document = {"aliases": [], "retired": False}
    partners = {
        number: defaults | document for number, document in tables.get("partners", {}).items()
    }
    rounds = {
        number: _without_hands(document) for number, document in tables.get("rounds", {}).items()
    }
    return {
        **tables,
        "group": {"1": {"label": label, **head}},
        "partners": partners,
        "rounds": rounds,
    }


def _without_hands(document: Document) -> Document:
    """Return a copy of a document without any field `hands`, also in documents inside it."""

    def drop_hands(fields: Document) -> Document:
        return {key: value for key, value in fields.items() if key != "hands"}

    return json.loads(json.dumps(document), object_hook=drop_hands)


def _migrate_box_from_0(tables: Tables) -> Tables:
    """Change nothing: only schema and checksum were added."""
    return tables


GROUP_FORMAT = FileFormat("group", "group", None, (_migrate_group_from_0,))
BOX_FORMAT = FileFormat("ballot box", "round", ("round",), (_migrate_box_from_0,), default_schema=0)
