"""Tables as files: CSV for spreadsheets, Parquet for programs."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from mikrosim.report.tables_of_run import Rows
    from mikrosim.units import Bools

BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Excel takes a file without it for one of an older alphabet."""


def csv_bytes(rows: Sequence[Mapping[str, Any]], *, comma: bool) -> bytes:
    r"""Return rows as CSV.

    Args:
        rows: All with the same columns.
        comma: Decimal comma and semicolons, as Excel reads with Norwegian settings; else point and commas.

    >>> csv_bytes([{"a": 1.5, "b": "x"}], comma=False)
    b'a,b\r\n1.5,x\r\n'
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=";" if comma else ",", lineterminator="\r\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([_written(value, comma=comma) for value in row.values()])
    return ((BYTE_ORDER_MARK if comma else "") + file.getvalue()).encode()


def of_one_shape(rows: Rows) -> Rows:
    """Return the rows with the columns of all of them, None where a row has none."""
    columns = dict.fromkeys(name for row in rows for name in row)
    return [{**columns, **row} for row in rows]


def parquet_bytes(rows: Rows) -> bytes:
    """Return rows as a Parquet file."""
    return _parquet({name: array_of([row[name] for row in rows]) for name in (rows[0] if rows else ())})


def columns_as_parquet(columns: Mapping[str, Any]) -> bytes:
    """Return columns as a Parquet file; a pair of labels and codes is a column of text."""
    import numpy as np
    import pyarrow as pa

    arrays = {}
    for name, column in columns.items():
        if isinstance(column, tuple):
            labels, code = column
            indices = _fixed(np.maximum(np.asarray(code), 0).astype(np.int32), np.asarray(code) >= 0)
            arrays[name] = pa.DictionaryArray.from_arrays(indices, array_of(labels))
        else:
            arrays[name] = _fixed(np.asarray(column))
    # Incomes repeat too seldom for a dictionary; byte by byte they take a quarter less room and a fifth of the time.
    amounts = [name for name in arrays if "income" in name or name.startswith("net_of")]
    others = [name for name in arrays if name not in amounts]
    return _parquet(arrays, use_dictionary=others, use_byte_stream_split=amounts)


def array_of(values: Sequence[str | float | bool | None]) -> Any:
    """Return values of one kind as an Arrow array, None as missing.

    `pyarrow.array` does the same, but imports pandas to see whether the values are its: a third of a second.
    """
    import numpy as np
    import pyarrow as pa

    there = np.array([value is not None for value in values], np.bool_)
    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        return pa.nulls(len(values))
    if kinds == {str}:
        encoded = [b"" if value is None else str(value).encode() for value in values]
        ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
        buffers = [_bits(there), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded))]
        return pa.Array.from_buffers(pa.string(), len(values), buffers)
    kind = np.bool_ if kinds == {bool} else np.int64 if kinds == {int} else np.float64
    return _fixed(np.array([0 if value is None else value for value in values], kind), there)


def _fixed(column: NDArray[Any], there: Bools | None = None) -> Any:
    """Return numbers or truth values as an Arrow array."""
    import numpy as np
    import pyarrow as pa

    data = _bits(column) if column.dtype == np.bool_ else pa.py_buffer(np.ascontiguousarray(column))
    validity = None if there is None else _bits(there)
    return pa.Array.from_buffers(pa.from_numpy_dtype(column.dtype), len(column), [validity, data])


def _bits(chosen: Bools) -> Any:
    import numpy as np
    import pyarrow as pa

    return pa.py_buffer(np.packbits(chosen, bitorder="little"))


def rows_of_parquet(content: bytes) -> Rows:
    """Return the rows of a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows: Rows = pq.read_table(pa.BufferReader(content)).to_pylist()
    return rows


def _parquet(arrays: Mapping[str, Any], **options: Any) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    table = pa.Table.from_arrays(list(arrays.values()), names=list(arrays))
    pq.write_table(table, sink, compression="zstd", **options)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _written(value: Any, *, comma: bool) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).replace(".", ",") if comma and isinstance(value, float) else value
