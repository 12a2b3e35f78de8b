"""Casting and closing at full size: `python -m benchmarks.ballot_box`.

Everything goes through the services, on real files, with the product's own strength. A cast of 60
partners may take 1.5 times one stretching of a code (Argon2id); a close of 30 ballots about 60
partners one second. Beside the close stands what cannot be left out: one stretching of the key,
and opening that many sealed rows with libsodium.
"""

import argparse
import shutil
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from nacl.public import PrivateKey, SealedBox

from benchmarks.big_group import PARTNERS, RATERS, BigGroup, draw_ballot, make_big_group
from peerreview.ballotbox.key import Strength, Stretcher
from peerreview.ballotbox.key import new_salt as new_salt

CAST_AT_MOST, CLOSE_AT_MOST = 1.5, 1.0
_ROW_BYTES = 100
_WORDS = ("abandon", "ability", "able", "about")


def stretching() -> float:
    """Return the seconds of one Argon2id at the product's parameters."""
    stretcher, salt = Stretcher(Strength()), new_salt()
    start = perf_counter()
    stretcher.stretch(_WORDS, salt)
    return perf_counter() - start


def opening(rows: int) -> float:
    """Return the seconds that libsodium takes to open so many sealed rows."""
    private = PrivateKey.generate()
    sealed = SealedBox(private.public_key).encrypt(bytes(_ROW_BYTES))
    start = perf_counter()
    box = SealedBox(private)
    for _ in range(rows):
        box.decrypt(sealed)
    return perf_counter() - start


def casts(group: BigGroup, runs: int) -> list[tuple[float, float]]:
    """Return (a cast, one stretching) in seconds, taken in turn."""
    services, found = group.services(), list[tuple[float, float]]()
    chance = Random(2)
    for _ in range(runs):
        seat = services.rating.draw_code()
        draft = draw_ballot(seat, chance)
        start = perf_counter()
        services.rating.cast(seat, draft)
        found.append((perf_counter() - start, stretching()))
    return found


def closes(group: BigGroup, ballots: int, runs: int) -> list[tuple[float, float]]:
    """Return (a close, its cryptography) in seconds, each close on a fresh copy of the files."""
    found: list[tuple[float, float]] = []
    for _ in range(runs):
        with TemporaryDirectory() as folder:
            copy = Path(shutil.copytree(group.path.parent, Path(folder) / "copy"))
            rounds = BigGroup(copy / group.path.name, group.key).services().rounds
            start = perf_counter()
            rounds.close(group.key, ballots)
            took = perf_counter() - start
        found.append((took, stretching() + opening(PARTNERS * (RATERS + 2))))
    return found


def main() -> None:
    """Measure both and print them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        cast, stretch = (
            median(each)
            for each in zip(*casts(make_big_group(Path(one), heads=60), runs), strict=True)
        )
        full = make_big_group(Path(other), ballots=RATERS)
        close, least = (median(each) for each in zip(*closes(full, RATERS, runs), strict=True))
    held = "holds" if cast / stretch <= CAST_AT_MOST else "does not hold"
    print(f"cast, {PARTNERS} partners              {cast * 1000:7.1f} ms   median of {runs}")
    print(f"one Argon2id                   {stretch * 1000:7.1f} ms")
    print(f"ratio                          {cast / stretch:7.2f}      at most 1.5: {held}")
    size = f"{RATERS} ballots x {PARTNERS} partners"
    held = "holds" if close <= CLOSE_AT_MOST else "does not hold"
    print(f"close, {size} {close * 1000:7.1f} ms   at most 1 s: {held}")
    print(f"its cryptography alone         {least * 1000:7.1f} ms")
    print(f"ratio                          {close / least:7.2f}")


if __name__ == "__main__":
    main()
