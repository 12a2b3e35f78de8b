"""`schema`: the published shape of a summary."""

import click

from peerreview.cli.lazy import example
from peerreview.cli.speaking import give_json


@click.command(
    short_help="Print the JSON Schema of summaries.",
    epilog=example("peerreview schema > summary.schema.json"),
)
@click.option("--json", "as_json", is_flag=True, help="As JSON, which it is anyway.")
def command(as_json: bool) -> None:
    """Print the JSON Schema (draft 2020-12) of the summaries that `export` writes."""
    from peerreview.domain.summary import Summary

    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    give_json(dialect | Summary.model_json_schema(mode="serialization"))
