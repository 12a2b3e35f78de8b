"""ZERO: what of codes, keys, proofs and answers is on the disk, after a kill and after the close?

Looks into every file of the folder, as text and as bytes, in every spelling the product uses.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from random import Random

from benchmarks.anonymity.leak import swapped
from benchmarks.anonymity.result import NOTHING, Attack, Leak, Result, counted
from benchmarks.anonymity.scratch import Scratch, opinions, scratch
from peerreview.ballotbox.key import Stretcher, text
from peerreview.ballotbox.words import Words
from peerreview.services.rating import Seat

PARTNERS, RATERS = 6, 5


def played(seed: int) -> list[Result]:
    """Return how many secrets are found while the round is open and after its close."""
    here, after = _found(NOTHING, Random(seed))
    leaky = min(1.0, sum(_found(words_kept, Random(seed))))
    return [
        Result(Attack("ZERO", when, "every file", _found, words_kept, "words logged"),
               counted(count), 0, leaky)
        for when, count in (("after a kill", here), ("after the close", after))
    ]  # fmt: skip


def _found(leak: Leak, random: Random) -> tuple[int, int]:
    with leak(), scratch(PARTNERS, RATERS + 1) as round_:
        seats = [round_.turn(opinions(random, PARTNERS)) for _ in range(RATERS)]
        drawn = round_.services.rating.draw_code()  # and cut off: it never hands in
        secrets = [*secrets_of(round_, (*seats, drawn))]
        open_ = count_in(round_, secrets)
        round_.services.rating.give_back(drawn)
        salt = round_.box().head.salt.encode()
        round_.close(RATERS)
        boxes = sum(name.endswith(".box.json") for name in round_.files())
        return open_, count_in(round_, [*secrets, salt]) + boxes


def secrets_of(round_: Scratch, seats: Iterable[Seat]) -> Iterator[bytes]:
    """Yield all that must be nowhere: words in their spellings, keys, proofs, in text and bytes."""
    for seat in seats:
        yield from spellings(seat.code or ())
        raw = [seat.key.secret, *(seat.key.token(partner.id) for partner in seat.partners)]
        for each in raw:
            yield from (each, each.hex().encode(), text(each).encode())
    for key in round_.opening.keys:
        yield from spellings(key)


def spellings(words: Words) -> Iterator[bytes]:
    """Yield words as somebody might have written them down."""
    for between in (" ", "-", ",", ", ", '", "', "', '", "\n", ""):
        yield between.join(words).encode()


def count_in(round_: Scratch, secrets: Iterable[bytes]) -> int:
    """Return how many secrets stand in some file or file name of the folder."""
    files = round_.files()
    everything = [*files.values(), *(name.encode() for name in files)]
    return sum(any(secret in data for data in everything) for secret in secrets)


@contextmanager
def words_kept() -> Generator[None]:
    """A program that writes a diary of the words it stretches."""
    stretch, diary = Stretcher.stretch, list[str]()
    files = Scratch.files

    def leaky(stretcher: Stretcher, words: Words, salt: bytes) -> bytes:
        diary.append(" ".join(words))
        return stretch(stretcher, words, salt)

    def with_diary(round_: Scratch) -> dict[str, bytes]:
        (round_.folder / "peerreview.log").write_text("\n".join(diary), encoding="utf-8")
        return files(round_)

    with swapped(Stretcher, "stretch", leaky), swapped(Scratch, "files", with_diary):
        yield
