"""Whose budget: the cost of each instrument by level of government, and gross against net of tax.

Who pays what stands in `payers.yaml`, with sources. Grants from the state to the municipalities are not modelled, so
a municipality's cost here is before the state makes it up.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, NamedTuple

from mikrosim.errors import MikrosimError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

Kind = Literal["benefit", "service", "fee", "tax"]
Level = Literal["state", "municipality", "joint"]
LEVELS: tuple[Level, ...] = ("state", "municipality", "joint")
"""`municipality` holds the counties too; `joint` is what both share and no source divides."""


class Payer(NamedTuple):
    """What an instrument is, who pays or receives it, and the source of that."""

    kind: Kind
    payer: Literal["state", "municipality", "shared", "joint"]
    source: str
    href: str
    note: str


class Payers(NamedTuple):
    """All instruments, and the state's share of those that are divided by rates, by year."""

    instruments: dict[str, Payer]
    state_share: dict[str, dict[int, float]]


@cache
def payers() -> Payers:
    """Return what `payers.yaml` says."""
    import yaml

    text = (files("mikrosim.measures") / "payers.yaml").read_text(encoding="utf-8")
    content = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    instruments = {}
    for name, one in content["instruments"].items():
        source = content["sources"][one["source"]]
        instruments[name] = Payer(one["kind"], one["payer"], source["title"], source["href"], one.get("note", ""))
    shares = {
        name: {year: one["state"] / (one["state"] + one["municipality"]) for year, one in years.items()}
        for name, years in content["rates"].items()
    }
    return Payers(instruments, shares)


def budget_by_level(by_instrument: Mapping[str, float], year: int) -> dict[str, float]:
    """Return what falls on the state, on municipalities, and on both undivided; in the unit given.

    Args:
        by_instrument: Cost of each instrument, + = costs the public purse, such as `budget()["by_instrument"]`
            of one law, or the change between two.
        year: The income year, whose rates divide the tax on alminnelig inntekt.

    The levels add up to the cost of all instruments.

    Raises:
        MikrosimError: If an instrument has no payer, or a year no rates.

    >>> budget_by_level({"barnetrygd": 3.0, "sosialhjelp": 1.0, "skatt_alminnelig_inntekt": -10.0}, 2025)
    {'state': 0.0, 'municipality': -6.0, 'joint': 0.0}
    """
    costs: dict[str, float] = dict.fromkeys(LEVELS, 0.0)
    for name, cost in by_instrument.items():
        payer = _payer(name).payer
        if payer == "shared":
            share = _state_share(name, year)
            costs["state"] += share * cost
            costs["municipality"] += (1.0 - share) * cost
        else:
            costs[payer] += cost
    return costs


def gross_and_net(by_instrument: Mapping[str, float]) -> dict[str, float]:
    """Return the cost before tax and after it; in the unit given.

    Args:
        by_instrument: Change of cost of each instrument, + = costs the public purse.

    `benefits`, `services` in kind and `fees` (less paid by parents is a cost) make `gross`; `taxes` is the change in
    tax, negative where more comes in, as when a benefit is taxed; `net` is the sum.

    >>> gross_and_net({"barnetrygd": 10.0, "sosialhjelp": -1.0, "trinnskatt": -2.0})
    {'benefits': 9.0, 'services': 0.0, 'fees': 0.0, 'gross': 9.0, 'taxes': -2.0, 'net': 7.0}
    """
    sums: dict[Kind, float] = {"benefit": 0.0, "service": 0.0, "fee": 0.0, "tax": 0.0}
    for name, cost in by_instrument.items():
        sums[_payer(name).kind] += cost
    gross = sums["benefit"] + sums["service"] + sums["fee"]
    return {
        "benefits": sums["benefit"],
        "services": sums["service"],
        "fees": sums["fee"],
        "gross": gross,
        "taxes": sums["tax"],
        "net": gross + sums["tax"],
    }


def payer_notes(names: Mapping[str, float]) -> dict[str, str]:
    """Return what a reader must know of the division, by instrument; only of those that have a note."""
    return {name: note for name in names if (note := _payer(name).note)}


def _payer(name: str) -> Payer:
    known = payers().instruments
    if name not in known:
        raise MikrosimError("budget", f"payers.yaml does not say who pays {name}{did_you_mean(name, known)}")
    return known[name]


def _state_share(name: str, year: int) -> float:
    years = payers().state_share[name]
    if year not in years:
        raise MikrosimError("budget", f"payers.yaml has no rates of {name} for {year}")
    return years[year]
