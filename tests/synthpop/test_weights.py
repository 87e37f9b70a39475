"""Targets that no weights can meet are named, with the reason; all others are met."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from mikrosim.synthpop import weights
from mikrosim.synthpop.features import Features
from mikrosim.synthpop.targets import Source, Target
from mikrosim.synthpop.weights import CONTRADICTS, NOBODY, find_weights, find_weights_near

SOURCE = Source("made up", "https://example.org", "2023")
HOUSEHOLDS = 400


def target(name: str, kind: str, value: float, *, calibrated: bool = True) -> Target:
    return Target(name, {}, "", kind, value, SOURCE, calibrated, False, 2.0, True, "")


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {
        "all": target("all", "count", 4000.0),
        "young": target("young", "count", 2600.0),
        "nobody": target("nobody", "count", 10.0),
        "middle": target("middle", "median", 100.0),
        "impossible": target("impossible", "median", 100.0),
        "held_out": target("held_out", "count", 3999.0, calibrated=False),
    }
    monkeypatch.setattr(weights, "targets", lambda: known)


def households() -> Features:
    young = np.arange(HOUSEHOLDS) % 2 == 0
    income = np.arange(HOUSEHOLDS) / 2.0
    columns = {
        "all": np.ones(HOUSEHOLDS),
        "young": young,
        "nobody": np.zeros(HOUSEHOLDS),
        "middle": (income < 100) - 0.5,
        # Nearly all the young are above: their median and their number cannot both be met.
        "impossible": np.where(young, np.where(np.arange(HOUSEHOLDS) < 2, 0.5, -0.5), 0.0),
        "held_out": young,
    }
    groups = (1.0, 1.0, 1.0, HOUSEHOLDS, HOUSEHOLDS / 2, 1.0)
    values = csr_array(np.column_stack(list(columns.values())) * 1.0)
    return Features(tuple(columns), values, groups, 10.0, np.ones(HOUSEHOLDS))


@pytest.mark.usefixtures("made_up")
def test_targets_that_nobody_serves_and_medians_against_the_counts_are_named() -> None:
    found = find_weights([households()])
    assert found.left_out == {"nobody": NOBODY, "impossible": CONTRADICTS}
    assert set(found.multipliers) == {"all", "young", "middle"}


@pytest.mark.usefixtures("made_up")
def test_the_others_are_met_and_held_out_ones_are_not_used() -> None:
    part = households()
    ratios = find_weights([part]).ratios
    assert 10 * ratios.sum() == pytest.approx(4000, rel=1e-3)
    assert 10 * (part.values[:, [1]].toarray().ravel() @ ratios) == pytest.approx(2600, rel=1e-3)


@pytest.mark.usefixtures("made_up")
def test_blocks_give_the_weights_of_the_whole() -> None:
    part = households()
    halves = [
        part._replace(values=part.values[:200], ratios=part.ratios[:200], groups=(1.0, 1.0, 1.0, 200.0, 100.0, 1.0)),
        part._replace(values=part.values[200:], ratios=part.ratios[200:], groups=(1.0, 1.0, 1.0, 200.0, 100.0, 1.0)),
    ]
    np.testing.assert_allclose(find_weights(halves).ratios, find_weights([part]).ratios, atol=1e-4)


@pytest.mark.usefixtures("made_up")
def test_other_totals_move_the_weights_no_more_than_they_must() -> None:
    part = households()
    base = find_weights([part])
    found = find_weights_near([part], {"all": 4200.0, "young": 2600.0, "nobody": 5.0}, base)
    young = part.values[:, [1]].toarray().ravel()
    assert 10 * found.ratios.sum() == pytest.approx(4200, rel=1e-3)
    assert 10 * (young @ found.ratios) == pytest.approx(2600, rel=1e-3)
    assert found.left_out == {"nobody": NOBODY}
    np.testing.assert_allclose(found.ratios[young > 0], base.ratios[young > 0], rtol=1e-3)


@pytest.mark.usefixtures("made_up")
def test_households_drawn_more_often_weigh_less() -> None:
    young = np.arange(HOUSEHOLDS) % 2 == 0
    part = households()._replace(ratios=np.where(young, 0.5, 1.5))
    ratios = find_weights([part]).ratios
    assert 10 * ratios[young].sum() == pytest.approx(2600, rel=1e-3)
    assert 10 * ratios.sum() == pytest.approx(4000, rel=1e-3)
    often = np.arange(HOUSEHOLDS) % 4 < 2
    kept = find_weights([households()._replace(ratios=np.where(often, 0.5, 1.5))]).ratios
    assert kept[often].mean() < 0.7 * kept[~often].mean()
