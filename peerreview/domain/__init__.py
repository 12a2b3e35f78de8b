"""Values and pure functions: groups, rounds, ballots, results and summaries.

Nothing here reads files or clocks, makes random numbers or shows anything.
"""
