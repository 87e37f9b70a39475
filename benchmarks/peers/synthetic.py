"""Synthetic households that every model is given: drawn here, written once, mapped by each adapter to its own inputs.

They follow no country and no statistic: round shares, and money as multiples of an average wage, so that every
model meets children, couples, single parents, pensioners, tenants, and people out of work. A household is one adult
or a couple, with or without children of their own.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    Columns = dict[str, NDArray[Any]]

SEED = 20_251
KINDS = {"single": 0.40, "couple": 0.28, "couple with children": 0.24, "single parent": 0.08}
CHILDREN = {1: 0.40, 2: 0.40, 3: 0.20}
PENSION_AGE = 67
COLUMNS = {
    "household": "row of the household, from 0, never falling",
    "first": "row of the household's first adult",
    "place": "place in the household: 0 the first adult, 1 the second, from `adults` on the children",
    "adults": "adults in the household: 1, or 2 who are married",
    "size": "members of the household",
    "age": "completed years at the end of the year",
    "birth_month": "1-12",
    "female": "yes/no",
    "wage": "of the year, as a multiple of an average wage",
    "earlier_wage": "a year's wage before the unemployment or the disability; the wage of all others",
    "unemployed_months": "months of the year without work, with unemployment benefit",
    "disabled": "out of work for good, with a disability benefit",
    "pension": "private or occupational pension of the year, as a multiple of an average wage",
    "interest": "received in the year, as a multiple of an average wage",
    "rent": "paid by the household in the year, held by its first adult; 0 for owners",
}


def draw(persons: int, seed: int = SEED) -> Columns:
    """Return the columns of about so many persons: whole households, as many as fit.

    The same number and seed give the same persons.
    """
    rng = np.random.default_rng(seed)
    households = persons // 2 + 1000
    kind = rng.choice(len(KINDS), households, p=list(KINDS.values()))
    adults = np.where((kind == 1) | (kind == 2), 2, 1)
    drawn = rng.choice(list(CHILDREN), households, p=list(CHILDREN.values()))
    size = adults + np.where(kind >= 2, drawn, 0)
    kept = int(np.searchsorted(np.cumsum(size), persons, side="right"))
    size, adults = size[:kept], adults[:kept]
    household = np.repeat(np.arange(kept), size)
    first = np.repeat(np.cumsum(size) - size, size)
    place = np.arange(len(household)) - first
    ours = {
        "household": household,
        "first": first,
        "place": place,
        "adults": adults[household],
        "size": size[household],
    }
    ages = _ages(ours, rng)
    whole = {name: column.astype(np.int32) for name, column in (ours | ages).items()}
    return whole | {"female": _women(place, rng)} | _incomes(place, ours["adults"], ages["age"], rng)


def write(persons: int, folder: Path, seed: int = SEED) -> Path:
    """Write the persons as `people.npz` and `people.parquet` to a folder named by their number, once; return it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    place = folder / f"{persons}-{seed}"
    place.mkdir(parents=True, exist_ok=True)
    arrays, table = place / "people.npz", place / "people.parquet"
    if not (arrays.is_file() and table.is_file()):
        columns = draw(persons, seed)
        as_table, as_arrays = BytesIO(), BytesIO()
        pq.write_table(pa.table(columns), as_table)
        np.savez(as_arrays, **columns)  # type: ignore[arg-type]
        write_atomically(table, as_table.getvalue())
        write_atomically(arrays, as_arrays.getvalue())
    return place


def rows(place: Path) -> int:
    """Return the number of persons in a folder that `write` has made."""
    with np.load(place / "people.npz") as columns:
        return len(columns["place"])


def _ages(ours: Columns, rng: np.random.Generator) -> Columns:
    """Return ages and months of birth; parents are 19 to 39 years older than their eldest child."""
    household, first, place, adults, size = ours.values()
    count = len(household)
    age = np.where(place < adults, rng.integers(20, 91, count), rng.integers(0, 18, count))
    eldest = np.maximum.reduceat(np.where(place >= adults, age, 0), np.unique(first))[household]
    parent = (place < adults) & (size > adults)
    age = np.where(parent, eldest + rng.integers(19, 40, count), age)
    partner = (place == 1) & (size == adults)
    age = np.where(partner, np.clip(age[first] + rng.integers(-5, 6, count), 20, 90), age)
    return {"age": age, "birth_month": rng.integers(1, 13, count)}


def _women(place: NDArray[Any], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return who is a woman: partners of a first adult are of the other sex."""
    woman = rng.random(len(place)) < 0.5
    second = place == 1
    woman[second] = ~woman[np.flatnonzero(second) - 1]
    return woman


def _incomes(place: NDArray[Any], adults: NDArray[Any], age: NDArray[Any], rng: np.random.Generator) -> Columns:
    count = len(place)
    adult, old = place < adults, age >= PENSION_AGE
    of_age = adult & ~old
    full = np.where(of_age & (rng.random(count) < 0.92), 0.9 * rng.lognormal(0.0, 0.5, count), 0.0)
    disabled = (full > 0) & (rng.random(count) < 0.08)
    unemployed = (full > 0) & ~disabled & (rng.random(count) < 0.05)
    months = np.where(unemployed, rng.integers(1, 13, count), 0)
    pension = np.where(adult & old, 0.35 * rng.lognormal(0.0, 0.4, count), 0.0)
    saver = adult & (rng.random(count) < 0.4)
    tenant = (place == 0) & (rng.random(count) < 0.3)
    return {
        "wage": np.where(disabled, 0.0, full * (12 - months) / 12),
        "earlier_wage": full,
        "unemployed_months": months.astype(np.int32),
        "disabled": disabled,
        "pension": pension,
        "interest": np.where(saver, rng.exponential(0.02, count), 0.0),
        "rent": np.where(tenant, rng.uniform(0.12, 0.30, count), 0.0),
    }
