"""Time a cast and a close at full size: `python -m benchmarks.ballot_box`.

Everything goes through the services, on real files, with the product's own strength. A cast of 60
partners may take 1.5 times as long as stretching one code (Argon2id), and a close of 30 ballots
about 60 partners may take one second. The time of the close is printed beside the least that it
needs: stretching the key once, and opening as many sealed rows with libsodium.
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
from peerreview.ballotbox.key import Strength, Stretcher, new_salt

CAST_AT_MOST, CLOSE_AT_MOST = 1.5, 1.0
_ROW_BYTES = 100
_WORDS = ("abandon", "ability", "able", "about")


def time_stretching() -> float:
    """Return the seconds of one Argon2id at the product's parameters."""
    stretcher, salt = Stretcher(Strength()), new_salt()
    start = perf_counter()
    stretcher.stretch(_WORDS, salt)
    return perf_counter() - start


def time_opening(rows: int) -> float:
    """Return the seconds that libsodium takes to open so many sealed rows."""
    private = PrivateKey.generate()
    sealed = SealedBox(private.public_key).encrypt(bytes(_ROW_BYTES))
    start = perf_counter()
    box = SealedBox(private)
    for _ in range(rows):
        box.decrypt(sealed)
    return perf_counter() - start


def time_casts(group: BigGroup, runs: int) -> list[tuple[float, float]]:
    """Return pairs of a cast and one stretching, in seconds, measured in turn."""
    services, random = group.services(), Random(2)
    pairs: list[tuple[float, float]] = []
    for _ in range(runs):
        seat = services.rating.draw_code()
        draft = draw_ballot(seat, random)
        start = perf_counter()
        services.rating.cast(seat, draft)
        pairs.append((perf_counter() - start, time_stretching()))
    return pairs


def time_closes(group: BigGroup, ballots: int, runs: int) -> list[tuple[float, float]]:
    """Return pairs of a close and its cryptography, in seconds; every close gets new files."""
    pairs: list[tuple[float, float]] = []
    for _ in range(runs):
        with TemporaryDirectory() as folder:
            copy = Path(shutil.copytree(group.path.parent, Path(folder) / "copy"))
            rounds = BigGroup(copy / group.path.name, group.key).services().rounds
            start = perf_counter()
            rounds.close(group.key, ballots)
            took = perf_counter() - start
        pairs.append((took, time_stretching() + time_opening(PARTNERS * (RATERS + 2))))
    return pairs


def main() -> None:
    """Measure both and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=11)
    runs = parser.parse_args().runs
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        cast_pairs = time_casts(make_big_group(Path(one), heads=60), runs)
        cast, stretch = (median(times) for times in zip(*cast_pairs, strict=True))
        full = make_big_group(Path(other), ballots=RATERS)
        close_pairs = time_closes(full, RATERS, runs)
        close, least = (median(times) for times in zip(*close_pairs, strict=True))
    verdict = "holds" if cast / stretch <= CAST_AT_MOST else "does not hold"
    print(f"cast, {PARTNERS} partners              {cast * 1000:7.1f} ms   median of {runs}")
    print(f"one Argon2id                   {stretch * 1000:7.1f} ms")
    print(f"ratio                          {cast / stretch:7.2f}      at most 1.5: {verdict}")
    size = f"{RATERS} ballots x {PARTNERS} partners"
    verdict = "holds" if close <= CLOSE_AT_MOST else "does not hold"
    print(f"close, {size} {close * 1000:7.1f} ms   at most 1 s: {verdict}")
    print(f"its cryptography alone         {least * 1000:7.1f} ms")
    print(f"ratio                          {close / least:7.2f}")


if __name__ == "__main__":
    main()
