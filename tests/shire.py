"""Random households and laws of the made-up country, for the engine's tests."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from country.alms import alms
from country.gift import gift
from country.tithe import tithe

from mikrosim.engine.dataset import Dataset, build
from mikrosim.engine.graph import build_graph, collect
from mikrosim.engine.nodes import Column

YEAR = 1400
BOOK = collect([gift, alms, tithe])
COLUMNS = {
    "wage": Column("person", "int32"),
    "gift_in_hand": Column("person", "float64"),
    "alms_given": Column("person", "int32"),
    "alms_degree": Column("person", "float32"),
    "birth_year": Column("person", "int16"),
    "birth_month": Column("person", "int8"),
    "rent": Column("household", "float64"),
}
FIELDS = {
    "tithe": {"allowance": 1, "rate": 3, "lower": 3, "share_of_gifts": 1},
    "gift": {"amount": 1, "by_rank": 2, "limit": 1, "alone": 1},
    "alms": {"full": 1, "least": 1},
}
LISTS = {"rate", "lower", "by_rank"}
OUTPUTS = ("net_of_rent", "tithe", "gift_child", "alone_family", "secondary_earner", "rent_in_hand",
           "net_in_hand", "alms", "alms_at_home", "dearest_alms")  # fmt: skip
SUMS = ("tithe", "gift", "alms", "rent", "alone_family", "gift_child")
GRAPH = build_graph(BOOK, COLUMNS, list(dict.fromkeys([*OUTPUTS, *SUMS])))


@dataclass(frozen=True)
class ShireLayout:
    """Slots in the order of FIELDS."""

    def field(self, prefix: str, name: str) -> tuple[int, int, bool]:
        start = 0
        for folder, fields in FIELDS.items():
            for field, length in fields.items():
                if (folder, field) == (prefix, name):
                    return start, length, name in LISTS
                start += length
        raise KeyError(name)

    @property
    def slots(self) -> int:
        return sum(length for fields in FIELDS.values() for length in fields.values())


LAYOUT = ShireLayout()


def random_laws(count: int, seed: int) -> np.ndarray:
    """Return law vectors that change within the year."""
    rng = np.random.default_rng(seed)
    laws = np.empty((count, 12, LAYOUT.slots))
    for prefix, fields in FIELDS.items():
        for name in fields:
            start, length, _ = LAYOUT.field(prefix, name)
            low, high = {"rate": (0, 0.4), "share_of_gifts": (0, 1), "by_rank": (0, 2)}.get(name, (0, 900))
            laws[:, :, start : start + length] = rng.uniform(low, high, (count, 12, length))
    return laws


def random_households(count: int, seed: int) -> Dataset:
    """Return households of singles, couples, single parents, step and three-generation families."""
    rng = np.random.default_rng(seed)
    rows: list[tuple[int, ...]] = []
    for household in range(count):
        first = len(rows)
        couple = bool(rng.integers(0, 2))
        rows += [
            (household, YEAR - rng.integers(19, 80), (first + 1 - adult) if couple else -1, -1, -1)
            for adult in range(1 + couple)
        ]
        for _ in range(rng.integers(0, 5)):
            kin = rng.integers(0, 3) if couple else 0
            mother, father = [(first, -1), (-1, first + 1), (first, first + 1)][kin]
            rows.append((household, YEAR - rng.integers(0, 22), -1, mother, father))
        if rng.random() < 0.1:
            rows.append((household, YEAR - rng.integers(16, 60), -1, first, -1))
            rows.append((household, YEAR - rng.integers(0, 5), -1, len(rows) - 1, -1))
    columns = np.array(rows).T
    persons = dict(zip(["household", "birth_year", "partner", "mother", "father"], columns, strict=True))
    size = len(rows)
    persons["birth_year"] = persons["birth_year"].astype(np.int16)
    persons["birth_month"] = rng.integers(1, 13, size).astype(np.int8)
    persons["wage"] = (rng.integers(0, 900, size) * rng.integers(0, 2, size)).astype(np.int32)
    persons["gift_in_hand"] = rng.uniform(0, 50, size).round(0)
    persons["alms_given"] = (rng.integers(1, 99, size) * (rng.random(size) < 0.1)).astype(np.int32)
    persons["alms_degree"] = (rng.random(size) * (rng.random(size) < 0.2)).astype(np.float32)
    households = {"rent": rng.uniform(0, 100, count), "weight": rng.uniform(0.5, 30, count)}
    return build(persons, households, YEAR)
