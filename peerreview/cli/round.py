"""`round`: the family of commands about a round, for scripts."""

import click

from peerreview.cli.lazy import LazyGroup, example


@click.command(
    short_help="Open, watch, close or discard a round.",
    name="round",
    cls=LazyGroup,
    places={
        "open": "round_open",
        "status": "round_status",
        "close": "round_close",
        "discard": "round_discard",
    },
    epilog=example(
        "peerreview round open gulf-coast-peers.group.json --heads 12",
        "peerreview round close gulf-coast-peers.group.json --hands 12",
    ),
)
def command() -> None:
    """Open, watch, close or discard a round, without the screens."""
