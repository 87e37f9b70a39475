"""What a sweep or an optimisation is, for its manifest: laws, population, and what readers must know of them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from mikrosim.parameters import load_law
from mikrosim.simulation.manifest import version
from mikrosim.simulation.remark import remarks
from mikrosim.simulation.result import plain_values
from mikrosim.sweep.place import FORMAT

if TYPE_CHECKING:
    from mikrosim.population import Population
    from mikrosim.sweep.axes import Variants
    from mikrosim.sweep.evaluate import Evaluator
    from mikrosim.sweep.optimisation import Optimisation
    from mikrosim.sweep.spec import Sweep


def sweep_manifest(chosen: Sweep, people: Population, evaluator: Evaluator, size: int) -> dict[str, Any]:
    """Return what a sweep is; `identity` in it decides whether an earlier one can go on.

    Args:
        chosen: The sweep.
        people: The population, at the sweep's year.
        evaluator: What measures it.
        size: The laws in a batch.
    """
    task, design = evaluator.task, chosen.design
    axes = described(chosen.variants)
    asked = repr((sorted(axes.items()), design.names, design.kind, design.values, design.bounds,
                  [sorted(point.items()) for point in design.listed], len(design), design.seed))  # fmt: skip
    found = _common("sweep", chosen.name, chosen.variants, people, evaluator)
    found["identity"] |= {
        "design": short_hash(asked.encode()),
        "measures": short_hash(repr((evaluator.columns, task.persistent, task.after_child_care)).encode()),
        "batch": size,
    }
    return found | {"description": chosen.description, "design": design.kind, "scenarios": len(design)}


def optimum_manifest(chosen: Optimisation, people: Population, evaluator: Evaluator) -> dict[str, Any]:
    """Return what an optimisation is: what was varied and looked for, and on whom."""
    signs = {limit.path: -1.0 if limit.sign == ">=" else 1.0 for limit in chosen.limits}
    return _common("optimise", chosen.name, chosen.variants, people, evaluator) | {
        "design": "optimise",
        "frontier": chosen.frontier,
        "limits": [limit.path for limit in chosen.limits],
        "signs": {**signs, chosen.objective: chosen.sign},
    }


def _common(kind: str, name: str, variants: Variants, people: Population, evaluator: Evaluator) -> dict[str, Any]:
    scenario, task = variants.scenario, evaluator.task
    policy = scenario.policy()
    told = remarks(policy, evaluator.read, people)
    return {
        "kind": kind,
        "format": FORMAT,
        "name": name,
        "year": scenario.year,
        "identity": {
            "version": version(),
            "rules": evaluator.digest,
            "law": scenario.law.baseline(scenario.year).law_hash,
            "base": short_hash(task.baseline.tobytes() + variants.draft.vector.tobytes()),
            "population": f"{people.hash} with {len(people.weights)} households",
        },
        "parameters": described(variants),
        "base": [*policy.changes, *([] if scenario.code is None else [f"rules of its own: {scenario.code.name}"])],
        "baseline": plain_values(evaluator.baseline),
        "population": {
            "hash": people.hash,
            "path": None if people.path is None else str(people.path),
            "households": len(people.weights),
            "persons": len(people.persons["household"]),
            "weighted_persons": float(evaluator.frame.everyone.sum()),
            "synthetic": "seed" in people.manifest and not people.manifest.get("real"),
        },
        "remarks": [{"key": remark.key, "names": list(remark.names)} for remark in told],
        "columns": evaluator.columns,
    }


def described(variants: Variants) -> dict[str, Any]:
    """Return what is varied, as manifests and tables show it."""
    law = load_law()
    return {
        name: {
            "parameters": list(axis.paths),
            "operation": axis.operation,
            "unit": axis.unit,
            "starting": f"{variants.scenario.year}-{axis.first_month:02}",
            "name_nb": law.parameters[axis.paths[0]].name_nb,
            "name_en": law.parameters[axis.paths[0]].name_en,
        }
        for name, axis in variants.axes.items()
    }


def short_hash(content: bytes) -> str:
    """Return sixteen letters that name a content."""
    return hashlib.sha256(content).hexdigest()[:16]
