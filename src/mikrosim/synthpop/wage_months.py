"""In which months of the year a wage was earned: outside benefits in its place, and not before or after the job."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.synthpop.figures import figure, share
from mikrosim.synthpop.random import chance, pick, stream
from mikrosim.synthpop.spells import YEAR, Months

if TYPE_CHECKING:
    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.work import Pay, Persons, State, Work
    from mikrosim.units import Floats, Ints

INSTEAD_OF_WORK = ("dagpenger", "aap", "sykepenger", "introduksjonsstonad", "kvalifiseringsstonad", "tiltakspenger")
"""Benefits whose months are without wage where they are paid in full, or nearly so."""


def draw_wage_months(
    years: list[dict[str, Floats]], persons: Persons, states: list[State], work: list[Work], pay: Pay, seed: Seed
) -> None:
    """Set the first and the last month of each year's wage; the last is the earlier where work ran on past December.

    Work that began in the year lasts until December, work that ended in it is from January on; other gaps lie
    anywhere outside the benefits. Who has parental leave is paid all year: the law spreads the benefit as evenly.

    Args:
        years: Benefit columns and wages by income year, the last year first; changed in place.
        persons: Whose they are.
        states: Each year's sources of income.
        work: Each year's work.
        pay: Usual hours.
        seed: Chooses the random streams.
    """
    for lag, (year, state, one) in enumerate(zip(years, states, work, strict=True)):
        rng = stream(seed, f"wage months {lag}")
        months = _months(persons, state, one, pay, rng)
        before = states[lag + 1].employed if lag + 1 < len(states) else state.employed
        after = states[lag - 1].employed if lag else state.employed
        anywhere = rng.integers(1, YEAR + 1, len(months))
        first = np.where(before & ~after, 1, np.where(after & ~before, YEAR + 1 - months, anywhere))
        first, months = _outside(_away(year, one), first, months, rng)
        some = (one.wage > 0) & (months < YEAR) & (year["foreldrepenger_dekningsgrad"] == 0)
        year["wage_from"] = np.where(some, first, 1).astype(np.float64)
        year["wage_to"] = np.where(some, (first + months - 2) % YEAR + 1, YEAR).astype(np.float64)


def _months(persons: Persons, state: State, work: Work, pay: Pay, rng: np.random.Generator) -> Ints:
    """Return in how many months each person works: fewer of those with a part of a year, few hours or an odd job."""
    count, pull = len(work.part), share("between_jobs_luck")
    frail = np.exp(-pull * persons.traits.luck - pull**2 / 2)
    usual = share("short_hours_below")
    short = (pay.hours < usual) & chance(rng, share("short_hours_in_some_months") * frail)
    part = work.part * np.where(short, pay.hours / usual, 1.0)
    gap = (part >= 1) & chance(rng, share("between_jobs") * frail)
    without = np.where(gap, 1 + pick(rng, count, figure("between_jobs_months")), 0)
    odd = 1 + pick(rng, count, figure("odd_job_months"))
    return np.where(state.employed, np.ceil(YEAR * part) - without, odd).astype(np.int64).clip(1, YEAR)


def _away(year: dict[str, Floats], work: Work) -> Months:
    """Return the longest spell without wage: dagpenger of those between jobs, and benefits that leave no room for it.

    Sick leave that ends where AAP begins is one spell with it.
    """
    gap = (work.part > 0) & (work.part < 1)
    spells = {}
    for name in INSTEAD_OF_WORK:
        full = year[f"{name}_degree"] >= share("wage_stops_at_degree")
        runs = full | (gap & (year[f"{name}_degree"] > 0)) if name == "dagpenger" else full
        first, last = (year[f"{name}_{end}"].astype(np.int64) for end in ("from", "to"))
        spells[name] = Months(np.where(runs, first, 0), np.where(runs, last, -1))
    sick, aap = spells["sykepenger"], spells["aap"]
    begins = np.where((sick.number > 0) & (sick.last + 1 == aap.first), sick.first, aap.first)
    spells["aap"] = Months(begins, aap.last)
    longest = spells["aap"]
    for spell in spells.values():
        longer = spell.number > longest.number
        longest = Months(np.where(longer, spell.first, longest.first), np.where(longer, spell.last, longest.last))
    return longest


def _outside(away: Months, first: Ints, months: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Return first months and numbers of months that keep out of a spell, where it leaves any month free."""
    free = YEAR - away.number
    moved = (away.number > 0) & (free > 0)
    fewer = np.minimum(months, free)
    start = away.last + np.floor(rng.random(len(first)) * (free - fewer + 1)).astype(np.int64)
    return np.where(moved, start % YEAR + 1, first), np.where(moved, fewer, months)
