import numpy as np
import pytest

from mikrosim.errors import MikrosimError
from mikrosim.measures import household_groups, person_groups
from mikrosim.population import HouseholdType
from mikrosim.population.municipalities import municipalities
from mikrosim.population.uprating import uprating

YEAR = 2025
TWICE_G = 2 * uprating().series["grunnbelop"][YEAR]

# 0 a couple with children of 1 and 8 and a son of 20; 1 a single parent of a child of 17; 2 one alone; 3 a couple.
PERSONS = {
    "household": np.array([0, 0, 0, 0, 0, 1, 1, 2, 3, 3], np.int32),
    "birth_year": np.array([1985, 1984, 2024, 2017, 2005, 1980, 2008, 1950, 1990, 1991], np.int16),
    "mother": np.array([-1, -1, 0, 0, 0, -1, 5, -1, -1, -1], np.int32),
    "father": np.array([-1, -1, 1, 1, 1, -1, -1, -1, -1, -1], np.int32),
    "immigrant_background": np.array([1, 0, 0, 0, 0, 1, 2, 0, 2, 1], np.int8),
}
INCOMES = {
    "wage": np.array([TWICE_G - 1, TWICE_G - 1, 0, 0, 900_000, 0, 0, 0, 0, 0]).astype(np.int32),
    "self_employment_income": np.array([1, 0, 0, 0, 0, 0, 0, 0, 0, 0], np.int32),
}
HOUSEHOLDS = {
    "household_type": np.array(
        [HouseholdType.COHABITING_WITH_CHILDREN, HouseholdType.SINGLE_PARENT, HouseholdType.ALONE, 0], np.int8
    ),
    "municipality": np.array([301, 5601, 4601, 9999], np.int16),
    "centrality": np.array([1, 5, 2, 0], np.int8),
}


def labels(groups):
    return [groups.labels[code] if code >= 0 else None for code in groups.code]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("family_type", ["couple_with_children", "single_parent", "living_alone", None]),
        ("number_of_children", ["2", "1", "0", "0"]),
        ("youngest_child", ["0-2", "10-17", "none", "none"]),
        ("parents_work", ["some_parents_work", "no_parent_works", None, None]),
        ("immigrant_background", ["some_adults", "all_adults", "no_adult", "all_adults"]),
        ("county", ["Oslo", "Finnmark", "Vestland", None]),
        ("centrality", ["1", "5", "2", None]),
    ],
)
def test_households_are_divided_by(name, expected):
    assert labels(household_groups(PERSONS, HOUSEHOLDS, INCOMES, YEAR)[name]) == expected


def test_all_municipalities_are_groups_and_lie_in_their_county():
    groups = household_groups(PERSONS, HOUSEHOLDS, INCOMES, YEAR)
    places, counties = groups["municipality"], groups["county"]

    assert len(places.labels) == len(municipalities())
    assert len(counties.labels) == len({one.county for one in municipalities().values()})
    assert labels(places)[3] is None
    assert labels(places)[0].startswith("0301 Oslo")
    for label, parent in zip(places.labels, places.parent, strict=True):
        assert municipalities()[int(label[:4])].county == counties.labels[parent]
    assert counties.code[:3].tolist() == places.parent[places.code[:3]].tolist()


def test_persons_are_divided_by_their_own_age_and_background():
    groups = person_groups(PERSONS, YEAR)

    assert labels(groups["age"]) == [
        "35-49", "35-49", "0-5", "6-10", "18-34", "35-49", "11-17", "67+", "35-49", "18-34",
    ]  # fmt: skip
    assert labels(groups["immigrant_background"])[5:7] == ["immigrant", "norwegian_born_to_immigrants"]
    assert groups["age"].home is PERSONS["household"]


def test_a_year_without_an_average_g_is_an_error():
    with pytest.raises(MikrosimError, match="no average G for 1999"):
        household_groups(PERSONS, HOUSEHOLDS, INCOMES, 1999)
