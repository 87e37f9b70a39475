"""`mikrosim sweep`: many variants of a scenario, one Parquet row for each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mikrosim.cli.options import (
    AllowCodeOption,
    HouseholdsOption,
    Language,
    LanguageOption,
    PopulationOption,
    QuietOption,
    SeedOption,
    WorkersOption,
)
from mikrosim.cli.progress import LawsDone
from mikrosim.cli.startup import import_numba_without_blas
from mikrosim.cli.status import Status


def sweep(
    file: Annotated[Path, typer.Argument(help="The sweep file.", metavar="SWEEP.yaml", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option(
            help="A folder, or a file that ends in .parquet; without, a folder named like the file, in this one.",
            show_default=False,
        ),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with what an earlier start has done.")] = False,
    workers: WorkersOption = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            help="A Dask scheduler whose workers do the work, such as tcp://10.0.0.1:8786.", show_default=False
        ),
    ] = None,
    partitions: Annotated[
        int,
        typer.Option(
            min=1, help="Parts of the population, so that each of a cluster's workers holds only some; same rows."
        ),
    ] = 1,
    population: PopulationOption = "default",
    households: HouseholdsOption = None,
    seed: SeedOption = None,
    allow_code: AllowCodeOption = False,
    language: LanguageOption = Language.NB,
    quiet: QuietOption = False,
) -> None:
    """Run many variants of a scenario: a grid, a list or a sample; one row of a Parquet file for each."""
    from mikrosim.report.texts import Words
    from mikrosim.sweep.spec import load_sweep

    if scheduler is not None and workers is not None:
        raise typer.BadParameter("goes without --scheduler: a cluster has its own workers", param_hint="--workers")
    chosen = load_sweep(file, allow_code=allow_code)
    place = out or Path(f"{file.stem}-sweep" if file.stem != "sweep" else "sweep")
    import_numba_without_blas()
    from mikrosim.sweep.run import sweep as run_sweep

    words = Words(language.value)
    with LawsDone(words, quiet=quiet) as laws, Status(words, quiet=quiet) as status:
        done = run_sweep(
            chosen,
            place,
            population,
            households,
            seed,
            workers=workers,
            scheduler=scheduler,
            partitions=partitions,
            resume=resume,
            progress=status,
            on_rows=lambda *counts: laws.after(status, *counts),
        )
    typer.echo(words("sweep.done", scenarios=done.scenarios, new=done.scenarios - done.before, path=done.path))
