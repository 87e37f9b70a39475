"""A population as a folder of Arrow files: written whole or not at all, read without copying."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mikrosim.errors import PopulationError, Problem, did_you_mean
from mikrosim.population.population import Columns, Population
from mikrosim.population.schema import SCHEMA_VERSION, TABLES, Column

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST = "manifest.json"
YEAR_DIGITS = 4
WEIGHTS = "weights_by_year"
"""The file of the weights of each year, which a population may be without."""


def load(path: str | Path) -> Population:
    """Return the population of a folder, its columns mapped from disk.

    Only what is cheap is checked: the files are whole Arrow files with the schema's columns and types, and of
    one length. ``check`` looks at the values.

    Raises:
        PopulationError: With every file and column that does not fit.
    """
    folder = Path(path)
    if not folder.is_dir():
        hint = "a population is a folder with households.arrow, persons.arrow and three income files"
        raise PopulationError(str(path), f"there is no such population folder; {hint}")
    problems: list[Problem] = []
    manifest = _read_manifest(folder, problems)
    tables = {name: _read_table(folder, name, columns, problems) for name, columns in TABLES.items()}
    weights = _read_weights(folder, problems)
    _compare_lengths({**tables, WEIGHTS: weights}, problems)
    if problems:
        raise PopulationError(str(path), problems)
    return Population(
        households=tables["households"],
        persons=tables["persons"],
        incomes=(tables["incomes_0"], tables["incomes_1"], tables["incomes_2"]),
        year=manifest["income_year"],
        hash=manifest["hash"],
        path=folder,
        manifest=MappingProxyType(manifest),
        weights_by_year=MappingProxyType({int(name): column for name, column in weights.items()}),
    )


def save(population: Population, path: str | Path, extra_files: Mapping[str, bytes] | None = None) -> Population:
    """Write a population to a folder, replacing a population already there, and return it as loaded.

    The files go to a temporary folder beside it first, so that no reader sees half a population.

    Raises:
        PopulationError: If something other than a population stands at the path.
    """
    folder = Path(path)
    if folder.exists() and not (folder / MANIFEST).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise PopulationError(str(path), "exists and is no population; choose another folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}-{os.urandom(4).hex()}")
    temporary.mkdir()
    try:
        for name, columns in TABLES.items():
            _write_table(temporary / f"{name}.arrow", population.table(name), columns)
        if population.weights_by_year:
            by_year = {str(year): one for year, one in population.weights_by_year.items()}
            _write_table(temporary / f"{WEIGHTS}.arrow", by_year, _weight_columns(list(by_year)))
        for name, content in (extra_files or {}).items():
            (temporary / name).write_bytes(content)
        manifest = {
            **population.manifest,
            "schema": SCHEMA_VERSION,
            "income_year": population.year,
            "households": len(population.weights),
            "persons": len(population.persons["household"]),
            "hash": content_hash(population),
        }
        (temporary / MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
        _swap(temporary, folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    return load(folder)


def content_hash(population: Population) -> str:
    """Return a short hash of every value, the same on every machine."""
    digest = hashlib.blake2b(f"{SCHEMA_VERSION}:{population.year}".encode(), digest_size=8)
    for name, columns in TABLES.items():
        table = population.table(name)
        for column in columns:
            digest.update(table[column.name].astype(f"<{_kind(column)}", copy=False).tobytes())
    for year, weights in sorted(population.weights_by_year.items()):
        digest.update(f"{year}".encode())
        digest.update(weights.astype("<f8", copy=False).tobytes())
    return digest.hexdigest()


def _kind(column: Column) -> str:
    import numpy as np

    return np.dtype(column.dtype).str[1:]


def _swap(temporary: Path, folder: Path) -> None:
    """Put the finished folder in place; a reader that has mapped the old files keeps them."""
    old = None
    if folder.exists():
        old = folder.with_name(f".{folder.name}.old-{os.getpid()}-{os.urandom(4).hex()}")
        folder.rename(old)
    try:
        temporary.rename(folder)
    except OSError:
        if not (folder / MANIFEST).is_file():
            raise
        shutil.rmtree(temporary, ignore_errors=True)  # another process has just put the same population there
    if old is not None:
        shutil.rmtree(old, ignore_errors=True)


def _write_table(path: Path, table: Columns, columns: tuple[Column, ...]) -> None:
    import numpy as np
    import pyarrow as pa

    arrays = [pa.array(np.ascontiguousarray(table[column.name], dtype=column.dtype)) for column in columns]
    batch = pa.record_batch(arrays, names=[column.name for column in columns])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)


def _read_manifest(folder: Path, problems: list[Problem]) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        problems.append(Problem(MANIFEST, "missing; build the population again, or write income_year and hash there"))
        return {}
    except (OSError, ValueError):
        problems.append(Problem(MANIFEST, "not readable as JSON; build the population again"))
        return {}
    if not isinstance(manifest, dict):
        problems.append(Problem(MANIFEST, "not a JSON object"))
        return {}
    year = manifest.get("income_year")
    if not isinstance(year, int) or not 1900 <= year <= 2100:
        problems.append(Problem(MANIFEST, "income_year must be a year such as 2023"))
    if not isinstance(manifest.get("hash"), str):
        problems.append(Problem(MANIFEST, "hash must be a text that names the content"))
    if manifest.get("schema", SCHEMA_VERSION) != SCHEMA_VERSION:
        found = manifest["schema"]
        problems.append(
            Problem(MANIFEST, f"schema version {found}, this program reads {SCHEMA_VERSION}; build it again")
        )
    return manifest


def _read_table(folder: Path, name: str, columns: tuple[Column, ...], problems: list[Problem]) -> Columns:
    """Return the columns of one file as arrays that share its memory (truth values are unpacked)."""
    import pyarrow as pa

    file = f"{name}.arrow"
    try:
        with pa.memory_map(str(folder / file)) as source:
            table = pa.ipc.open_file(source).read_all()
    except FileNotFoundError:
        problems.append(Problem(file, "missing"))
        return {}
    except (pa.ArrowInvalid, OSError):
        problems.append(Problem(file, "not a whole Arrow IPC file: truncated, or another format; write it again"))
        return {}
    expected = {column.name: column for column in columns}
    found = table.column_names
    for extra in dict.fromkeys(found):
        if extra not in expected:
            near = did_you_mean(extra, [one for one in expected if one not in found])
            problems.append(Problem(f"{file}: {extra}", f"no such column in the schema{near or '; remove it'}"))
        elif found.count(extra) > 1:
            problems.append(Problem(f"{file}: {extra}", f"given {found.count(extra)} times; keep one"))
    result: Columns = {}
    for column in columns:
        if column.name not in found:
            problems.append(
                Problem(f"{file}: {column.name}", f"missing; {column.meaning} ({column.unit}, {column.dtype})")
            )
        elif found.count(column.name) == 1:
            _read_column(table[column.name], column, file, result, problems)
    return result


def _read_weights(folder: Path, problems: list[Problem]) -> Columns:
    """Return the weights of each year by the year's number, nothing where the population has none."""
    import pyarrow as pa

    file = folder / f"{WEIGHTS}.arrow"
    if not file.is_file():
        return {}
    try:
        with pa.memory_map(str(file)) as source:
            names = pa.ipc.open_file(source).schema.names
    except (pa.ArrowInvalid, OSError):
        names = []
    if strange := [name for name in names if not (name.isdigit() and len(name) == YEAR_DIGITS)]:
        problems.append(Problem(f"{file.name}: {strange[0]}", "no income year; name each column by its year: 2024"))
        return {}
    return _read_table(folder, WEIGHTS, _weight_columns(names), problems)


