"""A box's file as bytes: what another program made of it, and putting that right.

Knows documents and layout; must not know what a box is for. Callers hold the lock.
"""

from collections.abc import Iterator
from pathlib import Path

from peerreview.domain.round import Round
from peerreview.errors import FileError
from peerreview.store import durable
from peerreview.store.box_documents import box_of
from peerreview.store.box_layout import Layout
from peerreview.store.doctor.ailment import Ailment, found, outside
from peerreview.store.keeping import keep
from peerreview.store.migration import BOX
from peerreview.store.slot import LayoutError
from peerreview.store.tables import Document, Tables, parse


def rewritten(path: Path) -> Iterator[Ailment]:
    """Yield that a readable box isn't laid out in pigeonholes, if that is so."""
    data = path.read_bytes()
    tables = parse(data, path)
    if BOX.schema_of(tables, path) < BOX.schema:
        return  # the next write lays it out again
    text = _text(BOX.opened(tables, path))
    if text != data:
        what = "another program wrote it, so nothing lies in its place"
        todo = "let it be laid out again, with everything in it"
        yield found("layout", path, what, todo, lambda: _replaced(path, text, "laid out again"))


def changed(path: Path, round_: Round) -> Ailment:
    """Return what can be done about a head that doesn't fit its checksum.

    What the round says is known from the group; if the checksum then fits, all is as it was.
    """
    tables = parse(path.read_bytes(), path)
    there = tables["round"]["1"]
    known = {**there, **_said_by(round_)}
    mended, done = _whole(path, {**tables, "round": {"1": known}}), "put right"
    if not mended and known == there:
        mended = _whole(path, tables, trusted=True)
        done = "taken as it is: compare the three check words before anybody goes on"
    if not mended:
        return outside(path, "put back a copy of it, or discard the round")
    todo = f"put back a copy of it, or let it be {done}"
    return outside(path, todo, lambda: _replaced(path, mended, done))


def _said_by(round_: Round) -> Document:
    return {
        "round_id": round_.id,
        "number": round_.number,
        "partners": sorted(each.id for each in round_.partners),
        "heads": round_.heads,
        "turns": round_.turns,
        "keepers": str(round_.keepers),
    }


def _whole(path: Path, tables: Tables, *, trusted: bool = False) -> bytes:
    """Return the bytes of a box if the tables are one, else nothing."""
    try:
        return _text(BOX.opened(tables, path, trusted=trusted))
    except (FileError, LayoutError):
        return b""


def _text(tables: Tables) -> bytes:
    box = box_of(tables)
    return Layout.of(box).text(box)


def _replaced(path: Path, data: bytes, done: str) -> str:
    copy = keep(path, "before-repair")
    durable.replace(path, data)
    return f"{path.name}: {done}; {copy.name} is a copy, removed together with the box"
