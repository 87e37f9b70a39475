"""What is computed beside a run by its own program: example families' contributions, and a line of an earlier year."""

import numpy as np
import pytest
from people import YEAR, people

import mikrosim
from mikrosim.hypothetical.compute import evaluate_household
from mikrosim.hypothetical.spec import read_spec
from mikrosim.population import save
from mikrosim.population.uprating import uprating
from mikrosim.report.families import families
from mikrosim.simulation.anchored import line_of_own_year
from mikrosim.simulation.decompose import HOUSEHOLD, decompose_household
from mikrosim.simulation.decompose_households import decompose_households
from mikrosim.simulation.law_parts import parts_of
from mikrosim.simulation.reform import household_after_tax_income

LEFT = "after_tax_income_net_of_child_care"
SCENARIO = {
    "name": "Mye på en gang",
    "year": YEAR,
    "reform": {
        "barnetrygd.ordinaer": {"multiply": 1.5},
        "barnetrygd.taxable_as": "personinntekt",
        "skatt.foreldrefradrag.first_child": 0,
        "bostotte.take_up": 0.5,
        "sfo.free_hours": [12, 12, 12, 12],
    },
}


# One test, so that one process compiles the law.
def test_families_have_the_contributions_that_plain_rules_give_them_and_a_line_follows_prices(tmp_path):
    scenario = mikrosim.scenario_from_dict(SCENARIO)
    baseline, reform = scenario.baseline(), scenario.policy()
    specs = [read_spec(family["spec"], name) for name, family in families(YEAR).items()]
    parts = parts_of(baseline, reform, "folder")
    assert len(parts) >= 3

    found = decompose_households(specs, people(), baseline, reform, parts)

    moved = 0
    for place, spec in enumerate(specs):
        plain = decompose_household(spec, baseline, reform, by="folder")
        for part, values in plain.by_part.items():
            assert found[part][place] == pytest.approx(values[HOUSEHOLD.index(LEFT)], abs=1e-6)
            moved += found[part][place] != 0
        old, new = (evaluate_household(spec, law).result(0, None)["household"][LEFT] for law in (baseline, reform))
        assert sum(found[part][place] for part in parts) == pytest.approx(new - old, abs=1e-6)
    assert moved > 5

    own = people()
    assert line_of_own_year(own) is None
    later = save(own, tmp_path / "own").at_year(YEAR + 1)
    anchored = line_of_own_year(later)
    index = uprating().series["prices"]
    assert (anchored.year, anchored.factor) == (YEAR, pytest.approx(index[YEAR + 1] / index[YEAR]))
    size = np.bincount(own.persons["household"])
    adults = 1 + np.arange(len(size)) % 2
    units = 1.0 + 0.5 * (adults - 1) + 0.3 * (size - adults)
    equivalised = household_after_tax_income(own) / units
    counted = own.households["student_household"] == 0
    each = np.sort(np.repeat(equivalised[counted], size[counted]))
    assert anchored.line == pytest.approx(0.6 * np.median(each) * anchored.factor, rel=1e-4)
