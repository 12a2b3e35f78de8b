"""A sample of what `benchmarks/damage.py` does to every byte, and a control that must notice."""

import random
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.damage import BOX_FILE, GROUP_FILE, KINDS, Story, find_outcomes
from peerreview.store.disk.migration import FileFormat

pytestmark = pytest.mark.slow
PLACES = {GROUP_FILE: 70, BOX_FILE: 70}


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return Story.live_through(tmp_path_factory.mktemp("story"))


def sample(story: Story, name: str) -> list[int]:
    return sorted(random.Random(name).sample(range(len(story.files[name])), PLACES[name]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", PLACES)
def test_no_damaged_byte_changes_a_result_unnoticed(
    story: Story, tmp_path: Path, name: str, kind: str
) -> None:
    counts = Counter(find_outcomes(story, tmp_path, name, kind, sample(story, name)))
    assert [outcome for outcome in counts if outcome.startswith("WRONG")] == []
    assert counts.total() == PLACES[name]


def test_the_check_notices_a_missing_checksum(
    story: Story, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a digit of a result, a letter of a name."""
    opened = FileFormat.check_and_migrate
    monkeypatch.setattr(
        FileFormat, "check_and_migrate", lambda *arguments, **_: opened(*arguments, trusted=True)
    )
    size = len(story.files[GROUP_FILE])  # one byte in 70 is such a one: look until it is found
    places = random.Random(GROUP_FILE).sample(range(size), size)
    seen = find_outcomes(story, tmp_path, GROUP_FILE, "flipped", places)
    assert any(outcome.startswith("WRONG: another group") for outcome in seen)
