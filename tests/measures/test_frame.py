import numpy as np
import pytest

from mikrosim.measures import frame_of

YEAR = 2024
HOUSEHOLDS = {
    # A family, a student household with a child, a child alone, a newcomer, nobody.
    "weight": np.array([10.0, 20.0, 30.0, 40.0, 50.0]),
    "student_household": np.array([False, True, False, False, False]),
}
PERSONS = {
    "household": np.array([0, 0, 0, 1, 1, 2, 3, 3], np.int32),
    "birth_year": np.array([1980, 2006, 2007, 2000, 2022, 2007, 1990, 2023], np.int16),
    "immigrant_background": np.array([0, 0, 0, 0, 0, 0, 1, 2], np.int8),
    "residence_years": np.array([44, 18, 17, 24, 2, 17, 2, 1], np.int16),
}


@pytest.fixture(scope="module")
def frame():
    return frame_of(PERSONS, HOUSEHOLDS, YEAR)


def test_student_households_and_children_alone_are_left_out(frame):
    assert frame.persons.tolist() == [30.0, 0.0, 0.0, 80.0, 0.0]


def test_a_child_is_at_most_17_on_31_december(frame):
    assert frame.children.tolist() == [10.0, 0.0, 0.0, 40.0, 0.0]


def test_newcomers_are_left_out_of_three_years_but_young_children_are_not(frame):
    assert frame.lasting_persons.tolist() == [30.0, 0.0, 0.0, 40.0, 0.0]
    assert frame.lasting_children.tolist() == [10.0, 0.0, 0.0, 40.0, 0.0]


def test_everyone_and_families_include_student_households(frame):
    assert frame.everyone.tolist() == [30.0, 40.0, 30.0, 80.0, 0.0]
    assert frame.in_families.tolist() == [30.0, 40.0, 30.0, 80.0, 0.0]


def test_a_replicate_multiplies_every_count_by_its_household_s_factor(frame):
    factor = np.array([2.0, 1.0, 0.0, 0.5, 1.0])

    weights = {**HOUSEHOLDS, "weight": HOUSEHOLDS["weight"] * factor}
    fresh = frame_of(PERSONS, weights, YEAR)
    again = frame.reweighted(factor)
    for name in ("persons", "children", "lasting_persons", "lasting_children", "everyone", "in_families"):
        assert getattr(again, name).tolist() == getattr(fresh, name).tolist()
