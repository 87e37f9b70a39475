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

CHARTS = ("cost", "deciles", "families", "family_months", "family_wages", "low_income", "winners_losers")
TABLES = ("budget", "budget_by_level", "deciles", "families", "family_instruments", "family_months", "family_wages",
          "inequality", "inequality_measures", "largest_losers", "law_changes", "losers", "low_income",
          "low_income_by_group", "low_income_definitions", "measures_by_group", "population_fit", "spending", "take_up",
          "targeting", "targeting_deciles", "winners_losers")  # fmt: skip
ON_REQUEST = ("decomposition", "family_parts", "work_incentives")


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


def measured(folder, households, name):
    """Return a table's rows of groups that stand on their own, with the households of each."""
    table = pd.read_parquet(folder / "tables" / f"{name}.parquet")
    divisions = ("family_type", "number_of_children", "immigrant_background", "parents_work")
    rows = table[table.division.isin(divisions) & table.shrunk.eq(False) & (table.get("who", "all") == "all")]
    assert len(rows) >= 4
    return [(row, households[households[row["division"]] == row["group"]]) for row in rows.to_dict("records")]


def test_winners_of_a_group_can_be_computed_from_the_households(folder, households):
    for row, those in measured(folder, households, "winners_losers"):
        change = those.net_of_child_care_reform - those.net_of_child_care_baseline
        persons = those.weight * those.persons
        assert row["gain"] == pytest.approx(persons[change >= 1].sum() / persons.sum())
        assert row["mean_change"] == pytest.approx((change * persons).sum() / persons.sum())
        assert row["median_change"] == pytest.approx(median(change, persons))


@pytest.mark.parametrize("law", ["baseline", "reform"])
def test_measures_of_a_group_can_be_computed_from_the_households(folder, households, law):
    counted = households[households.counted_by_ssb]
    everyone = counted.weight * counted.persons
    lines = {
        "eu50": 0.5 * median(counted[f"after_tax_income_{law}"] / counted.units_eu, everyone),
        "oecd50": 0.5 * median(counted[f"after_tax_income_{law}"] / counted.units_oecd, everyone),
        "after_child_care": 0.6 * median(counted[f"net_of_child_care_{law}"] / counted.units_eu, everyone),
        "eu60": 0.6 * median(counted[f"after_tax_income_{law}"] / counted.units_eu, everyone),
    }
    for row, those in measured(folder, counted, "measures_by_group"):
        persons = those.weight * those.persons
        income = those[f"after_tax_income_{law}"] / those.units_eu
        below = {
            "eu50": income < lines["eu50"],
            "oecd50": those[f"after_tax_income_{law}"] / those.units_oecd < lines["oecd50"],
            "after_child_care": those[f"net_of_child_care_{law}"] / those.units_eu < lines["after_child_care"],
        }
        for name, low in below.items():
            assert row[f"{name}_{law}"] == pytest.approx((persons * low).sum() / persons.sum())
        gap = (1 - income / lines["eu60"]).clip(lower=0)
        assert row[f"severity_{law}"] == pytest.approx((persons * gap**2).sum() / persons.sum())
        assert row[f"median_income_{law}"] == pytest.approx(median(income, persons))
        people = np.sort(np.repeat(income.to_numpy(), (persons / 100).round().astype(int)))
        rank = np.arange(1, len(people) + 1)
        gini = 2 * (rank * people).sum() / (len(people) * people.sum()) - (len(people) + 1) / len(people)
        assert row[f"gini_{law}"] == pytest.approx(gini, abs=1e-6)


def test_where_the_money_goes_can_be_computed_from_the_households(folder, households, summary):
    spending = pd.read_parquet(folder / "tables" / "spending.parquet").set_index("measure").value
    counted = households[households.counted_by_ssb]
    line = 0.6 * median(counted.after_tax_income_baseline / counted.units_eu, counted.weight * counted.persons)
    change = (households.net_of_child_care_reform - households.net_of_child_care_baseline) * households.weight
    before, after = (
        households[f"after_tax_income_{law}"] / households.units_eu < line for law in ("baseline", "reform")
    )
    children = households.weight * households.children * households.counted_by_ssb

    assert spending["share_families"] == pytest.approx(change[children > 0].sum() / change.sum())
    assert spending["share_below_line"] == pytest.approx(change[before].sum() / change.sum())
    lifted = (children * before).sum() - (children * after).sum()
    assert spending["children_lifted"] == pytest.approx(lifted)
    assert spending["cost_per_child_lifted"] == pytest.approx(1e6 * summary["change"]["budget"]["net"] / lifted)


