"""The ballot box of an open round, in a file whose tickets and slots are overwritten in place."""
