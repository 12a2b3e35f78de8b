"""The screens and forms for the partners of a group."""
