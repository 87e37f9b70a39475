"""The mapping file: which column of which file becomes which column of the population."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from mikrosim.errors import PopulationError, Problem, did_you_mean
from mikrosim.files import Document, read_yaml, read_yaml_file
from mikrosim.measures.disclosure import LOWEST_MINIMUM, MINIMUM
from mikrosim.microdata.codes import canonical
from mikrosim.parameters.messages import problems_of
from mikrosim.population.municipalities import municipalities
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS, Column

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
NOT_MAPPED = ("household",)
"""Row numbers, which the import works out itself."""


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _as_texts(value: object) -> object:
    """Return one value or a list as a list of codes: ``NO``, ``1`` and ``"1"`` alike."""
    several = value if isinstance(value, list) else [value]
    return [canonical(one) for one in several]


def _with_codes(value: object) -> object:
    return {canonical(key): inner for key, inner in value.items()} if isinstance(value, dict) else value


Names = Annotated[list[str], BeforeValidator(_as_list), Field(min_length=1)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Codes = Annotated[dict[str, Number], BeforeValidator(_with_codes), Field(min_length=1)]


class FileEntry(BaseModel):
    """One file: where it lies, how it is written, and which of its rows are read."""

    model_config = _STRICT
    path: Names
    rows: Literal["households", "persons"]
    key: Names
    household: Names | None = None
    optional: bool = False
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    decimal: Literal[".", ","] = "."
    encoding: str = "utf-8"
    missing: list[str] = [".", "NA", "NaN", "NULL"]
    keep: dict[str, Annotated[list[str], BeforeValidator(_as_texts)]] = {}


class ColumnEntry(BaseModel):
    """One way to a column's values: read, constant or drawn; several ways are added up."""

    model_config = _STRICT
    from_: Annotated[Names | None, Field(alias="from")] = None
    first_of: Annotated[Names | None, Field()] = None
    constant: Number | bool | None = None
    draw: Literal["municipality", "month_of_quarter"] | None = None
    as_: Annotated[Literal["number", "years_since", "year_of", "month_of"], Field(alias="as")] = "number"
    codes: Codes | None = None
    other: Number | None = None
    bands: Codes | None = None
    times: Number | str | None = None
    lowest: Number | None = None
    highest: Number | None = None
    empty: Number | None = None
    optional: bool = False
    share: Literal["adults", "parents", "children"] | None = None
    elsewhere: Literal["error", "nobody"] = "error"
    regions: dict[str, list[str]] | None = None
    density: str | None = None
    densities: dict[str, list[int]] | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        ways = [name for name, value in (("from", self.from_), ("first_of", self.first_of),
                                         ("constant", self.constant), ("draw", self.draw))
                if value is not None]  # fmt: skip
        drawn = self.draw is not None and self.constant is None and self.first_of is None
        if not (len(ways) == 1 or (drawn and self.from_ is not None)):
            raise ValueError(f"give one of from, first_of, constant and draw, not {' and '.join(ways) or 'none'}")
        if self.draw == "month_of_quarter" and self.from_ is None:
            raise ValueError("month_of_quarter is drawn from a quarter: give from")
        if self.codes is not None and (self.bands is not None or self.as_ != "number"):
            raise ValueError("give codes alone, without bands or as")
        if (self.density is None) != (self.densities is None):
            raise ValueError("density and densities go together")
        counties = {one.county for one in municipalities().values()}
        unknown = [name for names in (self.regions or {}).values() for name in names if name not in counties]
        if unknown:
            raise ValueError(f"no county is called {', '.join(unknown)}{did_you_mean(unknown[0], counties)}")
        return self

    @property
    def sources(self) -> list[str]:
        """The columns it may read, as ``FILE.COLUMN``."""
        density = [self.density] if self.density is not None else []
        return [*(self.from_ or []), *(self.first_of or []), *density]


