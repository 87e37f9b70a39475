"""Low income by the definitions in use: Statistics Norway's three, the OECD's and Eurostat's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from mikrosim.measures.low_income import LINES, below
from mikrosim.measures.poverty_gap import gaps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.measures.distribution import Distribution
    from mikrosim.measures.frame import Frame
    from mikrosim.measures.scales import Composition
    from mikrosim.units import Floats, Ints, Nok, Share

EquivalenceScale = Literal["eu", "oecd", "square_root", "eurostat"]
Coverage = Literal["ssb", "everyone"]
"""`ssb`: without student households and children who live alone; `everyone`: all persons in private households."""


class Definition(NamedTuple):
    """A share of the median income per consumption unit, on one scale and among the persons it covers."""

    scale: EquivalenceScale
    share: Share
    coverage: Coverage


DEFINITIONS: dict[str, Definition] = {
    **{name: Definition(line.scale, line.share, "ssb") for name, line in LINES.items()},
    "eu50": Definition("eu", 0.5, "ssb"),
    "oecd_idd50": Definition("square_root", 0.5, "everyone"),
    "eurostat60": Definition("eurostat", 0.6, "everyone"),
}
"""`eu60`, `oecd50`: the result's headline lines. `eu50`: SSB, Ordforklaring 442450. `oecd_idd50`: OECD, Income
Distribution Database, Terms of reference (square root of the size, half of the median). `eurostat60`: Eurostat's
at-risk-of-poverty rate, whose scale takes persons as adults from 14; SSB's do so from 17. The last two cover all
private households, students' too. Income is the model's after-tax income in all of them."""


class Counts(NamedTuple):
    """How many persons, and how many children 0-17, each household counts for; weighted."""

    persons: Floats
    children: Floats


def counts(frame: Frame, household: Composition, weight: Floats) -> dict[Coverage, Counts]:
    """Return the persons of each coverage.

    Args:
        frame: Statistics Norway's population, with the same weights.
        household: Who lives in each household.
        weight: One value per household.
    """
    return {
        "ssb": Counts(frame.persons, frame.children),
        "everyone": Counts(frame.everyone, weight * household.children),
    }


def lines_by_definition(distributions: Mapping[tuple[EquivalenceScale, Coverage], Distribution]) -> dict[str, Nok]:
    """Return each definition's line, NOK per consumption unit and year.

    Args:
        distributions: Income per consumption unit on each scale, among those covered.
    """
    return {name: one.share * distributions[one.scale, one.coverage].quantile(0.5) for name, one in DEFINITIONS.items()}


def low_income_by_definition(
    incomes: Mapping[EquivalenceScale, Floats],
    counted: Mapping[Coverage, Counts],
    lines: Mapping[str, Nok],
    orders: Mapping[EquivalenceScale, Ints] | None = None,
) -> dict[str, dict[str, dict[str, float]]]:
    """Return share and number below each line, and how far below, of all persons and of children.

    Args:
        incomes: Income per consumption unit on each scale, NOK a year, one value per household.
        counted: From `counts`.
        lines: NOK per consumption unit, by definition: this law's own, the baseline's, or one anchored in a year.
        orders: `np.argsort` of each scale's incomes, when it is known.

    Each definition has `all` and `children`, with `share`, `persons`, and the measures of `poverty_gap.gaps`.
    """
    found = {}
    for name, line in lines.items():
        one = DEFINITIONS[name]
        income, (persons, children) = incomes[one.scale], counted[one.coverage]
        order = None if orders is None else orders[one.scale]
        rates, depth = below(income, line, persons, children), gaps(income, line, persons, children, order)
        found[name] = {who: {**rates[who], **depth[who]} for who in rates}
    return found
