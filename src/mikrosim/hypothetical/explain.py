"""How one value comes about: the rule, its paragraph, its inputs, and theirs."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

from mikrosim.engine.nodes import BroadcastNode, ColumnNode, GroupNode, Node, RuleNode, YearSumNode
from mikrosim.hypothetical.compute import MONTH, evaluate_household, full_graph, known_name, month_number
from mikrosim.parameters import baseline, load_law

if TYPE_CHECKING:
    from mikrosim.hypothetical.compute import Computed
    from mikrosim.hypothetical.spec import HouseholdSpec


def explanation(spec: HouseholdSpec, name: str, month: str | None = None) -> dict[str, Any]:
    """Return a value with its rule, paragraph, law and inputs, each input explained the same way.

    An input that was explained before carries ``"see_above": true`` and is not explained again.

    Raises:
        HouseholdError: No rule computes the name.
    """
    number = month_number(month, spec.year)
    if number is not None and name + MONTH in full_graph().nodes:
        name += MONTH
    computed = evaluate_household(spec, baseline(spec.year))
    return _explain(computed, full_graph().nodes[known_name(name)], number, set())


def _explain(computed: Computed, node: Node, month: int | None, seen: set[str]) -> dict[str, Any]:
    while isinstance(node, BroadcastNode):
        node = full_graph().nodes[node.inputs[0]]
    values = {
        who: figures[0] if len(figures) == 1 else figures if month is None else figures[month]
        for who, figures in computed.rows(node.name, 0).items()
    }
    step: dict[str, Any] = {"name": node.name, "kind": _kind(node), "values": values}
    if isinstance(node, ColumnNode):
        return step
    if node.name in seen:
        return {**step, "see_above": True}
    seen.add(node.name)
    if isinstance(node, RuleNode):
        text = inspect.getdoc(node.function) or ""
        step["sentence"] = text.split("\n")[0]
        statute = re.search(r"^Statute: (.*)$", text, re.MULTILINE)
        step["statute"] = statute[1] if statute else ""
        step["law"] = _law(node, computed.spec.year, month)
    step["inputs"] = [_explain(computed, full_graph().nodes[name], month, seen) for name in node.inputs]
    return step


def _kind(node: Node) -> str:
    if isinstance(node, GroupNode):
        return f"{node.group.kind} ({node.entity})"
    names = {ColumnNode: "input", RuleNode: "rule", YearSumNode: "sum of the months"}
    return f"{names[type(node)]} ({node.entity})"


def _law(node: RuleNode, year: int, month: int | None) -> dict[str, list[str]]:
    """Return the parameters a rule reads: path to its values in the year, or in the month."""
    found: dict[str, list[str]] = {}
    for record in node.records:
        for field in record.fields:
            parameter = load_law().parameters[f"{record.source}.{field}"]
            months = range(1, 13) if month is None else [month + 1]
            dated = [parameter.at_month(year, one) for one in months]
            numbers = [one.numbers for one in dated if one is not None and one.numbers is not None]
            found[parameter.path] = list(dict.fromkeys(parameter.readable(one) for one in numbers))
    return found


def explanation_text(step: dict[str, Any], depth: int = 0) -> str:
    """Return the explanation as indented text."""
    pad = "  " * depth
    values = ", ".join(f"{who} {_figure(value)}" for who, value in step["values"].items())
    lines = [f"{pad}{step['name']} = {values or '-'}   [{step['kind']}]{' (above)' if step.get('see_above') else ''}"]
    if step.get("sentence"):
        lines.append(f"{pad}  {step['sentence']} {step['statute']}".rstrip())
    lines += [f"{pad}  {path}: {' -> '.join(values)}" for path, values in step.get("law", {}).items()]
    lines += [explanation_text(inner, depth + 1) for inner in step.get("inputs", [])]
    return "\n".join(lines)


def _figure(value: float | list[float]) -> str:
    if isinstance(value, list):
        return " ".join(f"{one:g}" for one in value)
    return f"{value:,.2f}".rstrip("0").rstrip(".").replace(",", "\u00a0")
