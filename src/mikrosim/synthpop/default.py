"""The default population: built on first use, then kept in the user's cache."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import mikrosim
from mikrosim.cache import cache_folder
from mikrosim.population.store import MANIFEST, load, save

if TYPE_CHECKING:
    from collections.abc import Callable

    from mikrosim.population.population import Population
    from mikrosim.synthpop.build import AfterTax, Built
    from mikrosim.synthpop.fit import Outlays

HOUSEHOLDS = 100_000
SEED = 1
SHAPED_BY = ("law", "parameters", "population", "synthpop")
"""Folders of the package whose files decide what the population is like."""


def default_population(
    after_tax_income: AfterTax,
    *,
    households: int | None = None,
    seed: int | None = None,
    progress: Callable[[str], None] = lambda step: None,
    outlays: Outlays | None = None,
) -> Population:
    """Return the default population from the cache, building it first if need be.

    Args:
        after_tax_income: Gives each household's income after tax under the population's own year's law.
        households: How many households; 100,000 by default.
        seed: The random seed; 1 by default.
        progress: Is told each step's name while the population is built; never called if it is there.
        outlays: Gives what the law of a year pays out to a population, for the fit table's checks.
    """
    households, seed = households or HOUSEHOLDS, SEED if seed is None else seed
    folder = default_folder(households, seed)
    if (folder / MANIFEST).is_file():
        return load(folder)
    from mikrosim.synthpop.build import build_population

    built = build_population(after_tax_income, households=households, seed=seed, progress=progress, outlays=outlays)
    return save_built(built, folder)


def save_built(built: Built, folder: str | Path) -> Population:
    """Write a built population with its fit table, and return it as loaded."""
    from mikrosim.synthpop.fit import FIT_FILE, fit_bytes
    from mikrosim.synthpop.reweight import YEARS_FILE, years_bytes

    manifest = {**built.population.manifest, "made_from": shape_hash()}
    population = replace(built.population, manifest=MappingProxyType(manifest))
    return save(population, folder, {FIT_FILE: fit_bytes(built.fit), YEARS_FILE: years_bytes(built.years)})


def default_folder(households: int = HOUSEHOLDS, seed: int = SEED) -> Path:
    """Return where the default population of that size and seed lies in the cache."""
    return cache_folder("populations") / f"{shape_hash()}-{households}-{seed}"


def shape_hash() -> str:
    """Return a hash of all files that decide what the default population is like."""
    package = Path(mikrosim.__file__).parent
    digest = hashlib.blake2b(digest_size=6)
    for name in SHAPED_BY:
        for file in sorted((package / name).rglob("*")):
            if file.suffix in {".py", ".yaml", ".csv"}:
                digest.update(file.relative_to(package).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
