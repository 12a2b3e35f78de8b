"""Names of files: safe on every system, whatever a group is called."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerreview.store.disk.naming import box_path, find_box_numbers, group_file_name


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Gulf Coast Peers", "gulf-coast-peers"),
        ("  Łódź & Øresund – Straße  ", "lodz-oresund-strasse"),
        ("O'Brien's Group", "obriens-group"),
        ("../x", "x"),
        ("..", "group"),
        ("", "group"),
        ("東京", "group"),
        ("CON", "group-con"),
        ("lpt1", "group-lpt1"),
        ("con.group", "con-group"),
        ("C:\\Windows\\", "c-windows"),
        ("x" * 200, "x" * 60),
    ],
)
def test_a_group_gets_a_plain_file_name(name: str, file: str) -> None:
    assert group_file_name(name) == file + ".group.json"


@settings(derandomize=True)
@given(st.text())
def test_any_name_is_safe(name: str) -> None:
    stem = group_file_name(name).removesuffix(".group.json")
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", stem)
    assert len(stem) <= 60
    assert stem not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


def test_boxes_are_found_beside_their_group_and_no_other(tmp_path: Path) -> None:
    group = tmp_path / "a.b.group.json"
    for number in (7, 10):
        box_path(group, number).touch()
    for name in ("aXb.round-1.box.json", "a.b.round-01.box.json", "a.b.round-1.box.json.bak"):
        (tmp_path / name).touch()
    assert box_path(group, 7).name == "a.b.round-7.box.json"
    assert find_box_numbers(group) == [7, 10]


def test_two_groups_never_share_a_box() -> None:
    names = ["a.group.json", "a.json", "b.group.json", "a.group.json.group.json"]
    assert len({box_path(Path(name), 1) for name in names}) == len(names)
