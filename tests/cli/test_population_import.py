"""`mikrosim population import` from outside: what is printed and written, and how it ends."""

import json
import sys
from pathlib import Path

import pytest

from mikrosim.cli.app import main

sys.path.append(str(Path(__file__).parents[1] / "microdata"))
import made_up


@pytest.fixture
def silc(tmp_path):
    return made_up.write(made_up.eu_silc(), tmp_path / "silc")


def call(*arguments):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in ("population", *arguments)])
    return ended.value.code or 0


def test_a_population_is_written_and_told_column_by_column(silc, tmp_path, capsys):
    assert call("import", "eu_silc", silc, "--out", tmp_path / "out") == 0

    out, err = capsys.readouterr()
    assert "12 households, 30 persons, income year 2023" in out
    assert "P.PY010G + H.HY110G" in out
    assert "note: incomes of 2022 and 2021 are copies" in out
    assert err == ""
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["real"] is True


def test_describe_and_check_know_an_imported_population(silc, tmp_path, capsys):
    call("import", "eu_silc", silc, "--out", tmp_path / "out")
    capsys.readouterr()

    assert call("describe", tmp_path / "out") == 0
    assert "P.PY010G + H.HY110G" in capsys.readouterr().out
    assert call("check", tmp_path / "out") == 0
    assert "no problems" in capsys.readouterr().out
    assert call("describe", tmp_path / "out", "--format", "json") == 0
    content = json.loads(capsys.readouterr().out)
    assert content["fit"] is None
    assert content["import"]["mapping"].startswith("EU-SILC")


def test_json_has_the_report_alone(silc, tmp_path, capsys):
    call("import", "eu_silc", silc, "--out", tmp_path / "out", "--format", "json")

    report = json.loads(capsys.readouterr().out)
    assert report["income_year"] == 2023
    assert {"table", "column", "how", "source", "rows", "empty", "filled_with", "note"} == set(report["columns"][0])


def test_no_number_below_the_minimum_is_printed_of_real_microdata(tmp_path, capsys):
    files = made_up.eu_silc()
    for row in files["H"][:3]:
        row["HH070"], row["HY060G"] = "", 7777
    folder = made_up.write(files, tmp_path / "in")
    call("import", "eu_silc", folder, "--out", tmp_path / "out")

    printed = capsys.readouterr().out
    call("describe", tmp_path / "out", "--format", "json")
    for text in (printed, capsys.readouterr().out):
        assert "1-4" in text
        assert "3 of 12" not in text
    social = next(one for one in json.loads((tmp_path / "out" / "import.json").read_text())["compare"]
                  if one["name"] == "social assistance")  # fmt: skip
    assert social["million_nok"] is None


def test_a_broken_import_is_one_message_and_leaves_nothing(silc, tmp_path, capsys):
    (silc / "UDB_cNO24R.csv").write_text("")

    assert call("import", "eu_silc", silc, "--out", tmp_path / "out") == 1

    out, err = capsys.readouterr()
    assert out == ""
    assert "UDB_cNO24R.csv" in err
    assert "Traceback" not in err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["silc"]


def test_a_failing_write_leaves_no_half_population(silc, tmp_path, capsys, monkeypatch):
    def full(*anything, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mikrosim.population.store._write_table", full)
    assert call("import", "eu_silc", silc, "--out", tmp_path / "out") == 1

    assert "No space left" in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["silc"]


def test_a_population_that_is_there_is_replaced_only_by_force(silc, tmp_path, capsys):
    call("import", "eu_silc", silc, "--out", tmp_path / "out")
    assert call("import", "eu_silc", silc, "--out", tmp_path / "out") == 1
    assert "add --force to replace it" in capsys.readouterr().err
    assert call("import", "eu_silc", silc, "--out", tmp_path / "out", "--force") == 0


def test_a_shipped_mapping_can_be_printed_to_be_changed(capsys):
    assert call("import", "register", "--show-mapping") == 0
    assert capsys.readouterr().out.startswith("# The layout for register extracts")
    assert call("import", "own.yaml", "--show-mapping") == 1


@pytest.mark.parametrize(
    "wrong",
    [["--file", "D"], ["--factor", "kroner=many"], ["--factor", "kroner=-1"], ["--factor", "=1"]],
)
def test_wrong_usage_ends_with_2(wrong, silc, tmp_path, capsys):
    assert call("import", "eu_silc", silc, "--out", tmp_path / "out", *wrong) == 2


def test_a_folder_and_an_output_are_needed(silc, capsys):
    assert call("import", "eu_silc", silc) == 2
    assert "--out" in capsys.readouterr().err
    assert call("import", "eu_silc") == 2


def test_a_factor_and_a_year_stand_in_for_those_of_the_files(tmp_path, capsys):
    files = made_up.eu_silc()
    for row in files["H"]:
        del row["HX010"]
    for row in files["D"]:
        del row["DB010"]
    folder = made_up.write(files, tmp_path / "in")

    options = ("--year", 2022, "--factor", "kroner=10", "--out", tmp_path / "out")
    assert call("import", "eu_silc", folder, *options) == 0
    assert "income year 2022" in capsys.readouterr().out
