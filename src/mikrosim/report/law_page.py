"""The law as pages: one for each instrument, made of what its files say themselves."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, NamedTuple

from mikrosim.law.rule import GroupValue
from mikrosim.parameters.law import load_law
from mikrosim.parameters.lint import RuleDoc, rule_module, rules_of
from mikrosim.parameters.load import LAW_FOLDER
from mikrosim.parameters.parameter import Dated, Parameter, path_prefix

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

RENEW = "mikrosim law --write-pages docs/law"
MARK = f"<!-- Made from the law's files by `{RENEW}`; change those, not this page. -->"

_GROUP_VALUES = {
    "total": "the sum of {0} over the {1}",
    "any": "1 if {0} is not 0 for someone in the {1}",
    "largest": "the largest {0} in the {1}",
    "rank": "the child's place in the family by {0}",
    "parents_total": "{0} of the family's adults together",
    "partner": "{0} of the spouse or cohabitant",
    "mother": "{0} of the child's mother (first parent)",
    "father": "{0} of the child's father (second parent)",
    "as_mother": "{0} of the children whose mother (first parent) the person is",
    "as_father": "{0} of the children whose father (second parent) the person is",
    "to_receiver": "{0} of the children whose benefits the person receives",
    "to_first_parent": "the family's {0}, given to its first adult",
    "to_first_member": "the household's {0}, given to its first member",
    "to_person": "the person's {0}, 0 for all who are no recipients",
    "sum": "{0}",
}

_NUMBER = r"\d+(?:-\d+)?"
_PARAGRAPHS = re.compile(rf"^(.*? §§? {_NUMBER}(?:(?:, | og | and | to ){_NUMBER})*)(?!\d).*$")
_NO_STATUTE = re.compile(r"(none|ingen)\b(?! yet;)", re.IGNORECASE)


class RuleLine(NamedTuple):
    """A rule on a page: what it says of itself, and whom it is computed for."""

    rule: RuleDoc
    entity: str


class ModulePart(NamedTuple):
    """What one module adds to its folder's page."""

    name: str
    about: tuple[str, ...]
    not_modelled: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    rules: tuple[RuleLine, ...]
    group_values: tuple[tuple[str, GroupValue], ...]


class Folder(NamedTuple):
    """An instrument: a folder of the law."""

    name: str
    title: str
    parts: tuple[ModulePart, ...]

    @property
    def parameters(self) -> list[Parameter]:
        """All its parameters."""
        return [parameter for part in self.parts for parameter in part.parameters]

    @property
    def rules(self) -> list[RuleDoc]:
        """All its rules."""
        return [line.rule for part in self.parts for line in part.rules]

    def count(self, kind: str | None = None) -> int:
        """Return the number of its dated values, or of those of a kind."""
        return sum(kind in (None, dated.kind) for parameter in self.parameters for dated in parameter.dated)


def folder_names() -> list[str]:
    """Return the names of the law's folders, in order."""
    return sorted(path.parent.name for path in LAW_FOLDER.glob("*/__init__.py"))


def pages() -> dict[str, str]:
    """Return all pages by file name: the index and one page for each folder."""
    folders = [read_folder(name) for name in folder_names()]
    return {"README.md": _index(folders), **{f"{folder.name}.md": page(folder) for folder in folders}}


def read_folder(name: str) -> Folder:
    """Return what a folder of the law says of itself; its main module comes first."""
    path = LAW_FOLDER / name
    files = sorted(path.glob("*.py"), key=lambda file: (file.stem != name, file.stem))
    title = inspect.getdoc(rule_module(path / "__init__.py", own=True)) or ""
    parts = [_part(rule_module(file, own=True), name, file.stem) for file in files if file.stem != "__init__"]
    return Folder(name, " ".join(title.split()), tuple(parts))


def _part(module: ModuleType, folder: str, name: str) -> ModulePart:
    prefix = path_prefix(f"{folder}.{name}")
    about, left_out = split_docstring(inspect.getdoc(module) or "")
    return ModulePart(
        name,
        tuple(about),
        tuple(left_out),
        tuple(one for path, one in load_law().parameters.items() if path.rpartition(".")[0] == prefix),
        tuple(RuleLine(rule, getattr(module, rule.name).__rule_of__) for rule in rules_of(module)),
        tuple((key, value) for key, value in vars(module).items() if isinstance(value, GroupValue)),
    )


def split_docstring(text: str) -> tuple[list[str], list[str]]:
    r"""Return a docstring's paragraphs, and apart from them the sentences on what is not modelled.

    >>> split_docstring("Tax. Not modelled: gifts. Old rules\nare not modelled.")
    (['Tax.'], ['Gifts.', 'Old rules are not modelled.'])
    """
    about: list[str] = []
    left_out: list[str] = []
    for paragraph in text.replace("``", "`").split("\n\n"):
        kept = []
        for sentence in re.split(r"(?<=[.)])(?<!no\.)\s+(?=[A-ZÆØÅ])", " ".join(paragraph.split())):
            if "not modelled" in sentence.lower():
                sentence = sentence.removeprefix("Not modelled: ")
                left_out.append(sentence[0].upper() + sentence[1:])
            else:
                kept.append(sentence)
        if kept:
            about.append(" ".join(kept))
    return about, left_out


