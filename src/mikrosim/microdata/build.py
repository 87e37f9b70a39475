"""Microdata to a population: read, put together, filled, checked; saved whole or not at all by the caller."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from mikrosim.errors import PopulationError, Problem, did_you_mean
from mikrosim.microdata.cells import Want
from mikrosim.microdata.checked import check_in_files
from mikrosim.microdata.columns import Filling
from mikrosim.microdata.factors import check_factors, income_year_of
from mikrosim.microdata.fill import CHILD_UNTIL, Tables, has_child
from mikrosim.microdata.mapping import FactorEntry, MicrodataMapping, load_mapping
from mikrosim.microdata.report import ImportReport
from mikrosim.microdata.rows import base_of
from mikrosim.microdata.sources import find_sources, read
from mikrosim.microdata.values import Data, sharing_of
from mikrosim.microdata.wants import Wants, all_wants, expanded, unused
from mikrosim.microdata.years import copied_years, earlier_years, places_in, with_year_before
from mikrosim.population.population import Population
from mikrosim.population.schema import HOUSEHOLDS, INCOME_YEARS, INCOMES, NOBODY, PERSONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.microdata.rows import Base
    from mikrosim.microdata.sources import Loaded, Source

REPORT_FILE, IDS_FILE = "import.json", "ids.parquet"


@dataclass(frozen=True, slots=True)
class Imported:
    """A population made from microdata, and the report of how.

    Args:
        population: Checked, not saved.
        report: Where each column comes from.
        ids: The files' ids beside the population's numbers, as Parquet; None where they are the same.
    """

    population: Population
    report: ImportReport
    ids: bytes | None = None


def import_population(
    mapping: MicrodataMapping | str | Path,
    folder: str | Path,
    *,
    files: Mapping[str, str | Path] | None = None,
    year: int | None = None,
    factors: Mapping[str, float] | None = None,
) -> Imported:
    """Return a population from files of microdata.

    Args:
        mapping: What each column is made from: a file, ``eu_silc`` or ``register``, or a mapping loaded before.
        folder: Where the files lie.
        files: Files that are called otherwise or lie elsewhere, by their name in the mapping.
        year: The income year, if the mapping does not say.
        factors: Unit factors, in the place of the mapping's.

    Raises:
        PopulationError: With all that is wrong, each with file, place and remedy.
    """
    mapping = mapping if isinstance(mapping, MicrodataMapping) else load_mapping(mapping)
    folder, given = Path(folder), {name: Path(path) for name, path in (files or {}).items()}
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "there is no such folder"
        raise PopulationError(str(folder), f"{what}; name the folder with the files")
    problems = [Problem(f"--factor {name}", f"the mapping has no such factor ({', '.join(mapping.factors)})")
                for name in factors or {} if name not in mapping.factors]  # fmt: skip
    sources = find_sources(mapping.files, folder, given, problems)
    wants = all_wants(mapping, sources, problems, year=year, factors=factors or {})
    readable = {name: several for name, several in wants.by_file.items() if all(want.column for want in several)}
    later = {one for renaming in mapping.earlier_years.values() for one in renaming.values()}
    loaded = {name: _read(sources[name], readable[name], problems) for name in readable if name not in later}
    income_year = income_year_of(mapping, loaded, year, problems)
    minimum = mapping.minimum_cell if mapping.real else None
    report = ImportReport(mapping.name, mapping.real, income_year, minimum)
    base = _base(mapping, wants, loaded, problems)
    if base is None:
        raise PopulationError(str(folder), problems)
    levels = {name: (factors or {}).get(name, factor.from_ if isinstance(factor, FactorEntry) else factor)
              for name, factor in mapping.factors.items()}  # fmt: skip
    places = places_in(base, loaded, wants, problems, report)
    there = {name: one for name, one in loaded.items() if name in places}
    data = Data(base, there, places, wants, levels, income_year, {}, report.count)
    check_factors(data, problems)
    if mapping.born_after_income_year == "drop":
        data = _without_the_unborn(data, mapping, sources, report, problems)
    population = _population(mapping, data, sources, report, problems)
    _tell_of_files(mapping, there, wants, report)
    if problems:
        raise PopulationError(str(folder), list(dict.fromkeys(problems)))
    check_in_files(population, data, folder)
    return Imported(replace(population, manifest=_manifest(mapping, report, sources)), report, _ids(data.base))


def extra_files(imported: Imported) -> dict[str, bytes]:
    """Return what is kept in the population's folder beside it: the report, and ids that were numbered anew."""
    import json

    files = {REPORT_FILE: (json.dumps(imported.report.to_dict(), indent=1, ensure_ascii=False) + "\n").encode()}
    return files if imported.ids is None else {**files, IDS_FILE: imported.ids}


