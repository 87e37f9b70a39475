from itertools import permutations

import numpy as np
import pytest

from mikrosim.measures import decomposition, shapley

PLAYERS = ("barnetrygd", "bostotte", "skatt", "sosialhjelp")
ALONE = dict(zip(PLAYERS, (10.0, -4.0, 3.0, 7.0), strict=True))


def interacting(on):
    """Return two measures: a sum with one interaction, and a product."""
    together = 6.0 if {"barnetrygd", "sosialhjelp"} <= on else 0.0
    return np.array([sum(ALONE[one] for one in on) - together, float(np.prod([1.0 + len(one) / 10 for one in on]))])


def test_what_players_do_together_is_shared_between_them():
    found = shapley(PLAYERS, lambda on: interacting(on)[0])

    assert {name: float(value) for name, value in found.items()} == pytest.approx(
        {"barnetrygd": 7.0, "bostotte": -4.0, "skatt": 3.0, "sosialhjelp": 4.0}
    )


def test_it_equals_the_mean_over_all_orders():
    found = shapley(PLAYERS, interacting)

    for player in PLAYERS:
        moves = [
            interacting({*order[: order.index(player)], player}) - interacting({*order[: order.index(player)]})
            for order in permutations(PLAYERS)
        ]
        assert found[player] == pytest.approx(np.mean(moves, axis=0))


def test_each_coalition_is_valued_once():
    seen = []

    shapley(PLAYERS, lambda on: seen.append(on) or 0.0)

    assert len(seen) == len(set(seen)) == 16


def test_eight_players_are_exact_and_nine_are_drawn():
    assert decomposition(range(8)).exact
    assert len(decomposition(range(8)).coalitions) == 256
    assert not decomposition(range(9)).exact


def product(on):
    return np.array([np.prod([1.0 + player / 20 for player in on]), float(len(on))])


def test_drawn_contributions_add_up_and_come_near_the_exact_ones():
    exact = shapley(range(10), product, most_exact=10)

    plan = decomposition(range(10), seed=4, orders=400)
    values = {some: product(some) for some in plan.coalitions}
    drawn, error = plan.contributions(values), plan.standard_errors(values)

    assert sum(drawn.values()) == pytest.approx(product(range(10)) - product([]))
    for player in range(10):
        assert drawn[player][1] == pytest.approx(1.0)
        assert error[player][1] == pytest.approx(0.0, abs=1e-12)
        assert abs(drawn[player][0] - exact[player][0]) < 5 * error[player][0]
    assert len(plan.coalitions) < 2**10


def test_the_seed_decides_the_orders():
    one, same, other = (decomposition(range(12), seed=seed, orders=10) for seed in (1, 1, 2))

    assert one.orders == same.orders != other.orders
    assert all(order == back[::-1] for order, back in zip(one.orders[::2], one.orders[1::2], strict=True))


def test_a_player_who_moves_nothing_contributes_nothing():
    assert float(shapley(["a", "b"], lambda on: 5.0 * ("a" in on))["b"]) == 0.0


def test_exact_contributions_have_no_sampling_error():
    plan = decomposition(PLAYERS)

    errors = plan.standard_errors({some: interacting(some) for some in plan.coalitions})

    assert all(not error.any() for error in errors.values())


def test_nobody_has_nothing_to_share_and_nobody_stands_twice():
    assert shapley([], lambda on: 1.0) == {}
    with pytest.raises(ValueError, match="stands twice"):
        decomposition(["a", "a"])
