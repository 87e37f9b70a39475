"""What a reader of a household's figures must know: inputs without effect, law that nobody has confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.hypothetical.spec import SVALBARD
from mikrosim.hypothetical.unconfirmed import that_matter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.hypothetical.spec import HouseholdSpec


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
