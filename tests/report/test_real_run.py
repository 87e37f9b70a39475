"""A run on a (made-up) register: no number in any file of its folder rests on one to four households.

Everything is counted again here from the households, in another way than the program does.
"""

import json
import sys
from itertools import product
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

import mikrosim
from mikrosim.measures import BUDGET_SIGNS
from mikrosim.measures.changes import UNCHANGED_WITHIN
from mikrosim.measures.grouping import household_groups, person_groups
from mikrosim.microdata import import_population
from mikrosim.microdata.build import extra_files
from mikrosim.population import save
from mikrosim.report.files import rebuild, write_run
from mikrosim.report.terminal import print_report
from mikrosim.report.texts import Words
from mikrosim.simulation.households import amounts_by_household
from mikrosim.simulation.reform import comparison

sys.path.append(str(Path(__file__).parents[1] / "microdata"))
import made_up
import plausible

MINIMUM = 5
LAWS = ("baseline", "reform", "change")
SCENARIO = {
    "name": "Høyere og skattlagt barnetrygd",
    "year": 2025,
    "reform": {"barnetrygd.ordinaer": {"multiply": 1.5}, "barnetrygd.taxable_as": "personinntekt"},
}
PAGE = ("report.html", "charts/")
KINDS = {".json", ".html", ".svg", ".png", ".csv", ".parquet"}
OF_LAW = {"families", "family_instruments", "family_months", "family_wages", "law_changes", "take_up"}
OF_SUMMARY = {"budget", "low_income", "inequality"}
COUNTED = {"low_income_by_group", "winners_losers", "deciles", "low_income_definitions", "spending"}


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    place = tmp_path_factory.mktemp("register")
    made_up.write_register(plausible.register(), place / "in")
    imported = import_population("register", place / "in", year=plausible.YEAR)
    people = save(imported.population, place / "population", extra_files(imported))
    return mikrosim.run(SCENARIO, people, replicates=4)


@pytest.fixture(scope="module")
def folder(result, tmp_path_factory):
    place = tmp_path_factory.mktemp("run")
    write_run(result, place, "mikrosim run barnetrygd.yaml --population p --out run", Words("nb"), comma=False)
    return place


@pytest.fixture(scope="module")
def tables(folder):
    return {path.stem: pq.read_table(path).to_pylist() for path in (folder / "tables").glob("*.parquet")}


@pytest.fixture(scope="module")
def sample(result):
    return Sample(result)


class Sample:
    """The households behind a result: who is poor, who gains, who has what, and who is in which group."""

    def __init__(self, result):
        detail = result.detail
        people, self.frame = detail.population, detail.frame
        self.home, self.weight = people.persons["household"], people.weights
        self.divisions = household_groups(people.persons, people.households, people.incomes[0], people.year)
        self.ages = person_groups(people.persons, people.year)["age"]
        equivalised = [law.years[0].after_tax / law.years[0].units_eu for law in (detail.before, detail.after)]
        poor = [one < law.lines["eu60"] for one, law in zip(equivalised, (detail.before, detail.after), strict=True)]
        self.low = {"baseline": poor[0], "reform": poor[1], "change": poor[0] != poor[1]}
        gained = detail.after.years[0].net_of_child_care - detail.before.years[0].net_of_child_care
        self.outcomes = {
            "gain": gained >= UNCHANGED_WITHIN,
            "lose": gained <= -UNCHANGED_WITHIN,
            "unchanged": np.abs(gained) < UNCHANGED_WITHIN,
        }
        self.moved = gained != 0
        compared = comparison(people, people.year)
        amounts = amounts_by_household(compared.computation, (detail.baseline, detail.reform), tuple(BUDGET_SIGNS))
        self.amounts = {
            name: {"baseline": of[0] != 0, "reform": of[1] != 0, "change": ~np.isclose(of[0], of[1], atol=1e-6)}
            for name, of in amounts.items()
        }

    def members(self, division, group, who="all"):
        """Return how many persons of each household are in a group."""
        if division == "everyone":
            return self.frame.persons if who == "all" else self.frame.children
        if division == "age":
            inside = self.ages.code == self.ages.labels.index(group)
            return np.bincount(self.home[inside], minlength=len(self.weight)) * (self.frame.persons > 0)
        inside = self.divisions[division].code == self.divisions[division].labels.index(group)
        return inside * (self.frame.persons if who == "all" else self.frame.children)

    def households(self, division, group):
        """Return which households are in a group, students' too."""
        if division == "everyone":
            return (self.frame.everyone if group == "all" else self.frame.in_families) > 0
        return self.divisions[division].code == self.divisions[division].labels.index(group)


