"""PolicyEngine-UK: UK tax and benefit law on policyengine-core."""

from pathlib import Path

WAGE = 38_000  # pounds for an average wage of 1; a round number that lands in the law's range
YEAR = 2025
OUTPUT = "household_net_income"
REFORM = {"gov.hmrc.income_tax.rates.uk[0].rate": {str(YEAR): 0.21}}  # otherwise 20 per cent


def load():
    import policyengine_uk

    return policyengine_uk


def prepare(law, people: Path):
    return law.Microsimulation(dataset=_dataset(people))


def compute(law, simulation):
    return simulation.calculate(OUTPUT, YEAR)


def second(law, simulation, people):
    return law.Microsimulation(dataset=_dataset(people), reform=REFORM).calculate(OUTPUT, YEAR)


def check(result):
    return float(result.to_numpy().mean())


def rules(law, simulation, result):
    variables = simulation.tax_benefit_system.variables
    computed = [
        name
        for name, variable in variables.items()
        if variable.formulas and simulation.get_holder(name).get_known_periods()
    ]
    return f"{len(computed):,} of {len(variables):,} variables"


def _dataset(people: Path):
    import numpy as np
    import pandas as pd
    from policyengine_uk.data.dataset_schema import UKMultiYearDataset, UKSingleYearDataset

    columns = np.load(people / "people.npz")
    place, household = columns["place"], columns["household"]
    heads = place == 0
    ids = np.arange(int(household[-1]) + 1) + 1
    benefit = columns["earlier_wage"] * columns["unemployed_months"] / 24
    person = pd.DataFrame(
        {
            "person_id": np.arange(len(place)) + 1,
            "person_benunit_id": household + 1,
            "person_household_id": household + 1,
            "age": columns["age"],
            "gender": np.where(columns["female"], "FEMALE", "MALE"),
            "employment_income": columns["wage"] * WAGE,
            "private_pension_income": columns["pension"] * WAGE,
            "savings_interest_income": columns["interest"] * WAGE,
            "state_pension_reported": np.where(columns["age"] >= 67, 0.3 * WAGE, 0.0),
            "jsa_contrib_reported": benefit * WAGE,
            "hours_worked": np.where(columns["wage"] > 0, 37.5 * 52, 0.0),
        }
    )
    benunit = pd.DataFrame({"benunit_id": ids, "would_claim_uc": True, "would_claim_child_benefit": True})
    rent = columns["rent"][heads] * WAGE
    tenure = np.where(rent > 0, "RENT_PRIVATELY", "OWNED_WITH_MORTGAGE")
    household_table = pd.DataFrame(
        {"household_id": ids, "household_weight": 1.0, "region": "LONDON", "rent": rent, "tenure_type": tenure}
    )
    year = UKSingleYearDataset(person=person, benunit=benunit, household=household_table, fiscal_year=YEAR)
    return UKMultiYearDataset(datasets=[year])  # taken as it is; a single year would be carried to later years first
