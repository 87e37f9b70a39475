"""A population drawn in blocks is one population: numbers run on, links hold, and bytes depend on the seed alone."""

import numpy as np
import pytest

from mikrosim.population import check
from mikrosim.population.store import content_hash
from mikrosim.synthpop.build import Built, block_sizes, build_population
from mikrosim.synthpop.targets import targets


@pytest.fixture(scope="module")
def in_blocks(after_tax, tmp_path_factory: pytest.TempPathFactory) -> Built:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIKROSIM_CACHE", str(tmp_path_factory.mktemp("cache")))
        return build_population(after_tax, households=6000, seed=3, block=2000)


def test_blocks_are_of_about_one_size() -> None:
    assert block_sizes(1000) == [1000]
    assert block_sizes(100_000) == [100_000]
    sizes = block_sizes(2_550_000)
    assert sum(sizes) == 2_550_000
    assert max(sizes) <= 100_000
    assert max(sizes) - min(sizes) <= 1


def test_blocks_make_one_sound_population(in_blocks: Built) -> None:
    population = in_blocks.population
    check(population)
    assert len(population.weights) == 6000
    np.testing.assert_array_equal(population.households["household_id"], np.arange(1, 6001))
    assert population.manifest["seed"] == 3


def test_no_two_blocks_are_the_same(in_blocks: Built) -> None:
    wage = in_blocks.population.incomes[0]["wage"]
    home = in_blocks.population.persons["household"]
    first, second = wage[home < 2000], wage[(home >= 2000) & (home < 4000)]
    assert len(first) != len(second) or (first != second).any()


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(in_blocks: Built, after_tax) -> None:
    again = build_population(after_tax, households=6000, seed=3, block=2000)
    other = build_population(after_tax, households=6000, seed=4, block=2000)
    assert content_hash(again.population) == content_hash(in_blocks.population)
    assert content_hash(other.population) != content_hash(in_blocks.population)


def test_blocks_are_like_the_population_drawn_at_once(in_blocks: Built, built: Built) -> None:
    whole = {fit.target.id: fit.reached for fit in built.fit}
    for fit in in_blocks.fit:
        known = targets()[fit.target.id]
        if known.calibrated and known.kind == "count" and known.value > 20_000:
            assert fit.reached == pytest.approx(known.value, rel=0.02), known.id
    reached = {fit.target.id: fit.reached for fit in in_blocks.fit}
    assert reached["check.gini"] == pytest.approx(whole["check.gini"], abs=0.02)
    assert reached["check.p90_p10"] == pytest.approx(whole["check.p90_p10"], abs=0.25)
