"""The files of an optimisation: what was found, all laws that were tried, and the best law as a scenario to run."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

from mikrosim.files import write_together
from mikrosim.simulation.result import as_json
from mikrosim.sweep.place import MANIFEST, refusal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pyarrow as pa

    from mikrosim.parameters.law import Law
    from mikrosim.scenario.change import Change
    from mikrosim.sweep.optimisation import Optimisation
    from mikrosim.sweep.optimise import Optimum

RESULT, FRONTIER, TRIED, SCENARIO = "optimum.json", "frontier.parquet", "tried.parquet", "scenario.yaml"


def write_optimum(found: Optimum, chosen: Optimisation, folder: Path) -> None:
    """Write the files, all or none.

    Raises:
        MikrosimError: The folder cannot be written.
    """
    import pyarrow as pa

    contents = scenario_files(found, chosen)
    if found.frontier:
        contents[FRONTIER] = _parquet(pa.Table.from_pylist(list(found.frontier)))
    contents[TRIED] = _parquet(pa.table(dict(found.tried)))
    contents[MANIFEST] = as_json(found.manifest).encode()
    contents[RESULT] = as_json(found.to_dict()).encode()
    write_together(folder, contents)


def read_optimum(folder: Path) -> tuple[dict[str, Any], dict[str, Any], pa.Table] | None:
    """Return the manifest, the result and all tried laws of an optimisation's folder, None where there is no result.

    Raises:
        MikrosimError: The files beside the result are missing or broken.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not (folder / RESULT).is_file():
        return None
    try:
        about, optimum = (json.loads((folder / name).read_text("utf-8")) for name in (MANIFEST, RESULT))
        return about, optimum, pq.ParquetFile(folder / TRIED).read()
    except (OSError, ValueError, pa.ArrowInvalid) as error:
        told = " ".join(str(error).split())
        raise refusal(folder, f"holds an optimum that cannot be read ({told}); run mikrosim optimise again") from error


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
        if scenario.code is not None and name == SCENARIO:
            entry["code"] = scenario.code.name
            files[scenario.code.name] = scenario.code.read_bytes()
        entry["reform"] = reform
        files[name] = yaml.safe_dump(entry, allow_unicode=True, sort_keys=False).encode()
    return files


def _parquet(table: pa.Table) -> bytes:
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(table, stream)
    return stream.getvalue()


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
