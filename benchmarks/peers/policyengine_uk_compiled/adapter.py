"""policyengine-uk-compiled: PolicyEngine's UK rules in Rust; a call gives baseline, reform and tables."""

from pathlib import Path

WAGE = 38_000  # pounds for an average wage of 1; a round number that lands in the law's range
YEAR = 2025
BASIC_RATE = 0.21  # otherwise 20 per cent
TIME_LIMIT = 600  # seconds; the package's own would stop at 120


def load():
    import policyengine_uk_compiled

    return policyengine_uk_compiled


def prepare(law, people: Path):
    import numpy as np
    import pandas as pd

    columns = np.load(people / "people.npz")
    place, adults, size = (columns[name] for name in ("place", "adults", "size"))
    household, heads = columns["household"], place == 0
    units = int(household[-1]) + 1
    first = np.flatnonzero(heads)
    old = columns["age"] >= 67
    persons = pd.DataFrame(
        law.PERSON_DEFAULTS
        | {
            "person_id": np.arange(len(place)),
            "benunit_id": household,
            "household_id": household,
            "age": columns["age"].astype(float),
            "gender": np.where(columns["female"], "female", "male"),
            "is_benunit_head": heads,
            "is_household_head": heads,
            "employment_income": columns["wage"] * WAGE,
            "private_pension_income": columns["pension"] * WAGE,
            "state_pension": np.where(old, 0.3 * WAGE, 0.0),
            "savings_interest": columns["interest"] * WAGE,
            "hours_worked_annual": np.where(columns["wage"] > 0, 37.5 * 52, 0.0),
        }
    )
    members = [
        ";".join(map(str, range(begin, begin + number))) for begin, number in zip(first, size[heads], strict=True)
    ]
    rent = columns["rent"][heads] * WAGE
    benunits = pd.DataFrame(
        law.BENUNIT_DEFAULTS
        | {
            "benunit_id": np.arange(units),
            "household_id": np.arange(units),
            "person_ids": members,
            "rent_monthly": rent / 12,
            "is_lone_parent": (adults[heads] == 1) & (size[heads] > 1),
        }
    )
    households = pd.DataFrame(
        law.HOUSEHOLD_DEFAULTS
        | {
            "household_id": np.arange(units),
            "benunit_ids": np.arange(units),
            "person_ids": members,
            "rent_annual": rent,
        }
    )
    return law.Simulation(year=YEAR, persons=persons, benunits=benunits, households=households)


def compute(law, simulation):
    return simulation.run(timeout=TIME_LIMIT)


def second(law, simulation, people):
    basic, *others = simulation.get_baseline_params()["income_tax"]["uk_brackets"]
    rates = law.IncomeTaxParams(uk_brackets=[basic | {"rate": BASIC_RATE}, *others])
    return simulation.run(policy=law.Parameters(income_tax=rates), timeout=TIME_LIMIT)


def check(result):
    return result.program_breakdown.income_tax


def rules(law, simulation, result):
    return f"{len(type(result.program_breakdown).model_fields)} programmes"
