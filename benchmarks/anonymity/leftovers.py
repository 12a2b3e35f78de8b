"""ZERO on the disk: do codes, keys or tokens stay in a file after a kill or a close?

Every file of the folder is searched for every spelling that the product uses, as text and as bytes.
"""

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from random import Random

from benchmarks.anonymity.leaky_storage import replaced
from benchmarks.anonymity.result import NO_LEAK, Attack, Leak, Result, exact
from benchmarks.anonymity.scratch_round import ScratchRound, draw_opinions, scratch_round
from peerreview.ballotbox.key import Stretcher, to_base64
from peerreview.ballotbox.words import Words
from peerreview.services.rating import Seat

PARTNERS, RATERS = 6, 5


def play(seed: int) -> list[Result]:
    """Return how many secrets are in files while the round is open, and after its close."""
    while_open, after_close = _count_leftovers(NO_LEAK, Random(seed))
    control = min(1.0, sum(_count_leftovers(words_in_a_log, Random(seed))))

    def result(when: str, count: int) -> Result:
        attack = Attack(
            "ZERO", when, "every file", _count_leftovers, words_in_a_log, "words logged"
        )
        return Result(attack, exact(count), 0, control)

    return [result("after a kill", while_open), result("after the close", after_close)]


def _count_leftovers(leak: Leak, random: Random) -> tuple[int, int]:
    with leak(), scratch_round(PARTNERS, RATERS + 1) as scratch:
        seats = [scratch.take_turn(draw_opinions(random, PARTNERS)) for _ in range(RATERS)]
        killed = scratch.services.rating.draw_code()  # this rater never hands in a ballot
        secrets = [*secrets_of(scratch, (*seats, killed))]
        while_open = count_in_files(scratch, secrets)
        scratch.services.rating.give_back(killed)
        salt = scratch.box().head.salt.encode()
        scratch.close(RATERS)
        boxes = sum(name.endswith(".box.json") for name in scratch.files())
        return while_open, count_in_files(scratch, [*secrets, salt]) + boxes


def secrets_of(scratch: ScratchRound, seats: Iterable[Seat]) -> Iterator[bytes]:
    """Yield everything that no file may contain: codes, keys and tokens, as text and as bytes."""
    for seat in seats:
        yield from spellings(seat.code or ())
        for secret in (seat.key.secret, *(seat.key.token(partner.id) for partner in seat.partners)):
            yield from (secret, secret.hex().encode(), to_base64(secret).encode())
    for key in scratch.opening.keys:
        yield from spellings(key)


def spellings(words: Words) -> Iterator[bytes]:
    """Yield the words in all spellings that a file might contain."""
    for separator in (" ", "-", ",", ", ", '", "', "', '", "\n", ""):
        yield separator.join(words).encode()


def count_in_files(scratch: ScratchRound, secrets: Iterable[bytes]) -> int:
    """Return how many secrets are in a file or a file name of the folder."""
    files = scratch.files()
    haystack = [*files.values(), *(name.encode() for name in files)]
    return sum(any(secret in content for content in haystack) for secret in secrets)


@contextmanager
def words_in_a_log() -> Generator[None]:
    """The program logs the words that it stretches."""
    stretch, files, log = Stretcher.stretch, ScratchRound.files, list[str]()

    def logging_stretch(stretcher: Stretcher, words: Words, salt: bytes) -> bytes:
        log.append(" ".join(words))
        return stretch(stretcher, words, salt)

    def files_with_log(scratch: ScratchRound) -> dict[str, bytes]:
        (scratch.folder / "peerreview.log").write_text("\n".join(log), encoding="utf-8")
        return files(scratch)

    with (
        replaced(Stretcher, "stretch", logging_stretch),
        replaced(ScratchRound, "files", files_with_log),
    ):
        yield
