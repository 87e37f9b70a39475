"""Cells of a file turned into numbers: amounts, codes, dates and ids, with what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mikrosim.microdata.codes import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.units import Bools, Floats, Ints

SHOWN = 5
"""How many codes or rows a message names."""
Kind = Literal["number", "id", "code", "year", "month"]
_NUMBER = r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"
_WHOLE_ID = r"^(0|[1-9][0-9]{0,17})$"
_ISO = r"^(?P<year>[0-9]{4})(?:-?(?P<month>[0-9]{2})(?:-?[0-9]{2})?)?(?:[T ].*)?$"
_NORWEGIAN = r"^[0-9]{1,2}\.(?P<month>[0-9]{1,2})\.(?P<year>[0-9]{4})$"
_MONTH = r"^(?P<month>[0-9]{1,2})$"
_DATES = {"year": (_ISO, _NORWEGIAN), "month": (_ISO, _NORWEGIAN, _MONTH)}
WHAT: dict[Kind, str] = {
    "number": "is no number",
    "id": "is no id",
    "code": "is a code without a meaning in the mapping",
    "year": "is no date such as 1990-05-17",
    "month": "is no date such as 1990-05-17",
}


class Want(NamedTuple):
    """A column of a file and how its cells are read."""

    column: str
    kind: Kind
    codes: tuple[tuple[str, float], ...] = ()
    other: float | None = None


class Unread(NamedTuple):
    """Cells that are not what they should be: which rows of a batch, and their text."""

    bad: Bools
    texts: pa.Array


@dataclass(slots=True)
class Misread:
    """Cells of one column that could not be read: how many, the first one's row, and a few different texts."""

    row: int = -1
    count: int = 0
    texts: list[str] = field(default_factory=list)

    def add(self, rows: Ints, wrong: Unread) -> None:
        """Count the cells of a further batch."""
        places = np.flatnonzero(wrong.bad)
        if not self.count:
            self.row = int(rows[places[0]])
        self.count += len(places)
        for text in wrong.texts.take(pa.array(places)).unique().to_pylist():
            if len(self.texts) < SHOWN and str(text) not in self.texts:
                self.texts.append(str(text))


def texts_of(cells: pa.Array, missing: Sequence[str]) -> pa.Array:
    """Return cells as text without spaces around, null where a cell says that there is nothing."""
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    if pa.types.is_floating(cells.type):
        cells = pc.if_else(pc.is_nan(cells), None, cells)
    texts = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    nothing = pa.array(["", *missing])
    return pc.if_else(pc.is_in(texts, value_set=nothing), pa.scalar(None, pa.string()), texts)


def read_cells(cells: pa.Array, want: Want, missing: Sequence[str], decimal: str) -> tuple[Any, Unread | None]:
    """Return a batch of cells as the want says, NaN or null where there is nothing, and what could not be read.

    Args:
        cells: A batch, of text from CSV or of any type from Parquet.
        want: How to read them. Ids come back as an Arrow array, all else as floats.
        missing: Texts that stand for nothing.
        decimal: The decimal sign.
    """
    if want.kind == "number" and _is_number(cells.type):
        values = _floats(cells.cast(pa.int8()) if pa.types.is_boolean(cells.type) else cells)
        return values, _unread(np.isinf(values), cells)
    texts = texts_of(cells, missing)
    if want.kind == "id":
        return _ids(texts), None
    if want.kind == "code":
        return _codes(texts, dict(want.codes), want.other)
    if want.kind == "number":
        return _numbers(pc.replace_substring(texts, decimal, ".") if decimal != "." else texts)
    return _dates(texts, want.kind)


def _is_number(type_: pa.DataType) -> bool:
    tests = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_boolean)
    return any(test(type_) for test in tests)


def _floats(cells: pa.Array) -> Floats:
    values: Floats = pc.fill_null(cells.cast(pa.float64(), safe=False), float("nan")).to_numpy(zero_copy_only=False)
    return values


def _numbers(texts: pa.Array) -> tuple[Floats, Unread | None]:
    good = pc.fill_null(pc.match_substring_regex(texts, _NUMBER), False)
    values = _floats(pc.if_else(good, texts, pa.scalar(None, pa.string())))
    return values, _unread(_bools(pc.and_(pc.is_valid(texts), pc.invert(good))), texts)


def _ids(texts: pa.Array) -> pa.Array:
    """Return ids as whole numbers if all of them are, else as text; ``101.0`` counts as 101."""
    texts = pc.replace_substring_regex(texts, r"^([0-9]+)\.0+$", r"\1")
    if pc.all(pc.match_substring_regex(texts, _WHOLE_ID), min_count=0).as_py():
        return texts.cast(pa.int64())
    return texts


def _codes(texts: pa.Array, codes: Mapping[str, float], other: float | None) -> tuple[Floats, Unread | None]:
    """Return what each code stands for; every distinct text is looked up once."""
    encoded = texts.dictionary_encode()
    unlisted = float("nan") if other is None else other
    names = [canonical(one) for one in encoded.dictionary.to_pylist()]
    meaning = np.array([*(codes.get(name, unlisted) for name in names), np.nan])
    known = np.array([*(name in codes or other is not None for name in names), True])
    places = pc.fill_null(encoded.indices, len(names)).to_numpy(zero_copy_only=False)
    return meaning[places], _unread(~known[places], texts)


def _dates(texts: pa.Array, part: str) -> tuple[Floats, Unread | None]:
    found = None
    for pattern in _DATES[part]:
        matched = pc.extract_regex(texts, pattern)
        text = pc.struct_field(matched, part)
        text = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
        found = text if found is None else pc.coalesce(found, text)
    return _floats(found), _unread(_bools(pc.and_(pc.is_valid(texts), pc.is_null(found))), texts)


def _bools(mask: pa.Array) -> Bools:
    values: Bools = pc.fill_null(mask, False).to_numpy(zero_copy_only=False)
    return values


def _unread(bad: Bools, texts: pa.Array) -> Unread | None:
    return Unread(bad, texts) if bad.any() else None


def joined_ids(parts: Sequence[pa.Array]) -> pa.Array:
    """Return batches of ids as one array: whole numbers if all are, else text."""
    if any(pa.types.is_string(part.type) for part in parts):
        parts = [part.cast(pa.string()) for part in parts]
    return pa.concat_arrays(parts) if parts else pa.array([], pa.int64())


def places_of(ids: pa.Array, among: pa.Array) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the row of each id among others, -1 where it is empty or not there.

    >>> places_of(pa.array([7, None, 5]), pa.array(["5", "7", "x"])).tolist()
    [1, -1, 0]
    """
    if ids.type != among.type:
        ids, among = ids.cast(pa.string()), among.cast(pa.string())
    found = pc.index_in(ids, value_set=among)
    places: np.ndarray[Any, np.dtype[np.int64]] = pc.fill_null(found, -1).to_numpy(zero_copy_only=False)
    return np.where(_bools(pc.is_valid(ids)), places, -1).astype(np.int64)


def first_places(ids: pa.Array) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return for each id the first row that has it; a row that is not its own repeats another's id."""
    codes = pc.fill_null(ids.dictionary_encode().indices, -1).to_numpy(zero_copy_only=False)
    _, first, back = np.unique(codes, return_index=True, return_inverse=True)
    return np.asarray(first[back], np.int64)
