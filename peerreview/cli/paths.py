"""`paths`: where things live."""

import click

from peerreview.cli.lazy import example
from peerreview.cli.speaking import give_json, printable, say


@click.command(
    short_help="Print where things live.",
    epilog=example("peerreview paths", "peerreview paths --json"),
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(as_json: bool) -> None:
    """Print where settings, themes, recent groups and sample data live."""
    from peerreview.config import Places

    found = Places.found().named
    if as_json:
        give_json({name: str(path) for name, path in found.items()})
        return
    width = max(map(len, found))
    say("\n".join(f"{name:<{width}}  {printable(str(path))}" for name, path in found.items()))
