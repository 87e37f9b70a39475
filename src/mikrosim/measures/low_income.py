"""Low income in one year: persons in households under a share of the median income per consumption unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from mikrosim.measures.distribution import Distribution, ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.measures.frame import Frame
    from mikrosim.units import Floats, Nok, Share

Scale = Literal["eu", "oecd"]


class Line(NamedTuple):
    """A low-income line: a share of the median of income per consumption unit on one scale."""

    scale: Scale
    share: Share


LINES: dict[str, Line] = {"eu60": Line("eu", 0.6), "oecd50": Line("oecd", 0.5)}
"""EU60 uses the EU scale (1 / 0.5 / 0.3), OECD50 the older OECD scale (1 / 0.7 / 0.5)."""


def low_income_lines(distributions: Mapping[Scale, Distribution]) -> dict[str, Nok]:
    """Return each line in NOK per consumption unit and year.

    >>> import numpy as np
    >>> three = Distribution(np.array([100.0, 200.0, 300.0]), np.ones(3))
    >>> low_income_lines({"eu": three, "oecd": three})
    {'eu60': 120.0, 'oecd50': 100.0}
    """
    return {name: line.share * distributions[line.scale].quantile(0.5) for name, line in LINES.items()}


def low_income(
    incomes: Mapping[Scale, Floats], frame: Frame, lines: Mapping[str, Nok]
) -> dict[str, dict[str, dict[str, float]]]:
    """Return the share and number of persons and of children below each line.

    Args:
        incomes: After-tax income per consumption unit on each scale, NOK a year, one value per household.
        frame: Who is counted.
        lines: NOK per consumption unit, from `low_income_lines`: this law's own, or the baseline's to
            hold the line still.

    A household exactly on the line is not below it.
    """
    return {
        name: below(incomes[LINES[name].scale], line, frame.persons, frame.children) for name, line in lines.items()
    }


def below(income: Floats, line: Nok, persons: Floats, children: Floats) -> dict[str, dict[str, float]]:
    """Return share and number below the line, of all persons and of children."""
    low = income < line
    return {"all": _share_of(low * persons, persons), "children": _share_of(low * children, children)}


def _share_of(part: Floats, whole: Floats) -> dict[str, float]:
    number = float(part.sum())
    return {"share": ratio(number, float(whole.sum())), "persons": number}
