"""`mikrosim run`: what a scenario costs, and who gains and loses."""

from __future__ import annotations

import shlex
import sys
from enum import StrEnum
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from mikrosim.cli.options import (
    AllowCodeOption,
    CsvStyle,
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
from mikrosim.cli.startup import import_numba_without_blas
from mikrosim.cli.status import Status


class Behaviour(StrEnum):
    """Whether people change what they do."""

    STATIC = "static"
    LABOUR_SUPPLY = "labour_supply"


def run(
    scenario: ScenarioArgument,
    population: PopulationOption = "default",
    households: HouseholdsOption = None,
    seed: SeedOption = None,
    replicates: Annotated[
        int, typer.Option(min=0, help="Sets of replicate weights, such as 20, for 95 % intervals.")
    ] = 0,
    behaviour: Annotated[Behaviour, typer.Option(help="Whether people change what they do.")] = (Behaviour.STATIC),
    work_incentives: Annotated[
        bool,
        typer.Option("--work-incentives", help="What parents keep of what they earn: marginal and participation tax."),
    ] = False,
    decompose: Annotated[
        bool, typer.Option("--decompose", help="What each part of the reform contributes to cost and low income.")
    ] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write the report, its tables and charts, and summary.json to this folder.", show_default=False
        ),
    ] = None,
    csv: Annotated[
        CsvStyle | None,
        typer.Option(
            help="CSV files with `semicolon` and decimal commas, or with `comma` and points; as the language without.",
            show_default=False,
        ),
    ] = None,
    format: FormatOption = TableFormat.TABLE,
    language: LanguageOption = Language.NB,
    threads: ThreadsOption = None,
    allow_code: AllowCodeOption = False,
    quiet: QuietOption = False,
) -> None:
    """Run a scenario against the law as it is: cost, low income, who gains and loses."""
    from mikrosim.report.files import check_folder, write_run
    from mikrosim.report.texts import Words
    from mikrosim.scenario import load_scenario
    from mikrosim.simulation.run import refuse_unmodelled
    from mikrosim.simulation.run import run as run_scenario

    words = Words(language.value)
    if out is not None:
        check_folder(out)
    refuse_unmodelled(replicates, behaviour.value)
    chosen = load_scenario(scenario, allow_code=allow_code)
    import_numba_without_blas()
    if out is not None:
        from mikrosim.report.charts.render import warm_up

        Thread(target=warm_up).start()
    with Status(words, quiet=quiet) as status:
        result = run_scenario(
            chosen,
            population,
            households,
            seed,
            replicates=replicates,
            behaviour=behaviour.value,
            work_incentives=work_incentives,
            decompose=decompose,
            threads=threads,
            progress=status,
        )
        if out is not None:
            status("reporting")
            command = shlex.join(["mikrosim", *sys.argv[1:]])
            write_run(result, out, command, words, comma=None if csv is None else csv is CsvStyle.SEMICOLON)
    if format is TableFormat.JSON:
        typer.echo(result.to_json(), nl=False)
    else:
        from mikrosim.report.terminal import print_report

        print_report(result, language.value)
    if out is not None and not quiet:
        typer.echo(words("written", folder=out), err=True)
