"""`show`: the board as 80 columns of text, one partner's page, the summary."""

import json
import shutil
from pathlib import Path

import pytest

from peerreview.domain.group.partner import Partner, PartnerKind
from peerreview.domain.result.board import Board, BoardLine, sections_by_street
from peerreview.domain.result.wording import ChangeSinceLast
from peerreview.domain.tally.release import PartnerRelease, VoicesBand
from peerreview.domain.tally.verdict import Certainty, Street
from peerreview.domain.text import cell_width, fit
from peerreview.plain.board import WIDTH, board_text
from peerreview.plain.partner import partner_text

from .conftest import FILE, Run

BOARD = """\
 BOARD   Gulf Coast Peers · round 1 · Q4 2026        8 ballots · 4 of 5 partners
                                 comes back ◀ ▶ we give  sure   voices  since
 TWO-WAY STREETS  traffic both ways
   Alder Security       peer firm   ·━━━━━━━━╋━━━━━━━━·  solid  8–12   new
 ! Bluestack Cloud      vendor      ··━━━━━━━╋━━━━━━━··  leans  8–12   new
"""


def test_show_prints_the_board_of_a_group(run: Run, group: Path) -> None:
    text = run("show", group).stdout
    assert text.startswith(BOARD)
    assert " ONE-WAY STREETS  we give, little comes back\n ~ Bayou Web Works" in text
    assert " TOO FEW VOICES  nothing is shown: Delta Printers\n" in text
    assert " ! more than one of us reported a deal-breaker" in text
    assert all(cell_width(line) <= WIDTH for line in text.splitlines())


def test_a_summary_shows_no_deal_breaker_and_no_history(run: Run, group: Path) -> None:
    Path("their.summary.json").write_text(run("show", group, "--json").stdout, encoding="utf-8")
    text = run("show", "their.summary.json").stdout
    assert "deal-breaker" not in text and "since" not in text and "Gulf Coast" not in text
    assert " ~ Bluestack Cloud      vendor " in text
    piped = run("show", "-", stdin=Path("their.summary.json").read_bytes())
    assert piped.stdout == text
    page = run("show", "-", "--partner", "blue", stdin=Path("their.summary.json").read_bytes())
    assert "PARTNER   Bluestack Cloud · vendor" in page.stdout and "!" not in page.stdout


def test_the_summary_for_scripts_is_utf_8_and_stable(run: Run, group: Path) -> None:
    once, twice = run("show", group, "--json"), run("show", group, "--json", "--round", 1)
    assert once.stdout_bytes == twice.stdout_bytes
    summary = json.loads(once.stdout_bytes.decode("utf-8"))
    assert summary["partners"][0]["name"] == "Alder Security"
    assert "deal" not in json.dumps([partner["advice"] for partner in summary["partners"]])


def test_show_prints_one_partner_by_any_of_its_names(run: Run, group: Path) -> None:
    text = run("show", group, "--partner", "blue").stdout
    lines = text.splitlines()
    assert lines[0].startswith(" PARTNER   Bluestack Cloud · vendor")
    assert " ! More than one of us reported a deal-breaker." in lines
    assert " TWO-WAY STREET, leans (about 5 of 6 such calls turn out right)" in lines
    assert "What to do                Look after your clients first." in text
    assert all(cell_width(line) <= WIDTH for line in lines)
    alder = run("show", group, "--partner", "ALDER SECURITY, INC.")
    assert alder.stdout.startswith(" PARTNER   Alder Security")


def test_a_partner_with_too_few_voices_says_nothing(run: Run, group: Path) -> None:
    text = run("show", group, "--partner", "Delta").stdout
    assert "TOO FEW VOICES" in text
    assert "it would let others guess who said what" in " ".join(text.split())


@pytest.mark.parametrize(
    ("options", "code", "what"),
    [
        (("--round", 2), 1, "round 2 has no result"),
        (("--round", 0), 2, "--round"),
        (("--partner", "Nobody"), 2, "no partner here"),
        (("--partner", "b"), 2, "which one: Bayou Web Works, Bluestack Cloud"),
        (("--partner", ""), 2, "no partner here"),
        (("--partner", "Alder", "--json"), 2, "leave out --partner"),
    ],
)
def test_show_says_why_it_cannot_show_something(
    run: Run, group: Path, options: tuple[object, ...], code: int, what: str
) -> None:
    result = run("show", group, *options)
    assert result.exit_code == code and what in result.stderr and result.stdout == ""


