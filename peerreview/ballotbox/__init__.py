"""The cryptography of the ballot box: codes, box keys, sealed rows, and opening a box.

It makes sure that nobody can find out who gave which answers. The shape of a box is defined in
`domain/round/box.py`.
"""