def test_targeting_can_be_computed_from_the_households(folder, households):
    row = pd.read_parquet(folder / "tables" / "targeting.parquet").iloc[0]
    tenths = pd.read_parquet(folder / "tables" / "targeting_deciles.parquet")
    counted = households[households.counted_by_ssb]
    income, persons = counted.after_tax_income_baseline / counted.units_eu, counted.weight * counted.persons
    line = 0.6 * median(income, persons)
    gain = (counted.net_of_child_care_reform - counted.net_of_child_care_baseline).clip(lower=0) * counted.weight
    low = income < line

    assert row.coverage == pytest.approx(persons[gain > 0].sum() / persons.sum())
    assert row.coverage_below_line == pytest.approx(persons[(gain > 0) & low].sum() / persons[low].sum())
    assert row.vertical_efficiency == pytest.approx(gain[low].sum() / gain.sum())
    lacking = ((line - income).clip(lower=0) * counted.units_eu * counted.weight).to_numpy()
    assert row.gap_filled == pytest.approx(np.minimum(gain, lacking).sum() / lacking.sum())
    assert tenths[["benefit_share", "need_share", "children_share"]].sum().tolist() == pytest.approx([1.0] * 3)
    # All who lack anything are in the first tenths.
    assert tenths.need_share.is_monotonic_decreasing


def test_losers_can_be_computed_from_the_households(folder, households):
    change = households.net_of_child_care_reform - households.net_of_child_care_baseline
    losing = change <= -1
    weight = households.weight

    table = pd.read_parquet(folder / "tables" / "losers.parquet")
    rows = table[table.division == "family_type"]
    assert rows.households.sum() == pytest.approx(weight[losing].sum())
    for row in rows.itertuples():
        chosen = households.family_type == row.group
        assert row.share_of_households == pytest.approx(weight[chosen].sum() / weight.sum())
        if row.households:
            assert row.mean_loss == pytest.approx(
                -(change * weight)[chosen & losing].sum() / weight[chosen & losing].sum()
            )


def test_atkinson_s_index_can_be_computed_from_the_households(folder, households):
    rows = pd.read_parquet(folder / "tables" / "inequality_measures.parquet")
    counted = households[households.counted_by_ssb]
    persons = counted.weight * counted.persons
    for care, column in (("before", "after_tax_income"), ("after", "net_of_child_care")):
        income = counted[f"{column}_reform"] / counted.units_eu
        mean = np.average(income, weights=persons)
        expected = 1 - np.exp(np.average(np.log(income), weights=persons)) / mean
        row = rows[(rows.measure == "atkinson_1") & (rows.child_care == care)].iloc[0]
        assert row.reform == pytest.approx(expected)


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
    assert len(left) == 6 * 12
    # What is paid in January for December is taken to be this year's December.
    assert np.allclose(left.groupby("family").change.sum()[families.index], families.change)


def test_a_family_s_rates_follow_from_what_it_has_left(folder):
    rows = pd.read_parquet(folder / "tables" / "family_wages.parquet")

    assert rows.groupby("family").wage.max().tolist() == [800_000.0] * 3
    for _, family in rows.groupby("family"):
        for law in ("baseline", "reform"):
            left = family[f"left_{law}"].to_numpy()
            assert 1 - np.diff(left) / np.diff(family.wage) == pytest.approx(family[f"marginal_rate_{law}"][:-1])
            lost = 1 - (left - left[0])[1:] / family.wage[1:]
            assert lost.to_numpy() == pytest.approx(family[f"participation_rate_{law}"][1:])
    assert rows.left_reform.sum() > rows.left_baseline.sum()


def test_the_parts_add_up_for_each_family_and_for_the_country(asked):
    parts = pd.read_parquet(asked / "tables" / "family_parts.parquet")
    families = pd.read_parquet(asked / "tables" / "families.parquet").set_index("family")
    country = pd.read_parquet(asked / "tables" / "decomposition.parquet").set_index("part")

    assert set(parts.part) == {"barnetrygd", "skatt", "bostotte"}
    assert np.allclose(parts.groupby("family").contribution.sum()[families.index], families.change)
    assert country.drop("total")["budget.net"].sum() == pytest.approx(country["budget.net"]["total"])


def test_parents_rates_are_those_of_the_summary(asked):
    summary = json.loads((asked / "summary.json").read_text())["work_incentives"]
    rows = pd.read_parquet(asked / "tables" / "work_incentives.parquet")

    assert len(rows) == 2 * 2 * 5
    for row in rows.to_dict("records"):
        for law in ("baseline", "reform", "change"):
            facing = summary[law][row["rate"]][row["income"]][row["parents"]]
            for name in ("mean", "median", "above_60", "above_70", "above_80"):
                assert row[f"{name}_{law}"] == facing[name]


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


def test_what_was_asked_for_has_tables_of_its_own(asked, folder):
    more = {f"tables/{name}.{ending}" for name in ON_REQUEST for ending in ("csv", "parquet")}

    assert names(asked) - names(folder) == more | {"charts/parts.svg", "charts/parts.png"}


@pytest.mark.parametrize("name", ["folder", "asked"])
def test_every_table_and_column_is_explained(name, request):
    folder = request.getfixturevalue(name)
    page = (Path(__file__).parents[2] / "docs" / "report.md").read_text("utf-8")
    laws = "_(baseline|reform|change)"
    for path in (folder / "tables").glob("*.parquet"):
        (line,) = re.findall(rf"^\| `{path.stem}` \|.*$", page, flags=re.M)
        for column in pd.read_parquet(path).columns:
            number = re.sub(r"_(low|high)$", "", column)
            stem = re.sub(rf"{laws}(_._years_before)?$", "_…", number)
            assert any(f"`{one}`" in line for one in (number, stem)) or column == "child_age_2", (path.stem, column)