def _read(source: Source, wants: list[Want], problems: list[Problem]) -> Loaded:
    loaded = read(source, wants)
    problems += loaded.problems
    return loaded


def _base(
    mapping: MicrodataMapping, wants: Wants, loaded: Mapping[str, Loaded], problems: list[Problem]
) -> Base | None:
    households, persons = loaded.get(mapping.households.file), loaded.get(mapping.persons.file)
    if households is None or persons is None or not households.is_whole or not persons.is_whole:
        return None
    keys = wants.key_of(mapping.households.file), wants.key_of(mapping.persons.file)
    home = wants.household_of(mapping.persons.file)
    if keys[0] is None or keys[1] is None or home is None:
        return None
    return base_of(households, persons, keys[0], keys[1], home, problems)


def _without_the_unborn(data: Data, mapping: MicrodataMapping, sources: Mapping[str, Source], report: ImportReport,
                        problems: list[Problem]) -> Data:  # fmt: skip
    """Return the data without persons who were born after the income year."""
    way, *_ = expanded(mapping, sources)["persons"].get("birth_year", [None])
    everyone = np.ones(len(data.base.home), np.bool_)
    born = None if way is None else data.value(way, "birth_year", sharing_of(data.base.home, everyone, everyone), [],
                                               of_persons=True)  # fmt: skip
    if born is None or not (born > data.year).any():
        return data
    gone = born > data.year
    report.notes.append(f"{report.count(int(gone.sum()))} persons born after {data.year} are left out")
    base = data.base.without(gone)
    quiet = ImportReport("", report.real, data.year, report.minimum)
    if len(np.unique(base.home)) < len(base.household_ids):
        problems.append(base.households.source.problem("", f"has households with nobody born before {data.year + 1}; "
                                                       "drop them"))  # fmt: skip
    return replace(data, base=base, places=places_in(base, data.loaded, data.wants, problems, quiet))


def _population(mapping: MicrodataMapping, data: Data, sources: Mapping[str, Source], report: ImportReport,
                problems: list[Problem]) -> Population:  # fmt: skip
    """Return the population's tables, filled column by column."""
    base, ways = data.base, expanded(mapping, sources)
    nobody = np.zeros(len(base.home), np.bool_)
    filling = Filling(data, ways, sharing_of(base.home, ~nobody, nobody), report, problems)
    tables = Tables({}, {}, {}, data.year)
    households, persons = filling.read("households", HOUSEHOLDS), filling.read("persons", PERSONS)
    persons["household"] = base.home.astype(np.float64)
    # Incomes come first: who is the main earner decides about student households. They need ages and links.
    for name in ("birth_year", "mother", "father"):
        tables.persons[name] = np.nan_to_num(persons.get(name, np.full(len(base.home), NOBODY))).astype(np.int64)
    filling.sharing = sharing_of(base.home, tables.age >= CHILD_UNTIL, has_child(tables))
    income = filling.read("incomes", INCOMES, shown_as="incomes_0")
    if not income and not problems:
        files = ", ".join(sources[name].path.name for name in mapping.incomes.same_names if name in sources)
        what = "no column of incomes is read; name them in the mapping, or call them as the population's own"
        problems.append(Problem(f"{files}: incomes" if files else "incomes", what))
    years = earlier_years(mapping, filling, tables, problems)
    with_year_before(income, years[0] if years else None, "incomes_0", report)
    filling.fill("incomes", INCOMES, income, tables, shown_as="incomes_0")
    tables.persons.clear()
    tables.persons["household"] = np.asarray(base.home, np.int32)
    for name in ("person_id", "birth_year"):
        tables.persons[name] = np.nan_to_num(persons[name]).astype(np.int64) if name in persons else base.home
    filling.fill("persons", [one for one in PERSONS if one.name != "household"], persons, tables)
    filling.fill("households", HOUSEHOLDS, households, tables)
    report.columns.sort(key=lambda one: (one.table != "households", one.table != "persons", one.table))
    _compare(mapping, filling, tables, report)
    own = tables.persons
    ordered = {column.name: own[column.name] for column in PERSONS}
    incomes = (tables.income, *years, *[(years or [tables.income])[-1]] * (INCOME_YEARS - 1 - len(years)))
    copied_years(len(years), data.year, len(base.home), report)
    return Population(tables.households, ordered, incomes, data.year)


