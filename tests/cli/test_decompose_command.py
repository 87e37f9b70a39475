import json
from contextlib import suppress

import pytest

from mikrosim.cli.app import main

SCENARIO = """
name: Økt barnetrygd
year: 2025
reform:
  barnetrygd.ordinaer: {multiply: 2}
  barnetrygd.taxable_as: personinntekt
"""
FAMILY = """
year: 2025
household: {municipality: "0301", tenure: owner}
persons:
  - {id: mor, born: 1990-05, wage: 560000}
  - {id: barn, born: 2017-03, parents: [mor]}
"""


@pytest.fixture
def files(tmp_path):
    for name, text in (("scenario", SCENARIO), ("family", FAMILY)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return str(tmp_path / "scenario.yaml"), str(tmp_path / "family.yaml")


def called(capsys, *arguments):
    with suppress(SystemExit):
        main(["decompose", *arguments])
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_a_household_s_change_is_divided_among_parameters(files, capsys):
    scenario, family = files
    found = json.loads(called(capsys, scenario, "--household", family, "--format", "json"))

    assert "barnetrygd.taxable_as" in found["contributions"]
    assert found["contributions"]["barnetrygd.taxable_as"]["after_tax_income"] < 0
    for measure, total in found["total"].items():
        assert sum(part[measure] for part in found["contributions"].values()) == pytest.approx(total, abs=1e-6)


def test_the_table_is_in_words_and_ends_with_the_total(files, capsys):
    scenario, family = files
    table = called(capsys, scenario, "--household", family, "--by", "folder")
    lines = table.splitlines()
    assert "Igjen etter skatt og barnepass (kr)" in lines[0]
    assert lines[1].startswith("Barnetrygd ")
    assert lines[-1].startswith("I alt ")
    assert "_" not in table
    english = called(capsys, scenario, "--household", family, "--by", "folder", "--language", "en").splitlines()
    assert "Income after tax (NOK)" in english[0]
    assert english[-1].startswith("In all ")
