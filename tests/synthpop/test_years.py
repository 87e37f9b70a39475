"""Each year has its own published population, and weights that meet it."""

import json
from pathlib import Path

import numpy as np
import pytest

from mikrosim.population import HouseholdType, load
from mikrosim.population.uprating import FIRST_YEAR, LAST_YEAR
from mikrosim.report.population.years import FIGURES, sources_text, years_table, years_text
from mikrosim.synthpop.build import Built
from mikrosim.synthpop.default import save_built
from mikrosim.synthpop.figures import residents
from mikrosim.synthpop.reweight import YEARS_FILE, read_years, years_bytes
from mikrosim.synthpop.targets import targets
from mikrosim.synthpop.years import ADULTS, AGED, CHILDREN, ESTIMATE, PERSONS, PROJECTION, _one_year_back, year_targets

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
PUBLISHED = {2021: (5_389_181, 1_095_371, 2_545_902), 2022: (5_452_264, 1_096_857, 2_581_721),
             2023: (5_508_712, 1_096_788, 2_617_268)}  # fmt: skip
"""Persons in private households, children with a parent, and households (SSB, Families and households)."""


def together(year: int, prefix: str) -> float:
    return sum(one.value for name, one in year_targets(year).items() if name.startswith(prefix))


@pytest.mark.parametrize("year", PUBLISHED)
def test_a_years_totals_are_the_published_ones(year: int) -> None:
    persons, children, households = PUBLISHED[year]
    assert year_targets(year)[PERSONS].value == persons
    assert together(year, AGED) == pytest.approx(children, abs=5)
    assert together(year, AGED) + together(year, ADULTS) == pytest.approx(persons, abs=5)
    assert together(year, "household_type.") == households
    assert together(year, "children_with.") == pytest.approx(children, abs=5)


@pytest.mark.parametrize("year", YEARS)
def test_totals_of_a_year_agree_with_each_other_and_have_a_source(year: int) -> None:
    known = year_targets(year)
    assert together(year, AGED) == pytest.approx(known[CHILDREN].value, rel=1e-5)
    for prefix, whole in (("centrality.persons_", PERSONS), ("centrality.children_", CHILDREN)):
        if any(name.startswith(prefix) for name in known):
            assert together(year, prefix) == pytest.approx(known[whole].value, rel=1e-5)
    for name, one in known.items():
        assert targets()[name].kind == "count" or name in (PERSONS, CHILDREN), name
        assert one.source.href.startswith("https://")


def test_what_is_no_published_figure_says_so() -> None:
    assert {one.kind for one in year_targets(2026).values()} == {PROJECTION}
    assert {name: one.value for name, one in year_targets(2026).items()} == {
        name: one.value for name, one in year_targets(2025).items()
    }
    estimated = {name for name, one in year_targets(2021).items() if one.kind == ESTIMATE}
    assert estimated == {name for name in targets() if name.startswith(ADULTS)}


def test_going_a_cohort_back_finds_a_register_that_is_known() -> None:
    found = _one_year_back(residents("residents_2024.csv"), residents("residents_2025.csv"))
    known = residents("residents_2023.csv")
    for low in range(20, 90, 5):
        ages = slice(low, low + 5)
        np.testing.assert_allclose(found[:, ages].sum(axis=1), known[:, ages].sum(axis=1), rtol=0.01)


@pytest.mark.parametrize("year", YEARS)
def test_the_population_of_a_year_is_the_published_one(built: Built, year: int) -> None:
    carried, known = built.population.at_year(year), year_targets(year)
    kind = carried.households["household_type"]
    for one in HouseholdType:
        name = f"household_type.{one.name.lower()}"
        if name in known:
            assert carried.weights[kind == one].sum() == pytest.approx(known[name].value, rel=0.005), name
    age = carried.year - carried.persons["birth_year"]
    weights = carried.person_weights()
    assert weights.sum() == pytest.approx(known[PERSONS].value, rel=0.002)
    assert weights[age < 18].sum() == pytest.approx(known[CHILDREN].value, rel=0.002)
    for name in ("adults_aged.female_40_44", "adults_aged.male_75_79"):
        sex, low, high = name.removeprefix(ADULTS).split("_")
        inside = (age >= int(low)) & (age <= int(high)) & (carried.persons["sex"] == (1 if sex == "male" else 2))
        assert weights[inside].sum() == pytest.approx(known[name].value, rel=0.01)


def test_weights_of_all_years_stay_within_the_bounds(built: Built) -> None:
    weights = built.population.weights_by_year
    assert sorted(weights) == list(YEARS)
    for year in YEARS:
        ratios = weights[year] / (2_617_268 / 4000)
        assert 0.2 <= ratios.min() <= ratios.max() <= 5
    np.testing.assert_array_equal(weights[2023], built.population.weights)
    np.testing.assert_array_equal(weights[2026], weights[2025])


def test_there_and_back_has_the_own_years_weights(built: Built) -> None:
    population = built.population
    np.testing.assert_array_equal(population.at_year(2021).at_year(2023).weights, population.weights)


def test_the_fit_of_every_year_is_kept_with_the_population(built: Built, tmp_path: Path) -> None:
    population = save_built(built, tmp_path / "population")
    rows = read_years(tmp_path / "population")
    assert rows == json.loads(years_bytes(built.years))
    assert (tmp_path / "population" / YEARS_FILE).is_file()
    assert {row["year"] for row in rows} == set(YEARS)
    for year in YEARS:
        np.testing.assert_array_equal(load(population.path).at_year(year).weights, population.at_year(year).weights)
    assert read_years(tmp_path) is None


def test_the_page_shows_what_was_published_and_in_italics_what_was_not(built: Built) -> None:
    rows = json.loads(years_bytes(built.years))
    lines = years_table(rows).splitlines()
    assert lines[0] == "| Figure | 2021 | 2022 | 2023 | 2024 | 2025 | 2026 |"
    assert len(lines) == 2 + len(FIGURES)
    alone = next(line for line in lines if line.startswith("| Living alone"))
    assert "| 1 027 942" in alone
    assert alone.count("*") == 6
    assert "65 of them projections" in years_text(rows)
    assert "30 of them estimates" in years_text(rows)
    assert "https://github.com/niphr/csdata" in sources_text(rows)


def test_a_year_that_is_off_is_named_and_shown() -> None:
    row = {"year": 2022, "id": "check.private_persons", "name": {"en": "Persons"}, "target": 1000.0, "reached": 1050.0,
           "kind": "", "missed": True, "source": None}  # fmt: skip
    assert years_text([row]) == "- 2022: 1 figures; largest deviation 5.00 %; missed: Persons."
