"""Made-up microdata in the forms that real ones have; nobody lives in them."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

RATE = 11.5
SURVEY = 2024
FAMILIES = ((35, 37, 8, 2), (29,), (41, 12), (70, 72), (22,), (45, 44, 17, 15, 0))
"""Ages at the end of the income year, adults first; households take them in turn."""

Rows = list[dict[str, object]]


def eu_silc(households: int = 12, country: str = "NO", seed: int = 1) -> dict[str, Rows]:
    """Return the rows of D, R, H and P: households of a country, and one of another."""
    rng = np.random.default_rng(seed)
    files: dict[str, Rows] = {"D": [], "R": [], "H": [], "P": []}
    for number in range(households):
        _household(files, number, country, rng)
    _household(files, 900, "SE", rng)
    return files


def _household(files: dict[str, Rows], number: int, country: str, rng: np.random.Generator) -> None:
    ages = FAMILIES[number % len(FAMILIES)]
    adults = [place for place, age in enumerate(ages) if age >= 18]
    household = 100 + number
    ids = [100 * household + place + 1 for place in range(len(ages))]
    files["D"].append({
        "DB010": SURVEY, "DB020": country, "DB030": household, "DB040": ("NO08", "NO07", "NO0A")[number % 3],
        "DB090": round(500 + 100 * rng.random(), 3), "DB100": 1 + number % 3,
    })  # fmt: skip
    files["H"].append({
        "HB010": SURVEY, "HB020": country, "HB030": household, "HX010": RATE, "HY020": 50_000,
        "HY040G": "", "HY050G": 3000 if len(ages) > len(adults) else 0, "HY052G": 0, "HY060G": 0, "HY070G": 0,
        "HY080G": 100 if len(ages) == 2 and len(adults) == 1 else 0, "HY090G": 200, "HY100G": 1000, "HY110G": 0,
        "HY120G": 50, "HY130G": 0, "HY140G": 9000, "HH021": 1 + number % 5, "HH070": 900,
    })  # fmt: skip
    for place, age in enumerate(ages):
        is_child = place not in adults
        files["R"].append({
            "RB010": SURVEY, "RB020": country, "RB030": ids[place], "RX030": household, "RB080": SURVEY - 1 - age,
            "RB090": 1 + (place + 1) % 2,
            "RB220": ids[1] if is_child and len(adults) == 2 else "",
            "RB230": ids[0] if is_child else "",
            "RB240": ids[1 - place] if len(adults) == 2 and not is_child else "",
            "RB280": ("LOC", "OTH")[number % 5 == 4], "RB285": min(10, age // 5 * 5) if number % 5 == 4 else "",
            "RL010": 40 if 1 <= age <= 5 else 0, "RL030": 20 if age == 8 else 0, "RL040": 0,
        })  # fmt: skip
        if age >= 16:
            earns = 18 <= age < 67
            files["P"].append({
                "PB010": SURVEY, "PB020": country, "PB030": ids[place], "PE021": 64 if age == 22 else "",
                "PY010G": round(float(rng.lognormal(10.6, 0.4)), 2) if earns else 0, "PY050G": -100 if place else 0,
                "PY080G": 0, "PY090G": 500 if earns and number % 4 == 0 else 0, "PY100G": 0 if earns else 25_000,
                "PY110G": 0, "PY120G": 0, "PY130G": 0, "PY140G": 2000 if age == 22 else 0,
            })  # fmt: skip


def write(files: dict[str, Rows], folder: Path, **options: str) -> Path:
    """Write rows as CSV files that are called as Eurostat calls them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in files.items():
        with (folder / f"UDB_cNO24{name}.csv").open("w", newline="", encoding=options.get("encoding", "utf-8")) as file:
            writer = csv.DictWriter(file, list(rows[0]), delimiter=options.get("delimiter", ","))
            writer.writeheader()
            writer.writerows(rows)
    return folder


def register(households: int = 12, *, text_ids: bool = False) -> dict[str, dict[str, list[object]]]:
    """Return columns of a register extract with three income years: a couple with a child, and one person alone."""

    def named(number: int) -> object:
        return f"p{number:05d}x" if text_ids else number

    tables: dict[str, dict[str, list[object]]] = {
        "households": {"household_id": [], "weight": [], "municipality": [], "tenure": [], "housing_cost_month": []},
        "persons": {name: [] for name in ("person_id", "household_id", "born", "sex", "partner_id", "mother_id",
                                          "father_id", "kindergarten_hours", "immigrant_background",
                                          "residence_years")},
    }  # fmt: skip
    years: list[dict[str, list[object]]] = [
        {name: [] for name in ("person_id", "wage", "pension", "dagpenger_given", "net_wealth")} for _ in range(3)
    ]
    person = 1
    for number in range(households):
        family = number % 2 == 0
        for name, value in (("household_id", named(number + 1)), ("weight", 1.0), ("municipality", "0301"),
                            ("tenure", number % 4), ("housing_cost_month", 9000)):  # fmt: skip
            tables["households"][name].append(value)
        members = [person, person + 1, person + 2] if family else [person]
        for place, one in enumerate(members):
            values = (named(one), named(number + 1), ("1985-03-01", "1983-11-20", "2020-05-31")[place],
                      "MKM"[place], named(members[1 - place]) if family and place < 2 else None,
                      named(members[0]) if place == 2 else None, named(members[1]) if place == 2 else named(99_999),
                      41 if place == 2 else 0, 0, 30 if place < 2 else 3)  # fmt: skip
            for name, value in zip(tables["persons"], values, strict=True):
                tables["persons"][name].append(value)
            for lag, year in enumerate(years):
                wage = 0 if place == 2 else 500_000 - 20_000 * lag
                for name, value in zip(year, (named(one), wage, 0, 0, 10_000), strict=True):
                    year[name].append(value)
        person += len(members)
    return {**tables, "incomes": years[0], "incomes_1": years[1], "incomes_2": years[2]}


def write_register(tables: dict[str, dict[str, list[object]]], folder: Path) -> Path:
    """Write the tables as Parquet."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), folder / f"{name}.parquet")
    return folder
