"""Rounds: their plan, their states, the shape of their box, and what they promise to raters."""
