"""Damage every byte of a group file and of a ballot box: `python -m benchmarks.damage`.

One byte after the other is flipped, altered (to another digit or letter), dropped, or cut off with
everything after it. Allowed outcomes are a refusal in one line, a repair that is reported, the same
values as before, and a close that refuses or gives the same result. A traceback is wrong, and so is
another result without a message. It takes about four minutes.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.domain.group.group import Group
from peerreview.domain.group.partner import PartnerKind
from peerreview.domain.rating.ballot import Draft
from peerreview.domain.rating.criteria import Section
from peerreview.domain.rating.scale import NO
from peerreview.domain.round.box import Box
from peerreview.domain.round.plan import Plan
from peerreview.domain.tally.release import Release
from peerreview.errors import PeerReviewError
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.services.rating import Seat
from peerreview.shipped import load_criteria_sets
from peerreview.store.doctor.doctor import FileDoctor
from peerreview.store.vault import FileVault

KINDS = ("flipped", "altered", "dropped", "cut off")
ALIKE = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
ENVIRONMENT = Environment(
    load_criteria_sets(), Stretcher(Strength(ops=1, memory=8192)), lambda: date(2026, 3, 2)
)
LATER_ENVIRONMENT = Environment(ENVIRONMENT.sets, ENVIRONMENT.stretcher, lambda: date(2026, 9, 2))
GROUP_FILE, BOX_FILE = "damaged.group.json", "damaged.round-2.box.json"


def fill_draft(seat: Seat, rater: int) -> Draft:
    """Return a whole ballot; the answers differ from rater to rater."""
    draft = seat.blank_draft()
    for place, partner in enumerate(seat.partners):
        for question in seat.sets[partner.id].questions:
            answer = NO if question.section is Section.UGLY else 2 + (rater + place) % 4
            draft = draft.with_answer(partner.id, question.id, answer)
    return draft


@dataclass(frozen=True)
class Story:
    """A group with a result and an open box in which one drawn code has no ballot yet.

    Attributes:
        files: the contents of the group file and the box file, by name.
        seat: the seat of the code without a ballot.
        key: a keeper's key of the open box.
        group: the group as it is in the file.
        box: the box as it is in the file.
        release: what a close of the undamaged box releases.
    """

    files: dict[str, bytes]
    seat: Seat
    key: str
    group: Group
    box: Box
    release: Release

    @classmethod
    def live_through(cls, folder: Path) -> "Story":
        """Play both rounds in an empty folder."""
        vault = FileVault(folder / GROUP_FILE)
        services = GroupServices(vault, ENVIRONMENT)
        services.setting_up.create("Gulf Coast Peers")
        for name in ("Alder Security", "Bayou Web Works", "Cobalt Voice"):
            services.setting_up.add(name, PartnerKind.PEER)
        key = _hold_round(services, 5)
        services.rounds.close(key, 5)
        services = GroupServices(vault, LATER_ENVIRONMENT)
        key = _hold_round(services, 4)
        seat = services.rating.draw_code(spare=True)
        files = {name: (folder / name).read_bytes() for name in (GROUP_FILE, BOX_FILE)}
        group, box = vault.group.read(), vault.box(2).read()
        return cls(files, seat, key, group, box, services.rounds.close(key, 4))

    def put_back(self, folder: Path, name: str, data: bytes) -> None:
        """Write the files as they were, but the named one with `data`."""
        for path in folder.iterdir():
            path.unlink()
        for other, whole in {**self.files, name: data}.items():
            (folder / other).write_bytes(whole)
            (folder / other).chmod(0o600)

    def close(self, folder: Path) -> str:
        """Try to close; return the outcome."""
        try:
            release = GroupServices(FileVault(folder / GROUP_FILE), LATER_ENVIRONMENT).rounds.close(
                self.key, 4
            )
        except PeerReviewError as refusal:
            return _describe_refusal(refusal)
        return "same result" if release == self.release else "WRONG: another result"


def _hold_round(services: GroupServices, ballots: int) -> str:
    hands = dict.fromkeys(partner.id for partner in services.rounds.ready_partners())
    prepared = services.rounds.prepare(Plan(hands, ballots, spares=1))
    services.rounds.open(prepared)
    for rater in range(ballots):
        seat = services.rating.draw_code()
        services.rating.cast(seat, fill_draft(seat, rater))
    return " ".join(prepared.keys[0])


def _describe_refusal(refusal: PeerReviewError) -> str:
    return "refused" if str(refusal).isprintable() else "WRONG: a refusal in several lines"


def damage(data: bytes, kind: str, place: int, dice: random.Random) -> bytes:
    """Return `data` with the byte at `place` damaged; `kind` is one of KINDS."""
    if kind == "cut off":
        return data[:place]
    return data[:place] + _replacement(data[place : place + 1], kind, dice) + data[place + 1 :]


def _replacement(byte: bytes, kind: str, dice: random.Random) -> bytes:
    if kind == "dropped":
        return b""
    alike = next((chars.encode() for chars in ALIKE if byte in chars.encode()), b"")
    if kind == "altered" and alike:
        return dice.choice(alike.replace(byte, b"")).to_bytes(1, "big")
    return bytes([byte[0] ^ dice.randrange(1, 256)])


def find_outcomes(
    story: Story, folder: Path, name: str, kind: str, places: list[int]
) -> Iterator[str]:
    """Yield the outcome of the damage at each place."""
    dice = random.Random(f"{name} {kind}")
    for place in places:
        story.put_back(folder, name, damage(story.files[name], kind, place, dice))
        outcome = _check_group(story, folder) if name == GROUP_FILE else _check_box(story, folder)
        yield f"{outcome} at {place}" if outcome.startswith("WRONG") else outcome


def _check_group(story: Story, folder: Path) -> str:
    vault = FileVault(folder / GROUP_FILE)
    try:
        return "unchanged" if vault.group.read() == story.group else "WRONG: another group"
    except PeerReviewError as refusal:
        return _try_repair(folder) or _describe_refusal(refusal)


def _check_box(story: Story, folder: Path) -> str:
    """Read the box, cast and withdraw, close; if it can't be read, try a repair, then close."""
    vault = FileVault(folder / GROUP_FILE)
    try:
        if vault.box(2).read() == story.box:
            return "unchanged"
    except PeerReviewError:
        repaired = _try_repair(folder)
        closed = story.close(folder)
        return repaired if repaired and closed in ("refused", "same result") else closed
    try:
        services = GroupServices(vault, LATER_ENVIRONMENT)
        services.rating.cast(story.seat, fill_draft(story.seat, 0))
        services.rating.withdraw(story.seat)
    except PeerReviewError as refusal:
        if not str(refusal).isprintable():
            return _describe_refusal(refusal)
    return story.close(folder)


def _try_repair(folder: Path) -> str:
    try:
        return "repaired" if FileDoctor(FileVault(folder / GROUP_FILE)).repair() else ""
    except PeerReviewError as refusal:
        return _describe_refusal(refusal)


def main() -> None:
    """Damage everything and print a table; the exit code is 1 if anything is wrong."""
    wrong: list[str] = []
    with TemporaryDirectory() as first, TemporaryDirectory() as scratch:
        story = Story.live_through(Path(first))
        for name, data in story.files.items():
            for kind in KINDS:
                places = list(range(len(data)))
                counts = Counter(find_outcomes(story, Path(scratch), name, kind, places))
                wrong += [
                    f"{name} {kind}: {outcome}" for outcome in counts if outcome.startswith("WRONG")
                ]
                summary = ", ".join(
                    f"{count} {outcome}" for outcome, count in counts.most_common(4)
                )
                print(f"{name:26} {kind:8} {len(data):6} places: {summary}", flush=True)
    print("\n".join(wrong) or "nothing wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