def _as_entries(value: object) -> object:
    """Return ``FILE.COLUMN``, one entry or several as a list of entries."""
    several = value if isinstance(value, list) else [value]
    return [{"from": one} if isinstance(one, str) else one for one in several]


Entries = Annotated[list[ColumnEntry], BeforeValidator(_as_entries), Field(min_length=1)]


class TableEntry(BaseModel):
    """One table of the population: the file with its rows, and its columns."""

    model_config = _STRICT
    file: str = ""
    same_names: Annotated[list[str], BeforeValidator(_as_list)] = []
    columns: dict[str, Entries] = {}


class YearEntry(BaseModel):
    """The income year, where the files say it: columns that all have one value, and what is added to it."""

    model_config = _STRICT
    from_: Annotated[Names, Field(alias="from")]
    add: int = 0


class FactorEntry(BaseModel):
    """A unit factor that stands in a column of the files."""

    model_config = _STRICT
    from_: Annotated[str, Field(alias="from")]


class MicrodataMapping(BaseModel):
    """A checked mapping file."""

    model_config = _STRICT
    name: Annotated[str, Field(min_length=1)]
    real: bool = True
    minimum_cell: Annotated[int, Field(ge=LOWEST_MINIMUM)] = MINIMUM
    income_year: int | YearEntry | None = None
    born_after_income_year: Literal["error", "drop"] = "error"
    factors: dict[str, Number | FactorEntry] = {}
    files: Annotated[dict[str, FileEntry], Field(min_length=1)]
    households: TableEntry
    persons: TableEntry
    incomes: TableEntry
    earlier_years: dict[Literal["1", "2"], dict[str, str]] = {}
    earlier_prices: Literal["published", "income_year"] = "published"
    compare: dict[str, Entries] = {}
    note: str = ""

    def tables(self) -> Iterator[tuple[str, TableEntry, tuple[Column, ...]]]:
        """Yield each table's name, entry and columns in the schema."""
        yield "households", self.households, HOUSEHOLDS
        yield "persons", self.persons, PERSONS
        yield "incomes", self.incomes, INCOMES

    def entries(self) -> Iterator[tuple[str, str, ColumnEntry]]:
        """Yield table, column and entry of everything that is read."""
        for table, entry, _ in self.tables():
            for column, ways in entry.columns.items():
                yield from ((table, column, way) for way in ways)
        for name, ways in self.compare.items():
            yield from (("compare", name, way) for way in ways)


SHIPPED = ("eu_silc", "register")
"""Mappings that come with the package."""

_KEYS = sorted(
    {
        field.alias or name
        for model in (MicrodataMapping, TableEntry, FileEntry, ColumnEntry, YearEntry)
        for name, field in model.model_fields.items()
    }
)


def shipped_text(name: str) -> str:
    """Return the text of a mapping that comes with the package."""
    return (files("mikrosim.microdata") / "mappings" / f"{name}.yaml").read_text(encoding="utf-8")


def load_mapping(source: str | Path) -> MicrodataMapping:
    """Return a mapping from a YAML file, or one that comes with the package by its name.

    Raises:
        PopulationError: With everything that is wrong in the file.
    """
    name = str(source)
    if name in SHIPPED:
        return _checked(name, read_yaml(shipped_text(name).encode()))
    if not Path(name).exists() and Path(name).suffix not in (".yaml", ".yml"):
        raise PopulationError(name, f"is no mapping file, and none of {', '.join(SHIPPED)}"
                              f"{did_you_mean(name, SHIPPED)}")  # fmt: skip
    return _checked(name, read_yaml_file(Path(name)))


def _checked(source: str, document: Document) -> MicrodataMapping:
    problems = list(document.problems)
    if not problems and not isinstance(document.data, dict):
        problems.append(Problem("", "must hold name, files, households, persons and incomes; see docs/import.md"))
    if problems:
        raise PopulationError(source, problems)
    try:
        mapping = MicrodataMapping.model_validate(document.data)
    except ValidationError as error:
        raise PopulationError(source, problems_of(error, _KEYS)) from error
    problems = list(_misnamed(mapping))
    if problems:
        raise PopulationError(source, problems)
    return mapping