def small(households):
    return 0 < int(np.count_nonzero(households)) < MINIMUM


def test_every_file_of_the_folder_is_known_here(folder, tables):
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]

    assert {Path(name).suffix for name in names} == KINDS
    assert {name for name in names if not name.startswith(("tables/", *PAGE))} == {"manifest.json", "summary.json"}
    assert set(tables) <= OF_LAW | OF_SUMMARY | COUNTED
    assert set(tables) >= COUNTED | OF_SUMMARY | {"family_wages"}
    assert {Path(name).stem for name in names if name.endswith(".csv")} == set(tables)


def test_no_person_or_household_is_named_anywhere(folder):
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"PERSON0" not in content
            assert b"HUSHOLD0" not in content


def test_the_page_and_the_charts_hold_nothing_that_the_result_and_the_tables_do_not(folder, tmp_path):
    """They are made again from those alone, to the byte."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.startswith(PAGE):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(path.read_bytes())
    rebuild(tmp_path, Words("nb"))

    page = [path for path in folder.rglob("*") if path.relative_to(folder).as_posix().startswith(PAGE)]
    for path in page:
        if path.is_file():
            assert (tmp_path / path.relative_to(folder)).read_bytes() == path.read_bytes(), path.name
    assert len(page) > 5


def test_csv_holds_what_parquet_holds(folder, tables):
    import csv

    for name, rows in tables.items():
        with (folder / "tables" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            told = list(csv.DictReader(file))
        assert len(told) == len(rows)
        for row, other in zip(told, rows, strict=True):
            assert {column for column, value in row.items() if value == ""} == {
                column for column, value in other.items() if value is None or value == ""
            }


def test_the_summary_tells_no_number_of_few_households(folder, sample):
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    hidden = 0
    for law, (name, there) in product(LAWS, sample.amounts.items()):
        if small(there[law]):
            hidden += 1
            told = summary[law]["budget"]["by_instrument"]
            assert told[name] is None
            assert told["interval"][name] == [None, None]
    for law, who in product(LAWS, ("all", "children")):
        weight = sample.members("everyone", "", who) > 0
        shown = summary[law]["low_income"]["eu60"][who]["persons"] is not None
        assert not (shown and small(sample.low[law] & weight))
        assert not (shown and law != "change" and small(~sample.low[law] & weight))
    for group, there in (("all", sample.frame.everyone > 0), ("families_with_children", sample.frame.in_families > 0)):
        for name, those in sample.outcomes.items():
            if small(those & there):
                hidden += 1
                assert summary["winners_losers"][group][name] is None
    left_out = set(summary["disclosure"]["left_out"])
    assert not left_out & set(summary["uncertainty"]["standard_errors"])
    assert hidden > 0, "nothing is small in this sample: the test would show nothing"


def test_no_number_of_a_law_follows_from_the_net_and_the_others(folder, sample):
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    for law in LAWS:
        budget = summary[law]["budget"]
        gone = [name for name in sample.amounts if budget["by_instrument"][name] is None]
        secret = [name for name in gone if small(sample.amounts[name][law])]
        if secret and budget["net"] is not None:
            assert len(gone) > 1
            assert sum(np.count_nonzero(sample.amounts[name][law]) for name in gone) >= MINIMUM
    for name in sample.amounts:
        gone = [law for law in LAWS if summary[law]["budget"]["by_instrument"][name] is None]
        assert len(gone) != 1


def test_no_row_by_group_tells_a_number_of_few_households(tables, sample):
    hidden = 0
    for row in tables["low_income_by_group"]:
        there = sample.members(row["division"], row["group"], row["who"]) > 0
        if small(there):
            assert row["population"] is row["households"] is None
        for law in LAWS:
            few = small(sample.low[law] & there) or (law != "change" and small(~sample.low[law] & there))
            hidden += few
            assert not few or {row[f"{name}_{law}"] for name in ("share", "persons", "gap")} == {None}
    for row in tables["winners_losers"]:
        if row["division"] == "everyone":
            continue
        there = sample.households(row["division"], row["group"])
        for name, those in sample.outcomes.items():
            hidden += small(those & there)
            assert not small(those & there) or row[name] is None
        if small(sample.moved & there):
            assert row["mean_change"] is row["median_change"] is None
    assert hidden > 20


def test_no_low_income_of_few_households_is_a_sum_of_numbers_shown(tables, folder, sample):
    """Linear algebra on the households: rows are what each counts in a number, columns are households under a law."""
    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    shown, secret = [], []

    def put(law, there, value):
        vector = {"baseline": (there, 0 * there), "reform": (0 * there, there), "change": (-there, there)}[law]
        few = small(sample.low[law] & (there > 0)) or (law != "change" and small(~sample.low[law] & (there > 0)))
        if value is not None:
            shown.append(np.concatenate(vector))
        elif few:
            secret.append(np.concatenate(vector))

    for row, law in product(tables["low_income_by_group"], LAWS):
        there = 1.0 * sample.members(row["division"], row["group"], row["who"])
        put(law, there if row["division"] == "age" else there / sample.weight, row[f"persons_{law}"])
    for who, law in product(("all", "children"), LAWS):
        value = summary[law]["low_income"]["eu60"][who]["persons"]
        put(law, sample.members("everyone", "", who) / sample.weight, value)
    assert len(secret) > 20
    assert exposed(shown, secret) == 0


def test_no_winners_or_losers_of_few_households_are_a_sum_of_numbers_shown(tables, sample):
    shown, secret = [], []
    nobody = np.zeros(len(sample.weight))
    for row in tables["winners_losers"]:
        if row["division"] == "everyone":
            inside = (sample.frame.everyone if row["group"] == "all" else sample.frame.in_families) > 0
        else:
            inside = sample.divisions[row["division"]].code == sample.divisions[row["division"]].labels.index(
                row["group"]
            )
        there = np.rint(inside * sample.frame.everyone / sample.weight)
        shown.append(np.concatenate([there] * 3))  # how many there are is no secret
        for place, (name, those) in enumerate(sample.outcomes.items()):
            vector = np.concatenate([there if one == place else nobody for one in range(3)])
            if row[name] is not None:
                shown.append(vector)
            elif small(those & (there > 0)):
                secret.append(vector)
    assert len(secret) > 20
    assert exposed(shown, secret) == 0


def exposed(shown, secret):
    """Return how many rows lie in the space of the rows shown."""
    rows = np.array(shown)
    _, size, basis = np.linalg.svd(rows / np.linalg.norm(rows, axis=1, keepdims=True), full_matrices=False)
    basis = basis[size > 1e-9 * size[0]]
    wanted = np.array(secret)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    return int((1 - ((wanted @ basis.T) ** 2).sum(axis=1) < 1e-9).sum())


def test_the_terminal_shows_the_summary_s_numbers_and_no_others(result, folder, capsys):
    print_report(result, "en")
    printed = capsys.readouterr().out

    summary = json.loads((folder / "summary.json").read_text("utf-8"))
    assert summary["disclosure"]["left_out"]
    assert "–" in printed  # a number left out


def test_the_manifest_names_files_and_columns_and_counts_nobody(folder):
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    made_with = manifest["population"]["made_with"]

    assert made_with["real"] is True
    assert {name for name, value in made_with.items() if isinstance(value, int) and value < MINIMUM} == {
        "real", "income_years_read", "schema",
    }  # fmt: skip
