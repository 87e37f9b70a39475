import numpy as np
import pytest

from mikrosim.measures import composition, modified_oecd_scale, square_root_scale

YEAR = 2025
PERSONS = {
    # A couple with children of 17, 14 and 13; one alone; a household without members; a child of 15 and one of 3.
    "household": np.array([0, 0, 0, 0, 0, 1, 3, 3], np.int32),
    "birth_year": np.array([1980, 1981, 2008, 2011, 2012, 1950, 2010, 2022], np.int16),
}


def test_members_are_counted_by_the_age_they_reach_in_the_year():
    counted = composition(PERSONS, 4, YEAR)

    assert counted.size.tolist() == [5, 1, 0, 2]
    assert counted.children.tolist() == [3, 0, 0, 2]
    assert counted.aged_14.tolist() == [4, 1, 0, 1]


def test_eurostat_takes_persons_as_adults_from_14():
    counted = composition(PERSONS, 4, YEAR)

    # 1 + 0.5 x 3 + 0.3; one alone; nobody; one of 15 and one of 3.
    assert modified_oecd_scale(counted.size, counted.aged_14) == pytest.approx([2.8, 1.0, 1.0, 1.3])


def test_a_household_of_young_children_has_one_first_member():
    assert modified_oecd_scale(np.array([2.0]), np.array([0.0])) == pytest.approx([1.3])


def test_the_square_root_scale_has_four_persons_as_two():
    assert square_root_scale(np.array([0.0, 1.0, 4.0, 9.0])).tolist() == [1.0, 1.0, 2.0, 3.0]
