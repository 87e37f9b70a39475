"""About what the law pays of the benefits that it computes: known before the law has run, for sums and weights.

The law decides what a household gets. The draw needs amounts before it: to scale what benefits are computed from to
published sums, and to weight the population. These are the law's of the base year without its finer points.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.law.dates import BENEFIT_DAYS_IN_YEAR
from mikrosim.synthpop.background import children_by_family
from mikrosim.synthpop.figures import figure, share
from mikrosim.synthpop.leave import months_of_leave
from mikrosim.synthpop.skeleton import People
from mikrosim.synthpop.work import HALF_G

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from mikrosim.population.population import Population
    from mikrosim.units import Bools, Floats, Ints

    Year = Mapping[str, NDArray[Any]]

G = 2 * HALF_G
FULL_AGE = 25
"""Age from which the minimum benefits are paid in full."""
FULL_TRYGDETID = 40

PAID = ("dagpenger", "aap", "uforetrygd", "sykepenger", "foreldrepenger", "introduksjonsstonad",
        "kvalifiseringsstonad", "tiltakspenger")  # fmt: skip
"""The benefits that the law computes from a basis or from a degree."""

WAGE_ITEM = ("wage", "svangerskapspenger", "aap", "sykepenger", "foreldrepenger", "dagpenger", "introduksjonsstonad",
             "kvalifiseringsstonad")  # fmt: skip
"""What the tax statistics count as wages."""

TAXED = (*WAGE_ITEM, "self_employment_income", "pension", "uforetrygd")
"""A person's taxable incomes of work and in its place."""


@dataclass(slots=True)
class Circumstances:
    """What amounts depend on besides a year's columns."""

    people: People
    children: Ints
    """Own or the partner's children under 18."""
    trygdetid: NDArray[Any]
    young_disabled: Bools

    @property
    def partnered(self) -> Bools:
        """Whether the person lives with a partner."""
        return self.people.partner >= 0

    @property
    def is_young(self) -> Bools:
        """Whether the minimum benefits are reduced for age."""
        return self.people.age < FULL_AGE


def circumstances_of(people: People, trygdetid: NDArray[Any], young_disabled: Bools) -> Circumstances:
    """Return what amounts depend on besides a year's columns."""
    return Circumstances(people, children_by_family(people)[0], trygdetid, young_disabled)


def paid_in(population: Population, lag: int = 0) -> dict[str, Floats]:
    """Return what the law pays of each benefit, about, to the persons of a population in one of its years."""
    persons, count = population.persons, len(population.persons["household"])
    people = People(
        household=persons["household"],
        place=np.zeros(count, dtype=np.int8),
        age=(population.year - persons["birth_year"].astype(np.int64)).astype(np.int16),
        sex=persons["sex"],
        month=persons["birth_month"],
        mother=persons["mother"],
        father=persons["father"],
        partner=persons["partner"],
    )
    return paid(circumstances_of(people, persons["trygdetid"], persons["young_disabled"]), population.incomes[lag])


def paid(who: Circumstances, year: Year) -> dict[str, Floats]:
    """Return what the law pays of each benefit, about, from the columns of one income year."""
    computed = {
        "dagpenger": dagpenger(who, year),
        "aap": aap(who, year),
        "uforetrygd": uforetrygd(who, year),
        "sykepenger": _capped(year["sykepenger_basis"]) * part_of_year(year, "sykepenger"),
        "foreldrepenger": foreldrepenger(who, year),
        "introduksjonsstonad": _introduksjonsstonad(who, year),
        "kvalifiseringsstonad": _by_age(who, 2 * G) * part_of_year(year, "kvalifiseringsstonad"),
        "tiltakspenger": share("measures_day") * BENEFIT_DAYS_IN_YEAR * part_of_year(year, "tiltakspenger"),
    }
    return {name: amount + year[f"{name}_given"] for name, amount in computed.items()}


def income_from(year: Year, benefits: Mapping[str, Floats], names: tuple[str, ...] = TAXED) -> Floats:
    """Return the sum of a year's incomes of some kinds; benefits are those that ``paid`` returns."""
    total: Floats = np.sum([benefits[name] if name in benefits else year[name] for name in names], axis=0)
    return total


def part_of_year(year: Year, name: str) -> Floats:
    """Return how much of a year's full benefit the months and the degree make up."""
    months = np.where(year[f"{name}_degree"] > 0, year[f"{name}_to"].astype(float) - year[f"{name}_from"] + 1, 0.0)
    return np.asarray(months * year[f"{name}_degree"] / 12)


def dagpenger(who: Circumstances, year: Year) -> Floats:
    """Return unemployment benefit: a share of the basis, and a supplement for each child."""
    yearly = share("dagpenger_rate") * _capped(year["dagpenger_basis"]) + _child_supplement(who)
    return part_of_year(year, "dagpenger") * yearly


def aap(who: Circumstances, year: Year) -> Floats:
    """Return work assessment allowance: a share of the basis or the minimum, and a supplement for each child."""
    yearly = np.maximum(share("aap_rate") * _capped(year["aap_basis"]), _by_age(who, share("aap_least") * G))
    return part_of_year(year, "aap") * (yearly + _child_supplement(who))


def uforetrygd(who: Circumstances, year: Year) -> Floats:
    """Return disability benefit: a share of the basis or the minimum, less when the person earns beside it."""
    ordinary = np.where(who.partnered, share("disabled_least_couple"), share("disabled_least_alone"))
    young = np.where(who.partnered, share("disabled_least_young_couple"), share("disabled_least_young_alone"))
    least = np.where(who.young_disabled, young, ordinary) * G
    yearly = np.maximum(share("disabled_rate") * _capped(year["uforetrygd_basis"]), least)
    yearly = yearly * who.trygdetid / FULL_TRYGDETID
    before = np.maximum(year["uforetrygd_basis"], np.where(who.partnered, *figure("disabled_least_before")) * G)
    degree = year["uforetrygd_degree"]
    free = before * (1 - degree) + share("disabled_free") * G
    reduction = yearly / before * (year["wage"] - free).clip(0)
    return np.asarray((yearly * part_of_year(year, "uforetrygd") - np.where(degree > 0, reduction, 0.0)).clip(0))


def foreldrepenger(who: Circumstances, year: Year) -> Floats:
    """Return parental benefit for the months of leave within the year."""
    percent = year["foreldrepenger_dekningsgrad"]
    months = months_of_leave(who.people, percent, year["foreldrepenger_fellesdel"])
    return np.asarray(months / 12 * percent / 100 * _capped(year["foreldrepenger_basis"]))


def _introduksjonsstonad(who: Circumstances, year: Year) -> Floats:
    at_parents = (who.people.mother >= 0) | (who.people.father >= 0)
    full = np.where(who.is_young, np.where(at_parents, 1 / 3, 2 / 3), 1.0) * 2 * G
    return full * part_of_year(year, "introduksjonsstonad")


def _capped(basis: NDArray[Any]) -> Floats:
    """Return the basis up to six times the grunnbelop, which all benefits that replace wages stop at."""
    return np.minimum(basis.astype(np.float64), 6 * G)


def _by_age(who: Circumstances, full: float) -> Floats:
    """Return a minimum benefit: two thirds of it below the age of 25."""
    return np.where(who.is_young, 2 / 3, 1.0) * full


def _child_supplement(who: Circumstances) -> Floats:
    return np.asarray(share("child_supplement_day") * BENEFIT_DAYS_IN_YEAR * who.children)
