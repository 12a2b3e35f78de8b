"""The ballot box of an open round as a file of fixed slots."""
