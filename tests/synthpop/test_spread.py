from pathlib import Path

import pytest

from mikrosim.synthpop.spread import Spread, measure_spread, read_spread, write_spread


@pytest.fixture(scope="module")
def spread(after_tax) -> Spread:
    return measure_spread(after_tax, households=1000, seeds=3)


def test_every_held_out_figure_is_measured_once_for_each_seed(spread: Spread) -> None:
    assert spread.seeds == [1, 2, 3]
    assert len(spread.reached["check.gini"]) == 3
    assert "wage_item.sum" not in spread.reached


def test_the_ends_hold_all_values_and_seeds_differ(spread: Spread) -> None:
    ends = spread.ends("check.gini")
    assert ends is not None
    assert ends[0] < ends[1]
    assert ends[0] <= min(spread.reached["check.gini"])
    assert spread.deviation("check.gini") > 0
    assert spread.ends("no such figure") is None


def test_what_is_written_is_read_again(spread: Spread, tmp_path: Path) -> None:
    file = tmp_path / "spread.json"
    write_spread(spread, file)
    assert read_spread(file) == spread