def test_a_summary_has_one_round(run: Run, group: Path) -> None:
    data = run("show", group, "--json").stdout_bytes
    result = run("show", "-", "--round", 2, stdin=data)
    assert result.exit_code == 2 and "this is round 1" in result.stderr


def test_a_group_before_its_first_close_has_no_board(run: Run) -> None:
    run("new", "Gulf Coast Peers")
    result = run("show", FILE)
    assert result.exit_code == 1 and "no round has been closed yet" in result.stderr


def test_nothing_a_foreign_summary_says_reaches_the_terminal_raw(run: Run, group: Path) -> None:
    summary = json.loads(run("show", group, "--json").stdout)
    for partner in summary["partners"]:
        partner["why"] = partner["advice"] = "\x1b]0;owned\x07\u202e"
        partner["set"] = "\x1b[2J"
    data = json.dumps(summary)
    assert "\\x1b]0;owned" in run("show", "-", "--partner", "Alder", stdin=data).stdout
    assert "\\x1b[2J" in run("verify", "-", stdin=data).stdout


def test_looking_leaves_the_folder_as_it_was(run: Run, group: Path, scratch: Path) -> None:
    before = sorted(scratch.iterdir())
    run("show", group)
    assert sorted(scratch.iterdir()) == before


WIDE = "株式会社とても長い名前の取引先パートナー"


def made_up(*lines: BoardLine) -> Board:
    return Board("G" * 60, 3, "Q1 2027", 12, 3.25, sections_by_street(lines))


def line(name: str, street: Street = Street.TWO_WAY, **cells: object) -> BoardLine:
    values = {"partner": "x", "street": street, "voices": VoicesBand.FEW} | cells
    partner = Partner(id=name, name=name, kind=PartnerKind.REFERRAL)
    return BoardLine(
        partner, PartnerRelease.model_validate(values), "", change=ChangeSinceLast("new", "")
    )


def test_wide_and_long_names_keep_the_columns() -> None:
    names = (WIDE, "W" * 60, "é" * 20, "a")
    certain = {"certainty": Certainty.SOLID, "comes_back": 4.0, "we_give": 1.5}
    text = board_text(made_up(*(line(name, **certain) for name in names)))
    rows = [line for line in text.splitlines() if "╋" in line]
    assert {cell_width(row[: row.index("╋")]) for row in rows} == {45}
    assert all(cell_width(line) <= WIDTH for line in text.splitlines())
    assert text.count("…") == 3


def test_fitting_never_changes_the_width() -> None:
    for width in (1, 2, 5, 40):
        assert {cell_width(fit(name, width)) for name in (WIDE, "", "a", "x" * 60)} == {width}


def test_too_many_with_too_few_voices_are_counted() -> None:
    few = [line(f"Partner number {n}", Street.TOO_FEW, voices=None) for n in range(20)]
    text = board_text(made_up(*few))
    assert "Partner number 0, Partner number 1, 18 more\n" in text
    assert "comes back" not in text


def test_four_voices_have_a_street_and_no_lane() -> None:
    board = made_up(line("Alder", certainty=Certainty.LEANS))
    row = next(line for line in board_text(board).splitlines() if "Alder" in line)
    assert row == f"   {'Alder':<21}{'referral':<33}leans  4–7    new"
    assert "all in all" not in partner_text(board, board.shown_lines[0])


def test_every_partner_of_the_sample_fits_the_page(run: Run) -> None:
    from peerreview.shipped import find_folder

    shutil.copy(find_folder("sample_data") / FILE, FILE)
    summary = json.loads(run("show", FILE, "--json").stdout)
    for partner in summary["partners"]:
        text = run("show", FILE, "--partner", partner["name"]).stdout
        assert all(cell_width(line) <= WIDTH for line in text.splitlines())
        assert partner["name"] in text and "What to do" in text
