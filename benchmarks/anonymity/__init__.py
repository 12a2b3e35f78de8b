"""The promise, attacked by ourselves: games, attackers, and leaky variants that must lose.

Everything goes through the product's real code, on scratch groups. Knows everything; nothing else
knows it.
"""
