import numpy as np
import pytest

from mikrosim.errors import MikrosimError
from mikrosim.measures import BUDGET_SIGNS, Frame, Incomes, budget, difference, measure, pick


def test_benefits_cost_and_taxes_pay():
    costs = budget(dict.fromkeys(BUDGET_SIGNS, 2e6))

    assert costs["by_instrument"]["barnetrygd"] == 2.0
    assert costs["by_instrument"]["skattefradrag_pensjon"] == 2.0
    assert costs["by_instrument"]["trygdeavgift"] == -2.0
    assert costs["by_instrument"]["foreldrebetaling_sfo"] == -2.0
    assert costs["net"] == sum(costs["by_instrument"].values())


def test_a_law_s_measures_have_the_contract_s_names():
    persons = np.array([2.0, 3.0, 4.0])
    frame = Frame(persons, persons - 1, persons, persons - 1, persons, persons)
    income = np.array([100.0, 300.0, 500.0])
    year = Incomes(income, income, np.ones(3), np.full(3, 2.0))

    found = measure([year, year, year], {"barnetrygd": 1e6}, frame)

    assert set(found.measured) == {"budget", "low_income", "persistent_low_income", "inequality"}
    assert found.lines == {"eu60": 180.0, "oecd50": 75.0}
    assert pick(found.measured, "low_income.eu60.all.persons") == 2.0
    assert pick(found.measured, "persistent_low_income.eu60") == pick(found.measured, "low_income.eu60")
    nothing = difference(found.measured, found.measured)
    assert pick(nothing, "inequality.gini") == 0.0
    assert set(nothing) == set(found.measured)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("low_incom.eu60", "no measure 'low_incom' in the result; did you mean low_income?"),
        ("low_income.eu6", "no measure 'eu6' in low_income; did you mean eu60? (it has eu60)"),
        ("gini.x", "no measure 'x' in gini"),
    ],
)
def test_a_path_that_leads_nowhere_names_the_nearest_measure(path, words):
    with pytest.raises(MikrosimError) as raised:
        pick({"low_income": {"eu60": {"share": 0.1}}, "gini": 0.2}, path)

    assert words in str(raised.value)
