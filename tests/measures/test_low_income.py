import numpy as np
import pytest

from mikrosim.measures import Distribution, Frame, low_income, low_income_lines, persistent_low_income


def frame(persons, children, lasting=None):
    persons, children = np.array(persons, float), np.array(children, float)
    kept = np.ones_like(persons) if lasting is None else np.array(lasting, float)
    return Frame(persons, children, persons * kept, children * kept, persons, persons * (children > 0))


def test_the_line_is_a_share_of_the_median_of_persons_not_of_households():
    incomes = np.array([100.0, 200.0, 300.0])
    of_persons = Distribution(incomes, np.array([1.0, 1.0, 5.0]))

    assert low_income_lines({"eu": of_persons, "oecd": of_persons}) == {"eu60": 180.0, "oecd50": 150.0}


def test_exactly_on_the_line_is_not_low():
    incomes = np.array([119.99, 120.0, 200.0])

    found = low_income({"eu": incomes, "oecd": incomes}, frame([1, 1, 1], [0, 0, 0]), {"eu60": 120.0})

    assert found["eu60"]["all"]["persons"] == 1.0


def test_each_line_uses_its_own_scale():
    incomes = {"eu": np.array([90.0, 200.0]), "oecd": np.array([110.0, 200.0])}

    found = low_income(incomes, frame([2, 4], [1, 3]), {"eu60": 100.0, "oecd50": 100.0})

    assert found["eu60"] == {
        "all": {"share": pytest.approx(1 / 3), "persons": 2.0},
        "children": {"share": 0.25, "persons": 1.0},
    }
    assert found["oecd50"]["all"] == {"share": 0.0, "persons": 0.0}


@pytest.mark.parametrize("seed", range(5))
def test_random_populations_equal_a_count_of_persons(seed):
    rng = np.random.default_rng(seed)
    incomes = np.round(rng.lognormal(12.5, 0.6, 200), -3)
    persons = rng.integers(1, 6, 200)
    children = rng.integers(0, persons)
    who = frame(persons, children)

    lines = low_income_lines({scale: Distribution(incomes, who.persons) for scale in ("eu", "oecd")})
    found = low_income({"eu": incomes, "oecd": incomes}, who, lines)["eu60"]

    each_person = sorted(np.repeat(incomes, persons))
    median = each_person[(len(each_person) - 1) // 2]
    low = sum(income < 0.6 * median for income in each_person)
    low_children = sum(income < 0.6 * median for income in np.repeat(incomes, children))
    assert lines["eu60"] == pytest.approx(0.6 * median)
    assert found["all"] == {"share": pytest.approx(low / persons.sum()), "persons": low}
    assert found["children"] == {
        "share": pytest.approx(low_children / children.sum()),
        "persons": low_children,
    }


def test_persistent_low_income_holds_the_mean_income_against_the_mean_median():
    years = [np.array([50.0, 70.0, 200.0]), np.array([50.0, 40.0, 200.0]), np.array([80.0, 40.0, 200.0])]

    found = persistent_low_income(years, [100.0, 80.0, 120.0], frame([1, 2, 4], [1, 0, 1]))

    # The line is 0.6 x 100; the means are 60 (on the line), 50 and 200.
    assert found["eu60"]["all"] == {"share": pytest.approx(2 / 7), "persons": 2.0}
    assert found["eu60"]["children"]["persons"] == 0.0


def test_persistent_low_income_counts_only_those_resident_all_years():
    low = [np.array([50.0, 50.0])] * 3

    found = persistent_low_income(low, [100.0] * 3, frame([3, 4], [1, 1], lasting=[0, 1]))

    assert found["eu60"]["all"] == {"share": 1.0, "persons": 4.0}
