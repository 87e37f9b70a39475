"""Low-income lines that stand still: anchored in the prices of a year.

Eurostat's at-risk-of-poverty rate anchored at a fixed moment in time takes the line of one year and uprates it by
inflation only. The price index is that of `population/uprating.yaml`, with its sources. A line held at the baseline's
needs no function: give the baseline's lines to the measure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.errors import MikrosimError
from mikrosim.population.uprating import uprating

if TYPE_CHECKING:
    from mikrosim.units import Nok

PRICES = "prices"


def anchored_line(line: Nok, line_year: int, year: int) -> Nok:
    """Return the line of one year in the prices of another, NOK per consumption unit and year.

    Args:
        line: The line of `line_year`, in that year's NOK.
        line_year: The year whose standard of living is kept.
        year: The income year it is held against.

    Raises:
        MikrosimError: If the consumer price index is not known for one of the years.

    >>> anchored_line(200_000.0, 2023, 2024)
    206200.0
    """
    return round(line * _price(year) / _price(line_year), 6)


def anchored_on(line_year: int, year: int) -> tuple[str, ...]:
    """Return which of the two years' price indices are projections or unconfirmed, in words; none if both are known."""
    unconfirmed = uprating().unconfirmed
    return tuple(
        note for one in sorted({line_year, year}) for note in unconfirmed.get(one, ()) if note.startswith(f"{PRICES} ")
    )


def _price(year: int) -> float:
    index = uprating().series[PRICES]
    if year not in index:
        raise MikrosimError("line", f"no consumer price index for {year}; it is known for {min(index)} to {max(index)}")
    return index[year]
