"""The law's compiled kernel against the same rules as plain Python, for random households under random laws.

The same households tell that no transfer, tax or bill is ever negative, whatever a scenario makes of the law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from norway import GRAPH, LAYOUT, OUTPUTS, SUMS, program, random_households, random_laws

from mikrosim.engine.plain import evaluate
from mikrosim.engine.run import Result, run
from mikrosim.measures.budget import BUDGET_SIGNS
from mikrosim.parameters import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from mikrosim.engine.dataset import Dataset

HOUSEHOLDS = 5_000
"""In each year, under the law in force."""

LAWS = 5
SOME = 700
"""Under random laws, fewer households: plain rules take a second for a thousand."""

ONLY_BY_REFORM = {"skolemat"}

NOK = 1e-6
"""Differences smaller than this are none."""


def test_compiled_equals_plain_for_random_households_and_laws_of_every_year() -> None:
    # One test for all years: the kernel takes half a minute to compile, once in each process that needs it.
    kernel = program()
    reached = set()
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        laws = random_laws(LAWS, year, seed=year)
        for households, tried in (
            (random_households(HOUSEHOLDS, year, seed=year), laws[:1]),
            (random_households(SOME, year, seed=-year % 1000), laws),
        ):
            compiled = run(kernel, households, tried, year)
            for number, law in enumerate(tried):
                plain = evaluate(GRAPH, LAYOUT, households, law, year)
                compare(compiled, number, plain, households, f"{year}, law {number}")
            for name in BUDGET_SIGNS:
                assert compiled.columns[name].min() >= -NOK, f"{year}: {name} below 0"
            reached |= {name for name in OUTPUTS if compiled.columns[name][0].any()}
    assert reached == set(OUTPUTS) - ONLY_BY_REFORM, "what nobody has under the law in force tests nothing"


def compare(compiled: Result, number: int, plain: dict, households: Dataset, case: str) -> None:
    weight = households.columns["weight"]
    for name in OUTPUTS:
        expected = np.array(plain[name][0])
        assert np.isfinite(expected).all(), f"{case}: {name}"
        np.testing.assert_allclose(
            compiled.columns[name][number], expected, rtol=1e-9, atol=NOK, err_msg=f"{case}: {name}"
        )
    for name in SUMS:
        of_row = weight if GRAPH.nodes[name].entity == "household" else weight[households.links["person_household"]]
        assert compiled.sums[name][number] == pytest.approx(np.dot(of_row, plain[name][0]), rel=1e-9), case
