"""How well the population meets published statistics, as a table of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mikrosim.population import Population
    from mikrosim.report.tables_of_run import Rows


def fit_table(population: Population) -> Rows:
    """Return the published figures the population is held against; none if it was not drawn by this program.

    `target` is what is published for the population's own year, `reached` what the population gives, and `calibrated`
    says whether the weights were made to meet it.
    """
    if population.path is None:
        return []
    from mikrosim.synthpop.fit import read_fit

    return [
        {
            "id": row["id"],
            "name_nb": row["name"]["nb"],
            "name_en": row["name"]["en"],
            "unit": row["unit"],
            "target": row["target"],
            "reached": row["reached"],
            "difference_percent": row["difference_percent"],
            "calibrated": row["calibrated"],
            "source": row["source"].get("title", ""),
            "href": row["source"].get("href", ""),
        }
        for row in read_fit(population.path) or []
    ]