def _compare(mapping: MicrodataMapping, filling: Filling, tables: Tables, report: ImportReport) -> None:
    """Sum up what the law computes and the files have too."""
    weights = tables.households["weight"]
    for name, ways in mapping.compare.items():
        total, households, home = 0.0, np.zeros(len(weights), np.bool_), tables.persons["household"]
        for way in ways:
            rows = mapping.files[way.sources[0].partition(".")[0]].rows if way.sources else ""
            values = filling.data.value(way, name, filling.sharing, [], of_persons=rows == "persons")
            if values is None:
                continue
            values = np.nan_to_num(values)
            where = home if rows == "persons" else np.arange(len(weights))
            total += float(values @ weights[where])
            households[where[values != 0]] = True
        names = filling.data.sources(ways, name)
        if names:
            note = "; ".join(way.note for way in ways if way.note)
            report.compare(name, " + ".join(names), total, int(households.sum()), note)


def _tell_of_files(mapping: MicrodataMapping, loaded: Mapping[str, Loaded], wants: Wants, report: ImportReport) -> None:
    if mapping.note:
        report.notes.append(mapping.note)
    for one in loaded.values():
        if one.dropped:
            report.notes.append(f"{one.source.path.name}: {report.count(one.dropped)} rows are not kept")
    for name, columns in unused(wants).items():
        if columns:
            several = [f"{column}{_meant(name, column, mapping, wants)}" for column in columns[:12]]
            shown = ", ".join(several) + (f" and {len(columns) - 12} more" if len(columns) > 12 else "")
            report.notes.append(f"{wants.sources[name].path.name}: not used: {shown}")


def _meant(file: str, column: str, mapping: MicrodataMapping, wants: Wants) -> str:
    """Return a hint if a column that is not used is called almost like one that is not there."""
    names = [one.name for _, entry, columns in mapping.tables() if file in entry.same_names for one in columns]
    near = did_you_mean(column, [name for name in names if name not in wants.sources[file].header])
    return f" ({near.removeprefix('; ')})" if near else ""


def _ids(base: Base) -> bytes | None:
    """Return the files' ids beside the population's numbers, if any of them is text."""
    if pa.types.is_integer(base.household_ids.type) and pa.types.is_integer(base.person_ids.type):
        return None
    table = pa.table({
        "household": pa.array(base.home), "household_key": base.household_ids.take(pa.array(base.home)),
        "person_key": base.person_ids,
    })  # fmt: skip
    sink = BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def _manifest(
    mapping: MicrodataMapping, report: ImportReport, sources: Mapping[str, Source]
) -> MappingProxyType[str, Any]:
    """Return what the population's manifest says of its making: no counts of rows, no paths."""
    digest = hashlib.blake2b(mapping.model_dump_json(by_alias=True).encode(), digest_size=8).hexdigest()
    content: dict[str, Any] = {
        "real": mapping.real,
        "imported_with": {"mapping": mapping.name, "hash": digest},
        "sources": [{"name": name, "file": source.path.name} for name, source in sources.items()],
        "imputed": report.imputed(),
        "income_years_read": sum(1 for lag in range(INCOME_YEARS)
                                 if not any(one.table == f"incomes_{lag}" and one.how == "copied"
                                            for one in report.columns)),
    }  # fmt: skip
    if mapping.real:
        content["minimum_cell"] = mapping.minimum_cell
    return MappingProxyType(content)
