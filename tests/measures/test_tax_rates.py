import math

import numpy as np
import pandas as pd
import pytest

from mikrosim.measures import (
    Groups,
    effective_marginal_tax_rate,
    participation_tax_rate,
    share_facing,
    share_facing_by_group,
)


def test_a_marginal_rate_is_what_the_household_does_not_keep():
    rates = effective_marginal_tax_rate(
        np.array([300_000.0, 300_000.0, 300_000.0, 300_000.0]),
        np.array([306_600.0, 300_000.0, 299_000.0, 310_000.0]),
        np.array([10_000.0, 10_000.0, 10_000.0, 0.0]),
    )

    assert rates[:3] == pytest.approx([0.34, 1.0, 1.1])
    assert math.isnan(rates[3])


def test_a_participation_rate_compares_work_with_no_work():
    # 400 000 earned: 120 000 in tax and 100 000 in lost benefits.
    assert participation_tax_rate(np.array([250_000.0]), np.array([430_000.0]), np.array([400_000.0])) == pytest.approx(
        [0.55]
    )


def test_shares_face_more_than_each_limit():
    rates, weight = np.array([0.3, 0.6, 0.65, 0.75, 1.2, np.nan]), np.array([4.0, 1.0, 2.0, 2.0, 1.0, 50.0])

    found = share_facing(rates, weight)

    assert found["above_60"] == pytest.approx(0.5)
    assert found["above_70"] == pytest.approx(0.3)
    assert found["above_80"] == pytest.approx(0.1)
    assert found["mean"] == pytest.approx((1.2 + 0.6 + 1.3 + 1.5 + 1.2) / 10)
    assert found["median"] == 0.6


def test_a_rate_of_just_the_limit_is_not_above_it():
    rates = effective_marginal_tax_rate(np.array([0.1 + 0.2]), np.array([0.3 + 0.04]), np.array([0.1]))

    assert share_facing(rates, np.ones(1))["above_60"] == 0.0


@pytest.mark.parametrize("limit", [0.6, 0.8])
def test_shares_of_groups_equal_those_of_pandas(limit):
    rng = np.random.default_rng(2)
    table = pd.DataFrame({"code": rng.integers(0, 3, 200), "rate": rng.random(200), "weight": rng.integers(1, 4, 200)})
    table.loc[table.index % 7 == 0, "rate"] = np.nan

    groups = Groups("g", ("a", "b", "c"), table.code.to_numpy())
    found = share_facing_by_group(table.rate.to_numpy(), table.weight.to_numpy(float), groups)

    known = table.dropna()
    expected = known[known.rate > limit].groupby("code").weight.sum() / known.groupby("code").weight.sum()
    assert found[f"above_{round(100 * limit)}"] == pytest.approx(expected.to_numpy())


def test_nobody_with_a_known_rate_gives_no_share():
    assert math.isnan(share_facing(np.array([np.nan]), np.ones(1))["above_60"])
