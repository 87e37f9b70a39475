"""What a reader of a household's figures must know: inputs without effect, law that nobody has confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.hypothetical.columns import dataset_of
from mikrosim.hypothetical.spec import SVALBARD
from mikrosim.parameters import baseline

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.hypothetical.spec import HouseholdSpec

MATTERS: dict[str, Callable[[HouseholdSpec], bool]] = {
    "barnehage.max_price_centrality_5_6": lambda spec: _has_kindergarten(spec) and _column(spec, "centrality") >= 5,
    "barnehage.max_price_tiltakssone": lambda spec: _has_kindergarten(spec) and _column(spec, "in_tiltakssone") > 0,
    "sfo.full_price": lambda spec: _has_national_price(spec, "full"),
    "sfo.part_price": lambda spec: _has_national_price(spec, "half") or _has_national_price(spec, "full"),
}
"""When a parameter matters to a household; one that is not named here always may."""

UNUSED = {
    "net_wealth": "formuesskatt is not modelled",
    "primary_home_value": "formuesskatt is not modelled",
}


def notes(spec: HouseholdSpec) -> list[str]:
    """Return one sentence for each thing that the figures leave out or rest on without confirmation."""
    found = []
    for name, why in UNUSED.items():
        with_it = [person.id for person in spec.persons if getattr(person, name)]
        if with_it:
            found.append(f"{name} of {', '.join(with_it)} has no effect: {why}")
    if spec.household.housing_cost_month:
        found.append("housing_cost_month has no effect: bostotte and sosialhjelp are not modelled")
    if spec.household.municipality in SVALBARD:
        found.append("Svalbard's own tax is not modelled: the tax shown is that of the mainland")
    coupled = {person.partner for person in spec.persons if person.partner}
    parents = {name for person in spec.persons for name in person.parents}
    for person in spec.persons:
        alone = person.id in parents and person.partner is None and person.id not in coupled
        if person.overgangsstonad_months and not alone:
            found.append(f"overgangsstonad_months of {person.id} has no effect: not a single parent with a child")
    unconfirmed = [path for path in baseline(spec.year).unconfirmed if path not in MATTERS or MATTERS[path](spec)]
    if unconfirmed:
        found.append(f"values of the law that nobody has confirmed: {', '.join(unconfirmed)} (see mikrosim law)")
    return found


def _has_kindergarten(spec: HouseholdSpec) -> bool:
    return any(person.kindergarten_hours for person in spec.persons)


def _column(spec: HouseholdSpec, name: str) -> float:
    return float(dataset_of(spec).columns[name][0])


def _has_national_price(spec: HouseholdSpec, place: str) -> bool:
    return any(person.sfo == place and person.sfo_price_month is None for person in spec.persons)
