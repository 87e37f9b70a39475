"""`mikrosim optimise`: the values of several parameters that reach a goal best."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mikrosim.cli.options import Language, TableFormat
from mikrosim.cli.progress import LawsDone
from mikrosim.cli.rows import print_table
from mikrosim.cli.startup import import_numba_without_blas
from mikrosim.cli.status import Status

if TYPE_CHECKING:
    from mikrosim.sweep.optimise import Optimum

WORDS = {
    "nb": {
        "parameter": "Parameter", "best": "beste verdi", "measure": "Mål", "baseline": "uten reform",
        "optimum": "med beste verdier",
        "frontier": "Fronten: ingen av disse kan bli bedre i det ene uten å tape i det andre",
        "tried": "{count} regelverk prøvd", "written": "Skrevet til {folder}",
    },
    "en": {
        "parameter": "Parameter", "best": "best value", "measure": "Measure", "baseline": "without reform",
        "optimum": "at the best values",
        "frontier": "The frontier: none of these can gain in the one without losing in the other",
        "tried": "{count} laws tried", "written": "Written to {folder}",
    },
}  # fmt: skip
SHOWN = 12
"""Points of the frontier on the terminal."""


def optimise(
    file: Annotated[Path, typer.Argument(help="The optimise file.", metavar="FILE.yaml", show_default=False)],
    out: Annotated[
        Path | None,
        typer.Option(
            help="Write optimum.json, frontier.parquet and the best law as scenario.yaml to this folder.",
            show_default=False,
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Threads that measure laws side by side; all processors without.", show_default=False),
    ] = None,
    population: Annotated[str, typer.Option(help="A population folder, or `default`.")] = "default",
    households: Annotated[
        int | None, typer.Option(min=1, help="Households in the default population.", show_default=False)
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of the default population.", show_default=False)] = None,
    format: Annotated[TableFormat, typer.Option(help="What to print on standard output.")] = TableFormat.TABLE,
    language: Annotated[Language, typer.Option(help="Language of what is printed.")] = Language.NB,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress on standard error.")] = False,
) -> None:
    """Find the mix of several parameters that costs least and meets the limits, and the frontier around it."""
    from mikrosim.report.files import check_folder
    from mikrosim.report.texts import Words
    from mikrosim.simulation.result import as_json
    from mikrosim.sweep.optimisation import load_optimisation
    from mikrosim.sweep.optimum_files import write_optimum

    if out is not None:
        check_folder(out)
    chosen = load_optimisation(file)
    import_numba_without_blas()
    from mikrosim.sweep.optimise import optimise as find

    with LawsDone(language.value, quiet=quiet) as laws, Status(Words(language.value), quiet=quiet) as status:
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
        _print(found, WORDS[language.value])
    if out is not None and not quiet:
        typer.echo(WORDS[language.value]["written"].format(folder=out), err=True)


def _print(found: Optimum, words: dict[str, str]) -> None:
    typer.echo(found.name)
    print_table([[words["parameter"], words["best"]],
                 *([name, f"{value:.6g}"] for name, value in found.parameters.items())])  # fmt: skip
    typer.echo("")
    print_table(
        [[words["measure"], words["baseline"], words["optimum"]],
         *([path, f"{found.baseline[path]:.6g}", f"{value:.6g}"] for path, value in found.measures.items())]
    )  # fmt: skip
    for limit in found.limits:
        typer.echo(limit)
    if found.frontier:
        typer.echo(f"\n{words['frontier']}")
        names = list(found.frontier[0])
        last = len(found.frontier) - 1
        shown = sorted({round(place * last / (SHOWN - 1)) for place in range(SHOWN)})
        print_table([names, *([f"{found.frontier[place][name]:.6g}" for name in names] for place in shown)])
    typer.echo(words["tried"].format(count=found.evaluations))
