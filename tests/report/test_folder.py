"""The folder of a run: its files, and that its numbers can be computed again from its tables with pandas."""

import json
import re
import struct
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from results import a_result

from mikrosim.errors import MikrosimError
from mikrosim.report.files import rebuild, write_run
from mikrosim.report.run_data import read_run
from mikrosim.report.texts import Words

CHARTS = ("cost", "deciles", "families", "family_months", "low_income", "winners_losers")
TABLES = ("budget", "budget_by_level", "deciles", "families", "family_instruments", "family_months", "inequality",
          "largest_losers", "law_changes", "low_income", "low_income_by_group", "low_income_definitions",
          "population_fit", "spending", "take_up", "winners_losers")  # fmt: skip


@pytest.fixture(scope="module")
def summary(folder):
    return json.loads((folder / "summary.json").read_text())


@pytest.fixture(scope="module")
def households(folder):
    return pd.read_parquet(folder / "tables" / "households.parquet")


def names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def median(income, weight):
    order = np.argsort(income.to_numpy())
    reached = np.cumsum(weight.to_numpy()[order])
    return income.to_numpy()[order][np.searchsorted(reached, reached[-1] / 2)]


def test_a_run_is_a_folder_with_report_result_tables_and_charts(folder):
    expected = {"report.html", "summary.json", "manifest.json", "tables/households.parquet"}
    expected |= {f"tables/{name}.{ending}" for name in TABLES for ending in ("csv", "parquet")}
    expected |= {f"charts/{name}.{ending}" for name in CHARTS for ending in ("svg", "png")}
    expected.add("charts/alternative_texts.json")

    assert names(folder) == expected
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["files"] == sorted(expected)
    assert manifest["command"] == "mikrosim run høyere.yaml --out run"
    assert manifest["time"].startswith("20")


def test_the_budget_s_net_is_the_sum_of_its_table(folder, summary):
    table = pd.read_parquet(folder / "tables" / "budget.parquet")

    for law in ("baseline", "reform", "change"):
        assert table[law].sum() == pytest.approx(summary[law]["budget"]["net"])


@pytest.mark.parametrize("law", ["baseline", "reform"])
def test_low_income_can_be_computed_from_the_households(households, summary, law):
    counted = households[households.counted_by_ssb]
    income = counted[f"after_tax_income_{law}"] / counted.units_eu
    low = income < 0.6 * median(income, counted.weight * counted.persons)

    for who, persons in (("all", counted.weight * counted.persons), ("children", counted.weight * counted.children)):
        expected = summary[law]["low_income"]["eu60"][who]
        assert (persons * low).sum() == pytest.approx(expected["persons"])
        assert (persons * low).sum() / persons.sum() == pytest.approx(expected["share"])


@pytest.mark.parametrize("law", ["baseline", "reform"])
def test_persistent_low_income_can_be_computed_from_the_households(households, summary, law):
    counted = households[households.counted_by_ssb]
    columns = [f"after_tax_income_{law}{ending}" for ending in ("", "_1_years_before", "_2_years_before")]
    incomes = [counted[column] / counted.units_eu for column in columns]
    medians = [median(income, counted.weight * counted.persons) for income in incomes]
    low = sum(incomes) / 3 < 0.6 * np.mean(medians)
    children = counted.weight * counted.lasting_children

    share = (children * low).sum() / children.sum()
    assert share == pytest.approx(summary[law]["persistent_low_income"]["eu60"]["children"]["share"])


def test_winners_and_losers_can_be_computed_from_the_households(households, summary):
    change = households.net_of_child_care_reform - households.net_of_child_care_baseline
    persons = households.weight * households.persons
    families = households.children > 0

    for group, chosen in (("all", persons > 0), ("families_with_children", families)):
        whole = persons[chosen].sum()
        assert persons[chosen & (change >= 1)].sum() / whole == pytest.approx(summary["winners_losers"][group]["gain"])
        assert persons[chosen & (change <= -1)].sum() / whole == pytest.approx(summary["winners_losers"][group]["lose"])


def test_groups_add_up_to_the_whole(folder, summary):
    table = pd.read_parquet(folder / "tables" / "low_income_by_group.parquet")
    types = table[(table.division == "family_type") & (table.who == "children")]
    own = types[~types.shrunk]

    assert len(own)
    assert types.population.sum() * summary["baseline"]["low_income"]["eu60"]["children"]["share"] == pytest.approx(
        summary["baseline"]["low_income"]["eu60"]["children"]["persons"]
    )
    if not types.shrunk.any():
        assert types.persons_baseline.sum() == pytest.approx(
            summary["baseline"]["low_income"]["eu60"]["children"]["persons"]
        )


