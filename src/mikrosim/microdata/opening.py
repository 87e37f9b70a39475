"""The first look at a file: what it is, whether all of it is text, and the names of its columns."""

from __future__ import annotations

import codecs
import csv
import re
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from mikrosim.errors import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from mikrosim.microdata.mapping import FileEntry

BLOCK_BYTES = 8 << 20
DELIMITERS = ",;\t|"
MARKS = {
    b"PK\x03\x04": "is a ZIP archive or an Excel workbook, no text; unpack it, or save it as CSV in UTF-8",
    b"PAR1": "is a Parquet file; let its name end in .parquet",
    b"ARROW1": "is an Arrow (Feather) file; save it as Parquet or CSV",
    b"\xd0\xcf\x11\xe0": "is an old Excel workbook, no text; save it as CSV in UTF-8",
    b"$FL2": "is an SPSS file, no text; save it as CSV in UTF-8",
    b"<stata_dta>": "is a Stata file, no text; save it as CSV in UTF-8",
}
"""First bytes of files that are no CSV."""

PACKED = b"\x1f\x8b"
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*")


def is_parquet(path: Path) -> bool:
    """Tell by its name whether a file is Parquet; all others are read as delimited text."""
    return path.suffix.casefold() == ".parquet"


def header_of(path: Path, entry: FileEntry, problems: list[Problem]) -> list[str] | None:
    """Return the names of a file's columns, None where they cannot be read."""
    try:
        wrong = _no_file(path) or (None if is_parquet(path) else _no_text(path, entry))
        if wrong is not None:
            problems.append(wrong)
            return None
        names = list(pq.ParquetFile(path).schema_arrow.names) if is_parquet(path) else _first_names(path, entry)
    except LookupError:
        problems.append(Problem(path.name, f"{entry.encoding!r} is no encoding; use utf-8 or latin-1"))
        return None
    except (pa.ArrowInvalid, csv.Error, EOFError):
        what = "not a whole file of its kind: truncated, or another format; write it again"
        problems.append(Problem(path.name, what))
        return None
    except OSError as error:
        if isinstance(error.strerror, str):
            problems.append(Problem(str(path), f"cannot be read: {error.strerror}"))
        else:  # of a packed file, which the unpacking finds torn
            problems.append(Problem(path.name, "cannot be unpacked: truncated, or not gzip; pack it again"))
        return None
    wrong = _no_heading(path, entry, names)
    if wrong is not None:
        problems.append(wrong)
        return None
    return [name.strip() for name in names]


def _no_file(path: Path) -> Problem | None:
    if not path.exists():
        return Problem(str(path), "there is no such file")
    if path.is_dir():
        return Problem(str(path), "is a folder; name a file")
    with path.open("rb") as file:
        start = file.read(16)
    for mark, what in MARKS.items():
        if start.startswith(mark) and not is_parquet(path):
            return Problem(path.name, what)
    if start.startswith(PACKED) and path.suffix != ".gz":
        return Problem(path.name, "is packed with gzip; unpack it, or let its name end in .gz")
    return None


def _no_text(path: Path, entry: FileEntry) -> Problem | None:
    """Return what is wrong if a file is empty, or not text of its encoding."""
    with pa.input_stream(str(path), compression="detect") as stream:
        start: bytes = stream.read(4)
    if start.startswith(UTF_16) and codecs.lookup(entry.encoding).name == "utf-8":
        return Problem(f"{path.name}: line 1", "is text in UTF-16; save the file as UTF-8, or set encoding: utf-16 for "
                       "it in the mapping")  # fmt: skip
    line, has_nothing = _undecodable(path, entry.encoding)
    if line and has_nothing:
        return Problem(f"{path.name}: line {line}", "has a byte of value 0, which no text has: the file is damaged, or "
                       "of another format; write it again")  # fmt: skip
    if line:
        what = (
            f"not {entry.encoding.upper()} text; save the file as UTF-8, or set encoding: latin-1 for it in the mapping"
        )
        return Problem(f"{path.name}: line {line}", what)
    if not _first_line(path, entry).strip():
        return Problem(path.name, "is empty; put the file with its heading and rows in its place")
    return None


def _no_heading(path: Path, entry: FileEntry, names: list[str]) -> Problem | None:
    """Return what is wrong if the first line does not name the columns."""
    place, stripped = f"{path.name}: line 1", [name.strip() for name in names]
    if len(names) == 1 and not is_parquet(path):
        other = next((one for one in DELIMITERS if one != entry.delimiter and one in names[0]), None)
        if other is not None:
            return Problem(place, f"has one column only, and {_written(other)} between names; set delimiter: "
                           f"{_written(other)} for the file in the mapping")  # fmt: skip
        return Problem(place, f"has one column only, {names[0][:60]!r}; the first line must name all columns, with "
                       f"{_written(entry.delimiter)} between them: is there a title above?")  # fmt: skip
    if any(_NUMBER.fullmatch(name) for name in stripped):
        return Problem(place, "has numbers where the names of the columns must stand; put the heading above the rows")
    twice = sorted({name for name in stripped if stripped.count(name) > 1 and name})
    if twice:
        return Problem(f"{path.name}: {', '.join(twice)}", "given more than once in the heading; keep one")
    return None


def _written(delimiter: str) -> str:
    return '"\\t"' if delimiter == "\t" else f'"{delimiter}"'


def _first_names(path: Path, entry: FileEntry) -> list[str]:
    (names,) = csv.reader([_first_line(path, entry)], delimiter=entry.delimiter)
    return names


def _first_line(path: Path, entry: FileEntry) -> str:
    with pa.input_stream(str(path), compression="detect") as stream:
        start: bytes = stream.read(BLOCK_BYTES)
    encoding = "utf-8-sig" if codecs.lookup(entry.encoding).name == "utf-8" else entry.encoding
    return start.decode(encoding, errors="replace").partition("\n")[0].rstrip("\r")


def _undecodable(path: Path, encoding: str) -> tuple[int | None, bool]:
    """Return the first line that is no text of the encoding (None if all is), and whether it has a byte of 0."""
    decoder, wide = (
        codecs.getincrementaldecoder(encoding)(),
        codecs.lookup(encoding).name.startswith(("utf-16", "utf-32")),
    )
    line = 1
    with pa.input_stream(str(path), compression="detect") as stream:
        while block := stream.read(BLOCK_BYTES):
            nothing = -1 if wide else block.find(b"\0")
            try:
                decoder.decode(block)
            except UnicodeDecodeError as error:
                # The decoder may hold back bytes of the block before: they are no line break.
                return line + error.object.count(b"\n", 0, error.start), 0 <= nothing < error.start
            if nothing >= 0:
                return line + block.count(b"\n", 0, nothing), True
            line += block.count(b"\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line, False
    return None, False
