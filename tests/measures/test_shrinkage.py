import numpy as np
import pytest

from mikrosim.measures import Groups, composite, table

COUNTY = Groups("county", ("north", "south"), np.repeat([0, 1], [120, 80]))
# North has municipalities of 100 and 20 households, south of 80 and of none.
MUNICIPALITY = Groups(
    "municipality",
    ("city", "village", "town", "ghost"),
    np.repeat([0, 1, 2], [100, 20, 80]),
    wider=COUNTY,
    parent=np.array([0, 0, 1, 1]),
)
LOW = np.zeros(200)
LOW[:10] = 1.0  # 10 of 100 in the city
LOW[100:110] = 1.0  # 10 of 20 in the village
LOW[120:128] = 1.0  # 8 of 80 in the town
WEIGHT = np.ones(200)


def shares(groups):
    return groups.means(LOW, WEIGHT)


def test_a_group_of_the_minimum_sample_stands_on_its_own():
    found = composite(MUNICIPALITY, shares, minimum=100)

    assert found.value[0] == 0.1
    assert found.shrunk.tolist() == [False, True, True, True]
    assert found.households.tolist() == [100, 20, 80, 0]
    assert found.own_share.tolist() == [1.0, 0.2, 0.8, 0.0]


def test_a_smaller_one_is_pulled_towards_its_county_and_a_small_county_towards_the_country():
    found = composite(MUNICIPALITY, shares, minimum=100)

    north, country = 20 / 120, 28 / 200
    south = 0.8 * 0.1 + 0.2 * country  # 80 households: itself shrunk
    assert found.value[1] == pytest.approx(0.2 * 0.5 + 0.8 * north)
    assert found.value[2] == pytest.approx(0.8 * 0.1 + 0.2 * south)
    assert found.value[3] == pytest.approx(south)


def test_only_the_counted_make_the_sample():
    counted = np.arange(200) % 2 == 0

    assert composite(MUNICIPALITY, shares, counted).households.tolist() == [50, 10, 40, 0]


def test_the_shrunk_change_is_the_difference_of_the_shrunk_figures():
    after = LOW.copy()
    after[100:105] = 0.0

    def change(groups):
        return groups.means(after - LOW, WEIGHT)

    def level(groups):
        return groups.means(after, WEIGHT)

    difference = composite(MUNICIPALITY, level).value - composite(MUNICIPALITY, shares).value
    assert composite(MUNICIPALITY, change).value == pytest.approx(difference)


def test_shrinking_lowers_the_error_of_small_groups():
    rng = np.random.default_rng(1)
    truth = rng.beta(20, 180, 300)  # true shares about 10 %, of 300 groups with 25 households each
    groups = Groups("place", tuple(map(str, range(300))), np.repeat(np.arange(300), 25))
    low = (rng.random(300 * 25) < np.repeat(truth, 25)).astype(float)

    found = composite(groups, lambda each: each.means(low, np.ones(len(low)))).value

    own = low.reshape(300, 25).mean(axis=1)
    assert np.sqrt(np.mean((found - truth) ** 2)) < 0.5 * np.sqrt(np.mean((own - truth) ** 2))


def test_a_table_has_one_row_for_each_group():
    rows = table(MUNICIPALITY, {"low": composite(MUNICIPALITY, shares)})

    assert rows[0] == {"group": "city", "households": 100, "shrunk": False, "low": 0.1}
    assert [row["group"] for row in rows] == list(MUNICIPALITY.labels)
