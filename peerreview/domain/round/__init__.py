"""Rounds: planned, open, closed; the box of an open one, and what a round promises."""
