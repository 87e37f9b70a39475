"""The sections on what the numbers rest on: the law change in words, assumptions, data, and the run itself."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any

from mikrosim.report.law_values import OWN_RULES, from_to, named_changes, remark_name, value_and_unit
from mikrosim.report.page.blocks import Block, Cell, Section, Table, numbers
from mikrosim.report.run_data import HOUSEHOLDS, TABLES
from mikrosim.report.texts import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mikrosim.report.page.figures import Figures
    from mikrosim.report.page.view import View
    from mikrosim.report.tables_of_run import Rows
    from mikrosim.report.texts import Words

ASSUMPTIONS = ("static", "full_year", "net_income", "same_people")
ABSENT = ("behaviour", "indirect", "in_kind", "local", "grants", "administration", "list")
STATUTE_WORDS = tuple(key for key in WORDS if key.startswith("statute."))
WELL_MET = 2.0
"""Percent within which a published figure counts as met."""

DEVIATIONS = 12
SAME_FACTOR = 1.0


def law_section(view: View) -> Section:
    """Return what the reform changes in the law: name, paragraph, before, after and when."""
    words = view.words
    rows = view.run.table("law_changes")
    named, others = ([row for row in rows if row["in_scenario"] == chosen] for chosen in (True, False))
    changes = view.run.summary.get("law_changes") or []
    own = [line.partition(": ")[2] for line in changes if line.startswith(OWN_RULES)]
    blocks = list(_compared_with(view))
    blocks += [Block("text", text=words("law.own_rules", file=file)) for file in own]
    if named:
        blocks.append(Block("list", items=list(_in_words(view, named))))
        blocks.append(Block("table", table=_changes(view, named, words("law.table"))))
    elif "law_changes" not in view.run.tables and changes:
        blocks.append(Block("list", items=named_changes(changes, words)))
    elif not blocks:
        blocks.append(Block("text", text=words("no_changes")))
    if others:
        table = _changes(view, others, words("law.more", count=view.figures.plain(len(others))))
        blocks.append(Block("table", table=table))
    return Section("law", words("section.law"), blocks)


def _compared_with(view: View) -> Iterator[Block]:
    """Yield which earlier law is the baseline, if one is."""
    words, earlier = view.words, view.run.summary.get("about.baseline")
    if not isinstance(earlier, dict):
        return
    year, factor = earlier["law_of"], earlier["amounts_multiplied_by"]
    if factor == SAME_FACTOR:
        yield Block("text", text=words("law.compared_as_it_was", year=year))
    else:
        yield Block("text", text=words("law.compared_with", year=year, factor=view.figures.plain(factor, 4)))


def _in_words(view: View, rows: Rows) -> Iterator[str]:
    """Yield a sentence for each provision: what it is called, its paragraph, and every change in the year."""
    words = view.words
    for _, members in groupby(rows, key=lambda row: row["path"]):
        changes = list(members)
        told = [words("law.from_to", **_from_to(view, row), when=_when(view, row)) for row in changes]
        name, statute = changes[0][f"name_{words.language}"], statute_in_words(changes[0]["statute"], words)
        yield words("law.in_words", name=name, statute=statute, changes=f", {words('families.and')} ".join(told))


def _from_to(view: View, row: dict[str, Any]) -> dict[str, str]:
    """Return the value before and after, with a unit that both share once."""
    before, after = from_to(row["path"], row["unit"], row["before"], row["after"], view.words)
    return {"before": before, "after": after}


def _changes(view: View, rows: Rows, title: str) -> Table:
    words = view.words
    heads = [words("law.parameter"), words("law.statute"), words("law.before"), words("law.after"), words("law.when")]
    cells = [
        [Cell(row[f"name_{words.language}"]), Cell(statute_in_words(row["statute"], words)),
         Cell(_value(view, row, "before")), Cell(_value(view, row, "after"), strong=True), Cell(_when(view, row))]
        for row in rows
    ]  # fmt: skip
    return Table(title, heads, cells, rows, "law_changes")


def statute_in_words(text: str, words: Words) -> str:
    """Return a paragraph of the law in the language: the law's own files mix in some English."""
    for key in STATUTE_WORDS:
        text = re.sub(rf"\b{re.escape(WORDS[key][1])}\b", words(key), text)
    return text


def _value(view: View, row: dict[str, Any], which: str) -> str:
    """Return a value in the language: its numbers, its words and its unit."""
    return " ".join(value_and_unit(row["path"], row["unit"], row[which], view.words)).rstrip()


def _when(view: View, row: dict[str, Any]) -> str:
    words, year = view.words, row["from"][:4]
    first, last = (int(row[end][-2:]) for end in ("from", "to"))
    if (first, last) == (1, 12):
        return words("law.whole_year", year=year)
    months = {"first": words(f"month.{first}"), "last": words(f"month.{last}")}
    return words("law.one_month" if first == last else "law.months", year=year, **months)


