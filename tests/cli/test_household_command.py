"""`mikrosim household FILE`: what is printed, in which form, and how mistakes end."""

import csv
import io
import json
import os
import subprocess
import sys

import pytest

from mikrosim import household
from mikrosim.cli.app import main

FAMILY = """
year: 2025
household: {municipality: "5601"}
persons:
  - {id: mor, born: 1990-05, partner: far, wage: 560000.5}
  - {id: far, born: 1988-02, partner: mor, wage: 610000}
  - {id: barn1, born: 2017-03, parents: [mor, far], sfo: full, sfo_price_month: 1459}
  - {id: barn2, born: 2021-02, parents: [mor, far], kindergarten_hours: 45}
"""
ALTA = """
year: {year}
household: {{municipality: "5601"}}
persons:
  - {{id: mor, born: 1988-03, partner: far, wage: 900000}}
  - {{id: far, born: 1986-09, partner: mor, wage: 900000}}
  - {{id: barn8, born: {eight}-02, parents: [mor, far], sfo: full, sfo_price_month: {sfo}}}
  - {{id: barn4, born: {four}-02, parents: [mor, far], kindergarten_hours: 45}}
  - {{id: barn3, born: {three}-02, parents: [mor, far], kindergarten_hours: 45}}
"""
OSLO = """
year: {year}
household: {{municipality: "0301"}}
persons:
  - {{id: mor, born: 1988-03, wage: 900000}}
  - {{id: barn7, born: {seven}-02, parents: [mor], sfo: full, sfo_price_month: {sfo}}}
  - {{id: barn4, born: {four}-02, parents: [mor], kindergarten_hours: 45}}
"""


@pytest.fixture
def call(household_command):
    def called(*arguments, code=0):
        """Return standard output, or standard error where the command is to fail (and print nothing else)."""
        out, err = household_command(*arguments, code=code)
        assert (err if code == 0 else out) == ""
        return out if code == 0 else err

    return called


def plain_json(text):
    return json.loads(text, parse_constant=pytest.fail)


@pytest.mark.parametrize(
    ("text", "ages", "month", "barnetrygd", "care"),
    [
        (ALTA, {"year": 2025, "eight": 2017, "four": 2021, "three": 2022, "sfo": 1459}, "2025-06", 5904, 1459),
        (ALTA, {"year": 2021, "eight": 2013, "four": 2017, "three": 2018, "sfo": 2598}, "2021-10", 4362, 8089),
        (OSLO, {"year": 2025, "seven": 2018, "four": 2021, "sfo": 1171}, "2025-06", 6452, 3171),
        (OSLO, {"year": 2021, "seven": 2014, "four": 2017, "sfo": 2979}, "2021-10", 3762, 6209),
    ],
)
def test_the_families_of_the_white_paper_to_the_krone(text, ages, month, barnetrygd, care, tmp_path, call):
    """Meld. St. 28 (2024-2025), boks 3.2."""
    path = tmp_path / "family.yaml"
    path.write_text(text.format(**ages))
    result = plain_json(call(path, "--month", month, "--format", "json"))
    assert result["month"] == month
    assert result["household"]["barnetrygd"] == barnetrygd
    assert result["household"]["child_care_costs"] == pytest.approx(care, abs=1e-6)


@pytest.mark.parametrize("month", [None, "2025-06"])
def test_json_is_what_python_returns_and_nothing_else(month, file, call):
    options = [] if month is None else ["--month", month]
    assert plain_json(call(file, "--format", "json", *options)) == household(file, month)


def test_csv_holds_the_same_numbers_one_row_for_each_name(file, call):
    head, *rows = csv.reader(io.StringIO(call(file, "--format", "csv")))
    assert head == ["", "household", "mor", "far", "barn1", "barn2"]
    result = household(file)
    columns = [result["household"], *result["persons"].values()]
    table = {name: figures for name, *figures in rows}
    assert len(table) == len(rows)
    for name, figures in table.items():
        assert [float(figure) if figure else None for figure in figures] == [column.get(name) for column in columns]
    assert {name for column in columns for name in column} == set(table)


