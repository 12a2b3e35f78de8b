"""A watch of a round reports what has changed, and what went wrong."""

from pathlib import Path

import pytest
from stories import KIND, Calendar, fast_environment, five_partners, key_of, opened, rated

from peerreview.errors import BoxGoneError, FileError
from peerreview.services.group_services import GroupServices
from peerreview.services.round_watch import RoundWatch
from peerreview.store.vault import FileVault


def services_at(path: Path) -> GroupServices:
    return GroupServices(FileVault(path), fast_environment(Calendar()))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "gulf.group.json"
    five_partners(services_at(path))
    return path


@pytest.fixture
def services(path: Path) -> GroupServices:
    return services_at(path)


@pytest.fixture
def watch(path: Path) -> RoundWatch:
    """A watch in another program, which doesn't change the files itself."""
    return services_at(path).watch_round()


async def test_a_look_without_changes_keeps_the_view(
    services: GroupServices, watch: RoundWatch
) -> None:
    opened(services)
    assert await watch.look()
    view = watch.view
    assert not await watch.look()
    assert watch.view is view


async def test_a_look_sees_a_ballot_without_reading_the_group_again(
    services: GroupServices, watch: RoundWatch
) -> None:
    opened(services)
    await watch.look()
    group = watch.group
    rated(services, KIND)
    assert await watch.look()
    assert watch.group is group
    assert watch.progress and watch.progress.handed_in == 1


async def test_a_group_written_again_without_a_change_counts_as_unchanged(
    services: GroupServices, watch: RoundWatch, path: Path
) -> None:
    opened(services)
    await watch.look()
    copy = path.with_name("copy")
    copy.write_bytes(path.read_bytes())
    copy.replace(path)
    assert not await watch.look()


async def test_a_watch_sees_the_close(services: GroupServices, watch: RoundWatch) -> None:
    key = key_of(opened(services))
    rated(services, *[KIND] * 4)
    await watch.look()
    before = watch.view
    assert before and before.round_id and before.last_result == 0
    services.rounds.close(key, 4)
    assert await watch.look()
    assert watch.view and watch.view.progress is None and watch.view.round_id == ""
    assert watch.view.last_result == 1


async def test_a_close_in_the_middle_of_a_look_is_no_problem(
    services: GroupServices, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = key_of(opened(services))
    rated(services, *[KIND] * 4)
    vault = FileVault(path)
    still_open = vault.group.read()
    services.rounds.close(key, 4)
    groups = iter([still_open])
    read = vault.group.read
    monkeypatch.setattr(vault.group, "read", lambda: next(groups, None) or read())
    watch = RoundWatch(vault, fast_environment(Calendar()))
    await watch.look()
    assert watch.problem is None and watch.view and watch.progress is None


async def test_a_missing_box_is_a_problem_and_the_group_is_still_known(
    services: GroupServices, watch: RoundWatch, path: Path
) -> None:
    opened(services)
    path.with_name("gulf.round-1.box.json").unlink()
    assert await watch.look()
    assert isinstance(watch.problem, BoxGoneError)
    assert watch.group == services.rounds.group() and watch.view is None


async def test_a_missing_file_is_a_problem_until_it_comes_back(
    watch: RoundWatch, path: Path
) -> None:
    await watch.look()
    before = watch.view
    path.rename(path.with_name("elsewhere"))
    assert await watch.look()
    assert isinstance(watch.problem, FileError)
    assert watch.group is None and watch.view is before
    assert not await watch.look()
    path.with_name("elsewhere").rename(path)
    assert await watch.look()
    assert watch.problem is None and watch.view == before
