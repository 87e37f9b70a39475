"""Six example families under two laws: the year by instrument, month by month, by wage, and by the reform's parts."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from mikrosim.measures import BUDGET_SIGNS
from mikrosim.population.uprating import uprating

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mikrosim.parameters import Policy
    from mikrosim.population import Population
    from mikrosim.report.tables_of_run import Rows
    from mikrosim.units import Nok

BORN_IN = "03"
"""The month in which everyone is born."""

WAGES, HOUSING_COSTS = "wage", "prices"
"""The indices that carry amounts to another year."""

ROUNDED_TO = {"wage": 1000.0, "housing_cost_month": 100.0}
LEFT = "after_tax_income_net_of_child_care"
IN_KIND = ("kostnad_barnehage", "skolemat")
"""Public costs that are no part of a family's income."""

SMALLEST = 0.5
"""NOK a year; what is less is not shown."""

BY_WAGE = ("single_parent_two_children", "single_parent_no_work", "couple_three_children_one_wage")
"""The families that are shown by the wage of their first adult, the others' wages being as they are."""

WAGES_SHOWN: tuple[Nok, ...] = tuple(40_000.0 * step for step in range(21))
WAGE_COLUMNS = {
    "after_tax_income": "after_tax_income",
    LEFT: "left",
    "effective_marginal_tax_rate": "marginal_rate",
    "participation_tax_rate": "participation_rate",
    "below_line": "below_line",
}

MONTHLY = ("after_tax_income", "child_care_costs", LEFT)


def family_tables(baseline: Policy, reform: Policy) -> dict[str, Rows]:
    """Return `families` (the year), `family_instruments` (what it is made of) and `family_months`.

    Args:
        baseline: The law the reform is compared with.
        reform: The law with the reform, of the same income year.
    """
    from mikrosim.hypothetical.calendar import calendar_of
    from mikrosim.hypothetical.compute import evaluate_household
    from mikrosim.hypothetical.spec import read_spec

    totals: Rows = []
    instruments: Rows = []
    months: Rows = []
    for name, family in families(baseline.year).items():
        spec = read_spec(family["spec"], f"family {name}")
        computed = [(law, evaluate_household(spec, law)) for law in (baseline, reform)]
        old, new = (one.result(0, None)["household"] for _, one in computed)
        before, after = old[LEFT], new[LEFT]
        change = {"change": after - before, "change_percent": 100.0 * (after - before) / before if before else None}
        totals.append({"family": name, **family["traits"], "baseline": before, "reform": after, **change})
        instruments += ({"family": name, **row} for row in _by_instrument(old, new))
        laws = [calendar_of(spec, law, one)["months"] for law, one in computed]
        months += [
            {"family": name, "month": one["month"], "measure": measure, "baseline": one[measure],
             "reform": other[measure], "change": other[measure] - one[measure]}
            for measure in MONTHLY for one, other in zip(*laws, strict=True)
        ]  # fmt: skip
    return {"families": totals, "family_instruments": instruments, "family_months": months}


def wage_table(baseline: Policy, reform: Policy, lines: tuple[Nok, Nok]) -> Rows:
    """Return what some of the families have left by the wage of their first adult, under both laws.

    Args:
        baseline: The law the reform is compared with.
        reform: The law with the reform, of the same income year.
        lines: The EU60 line under each of them, NOK per consumption unit and year.
    """
    from mikrosim.simulation.work_incentives import income_by_wage

    specs = {name: family["spec"] for name, family in families(baseline.year).items() if name in BY_WAGE}
    found: Rows = [{"family": name, "wage": wage} for name in specs for wage in WAGES_SHOWN]
    for law, policy, line in (("baseline", baseline, lines[0]), ("reform", reform, lines[1])):
        for row, one in zip(found, income_by_wage(specs, WAGES_SHOWN, policy, line), strict=True):
            row |= {f"{column}_{law}": one[name] for name, column in WAGE_COLUMNS.items()}
    return found


def part_table(population: Population, baseline: Policy, reform: Policy, parts: Mapping[str, Sequence[str]]) -> Rows:
    """Return what each part of the reform contributes to each family's income net of child care, NOK a year.

    Args:
        population: The run's, whose program computes the families.
        baseline: The law the reform is compared with.
        reform: The law with the reform, of the same income year.
        parts: The parameters of each part, as the country's decomposition has them.
    """
    from mikrosim.hypothetical.spec import read_spec
    from mikrosim.simulation.decompose_households import decompose_households

    shown = families(baseline.year)
    specs = [read_spec(family["spec"], f"family {name}") for name, family in shown.items()]
    by_part = decompose_households(specs, population, baseline, reform, parts)
    return [
        {"family": name, "part": part, "contribution": float(values[place])}
        for place, name in enumerate(shown)
        for part, values in by_part.items()
    ]


@cache
def _file() -> dict[str, Any]:
    import yaml

    text = (files("mikrosim.report") / "families.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return content


def families(year: int) -> dict[str, dict[str, Any]]:
    """Return each family at a year's level: its `spec` for `mikrosim.household`, and the `traits` a table shows."""
    content = _file()
    found = {}
    for name, family in content["families"].items():
        persons = [_person(person, year, content["level_year"]) for person in family["persons"]]
        cost = _carried(
            family["household"]["housing_cost_month"], "housing_cost_month", HOUSING_COSTS, year, content["level_year"]
        )
        household = {**family["household"], "housing_cost_month": cost}
        wages = [person["wage"] for person in persons if person.get("wage")]
        ages = [person["age"] for person in family["persons"] if person.get("parents")]
        traits = {
            "name_nb": family["name"]["nb"],
            "name_en": family["name"]["en"],
            **{f"wage_{place + 1}": wages[place] if place < len(wages) else None for place in range(2)},
            **{f"child_age_{place + 1}": ages[place] if place < len(ages) else None for place in range(3)},
            "municipality": household["municipality"],
            "tenure": household["tenure"],
            "housing_cost_month": cost,
        }
        found[name] = {"spec": {"year": year, "household": household, "persons": persons}, "traits": traits}
    return found


def _person(person: dict[str, Any], year: int, level: int) -> dict[str, Any]:
    given = {key: value for key, value in person.items() if key != "age"}
    if "wage" in given:
        given["wage"] = _carried(given["wage"], "wage", WAGES, year, level)
    return {**given, "born": f"{year - person['age']}-{BORN_IN}"}


def _carried(amount: float, name: str, index: str, year: int, level: int) -> float:
    """Return an amount at a year's level, rounded as round numbers are."""
    series = uprating().series[index]
    step = ROUNDED_TO[name]
    return step * round(amount * series[year] / series[level] / step)


def _by_instrument(old: dict[str, float], new: dict[str, float]) -> Iterator[dict[str, Any]]:
    """Yield what the family receives (+) and pays (-) of each instrument, if it is anything under either law."""
    for name, sign in BUDGET_SIGNS.items():
        before, after = sign * old.get(name, 0.0), sign * new.get(name, 0.0)
        if name not in IN_KIND and max(abs(before), abs(after)) >= SMALLEST:
            yield {"instrument": name, "baseline": before, "reform": after, "change": after - before}
