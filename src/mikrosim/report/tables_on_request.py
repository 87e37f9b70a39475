"""The terminal's tables of what is computed on request: parents' tax rates, and what a reform's parts contribute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.box import SIMPLE_HEAD
from rich.table import Table

from mikrosim.parameters import load_law
from mikrosim.report.numbers import number, percent
from mikrosim.report.tables import Section
from mikrosim.report.texts import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mikrosim.report.texts import Words
    from mikrosim.simulation.result import RunResult

RATES = ("marginal", "participation")
PARENTS = ("all", "mothers", "fathers", "in_couples", "single_parents")
INCOME = "after_child_care"
LIMIT = "above_60"
CONTRIBUTED = ("budget.net", "low_income.eu60.children.persons", "low_income.eu60.all.persons")


def tables_on_request(result: RunResult, words: Words) -> Iterator[Section]:
    """Yield the tables of what the run was asked for beyond its measures."""
    if result.work_incentives is not None:
        yield incentives_table(result.work_incentives, words)
    if result.decomposition is not None:
        yield decomposition_table(result.decomposition, words)


def incentives_table(incentives: Any, words: Words) -> Section:
    """Return the median rate of parents in work, and the share of them with a rate above 60 %, before and after."""
    heads = [words("incentives.median"), words("reform"), words("incentives.above"), words("reform"), words("points")]
    table = _table(heads)
    for rate in RATES:
        for group in PARENTS:
            before, after, change = (incentives[law][rate][INCOME][group] for law in ("baseline", "reform", "change"))
            cells = [
                percent(one, comma=words.comma)
                for one in (before["median"], after["median"], before[LIMIT], after[LIMIT])
            ]
            moved = percent(change[LIMIT], sign=True, comma=words.comma)
            table.add_row(f"{words(f'incentives.{rate}')}, {words(f'incentives.{group}')}", *cells, moved)
        table.add_section()
    return Section(words("incentives.title"), table, words("incentives.note"))


def decomposition_table(decomposition: Any, words: Words) -> Section:
    """Return what each part of the reform contributes to the cost and to low income, and the sum."""
    table = _table([words("decomposition.cost"), words("decomposition.children"), words("decomposition.persons")])
    for part, values in decomposition["contributions"].items():
        table.add_row(part_name(part, words), *_cells(values, words))
    table.add_section()
    table.add_row(words("decomposition.total"), *_cells(decomposition["total"], words), style="bold")
    return Section(words("decomposition.title"), table, words("decomposition.note"))


def part_name(part: str, words: Words) -> str:
    """Return what a part of a change is called: a parameter's name, an instrument's, or its own."""
    parameter = load_law().parameters.get(part)
    if parameter is not None:
        return f"{parameter.name_nb if words.comma else parameter.name_en} ({part})"
    key = f"part.{part}"
    return words(key) if key in WORDS else words.instrument(part)


def _cells(values: dict[str, float], words: Words) -> list[str]:
    return [number(values[path], sign=True, comma=words.comma) for path in CONTRIBUTED]


def _table(heads: Sequence[str]) -> Table:
    table = Table(box=SIMPLE_HEAD, show_edge=False)
    table.add_column("", overflow="fold")
    for head in heads:
        table.add_column(head, justify="right", overflow="fold")
    return table