def test_a_family_s_change_is_the_sum_of_its_instruments(folder):
    families = pd.read_parquet(folder / "tables" / "families.parquet").set_index("family")
    instruments = pd.read_parquet(folder / "tables" / "family_instruments.parquet")

    changes = instruments.groupby("family").change.sum().reindex(families.index, fill_value=0.0)
    assert np.allclose(changes, families.change)
    assert families.change["single_parent_two_children"] > 0
    assert families.change["single_no_children"] == 0
    months = pd.read_parquet(folder / "tables" / "family_months.parquet")
    left = months[months.measure == "after_tax_income_net_of_child_care"]
    assert len(left) == 12
    # What is paid in January for December is taken to be this year's December.
    assert left.change.sum() == pytest.approx(families.change["single_parent_two_children"])


def test_the_law_change_is_told_with_paragraph_and_months(folder):
    rows = pd.read_csv(folder / "tables" / "law_changes.csv", sep=";", decimal=",", encoding="utf-8-sig")

    ordinary = rows[rows.path == "barnetrygd.ordinaer_under_6"].iloc[0]
    assert ordinary.statute == "barnetrygdloven § 10"
    assert (ordinary["from"], ordinary["to"]) == ("2025-05", "2025-12")
    assert ordinary.value_after - ordinary.value_before == 100
    assert rows.in_scenario.all()


def test_csv_files_are_as_spreadsheets_want_them(detailed, folder, tmp_path):
    write_run(detailed, tmp_path, "x", Words("nb"), comma=False)

    norwegian = pd.read_csv(folder / "tables" / "deciles.csv", sep=";", decimal=",", encoding="utf-8-sig")
    english = pd.read_csv(tmp_path / "tables" / "deciles.csv")
    parquet = pd.read_parquet(folder / "tables" / "deciles.parquet")
    pd.testing.assert_frame_equal(norwegian, english)
    pd.testing.assert_frame_equal(parquet, english)


def test_a_chart_alone_is_a_picture_with_words(folder):
    texts = json.loads((folder / "charts" / "alternative_texts.json").read_text())
    assert set(texts) == set(CHARTS)
    for name in CHARTS:
        root = ElementTree.fromstring((folder / "charts" / f"{name}.svg").read_text())
        space = "{http://www.w3.org/2000/svg}"
        assert root.find(f"{space}title").text == texts[name]["title"]
        assert root.find(f"{space}desc").text == texts[name]["text"]
        image = (folder / "charts" / f"{name}.png").read_bytes()
        assert image.startswith(b"\x89PNG")
        assert struct.unpack(">I", image[16:20])[0] == 2 * 820
        assert texts[name]["text"].encode() in image


def test_a_result_without_households_has_fewer_tables(tmp_path):
    write_run(a_result(), tmp_path, "x", Words("en"))

    assert {"report.html", "tables/budget.csv", "tables/deciles.parquet"} <= names(tmp_path)
    assert "tables/households.parquet" not in names(tmp_path)
    assert "charts/families.svg" not in names(tmp_path)


def test_files_of_an_earlier_run_do_not_stay(detailed, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    write_run(detailed, tmp_path, "x", Words())

    write_run(a_result(), tmp_path, "y", Words())

    assert "tables/families.csv" not in names(tmp_path)
    assert set(json.loads((tmp_path / "manifest.json").read_text())["files"]) | {"mine.txt"} == names(tmp_path)


def test_a_report_can_be_written_again_from_its_folder(folder, detailed, tmp_path):
    write_run(detailed, tmp_path, "x", Words())
    written = (tmp_path / "report.html").read_text()
    (tmp_path / "report.html").unlink()

    rebuild(tmp_path, Words())
    assert (tmp_path / "report.html").read_text() == written

    rebuild(tmp_path, Words("en"))
    assert '<html lang="en">' in (tmp_path / "report.html").read_text()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "has no summary.json"),
        ({"summary.json": "{"}, "cannot be read"),
        ({"summary.json": "[]"}, "no JSON object"),
        ({"summary.json": "{}"}, "has no scenario"),
    ],
)
def test_a_folder_that_holds_no_run_is_refused(tmp_path, files, words):
    for name, content in files.items():
        (tmp_path / name).write_text(content)

    with pytest.raises(MikrosimError, match=words):
        read_run(tmp_path)


def test_a_broken_table_is_refused(folder, tmp_path):
    for name in ("summary.json", "manifest.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "budget.parquet").write_bytes(b"PAR1")

    with pytest.raises(MikrosimError, match=r"budget\.parquet: cannot be read"):
        read_run(tmp_path)


def test_every_table_and_column_is_explained(folder):
    page = (Path(__file__).parents[2] / "docs" / "report.md").read_text("utf-8")
    laws = "_(baseline|reform|change)"
    for path in (folder / "tables").glob("*.parquet"):
        (line,) = re.findall(rf"^\| `{path.stem}` \|.*$", page, flags=re.M)
        for column in pd.read_parquet(path).columns:
            stem = re.sub(rf"{laws}(_._years_before)?$", "_…", column)
            assert any(f"`{name}`" in line for name in (column, stem)) or column == "child_age_2", (path.stem, column)
