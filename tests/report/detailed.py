"""A run with its households, computed from incomes made up here: no rule is compiled."""

import json
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from mikrosim.engine.run import Result
from mikrosim.measures import BUDGET_SIGNS, frame_of, share_facing
from mikrosim.measures.replicates import Replicates, students_quantile
from mikrosim.population import Population
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS
from mikrosim.report.tables_on_request import PARENTS
from mikrosim.scenario import scenario_from_dict
from mikrosim.simulation.decompose import COUNTRY
from mikrosim.simulation.detail import Detail
from mikrosim.simulation.law_parts import parts_of
from mikrosim.simulation.reform import HOUSEHOLD_OUTPUTS, Comparison, Outcome
from mikrosim.simulation.remark import Remark
from mikrosim.simulation.result import RunResult
from mikrosim.simulation.uncertainty import Uncertainty, numbers
from mikrosim.simulation.work_incentives import INCOMES as INCOMES_OF_RATES

YEAR = 2025
SCENARIO = {
    "name": "Høyere barnetrygd <b>& mer</b>",
    "year": YEAR,
    "description": "Hundre kroner mer i måneden, betalt med høyere trinnskatt.",
    "source": "Ingen, se https://example.org/forslag",
    "reform": {
        "barnetrygd.ordinaer": {"add": 100, "from": f"{YEAR}-05"},
        "skatt.foreldrefradrag.first_child": 0,
        "bostotte.take_up": 0.6,
    },
}
FIT = [
    {
        "id": f"figure.{place}",
        "name": {"nb": f"Tall nummer {place}", "en": f"Figure number {place}"},
        "unit": "persons",
        "kind": "count",
        "calibrated": place < 10,
        "target": 1000.0 * place,
        "reached": 1000.0 * place + 7.0 * place * place,
        "difference_percent": 0.7 * place,
        "source": {"title": "SSB, en tabell", "href": "https://www.ssb.no", "date": "2024-01-01"},
        "derived": "",
    }
    for place in range(1, 15)
]
COUNT = 400


class MadeUp:
    """Stands in for the engine: families get 8 percent more under the reform, the others pay for it."""

    parameters = ("barnetrygd.ordinaer_under_6", "bostotte.take_up", "sosialhjelp.take_up")

    def __init__(self, population):
        rng = np.random.default_rng(5)
        size = np.bincount(population.persons["household"])
        children = np.bincount(population.persons["household"], YEAR - population.persons["birth_year"] < 18)
        self.families, self.units = children > 0, 1.0 + 0.4 * (size - 1)
        self.income = 3e5 * self.units * rng.lognormal(0.0, 0.5, len(size))

    def run(self, policies, years_before=0):
        after = self.income * np.where(self.families, 1.08, np.where(self.income > 4e5, 0.99, 1.0))
        income = np.stack([self.income, after]) * (1.0 - 0.03 * years_before)
        columns = (income, income - 5000.0 * self.families, [self.units] * 2, [self.units * 1.2] * 2)
        sums = {name: np.zeros(2) for name in BUDGET_SIGNS}
        sums["barnetrygd"], sums["trinnskatt"] = np.array([2e9, 3.5e9]), np.array([9e9, 9.4e9])
        return Result({name: np.array(values) for name, values in zip(HOUSEHOLD_OUTPUTS, columns, strict=True)}, sums)


def a_population(folder):
    """Return couples and singles with up to three children, in four places; some are students, some immigrants."""
    (folder / "fit.json").write_text(json.dumps(FIT))
    rows = np.arange(COUNT)
    adults, children = 1 + rows % 2, rows % 4
    home = np.repeat(rows, adults + children).astype(np.int32)
    first = np.searchsorted(home, rows)
    place = np.arange(len(home)) - first[home]
    adult = place < adults[home]
    persons = {column.name: np.zeros(len(home), column.dtype) for column in PERSONS}
    persons["person_id"][:] = np.arange(len(home))
    persons["household"][:] = home
    persons["birth_year"][:] = np.where(adult, 1985, YEAR - 1 - 3 * place - rows[home] % 5)
    persons["immigrant_background"][:] = rows[home] % 5 == 0
    persons["residence_years"][:] = np.where(rows[home] % 10 == 0, 1, 15)
    for link in ("partner", "mother", "father"):
        persons[link][:] = -1
    persons["mother"][~adult] = first[home][~adult]
    households = {column.name: np.zeros(COUNT, column.dtype) for column in HOUSEHOLDS}
    households["household_id"][:] = 500 + rows
    households["weight"][:] = 500.0 + 100.0 * (rows % 7)
    households["household_type"][:] = np.where(children == 0, adults, np.where(adults == 2, 3, 5))
    households["municipality"][:] = np.resize([301, 1103, 4601, 5601], COUNT)
    households["centrality"][:] = 1 + rows % 6
    households["student_household"][:] = rows % 9 == 0
    incomes = {column.name: np.zeros(len(home), column.dtype) for column in INCOMES}
    incomes["wage"][:] = np.where(adult, 50_000 * (np.arange(len(home)) % 14), 0)
    made = MappingProxyType({"made_from": "0123", "seed": 1})
    return Population(households, persons, (incomes,) * 3, YEAR, hash="made-up", path=folder, manifest=made)


