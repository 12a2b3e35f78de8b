"""Run property tests on the same examples every time; make `benchmarks` importable."""

import sys
from pathlib import Path

from hypothesis import settings

ROOT = str(Path(__file__).resolve().parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

settings.register_profile("laws", deadline=None, derandomize=True, database=None)
settings.load_profile("laws")
