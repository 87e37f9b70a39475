"""The real country's rules as one program for tests, with random households and random laws to run it on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.engine.dataset import NOBODY, Dataset, build
from mikrosim.engine.graph import build_graph
from mikrosim.engine.nodes import Column
from mikrosim.engine.program import Program, compile_program
from mikrosim.measures.budget import BUDGET_SIGNS
from mikrosim.parameters import load_law
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS
from mikrosim.simulation.rules import FieldsOfLaw, rule_book

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS = {
    **{column.name: Column("person", column.dtype) for column in (*PERSONS, *INCOMES)},
    **{column.name: Column("household", column.dtype) for column in HOUSEHOLDS},
}
OUTPUTS = (
    "barnetrygd", "ordinaer_barnetrygd", "utvidet_barnetrygd", "smaabarnstillegg", "finnmarkstillegg",
    "kontantstotte", "engangsstonad", "overgangsstonad", "stonad_til_barnetilsyn", "bidragsforskudd", "bostotte",
    "sosialhjelp", "bostotte_received", "sosialhjelp_received", "household_gross_income", "kontantstotte_child",
    "foreldrepenger", "barnebidrag", "dagpenger", "aap", "sykepenger", "uforetrygd", "engangssum_uforetrygd",
    "tiltakspenger", "kvalifiseringsstonad", "introduksjonsstonad", "minstenivatillegg", "supplerende_stonad",
    "kostnad_barnehage", "skolemat", "foreldrebetaling_barnehage", "foreldrebetaling_sfo", "child_care_costs",
    "personinntekt", "alminnelig_inntekt", "minstefradrag", "personfradrag", "foreldrefradrag",
    "skatt_alminnelig_inntekt", "trinnskatt", "trygdeavgift", "skattefradrag_pensjon",
    "formuesskatt", "skatt", "after_tax_income",
    "after_tax_income_net_of_child_care", "consumption_units_eu", "equivalised_income", "equivalised_income_oecd",
)  # fmt: skip
SUMS = (*BUDGET_SIGNS, "skatt", "child_care_costs")

LAYOUT = FieldsOfLaw(load_law().layout)
GRAPH = build_graph(rule_book(), COLUMNS, OUTPUTS)


@cache
def program() -> Program:
    """Return the one program that all tests of the law run; it takes half a minute to compile."""
    return compile_program(GRAPH, LAYOUT, OUTPUTS, SUMS)


KINDS = ("nobody", "single", "couple", "single parent", "two parents", "step family", "three generations",
         "young mother", "siblings", "parents apart", "child alone")  # fmt: skip
SIGNED = ("self_employment_income", "capital_income", "income_previous_year", "net_wealth")
LARGEST = 2_000_000_000
WHOLE = {
    "sex": (1, 3),
    "immigrant_background": (0, 3),
    "residence_years": (0, 90),
    "sfo": (0, 3),
    "municipality": (301, 5640),
    "centrality": (1, 7),
    "household_type": (1, 9),
    "tenure": (0, 4),
    "housing_cost_month": (0, 30_000),
    "kindergarten_start_month": (-1, 13),
    "trygdetid": (0, 41),
    "samvaersklasse": (0, 5),
}
"""Columns of codes and numbers: the least value and one more than the largest."""


def random_households(count: int, year: int, seed: int) -> Dataset:
    """Return households of every kind in ``KINDS``, with plausible and extreme values in every column."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[int, int, int, int, int]] = []
    for household in range(count):
        first = len(rows)
        for born, partner, mother, father in _members(KINDS[household % len(KINDS)], year, rng):
            links = (NOBODY if row is None else first + row for row in (partner, mother, father))
            rows.append((household, born, *links))
    household, born, partner, mother, father = np.array(rows).T
    given = {
        "household": household,
        "birth_year": born,
        "partner": partner,
        "mother": mother,
        "father": father,
        "person_id": np.arange(len(rows)),
        "birth_month": rng.integers(1, 13, len(rows)),
        "kindergarten_hours": rng.choice([0, 0, 8, 20, 33, 40, 41, 45, 50], len(rows)),
        "sfo_price_month": rng.choice([-1, -1, 0, 1171, 1459, 2979, 100_000], len(rows)),
        "overgangsstonad_months": rng.choice([0, 0, 1, 6, 12], len(rows)),
        "foreldrepenger_dekningsgrad": rng.choice([0, 80, 100], len(rows)),
        "other_parent_income": rng.choice([-1, 0, 250_000, 600_000, 2_000_000], len(rows)),
    }
    for column in INCOMES:
        if column.name in ("wage_from", "wage_to"):
            given[column.name] = rng.choice([1, 1, 1, 3, 8, 12, 12], len(rows))
        elif column.name.endswith(("_from", "_to")):
            given[column.name] = rng.choice([0, 1, 1, 4, 7, 12, 12], len(rows))
        elif column.name.endswith("_degree"):
            given[column.name] = rng.choice([0, 0, 0, 0, 0.5, 0.8, 1], len(rows))
    persons = {
        column.name: given.get(column.name, _random(column.name, column.dtype, len(rows), rng)).astype(column.dtype)
        for column in (*PERSONS, *INCOMES)
    }
    households = {column.name: _random(column.name, column.dtype, count, rng) for column in HOUSEHOLDS}
    households["household_id"] = np.arange(count)
    cities = rng.choice([301, 4601, 4204, 5601], count)
    households["municipality"] = np.where(rng.random(count) < 0.5, cities, households["municipality"])
    households["weight"] = rng.uniform(0.5, 30, count)
    households = {column.name: households[column.name].astype(column.dtype) for column in HOUSEHOLDS}
    return build(persons, households, year)


