"""Which columns of which files an import reads, and which of them are missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mikrosim.errors import Problem, did_you_mean
from mikrosim.microdata.cells import Kind, Want
from mikrosim.microdata.codes import canonical
from mikrosim.microdata.mapping import NOT_MAPPED, ColumnEntry, FactorEntry, YearEntry
from mikrosim.population.schema import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mikrosim.microdata.mapping import MicrodataMapping
    from mikrosim.microdata.sources import Source
    from mikrosim.population.schema import Column

_KINDS: dict[str, Kind] = {"number": "number", "years_since": "number", "year_of": "year", "month_of": "month"}
IDS = ("household_id", "person_id", *LINKS)


def want_of(column: str, target: str, way: ColumnEntry) -> Want:
    """Return how a file's column is read for a column of the population."""
    if target in IDS:
        return Want(column, "id")
    if way.codes is not None:
        return Want(column, "code", tuple(way.codes.items()), way.other)
    if way.draw == "municipality":
        return region_want(column, way.regions or {})
    return Want(column, _KINDS[way.as_])


def region_want(column: str, names: Mapping[str, object]) -> Want:
    """Return how a code is read that stands for one of several named sets: as the set's place."""
    return Want(column, "code", tuple((canonical(name), float(place)) for place, name in enumerate(names)))


def renamed(name: str, files: Mapping[str, str]) -> str:
    """Return ``FILE.COLUMN`` with the file of another income year in the file's place."""
    file, _, column = name.partition(".")
    return f"{files.get(file, file)}.{column}"


@dataclass(slots=True)
class Wants:
    """What is read, by file; built up way by way."""

    mapping: MicrodataMapping
    sources: Mapping[str, Source]
    problems: list[Problem]
    by_file: dict[str, list[Want]] = field(default_factory=dict)

    def present(self, way: ColumnEntry, target: str, files: Mapping[str, str] | None = None) -> list[str]:
        """Return the columns that a way reads, as ``FILE.COLUMN``; one that must be there and is not is a problem."""
        names = [renamed(name, files or {}) for name in way.first_of or way.from_ or []]
        there = [name for name in names if self._has(name)]
        if way.first_of is not None:
            if there or way.optional or not self._readable(names):
                return there[:1]
            self._missing(names[0], target, f" ({' or '.join(names)})" if len(names) > 1 else "")
            return []
        if not way.optional:
            for name in names:
                if name not in there and self._readable([name]):
                    self._missing(name, target)
        return there

    def add_way(self, way: ColumnEntry, target: str, place: str, files: Mapping[str, str] | None = None) -> None:
        """Note what a way reads."""
        for name in self.present(way, place, files):
            self.add(name, want_of(name.partition(".")[2], target, way))
        if way.density is not None and self._has(way.density):
            self.add(way.density, region_want(way.density.partition(".")[2], way.densities or {}))
        elif way.density is not None and not way.optional and self._readable([way.density]):
            self._missing(way.density, place)

    def add(self, name: str, want: Want) -> None:
        """Note that a file's column is read."""
        self.by_file.setdefault(name.partition(".")[0], []).append(want)

    def add_needed(self, name: str, want: Want, use: str, remedy: str) -> None:
        """Note that a column is read that must be there."""
        if self._has(name):
            self.add(name, want)
        elif self._readable([name]):
            self._missing(name, use, remedy=remedy)

    def add_if_there(self, name: str, want: Want) -> None:
        """Note that a column is read that may be missing."""
        if self._has(name):
            self.add(name, want)

    def key_of(self, file: str) -> Want | None:
        """Return how a file's ids are read, None where it has none."""
        source = self.sources[file]
        column = source.first_of(source.entry.key)
        return None if column is None else Want(column, "id")

    def household_of(self, file: str) -> Want | None:
        """Return how the household of each person is read."""
        source = self.sources[file]
        column = source.first_of(source.entry.household or [])
        return None if column is None else Want(column, "id")

    def _has(self, name: str) -> bool:
        file, _, column = name.partition(".")
        return file in self.sources and column in self.sources[file].header

    def _readable(self, names: list[str]) -> bool:
        """Tell whether a file is there in which a column is missing; an absent file is told of elsewhere."""
        return any(name.partition(".")[0] in self.sources for name in names)

    def _missing(self, name: str, use: str, more: str = "", remedy: str = "") -> None:
        file, _, column = name.partition(".")
        source = self.sources.get(file)
        if source is None:
            return
        alike = [one for one in source.header if one.casefold() == column.casefold()]
        hint = f"; did you mean {alike[0]}?" if alike else did_you_mean(column, source.header)
        remedy = remedy or "; name the right column in the mapping, or set optional: true there to have it filled in"
        self.problems.append(source.problem(column, f"missing{more}; {use} is read from it{hint}{remedy}"))


