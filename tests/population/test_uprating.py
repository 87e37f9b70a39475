from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from mikrosim.errors import PopulationError
from mikrosim.population import Population
from mikrosim.population.schema import HOUSEHOLDS, INCOMES
from mikrosim.population.uprating import FIRST_YEAR, LAST_YEAR, uprating

AMOUNTS = {column.name for column in (*INCOMES, *HOUSEHOLDS) if column.unit.startswith("NOK")}


def test_every_amount_grows_by_one_index() -> None:
    assert set(uprating().columns) == AMOUNTS


def test_every_index_covers_all_years_and_only_grows() -> None:
    for name, series in uprating().series.items():
        assert sorted(series) == list(range(FIRST_YEAR, LAST_YEAR + 1)), name
        values = [series[year] for year in sorted(series)]
        assert name == "children" or values == sorted(values), name


def test_the_own_year_is_the_population_itself(tiny: Population) -> None:
    assert tiny.at_year(2023) is tiny


def test_ages_hold_and_incomes_grow(tiny: Population) -> None:
    later = tiny.at_year(2024)
    assert later.year == 2024
    np.testing.assert_array_equal(later.persons["birth_year"], tiny.persons["birth_year"] + 1)
    np.testing.assert_array_equal(
        later.incomes[2]["wage"][:2], np.rint([500_000 * 589.4 / 557.5, 600_000 * 589.4 / 557.5])
    )
    assert later.incomes[0]["wage"].dtype == np.int32
    assert later.manifest["uprated_from"] == 2023


def test_what_benefits_rest_on_grows_and_their_degrees_and_months_do_not(tiny: Population, with_values) -> None:
    spell = {"aap_degree": {0: 0.5}, "aap_from": {0: 2}, "aap_to": {0: 11}}
    later = with_values(tiny, "incomes_0", aap_basis={0: 400_000}, **spell).at_year(2024).incomes[0]
    assert later["aap_basis"][0] == round(400_000 * 122_225 / 116_239)
    assert {name: {0: later[name][0]} for name in spell} == spell


def test_an_unknown_parents_income_stays_unknown(tiny: Population, with_values) -> None:
    changed = with_values(tiny, "incomes_0", other_parent_income={0: -1, 2: 600_000})
    for year in (2021, 2026):
        income = changed.at_year(year).incomes[0]["other_parent_income"]
        assert income[0] == -1
        assert income[2] != 600_000


def test_weights_follow_residents_and_children(tiny: Population) -> None:
    later = tiny.at_year(2025)
    assert later.weights[0] / tiny.weights[0] == pytest.approx(1_101_380 / 1_112_853)
    grown = later.person_weights().sum() / tiny.person_weights().sum()
    assert grown == pytest.approx(5_627_400 / 5_550_203)


def test_weights_of_a_year_that_are_known_are_taken(tiny: Population) -> None:
    known = replace(tiny, weights_by_year={2023: tiny.weights, 2024: np.array([11.0, 19.0])})
    np.testing.assert_array_equal(known.at_year(2024).weights, [11.0, 19.0])
    np.testing.assert_array_equal(known.at_year(2024).at_year(2023).weights, tiny.weights)
    np.testing.assert_array_equal(known.at_year(2025).weights, tiny.at_year(2025).weights)


def test_projections_are_named(tiny: Population) -> None:
    assert "wage 2026 (projection)" in tiny.at_year(2026).manifest["unconfirmed"]


@pytest.mark.parametrize(("start", "end"), list(product([2021, 2026], [2023, 2025])))
def test_there_and_back_is_the_same_to_a_krone(tiny: Population, start: int, end: int) -> None:
    once = tiny.at_year(start)
    again = once.at_year(end).at_year(start)
    np.testing.assert_allclose(again.incomes[0]["wage"], once.incomes[0]["wage"], atol=1)
    np.testing.assert_allclose(again.weights, once.weights)


def test_a_year_without_growth_is_an_error(tiny: Population) -> None:
    with pytest.raises(PopulationError, match="2021 to 2026 only"):
        tiny.at_year(2030)


def test_a_part_has_its_own_rows_and_links_between_them(tiny: Population) -> None:
    part = tiny.part(1, 2)
    members = tiny.persons["household"] == 1
    assert part.weights.tolist() == [tiny.weights[1]]
    assert set(part.persons["household"]) == {0}
    assert len(part.incomes[2]["wage"]) == members.sum()
    begin = np.flatnonzero(members)[0]
    for link in ("partner", "mother", "father"):
        rows = tiny.persons[link][members]
        assert part.persons[link].tolist() == [row - begin if row >= 0 else -1 for row in rows]
