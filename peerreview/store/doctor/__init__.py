"""Looks for problems in the files of a group, and repairs what can be repaired."""
