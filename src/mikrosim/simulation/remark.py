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
    return tuple(remark for remark in found if remark.names)
