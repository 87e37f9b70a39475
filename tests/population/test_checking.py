from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from mikrosim.errors import PopulationError
from mikrosim.population import Population, check

CASES = yaml.safe_load((Path(__file__).parents[1] / "broken" / "population" / "values.yaml").read_text("utf-8"))


def test_the_tiny_population_is_right(tiny: Population) -> None:
    check(tiny)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_wrong_value_is_named_with_its_row_and_the_remedy(
    case: dict, tiny: Population, with_values: Callable[..., Population]
) -> None:
    broken = with_values(tiny, case["table"], **case["values"])
    with pytest.raises(PopulationError) as caught:
        check(broken)
    for word in case["words"]:
        assert word in str(caught.value)


def test_all_problems_come_at_once(tiny: Population, with_values: Callable[..., Population]) -> None:
    broken = with_values(tiny, "persons", sex={0: 3}, birth_month={1: 13}, person_id={3: 1})
    broken = with_values(broken, "households", weight={1: np.nan})
    with pytest.raises(PopulationError) as caught:
        check(broken)
    assert len(caught.value.problems) == 4


def test_a_weight_of_another_year_that_is_none_is_named(tiny: Population) -> None:
    with pytest.raises(PopulationError, match="weights_by_year: 2024, row 1"):
        check(replace(tiny, weights_by_year={2024: np.array([1.0, 0.0])}))