def test_the_table_shows_whole_kroner_grouped_by_thousands(file, call):
    shown = call(file).replace("\u00a0", " ")
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in shown.splitlines() if line[:1].isalpha()}
    assert "personinntekt" in lines
    assert lines["personinntekt"].split("  ")[0] == "1 170 000"
    assert lines["marginal_tax_rate"].split() == ["0.302", "0.302"]
    assert lines["consumption_units_eu"].split() == ["2.10"]
    assert "utvidet_barnetrygd" not in lines


def test_the_table_prints_ids_as_they_are_written(tmp_path, call):
    path = tmp_path / "x.yaml"
    path.write_text(
        "year: 2025\nhousehold: {take_up: 1}\n"
        "persons: [{id: '[/b]', born: 1990-01}, {id: '[red]å[/red]', born: 1990-01}]\n",
        "utf-8",
    )
    for options in ([], ["--month", "2025-01"], ["--vary", "wage:0:1:1", "--person", "[/b]"], ["--explain", "skatt"]):
        call(path, *options)
    assert "[/b]" in call(path)
    assert "[red]å[/red]" in call(path)


def test_another_year_takes_the_place_of_the_file_s(file, call):
    result = plain_json(call(file, "--year", "2021", "--month", "2021-10", "--format", "json"))
    assert result["year"] == 2021
    assert result["household"]["barnetrygd"] == 2 * 1654
    without = file.with_name("without.yaml")
    without.write_text(FAMILY.replace("year: 2025", ""))
    assert plain_json(call(without, "--year", "2025", "--format", "json")) == household(file)


def test_a_range_in_every_format(file, call):
    options = ["--vary", "wage:0:1000000:250000", "--person", "far"]
    result = plain_json(call(file, *options, "--format", "json"))
    assert [point["value"] for point in result["points"]] == [0, 250000, 500000, 750000, 1000000]
    head, *rows = csv.reader(io.StringIO(call(file, *options, "--format", "csv")))
    assert [row[0] for row in rows] == ["0", "250000", "500000", "750000", "1000000"]
    assert head[-2:] == ["marginal_tax_rate", "effective_marginal_tax_rate"]
    for row, point in zip(rows, result["points"], strict=True):
        shown = dict(zip(head[1:-2], map(float, row[1:-2]), strict=True))
        assert shown == point["household"]
        assert float(row[-1]) == point["persons"]["far"]["effective_marginal_tax_rate"]
    table = call(file, *options).splitlines()
    assert len(table) == 6
    assert table[5].split()[0] == "1000000"


def test_the_notes_of_a_range_are_those_of_its_points(tmp_path, capsys):
    path = tmp_path / "x.yaml"
    path.write_text("year: 2025\npersons: [{id: a, born: 1990-01, wage: 500000}]\n", "utf-8")
    for options, noted in (([], False), (["--vary", "wage:0:500000:250000"], True)):
        with pytest.raises(SystemExit):
            main(["household", str(path), *options])
        assert ("sosialhjelp.single" in capsys.readouterr().err) == noted


def test_a_range_keeps_every_digit_of_its_values(file, call):
    options = ["--vary", "wage:1234567:1234568:0.25", "--person", "far", "--format", "csv"]
    _, *rows = csv.reader(io.StringIO(call(file, *options)))
    assert [row[0] for row in rows] == ["1234567", "1234567.25", "1234567.5", "1234567.75", "1234568"]


def test_a_range_of_one_month(file, call):
    options = ["--vary", "wage:0:500000:500000", "--person", "mor", "--month", "2025-06"]
    result = plain_json(call(file, *options, "--format", "json"))
    assert result["month"] == "2025-06"
    assert result["points"][0]["household"]["barnetrygd"] == 2 * 1968
    head, *_ = csv.reader(io.StringIO(call(file, *options, "--format", "csv")))
    assert "marginal_tax_rate" not in head
    assert len(call(file, *options).splitlines()) == 3


