"""The attack suite: games, attacks, and leaky variants of the product on which attacks must work.

Everything runs the product's own code, on scratch groups. This package may import every other one;
no other package imports it.
"""
