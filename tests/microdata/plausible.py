"""A made-up register with three plausible income years; nobody lives in it."""

from __future__ import annotations

from typing import Any

import numpy as np

PLACES = ("0301", "1103", "4601", "5001", "3201", "5501", "5601", "5605", "1804", "3401", "4204", "1577")
"""Large municipalities and small ones, of which some have a household or two in a sample."""

SIZES = np.array([0.3, 0.15, 0.15, 0.12, 0.12, 0.05, 0.004, 0.003, 0.04, 0.03, 0.03, 0.003])
ADULTS_AND_CHILDREN = ((1, 0), (2, 0), (1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (2, 4))
SHARES = np.array([0.35, 0.25, 0.05, 0.03, 0.12, 0.14, 0.05, 0.01])
FALLEN_ILL = 3
"""So few households have sickness benefit that nothing of it may be told."""

YEAR = 2023
GROWTH = 1.05

Columns = dict[str, list[Any]]


def register(households: int = 900, seed: int = 4) -> dict[str, Columns]:
    """Return the tables of a register extract, with ids that are text."""
    rng = np.random.default_rng(seed)
    homes: Columns = {name: [] for name in ("household_id", "weight", "municipality", "tenure", "housing_cost_month")}
    persons: Columns = {name: [] for name in ("person_id", "household_id", "born", "sex", "partner_id", "mother_id",
                                              "father_id", "immigrant_background", "residence_years", "student",
                                              "kindergarten_hours")}  # fmt: skip
    years: list[Columns] = [
        {
            name: []
            for name in ("person_id", "wage", "pension", "uforetrygd_given", "capital_income", "sykepenger_given")
        }
        for _ in range(3)
    ]
    for number in range(households):
        home = f"HUSHOLD{number:05d}"
        _append(homes, home, round(float(rng.uniform(500, 1500)), 2), str(rng.choice(PLACES, p=SIZES / SIZES.sum())),
                int(rng.choice([0, 1, 2, 3], p=[0.6, 0.1, 0.27, 0.03])), int(rng.integers(4000, 15000)))  # fmt: skip
        adults, children = ADULTS_AND_CHILDREN[rng.choice(len(SHARES), p=SHARES)]
        oldest = int(rng.integers(38, 55) if children else rng.integers(20, 88))
        ids = [f"PERSON{number:05d}{place}" for place in range(adults + children)]
        background = int(rng.random() < 0.18)
        for place, one in enumerate(ids):
            is_child = place >= adults
            age = int(rng.integers(0, 18)) if is_child else max(oldest - 2 * place, 18)
            partner = ids[1 - place] if adults == 2 and not is_child else None
            _append(persons, one, home, f"{YEAR - age}-{rng.integers(1, 13):02d}-01", "KM"[place % 2], partner,
                    ids[0] if is_child else None, ids[1] if is_child and adults == 2 else None, background,
                    age if not background else int(rng.integers(0, age + 1)), int(not is_child and age < 24),
                    41 if is_child and 1 <= age < 6 else 0)  # fmt: skip
            for lag, values in enumerate(_incomes(rng, age)):
                _append(years[lag], one, *values, 90_000 if number < FALLEN_ILL and place == 0 else 0)
    return {"households": homes, "persons": persons, "incomes": years[0], "incomes_1": years[1], "incomes_2": years[2]}


def _incomes(rng: np.random.Generator, age: int) -> list[tuple[int, int, int, int]]:
    """Return wage, pension, uforetrygd and capital income in three years, the last first."""
    works, lasting = rng.random() < 0.82, float(rng.lognormal(13.05, 0.45))
    disabled = not works and rng.random() < 0.5
    capital = int(rng.exponential(4000)) if age >= 18 else 0
    found = []
    for lag in range(3):
        level = GROWTH**-lag * float(rng.lognormal(0, 0.15))
        wage = int(lasting * level) if works and 18 <= age < 67 else 0
        pension = int(0.55 * lasting * level) if age >= 67 else 0
        found.append((wage, pension, int(280_000 * level) if disabled and 18 <= age < 67 else 0, capital))
    return found


def _append(columns: Columns, *values: Any) -> None:
    for name, value in zip(columns, values, strict=True):
        columns[name].append(value)