def expanded(mapping: MicrodataMapping, sources: Mapping[str, Source]) -> dict[str, dict[str, list[ColumnEntry]]]:
    """Return the ways to each column of each table, with those that files have under the schema's own names."""
    ways = {}
    for table, entry, columns in mapping.tables():
        found = dict(entry.columns)
        for file in entry.same_names:
            for name in _own_names(columns):
                if file in sources and name in sources[file].header and name not in found:
                    found[name] = [ColumnEntry.model_validate({"from": [f"{file}.{name}"], "optional": True})]
        ways[table] = found
    return ways


def _own_names(columns: tuple[Column, ...]) -> Iterator[str]:
    yield from (column.name for column in columns if column.name not in (*NOT_MAPPED, *IDS))


def unused(wants: Wants) -> dict[str, list[str]]:
    """Return the columns of each file that nothing reads."""
    found = {}
    for name, source in wants.sources.items():
        read = {want.column for want in wants.by_file.get(name, [])} | set(source.entry.keep)
        found[name] = [column for column in source.header if column not in read]
    return found


def all_wants(
    mapping: MicrodataMapping,
    sources: Mapping[str, Source],
    problems: list[Problem],
    *,
    year: int | None,
    factors: Mapping[str, float],
) -> Wants:
    """Return everything an import reads.

    Args:
        mapping: What to read.
        sources: The files that are there.
        problems: Is told which columns are missing.
        year: The income year, if it is given and need not be read.
        factors: Factors that are given and need not be read.
    """
    wants = Wants(mapping, sources, problems)
    for file, source in sources.items():
        key = wants.key_of(file)
        if key is None:
            wants.add_needed(f"{file}.{source.entry.key[0]}", Want("", "id"), f"the id of its {source.entry.rows}",
                             "; name the right column under key in the mapping")  # fmt: skip
            wants.add(f"{file}.", Want("", "id"))
        else:
            wants.add(f"{file}.{key.column}", key)
        for column in source.entry.keep:
            if column not in source.header:
                wants.add_needed(f"{file}.{column}", Want("", "code"), "which rows are kept",
                                 "; name the right column under keep in the mapping")  # fmt: skip
                wants.add(f"{file}.", Want("", "code"))
    persons = mapping.persons.file
    if persons in sources:
        home = wants.household_of(persons)
        first = (mapping.files[persons].household or [""])[0]
        remedy = "; name the right column under household in the mapping"
        name = f"{persons}.{home.column if home else first}"
        wants.add_needed(name, home or Want("", "id"), "the person's household", remedy)
    for table, columns in expanded(mapping, sources).items():
        for column, several in columns.items():
            for way in several:
                if column not in ("household_id", "person_id"):
                    wants.add_way(way, column, f"{table}.{column}")
    for renaming in mapping.earlier_years.values():
        if all(name in sources for name in renaming.values()):
            for column, several in expanded(mapping, sources)["incomes"].items():
                for way in several:
                    wants.add_way(way.model_copy(update={"optional": True}), column, f"incomes.{column}", renaming)
    for name, several in mapping.compare.items():
        for way in several:
            wants.add_way(way.model_copy(update={"optional": True}), name, f"compare.{name}")
    if year is None and isinstance(mapping.income_year, YearEntry):
        first, *further = mapping.income_year.from_
        wants.add_needed(first, Want(first.partition(".")[2], "number"), "the income year",
                         "; or give the income year with --year")  # fmt: skip
        for name in further:
            wants.add_if_there(name, Want(name.partition(".")[2], "number"))
    for name, factor in mapping.factors.items():
        if isinstance(factor, FactorEntry) and name not in factors:
            column = factor.from_.partition(".")[2]
            wants.add_needed(factor.from_, Want(column, "number"), f"the factor {name}",
                             f"; or give the factor with --factor {name}=NUMBER")  # fmt: skip
    return wants
