"""Tables as files: the same as pyarrow makes of rows, without importing pandas."""

import subprocess
import sys

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from mikrosim.report.table_files import array_of, columns_as_parquet, parquet_bytes, rows_of_parquet


@pytest.mark.parametrize(
    "values",
    [
        ["a", None, "Ålesund", ""],
        [1.5, None, -0.0],
        [1.5, 2],
        [3, None, -7],
        [True, None, False] * 7,
        [None, None],
    ],
)
def test_an_array_is_the_one_that_pyarrow_makes(values):
    assert array_of(values).equals(pa.array(values))


def test_rows_come_back_as_they_were():
    rows = [
        {"name": "å", "share": 0.5, "count": 3, "flag": True},
        {"name": None, "share": None, "count": 4, "flag": False},
    ]

    assert rows_of_parquet(parquet_bytes(rows)) == rows


def test_columns_come_back_as_they_were():
    columns = {"weight": np.array([1.0, 2.5, 3.0]),
               "persons": np.array([1, 2, 3], np.int8), "counted": np.arange(3) > 0,
               "type": (("alone", "couple"), np.array([1, -1, 0], np.int8))}  # fmt: skip

    table = pq.read_table(pa.BufferReader(columns_as_parquet(columns)))

    assert table["weight"].to_pylist() == [1.0, 2.5, 3.0]
    assert table["persons"].type == pa.int8()
    assert table["counted"].to_pylist() == [False, True, True]
    assert table["type"].to_pylist() == ["couple", None, "alone"]


def test_pandas_is_not_imported():
    code = (
        "import sys\nimport numpy as np\nfrom mikrosim.report.table_files import columns_as_parquet, parquet_bytes\n"
        "parquet_bytes([{'a': 1.0, 'b': 'x', 'c': None}])\n"
        "columns_as_parquet({'a': np.ones(2), 'b': (('x',), np.zeros(2, np.int8))})\n"
        "print('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
