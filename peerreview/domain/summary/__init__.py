"""The summary a group takes home, written, read and checked."""
