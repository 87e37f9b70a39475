"""The tables of the terminal report: rows of words and numbers, drawn by rich."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.box import SIMPLE_HEAD
from rich.table import Table

from mikrosim.measures import number_at
from mikrosim.report.measure_names import measure_name, measure_value
from mikrosim.report.numbers import number, percent
from mikrosim.report.summary import INTERVAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mikrosim.measures import Measured
    from mikrosim.report.texts import Words
    from mikrosim.simulation.result import RunResult

PERSONS_ROUNDED_TO = 100
"""The sample carries no more."""


class Section(NamedTuple):
    """A table with the title above it and the note below it."""

    title: str
    table: Table
    note: str


def budget_table(result: RunResult, words: Words) -> Section:
    """Return cost by instrument and net: before, after, change; without what nobody has under either law."""
    instruments = result.baseline["budget"]
    assert not isinstance(instruments, float)
    by_instrument = instruments["by_instrument"]
    assert not isinstance(by_instrument, float)
    table = _table(_before_after(words), fold=True)
    for name, before in by_instrument.items():
        path = f"budget.by_instrument.{name}"
        if name != INTERVAL and (before or number_at(result.reform, path)):
            table.add_row(words.instrument(name), *_million(result, path, words))
    table.add_section()
    table.add_row(words("net"), *_million(result, "budget.net", words), style="bold")
    return Section(words("budget"), table, words("budget_note"))


def low_income_table(result: RunResult, words: Words) -> Section:
    """Return share and number of persons and of children below each line, and persistently."""
    heads = [words("baseline"), words("reform"), words("points"), words("number")]
    table = _table(heads)
    for group in ("all", "children"):
        who = words("persons" if group == "all" else "children")
        for line in ("eu60", "oecd50"):
            table.add_row(f"{who}, {line.upper()}", *_low(result, f"low_income.{line}.{group}", words))
            still = number_at(result.change, f"low_income_fixed_line.{line}.{group}.share")
            moved = number_at(result.change, f"low_income_fixed_line.{line}.{group}.persons")
            before = number_at(result.baseline, f"low_income.{line}.{group}.share")
            table.add_row(
                f"  {words('fixed_line')}",
                "",
                percent(before + still, comma=words.comma),
                percent(still, sign=True, comma=words.comma),
                _persons(moved, words),
                style="dim",
            )
            if line == "eu60":
                path = f"persistent_low_income.{line}.{group}"
                table.add_row(f"  {words('persistent')}", *_low(result, path, words))
        table.add_section()
    return Section(f"{words('low_income')}, {words('share')}", table, words("low_income_note"))


def inequality_table(result: RunResult, words: Words) -> Section:
    """Return the Gini coefficient and the two ratios."""
    table = _table(_before_after(words))
    for label, name, decimals in (
        (words("gini"), "gini", 4),
        ("S80/S20", "s80_s20", 2),
        ("P90/P10", "p90_p10", 2),
    ):
        path = f"inequality.{name}"
        table.add_row(
            label,
            number(number_at(result.baseline, path), decimals, comma=words.comma),
            number(number_at(result.reform, path), decimals, comma=words.comma),
            number(number_at(result.change, path), decimals, sign=True, comma=words.comma),
        )
    return Section(words("inequality"), table, "")


def decile_table(result: RunResult, words: Words) -> Section:
    """Return the mean change in each tenth of persons."""
    table = _table([words("kroner"), words("percent")], words("decile"))
    for place, decile in enumerate(result.deciles, start=1):
        table.add_row(
            str(place),
            number(decile["mean_change"], 0, sign=True, comma=words.comma),
            number(decile["mean_change_percent"], 2, sign=True, comma=words.comma),
        )
    return Section(words("deciles"), table, words("deciles_note"))


def winners_table(result: RunResult, words: Words) -> Section:
    """Return the shares of persons who gain and lose."""
    outcomes = ("gain", "lose", "unchanged")
    table = _table([words(outcome) for outcome in outcomes])
    for group, label in (("all", "everyone"), ("families_with_children", "families")):
        shares = [number_at(result.winners_losers, f"{group}.{outcome}") for outcome in outcomes]
        table.add_row(words(label), *(percent(share, comma=words.comma) for share in shares))
    return Section(words("winners_losers"), table, words("winners_note"))


def compared_table(result: RunResult, words: Words) -> Section:
    """Return the measures that the scenario itself asks to compare."""
    table = _table(_before_after(words), fold=True)
    for path, measured in result.compared.items():
        assert not isinstance(measured, float)
        for name, values in _leaves(measured, path):
            # What compares two laws, such as winners and losers, is no change itself and stands under change alone.
            signed = len(values) > 1
            cells = {law: measure_value(name, value, words, sign=signed and law == "change")
                     for law, value in values.items()}  # fmt: skip
            table.add_row(measure_name(name, words), *(cells.get(law, "") for law in ("baseline", "reform", "change")))
    return Section(words("compared"), table, "")


def _leaves(laws: Measured, path: str) -> Iterable[tuple[str, dict[str, float]]]:
    """Yield each number under a path, with its value under each law that has it."""
    inner = [value for name, value in laws.items() if not isinstance(value, float) and name != INTERVAL]
    if not inner:
        yield path, {law: value for law, value in laws.items() if isinstance(value, float)}
        return
    for name in (one for one in inner[0] if one != INTERVAL):
        yield from _leaves(
            {law: value[name] for law, value in laws.items() if not isinstance(value, float)},
            f"{path}.{name}",
        )


def _table(heads: Sequence[str], first: str = "", *, fold: bool = False) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False)
    table.add_column(first, no_wrap=not fold, overflow="fold")
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    return table


def _before_after(words: Words) -> list[str]:
    return [words("baseline"), words("reform"), words("change")]


def _million(result: RunResult, path: str, words: Words) -> list[str]:
    before, after = (number(number_at(law, path), comma=words.comma) for law in (result.baseline, result.reform))
    return [before, after, number(number_at(result.change, path), sign=True, comma=words.comma)]


def _low(result: RunResult, path: str, words: Words) -> list[str]:
    shares = [percent(number_at(law, f"{path}.share"), comma=words.comma) for law in (result.baseline, result.reform)]
    points = percent(number_at(result.change, f"{path}.share"), sign=True, comma=words.comma)
    return [*shares, points, _persons(number_at(result.change, f"{path}.persons"), words)]


def _persons(count: float, words: Words) -> str:
    """Return a change in the number of persons, to the nearest hundred."""
    rounded = PERSONS_ROUNDED_TO * round(count / PERSONS_ROUNDED_TO) if count == count else count
    return number(rounded, sign=True, comma=words.comma)
