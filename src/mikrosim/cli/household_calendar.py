"""`mikrosim household FILE --calendar`: a family's income month by month, as it is paid out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from mikrosim.cli.rows import print_csv, print_table

if TYPE_CHECKING:
    from pathlib import Path

    from mikrosim.hypothetical.spec import HouseholdSpec
    from mikrosim.parameters import Policy

ACCOUNTS = (
    "other_income", "skatt", "child_support_paid", "after_tax_income", "child_care_costs",
    "after_tax_income_net_of_child_care", "payment_days",
)  # fmt: skip
"""A month's accounts, after what is paid of each instrument."""

ALWAYS = ("after_tax_income", "payment_days")


def print_calendar(spec: HouseholdSpec, scenario: Path | None, format: str) -> list[str]:
    """Print a household's payment calendar as ``table``, ``json`` or ``csv``; return what must be noted about it."""
    from mikrosim.hypothetical.calendar import calendar_notes, calendar_of
    from mikrosim.parameters import baseline

    policy = baseline(spec.year) if scenario is None else _policy(scenario)
    calendar = calendar_of(spec, policy)
    if format == "json":
        typer.echo(json.dumps(calendar, ensure_ascii=False))
    elif format == "csv":
        _print_csv(calendar)
    else:
        _print_table(calendar)
    return calendar_notes(calendar, policy)


def _policy(scenario: Path) -> Policy:
    """Return the law of a scenario file."""
    from mikrosim.errors import ScenarioError
    from mikrosim.scenario import load_scenario

    read = load_scenario(scenario)
    if read.solve is not None:
        raise ScenarioError(str(scenario), "solves for a value, which `mikrosim run` finds; write the value here")
    return read.policy()


def _print_csv(calendar: dict[str, Any]) -> None:
    """Print the months with every digit."""
    names = list(calendar["months"][0]["payments"])
    rows = [[month["month"], *(repr(figure) for figure in _figures(month, names, ACCOUNTS))]
            for month in calendar["months"]]  # fmt: skip
    print_csv([["month", *names, *ACCOUNTS], *rows])


def _print_table(calendar: dict[str, Any]) -> None:
    """Print the months in whole kroner, their sum, and how uneven they are."""
    months = calendar["months"]
    names = list(months[0]["payments"])
    accounts = [name for name in ACCOUNTS if name in ALWAYS or any(month[name] for month in months)]
    figures = [_figures(month, names, accounts) for month in months]
    rows = [[month["month"], *(f"{figure:.0f}" for figure in row)] for month, row in zip(months, figures, strict=True)]
    total = ["the year", *(f"{sum(column):.0f}" for column in zip(*figures, strict=True))]
    print_table([["", *names, *accounts], *rows, total])
    typer.echo()
    print_table([["unevenness of after_tax_income", ""], *_measures(calendar["unevenness"])])


def _figures(month: dict[str, Any], names: list[str], accounts: tuple[str, ...] | list[str]) -> list[float]:
    return [*(month["payments"][name] for name in names), *(month[name] for name in accounts)]


def _measures(unevenness: dict[str, float | None]) -> list[list[str]]:
    return [
        [name, "-" if value is None else str(value) if isinstance(value, int) else f"{value:.3f}"]
        for name, value in unevenness.items()
    ]
