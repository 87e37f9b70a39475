"""`mikrosim decompose`: what each part of a change of the law contributes, for the country or for a household."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mikrosim.cli.options import (
    FormatOption,
    HouseholdsOption,
    Language,
    LanguageOption,
    PopulationOption,
    QuietOption,
    ScenarioArgument,
    SeedOption,
    TableFormat,
    ThreadsOption,
)
from mikrosim.cli.rows import print_table
from mikrosim.cli.startup import import_numba_without_blas
from mikrosim.cli.status import Status


class Parts(StrEnum):
    """What a part of a change is."""

    FOLDER = "folder"
    PARAMETER = "parameter"


def decompose(
    scenario: ScenarioArgument,
    household: Annotated[
        Path | None,
        typer.Option(help="A household file; the country without.", metavar="FILE.yaml", show_default=False),
    ] = None,
    by: Annotated[
        Parts | None,
        typer.Option(help="Parts are instruments (folders of the law) or parameters.", show_default=False),
    ] = None,
    population: PopulationOption = "default",
    households: HouseholdsOption = None,
    seed: SeedOption = None,
    format: FormatOption = TableFormat.TABLE,
    language: LanguageOption = Language.NB,
    threads: ThreadsOption = None,
    quiet: QuietOption = False,
) -> None:
    """Divide what a scenario changes among its parts: cost, low income and inequality, or a household's income.

    A part's contribution is its mean effect over all orders in which the parts could be enacted (Shapley's value).
    """
    from mikrosim.report.measure_names import measure_name, measure_value
    from mikrosim.report.tables_on_request import part_name
    from mikrosim.report.texts import Words
    from mikrosim.simulation.result import as_json, plain_values

    words = Words(language.value)

    if household is None:
        import_numba_without_blas()
    from mikrosim.simulation.decompose import decompose as divide

    with Status(words, quiet=quiet) as status:
        found = divide(
            scenario,
            household,
            population,
            households,
            seed,
            by=None if by is None else by.value,
            threads=threads,
            progress=status,
        )
    if format is TableFormat.JSON:
        typer.echo(as_json(plain_values(found.to_dict())), nl=False)
        return
    parts = {part_name(name, words): values for name, values in found.by_part.items()}
    lines = [*parts.items(), (words("decomposition.total"), found.total)]
    rows = [["", *(measure_name(path, words) for path in found.measures)]]
    for name, values in lines:
        rows.append([name, *(measure_value(path, value, words, sign=True)
                             for path, value in zip(found.measures, values.tolist(), strict=True))])  # fmt: skip
    print_table(rows)