def a_detailed_result(folder, **changed):
    """Return a run whose tables can be computed.

    Args:
        folder: Where the population's fit table is written.
        changed: Fields of the result that are to be others.
    """
    scenario, population = scenario_from_dict(SCENARIO), a_population(folder)
    frame = frame_of(population.persons, population.households, YEAR)
    computation = MadeUp(population)
    (outcome,) = Comparison(computation, frame).outcomes(scenario.baseline(), [scenario.policy()])
    baseline, reform = scenario.baseline(), scenario.policy()
    fields = {
        "scenario": scenario.name,
        "year": YEAR,
        "population": {
            "persons": len(population.persons["household"]),
            "households": COUNT,
            "weighted_persons": float(frame.everyone.sum()),
            "hash": "made-up",
        },
        "law_hash": reform.law_hash,
        "version": "0.1.0",
        "baseline": outcome.baseline,
        "reform": outcome.reform,
        "change": outcome.change,
        "winners_losers": outcome.winners_losers,
        "deciles": outcome.deciles,
        "law_changes": reform.changes,
        "remarks": (Remark("unconfirmed", ("bostotte.take_up", "sosialhjelp.take_up")), Remark("uprated", ("2023",))),
        "manifest": {"seed": None},
        "about": {"description": scenario.description, "source": scenario.source},
        "detail": Detail(population, frame, baseline, reform, outcome.before, outcome.after, computation.parameters),
    }
    return RunResult(**{**fields, **changed})


def with_everything(result, replicates=10):
    """Return a run with what is computed on request: intervals, parents' tax rates, and what the parts contribute.

    Standard errors and rates are made up here; they need the engine.
    """
    detail = result.detail
    weights = Replicates(detail.population.weights, replicates)
    rng = np.random.default_rng(8)
    given = {"barnetrygd": 24_000.0, "bostotte": 9_000.0, "sosialhjelp": 0.0}
    families = detail.frame.in_families > 0.0
    amounts = {
        name: np.outer([1.0, 1.2], families * amount * rng.integers(0, 3, COUNT)) for name, amount in given.items()
    }
    amounts |= {name: np.zeros((2, COUNT)) for name in BUDGET_SIGNS if name not in given}
    outcome = Outcome(result.baseline, result.reform, result.change, result.winners_losers, result.deciles,
                      detail.before, detail.after)  # fmt: skip
    errors = {path: abs(value) / 50.0 for path, value in numbers(outcome).items()}
    ratios = {"change.low_income": 1.5, "deciles": 0.8}
    manner = {"level": 0.95, "replicates": replicates, "synthesis": {"seeds": [1, 2], "variance_over_sampling": ratios}}
    sure = Uncertainty(errors, students_quantile(replicates), manner, weights, amounts)
    outcome = sure.beside(outcome)
    rates = {law: _rates(rng, shift) for law, shift in (("baseline", 0.0), ("reform", 0.1))}
    change = _difference(rates["reform"], rates["baseline"])
    parts = parts_of(detail.baseline, detail.reform, "folder")
    contributions = {name: dict.fromkeys(COUNTRY, 10.0 * place) for place, name in enumerate(parts, start=1)}
    return replace(
        result,
        **{name: getattr(outcome, name) for name in ("baseline", "reform", "change", "winners_losers", "deciles")},
        uncertainty=sure.summary(),
        work_incentives={"wage_step": 1000.0, "parents": 80, **rates, "change": change},
        decomposition={
            "parts": {name: list(paths) for name, paths in parts.items()},
            "total": {path: sum(one[path] for one in contributions.values()) for path in COUNTRY},
            "contributions": contributions,
        },
        detail=replace(detail, before=outcome.before, after=outcome.after, replicates=weights),
    )


def _rates(rng, shift):
    def facing():
        return share_facing(rng.uniform(0.2, 0.9, 50) + shift, np.ones(50))

    return {
        rate: {income: {group: facing() for group in PARENTS} for income in INCOMES_OF_RATES}
        for rate in ("marginal", "participation")
    }


def _difference(after, before):
    return {name: value - before[name] if isinstance(value, float) else _difference(value, before[name])
            for name, value in after.items()}  # fmt: skip
