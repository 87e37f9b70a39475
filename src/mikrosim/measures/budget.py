"""What the law costs the public purse, by instrument."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MILLION = 1e6

BUDGET_SIGNS: dict[str, int] = {
    "barnetrygd": 1,
    "kontantstotte": 1,
    "engangsstonad": 1,
    "foreldrepenger": 1,
    "overgangsstonad": 1,
    "stonad_til_barnetilsyn": 1,
    "bidragsforskudd": 1,
    "dagpenger": 1,
    "aap": 1,
    "sykepenger": 1,
    "uforetrygd": 1,
    "engangssum_uforetrygd": 1,
    "tiltakspenger": 1,
    "kvalifiseringsstonad": 1,
    "introduksjonsstonad": 1,
    "minstenivatillegg": 1,
    "supplerende_stonad": 1,
    "bostotte": 1,
    "sosialhjelp": 1,
    "skatt_alminnelig_inntekt": -1,
    "trinnskatt": -1,
    "trygdeavgift": -1,
    "skattefradrag_pensjon": 1,
    "formuesskatt": -1,
    "kostnad_barnehage": 1,
    "foreldrebetaling_barnehage": -1,
    "foreldrebetaling_sfo": -1,
    "skolemat": 1,
}
"""+1 where the amount is paid out or given up (a tax credit), -1 where persons pay it in."""

IN_KIND = frozenset({"kostnad_barnehage", "skolemat"})
"""Services that the public purse pays for; no money of theirs reaches a household."""


def budget(totals: Mapping[str, float]) -> dict[str, float | dict[str, float]]:
    """Return the cost by instrument and net, million NOK a year; + costs the public purse.

    Args:
        totals: Weighted sum of each instrument over the population, NOK a year.

    >>> budget({"barnetrygd": 3e6, "trinnskatt": 1e6})
    {'net': 2.0, 'by_instrument': {'barnetrygd': 3.0, 'trinnskatt': -1.0}}
    """
    costs = {name: sign * totals[name] / MILLION for name, sign in BUDGET_SIGNS.items() if name in totals}
    return {"net": sum(costs.values(), start=0.0), "by_instrument": costs}
