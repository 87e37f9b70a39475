"""Values of the population's columns, worked out from what was read of the files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mikrosim.microdata.cells import Want, places_of
from mikrosim.microdata.fill import draw, draw_municipality
from mikrosim.microdata.mapping import ColumnEntry
from mikrosim.microdata.wants import Wants, region_want, want_of
from mikrosim.population.schema import NOBODY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from mikrosim.errors import Problem
    from mikrosim.microdata.rows import Base
    from mikrosim.microdata.sources import Loaded
    from mikrosim.units import Bools, Floats, Ints

MONTHS_IN_QUARTER = 3
NOBODYS_IDS = ("-1", "0")
"""What files write for a link to nobody, besides an empty cell."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who shares a household's amounts: per kind, who takes part and among how many, one value per person."""

    part: Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Data:
    """What was read, and where the population's rows are in it.

    Args:
        base: The population's households and persons.
        loaded: The files, read.
        places: For each file the row of each household or person in it, -1 for none.
        wants: What was asked of the files.
        factors: Unit factors: a number, or ``FILE.COLUMN``.
        year: The income year.
        files: Files of another income year that stand in for those of the mapping.
        count: How a number of rows may be told.
    """

    base: Base
    loaded: Mapping[str, Loaded]
    places: Mapping[str, Ints]
    wants: Wants
    factors: Mapping[str, float | str]
    year: int
    files: Mapping[str, str]
    count: Callable[[int], str]

    def of_files(self, files: Mapping[str, str]) -> Data:
        """Return the same with other files in the place of the mapping's."""
        return replace(self, files=files)

    def cells(self, name: str, want: Want, *, of_persons: bool) -> Any:
        """Return a file's column for each person or household: floats with NaN, or ids, where there is nothing."""
        file = name.partition(".")[0]
        loaded, places = self.loaded[file], self.places[file]
        values = loaded.columns[want]
        if of_persons and loaded.source.entry.rows == "households":
            places = places[self.base.home]
        if want.kind == "id":
            return values.take(pa.array(places, mask=places == NOBODY))
        there = np.append(values, np.nan)
        return there[places]

    def sources(self, ways: Sequence[ColumnEntry], column: str) -> list[str]:
        """Return which columns of files the ways read."""
        return [name for way in ways for name in self.present(way, column)]

    def present(self, way: ColumnEntry, column: str) -> list[str]:
        """Return the columns of files that a way reads and that are there."""
        quiet = replace(self.wants, problems=[], by_file={})
        return [name for name in quiet.present(way, column, self.files) if name.partition(".")[0] in self.loaded]

    def value(self, way: ColumnEntry, column: str, sharing: Sharing, notes: list[str], *,
              of_persons: bool) -> Floats | None:  # fmt: skip
        """Return what one way gives each household or person, NaN where it gives nothing; None if no file has it."""
        count = len(self.base.home if of_persons else self.base.household_ids)
        if way.constant is not None:
            return np.full(count, float(way.constant))
        names = self.present(way, column)
        if way.draw == "municipality":
            return self._municipalities(way, names)
        if not names:
            return None
        several = [self.cells(name, want_of(name.partition(".")[2], column, way), of_persons=of_persons)
                   for name in names]  # fmt: skip
        values = added(several, names, notes, self.count)
        if way.as_ == "years_since":
            values = self.year - values
        if way.bands is not None:
            values = _banded(values, way.bands)
        values = values * self.factor(way.times, of_persons=of_persons)
        if way.draw is not None:
            values = self._months(values)
        values = _limited(values, way, notes)
        if way.share is not None:
            values = np.where(sharing.part[way.share] > 0, values * sharing.part[way.share], 0.0)
        return values if way.empty is None else np.where(np.isnan(values), way.empty, values)

    def factor(self, times: float | str | None, *, of_persons: bool) -> float | Floats:
        """Return a unit factor: a number, or one for each household or person."""
        if times is None:
            return 1.0
        factor = self.factors[times] if isinstance(times, str) else times
        if not isinstance(factor, str):
            return float(factor)
        if factor not in self.present(ColumnEntry.model_construct(from_=[factor], optional=True), ""):
            return 1.0  # its column is missing, which is a problem already
        values: Floats = self.cells(factor, Want(factor.partition(".")[2], "number"), of_persons=of_persons)
        return values

    def _months(self, quarters: Floats) -> Floats:
        inside = np.floor(MONTHS_IN_QUARTER * draw(self._numbers(of_persons=True), salt=2))
        return np.asarray(1 + MONTHS_IN_QUARTER * (quarters - 1) + inside, np.float64)

    def _municipalities(self, way: ColumnEntry, names: Sequence[str]) -> Floats:
        regions = [frozenset(counties) for counties in (way.regions or {}).values()]
        classes = [frozenset(few) for few in (way.densities or {}).values()]
        region = np.full(len(self.base.household_ids), np.nan)
        density = region.copy()
        if names:
            region = self.cells(names[0], want_of(names[0].partition(".")[2], "municipality", way), of_persons=False)
        if way.density is not None and way.density.partition(".")[0] in self.loaded:
            want = region_want(way.density.partition(".")[2], way.densities or {})
            if want in self.loaded[way.density.partition(".")[0]].columns:
                density = self.cells(way.density, want, of_persons=False)
        drawn = draw_municipality(
            self._numbers(of_persons=False),
            [None if place != place else regions[int(place)] for place in region.tolist()],
            [None if place != place else classes[int(place)] for place in density.tolist()],
        )
        return drawn.astype(np.float64)

    def _numbers(self, *, of_persons: bool) -> Ints:
        ids = self.base.person_ids if of_persons else self.base.household_ids
        if pa.types.is_integer(ids.type):
            numbers: Ints = ids.to_numpy(zero_copy_only=False).astype(np.int64)
            return numbers
        return np.arange(1, len(ids) + 1, dtype=np.int64)


