"""`mikrosim optimise`: the values of several parameters that reach a goal best."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mikrosim.cli.options import (
    AllowCodeOption,
    FormatOption,
    HouseholdsOption,
    Language,
    LanguageOption,
    PopulationOption,
    QuietOption,
    SeedOption,
    TableFormat,
    WorkersOption,
)
from mikrosim.cli.progress import LawsDone
from mikrosim.cli.rows import print_table
from mikrosim.cli.startup import import_numba_without_blas
from mikrosim.cli.status import Status

if TYPE_CHECKING:
    from mikrosim.report.texts import Words
    from mikrosim.sweep.optimise import Optimum

SHOWN = 12
"""Points of the frontier on the terminal."""


def optimise(
    file: Annotated[Path, typer.Argument(help="The optimise file.", metavar="FILE.yaml", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write optimum.json, all laws tried, the frontier and the best law as scenario.yaml to this folder.",
            show_default=False,
        ),
    ] = None,
    workers: WorkersOption = None,
    population: PopulationOption = "default",
    households: HouseholdsOption = None,
    seed: SeedOption = None,
    format: FormatOption = TableFormat.TABLE,
    allow_code: AllowCodeOption = False,
    language: LanguageOption = Language.NB,
    quiet: QuietOption = False,
) -> None:
    """Find the mix of several parameters that costs least and meets the limits, and the frontier around it."""
    from mikrosim.report.files import check_folder
    from mikrosim.report.texts import Words
    from mikrosim.simulation.result import as_json
    from mikrosim.sweep.optimisation import load_optimisation
    from mikrosim.sweep.optimum_files import write_optimum

    if out is not None:
        check_folder(out)
    chosen = load_optimisation(file, allow_code=allow_code)
    import_numba_without_blas()
    from mikrosim.sweep.optimise import optimise as find

    words = Words(language.value)
    with LawsDone(words, quiet=quiet) as laws, Status(words, quiet=quiet) as status:
        found = find(
            chosen,
            population,
            households,
            seed,
            workers=workers,
            progress=status,
            on_laws=lambda *counts: laws.after(status, *counts),
        )
    if out is not None:
        write_optimum(found, chosen, out)
    if format is TableFormat.JSON:
        typer.echo(as_json(found.to_dict()), nl=False)
    else:
        _print(found, words)
    if out is not None and not quiet:
        typer.echo(words("written", folder=out), err=True)


def _print(found: Optimum, words: Words) -> None:
    typer.echo(found.name)
    print_table([[words("optimise.parameter"), words("optimise.best_value")],
                 *([name, f"{value:.6g}"] for name, value in found.parameters.items())])  # fmt: skip
    typer.echo("")
    print_table(
        [[words("optimise.measure"), words("optimise.baseline"), words("optimise.optimum")],
         *([path, f"{found.baseline[path]:.6g}", f"{value:.6g}"] for path, value in found.measures.items())]
    )  # fmt: skip
    for limit in found.limits:
        typer.echo(limit)
    if found.frontier:
        typer.echo(f"\n{words('optimise.frontier')}")
        names = list(found.frontier[0])
        last = len(found.frontier) - 1
        shown = sorted({round(place * last / (SHOWN - 1)) for place in range(SHOWN)})
        print_table([names, *([f"{found.frontier[place][name]:.6g}" for name in names] for place in shown)])
    typer.echo(words("optimise.tried", count=found.evaluations))
