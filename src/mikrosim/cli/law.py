"""``mikrosim law``: what the law here is made of, its values on a date, its sources and its rules."""

from __future__ import annotations

import json
import math
import re
from datetime import date as Date  # noqa: N812 - the option is called date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mikrosim.errors import LawError, did_you_mean
from mikrosim.parameters.law import Law, load_law, no_law_for
from mikrosim.parameters.lint import RuleDoc, check_law, rule_module, rules_of
from mikrosim.parameters.load import LAW_FOLDER
from mikrosim.parameters.parameter import FIRST_YEAR, LAST_YEAR, Dated, Parameter, path_prefix

if TYPE_CHECKING:
    from rich.console import Console


class LawFormat(StrEnum):
    """How the law is printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"


def law(
    name: Annotated[
        str | None,
        typer.Argument(help="A folder (barnetrygd) or a parameter (barnetrygd.utvidet); all without."),
    ] = None,
    date: Annotated[str | None, typer.Option(help="Show the values in force on a date: YYYY-MM-DD or YYYY-MM.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Check all law files instead; 1 if any is wrong.")] = False,
    format: Annotated[LawFormat, typer.Option(help="Print a table, JSON, or a folder's page.")] = LawFormat.TABLE,
    write_pages: Annotated[
        Path | None, typer.Option(help="Write the pages of all folders instead.", metavar="FOLDER", show_default=False)
    ] = None,
) -> None:
    """Show parameters of the law: statute, dated values, sources and the rules that use them."""
    if check:
        _check()
        return
    if write_pages is not None:
        _write_pages(write_pages)
        return
    known = load_law()
    day = None if date is None else read_day(date)
    chosen = list(known.parameters.values()) if name is None else choose(known, name)
    if format is LawFormat.MARKDOWN:
        typer.echo(_markdown(name, date), nl=False)
        return
    rules = [] if name is None else rules_for(name)
    if format is LawFormat.JSON:
        content = {"law_hash": known.hash, "parameters": [as_json(parameter, day) for parameter in chosen],
                   "rules": [rule._asdict() for rule in rules]}  # fmt: skip
        typer.echo(json.dumps(content, indent=2, ensure_ascii=False, allow_nan=False))
        return
    from rich.console import Console

    from mikrosim.cli.rows import UNLIMITED

    console = Console(highlight=False, soft_wrap=name is not None)
    if not console.is_terminal and name is None:
        console = Console(highlight=False, width=UNLIMITED)
    if name is None:
        _list(console, chosen, day or default_day())
    else:
        _details(console, chosen, rules, day)


def _check() -> None:
    problems = check_law()
    if problems:
        raise LawError("law", problems)
    typer.echo(f"law: {len(load_law().parameters)} parameters, no problems")


def _write_pages(folder: Path) -> None:
    """Write all pages, and remove those made earlier for folders that are gone."""
    from mikrosim.files import write_atomically
    from mikrosim.report.law_page import MARK, pages

    made = pages()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in made and old.read_text(encoding="utf-8").startswith(MARK):
            old.unlink()
    for file, text in made.items():
        write_atomically(folder / file, text.encode())
    typer.echo(f"{len(made)} pages in {folder}")


def _markdown(name: str | None, date: str | None) -> str:
    """Return a folder's page, or the index of all."""
    from mikrosim.report.law_page import folder_names, page, pages, read_folder

    if date is not None:
        raise LawError("--date", "a page shows all dates; leave --date out or choose another --format")
    if name is None:
        return pages()["README.md"]
    if name not in folder_names():
        raise LawError("law", f"a page is a whole folder's; write {name.partition('.')[0]} instead of {name}")
    return page(read_folder(name))


def read_day(text: str) -> Date:
    """Return the date of ``--date``; a month means its first day."""
    try:
        day = Date.fromisoformat(f"{text}-01" if re.fullmatch(r"\d{4}-\d\d", text) else text)
    except ValueError:
        raise LawError("--date", f"{text!r} is not a date; write YYYY-MM-DD or YYYY-MM") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise LawError("--date", no_law_for(day.year))
    return day


def default_day() -> Date:
    """Return today, or the nearest day with law."""
    return min(max(Date.today(), Date(FIRST_YEAR, 1, 1)), Date(LAST_YEAR, 12, 31))


def choose(known: Law, name: str) -> list[Parameter]:
    """Return the parameters of a folder, or the one of that path with those it moves."""
    if name in known.parameters:
        found = known.parameters[name]
        return [found, *(known.parameters[path] for path in found.moves)]
    inside = [parameter for path, parameter in known.parameters.items() if path.startswith(f"{name}.")]
    if not inside:
        suggestion = known.suggestion(name) if "." in name else did_you_mean(name, path_parts(known))
        raise LawError("law", f"unknown name {name}{suggestion or known.suggestion(name)}")
    return inside