def _members(
    kind: str, year: int, rng: np.random.Generator
) -> Iterator[tuple[int, int | None, int | None, int | None]]:
    """Yield each member's year of birth, partner, mother and father, as places in the household."""

    def adult() -> int:
        return year - int(rng.choice([16, 17, 18, 19, 30, 40, 61, 62, 69, 70, 90, int(rng.integers(20, 100))]))

    def child() -> int:
        return year - int(rng.integers(0, 21))

    children = range(int(rng.integers(1, 6)))
    if kind == "single":
        yield adult(), None, None, None
    elif kind == "couple":
        yield adult(), 1, None, None
        yield adult(), 0, None, None
    elif kind == "single parent":
        yield adult(), None, None, None
        parents = (0, None) if rng.random() < 0.6 else (None, 0)
        yield from ((child(), None, *parents) for _ in children)
    elif kind == "two parents":
        yield adult(), 1, None, None
        yield adult(), 0, None, None
        yield from ((child(), None, 0, 1) for _ in children)
    elif kind == "step family":
        yield adult(), 1, None, None
        yield adult(), 0, None, None
        for _ in children:
            yield child(), None, *((0, None), (None, 1), (0, 1), (1, None), (1, 0))[rng.integers(0, 5)]
    elif kind == "three generations":
        yield year - 70, 1, None, None
        yield year - 66, 0, None, None
        yield year - int(rng.integers(17, 40)), None, 0, 1
        yield year - int(rng.integers(0, 19)), None, 1, 0
        yield from ((child(), None, 2, None) for _ in children)
    elif kind == "young mother":
        yield year - 45, None, None, None
        yield year - int(rng.integers(15, 19)), 2, 0, None
        yield year - 20, 1, None, None
        yield year - int(rng.integers(0, 3)), None, 1, 2
    elif kind == "siblings":
        yield from ((adult(), None, None, None) for _ in range(8))
    elif kind == "parents apart":
        yield adult(), None, None, None
        yield adult(), None, None, None
        yield from ((child(), None, 0, 1) for _ in children)
    elif kind == "child alone":
        yield child(), None, None, None


def _random(name: str, dtype: str, size: int, rng: np.random.Generator) -> np.ndarray:
    if dtype == "bool":
        return rng.random(size) < 0.2
    if name in WHOLE:
        return rng.integers(*WHOLE[name], size)
    if dtype.startswith("float"):
        return rng.random(size)
    amount = np.where(rng.random(size) < 0.5, rng.lognormal(12, 1, size), rng.integers(0, 150_000, size))
    amount *= rng.random(size) < 0.35
    amount = np.where(rng.random(size) < 0.01, rng.choice([1, 2, 10_000_000, LARGEST], size), amount)
    if name in SIGNED:
        amount *= rng.choice([-1, 1, 1, 1], size)
    return amount.round()


def random_laws(count: int, year: int, seed: int) -> np.ndarray:
    """Return the year's law, then laws in which most numbers differ, from month to month too.

    Numbers stay within the bounds of their parameter; choices and flags take other values.
    """
    law = load_law()
    rng = np.random.default_rng(seed)
    laws = np.repeat(law.vector(year)[None], count, axis=0)
    # From a law in which all differs to one in which nearly nothing does: the kernel recomputes what is reached.
    reach = np.geomspace(1, 0.02, count - 1)
    for path, slot in law.layout.slots.items():
        parameter = law.parameters[path]
        values = max(len(parameter.choices), 2)
        for number in 1 + np.flatnonzero(rng.random(count - 1) < reach):
            part = laws[number, :, slot.span]
            if parameter.unit in ("choice", "flag"):
                part[...] = (part + rng.integers(1, values)) % values
            elif not part.any():
                part[...] = rng.uniform(0, 1000, part.shape)
            elif rng.random() < 0.1:
                part[np.isfinite(part)] = 0.0
            else:
                part *= rng.lognormal(0, 0.3, part.shape)
            np.clip(part, parameter.minimum, parameter.maximum, out=part)
    return laws


def apart(households: Dataset, year: int) -> Iterator[Dataset]:
    """Yield each household as a dataset of its own."""
    for number in range(len(households.columns["weight"])):
        rows = np.flatnonzero(households.columns["household"] == number)
        first = rows[0] if len(rows) else 0
        persons = {
            name: households.columns[name][rows] for name, column in COLUMNS.items() if column.entity == "person"
        }
        for link in ("partner", "mother", "father"):
            persons[link] = np.where(persons[link] == NOBODY, NOBODY, persons[link] - first)
        persons["household"] = np.zeros(len(rows), dtype=persons["household"].dtype)
        own = {
            name: households.columns[name][number : number + 1]
            for name, column in COLUMNS.items()
            if column.entity == "household"
        }
        yield build(persons, own, year)


def merged(datasets: Sequence[Dataset], year: int) -> Dataset:
    """Return the households of several datasets as one."""
    persons, households = (
        {
            name: np.concatenate([one.columns[name] for one in datasets])
            for name, column in COLUMNS.items()
            if column.entity == entity
        }
        for entity in ("person", "household")
    )
    sizes = [one.rows["person"] for one in datasets]
    first = np.repeat(np.cumsum([0, *sizes[:-1]]), sizes)
    for link in ("partner", "mother", "father"):
        persons[link] = np.where(persons[link] == NOBODY, NOBODY, persons[link] + first)
    homes = np.cumsum([0, *(one.rows["household"] for one in datasets[:-1])])
    persons["household"] = persons["household"] + np.repeat(homes, sizes)
    return build(persons, households, year)
