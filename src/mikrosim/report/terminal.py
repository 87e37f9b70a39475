"""The report that `mikrosim run` prints."""

from __future__ import annotations

import textwrap
from typing import IO, TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from mikrosim.report.headline import headline
from mikrosim.report.law_values import figure_name, named_changes
from mikrosim.report.numbers import number
from mikrosim.report.summary import Summary
from mikrosim.report.tables import (
    Section,
    budget_table,
    compared_table,
    decile_table,
    inequality_table,
    low_income_table,
    winners_table,
)
from mikrosim.report.tables_on_request import tables_on_request
from mikrosim.report.texts import Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from mikrosim.simulation.result import RunResult

NAMES_SHOWN = 6


def print_report(result: RunResult, language: str = "nb", file: IO[str] | None = None) -> None:
    """Print the report; colours and the terminal's width where there is a terminal.

    Args:
        result: What to report.
        language: `nb` or `en`.
        file: Where to; standard output by default.
    """
    console = Console(file=file, highlight=False, soft_wrap=False)
    for part in report_parts(result, Words(language).of(Summary(result.to_dict())), console.width):
        console.print(part)


def report_parts(result: RunResult, words: Words, width: int) -> Iterator[RenderableType]:
    """Yield the parts of the report from the top: sentences first, then tables, then what to beware of."""
    yield Text(words("title", scenario=result.scenario, year=result.year), style="bold underline")
    yield ""
    yield from (Text(sentence) for sentence in headline(Summary(result.to_dict()), words))
    yield ""
    changes = named_changes(result.law_changes, words)
    yield from _listed(words("law_changes"), changes or [words("no_changes")], width)
    yield ""
    for section in sections(result, words):
        yield Text(section.title, style="bold")
        yield section.table
        if section.note:
            yield Text(section.note, style="dim")
        yield ""
    if result.remarks:
        remarks = [
            words(f"remark.{key}", names=_some([figure_name(name, words) for name in names], words))
            for key, names in result.remarks
        ]
        yield from _listed(words("remarks"), remarks, width)
        yield ""
    counts = {"persons": "persons", "households": "households", "weighted": "weighted_persons"}
    sizes = {name: number(float(result.population[key]), comma=words.comma) for name, key in counts.items()}
    yield Text(words("population", **sizes), style="dim")
    names = f"mikrosim {result.version}, law {result.law_hash[:12]}, population {result.population['hash']}"
    yield Text(names, style="dim")


def _listed(title: str, lines: Sequence[str], width: int) -> Iterator[RenderableType]:
    yield Text(title, style="bold")
    for line in lines:
        # textwrap, unlike rich, never breaks at the space inside a number.
        wrapped = textwrap.wrap(line, width, initial_indent="  • ", subsequent_indent="    ")
        yield from (Text(part, no_wrap=True) for part in wrapped)


def sections(result: RunResult, words: Words) -> Iterator[Section]:
    """Yield the tables in their order."""
    yield budget_table(result, words)
    yield low_income_table(result, words)
    yield inequality_table(result, words)
    yield decile_table(result, words)
    yield winners_table(result, words)
    if result.compared:
        yield compared_table(result, words)
    yield from tables_on_request(result, words)


def _some(names: Sequence[str], words: Words) -> str:
    """Return the first names; the JSON has all of them."""
    listed = ", ".join(names[:NAMES_SHOWN])
    rest = len(names) - NAMES_SHOWN
    return f"{listed} {words('and_more', count=rest)}" if rest > 0 else listed
