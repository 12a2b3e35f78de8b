"""Taking a turn: from the code to the curtain."""
