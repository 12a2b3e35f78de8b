"""The commands of `round`, for scripts; `round open` has a module of its own."""

from pathlib import Path

import click

from peerreview.cli import files, output
from peerreview.cli.lazy import AS_JSON, FILE, PATH, LazyGroup, command
from peerreview.cli.output import print_note, print_result, print_text
from peerreview.errors import FileError

_LONGEST_KEY = 1_000


@command(
    "round",
    "Open, watch, close or discard a round.",
    "peerreview round open gulf-coast-peers.group.json --heads 12",
    "peerreview round close gulf-coast-peers.group.json --hands 12",
    cls=LazyGroup,
    modules={"open": "round_open", "status": "round", "close": "round", "discard": "round"},
)
def round_() -> None:
    """Open, watch, close or discard a round, without the screens."""


@command(
    "status",
    "Tell where the open round stands.",
    "peerreview round status gulf-coast-peers.group.json",
)
@FILE
@AS_JSON
def status_(file: Path, as_json: bool) -> int:
    """Tell where the open round in FILE stands; exit 1 if no round is open."""
    rounds = files.open_services(file).rounds
    group = rounds.group()
    progress = rounds.progress()
    if progress is None:
        none = {"group": group.name, "open": False, "rounds": group.next_round_number - 1}
        print_result(as_json, none, [f"{group.name}: no round is open"])
        return 1
    round_ = progress.round
    missing = progress.missing
    words = progress.check_words
    counts = {
        "partners": len(round_.partners),
        "heads": round_.heads,
        "drawn": progress.drawn,
        "handed_in": progress.handed_in,
    }
    document = {
        "group": group.name,
        "open": True,
        "round": round_.number,
        **counts,
        "missing": missing,
        "check_words": list(words),
        "rehearsal": round_.rehearsal,
        "minutes_left": progress.minutes_left,
    }
    lines = [f"  {name.replace('_', ' '):<13} {count}" for name, count in counts.items()]
    lines[-1] += f", {missing} more needed" if missing else ""
    lines.append(f"  check words   {' '.join(words)}")
    if round_.until:
        lines.append(f"  minutes left  {progress.minutes_left}")
    print_result(as_json, document, [f"{group.name}: {round_.name} is open", *lines])
    return 0


@command(
    "close",
    "Count, open the box, keep the result.",
    "peerreview round close gulf-coast-peers.group.json --hands 12",
    "cat key.txt | peerreview round close gulf-coast-peers.group.json --hands 12 --key-file -",
)
@FILE
@click.option("--hands", type=int, required=True, help="Hands of people who handed in a ballot.")
@click.option(
    "--key-file", type=PATH, help="The five words of a keeper, or of two, a line each; - reads a "
    "stream. Never typed as an argument: others could read it.",
)  # fmt: skip
def close_(file: Path, hands: int, key_file: Path | None) -> None:
    """Close the round in FILE: count, open the box, keep the result, delete the ballots."""
    services = files.open_services(file, writing=True)
    needed = services.rounds.group().require_open_round().keepers.keys_needed
    release = services.rounds.close(_keys(key_file, needed), hands)
    group = services.rounds.group()
    print_note("the ballots are gone; keepers, please tear up your slips")
    if release is None:
        print_text(f"{group.name}: the rehearsal is closed and gives no result")
        return
    print_text(f"{group.name}: round {release.round} is closed, {release.ballots} ballots")
    print_note(f"next: peerreview show {file}")


def _keys(key_file: Path | None, needed: int) -> str:
    """Return the keys that are needed, one in each line, asked for or read from a file.

    Raises:
        UsageError: There is no terminal to ask on.
        FileError: The file isn't text.
    """
    if key_file is None:
        question = "Keeper's key, five words"
        instead = "use --key-file -"
        return "\n".join(_ask(question, instead, hidden=True) for _ in range(needed))
    try:
        return files.read_bytes(key_file, _LONGEST_KEY).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(
            f"{files.display_name(key_file)}: this is no text: check the name"
        ) from error


@command(
    "discard",
    "Throw the box away unread.",
    'peerreview round discard gulf-coast-peers.group.json --name "Gulf Coast Peers"',
)
@FILE
@click.option("--name", help="The group's name, typed in full; asked for if left out.")
def discard_(file: Path, name: str | None) -> None:
    """Throw the open box in FILE away, ballots unread. There is no way back."""
    services = files.open_services(file, writing=True)
    question = "Type the group's name to throw the box away"
    instead = "add --name with that name"
    services.rounds.discard(_ask(question, instead) if name is None else name)
    print_text(f"{services.rounds.group().name}: the round is discarded, its ballots unread")


def _ask(question: str, instead: str, hidden: bool = False) -> str:
    """Return the answer to a question on the terminal.

    Raises:
        UsageError: There is no terminal; the message says what to do `instead`.
    """
    output.require_terminal(instead)
    return str(click.prompt(question, hide_input=hidden, err=True))