def test_an_explanation_as_text_and_as_json(file, call):
    text = call(file, "--explain", "foreldrefradrag").replace("\u00a0", " ")
    assert text.startswith("foreldrefradrag = mor 8 024.5, far 8 024.5, barn1 0, barn2 0   [rule (person)]\n")
    assert "skatteloven § 6-48 third paragraph." in text
    assert "sfo_price_month = " in text
    step = plain_json(call(file, "--explain", "foreldrefradrag", "--format", "json"))
    assert step["values"]["mor"] == 8024.5
    assert step["statute"] == "skatteloven § 6-48 third paragraph."
    assert "[input (person)]" in call(file, "--explain", "wage")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--year", "2019"], "no law for 2019; choose a year from 2021 to 2026"),
        (["--year", "-1"], "no law for -1"),
        (["--month", "2025-13"], "'2025-13' is not a month; write it as YYYY-MM, such as 2025-05"),
        (["--month", "2021-10"], "2021-10 lies outside the household's year 2025"),
        (["--vary", "wages:0:1:1", "--person", "mor"], "did you mean wage?"),
        (["--vary", "wage:0:1", "--person", "mor"], "must read INPUT:FROM:TO:STEP"),
        (["--vary", "wage:0:1:1"], "say whose input varies: mor, far"),
        (["--vary", "wage:0:1:1", "--person", "mora"], "no person has the id mora; did you mean mor?"),
        (["--explain", "barntrygd"], "no rule computes 'barntrygd'; did you mean barnetrygd?"),
        (["--explain", "skatt", "--month", "2025-14"], "is not a month"),
    ],
)
@pytest.mark.parametrize("format", ["table", "json"])
def test_a_user_s_mistake_is_one_message_and_exit_1(arguments, words, format, file, call):
    assert words in call(file, *arguments, "--format", format, code=1)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "FILE.yaml"),
        (["FILE", "--year", "next"], "--year"),
        (["FILE", "--format", "xml"], "--format"),
        (["FILE", "--person", "mor"], "give --vary too"),
        (["FILE", "--explain", "skatt", "--vary", "wage:0:1:1"], "--explain"),
        (["FILE", "--explain", "skatt", "--format", "csv"], "--explain"),
        (["FILE", "--months", "2025-01"], "--month"),
        (["FILE", "other.yaml"], "other.yaml"),
    ],
)
def test_wrong_usage_exits_2(arguments, words, file, call):
    assert words in call(*[file if word == "FILE" else word for word in arguments], code=2)


@pytest.mark.parametrize("options", [[], ["--format", "json"], ["--explain", "skatt"], ["--vary", "wage:0:1:1"]])
def test_a_broken_file_is_told_whatever_was_asked_for(options, tmp_path, call):
    path = tmp_path / "x.yaml"
    path.write_text("year: 2025\npersons: [{id: mor, born: 1990, wag: 5}]\n")
    message = call(path, *options, code=1)
    assert message.startswith(f"{path}: 2 problems\n")
    assert "persons.mor.born" in message
    assert "did you mean wage?" in message
    assert "there is no such file" in call(tmp_path / "none.yaml", *options, code=1)
    assert "cannot be read" in call(tmp_path, *options, code=1)


def test_the_command_itself_writes_json_in_utf_8_and_ends_with_0_or_1(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("year: 2025\npersons: [{id: håkon, born: 1990-01, wage: 500000}]\n", "utf-8")
    environment = {"PYTHONIOENCODING": "ascii", "PATH": "", "PYTHONPATH": os.environ.get("PYTHONPATH", "")}

    def command(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "mikrosim.cli.app", "household", *map(str, arguments)],
            capture_output=True, env=environment, check=False,
        )  # fmt: skip

    done = command(path, "--format", "json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "håkon" in json.loads(done.stdout.decode("utf-8"))["persons"]
    failed = command(tmp_path / "none.yaml", "--format", "json")
    assert (failed.returncode, failed.stdout) == (1, b"")
    assert failed.stderr.decode().endswith("none.yaml: there is no such file\n")
