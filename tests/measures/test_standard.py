import numpy as np
import pytest

from mikrosim.measures import (
    Composition,
    Distribution,
    Frame,
    Incomes,
    RankedIncomes,
    atkinson,
    counts,
    low_income,
    low_income_lines,
    standard_measures,
    units_by_scale,
)


@pytest.fixture
def people():
    rng = np.random.default_rng(11)
    size = rng.integers(1, 6, 500).astype(float)
    children = np.minimum(rng.integers(0, 4, 500), size - 1)
    household = Composition(size, children, size - np.minimum(children, 1))
    weight = rng.integers(1, 9, 500) * (rng.random(500) < 0.9)
    counted = weight * (rng.random(500) < 0.9)
    frame = Frame(counted * size, counted * children, counted * size, counted * children, weight * size, weight * size)
    income = rng.lognormal(13, 0.5, 500)
    adults = size - children
    incomes = Incomes(
        income, income - 20_000 * children,
        1 + 0.5 * (adults - 1) + 0.3 * children, 1 + 0.7 * (adults - 1) + 0.5 * children,
    )  # fmt: skip
    return incomes, household, frame, counts(frame, household, weight)


def test_the_headline_measures_are_those_of_the_result(people):
    incomes, household, frame, counted = people

    found = standard_measures(RankedIncomes(incomes.after_tax, units_by_scale(incomes, household)), counted)

    equivalised = incomes.equivalised()
    distributions = {scale: Distribution(income, frame.persons) for scale, income in equivalised.items()}
    lines = low_income_lines(distributions)
    contract = low_income(equivalised, frame, lines)
    assert {name: found["lines"][name] for name in lines} == pytest.approx(lines)
    for name, groups in contract.items():
        for who, rates in groups.items():
            assert {one: found["low_income"][name][who][one] for one in rates} == pytest.approx(rates)
    for name, value in distributions["eu"].inequality().items():
        assert found["inequality"][name] == pytest.approx(value)
    assert found["inequality"]["atkinson_1"] == pytest.approx(atkinson(distributions["eu"], 1.0))


def test_after_child_care_the_median_is_that_after_child_care_unless_lines_are_given(people):
    incomes, household, _, counted = people
    units = units_by_scale(incomes, household)
    before = standard_measures(RankedIncomes(incomes.after_tax, units), counted)

    own = standard_measures(RankedIncomes(incomes.net_of_child_care, units), counted)
    held = standard_measures(RankedIncomes(incomes.net_of_child_care, units), counted, before["lines"])

    assert own["lines"]["eu60"] < before["lines"]["eu60"]
    assert held["lines"] == before["lines"]
    assert held["low_income"]["eu60"]["children"]["share"] > before["low_income"]["eu60"]["children"]["share"]
    assert held["low_income"]["eu60"]["all"]["share"] >= own["low_income"]["eu60"]["all"]["share"]


def test_incomes_sorted_once_serve_other_weights(people):
    incomes, household, frame, _ = people
    ranked = RankedIncomes(incomes.after_tax, units_by_scale(incomes, household))
    factor = np.random.default_rng(1).integers(0, 3, 500).astype(float)
    new = counts(frame.reweighted(factor), household, factor * frame.everyone / household.size)

    _ = ranked.orders
    again = standard_measures(ranked, new)
    fresh = standard_measures(RankedIncomes(incomes.after_tax, units_by_scale(incomes, household)), new)

    assert again == fresh
