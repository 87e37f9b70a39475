"""The parts of a change of the law: which parameters they hold, and the law with some of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from mikrosim.measures.shapley import MOST_EXACT
from mikrosim.parameters import load_law

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.parameters import Policy

OWN_RULES = "own_rules"

By = Literal["folder", "parameter"]


def parts_of(baseline: Policy, reform: Policy, by: By | None = None) -> dict[str, tuple[str, ...]]:
    """Return the parameters that differ between two laws, by the part of the change they belong to.

    Args:
        baseline: One law.
        reform: Another of the same year.
        by: `folder`, the first word of a parameter's path, or `parameter`; by default parameters if there are at most
            eight or all lie in one folder.
    """
    slots = load_law().layout.slots
    changed = [
        path
        for path, slot in slots.items()
        if not np.array_equal(baseline.vector[:, slot.span], reform.vector[:, slot.span], equal_nan=True)
    ]
    folders = {path.partition(".")[0] for path in changed}
    if by is None:
        by = "parameter" if len(folders) == 1 or len(changed) <= MOST_EXACT else "folder"
    found: dict[str, tuple[str, ...]] = {}
    if baseline.code != reform.code:
        found[OWN_RULES] = (OWN_RULES,)
    for path in changed:
        name = path.partition(".")[0] if by == "folder" else path
        found[name] = (*found.get(name, ()), path)
    return found


def with_parts(baseline: Policy, reform: Policy, paths: Sequence[str]) -> Policy:
    """Return the baseline with some parameters of the reform."""
    slots = load_law().layout.slots
    vector = baseline.vector.copy()
    for path in paths:
        if path == OWN_RULES:
            continue
        vector[:, slots[path].span] = reform.vector[:, slots[path].span]
    taken = set(paths)
    missing = [path for path in baseline.missing if path not in taken]
    missing += [path for path in reform.missing if path in taken]
    code = reform.code if OWN_RULES in taken else baseline.code
    name = f"{baseline.name} with {', '.join(paths) or 'nothing'}"
    return replace(baseline, name=name, vector=vector, missing=tuple(missing), code=code)
