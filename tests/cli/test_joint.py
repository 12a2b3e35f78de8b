"""Two groups too small to rate alone: one joint group, one box, one result that both take home."""

import json
from pathlib import Path

from stories import Rater, Says, rated

from peerreview.domain.tally.verdict import Street
from peerreview.services.environment import Environment
from peerreview.services.group_services import GroupServices
from peerreview.store.vault import FileVault

from .conftest import Run

LISTS = {
    "gulf": "Alder Security,peer firm\nBayou Web Works,vendor\nCobalt Voice,vendor\n",
    "bay": "Alder Security,peer firm\nBayou Web Works,vendor\nDelta Printers,other\n",
}
BOTH_KNOW = {"Alder Security": Says(5, 5), "Bayou Web Works": Says(1, 5)}
GULF, BAY = Rater({**BOTH_KNOW, "Cobalt Voice": Says()}), Rater(BOTH_KNOW)


def two_groups(run: Run, scratch: Path) -> list[Path]:
    """Two groups that share two partners, in folders of their own."""
    groups: list[Path] = []
    for name, partners in LISTS.items():
        (scratch / "list.csv").write_text(partners, encoding="utf-8")
        run("new", name)
        run("import", f"{name}.group.json", "list.csv")
        (scratch / name).mkdir()
        groups.append((scratch / f"{name}.group.json").rename(scratch / name / "own.group.json"))
    return groups


def test_two_groups_of_three_have_a_round_together_and_both_take_it_home(
    run: Run, scratch: Path, environment: Environment
) -> None:
    gulf, bay = two_groups(run, scratch)
    before = [gulf.read_bytes(), bay.read_bytes()]
    assert run("round", "open", gulf, "--heads", "3").exit_code == 2  # alone they are too few

    joint = Path(run("new", "Gulf and Bay", "--with", gulf, "--with", bay).stdout.strip())
    keys = scratch / "keys.txt"
    opened = run("round", "open", joint, "--heads", "6", "--keepers", "one", "--key-out", keys)
    assert "6 people, 4 partners" in opened.stderr
    rated(GroupServices(FileVault(joint), environment), GULF, GULF, GULF, BAY, BAY, BAY)
    status = json.loads(run("round", "status", joint, "--json").stdout)
    assert (status["handed_in"], status["missing"]) == (6, 0)
    key = keys.read_text("utf-8").splitlines()[1].removeprefix("key 1")
    assert run("round", "close", joint, "--hands", "3", "--key-file", "-", stdin=key).exit_code == 1
    closed = run("round", "close", joint, "--hands", "6", "--key-file", "-", stdin=key)
    assert "Gulf and Bay: round 1 is closed, 6 ballots" in closed.stdout

    for own in (gulf, bay):
        home = run("export", joint, "-o", own.parent).stdout.splitlines()
        assert len(home) == 2
        summary = json.loads(Path(home[0]).read_text("utf-8"))
        assert run("verify", home[0]).exit_code == 0
        streets = {partner["name"]: partner["street"] for partner in summary["partners"]}
        assert streets["Alder Security"] == Street.TWO_WAY  # six voices, three of each group
        assert streets["Bayou Web Works"] == Street.ONE_WAY
        assert streets["Cobalt Voice"] == Street.TOO_FEW  # three know it, all of one group
        assert "Gulf" not in Path(home[0]).read_text("utf-8")
    assert [gulf.read_bytes(), bay.read_bytes()] == before
    assert not list(scratch.rglob("*.box.json"))
