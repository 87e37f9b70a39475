"""The figures that the drawing starts from: published tables and stated assumptions, read from ``data``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from mikrosim.units import Floats


@cache
def draw_figures() -> dict[str, Any]:
    """Return the values of ``draw.yaml`` by name; each entry there says where it comes from."""
    content = read_yaml("draw.yaml")
    return {name: entry["value"] for name, entry in content.items()}


def figure(name: str) -> Any:
    """Return one value of ``draw.yaml``."""
    return draw_figures()[name]


def share(name: str) -> float:
    """Return one number of ``draw.yaml``."""
    return float(draw_figures()[name])


def profile(name: str) -> dict[int, float]:
    """Return one profile of ``draw.yaml``, a value by lowest age."""
    return {int(age): float(value) for age, value in draw_figures()[name].items()}


@cache
def residents(file: str = "residents_2024.csv") -> Floats:
    """Return the residents of a 1 January by sex (row 0 men, 1 women) and age 0-105; those of the base year's end."""
    text = (files("mikrosim.synthpop") / "data" / file).read_text(encoding="utf-8")
    return np.array([line.split(",")[1:] for line in text.splitlines()[1:]], dtype=np.float64).T


@cache
def read_yaml(name: str) -> Any:
    """Return the content of a file in ``data``; nobody changes it."""
    import yaml

    text = (files("mikrosim.synthpop") / "data" / name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
