import math

import numpy as np
import pandas as pd
import pytest

from mikrosim.measures import (
    DEFINITIONS,
    LINES,
    Distribution,
    composition,
    counts,
    frame_of,
    lines_by_definition,
    low_income_by_definition,
    modified_oecd_scale,
    square_root_scale,
)

YEAR = 2025


def population(seed, households=300):
    rng = np.random.default_rng(seed)
    size = rng.integers(1, 6, households)
    home = np.repeat(np.arange(households, dtype=np.int32), size)
    first = np.r_[True, home[1:] != home[:-1]]
    age = np.where(first, rng.integers(18, 80, len(home)), rng.integers(0, 60, len(home)))
    persons = {
        "household": home,
        "birth_year": (YEAR - age).astype(np.int16),
        "immigrant_background": np.zeros(len(home), np.int8),
        "residence_years": np.full(len(home), 40, np.int16),
    }
    table = {
        "weight": rng.integers(1, 30, households).astype(float),
        "student_household": rng.random(households) < 0.1,
    }
    return persons, table, np.round(rng.lognormal(13, 0.5, households), -3)


def test_the_headline_lines_are_those_of_the_result():
    assert {name: DEFINITIONS[name][:2] for name in LINES} == dict(LINES)
    assert all(DEFINITIONS[name].coverage == "ssb" for name in LINES)


@pytest.mark.parametrize("seed", range(4))
def test_every_definition_equals_a_count_of_persons(seed):
    persons, table, income = population(seed)
    frame, household = frame_of(persons, table, YEAR), composition(persons, len(income), YEAR)
    adults = np.bincount(persons["household"], YEAR - persons["birth_year"] >= 17, len(income))
    units = {
        "eu": 1 + 0.5 * (adults - 1) + 0.3 * (household.size - adults),
        "oecd": 1 + 0.7 * (adults - 1) + 0.5 * (household.size - adults),
        "square_root": square_root_scale(household.size),
        "eurostat": modified_oecd_scale(household.size, household.aged_14),
    }
    incomes = {scale: income / one for scale, one in units.items()}
    counted = counts(frame, household, table["weight"])

    lines = lines_by_definition(
        {
            (one.scale, one.coverage): Distribution(incomes[one.scale], counted[one.coverage].persons)
            for one in DEFINITIONS.values()
        }
    )
    found = low_income_by_definition(incomes, counted, lines)

    for name, expected in by_hand(persons, table, income).items():
        assert lines[name] == pytest.approx(expected["line"])
        for who in ("all", "children"):
            for measure, value in expected[who].items():
                assert found[name][who][measure] == pytest.approx(value), (name, who, measure)


def by_hand(persons, table, income):
    """Return all definitions, computed person by person with pandas."""
    people = pd.DataFrame({"home": persons["household"], "age": YEAR - persons["birth_year"].astype(int)})
    people["weight"] = table["weight"][people.home]
    people["student"] = table["student_household"][people.home]
    found = {}
    for name, adult_age, further, child, share, students in (
        ("eu60", 17, 0.5, 0.3, 0.6, False),
        ("eu50", 17, 0.5, 0.3, 0.5, False),
        ("oecd50", 17, 0.7, 0.5, 0.5, False),
        ("oecd_idd50", None, None, None, 0.5, True),
        ("eurostat60", 14, 0.5, 0.3, 0.6, True),
    ):
        if adult_age is None:
            units = people.groupby("home").size().map(math.sqrt)
        else:
            value = people.age.ge(adult_age).map({True: further, False: child})
            units = value.groupby(people.home).sum() + 1 - further  # there is an adult in every household
        people["income"] = income[people.home] / units.reindex(people.home).to_numpy()
        kept = people if students else people[~people.student]
        ranked = kept.sort_values("income")
        median = ranked.income[ranked.weight.cumsum() >= ranked.weight.sum() / 2].iloc[0]
        line = share * median
        found[name] = {"line": line}
        for who, some in (("all", kept), ("children", kept[kept.age < 18])):
            low = some[some.income < line]
            gap = (line - low.income) / line
            poor = low.sort_values("income")
            middle = poor.income[poor.weight.cumsum() >= poor.weight.sum() / 2].iloc[0] if len(poor) else math.nan
            found[name][who] = {
                "share": low.weight.sum() / some.weight.sum(),
                "persons": low.weight.sum(),
                "fgt1": (low.weight * gap).sum() / some.weight.sum(),
                "fgt2": (low.weight * gap**2).sum() / some.weight.sum(),
                "mean_gap": np.average(gap, weights=low.weight),
                "median_gap": (line - middle) / line,
            }
    return found
