"""One group in plain mode: its board, its partners, and the way to the turns."""

from peerreview.plain.board import board_text
from peerreview.plain.dialogue import LEAVE, Dialogue
from peerreview.plain.finding import find_by_name
from peerreview.plain.partner import partner_text
from peerreview.plain.turns import run_turns
from peerreview.services.group_services import GroupServices
from peerreview.services.sitting import NO_DRAFTS, DraftKeeper


def run_home(
    dialogue: Dialogue,
    services: GroupServices,
    readonly: bool = False,
    drafts: DraftKeeper = NO_DRAFTS,
) -> None:
    """Show the board, and then what the person asks for, until the person leaves or has gone.

    Args:
        dialogue: the dialogue with the person.
        services: the services of the group.
        readonly: whether turns, which change the group's box, aren't offered.
        drafts: keeps the answers of raters whose connection breaks.
    """
    with dialogue.report_errors():
        _show_board(dialogue, services)
    turn_key, turn_text = ("", "") if readonly else (" t", "t take a turn, ")
    question = f"b the board, p a partner, {turn_text}or the word {LEAVE}"
    answers = f"b p{turn_key} {LEAVE}"
    while (key := dialogue.choose(question, answers, at_end=LEAVE)) != LEAVE:
        with dialogue.report_errors():
            if key == "b":
                _show_board(dialogue, services)
            elif key == "p":
                _show_partner(dialogue, services)
            else:
                run_turns(dialogue, services, drafts)


def _show_board(dialogue: Dialogue, services: GroupServices) -> None:
    if progress := services.rounds.progress():
        dialogue.say(f"{progress.round.name.capitalize()} is open: {progress.words}.")
    for text in board_text(services.results.board()).split("\n"):
        dialogue.say(text)


def _show_partner(dialogue: Dialogue, services: GroupServices) -> None:
    board = services.results.board()
    name = dialogue.ask("Which partner? How the name begins is enough.")
    line = find_by_name(name, board.all_lines, lambda line: line.partner.names)
    for text in partner_text(board, line).split("\n"):
        dialogue.say(text)
