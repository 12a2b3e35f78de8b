"""A group as lines: its board, its partners, and the way to the turns."""

from peerreview.plain.board import board_text
from peerreview.plain.dialogue import LEAVE, Dialogue
from peerreview.plain.finding import find_by_name
from peerreview.plain.partner import partner_text
from peerreview.plain.turns import turns
from peerreview.services.group_services import GroupServices
from peerreview.services.sitting import NO_DRAFTS, DraftKeeper


def home(
    talk: Dialogue,
    services: GroupServices,
    readonly: bool = False,
    drafts: DraftKeeper = NO_DRAFTS,
) -> None:
    """Show the board, and what is asked for, until somebody leaves or nobody is there.

    Args:
        talk: the person.
        services: the group.
        readonly: look, change nothing.
        drafts: keeps the answers of raters whose connection breaks.
    """
    with talk.complaints():
        _board(talk, services)
    rate, question = ("", "") if readonly else (" t", "t take a turn, ")
    question = f"b the board, p a partner, {question}or the word {LEAVE}"
    while (key := talk.choose(question, f"b p{rate} {LEAVE}", at_end=LEAVE)) != LEAVE:
        with talk.complaints():
            if key == "b":
                _board(talk, services)
            elif key == "p":
                _partner(talk, services)
            else:
                turns(talk, services, drafts)


def _board(talk: Dialogue, services: GroupServices) -> None:
    if progress := services.rounds.progress():
        talk.say(f"{progress.round.name.capitalize()} is open: {progress.words}.")
    for line in board_text(services.results.board()).split("\n"):
        talk.say(line)


def _partner(talk: Dialogue, services: GroupServices) -> None:
    board = services.results.board()
    name = talk.ask("Which partner? How the name begins is enough.")
    line = find_by_name(name, board.all_lines, lambda line: line.partner.names)
    for each in partner_text(board, line).split("\n"):
        talk.say(each)