def path_parts(known: Law) -> list[str]:
    """Return all folders of the law."""
    prefixes = {path.rpartition(".")[0] for path in known.parameters}
    return sorted(prefixes | {prefix.partition(".")[0] for prefix in prefixes})


def rules_for(name: str) -> list[RuleDoc]:
    """Return the rules of a folder, of one of its modules, or of the module a parameter belongs to."""
    modules = [
        (path, path_prefix(f"{path.parent.name}.{path.stem}"))
        for path in sorted(LAW_FOLDER.glob("*/*.py"))
        if path.stem != "__init__"
    ]
    inside = [path for path, prefix in modules if f"{prefix}.".startswith(f"{name}.")]
    if not inside:
        inside = [path for path, prefix in modules if prefix == name.rpartition(".")[0]]
    return [rule for path in inside for rule in rules_of(rule_module(path, own=True))]


def as_json(parameter: Parameter, day: Date | None) -> dict[str, object]:
    """Return a parameter for other programs; "no limit" is the text ``inf``."""
    return {
        "path": parameter.path,
        "name": {"nb": parameter.name_nb, "en": parameter.name_en},
        "statute": parameter.statute,
        "unit": parameter.unit,
        "changes": parameter.changes,
        "minimum": _plain(parameter.minimum),
        "maximum": _plain(parameter.maximum),
        "choices": list(parameter.choices),
        "moves": list(parameter.moves),
        "checked": parameter.checked,
        "note": parameter.note,
        "values": [
            {
                "from": dated.start.isoformat(),
                "value": _value(parameter, dated),
                "kind": dated.kind,
                "source": dated.source,
                "href": dated.href,
                "note": dated.note,
            }
            for dated in dated_values(parameter, day)
        ],
    }


def dated_values(parameter: Parameter, day: Date | None) -> tuple[Dated, ...]:
    """Return all dated values, or the one in force on a day."""
    if day is None:
        return parameter.dated
    found = parameter.at(day)
    return () if found is None else (found,)


def _value(parameter: Parameter, dated: Dated) -> object:
    if dated.numbers is None:
        return None
    if parameter.is_list:
        return [_plain(number) for number in dated.numbers]
    (number,) = dated.numbers
    if parameter.choices:
        return parameter.choices[int(number)]
    return bool(number) if parameter.unit == "flag" else _plain(number)


def _plain(number: float) -> float | str:
    return number if math.isfinite(number) else str(number)


def _list(console: Console, parameters: list[Parameter], day: Date) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=f"The law on {day}", title_justify="left", box=None, pad_edge=False)
    table.add_column("parameter", no_wrap=True)
    table.add_column("value", justify="right", overflow="fold")
    table.add_column("unit")
    folder = ""
    for parameter in parameters:
        if folder and parameter.path.partition(".")[0] != folder:
            table.add_row()
        folder = parameter.path.partition(".")[0]
        dated = parameter.at(day)
        if parameter.moves:
            value, mark = f"moves {len(parameter.moves)}", ""
        else:
            value = parameter.readable(dated.numbers if dated else None)
            mark = f" ({dated.kind})" if dated and dated.kind != "enacted" else ""
        table.add_row(Text(parameter.path), Text(value), Text(f"{parameter.unit}{mark}"))
    console.print(table)


def _details(console: Console, parameters: list[Parameter], rules: list[RuleDoc], day: Date | None) -> None:
    for parameter in parameters:
        read = "read on 1 January" if parameter.changes == "yearly" else "read each month"
        console.print(f"[bold]{parameter.path}[/bold]  ({parameter.unit}, {read})")
        console.print(f"  {parameter.name_nb} / {parameter.name_en}", markup=False)
        console.print(f"  Statute: {parameter.statute}", markup=False)
        if parameter.moves:
            console.print(f"  Moves: {', '.join(parameter.moves)}", markup=False)
        if parameter.choices:
            console.print(f"  One of: {', '.join(parameter.choices)}", markup=False)
        if parameter.note:
            console.print(f"  {' '.join(parameter.note.split())}", markup=False)
        for dated in dated_values(parameter, day):
            kind = "" if dated.kind == "enacted" else f"  [{dated.kind}]"
            value = parameter.readable(dated.numbers)
            console.print(f"  {dated.start}  {value}{kind}", markup=False)
            for line in (dated.source, dated.href, " ".join(dated.note.split())):
                if line:
                    console.print(f"              {line}", markup=False)
        if parameter.checked:
            console.print(f"  Compared with the sources {parameter.checked}", markup=False)
        console.print()
    if rules:
        console.print("[bold]Rules[/bold]")
    for rule in rules:
        console.print(f"  {rule.name}: {rule.sentence}", markup=False)
        console.print(f"              {rule.statute}", markup=False)