def _misnamed(mapping: MicrodataMapping) -> Iterator[Problem]:
    """Yield names in a mapping that lead nowhere."""
    for table, entry, columns in mapping.tables():
        known = [column.name for column in columns if column.name not in NOT_MAPPED]
        for name in entry.columns:
            if name not in known:
                yield Problem(f"{table}.columns.{name}", f"no such column{_hint(name, known)}")
        for name in entry.same_names:
            if name not in mapping.files:
                yield Problem(f"{table}.same_names", _no_file(name, mapping))
        for name in ("household_id", "weight") if table == "households" else ():
            if name not in entry.columns and not entry.same_names:
                yield Problem(f"{table}.columns.{name}", "is missing")
        yield from _base_file(mapping, table, entry)
    for table, name, way in mapping.entries():
        place = f"{table}.{name}" if table == "compare" else f"{table}.columns.{name}"
        for one in way.sources:
            yield from _source(mapping, place, one, of_household=table == "households")
        if isinstance(way.times, str) and way.times not in mapping.factors:
            yield Problem(f"{place}.times", f"no factor {way.times!r}{did_you_mean(way.times, mapping.factors)}")
        if way.share and (table == "households" or any(_rows(mapping, one) != "households" for one in way.sources)):
            yield Problem(f"{place}.share", "shares a household's amount between its persons; this is none")
    for name, factor in mapping.factors.items():
        if isinstance(factor, FactorEntry):
            yield from _source(mapping, f"factors.{name}", factor.from_)
    if isinstance(mapping.income_year, YearEntry):
        for name in mapping.income_year.from_:
            yield from _source(mapping, "income_year", name)
    for lag, renamed in mapping.earlier_years.items():
        for name in [*renamed, *renamed.values()]:
            if name not in mapping.files:
                yield Problem(f"earlier_years.{lag}", _no_file(name, mapping))
    if "2" in mapping.earlier_years and "1" not in mapping.earlier_years:
        yield Problem("earlier_years.2", "needs the year between: give 1 too")


def _base_file(mapping: MicrodataMapping, table: str, entry: TableEntry) -> Iterator[Problem]:
    if table == "incomes":
        return
    if not entry.file:
        yield Problem(f"{table}.file", f"is missing: name the file with one row for each of the {table}")
    elif entry.file not in mapping.files:
        yield Problem(f"{table}.file", _no_file(entry.file, mapping))
    elif mapping.files[entry.file].rows != table:
        yield Problem(f"{table}.file", f"{entry.file} has rows of {mapping.files[entry.file].rows}")
    elif table == "persons" and mapping.files[entry.file].household is None:
        yield Problem(f"files.{entry.file}.household", "is missing: name the column with the person's household")


def _source(mapping: MicrodataMapping, place: str, name: str, *, of_household: bool = False) -> Iterator[Problem]:
    file, _, column = name.partition(".")
    if not column:
        yield Problem(place, f"{name!r} must be FILE.COLUMN, such as {next(iter(mapping.files))}.{name}")
    elif file not in mapping.files:
        yield Problem(place, _no_file(file, mapping))
    elif of_household and mapping.files[file].rows != "households":
        yield Problem(place, f"{name} is a column of persons; a household's column needs a file of households")


def _rows(mapping: MicrodataMapping, name: str) -> str:
    file = mapping.files.get(name.partition(".")[0])
    return file.rows if file else "households"


def _no_file(name: str, mapping: MicrodataMapping) -> str:
    return f"there is no file {name!r} under files{did_you_mean(name, mapping.files)}"


def _hint(name: str, known: list[str]) -> str:
    """Return a suggestion; a benefit's own name leads to its given amount."""
    return f"; did you mean {name}_given?" if f"{name}_given" in known else did_you_mean(name, known)
