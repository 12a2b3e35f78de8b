"""Partner lists are read in every common encoding and format, and every row gets a status."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerreview.domain.errors import ListError
from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.domain.group.partner_list import (
    LARGEST_LIST,
    MOST_ROWS,
    ListedRow,
    RowStatus,
    decode_list,
    describe_matches,
    match_rows,
    parse_list,
)
from peerreview.domain.text import NAME_LENGTH, printable

HAVE = (
    Partner(id="1", name="Alder Security", kind=PartnerKind.PEER),
    Partner(id="2", name="Bluestack Cloud", kind=PartnerKind.VENDOR, aliases=("Blue",)),
)


def read_rows(text: str) -> tuple[ListedRow, ...]:
    return parse_list(text, "list.csv")


def read_names(text: str) -> list[str]:
    return [row.name for row in read_rows(text)]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le-with-mark"]
)
def test_every_common_encoding_is_read(encoding: str) -> None:
    text = "name,kind\nCafé Réseau,vendor\n"
    if encoding == "utf-16-le-with-mark":
        data = codecs.BOM_UTF16_LE + text.encode("utf-16-le")
    else:
        data = text.encode(encoding)
    assert read_names(decode_list(data, "list.csv")) == ["Café Réseau"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"PK\x03\x04\x00\x00", "no text"),
        (codecs.BOM_UTF16_LE + b"A", "encoding"),
        (b"\x81\x8d\xff", "encoding"),
        (b"x" * (LARGEST_LIST + 1), "larger"),
    ],
)
def test_a_file_that_is_not_text_is_refused_in_one_line(data: bytes, problem: str) -> None:
    with pytest.raises(ListError, match=problem) as error:
        decode_list(data, "list.xlsx")
    assert str(error.value).startswith("list.xlsx: ") and "\n" not in str(error.value)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_read(delimiter: str, newline: str) -> None:
    lines = ["Name", "Type", "AKA"], ["Alder", "peer", "Alder Sec/Aldr"], ["Bayou", "sub", ""]
    text = newline.join(delimiter.join(line) for line in lines)
    assert read_rows(text) == (
        ListedRow(2, "Alder", PartnerKind.PEER, ("Alder Sec", "Aldr")),
        ListedRow(3, "Bayou", PartnerKind.SUBCONTRACTOR),
    )


def test_a_list_of_names_only_is_read_and_names_may_contain_commas() -> None:
    assert read_names("Alder Security\nBayou Web Works\n\n  Cobalt  Voice ") == [
        "Alder Security",
        "Bayou Web Works",
        "Cobalt Voice",
    ]
    assert read_names("Alder, Inc\nSmith, Jones & Co\n") == ["Alder, Inc", "Smith, Jones & Co"]
    assert read_names('"Alder, Inc",vendor\n"Smith ""Joe"" Co",peer\n') == [
        "Alder, Inc",
        'Smith "Joe" Co',
    ]


def test_columns_are_found_by_their_header_in_any_order() -> None:
    text = "phone;kind;also;name;company\n555;Vendor;A/B;Alder;Alder Holding\n"
    assert read_rows(text) == (ListedRow(2, "Alder", PartnerKind.VENDOR, ("A", "B")),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("name,kind\n", "no rows"),
        ('name,kind\n"Alder,vendor\n', "line 2"),
        ('name,kind\nBayou,peer\n"Alder" Security,vendor\n', "line 3"),
        ("\n".join(f"firm {n}" for n in range(MOST_ROWS + 2)), "more than"),
    ],
)
def test_an_unreadable_list_is_refused_with_the_place_of_the_problem(
    text: str, problem: str
) -> None:
    with pytest.raises(ListError, match=problem):
        read_rows(text)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("\x1b[31mred", "control"),
        ("Al\u202eder", "invisible"),
        ("Al\u200bder", "invisible"),
        ("x" * (NAME_LENGTH + 1), "longer"),
        ("", "empty"),
        ('"two\nlines"', "control"),
        ("\ue000", "private"),
    ],
)
def test_only_the_row_of_a_hostile_cell_is_refused_and_its_name_is_printable(
    cell: str, problem: str
) -> None:
    hostile, good = read_rows(f"name,kind\n{cell},vendor\nAlder,vendor\n")
    assert problem in hostile.problem and good == ListedRow(good.line, "Alder", PartnerKind.VENDOR)
    assert hostile.name.isprintable() and len(hostile.name) <= NAME_LENGTH
    [refused, new] = match_rows((hostile, good), ())
    assert (refused.status, new.status) == (RowStatus.REFUSED, RowStatus.NEW)
    assert refused.note == hostile.problem


def test_a_note_says_what_is_left_out_of_a_row() -> None:
    unknown, long = match_rows(read_rows("Alder,plumber\nBayou,peer,Bay,left,over\n"), ())
    assert unknown.status is RowStatus.NEW and "'plumber' isn't known" in unknown.note
    assert long.row.aliases == ("Bay",) and "left out" in long.note


def test_every_row_is_new_known_or_similar() -> None:
    rows = read_rows(
        "name,kind,aliases\n"
        "ALDER SECURITY INC.,vendor,\n"
        "Blue,vendor,\n"
        "Aldr Security,vendor,\n"
        "Cobalt Voice,vendor,CV\n"
        "C.V.,vendor,\n"
        "cobalt  voice llc,vendor,\n"
        "Delta,vendor,Alder Security\n"
        "Fennel Backup,vendor,\n"
    )
    matches = match_rows(rows, HAVE)
    assert [(match.status.name, match.note) for match in matches] == [
        ("HAVE", "Alder Security"),
        ("HAVE", "Blue"),
        ("ALIKE", "Alder Security"),
        ("NEW", ""),
        ("ALIKE", "CV"),
        ("HAVE", "Cobalt Voice"),
        ("HAVE", "Alder Security"),
        ("NEW", ""),
    ]
    assert describe_matches(matches) == "8 read, 2 new, 4 you have, 2 look like one you have"


def test_matches_are_described_in_a_sentence() -> None:
    rows = read_rows("Aldr Security\nAlder Sceurity\n")
    assert describe_matches(match_rows(rows, HAVE)) == "2 read, 0 new, 2 look like one you have"


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_and_every_row_has_a_status(text: str) -> None:
    try:
        rows = read_rows(text)
    except ListError:
        return
    matches = match_rows(rows, HAVE)
    assert len(matches) == len(rows)
    refused = [match for match in matches if match.status is RowStatus.REFUSED]
    assert all(printable(match.row.name) == match.row.name and match.note for match in refused)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode_list(data, "x"), str)
    except ListError as error:
        assert str(error).startswith("x: ")
