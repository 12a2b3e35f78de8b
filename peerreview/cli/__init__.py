"""The command line: thin commands over the services; what is heavy is imported when it runs."""

from peerreview.cli.main import main

__all__ = ["main"]
