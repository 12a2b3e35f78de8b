"""Codes, keys, sealing and opening: the part that keeps who said what unknowable.

It knows the shape of a box (domain/box.py), never where a box is kept or shown.
"""
