"""`export`: a round's summary as files to take home."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerreview.cli import files
from peerreview.cli.lazy import example
from peerreview.cli.speaking import give, note, printable, say
from peerreview.errors import FileError, UsageError

if TYPE_CHECKING:
    from peerreview.domain.summary import Summary

_JSON, _PAGE = "json", "md"


@click.command(
    short_help="Write the summary to take home.",
    epilog=example(
        "peerreview export gulf-coast-peers.group.json",
        "peerreview export gulf-coast-peers.group.json --markdown -o - | less",
    ),
)
@click.argument("file", type=files.PATH)
@click.option(
    "--round", "number", type=click.IntRange(1), help="Which round; the last if left out."
)
@click.option("-o", "--output", type=files.PATH, metavar="DIR", help="Where to; - is the stream.")
@click.option("--json", "as_json", is_flag=True, help="Only the JSON, for scripts.")
@click.option("--markdown", "as_page", is_flag=True, help="Only the one-page Markdown, for people.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def command(
    *,
    file: Path,
    number: int | None,
    output: Path | None,
    as_json: bool,
    as_page: bool,
    force: bool,
) -> None:
    """Write the summary of the group in FILE: NAME.round-3.summary.json and .summary.md beside it.

    Deal-breakers never leave the group; inside, the group goes by its label, not its name.
    """
    wanted = [_JSON] * (as_json or not as_page) + [_PAGE] * (as_page or not as_json)
    if output == files.STREAM and as_json and as_page:
        raise UsageError("one stream, one document: choose --json or --markdown")
    summary = files.desk(file).results.summary(number)
    if output == files.STREAM:
        give(_text(summary, wanted[0]))
        return
    folder = output or file.parent
    if not folder.is_dir():
        raise FileError(f"{folder}: there is no such folder: make it, or name another one")
    stem = f"{file.name.removesuffix(files.SUFFIX)}.round-{summary.round}.summary"
    targets = {folder / f"{stem}.{kind}": kind for kind in wanted}
    there = [path for path in targets if path.exists()]
    if there and not force:
        raise FileError(f"{there[0]}: is there already: add --force to overwrite it")
    for path, kind in targets.items():
        files.write(path, _text(summary, kind), over=force)
        say(printable(str(path)))
    note(f"inside, the group is called {summary.group!r}; the file's name is yours to choose")


def _text(summary: "Summary", kind: str) -> str:
    if kind == _JSON:
        from peerreview.domain.summary import to_json

        return to_json(summary)
    from peerreview.domain.markdown import page

    return page(summary)
