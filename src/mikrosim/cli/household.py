"""`mikrosim household`: one family, what the law gives and takes, and why."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from mikrosim.cli.rows import print_csv, print_table


class HouseholdFormat(StrEnum):
    """How the result is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def household(
    file: Annotated[Path, typer.Argument(help="The household file.", metavar="FILE.yaml", show_default=False)],
    year: Annotated[int | None, typer.Option(help="Another income year than the file's.", show_default=False)] = None,
    month: Annotated[
        str | None, typer.Option(help="One month's amounts.", metavar="YYYY-MM", show_default=False)
    ] = None,
    vary: Annotated[
        str | None,
        typer.Option(help="Compute for a range of one input.", metavar="INPUT:FROM:TO:STEP", show_default=False),
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="Whose input varies; needed with several adults.", metavar="ID")
    ] = None,
    explain: Annotated[
        str | None, typer.Option(help="Show how a value comes about.", metavar="NAME", show_default=False)
    ] = None,
    calendar: Annotated[
        bool, typer.Option("--calendar", help="Income by month as it is paid out, and how uneven it is.")
    ] = False,
    scenario: Annotated[
        Path | None,
        typer.Option(help="With --calendar: a scenario's law.", metavar="SCENARIO.yaml", show_default=False),
    ] = None,
    format: Annotated[HouseholdFormat, typer.Option(help="What to print.")] = HouseholdFormat.TABLE,
) -> None:
    """Compute one household: transfers, child care, tax and what is left, for a year or a month."""
    from mikrosim.hypothetical.compute import compute, load_spec
    from mikrosim.hypothetical.notes import notes

    if explain is not None and (vary is not None or format is HouseholdFormat.CSV):
        raise typer.BadParameter("goes neither with --vary nor with --format csv", param_hint="--explain")
    if person is not None and vary is None:
        raise typer.BadParameter("names whose input varies; give --vary too", param_hint="--person")
    if scenario is not None and not calendar:
        raise typer.BadParameter("changes payment dates and amounts; give --calendar too", param_hint="--scenario")
    if calendar and (month, vary, explain) != (None, None, None):
        raise typer.BadParameter("goes with none of --month, --vary and --explain", param_hint="--calendar")
    spec = load_spec(file, year)
    further: list[str] = []
    shown: list[dict[str, dict[str, float]]] = [{}]
    if calendar:
        from mikrosim.cli.household_calendar import print_calendar

        further = print_calendar(spec, scenario, format)
    elif explain is not None:
        from mikrosim.hypothetical.explain import explanation, explanation_text

        steps = explanation(spec, explain, month)
        typer.echo(json.dumps(steps, ensure_ascii=False) if format is HouseholdFormat.JSON else explanation_text(steps))
    elif vary is not None:
        from mikrosim.hypothetical.vary import vary_input

        points = vary_input(spec, vary, person, month)
        shown = _some_of(points)
        if format is HouseholdFormat.JSON:
            typer.echo(json.dumps(points, ensure_ascii=False))
        else:
            _print_rows(_varied_rows(points, format), format)
    else:
        result = compute(spec, month)[0]
        if format is HouseholdFormat.JSON:
            typer.echo(json.dumps(result, ensure_ascii=False))
        else:
            _print_rows(_rows(result, everything=format is HouseholdFormat.CSV), format)
    for note in [*further, *notes(spec, shown)]:
        typer.echo(f"note: {note}", err=True)


def _print_rows(rows: list[list[str]], format: HouseholdFormat) -> None:
    if format is HouseholdFormat.CSV:
        print_csv(rows)
    else:
        print_table(rows)


NOTED_POINTS = 5
"""At how many points of a range it is looked for what the notes must say."""


def _some_of(points: dict[str, Any]) -> list[dict[str, dict[str, float]]]:
    """Return what differs from the file at the ends of a range and at some points between, for the notes."""
    values = [point["value"] for point in points["points"]]
    places = {round(part * (len(values) - 1) / (NOTED_POINTS - 1)) for part in range(NOTED_POINTS)}
    return [{points["person"]: {points["vary"]: values[place]}} for place in sorted(places)]


SHOWN = (
    "barnetrygd", "ordinaer_barnetrygd", "utvidet_barnetrygd", "smaabarnstillegg", "finnmarkstillegg",
    "kontantstotte", "engangsstonad", "foreldrepenger", "overgangsstonad", "stonad_til_barnetilsyn",
    "bidragsforskudd", "barnebidrag", "dagpenger", "aap", "sykepenger", "uforetrygd", "tiltakspenger",
    "kvalifiseringsstonad", "introduksjonsstonad", "minstenivatillegg", "supplerende_stonad", "bostotte",
    "sosialhjelp", "foreldrebetaling_barnehage", "foreldrebetaling_sfo", "child_care_costs", "personinntekt",
    "alminnelig_inntekt", "minstefradrag", "personfradrag", "foreldrefradrag", "skatt_alminnelig_inntekt",
    "trinnskatt", "trygdeavgift", "skattefradrag_pensjon", "formuesskatt", "skatt", "after_tax_income",
    "after_tax_income_net_of_child_care", "consumption_units_eu", "equivalised_income", "marginal_tax_rate",
    "effective_marginal_tax_rate",
)  # fmt: skip
"""What the table shows; JSON and CSV hold every value that the rules compute."""


def _rows(result: dict[str, Any], *, everything: bool) -> list[list[str]]:
    """Return a heading and one row per value: its name, the household's and each person's figure."""
    persons = result["persons"]
    names = list(dict.fromkeys([*result["household"], *(name for own in persons.values() for name in own)]))
    rows = [["", "household", *persons]]
    for name in names if everything else [name for name in SHOWN if name in names]:
        figures = [result["household"].get(name), *(own.get(name) for own in persons.values())]
        if everything or any(figures) or name in ("barnetrygd", "skatt"):
            rows.append([name, *(_number(name, figure, everything) for figure in figures)])
    return rows


def _varied_rows(points: dict[str, Any], format: HouseholdFormat) -> list[list[str]]:
    own = ["marginal_tax_rate", "effective_marginal_tax_rate"] if points["month"] is None else []
    first, *_ = points["points"]
    names = [name for name in SHOWN if any(point["household"].get(name) for point in points["points"])]
    if format is HouseholdFormat.CSV:
        names = list(first["household"])
    rows = [[points["vary"], *names, *own]]
    for point in points["points"]:
        figures = [(name, point["household"][name]) for name in names]
        figures += [(name, point["persons"][points["person"]][name]) for name in own]
        exact = format is HouseholdFormat.CSV
        rows.append([_plain(point["value"]), *(_number(name, figure, exact) for name, figure in figures)])
    return rows


def _plain(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)


def _number(name: str, figure: float | None, exact: bool) -> str:
    if figure is None:
        return ""
    if exact:
        return repr(figure)
    if name.endswith("_rate"):
        return f"{figure:.3f}"
    return f"{figure:.2f}" if name.startswith("consumption") else f"{figure:.0f}"
