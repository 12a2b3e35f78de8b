"""The command `round open`, which makes a box and hands out its keys."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from peerreview.cli import files
from peerreview.cli.lazy import FILE, PATH, command
from peerreview.cli.output import print_note, print_text
from peerreview.domain.text import escaped
from peerreview.errors import RuleError, UsageError
from peerreview.plain.finding import find_by_name

if TYPE_CHECKING:
    from peerreview.domain.group.partner import Partner
    from peerreview.domain.round.plan import Plan
    from peerreview.services.group_services import GroupServices
    from peerreview.services.rounds import PreparedRound

_KEEPERS = {"one": "one", "two": "either of two", "two-of-three": "two of three"}


@command(
    "open",
    "Lay out the box, hand out the keys.",
    "peerreview round open gulf-coast-peers.group.json --heads 12 --key-out keys.txt",
    'peerreview round open gulf-coast-peers.group.json --heads 12 --hands "Alder=7"',
    "peerreview round open gulf-coast-peers.group.json --like-last --rehearsal",
)
@FILE
@click.option("--heads", type=click.IntRange(4, 60), help="People counted in the room.")
@click.option(
    "--like-last", is_flag=True, help="As the last round, but for what other options say."
)
@click.option("--spares", type=click.IntRange(0, 6), help="Codes beyond the heads: 2 as a rule.")
@click.option(
    "--voices", "floor", type=click.IntRange(4, 12),
    help="Voices a partner needs to be shown: 4 as a rule.",
)  # fmt: skip
@click.option(
    "--keepers", type=click.Choice(list(_KEEPERS)),
    help="Who gets a key: two, either of whom opens, as a rule.",
)  # fmt: skip
@click.option(
    "--minutes", type=click.IntRange(1, 999),
    help="Time to rate, shown to everybody; nothing closes by itself.",
)  # fmt: skip
@click.option("--rehearsal", is_flag=True, help="A round that ends without a result.")
@click.option("--hands", multiple=True, metavar="NAME=N", help="Hands shown for a partner.")
@click.option(
    "--partner", "names", multiple=True, metavar="NAME", help="Only this one; repeatable."
)
@click.option("--all", "everybody", is_flag=True, help="Every partner that is ready: the default.")
@click.option("--key-out", type=PATH, help="Write the keys to this new file (mode 0600).")
def open_(
    file: Path,
    key_out: Path | None,
    hands: tuple[str, ...],
    names: tuple[str, ...],
    everybody: bool,
    like_last: bool,
    **limits: Any,
) -> None:
    """Open a round in FILE and print the keepers' keys, once."""
    if everybody and names:
        raise UsageError("--all and --partner don't go together: choose one")
    services = files.open_services(file, writing=True)
    for sentence in services.rounds.folder_risks():
        print_note(f"careful: {sentence}")
    like = _base_plan(services, like_last)
    partners = _choose_partners(services, names)
    if like.hands and not everybody and not names:
        partners = tuple(partner for partner in partners if partner.id in like.hands)
    counted = dict(_read_hands(text, partners) for text in hands)
    plan = _complete_plan(
        like, {partner.id: counted.get(partner.id) for partner in partners}, limits
    )
    prepared = services.rounds.prepare(plan)
    _hand_over(prepared, key_out)
    try:
        opened = services.rounds.open(prepared)
    except BaseException:
        if key_out:
            key_out.unlink(missing_ok=True)
        raise
    print_note(f"{opened.name} is open: {plan.heads} people, {len(plan.hands)} partners")
    print_note(plan.forecast.sentence)


def _base_plan(services: "GroupServices", last: bool) -> "Plan":
    from peerreview.domain.round.plan import Plan

    rounds = services.rounds.group().rounds
    if last and not rounds:
        raise RuleError("there is no round yet that this one could be like: say --heads")
    if not last:
        return Plan()
    return Plan.repeat_of(rounds[-1], (partner.id for partner in services.rounds.ready_partners()))


def _complete_plan(plan: "Plan", hands: dict[str, int | None], limits: dict[str, Any]) -> "Plan":
    from peerreview.domain.round.round import KeeperRule

    given = {name: value for name, value in limits.items() if value is not None}
    if "keepers" in given:
        given["keepers"] = KeeperRule(_KEEPERS[given["keepers"]])
    plan = replace(plan, hands=hands, **given)
    if not plan.heads:
        raise UsageError("say how many people are in the room: --heads N")
    return plan


def _choose_partners(services: "GroupServices", names: Sequence[str]) -> tuple["Partner", ...]:
    """Return the named partners, or all that are ready; print which ones rest."""
    resting = services.rounds.resting_until()
    if names:
        active = services.rounds.group().active_partners
        named = [find_by_name(name, active, lambda partner: partner.names) for name in names]
        return tuple({partner.id: partner for partner in named}.values())
    for partner in services.rounds.group().active_partners:
        if again := resting.get(partner.id):
            print_note(
                f"left out: {partner.name} was shown lately, can be rated again from {again}"
            )
    ready = services.rounds.ready_partners()
    if not ready:
        raise RuleError("no partner is ready to be rated: import some, or wait")
    return ready


def _read_hands(text: str, partners: Sequence["Partner"]) -> tuple[str, int]:
    name, _, number = text.rpartition("=")
    if not name or not (number.isascii() and number.isdigit()) or len(number) > 2:
        raise UsageError(f"{text}: write hands as NAME=NUMBER")
    return find_by_name(name, partners, lambda partner: partner.names).id, int(number)


def _hand_over(prepared: "PreparedRound", key_out: Path | None) -> None:
    """Print or write the keys, before the round is stored: nobody could open it without them."""
    lines = [f"check words    {' '.join(prepared.check_words)}"]
    keys = [f"key {number}          {' '.join(key)}" for number, key in enumerate(prepared.keys, 1)]
    if key_out:
        files.write_text(key_out, "\n".join([*lines, *keys]) + "\n")
        print_note(
            f"{escaped(str(key_out))}: the keys are in there, for the keepers and nobody else"
        )
        print_text(lines[0])
        return
    print_text("\n".join([*lines, *keys]))
    print_note("the keys are shown once: each keeper writes one down, nobody else looks")
