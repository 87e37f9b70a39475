"""Tax-Calculator: federal income and payroll tax of US tax units."""

from pathlib import Path

WAGE = 70_000  # dollars for an average wage of 1; a round number that lands in the law's range
YEAR = 2024
REFORM = {"II_rt1": {YEAR: 0.11}}  # the lowest rate of income tax, otherwise 10 per cent


def load():
    import taxcalc

    policy = taxcalc.Policy()
    policy.set_year(YEAR)
    return taxcalc, policy


def prepare(law, people: Path):
    import numpy as np
    import pandas as pd

    taxcalc, policy = law
    columns = np.load(people / "people.npz")
    place, adults, age = (columns[name] for name in ("place", "adults", "age"))
    household = columns["household"]
    heads = place == 0
    spouses = (place == 1) & (adults == 2)
    units = int(household[-1]) + 1
    spouse_of = household[spouses]
    child = place >= adults

    def of_children(which):
        return np.bincount(household[child & which], minlength=units)

    def of_spouses(values):
        found = np.zeros(units, values.dtype)
        found[spouse_of] = values[spouses]
        return found

    wage, pension, interest = (columns[name] * WAGE for name in ("wage", "pension", "interest"))
    benefit = columns["earlier_wage"] * WAGE * columns["unemployed_months"] / 24
    alone = adults[heads] == 1
    children = of_children(age < 18)
    frame = pd.DataFrame(
        {
            "RECID": np.arange(1, units + 1),
            "FLPDYR": YEAR,
            "MARS": np.where(alone, np.where(children > 0, 4, 1), 2),
            "XTOT": columns["size"][heads],
            "EIC": np.minimum(children, 3),
            "age_head": age[heads],
            "age_spouse": of_spouses(age),
            "nu18": children,
            "nu13": of_children(age < 13),
            "nu06": of_children(age < 6),
            "n24": of_children(age < 17),
            "e00200p": wage[heads],
            "e00200s": of_spouses(wage),
            "e00200": wage[heads] + of_spouses(wage),
            "e01500": pension[heads] + of_spouses(pension),
            "e01700": pension[heads] + of_spouses(pension),
            "e00300": interest[heads] + of_spouses(interest),
            "e02300": benefit[heads] + of_spouses(benefit),
            "s006": 1.0,
        }
    )
    records = taxcalc.Records(data=frame, start_year=YEAR, gfactors=None, weights=None, adjust_ratios=None)
    return taxcalc.Calculator(policy=policy, records=records, verbose=False)


def compute(law, calculator):
    calculator.calc_all()
    return calculator


def second(law, calculator, people):
    taxcalc, _ = law
    policy = taxcalc.Policy()
    policy.implement_reform(REFORM)
    policy.set_year(YEAR)
    reformed = prepare((taxcalc, policy), people)
    reformed.calc_all()
    return reformed


def check(result):
    return float((result.array("iitax") + result.array("payrolltax")).mean())


def rules(law, calculator, result):
    from taxcalc import calcfunctions
    from taxcalc import calculator as calling

    functions = [name for name in vars(calling) if callable(vars(calling)[name]) and hasattr(calcfunctions, name)]
    columns = result._Calculator__records.CALCULATED_VARS
    return f"{len(functions)} functions, {len(columns)} columns"
