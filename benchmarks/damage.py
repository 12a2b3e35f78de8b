"""Damage every byte of a group file and of a ballot box: `python -m benchmarks.damage`.

Each byte in turn is flipped, altered (to another digit or letter), dropped, or cut off with all
behind it. What may come of it: a refusal in one line, a repair that is said, the same values as
before, or a close that refuses or gives the same result. A traceback, or another result without a
word, is wrong. About four minutes.
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
WORLD = Environment(
    load_criteria_sets(), Stretcher(Strength(ops=1, memory=8192)), lambda: date(2026, 3, 2)
)
LATER = Environment(WORLD.sets, WORLD.stretcher, lambda: date(2026, 9, 2))
GROUP_FILE, BOX_FILE = "damaged.group.json", "damaged.round-2.box.json"


def filled(seat: Seat, rater: int) -> Draft:
    """Return a whole ballot; every rater thinks a little different."""
    draft = seat.blank_draft()
    for place, partner in enumerate(seat.partners):
        for question in seat.sets[partner.id].questions:
            answer = NO if question.section is Section.UGLY else 2 + (rater + place) % 4
            draft = draft.with_answer(partner.id, question.id, answer)
    return draft


@dataclass(frozen=True)
class Story:
    """A group with a result and an open box, one ballot of which isn't in yet."""

    files: dict[str, bytes]
    seat: Seat
    key: str
    group: Group
    box: Box
    release: Release

    @classmethod
    def told(cls, folder: Path) -> "Story":
        """Live through it in an empty folder."""
        vault = FileVault(folder / GROUP_FILE)
        services = GroupServices(vault, WORLD)
        services.setting_up.create("Gulf Coast Peers")
        for name in ("Alder Security", "Bayou Web Works", "Cobalt Voice"):
            services.setting_up.add(name, PartnerKind.PEER)
        key = _round(services, 5)
        services.rounds.close(key, 5)
        services = GroupServices(vault, LATER)
        key = _round(services, 4)
        seat = services.rating.draw_code(spare=True)
        files = {name: (folder / name).read_bytes() for name in (GROUP_FILE, BOX_FILE)}
        group, box = vault.group.read(), vault.box(2).read()
        return cls(files, seat, key, group, box, services.rounds.close(key, 4))

    def put_back(self, folder: Path, name: str, data: bytes) -> None:
        """Lay the files out as they were, one of them damaged."""
        for each in folder.iterdir():
            each.unlink()
        for other, whole in {**self.files, name: data}.items():
            (folder / other).write_bytes(whole)
            (folder / other).chmod(0o600)

    def close(self, folder: Path) -> str:
        """Try to close. Returns what comes of it."""
        try:
            release = GroupServices(FileVault(folder / GROUP_FILE), LATER).rounds.close(self.key, 4)
        except PeerReviewError as refusal:
            return _refused(refusal)
        return "same result" if release == self.release else "WRONG: another result"


def _round(services: GroupServices, ballots: int) -> str:
    hands = dict.fromkeys(each.id for each in services.rounds.ready_partners())
    prepared = services.rounds.prepare(Plan(hands, ballots, spares=1))
    services.rounds.open(prepared)
    for rater in range(ballots):
        seat = services.rating.draw_code()
        services.rating.cast(seat, filled(seat, rater))
    return " ".join(prepared.keys[0])


def _refused(refusal: PeerReviewError) -> str:
    return "refused" if str(refusal).isprintable() else "WRONG: a refusal in several lines"


def damaged(data: bytes, kind: str, place: int, dice: random.Random) -> bytes:
    """Return `data` with the byte at `place` damaged."""
    if kind == "cut off":
        return data[:place]
    return data[:place] + _instead(data[place : place + 1], kind, dice) + data[place + 1 :]


def _instead(byte: bytes, kind: str, dice: random.Random) -> bytes:
    if kind == "dropped":
        return b""
    alike = next((each.encode() for each in ALIKE if byte in each.encode()), b"")
    if kind == "altered" and alike:
        return dice.choice(alike.replace(byte, b"")).to_bytes(1, "big")
    return bytes([byte[0] ^ dice.randrange(1, 256)])


def outcomes(story: Story, folder: Path, name: str, kind: str, places: list[int]) -> Iterator[str]:
    """Yield what came of the damage at each place."""
    dice = random.Random(f"{name} {kind}")
    for place in places:
        story.put_back(folder, name, damaged(story.files[name], kind, place, dice))
        outcome = _group(story, folder) if name == GROUP_FILE else _box(story, folder)
        yield f"{outcome} at {place}" if outcome.startswith("WRONG") else outcome


def _group(story: Story, folder: Path) -> str:
    vault = FileVault(folder / GROUP_FILE)
    try:
        return "unchanged" if vault.group.read() == story.group else "WRONG: another group"
    except PeerReviewError as refusal:
        return _repaired(folder) or _refused(refusal)


def _box(story: Story, folder: Path) -> str:
    """Look, cast into it, close; if it can't be read, let the doctor try, then close."""
    vault = FileVault(folder / GROUP_FILE)
    try:
        if vault.box(2).read() == story.box:
            return "unchanged"
    except PeerReviewError:
        repaired = _repaired(folder)
        closed = story.close(folder)
        return repaired if repaired and closed in ("refused", "same result") else closed
    try:
        services = GroupServices(vault, LATER)
        services.rating.cast(story.seat, filled(story.seat, 0))
        services.rating.withdraw(story.seat)
    except PeerReviewError as refusal:
        if not str(refusal).isprintable():
            return _refused(refusal)
    return story.close(folder)


def _repaired(folder: Path) -> str:
    try:
        return "repaired" if FileDoctor(FileVault(folder / GROUP_FILE)).repair() else ""
    except PeerReviewError as refusal:
        return _refused(refusal)


def main() -> None:
    """Damage everything, print a table, and fail if anything is wrong."""
    wrong: list[str] = []
    with TemporaryDirectory() as first, TemporaryDirectory() as scratch:
        story = Story.told(Path(first))
        for name, data in story.files.items():
            for kind in KINDS:
                places = list(range(len(data)))
                counts = Counter(outcomes(story, Path(scratch), name, kind, places))
                wrong += [f"{name} {kind}: {each}" for each in counts if each.startswith("WRONG")]
                told = ", ".join(f"{count} {what}" for what, count in counts.most_common(4))
                print(f"{name:26} {kind:8} {len(data):6} places: {told}", flush=True)
    print("\n".join(wrong) or "nothing wrong")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
