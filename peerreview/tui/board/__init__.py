"""The board and everything one reaches from it to look at a result."""
