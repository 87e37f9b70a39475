"""``mikrosim population``: build, check and describe populations."""

from __future__ import annotations

import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mikrosim.cli.options import Language, TableFormat
from mikrosim.cli.population_import import describe_import, import_, read_import
from mikrosim.errors import PopulationError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from mikrosim.population import Population

DEFAULT = "default"
NO_TERMINAL = 140
"""The width of a table that is written to a file or a pipe."""

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, no_args_is_help=True,
    help="Build, import, check and describe populations.",
)  # fmt: skip
app.command("import")(import_)


HEADINGS = {
    "nb": ("Tall", "Enhet", "Publisert", "Befolkningen", "Avvik %"),
    "en": ("Figure", "Unit", "Published", "Population", "Difference %"),
}
TITLES = {
    "nb": ("Vektene er funnet for å treffe disse", "Til kontroll: vektene er ikke funnet for å treffe disse"),
    "en": ("The weights were found to meet these", "Checks: the weights were not found to meet these"),
}

Households = Annotated[
    int | None, typer.Option("--households", min=1, help="Households of the default population.", show_default=False)
]
Seed = Annotated[int | None, typer.Option("--seed", min=0, help="Its random seed.", show_default=False)]


@app.command()
def build(
    households: Annotated[int, typer.Option(min=1000, help="How many households to draw.")] = 100_000,
    seed: Annotated[int, typer.Option(min=0, help="The random seed.")] = 1,
    out: Annotated[
        Path | None, typer.Option(help="The folder to write; the user's cache without.", show_default=False)
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Build it anew even if it is there.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress bar.")] = False,
) -> None:
    """Draw the synthetic population and weight it to the published statistics."""
    from mikrosim.population import load
    from mikrosim.population.store import MANIFEST
    from mikrosim.simulation.reform import household_after_tax_income, national_outlays
    from mikrosim.synthpop.build import build_population
    from mikrosim.synthpop.default import default_folder, save_built

    folder = out or default_folder(households, seed)
    if (folder / MANIFEST).is_file() and not force:
        if out is not None:
            raise PopulationError(str(out), "a population is there already; add --force to replace it")
        population = load(folder)
    else:
        with progress_bar(quiet=quiet) as progress:
            built = build_population(
                household_after_tax_income,
                households=households,
                seed=seed,
                progress=progress,
                outlays=national_outlays,
            )
        population = save_built(built, folder)
    typer.echo(_summary(population))
    _say_what_was_missed(population)


@app.command()
def describe(
    path: Annotated[str, typer.Argument(help="A population folder, or `default`.")] = DEFAULT,
    columns: Annotated[
        bool, typer.Option("--columns", help="Show the columns: type, unit, meaning and origin.")
    ] = False,
    households: Households = None,
    seed: Seed = None,
    format: Annotated[TableFormat, typer.Option(help="Print a table or JSON.")] = TableFormat.TABLE,
    language: Annotated[Language, typer.Option(help="Language of the table.")] = Language.NB,
    markdown: Annotated[
        Path | None,
        typer.Option("--markdown", help="Write the quality page there, its pictures beside it.", show_default=False),
    ] = None,
    spread: Annotated[
        Path | None, typer.Option("--spread", help="What `population spread` wrote, for the page.", show_default=False)
    ] = None,
) -> None:
    """Show how a population fits the published statistics, or what its columns mean."""
    if columns:
        _print_columns(format)
        return
    if markdown is not None:
        _write_page(markdown, _open(path, households, seed), spread)
        return
    population = _open(path, households, seed)
    from mikrosim.synthpop.fit import read_fit

    assert population.path is not None
    rows, imported = read_fit(population.path), read_import(population)
    if format is TableFormat.JSON:
        content = {"population": dict(population.manifest), "fit": rows}
        if imported is not None:
            content["import"] = imported
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
        return
    typer.echo(_summary(population))
    if imported is not None:
        describe_import(imported)
    elif rows is None:
        typer.echo("no fit table: the population was not drawn here")
    else:
        _print_fit(rows, language.value)


@app.command()
def spread(
    out: Annotated[Path, typer.Option(help="The JSON file to write.")],
    households: Annotated[int, typer.Option(min=1000, help="Households of each population.")] = 20_000,
    seeds: Annotated[int, typer.Option(min=2, help="How many populations to draw.")] = 20,
    quiet: Annotated[bool, typer.Option("--quiet", help="Do not name each seed.")] = False,
) -> None:
    """Draw populations that differ in their seed only, and note how much every held-out figure varies."""
    from mikrosim.simulation.reform import household_after_tax_income, national_outlays
    from mikrosim.synthpop.spread import measure_spread, write_spread

    def note(seed: int) -> None:
        if not quiet:
            typer.echo(f"seed {seed} of {seeds}", err=True)

    found = measure_spread(
        household_after_tax_income, households=households, seeds=seeds, outlays=national_outlays, note=note
    )
    write_spread(found, out)
    typer.echo(f"{out}: {len(found.reached)} figures of {seeds} populations of {households:,} households")


@app.command()
def check(
    path: Annotated[str, typer.Argument(help="A population folder, or `default`.")] = DEFAULT,
    households: Households = None,
    seed: Seed = None,
) -> None:
    """Check every value of a population; all problems at once."""
    from mikrosim.population import check as check_population

    population = _open(path, households, seed)
    check_population(population)
    typer.echo(f"{_summary(population)}: no problems")


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Show the steps of building a population as a bar on standard error; yield what is told each step."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from mikrosim.synthpop.build import STEPS

    shown = Progress(
        TextColumn("Building the population"), BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(),
        console=Console(stderr=True), transient=True, disable=quiet,
    )  # fmt: skip
    with shown as bar:
        task = bar.add_task("", total=len(STEPS))

        def progress(step: str) -> None:
            bar.update(task, description=step, completed=STEPS.index(step))

        yield progress


def _open(path: str, households: int | None, seed: int | None) -> Population:
    from mikrosim.population import load

    if path != DEFAULT:
        if households is not None or seed is not None:
            raise PopulationError("options", "--households and --seed go with the default population only")
        return load(path)
    from mikrosim.simulation.reform import household_after_tax_income, national_outlays
    from mikrosim.synthpop.default import default_population

    with progress_bar() as progress:
        return default_population(
            household_after_tax_income, households=households, seed=seed, progress=progress, outlays=national_outlays
        )


def _write_page(page: Path, population: Population, spread: Path | None) -> None:
    """Write the quality page; incomes after tax are computed for it."""
    from mikrosim.report.population.page import write_page
    from mikrosim.simulation.reform import household_after_tax_income
    from mikrosim.synthpop.features import units_of
    from mikrosim.synthpop.fit import read_fit
    from mikrosim.synthpop.spread import read_spread

    assert population.path is not None
    rows = read_fit(population.path)
    if rows is None:
        raise PopulationError(str(population.path), "no fit table: the population was not drawn here")
    if spread is not None and not spread.is_file():
        raise PopulationError(str(spread), "no such file; `mikrosim population spread` writes it")
    equivalised = household_after_tax_income(population) / units_of(population)
    write_page(page, population, rows, equivalised, read_spread(spread) if spread else None)
    typer.echo(f"{page}, with pictures in {page.parent / 'population'}")


def _say_what_was_missed(population: Population) -> None:
    """Name the targets that no weights could meet, and those that are met badly; more households help both."""
    left_out: dict[str, str] = population.manifest.get("left_out", {})
    for reason in sorted(set(left_out.values())):
        names = ", ".join(name for name, why in left_out.items() if why == reason)
        typer.echo(f"targets left out, {reason}: {names}", err=True)
    missed = [name for name in population.manifest.get("missed_targets", []) if name not in left_out]
    if missed:
        typer.echo(f"targets further off than their tolerance: {', '.join(missed)}; draw more households", err=True)


def _summary(population: Population) -> str:
    persons = len(population.persons["household"])
    return (
        f"{population.path}: {len(population.weights):,} households, {persons:,} persons,"
        f" income year {population.year}, hash {population.hash}"
    )


def _print_fit(rows: list[dict[str, Any]], language: str) -> None:
    """Print what the weights were found for and, apart from it, the checks: other figures and the law's outlays."""
    from rich.table import Table

    for title, calibrated in zip(TITLES[language], (True, False), strict=True):
        table = Table(
            *HEADINGS[language], title=title, title_justify="left", box=None, pad_edge=False, header_style="bold"
        )
        for column in table.columns:
            column.no_wrap = True
        for column in table.columns[2:]:
            column.justify = "right"
        for row in rows:
            if row["calibrated"] is calibrated:
                table.add_row(row["name"][language], row["unit"], *_figures(row))
        _console().print(table)


def _figures(row: dict[str, Any]) -> tuple[str, str, str]:
    """Return what was published, what the population gives, and the difference."""
    decimals = 0 if row["target"] >= 1000 else 2
    if row["reached"] is None:
        return _number(row["target"], decimals), "-", "-"
    return _number(row["target"], decimals), _number(row["reached"], decimals), f"{row['difference_percent']:+.2f}"


def _console() -> Console:
    """Return a console as wide as the terminal, and wide enough for a table where there is none."""
    from rich.console import Console

    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=NO_TERMINAL)


def _number(value: float, decimals: int) -> str:
    return f"{value:,.{decimals}f}".replace(",", "\u00a0")


def _print_columns(format: TableFormat) -> None:
    from mikrosim.population import TABLES

    tables = {name: columns for name, columns in TABLES.items() if name not in ("incomes_1", "incomes_2")}
    if format is TableFormat.JSON:
        content = {name: [column._asdict() for column in columns] for name, columns in tables.items()}
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
        return
    from rich.table import Table

    for name, columns in tables.items():
        note = " (and incomes_1, incomes_2: the years before)" if name == "incomes_0" else ""
        table = Table("Column", "Type", "Unit", "Meaning", "Origin", title=name + note, title_justify="left")
        for column in columns:
            table.add_row(column.name, column.dtype, column.unit, column.meaning, column.origin)
        _console().print(table)
