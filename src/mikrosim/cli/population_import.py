"""``mikrosim population import``: real microdata in the synthetic population's place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mikrosim.cli.options import TableFormat
from mikrosim.errors import PopulationError

if TYPE_CHECKING:
    from mikrosim.population import Population

HEADINGS = ("Table", "Columns", "How", "From", "Notes")
COMPARED = ("The law computes, and the data have", "From", "NOK million", "Notes")


def import_(
    mapping: Annotated[str, typer.Argument(help="A mapping file, or eu_silc or register.", metavar="MAPPING")],
    folder: Annotated[
        Path | None, typer.Argument(help="The folder with the files.", metavar="FOLDER", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The population's folder to write.", show_default=False)] = None,
    file: Annotated[
        list[str] | None,
        typer.Option(help="A file that is called otherwise; may be repeated.", metavar="NAME=PATH", show_default=False),
    ] = None,
    year: Annotated[
        int | None, typer.Option(help="The income year, if the mapping does not say.", show_default=False)
    ] = None,
    factor: Annotated[
        list[str] | None,
        typer.Option(help="A unit factor of the mapping; may be repeated.", metavar="NAME=NUMBER", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a population that is there.")] = False,
    show_mapping: Annotated[
        bool, typer.Option("--show-mapping", help="Print a mapping that comes with the program, to change it.")
    ] = False,
    format: Annotated[TableFormat, typer.Option(help="Print the report as a table or JSON.")] = TableFormat.TABLE,
) -> None:
    """Make a population from EU-SILC or register files, and report column by column what it is made of."""
    from mikrosim.microdata.mapping import SHIPPED, shipped_text

    if show_mapping:
        if mapping not in SHIPPED:
            raise PopulationError(mapping, f"is a file of your own; {' and '.join(SHIPPED)} can be shown")
        typer.echo(shipped_text(mapping), nl=False)
        return
    if folder is None or out is None:
        missing = "FOLDER" if folder is None else "--out"
        raise typer.BadParameter("is missing", param_hint=missing)
    from mikrosim.microdata.build import extra_files, import_population
    from mikrosim.population.store import MANIFEST, save

    if (out / MANIFEST).is_file() and not force:
        raise PopulationError(str(out), "a population is there already; add --force to replace it")
    files = {name: Path(path) for name, path in (_pair(one, "--file") for one in file or ())}
    factors = {name: _number(name, text) for name, text in (_pair(one, "--factor") for one in factor or ())}
    imported = import_population(mapping, folder, files=files, year=year, factors=factors)
    population = save(imported.population, out, extra_files(imported))
    if format is TableFormat.JSON:
        typer.echo(json.dumps(imported.report.to_dict(), indent=2, ensure_ascii=False))
        return
    rows = list(imported.report.rows())
    print_import(rows, imported.report.notes, imported.report.compared)
    persons = len(population.persons["household"])
    typer.echo(
        f"\n{population.path}: {len(population.weights):,} households, {persons:,} persons,"
        f" income year {population.year}, hash {population.hash}"
    )


def print_import(rows: list[list[str]], notes: list[str], compared: list[dict[str, Any]]) -> None:
    """Print where the columns come from, what the law computes and the data have too, and what else to know."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=160)
    table = Table(*HEADINGS, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    if compared:
        table = Table(*COMPARED, box=None, pad_edge=False, header_style="bold")
        for one in compared:
            total = "-" if one["million_nok"] is None else f"{one['million_nok']:,.1f}"
            table.add_row(*(Text(cell) for cell in (one["name"], one["from"], total, one["note"])))
        console.print("")
        console.print(table)
    if notes:
        typer.echo("")
    for note in notes:
        typer.echo(f"note: {note}")


def read_import(population: Population) -> dict[str, Any] | None:
    """Return the import report in a population's folder, None where there is none."""
    from mikrosim.microdata.build import REPORT_FILE

    if population.path is None or "imported_with" not in population.manifest:
        return None
    try:
        report: dict[str, Any] = json.loads((population.path / REPORT_FILE).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return report


def describe_import(report: dict[str, Any]) -> None:
    """Print the report of an import as it was kept in the population's folder."""
    rows = []
    for one in report["columns"]:
        empty = f"{one['empty']} of {one['rows']:,} empty: {one['filled_with']}" if one["empty"] != "0" else ""
        note = "; ".join(part for part in (empty, one["note"]) if part)
        rows.append([one["table"], one["column"], one["how"], one["source"], note])
    print_import(rows, report["notes"], report["compare"])


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise typer.BadParameter(f"{text!r} must be NAME=VALUE", param_hint=option)
    return name, value


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not 0 < value < float("inf"):
        raise typer.BadParameter(f"{name}={text} is no number above 0", param_hint="--factor")
    return value