def added(several: Sequence[Floats], names: Sequence[str], notes: list[str], count: Callable[[int], str]) -> Floats:
    """Return the sum of columns, empty only where all of them are; what is empty elsewhere is noted."""
    if len(several) == 1:
        return several[0]
    empty = np.array([np.isnan(one) for one in several])
    nowhere = empty.all(axis=0)
    for name, one in zip(names, empty, strict=True):
        missing = int(np.count_nonzero(one & ~nowhere))
        if missing:
            notes.append(f"{name} is empty in {count(missing)} rows and left out of the sum")
    return np.where(nowhere, np.nan, np.nansum(several, axis=0))


def _banded(values: Floats, bands: Mapping[str, float]) -> Floats:
    """Return the value of the highest band whose lower limit is reached, 0 below all of them."""
    limits = sorted(float(limit) for limit in bands)
    results = np.array([0.0, *(bands[f"{limit:g}"] for limit in limits)])
    return np.where(np.isnan(values), np.nan, results[np.searchsorted(limits, values, side="right")])


def _limited(values: Floats, way: ColumnEntry, notes: list[str]) -> Floats:
    for limit, beyond, word in ((way.lowest, np.less, "raised"), (way.highest, np.greater, "lowered")):
        if limit is not None:
            outside = beyond(values, limit)
            if outside.any():
                notes.append(f"some values {word} to {limit:g}")
                values = np.where(outside, limit, values)
    return values


def sharing_of(home: Ints, adult: Bools, parent: Bools) -> Sharing:
    """Return the parts in which households' amounts are shared: equally, and by all where nobody is of the kind."""
    count = int(home.max()) + 1 if len(home) else 0

    def parts(chosen: Bools, else_by: Bools) -> Floats:
        number = np.bincount(home[chosen], minlength=count)
        taking = np.where(number[home] > 0, chosen, else_by)
        among = np.bincount(home[taking], minlength=count)
        return taking / np.maximum(among[home], 1)

    everyone = np.ones(len(home), np.bool_)
    has_adult = np.bincount(home[adult], minlength=count)[home] > 0
    adults = np.where(has_adult, adult, everyone)
    children = parts(~adult, adults)
    return Sharing({"adults": parts(adult, everyone), "parents": parts(parent, adults), "children": children})


def linked(data: Data, way: ColumnEntry, column: str, problems: list[Problem], notes: list[str]) -> Ints | None:
    """Return the row of each person's partner, mother or father, -1 for nobody; None if no file has it."""
    names = data.present(way, column)
    if not names:
        return None
    name, base = names[0], data.base
    file, _, key = name.partition(".")
    ids = data.cells(name, Want(key, "id"), of_persons=True)
    text = ids.cast(pa.string())
    nobody = pc.is_in(text, value_set=pa.array(NOBODYS_IDS))
    ids = pc.if_else(pc.fill_null(nobody, True), pa.scalar(None, ids.type), ids)
    rows = places_of(ids, base.person_ids)
    given = pc.is_valid(ids).to_numpy(zero_copy_only=False)
    unknown = given & (rows == NOBODY)
    known = rows != NOBODY
    target = np.where(known, rows, np.arange(len(rows)))
    apart = known & (base.home[target] != base.home)
    if way.elsewhere == "nobody":
        for those, what in ((unknown, "are not in the file"), (apart, "live in another household")):
            if those.any():
                notes.append(f"{data.count(int(those.sum()))} links to persons who {what} are left out")
        return np.where(unknown | apart, NOBODY, rows)
    loaded, places = data.loaded[file], data.places[file]
    checks = [
        (unknown, f"is no person of {base.persons.source.path.name}"),
        (apart, "lives in another household"),
        (known & (target == np.arange(len(rows))), "is the person's own id"),
    ]
    if column == "partner" and not (unknown.any() or apart.any()):
        back = np.where(known, rows[target], np.arange(len(rows)))
        checks.append((known & ~apart & (target != np.arange(len(rows))) & (back != np.arange(len(rows))),
                       "does not name this person as partner; partners must be mutual"))  # fmt: skip
    remedy = "; correct the file, or set elsewhere: nobody in the mapping to leave such links out"
    for bad, what in checks:
        at = np.flatnonzero(bad)
        if len(at):
            row = loaded.source.place(int(loaded.rows[places[at[0]]]))
            more = f" and {len(at) - 1} more" if len(at) > 1 else ""
            told = f"{column} {ids[int(at[0])]} {what}{remedy}"
            problems.append(loaded.source.problem(f"{key}, {row}{more}", told))
    return rows
