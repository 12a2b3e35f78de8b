"""The command line: commands that call services, and import what is slow only when they run."""

from peerreview.cli.main import main

__all__ = ["main"]