def beware_section(view: View) -> Section:
    """Return assumptions, take-up, data quality, figures that are not final, and what is not modelled."""
    words, limits = view.words, view.run.summary.get("about.limits")
    blocks = [
        *([Block("text", title=words("beware.limits"), text=limits)] if limits else []),
        Block("list", title=words("beware.assumptions"), items=[words(f"beware.{one}") for one in ASSUMPTIONS]),
        *_take_up(view),
        *_data(view),
        *remark_blocks(view.run.summary.get("remarks") or [], words, view.figures),
        Block("list", title=words("beware.not_modelled"), items=[words(f"absent.{one}") for one in ABSENT]),
    ]
    return Section("beware", words("section.beware"), blocks)


def _take_up(view: View) -> Iterator[Block]:
    words, figures = view.words, view.figures
    rows = view.run.table("take_up")
    if not rows:
        return
    moves = any(row["baseline"] != row["reform"] for row in rows)
    laws = ("baseline", "reform") if moves else ("baseline",)
    cells = [
        [Cell(row[f"name_{words.language}"]), *numbers(figures.percent(row[law]) for law in laws),
         Cell(words.named("kind", row["kind"]).removeprefix("kind.")), Cell(row["source"], link=row["href"])]
        for row in rows
    ]  # fmt: skip
    shares = [words("beware.take_up_share"), words("beware.take_up_after")][: len(laws)]
    heads = [words("beware.benefit"), *shares, words("beware.kind"), words("beware.source")]
    yield Block("open_table", table=Table(words("beware.take_up"), heads, cells, rows, "take_up"))


def _data(view: View) -> Iterator[Block]:
    words, figures, summary = view.words, view.figures, view.run.summary
    counts = {"persons": "persons", "households": "households", "weighted": "weighted_persons"}
    sizes = {name: figures.plain(summary.number(f"population.{key}")) for name, key in counts.items()}
    told = [words("beware.population", **sizes)]
    rows = [row for row in view.run.table("population_fit") if row["difference_percent"] is not None]
    if rows:
        hit = sum(abs(row["difference_percent"]) <= WELL_MET for row in rows)
        told += [words("beware.synthetic"),
                 words("beware.fit", hit=figures.plain(hit), all=figures.plain(len(rows)),
                       percent=figures.plain(WELL_MET))]  # fmt: skip
    yield Block("text", title=words("beware.data"), text=" ".join(told))
    if not rows:
        return
    farthest = sorted(rows, key=lambda row: -abs(row["difference_percent"]))[:DEVIATIONS]
    cells = [
        [Cell(row[f"name_{words.language}"]),
         *numbers([_size(view, row["target"]), _size(view, row["reached"]),
                   figures.plain(row["difference_percent"], 1, sign=True)]),
         Cell(words("value.yes" if row["calibrated"] else "value.no")),
         Cell(row["source"], link=row["href"])]
        for row in farthest
    ]  # fmt: skip
    heads = [words("beware.figure"), words("beware.target"), words("beware.reached"), words("beware.difference"),
             words("beware.used"), words("beware.source")]  # fmt: skip
    yield Block("table", table=Table(words("beware.fit_table"), heads, cells, farthest, "population_fit"))


def _size(view: View, value: float) -> str:
    return view.figures.plain(value, 0 if abs(value) >= 1000.0 else 3 if abs(value) < 10.0 else 1)


def remark_blocks(found: Sequence[Mapping[str, Any]], words: Words, figures: Figures) -> Iterator[Block]:
    """Yield the figures that are not confirmed or not final, with all their names folded away.

    Args:
        found: `key` and `names` of each remark.
        words: The language.
        figures: Numbers in the language.
    """
    items = []
    for remark in found:
        text = words(f"remark.{remark['key']}", names="{names}")
        before, _, after = text.partition("{names}")
        names = [remark_name(name, words) for name in remark["names"]]
        items.append((f"{before.rstrip(': ')}{after}" if len(names) > 1 else text.replace("{names}", ", ".join(names)),
                      names if len(names) > 1 else [],
                      words("beware.all_names", count=figures.plain(len(names)))))  # fmt: skip
    if items:
        yield Block("remarks", title=words("beware.remarks"), items=items)


def about_section(view: View) -> Section:
    """Return what the scenario says of itself, and how to make the same run again."""
    words, summary, manifest = view.words, view.run.summary, view.run.manifest
    facts = [(words(f"about.{name}"), summary.get(f"about.{name}") or "") for name in ("why", "source")]
    facts += [
        (words("about.command"), manifest.get("command", "")),
        (words("about.time"), manifest.get("time", "")),
        (words("about.version"), f"mikrosim {summary.get('version')}"),
        (words("about.law_hash"), summary.get("law_hash")),
        (words("about.population_hash"), summary.get("population.hash")),
    ]
    blocks = [Block("facts", items=[(term, fact) for term, fact in facts if fact])]
    told = [words("about.files")]
    if f"{TABLES}/{HOUSEHOLDS}.parquet" in manifest.get("files", []):
        told.append(words("about.households"))
    blocks.append(Block("text", text=" ".join(told)))
    return Section("about", words("section.about"), blocks)