def page(folder: Folder) -> str:
    """Return an instrument's page."""
    several = len(folder.parts) > 1
    lines = [MARK, "", f"# {folder.name}", "", folder.title, "", f"{_counts(folder)}.", "", "## What it is", ""]
    for part in folder.parts:
        start = f"**{part.name}**: " if several else ""
        lines += [f"{start}{part.about[0] if part.about else ''}", ""]
        lines += [line for paragraph in part.about[1:] for line in (paragraph, "")]
    lines += ["## Not modelled", ""]
    lines += [
        f"- {f'**{part.name}**: ' if several else ''}{sentence}"
        for part in folder.parts
        for sentence in part.not_modelled
    ] or ["The modules name nothing."]
    lines += ["", "## Statutes", ""]
    named = [parameter.statute for parameter in folder.parameters] + [rule.statute for rule in folder.rules]
    lines += [f"- {statute}" for statute in statutes(named)] or ["None."]
    if folder.parameters:
        lines += ["", "## Parameters"]
        lines += [line for parameter in folder.parameters for line in _parameter(parameter)]
    lines += ["", "## Rules"]
    for part in folder.parts:
        lines += [*(["", f"### {part.name}.py"] if several else []), *_rules(part)]
    return "\n".join(lines).rstrip() + "\n"


def statutes(texts: Iterable[str]) -> list[str]:
    """Return each law with the paragraphs named of it, without their subdivisions, once and in order.

    >>> statutes(["lov A § 10 tredje ledd; lov B § 2.", "lov A §§ 9 og 10", "none; a definition."])
    ['lov A §§ 9 and 10', 'lov A § 10', 'lov B § 2']
    """
    named = [one.strip().rstrip(".") for text in texts for one in text.split(";") if not _NO_STATUTE.match(text)]
    found = {_PARAGRAPHS.sub(r"\1", one).replace(" og ", " and ") for one in named if not _NO_STATUTE.match(one)}
    return sorted(found - {""}, key=_natural)


def _natural(statute: str) -> tuple[str, list[int], str]:
    """Return what statutes are ordered by: the law, then its first paragraph's numbers."""
    law, _, paragraphs = statute.partition(" §")
    return law.casefold(), [int(digits) for digits in re.findall(r"\d+", paragraphs)], statute


def _counts(folder: Folder) -> str:
    marked = [f"**{folder.count(kind)} {kind}**" for kind in ("unconfirmed", "projection") if folder.count(kind)]
    among = f" ({', '.join(marked)})" if marked else ""
    values = f"{len(folder.parameters)} parameters with {folder.count()} dated values{among}"
    return f"{values if folder.parameters else 'No parameters'}; {len(folder.rules)} rules"


def _parameter(parameter: Parameter) -> list[str]:
    read = "read on 1 January" if parameter.changes == "yearly" else "read each month"
    lines = ["", f"### {parameter.path}", "", f"{parameter.name_nb} / {parameter.name_en}", ""]
    lines += [f"- Statute: {parameter.statute}", f"- Unit: {parameter.unit}, {read}"]
    if parameter.choices:
        lines.append(f"- One of: {', '.join(parameter.choices)}")
    if parameter.moves:
        lines.append(f"- Moves: {', '.join(f'`{path}`' for path in parameter.moves)}")
    if parameter.checked:
        lines.append(f"- Compared with the sources {parameter.checked}")
    if parameter.note:
        lines.append(f"- {' '.join(parameter.note.split())}")
    if parameter.dated:
        rows = [_dated(parameter, dated) for dated in parameter.dated]
        lines += ["", *_table(("From", "Value", "Kind", "Source", "Note"), rows)]
    return lines


def _dated(parameter: Parameter, dated: Dated) -> tuple[str, ...]:
    kind = dated.kind if dated.kind == "enacted" else f"**{dated.kind}**"
    title = re.sub(r"([\[\]])", r"\\\1", dated.source or dated.href)
    source = f"[{title}](<{dated.href}>)" if dated.href else title
    return dated.start.isoformat(), parameter.readable(dated.numbers), kind, source, dated.note


def _rules(part: ModulePart) -> list[str]:
    lines = [""]
    if part.rules:
        rows = [(f"`{one.rule.name}`", one.entity, one.rule.sentence, one.rule.statute) for one in part.rules]
        lines += [*_table(("Rule", "For each", "What it does", "Statute"), rows), ""]
    if part.group_values:
        rows = [(f"`{name}`", value.of, _described(value)) for name, value in part.group_values]  # type: ignore[misc]
        lines += [*_table(("Value", "For each", "Made of"), rows), ""]
    return lines[:-1] if len(lines) > 1 else ["", "None."]


def _described(value: GroupValue) -> str:
    sources = " + ".join(f"`{name}`" for name in value.sources)
    return _GROUP_VALUES[value.kind].format(sources, value.of)


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    cells = [[" ".join(cell.split()).replace("|", "\\|") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in [header, ["---"] * len(header), *cells]]


def _index(folders: Sequence[Folder]) -> str:
    rows = [
        (f"[{one.name}]({one.name}.md)", one.title, str(len(one.rules)), str(len(one.parameters)), str(one.count()),
         f"**{one.count('unconfirmed')}**" if one.count("unconfirmed") else "0")
        for one in folders
    ]  # fmt: skip
    about = (
        "One page for each folder of `src/mikrosim/law`: what it is, what is left out, its statutes, the dated values\n"
        "with their sources, and its rules. Values that nobody has confirmed are marked. What is modelled of\n"
        f"Norwegian family policy as a whole is told in [coverage.md](../coverage.md). Renewed by `{RENEW}`."
    )
    header = ("Folder", "What it is", "Rules", "Parameters", "Dated values", "Unconfirmed")
    return "\n".join([MARK, "", "# The law, page by page", "", about, "", *_table(header, rows)]) + "\n"
