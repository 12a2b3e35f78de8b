"""Looks after a group's files: finds what is wrong, and mends what loses nobody's ballot."""