def _weight_columns(years: list[str]) -> tuple[Column, ...]:
    return tuple(Column(year, "float64", "households", f"the household's weight in {year}") for year in years)


def _read_column(data: Any, column: Column, file: str, result: Columns, problems: list[Problem]) -> None:
    import numpy as np

    place = f"{file}: {column.name}"
    wanted = "float" if column.dtype == "float32" else "double" if column.dtype == "float64" else column.dtype
    if str(data.type) != wanted:
        problems.append(Problem(place, f"type {data.type}, must be {wanted} ({column.unit})"))
        return
    if data.null_count:
        problems.append(Problem(place, f"{data.null_count} empty values; give every row a value"))
        return
    chunk = data.chunk(0) if data.num_chunks == 1 else data.combine_chunks()
    # pyarrow's own to_numpy imports pandas where it is installed, which takes longer than all of a run.
    start, end, buffer = chunk.offset, chunk.offset + len(chunk), chunk.buffers()[1]
    if column.dtype == "bool":
        bits = np.unpackbits(np.frombuffer(buffer, np.uint8), count=end, bitorder="little")
        result[column.name] = bits[start:].view(np.bool_)
    else:
        result[column.name] = np.frombuffer(buffer, column.dtype, count=end)[start:]


def _compare_lengths(tables: dict[str, Columns], problems: list[Problem]) -> None:
    rows = {name: len(next(iter(columns.values()))) for name, columns in tables.items() if columns}
    persons = rows.get("persons")
    if rows.get("households") == 0:
        problems.append(Problem("households.arrow", "no rows"))
    if persons is None:
        return
    households = rows.get("households")
    if households is not None and rows.get(WEIGHTS, households) != households:
        problems.append(
            Problem(f"{WEIGHTS}.arrow", f"{rows[WEIGHTS]} rows for {households} households; one row per household")
        )
    for name, count in rows.items():
        if name.startswith("incomes_") and count != persons:
            problems.append(Problem(f"{name}.arrow", f"{count} rows for {persons} persons; one row per person"))
