"""What people do at a meetup, key by key, and what they read off the screen meanwhile."""

from dataclasses import dataclass

from e2e.terminal import Terminal

QUICK = "44x"
"""A partner on the quick ballot: what they sent us, what we sent them, no deal-breakers."""
TURNS = "codes drawn"
HAVE_IT, SEEN = "y", " "
"""Keys that nobody presses by accident: the code is in my head, I have seen my receipt."""


@dataclass(frozen=True)
class Slip:
    """What a rater takes home from a turn."""

    code: str
    receipt: str


def draw(terminal: Terminal) -> str:
    """Draw a code on the turn screen, read it, and go on to the ballot."""
    terminal.wait_for(TURNS)
    terminal.press("enter")
    terminal.wait_for("I have it")
    code = " ".join(terminal.read(r"^ *([a-z]+(?: {3}[a-z]+){3})$").split())
    terminal.press(HAVE_IT)
    terminal.wait_for("BALLOT", "0/")
    return code


def press_cast(terminal: Terminal) -> None:
    """Check the ballot, go to the button that hands it in, and press it."""
    terminal.press("c")
    cast, back = "Cast my ballot", "Back to rating"
    terminal.wait_for("CHECK AND CAST", cast, back)
    terminal.press("c")
    terminal.wait_until(
        lambda: terminal.ground(cast) != terminal.ground(back), "the focus on the button"
    )
    terminal.press("enter")


def cast(terminal: Terminal) -> str:
    """Check and cast from the ballot; return the receipt's two words."""
    press_cast(terminal)
    return terminal.read(r"Receipt: ([a-z]+ [a-z]+)\.")


def pass_on(terminal: Terminal) -> None:
    """Draw the curtain, and open it for the next one."""
    terminal.press(SEEN)
    terminal.wait_for("pass the laptop on")
    terminal.press("enter")
    terminal.wait_for(TURNS)


def take_turn(terminal: Terminal, partners: int, keys: str) -> Slip:
    """A whole turn: draw, press the keys that rate so many partners, cast, pass on."""
    code = draw(terminal)
    terminal.press(keys)
    terminal.wait_for(f"{partners}/{partners}")
    receipt = cast(terminal)
    pass_on(terminal)
    return Slip(code, receipt)


def enter_code(terminal: Terminal, code: str) -> None:
    """Type a code on the turn screen, four letters of each word."""
    terminal.press("m")
    terminal.wait_for("Your code: four words")
    terminal.type(" ".join(word[:4] for word in code.split()))


def leave_turns(terminal: Terminal) -> None:
    """Leave the turn screen, as the facilitator does."""
    terminal.press("esc")
    terminal.wait_for("to leave the turns")
    terminal.type("leave")
    terminal.wait_for("BOARD")


def close_box(terminal: Terminal, hands: int, key: str) -> None:
    """Close the box from the board."""
    terminal.press("c")
    place = "four letters of each"
    terminal.wait_for("Hands up, please", place)
    before = terminal.ground(place)
    terminal.type(str(hands))
    terminal.wait_until(lambda: terminal.ground(place) != before, "the focus on the key")
    terminal.type(key)
    terminal.wait_for("BOARD", "The box is closed")
    terminal.wait_until_gone("The box is closed")  # and the reveal, which a key would end


def quit_from_board(terminal: Terminal) -> None:
    """Leave the program by its own key; it ends well."""
    terminal.press("q")
    assert terminal.exit_code() == 0


def scroll_down_to(terminal: Terminal, part: str) -> None:
    """Scroll a long page, line by line, until it shows `part`."""
    while part not in terminal.text:
        before = terminal.text
        terminal.press("j")
        terminal.wait_until(lambda before=before: terminal.text != before, f"more, up to {part!r}")
