"""The law's compiled kernel against the same rules as plain Python, for random households under random laws."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from norway import COLUMNS, random_households, random_laws

from mikrosim.engine.graph import build_graph
from mikrosim.engine.plain import evaluate
from mikrosim.engine.program import compile_program
from mikrosim.engine.run import Result, run
from mikrosim.parameters import FIRST_YEAR, LAST_YEAR, load_law
from mikrosim.simulation.rules import FieldsOfLaw, rule_book

if TYPE_CHECKING:
    from mikrosim.engine.dataset import Dataset

HOUSEHOLDS = 2_000
LAWS = 5
"""A year: the law in force, then random ones."""

OUTPUTS = (
    "barnetrygd", "ordinaer_barnetrygd", "utvidet_barnetrygd", "smaabarnstillegg", "finnmarkstillegg",
    "overgangsstonad", "foreldrebetaling_barnehage", "foreldrebetaling_sfo", "child_care_costs",
    "personinntekt", "alminnelig_inntekt", "minstefradrag", "personfradrag", "foreldrefradrag",
    "skatt_alminnelig_inntekt", "trinnskatt", "trygdeavgift", "skattefradrag_pensjon", "skatt", "after_tax_income",
    "after_tax_income_net_of_child_care", "consumption_units_eu", "equivalised_income", "equivalised_income_oecd",
)  # fmt: skip
SUMS = ("barnetrygd", "skatt", "child_care_costs")
NOK = 1e-6
"""Differences smaller than this are none."""

LAYOUT = FieldsOfLaw(load_law().layout)
GRAPH = build_graph(rule_book(), COLUMNS, OUTPUTS)


def test_compiled_equals_plain_for_random_households_and_laws_of_every_year() -> None:
    # One test for all years: the kernel takes half a minute to compile, once in each process that needs it.
    program = compile_program(GRAPH, LAYOUT, OUTPUTS, SUMS)
    reached = set()
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        households = random_households(HOUSEHOLDS, year, seed=year)
        laws = random_laws(LAWS, year, seed=year)
        compiled = run(program, households, laws, year)
        for number, law in enumerate(laws):
            plain = evaluate(GRAPH, LAYOUT, households, law, year)
            compare(compiled, number, plain, households, f"{year}, law {number}")
        reached |= {name for name in OUTPUTS if compiled.columns[name][0].any()}
    assert reached == set(OUTPUTS), "what nobody has under the law in force tests nothing"


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
