"""Law records and their lists as compiled rules see them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest
from numba import njit

from mikrosim.engine.records import record_reader


class TitheLaw(NamedTuple):
    allowance: float
    rate: tuple[float, float, float]
    lower: tuple[float, float]


LAW = np.arange(20.0).reshape(2, 10)
READ = record_reader(TitheLaw, 7, (1, 3), (4, 2))


@njit
def allowance(law, month):
    return READ(law, month).allowance


@njit
def rate(law, month, place):
    return READ(law, month).rate[place]


@njit
def whole(law, month):
    record = READ(law, month)
    together = 0.0
    for number in record.lower:
        together += number
    for place in range(len(record.rate)):
        together += record.rate[place]
    return together + record.rate[-1]


def test_numbers_come_from_the_month_and_their_slots() -> None:
    assert [allowance(LAW, month) for month in (0, 1)] == [7.0, 17.0]


@pytest.mark.parametrize("place", [0, 1, 2, -1, -3])
def test_a_list_is_indexed_like_a_tuple(place: int) -> None:
    assert rate(LAW, 1, place) == (11.0, 12.0, 13.0)[place]


@pytest.mark.parametrize("place", [3, 4, -4, 1000])
def test_a_place_beyond_the_list_gives_no_number(place: int) -> None:
    assert np.isnan(rate(LAW, 1, place))


def test_a_list_is_walked_and_counted_like_a_tuple() -> None:
    assert whole(LAW, 0) == 4.0 + 5.0 + 1.0 + 2.0 + 3.0 + 3.0
