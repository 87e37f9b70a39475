"""The files of an optimisation: what was found, the frontier, and the best law as a scenario to run."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from mikrosim.errors import MikrosimError
from mikrosim.files import write_atomically
from mikrosim.simulation.result import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from mikrosim.parameters.law import Law
    from mikrosim.scenario.change import Change
    from mikrosim.sweep.optimisation import Optimisation
    from mikrosim.sweep.optimise import Optimum

RESULT, FRONTIER, SCENARIO = "optimum.json", "frontier.parquet", "scenario.yaml"


def write_optimum(found: Optimum, chosen: Optimisation, folder: Path) -> None:
    """Write the files, each whole or not at all; the result last, which tells that the others are there.

    Raises:
        MikrosimError: The folder cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    contents = scenario_files(found, chosen)
    if found.frontier:
        stream = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(list(found.frontier)), stream)
        contents[FRONTIER] = stream.getvalue()
    contents[RESULT] = as_json(found.to_dict()).encode()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            write_atomically(folder / name, content)
    except OSError as error:
        raise MikrosimError(str(folder), f"cannot be written: {error.strerror or error}") from error


def scenario_files(found: Optimum, chosen: Optimisation) -> dict[str, bytes]:
    """Return the best law as a scenario: one file, and further ones that it extends where changes build on others."""
    import yaml

    scenario = chosen.variants.scenario
    changes = [*scenario.changes]
    for name, value in found.parameters.items():
        changes += chosen.variants.axes[name].changes(scenario.law, value)
    layers = _layers(scenario.law, changes, scenario.year)
    names = [f"base_{number}.yaml" for number in range(1, len(layers))] + [SCENARIO]
    files = {}
    for number, (name, reform) in enumerate(zip(names, layers, strict=True)):
        entry: dict[str, Any] = {"name": found.name, "year": scenario.year}
        if number:
            entry["extend"] = names[number - 1]
        if scenario.compared_with is not None:
            entry["baseline"] = {"law_of": scenario.compared_with.year, "uprated_by": scenario.compared_with.factor}
        entry["reform"] = reform
        files[name] = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False).encode()
    return files


def _layers(law: Law, changes: Sequence[Change], year: int) -> list[dict[str, Any]]:
    """Return the changes as reforms, each applied after the one before; a reform names a parameter once."""
    layers: list[dict[str, Any]] = [{}]
    for change in changes:
        if change.path in layers[-1]:
            layers.append({})
        layers[-1][change.path] = _written(law, change, year)
    return layers


def _written(law: Law, change: Change, year: int) -> dict[str, Any]:
    parameter = law.parameters[change.path]
    values: list[Any] = [
        parameter.choices[int(number)] if parameter.choices else bool(number) if parameter.unit == "flag" else number
        for number in change.numbers
    ]
    alone = len(values) == 1 and (not parameter.is_list or change.operation != "set")
    written: dict[str, Any] = {change.operation: values[0] if alone else values}
    if change.first_month > 1:
        written["from"] = f"{year}-{change.first_month:02}"
    return written
