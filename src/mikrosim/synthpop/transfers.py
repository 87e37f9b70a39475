"""Transfers that no rule computes: study grants; and who has overgangsstonad, in how many months."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mikrosim.synthpop.figures import figure, share
from mikrosim.synthpop.random import chance, stream
from mikrosim.synthpop.work import paid_to

if TYPE_CHECKING:
    from mikrosim.synthpop.random import Seed
    from mikrosim.synthpop.work import Persons
    from mikrosim.units import Bools, Floats

STUDY_AGE = 19


def study_grants(persons: Persons, lag: int) -> Floats:
    """Return the study loans of students that are turned into grants, in the income year or one before it."""
    grant = np.full(len(persons.age), share("study_grant"))
    return paid_to(persons.student & (persons.age - lag >= STUDY_AGE), grant)


def draw_overgangsstonad(persons: Persons, wage: Floats, seed: Seed) -> Floats:
    """Return months with overgangsstonad: few single parents with small children and little or no pay."""
    rng = stream(seed, "overgangsstonad")
    could: Bools = persons.alone_with_children & (persons.youngest < 8) & (wage < share("transitional_wage_limit"))
    rate = share("transitional_persons") / persons.weight / max(int(could.sum()), 1)
    chosen = could & chance(rng, np.full(len(wage), min(rate, 0.95)))
    months = np.where(rng.random(len(wage)) < 0.65, 12, rng.integers(3, 12, len(wage)))
    return np.where(chosen, months, 0).astype(np.float64)


def draw_trial(persons: Persons, seed: Seed) -> Bools:
    """Return who is drawn to the trial of arbeidsfradrag, by age in its first year: ages hold from year to year."""
    first, last = figure("trial_birth_years")
    born = share("trial_year") - persons.age
    rate = share("trial_share") * ((born >= first) & (born <= last))
    return chance(stream(seed, "trial of arbeidsfradrag"), rate)
