"""`new` and `import`: a group in this folder, and every row of a list accounted for."""

import json
from pathlib import Path

import pytest

from peerreview.cli.files import open_services

from .conftest import FILE, Run

LIST = """\
name,kind,aliases
Alder Security,peer firm,
Aldr Security,vendor,
ALDER SECURITY INC,vendor,
Bayou Web Works,plumber,Bayou
\x1b[31mred,vendor,
"""


def test_a_new_group_is_a_file_in_this_folder(run: Run, scratch: Path) -> None:
    result = run("new", "Gulf Coast Peers")
    assert (result.exit_code, result.stdout) == (0, f"{FILE}\n")
    assert "next: peerreview import" in result.stderr
    assert (scratch / FILE).stat().st_mode & 0o777 == 0o600


def test_a_group_is_never_written_over(run: Run, scratch: Path) -> None:
    run("new", "Gulf Coast Peers")
    before = (scratch / FILE).read_bytes()
    result = run("new", "gulf coast PEERS!")
    assert result.exit_code == 3 and FILE in result.stderr
    assert (scratch / FILE).read_bytes() == before


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\x1b[2Jb", "a\u202eb"])
def test_an_invalid_group_name_is_wrong_use(run: Run, scratch: Path, name: str) -> None:
    result = run("new", name)
    assert result.exit_code == 2 and "can't be a group's name" in result.stderr
    assert list(scratch.iterdir()) == []


def test_a_dry_run_changes_nothing_and_predicts_the_import(run: Run, scratch: Path) -> None:
    run("new", "Gulf Coast Peers")
    (scratch / "list.csv").write_text(LIST, encoding="utf-8")
    before = (scratch / FILE).read_bytes()
    rehearsed = run("import", FILE, "list.csv", "--dry-run")
    assert (scratch / FILE).read_bytes() == before
    real = run("import", FILE, "list.csv")
    assert real.exit_code == rehearsed.exit_code == 0
    assert real.output == rehearsed.output
    assert real.stdout == ("5 read, 2 new, 1 you have, 1 looks like one you have, 1 refused\n")
    assert real.stderr.splitlines() == [
        "line 3: Aldr Security: looks like one you have: Alder Security",
        "line 4: ALDER SECURITY INC: you have: Alder Security",
        "line 5: Bayou Web Works: new: the kind 'plumber' isn't known: taken as other",
        "line 6: \ufffd[31mred: refused: it holds a control character (U+001B)",
    ]
    again = run("import", FILE, "list.csv")
    assert again.stdout == "5 read, 0 new, 3 you have, 1 looks like one you have, 1 refused\n"


def test_a_list_comes_from_a_stream_in_any_encoding(run: Run) -> None:
    run("new", "Gulf Coast Peers")
    for text, encoding in (("Café Nord;vendor\n", "cp1252"), ("Zürich|peer\n", "utf-16")):
        result = run("import", FILE, "-", stdin=text.encode(encoding))
        assert result.stdout == "1 read, 1 new\n"
    assert [
        partner.name for partner in open_services(Path(FILE)).rounds.group().active_partners
    ] == [
        "Café Nord",
        "Zürich",
    ]


def test_import_reports_every_row_as_json(run: Run, group: Path) -> None:
    result = run("import", group, "-", "--json", "--dry-run", stdin="Alder Security\n\x07,peer\n")
    document = json.loads(result.stdout)
    assert document["summary"] == "2 read, 0 new, 1 you have, 1 refused"
    assert [row["fate"] for row in document["rows"]] == ["you have", "refused"]
    assert result.stderr == ""


def test_an_import_fails_only_if_no_row_could_be_read(run: Run, group: Path) -> None:
    assert run("import", group, "-", stdin="name,kind\n\x07,peer\n").exit_code == 1
    assert run("import", group, "-", stdin="Alder Security\n").exit_code == 0


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the list is empty"),
        (b"PK\x03\x04\x00", "save the list as CSV"),
        (b'name\n"open\n', "line 2"),
        (b"x" * 1_000_001, "larger than 1 MB"),
    ],
    ids=["empty", "xlsx", "quotes", "huge"],
)
def test_a_file_that_is_not_a_list_is_bad_input(
    run: Run, group: Path, content: bytes, what: str
) -> None:
    before = group.read_bytes()
    Path("list.csv").write_bytes(content)
    from_file, from_stream = (
        run("import", group, "list.csv"),
        run("import", group, "-", stdin=content),
    )
    assert from_file.exit_code == from_stream.exit_code == 3
    assert from_file.stderr.startswith("peerreview: list.csv: ") and what in from_file.stderr
    assert from_stream.stderr.startswith("peerreview: standard input: ")
    assert group.read_bytes() == before


def test_two_groups_rate_together(run: Run, scratch: Path) -> None:
    shared = "Alder Security,peer firm,\nBayou Web Works,vendor,\n"
    for name, theirs in (("Gulf", "Cobalt Voice,vendor,"), ("Bay", "Cobolt Voice,peer firm,")):
        run("new", name)
        (scratch / "list.csv").write_text(shared + theirs, encoding="utf-8")
        run("import", f"{name.lower()}.group.json", "list.csv")
    before = [(scratch / f"{name}.group.json").read_bytes() for name in ("gulf", "bay")]
    result = run("new", "Both", "--with", "gulf.group.json", "--with", "bay.group.json")
    assert (result.exit_code, result.stdout) == (0, "both.group.json\n")
    assert result.stderr.splitlines()[:2] == [
        "Cobolt Voice: looks like one you have: Cobalt Voice",
        "6 read, 3 new, 2 you have, 1 looks like one you have; "
        "in your own groups, let them rest for 60 days after this round",
    ]
    names = {
        partner.name
        for partner in open_services(scratch / "both.group.json").rounds.group().partners
    }
    assert names == {"Alder Security", "Bayou Web Works", "Cobalt Voice"}
    assert before == [(scratch / f"{name}.group.json").read_bytes() for name in ("gulf", "bay")]


def test_a_missing_group_prevents_a_joint_group(run: Run, scratch: Path) -> None:
    result = run("new", "Both", "--with", "gulf.group.json")
    assert result.exit_code == 3 and "gulf.group.json: it isn't there" in result.stderr
    assert list(scratch.iterdir()) == []
