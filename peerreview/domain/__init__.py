"""Values and pure functions: what a peer group, a ballot and a verdict are.

Nothing here knows files, clocks, chance or screens; only the standard library and pydantic.
"""
