"""The files of microdata: found, opened, and read batch by batch, so that memory holds only what is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.parquet as pq

from mikrosim.errors import Problem, did_you_mean
from mikrosim.microdata.cells import SHOWN, WHAT, Misread, Want, joined_ids, read_cells, texts_of
from mikrosim.microdata.codes import canonical
from mikrosim.microdata.opening import header_of, is_parquet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from mikrosim.microdata.mapping import FileEntry
    from mikrosim.units import Bools, Ints

BLOCK_BYTES = 8 << 20
BATCH_ROWS = 1 << 16
PACKED = ".gz"


@dataclass(slots=True)
class Source:
    """One file that was found, with the names of its columns."""

    name: str
    entry: FileEntry
    path: Path
    header: list[str]

    @property
    def is_parquet(self) -> bool:
        """Whether the file is Parquet; all others are read as delimited text."""
        return is_parquet(self.path)

    def first_of(self, names: Sequence[str]) -> str | None:
        """Return the first of some columns that the file has."""
        return next((name for name in names if name in self.header), None)

    def place(self, row: int) -> str:
        """Return where a row is, as a person finds it."""
        return f"row {row + 1}" if self.is_parquet else f"line {row + 2}"

    def problem(self, column: str, message: str) -> Problem:
        """Return a problem with a column of this file."""
        return Problem(f"{self.path.name}: {column}" if column else self.path.name, message)


@dataclass(slots=True)
class Loaded:
    """What was read of a file: the rows that were kept, and the columns asked for."""

    source: Source
    rows: Ints
    """The number of each kept row in the file, from 0."""
    columns: dict[Want, Any]
    dropped: int = 0
    is_whole: bool = True
    """Whether all of the file was read; cells that could not be read are empty in it."""
    problems: list[Problem] = field(default_factory=list)

    def bad(self, column: str, bad: Bools, what: str, shown: Any = None) -> list[Problem]:
        """Return a problem if any kept row is bad, with the first such row and the number of the others."""
        places = np.flatnonzero(bad)
        if not len(places):
            return []
        row = self.source.place(int(self.rows[places[0]]))
        more = f" and {len(places) - 1} more" if len(places) > 1 else ""
        text = "" if shown is None else f"{shown[int(places[0])]} "
        return [self.source.problem(f"{column}, {row}{more}", f"{text}{what}")]


def find_sources(
    entries: Mapping[str, FileEntry], folder: Path, given: Mapping[str, Path], problems: list[Problem]
) -> dict[str, Source]:
    """Return the files of a mapping that are there and can be opened; the others become problems."""
    found = {}
    problems += [Problem(f"--file {name}", f"no such file in the mapping{did_you_mean(name, entries)}")
                 for name in given if name not in entries]  # fmt: skip
    for name, entry in entries.items():
        path = given.get(name) or _matching(name, entry, folder, problems)
        if path is None:
            continue
        header = header_of(path, entry, problems)
        if header is not None:
            found[name] = Source(name, entry, path, header)
    return found


def _matching(name: str, entry: FileEntry, folder: Path, problems: list[Problem]) -> Path | None:
    """Return the one file in the folder whose name fits, by the first pattern that any fits."""
    there = sorted(path.name for path in folder.iterdir() if path.is_file())
    for pattern in entry.path:
        names = [pattern.casefold(), f"{pattern.casefold()}{PACKED}"]
        fitting = [one for one in there if any(fnmatchcase(one.casefold(), one_of) for one_of in names)]
        if len(fitting) == 1:
            return folder / fitting[0]
        if fitting:
            listed = ", ".join(fitting[:SHOWN])
            problems.append(Problem(f"files.{name}", f"several files are called {pattern}: {listed}; choose one with "
                                    f"--file {name}=PATH"))  # fmt: skip
            return None
    folders = sorted(path.name for path in folder.iterdir() if path.is_dir())
    for one in folders:
        if any(fnmatchcase(one.casefold(), pattern.casefold()) for pattern in entry.path):
            problems.append(Problem(f"files.{name}", f"{one} is a folder; put one file of that name in its place, or "
                                    f"name one with --file {name}=PATH"))  # fmt: skip
            return None
    if entry.optional:
        return None
    listed = f"it has {', '.join(there[:SHOWN])}" if there else "it is empty"
    problems.append(Problem(f"files.{name}", f"no file called {' or '.join(entry.path)} in {folder} ({listed}); "
                            f"name it with --file {name}=PATH"))  # fmt: skip
    return None


def read(source: Source, wants: Iterable[Want]) -> Loaded:
    """Return the columns asked for of the rows that are kept, read batch by batch."""
    wanted = list(dict.fromkeys(wants))
    entry, problems = source.entry, list[Problem]()
    parts: dict[Want, list[Any]] = {want: [] for want in wanted}
    numbers: list[Ints] = []
    unread: dict[Want, Misread] = {}
    seen: dict[str, set[str]] = {column: set() for column in entry.keep}
    start = 0
    columns = list(dict.fromkeys([*(want.column for want in wanted), *entry.keep]))
    try:
        for batch in _batches(source, columns, problems):
            kept = _kept(batch, entry, seen)
            rows = np.flatnonzero(kept) + start
            chosen = batch if kept.all() else batch.filter(pa.array(kept))
            numbers.append(rows.astype(np.int64))
            for want in wanted:
                values, wrong = read_cells(chosen[want.column], want, entry.missing, entry.decimal)
                parts[want].append(values)
                if wrong is not None:
                    unread.setdefault(want, Misread()).add(rows, wrong)
            start += len(batch)
    except (pa.ArrowException, OSError) as error:
        problems.append(source.problem("", f"cannot be read: {' '.join(str(error).split())[:200]}"))
    whole = not problems
    problems += [_unreadable(source, want, found) for want, found in unread.items()]
    rows = np.concatenate(numbers) if numbers else np.zeros(0, np.int64)
    if whole and not len(rows):
        whole = False
        problems.append(_nothing(source, start, seen))
    joined = {want: joined_ids(several) if want.kind == "id" else np.concatenate(several) if several else np.zeros(0)
              for want, several in parts.items()}  # fmt: skip
    return Loaded(source, rows, joined, start - len(rows), whole, problems)


def _batches(source: Source, columns: list[str], problems: list[Problem]) -> Iterator[pa.RecordBatch]:
    if source.is_parquet:
        yield from pq.ParquetFile(source.path).iter_batches(BATCH_ROWS, columns=columns)
        return
    ragged: list[Any] = []

    def skip(row: Any) -> str:
        ragged.append(row)
        return "skip"

    with pa.input_stream(str(source.path), compression="detect") as stream:
        reader = pv.open_csv(
            stream,
            read_options=pv.ReadOptions(use_threads=False, block_size=BLOCK_BYTES, encoding=source.entry.encoding,
                                        column_names=source.header, skip_rows=1),
            parse_options=pv.ParseOptions(delimiter=source.entry.delimiter, invalid_row_handler=skip),
            convert_options=pv.ConvertOptions(include_columns=columns, strings_can_be_null=False,
                                              column_types=dict.fromkeys(source.header, pa.string())),
        )  # fmt: skip
        yield from reader
    if ragged:
        first, more = ragged[0], f" and {len(ragged) - 1} more" if len(ragged) > 1 else ""
        problems.append(source.problem(f"line {first.number}{more}", f"has {first.actual_columns} cells where the "
                                       f"heading has {first.expected_columns}; is a text with the delimiter in it "
                                       "without quotation marks?"))  # fmt: skip


def _kept(batch: pa.RecordBatch, entry: FileEntry, seen: dict[str, set[str]]) -> Bools:
    """Return which rows of a batch have the codes that are kept, and note the codes there are."""
    kept = np.ones(len(batch), np.bool_)
    for column, codes in entry.keep.items():
        encoded = texts_of(batch[column], ()).dictionary_encode()
        names = [canonical(one) for one in encoded.dictionary.to_pylist()]
        seen[column].update(names[:100])
        wanted = np.array([*(name in codes for name in names), False])
        kept &= wanted[encoded.indices.fill_null(len(names)).to_numpy(zero_copy_only=False)]
    return kept


_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:[ \u00a0\u202f'][0-9]{3})+(?:[.,][0-9]*)?"
                        r"|[+-]?[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]*|[+-]?[0-9]{1,3}(?:\.[0-9]{3}){2,}(?:,[0-9]*)?"
                        r"|[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]*|[+-]?[0-9]{1,3}(?:,[0-9]{3}){2,}")  # fmt: skip


def _unreadable(source: Source, want: Want, found: Misread) -> Problem:
    text = found.texts[0]
    more = f" and {found.count - 1} more" if found.count > 1 else ""
    remedy = "; correct the file, or list the text under missing for it in the mapping"
    if want.kind == "code":
        text = ", ".join(found.texts)
        remedy = "; add it under codes, or give other"
    elif want.kind == "number" and _THOUSANDS.fullmatch(text):
        remedy = "; write numbers without signs or spaces between the thousands"
    elif want.kind == "number" and "," in text and source.entry.decimal == ".":
        remedy = '; for decimal commas set decimal: "," for the file in the mapping'
    return source.problem(f"{want.column}, {source.place(found.row)}{more}", f"{text!r} {WHAT[want.kind]}{remedy}")


def _nothing(source: Source, rows: int, seen: dict[str, set[str]]) -> Problem:
    if not rows:
        return source.problem("", "has a heading but no rows; put the whole file in its place")
    kept = "; ".join(f"{column} is one of {', '.join(sorted(codes)[:SHOWN])}, kept: "
                     f"{', '.join(source.entry.keep[column])}" for column, codes in seen.items())  # fmt: skip
    return source.problem("", f"none of its {rows} rows is kept ({kept}); change keep in the mapping")
