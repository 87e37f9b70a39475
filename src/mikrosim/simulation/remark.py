"""What a reader of a result must know: figures it rests on that are not enacted and confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mikrosim.parameters import Policy
    from mikrosim.population import Population

TEXTS = {
    "unconfirmed": "law values that are not confirmed by a second source or a check: {names}",
    "projection": "law values that are projections, not enacted: {names}",
    "uprated": "the population's incomes and ages are carried from {names} by published growth",
    "uprating": "growth figures that are not final: {names}",
    "disclosure": "real microdata: figures that rest on fewer than {names} households of the sample are left out",
    "few_years": "the population has incomes of {names} of three years; the others are copies, so that persistent low "
    "income is not given",
    "imputed": "columns of the population that its microdata do not have or have empty cells in: {names}",
}


class Remark(NamedTuple):
    """One thing to know, by its key in `TEXTS`, and the parameters or figures it is about."""

    key: str
    names: tuple[str, ...]

    def __str__(self) -> str:
        return TEXTS[self.key].format(names=", ".join(self.names))


def remarks(policy: Policy, read: Iterable[str], population: Population) -> tuple[Remark, ...]:
    """Return the remarks on a run: on the parameters that its rules read, and on its population.

    Args:
        policy: The law that is run.
        read: Paths of the parameters that the rules read.
        population: Whom it is run for.
    """
    from mikrosim.parameters import load_law

    used = set(read)
    projected = load_law().kind_in(policy.year, "projection")
    carried_from = population.manifest.get("uprated_from")
    found = [
        Remark("unconfirmed", tuple(sorted(used.intersection(policy.unconfirmed)))),
        Remark("projection", tuple(sorted(used.intersection(projected)))),
    ]
    if carried_from is not None:
        found.append(Remark("uprated", (str(carried_from),)))
        found.append(Remark("uprating", tuple(population.manifest.get("unconfirmed", ()))))
    found += _of_microdata(population)
    return tuple(remark for remark in found if remark.names)


def _of_microdata(population: Population) -> list[Remark]:
    """Return what to know of a population that was made from microdata."""
    from mikrosim.measures.disclosure import minimum_of

    minimum = minimum_of(population)
    read = population.manifest.get("income_years_read", len(population.incomes))
    return [
        Remark("disclosure", () if minimum is None else (str(minimum),)),
        Remark("few_years", () if read >= len(population.incomes) else (str(read),)),
        Remark("imputed", tuple(population.manifest.get("imputed", ()))),
    ]
