"""What a reader of a household's figures must know: inputs without effect, law that nobody has confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.hypothetical.columns import WITH_BASIS
from mikrosim.hypothetical.spec import SVALBARD
from mikrosim.hypothetical.unconfirmed import that_matter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.hypothetical.spec import HouseholdSpec

LARGE = ("wage", "pension", *(f"{name}_basis" for name in (*WITH_BASIS, "foreldrepenger")))
LEAST = 1000
"""NOK a year; less of these is most likely written in thousands, or with a point that YAML takes for a decimal sign."""


def notes(spec: HouseholdSpec, variants: Sequence[Mapping[str, Mapping[str, float]]] = ({},)) -> list[str]:
    """Return one sentence for each thing that the figures leave out or rest on without confirmation.

    Args:
        spec: The household.
        variants: What differs from the file in the figures that are shown (see ``dataset_of``).
    """
    found = []
    with_home = [person.id for person in spec.persons if person.primary_home_value]
    if with_home:
        found.append(
            f"primary_home_value of {', '.join(with_home)} is taxed only as a part of net_wealth, which is taken as "
            "assessed: the valuation of homes is not modelled"
        )
    if spec.household.municipality in SVALBARD:
        found.append("Svalbard's own tax is not modelled: the tax shown is that of the mainland")
    for person in spec.persons:
        found += [f"{name} of {person.id} is {value:g} NOK a year: amounts are in kroner, without a point between the "
                  "thousands" for name, value in person if name in LARGE and 0 < value < LEAST]  # fmt: skip
        found += [f"{name} of {person.id} is computed from earnings of 0: {name}_degree stands without {name}_basis"
                  for name in WITH_BASIS
                  if getattr(person, f"{name}_degree") and not getattr(person, f"{name}_basis")]  # fmt: skip
    coupled = {person.partner for person in spec.persons if person.partner}
    parents = {name for person in spec.persons for name in person.parents}
    for person in spec.persons:
        alone = person.id in parents and person.partner is None and person.id not in coupled
        if person.overgangsstonad_months and not alone:
            found.append(f"overgangsstonad_months of {person.id} has no effect: not a single parent with a child")
    unconfirmed = that_matter(spec, variants)
    if unconfirmed:
        found.append(f"values of the law that nobody has confirmed: {', '.join(unconfirmed)} (see mikrosim law)")
    return found
