"""The commands `show`, `export` and `verify`."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerreview.cli import files
from peerreview.cli.lazy import AS_JSON, FILE, PATH, ROUND, command
from peerreview.cli.output import print_note, print_result, print_text, write_document
from peerreview.domain.text import escaped
from peerreview.errors import FileError, UsageError
from peerreview.plain.finding import find_by_name

if TYPE_CHECKING:
    from peerreview.domain.rating.criteria import CriteriaSet
    from peerreview.domain.result.board import Board
    from peerreview.domain.summary.summary import Summary

_CHECKED = (
    "  the shape, nothing more shown than the voices allow, each street and each",
    "  word for the work against its numbers, each reason and each advice",
)


def read_summary_file(path: Path) -> "Summary":
    """Return the summary in a file, or on standard input for `-`.

    Raises:
        PeerReviewError: It can't be read, or isn't a summary.
    """
    from peerreview.domain.summary.reading import LARGEST_SUMMARY, read_summary

    return read_summary(files.read_bytes(path, LARGEST_SUMMARY), files.display_name(path))


def known_criteria_sets() -> "Mapping[str, CriteriaSet]":
    """Return the criteria sets of this program by their hashes."""
    from peerreview.shipped import load_criteria_sets

    return {criteria.hash: criteria for criteria in load_criteria_sets().values()}


@command(
    "show",
    "Print a board, or one partner.",
    "peerreview show gulf-coast-peers.group.json",
    "peerreview show gulf-coast-peers.group.json --round 3 --partner Alder",
    "peerreview show theirs.round-3.summary.json",
)
@FILE
@ROUND
@click.option("--partner", "name", metavar="NAME", help="One partner's page instead of the board.")
@click.option("--json", "as_json", is_flag=True, help="The summary as JSON.")
def show_(file: Path, number: int | None, name: str | None, as_json: bool) -> None:
    """Print the board of the group in FILE, or of a summary; - reads a summary from a stream."""
    if as_json:
        if name is not None:
            raise UsageError("--json gives the whole summary: leave out --partner")
        from peerreview.domain.summary.summary import summary_to_json

        write_document(summary_to_json(_make_summary(file, number)))
    else:
        print_result(False, {}, result_lines(file, number, name))


def result_lines(file: Path, number: int | None, name: str | None = None) -> list[str]:
    """Return the lines of the board of a group's round, or of a summary, or of one partner."""
    from peerreview.plain.board import board_text
    from peerreview.plain.partner import partner_text

    board = _read_board(file, number)
    if name is None:
        return board_text(board).split("\n")
    line = find_by_name(name, board.all_lines, lambda line: line.partner.names)
    return partner_text(board, line).split("\n")


def _read_board(file: Path, number: int | None) -> "Board":
    if _is_group(file):
        return files.open_services(file).results.board(number)
    from peerreview.domain.summary.summary import board_from_summary

    return board_from_summary(_make_summary(file, number), known_criteria_sets())


def _is_group(file: Path) -> bool:
    return file.name.endswith(files.GROUP_SUFFIX) or file.is_dir()


def _make_summary(file: Path, number: int | None) -> "Summary":
    if _is_group(file):
        return files.open_services(file).results.summary(number)
    summary = read_summary_file(file)
    if number not in (None, summary.round):
        where = files.display_name(file)
        raise UsageError(f"{where}: this is round {summary.round}: leave out --round")
    return summary


@command(
    "export",
    "Write the summary to take home.",
    "peerreview export gulf-coast-peers.group.json",
    "peerreview export gulf-coast-peers.group.json --markdown -o - | less",
)
@FILE
@ROUND
@click.option("-o", "--output", type=PATH, metavar="DIR", help="Where to; - is the stream.")
@click.option("--json", is_flag=True, help="Only the JSON, for scripts.")
@click.option("--markdown", "md", is_flag=True, help="Only the one-page Markdown, for people.")
@click.option("--force", is_flag=True, help="Overwrite files that are there.")
def export_(file: Path, number: int | None, output: Path | None, force: bool, **only: bool) -> None:
    """Write the summary of the group in FILE: NAME.round-3.summary.json and .summary.md beside it.

    Deal-breakers never leave the group; inside, the group goes by its label, not its name.
    """
    kinds = sorted(kind for kind, wanted in only.items() if wanted) or ["json", "md"]
    if output == files.STANDARD_STREAM and all(only.values()):
        raise UsageError("one stream, one document: choose --json or --markdown")
    documents = files.open_services(file).results.summary_documents(number)
    if output == files.STANDARD_STREAM:
        write_document(documents.texts[kinds[0]])
        return
    folder = output or file.parent
    if not folder.is_dir():
        raise FileError(f"{folder}: there is no such folder: make it, or name another one")
    stem = file.name.removesuffix(files.GROUP_SUFFIX)
    texts = documents.by_file_ending(kinds)
    targets = {folder / f"{stem}.{ending}": text for ending, text in texts.items()}
    existing = [path for path in targets if path.exists()]
    if existing and not force:
        raise FileError(f"{existing[0]}: is there already: add --force to overwrite it")
    for path, text in targets.items():
        files.write_text(path, text, overwrite=force)
        print_text(escaped(str(path)))
    print_note(
        f"inside, the group is called {documents.label!r}; the file's name is yours to choose"
    )


@command(
    "verify",
    "Check a summary that you were sent.",
    "peerreview verify gulf-coast-peers.round-3.summary.json",
)
@click.argument("summary", type=PATH)
@AS_JSON
def verify_(summary: Path, as_json: bool) -> int:
    """Check SUMMARY (- reads a stream): exit 0 if it holds, 1 if its words contradict its numbers.

    It can't tell whether the numbers are true: nobody signed them.
    """
    from peerreview.domain.summary.contradiction import find_contradictions

    where = files.display_name(summary)
    known = known_criteria_sets()
    content = read_summary_file(summary)
    contradictions = find_contradictions(content, known)
    foreign = sorted(name for name, hash_ in content.sets.items() if hash_ not in known)
    document = {
        "holds": not contradictions,
        "partners": len(content.partners),
        "contradictions": [escaped(sentence) for sentence in contradictions],
        "sets_not_known_here": foreign,
    }
    unknown = "  not checked: reasons of sets that this program doesn't know: " + ", ".join(foreign)
    holds = [f"{where}: holds", f"  checked for {len(content.partners)} partners:", *_CHECKED]
    lines = [*holds, unknown] if foreign else holds
    errors = [f"{where}: {sentence}" for sentence in contradictions]
    print_result(as_json, document, errors or lines)
    return 1 if contradictions else 0
