"""`export`, `verify` and `schema`: what goes home, and whether it holds."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from peerreview.shipped import find_folder

from .conftest import Run

JSON = "gulf-coast-peers.round-1.summary.json"
PAGE = "gulf-coast-peers.round-1.summary.md"


def test_export_writes_two_files_beside_the_group(run: Run, group: Path) -> None:
    result = run("export", group)
    assert (result.exit_code, result.stdout.splitlines()) == (0, [JSON, PAGE])
    assert Path(JSON).read_bytes() == run("show", group, "--json").stdout_bytes
    assert Path(PAGE).read_text("utf-8").startswith("> Opinion of a group, first hand")
    assert "Gulf Coast" not in Path(JSON).read_text("utf-8") + Path(PAGE).read_text("utf-8")


def test_an_export_overwrites_both_files_or_none_and_only_if_forced(run: Run, group: Path) -> None:
    Path(PAGE).write_text("mine", encoding="utf-8")
    result = run("export", group)
    assert result.exit_code == 3 and f"{PAGE}: is there already: add --force" in result.stderr
    assert Path(PAGE).read_text(encoding="utf-8") == "mine" and not Path(JSON).exists()
    assert run("export", group, "--force").exit_code == 0
    assert Path(PAGE).read_text("utf-8") != "mine"
    assert run("export", group, "--force").exit_code == 0


def test_an_export_can_be_of_one_kind_and_go_to_another_place(run: Run, group: Path) -> None:
    Path("home").mkdir()
    assert run("export", group, "--json", "-o", "home").stdout == f"home/{JSON}\n"
    assert run("export", group, "--markdown", "-o", "home").stdout == f"home/{PAGE}\n"
    assert not Path(JSON).exists()


def test_an_export_to_a_stream_is_one_document(run: Run, group: Path) -> None:
    assert json.loads(run("export", group, "-o", "-").stdout)["round"] == 1
    assert run("export", group, "-o", "-", "--markdown").stdout.startswith("> Opinion")
    both = run("export", group, "-o", "-", "--json", "--markdown")
    assert both.exit_code == 2 and "choose --json or --markdown" in both.stderr


@pytest.mark.parametrize(
    ("options", "code", "what"),
    [
        (("-o", "nowhere"), 3, "no such folder"),
        (("-o", "file"), 3, "no such folder"),
        (("--round", 7), 1, "round 7 has no result"),
    ],
)
def test_export_says_why_it_cannot_export_something(
    run: Run, group: Path, options: tuple[object, ...], code: int, what: str
) -> None:
    Path("file").touch()
    result = run("export", group, *options)
    assert result.exit_code == code and what in result.stderr


def test_a_folder_in_the_way_is_refused_even_with_force(run: Run, group: Path) -> None:
    Path(JSON).mkdir()
    result = run("export", group, "--force")
    assert result.exit_code == 3 and "folder of that name" in result.stderr


def test_verify_accepts_our_own_export(run: Run, group: Path) -> None:
    run("export", group)
    result = run("verify", JSON)
    assert result.exit_code == 0 and result.stdout.startswith(f"{JSON}: holds\n")
    assert "checked for 5 partners" in result.stdout
    answer = json.loads(run("verify", JSON, "--json").stdout)
    assert answer == {"holds": True, "partners": 5, "contradictions": [], "sets_not_known_here": []}


def test_verify_names_every_contradiction_of_a_changed_word(run: Run, group: Path) -> None:
    document = json.loads(run("show", group, "--json").stdout)
    document["partners"][0]["street"] = "quiet"
    result = run("verify", "-", stdin=json.dumps(document))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert len(lines) == 4 and all(line.startswith("standard input: Alder Sec") for line in lines)
    as_json = run("verify", "-", "--json", stdin=json.dumps(document))
    assert as_json.exit_code == 1 and json.loads(as_json.stdout)["holds"] is False


def test_verify_names_a_set_that_is_unknown_here(run: Run, group: Path) -> None:
    document = json.loads(run("show", group, "--json").stdout)
    document["sets"]["vendor"] = "0" * 16
    result = run("verify", "-", stdin=json.dumps(document))
    assert result.exit_code == 0 and "doesn't know: vendor" in result.stdout


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "not valid JSON"),
        (b"[" * 200_000, "nested"),
        (b"\x89PNG\r\n\x00", "no text"),
        (b'{"format": "peerreview summary", "version": 99}', "newer"),
        (b'{"format": "peerreview summary", "version": ' + b"9" * 5000 + b"}", "damaged"),
        (b"{}", "not a summary"),
        (b" " * 4_000_001, "larger than 4 MB"),
    ],
    ids=["empty", "deep", "binary", "newer", "huge number", "other", "huge"],
)
def test_a_file_that_is_not_a_summary_is_bad_input(run: Run, data: bytes, what: str) -> None:
    Path("their.json").write_bytes(data)
    for command in ("verify", "show"):
        result = run(command, "their.json")
        assert result.exit_code == 3 and what in result.stderr
        assert result.stderr.startswith("peerreview: their.json: ")
    as_json = run("verify", "their.json", "--json")
    error = json.loads(as_json.stderr)
    assert error["exit_code"] == as_json.exit_code == 3 and what in error["error"]
    assert set(error) == {"error", "title", "exit_code"}


def test_the_schema_accepts_exports_and_nothing_else(run: Run, group: Path) -> None:
    schema = json.loads(run("schema").stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    document = json.loads(run("show", group, "--json").stdout)
    validator.validate(document)
    for path in sorted((find_folder("sample_data") / "summaries").glob("*.json")):
        validator.validate(json.loads(path.read_text("utf-8")))
        assert run("verify", path).exit_code == 0
    document["partners"][0]["deal_breaker"] = True
    assert not validator.is_valid(document)
