"""A group as lines: its board, its partners, and the way to the turns."""

from peerreview.plain.board import board_text
from peerreview.plain.finding import find
from peerreview.plain.partner import partner_text
from peerreview.plain.talk import LEAVE, Talk
from peerreview.plain.turns import turns
from peerreview.services.group_services import Desk
from peerreview.services.turn import NOWHERE, Memory


def home(
    talk: Talk,
    desk: Desk,
    readonly: bool = False,
    memory: Memory = NOWHERE,
) -> None:
    """Show the board, and what is asked for, until somebody leaves or nobody is there.

    Args:
        talk: the person.
        desk: the group.
        readonly: look, change nothing.
        memory: where answers wait for whoever was cut off.
    """
    with talk.complaints():
        _board(talk, desk)
    rate, question = ("", "") if readonly else (" t", "t take a turn, ")
    question = f"b the board, p a partner, {question}or the word {LEAVE}"
    while (key := talk.choose(question, f"b p{rate} {LEAVE}", at_end=LEAVE)) != LEAVE:
        with talk.complaints():
            if key == "b":
                _board(talk, desk)
            elif key == "p":
                _partner(talk, desk)
            else:
                turns(talk, desk, memory)


def _board(talk: Talk, desk: Desk) -> None:
    if progress := desk.rounds.progress():
        talk.say(f"{progress.round.name.capitalize()} is open: {progress.words}.")
    for line in board_text(desk.results.board()).split("\n"):
        talk.say(line)


def _partner(talk: Talk, desk: Desk) -> None:
    board = desk.results.board()
    name = talk.ask("Which partner? How the name begins is enough.")
    line = find(name, board.everyone, lambda line: line.partner.names)
    for each in partner_text(board, line).split("\n"):
        talk.say(each)
