"""What the program tells about itself: where things live, the shape of a summary, our commands."""

import click

from peerreview.cli.boundary import COMPLETE
from peerreview.cli.lazy import AS_JSON, command
from peerreview.cli.speaking import give_json, tell


@command("paths", "Print where things live.", "peerreview paths", "peerreview paths --json")
@AS_JSON
def paths_(as_json: bool) -> None:
    """Print where settings, themes, recent groups and sample data live."""
    from peerreview.config import Places

    found = Places.found()
    places = {
        "config": str(found.config),
        "settings": str(found.settings),
        "themes": str(found.themes),
        "recent": str(found.recent),
        "shipped themes": str(found.shipped_themes),
        "sample data": str(found.sample_data),
    }
    tell(as_json, places, (f"{name:<14}  {path}" for name, path in places.items()))


@command("schema", "Print the JSON Schema of summaries.", "peerreview schema > summary.schema.json")
@click.option("--json", is_flag=True, expose_value=False, help="As JSON, which it is anyway.")
def schema_() -> None:
    """Print the JSON Schema (draft 2020-12) of the summaries that `export` writes."""
    from peerreview.domain.summary import Summary

    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    give_json(dialect | Summary.model_json_schema(mode="serialization"))


@command("completion", "Teach a shell our commands.", "peerreview completion zsh >> ~/.zshrc")
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion_(context: click.Context, shell: str) -> None:
    """Print the lines that teach SHELL to complete our commands."""
    from click.shell_completion import shell_complete

    shell_complete(context.find_root().command, {}, "peerreview", COMPLETE, f"{shell}_source")
