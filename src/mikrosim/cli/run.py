"""`mikrosim run`: what a scenario costs, and who gains and loses."""

from __future__ import annotations

import shlex
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mikrosim.cli.options import Language, TableFormat
from mikrosim.cli.startup import import_numba_without_blas
from mikrosim.cli.status import Status


class Behaviour(StrEnum):
    """Whether people change what they do."""

    STATIC = "static"
    LABOUR_SUPPLY = "labour_supply"


def run(
    scenario: Annotated[Path, typer.Argument(help="The scenario file.", metavar="SCENARIO.yaml", show_default=False)],
    population: Annotated[str, typer.Option(help="A population folder, or `default`.")] = "default",
    households: Annotated[
        int | None, typer.Option(min=1, help="Households in the default population.", show_default=False)
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the default population.", show_default=False)] = None,
    replicates: Annotated[int, typer.Option(min=0, help="Replicate weights, for uncertainty.")] = 0,
    behaviour: Annotated[Behaviour, typer.Option(help="Whether people change what they do.")] = (Behaviour.STATIC),
    out: Annotated[
        Path | None,
        typer.Option(help="Write summary.json and manifest.json to this folder.", show_default=False),
    ] = None,
    format: Annotated[TableFormat, typer.Option(help="What to print on standard output.")] = TableFormat.TABLE,
    language: Annotated[Language, typer.Option(help="Language of the report.")] = Language.NB,
    threads: Annotated[
        int | None, typer.Option(min=1, help="Threads; all processors without.", show_default=False)
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on standard error.")] = False,
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
    chosen = load_scenario(scenario)
    import_numba_without_blas()
    with Status(words, quiet=quiet) as status:
        result = run_scenario(
            chosen,
            population,
            households,
            seed,
            replicates=replicates,
            behaviour=behaviour.value,
            threads=threads,
            progress=status,
        )
    if out is not None:
        write_run(result, out, command=shlex.join(["mikrosim", *sys.argv[1:]]))
    if format is TableFormat.JSON:
        typer.echo(result.to_json(), nl=False)
    else:
        from mikrosim.report.terminal import print_report

        print_report(result, language.value)
    if out is not None and not quiet:
        typer.echo(words("written", folder=out), err=True)
