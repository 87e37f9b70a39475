"""Dated, sourced, checked parameters: from the YAML beside the rules to the vector the engine reads."""

from __future__ import annotations

from mikrosim.parameters.law import Law, Layout, Policy, Slot, baseline, load_law, require
from mikrosim.parameters.parameter import (
    FIRST_YEAR,
    LAST_YEAR,
    Dated,
    Parameter,
    path_prefix,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "Dated",
    "Law",
    "Layout",
    "Parameter",
    "Policy",
    "Slot",
    "baseline",
    "load_law",
    "path_prefix",
    "require",
]
