"""`mikrosim sweep`: many variants of a scenario, one Parquet row for each."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mikrosim.cli.options import Language
from mikrosim.cli.progress import LawsDone
from mikrosim.cli.startup import import_numba_without_blas
from mikrosim.cli.status import Status

WORDS = {
    "nb": "{scenarios} scenarier, hvorav {new} nå: {path}",
    "en": "{scenarios} scenarios, {new} of them now: {path}",
}


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
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Threads that measure laws side by side; all processors without.", show_default=False),
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(
            help="A Dask scheduler whose workers do the work, such as tcp://10.0.0.1:8786.", show_default=False
        ),
    ] = None,
    population: Annotated[str, typer.Option(help="A population folder, or `default`.")] = "default",
    households: Annotated[
        int | None, typer.Option(min=1, help="Households in the default population.", show_default=False)
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the default population.", show_default=False)] = None,
    language: Annotated[Language, typer.Option(help="Language of what is printed.")] = Language.NB,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on standard error.")] = False,
) -> None:
    """Run many variants of a scenario: a grid, a list or a sample; one row of a Parquet file for each."""
    from mikrosim.report.texts import Words
    from mikrosim.sweep.spec import load_sweep

    if scheduler is not None and workers is not None:
        raise typer.BadParameter("goes without --scheduler: a cluster has its own workers", param_hint="--workers")
    chosen = load_sweep(file)
    place = out or Path(f"{file.stem}-sweep" if file.stem != "sweep" else "sweep")
    import_numba_without_blas()
    from mikrosim.sweep.run import sweep as run_sweep

    with LawsDone(language.value, quiet=quiet) as laws, Status(Words(language.value), quiet=quiet) as status:
        done = run_sweep(
            chosen,
            place,
            population,
            households,
            seed,
            workers=workers,
            scheduler=scheduler,
            resume=resume,
            progress=status,
            on_rows=lambda *counts: laws.after(status, *counts),
        )
    typer.echo(WORDS[language.value].format(scenarios=done.scenarios, new=done.scenarios - done.before, path=done.path))
