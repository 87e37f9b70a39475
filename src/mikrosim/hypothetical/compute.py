"""Computes a household with the plain rules: every value, for the year or for one month."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from mikrosim.engine.graph import build_graph
from mikrosim.engine.nodes import BroadcastNode, ColumnNode, Graph, GroupNode, Node, RuleNode, YearSumNode
from mikrosim.engine.plain import evaluate
from mikrosim.errors import HouseholdError, did_you_mean
from mikrosim.files import read_yaml_file
from mikrosim.hypothetical.columns import AMOUNTS, COLUMNS, dataset_of
from mikrosim.hypothetical.spec import HouseholdSpec, PersonSpec, read_spec
from mikrosim.parameters import baseline, load_law, require
from mikrosim.simulation.rules import FieldsOfLaw, parameters_of, rule_book

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mikrosim.engine.dataset import Dataset
    from mikrosim.engine.plain import Values
    from mikrosim.law.rule import Entity
    from mikrosim.parameters import Policy

MONTH = "_month"
WAGE_STEP = 1_000.0
"""NOK of further wage over which marginal rates are measured: at 100 the rounding of monthly benefits to whole
kroner would make the rates jump by 8 percentage points from one wage to the next."""

ADULT = 17
"""The age from which marginal rates are shown."""


def household(
    spec: Mapping[str, Any] | str | Path, month: str | None = None, *, policy: Policy | None = None
) -> dict[str, Any]:
    """Return what the law gives and takes: ``{"year", "month", "household": {...}, "persons": {id: {...}}}``.

    Args:
        spec: The household as a mapping, or the path of a YAML file that holds one.
        month: ``YYYY-MM`` for that month's amounts of everything that is paid by the month.
        policy: The law to compute under, of the same income year; that year's own by default.

    Raises:
        HouseholdError: With everything that is wrong with the household or the month.
        LawError: The year has no law for something that is needed.
    """
    return compute(load_spec(spec), month, policy)[0]


def load_spec(spec: Mapping[str, Any] | str | Path, year: int | None = None) -> HouseholdSpec:
    """Return the checked household from a mapping or from a YAML file."""
    if not isinstance(spec, str | Path):
        return read_spec(spec, "household", year)
    document = read_yaml_file(Path(spec))
    if document.problems:
        raise HouseholdError(str(spec), document.problems)
    return read_spec(document.data, str(spec), year)


def compute(
    spec: HouseholdSpec,
    month: str | None = None,
    policy: Policy | None = None,
    variants: Sequence[Mapping[str, Mapping[str, float]]] = ({},),
    marginal: Sequence[str] | None = None,
) -> list[dict[str, Any]]:
    """Return the results of every variant of a household (see ``dataset_of``).

    Args:
        spec: The household.
        month: ``YYYY-MM``, or None for the year.
        policy: The law; the income year's own by default.
        variants: What differs from the file.
        marginal: Ids of those whose marginal rates are wanted; of all grown up by default.
    """
    number = month_number(month, spec.year)
    policy = policy or baseline(spec.year)
    if policy.year != spec.year:
        raise HouseholdError("policy", f"the law of {policy.year}, but the household's year is {spec.year}")
    if marginal is None:
        marginal = [person.id for person in spec.persons if spec.year - person.birth[0] >= ADULT]
    earners = [person for person in spec.persons if person.id in marginal and month is None]
    raised = [
        {**variant, person.id: {**variant.get(person.id, {}), "wage": _wage(person, variant) + WAGE_STEP}}
        for variant in variants
        for person in earners
    ]
    computed = evaluate_household(spec, policy, [*variants, *raised])
    results = [computed.result(index, number) for index in range(len(variants))]
    for index, (result, person) in enumerate((result, person) for result in results for person in earners):
        change = computed.result(len(variants) + index, None)
        tax = change["household"]["skatt"] - result["household"]["skatt"]
        left = (
            change["household"]["after_tax_income_net_of_child_care"]
            - result["household"]["after_tax_income_net_of_child_care"]
        )
        own = result["persons"][person.id]
        own["marginal_tax_rate"] = round(tax / WAGE_STEP, 9)
        own["effective_marginal_tax_rate"] = round(1 - left / WAGE_STEP, 9)
    return results


def evaluate_household(
    spec: HouseholdSpec, policy: Policy, variants: Sequence[Mapping[str, Mapping[str, float]]] = ({},)
) -> Computed:
    """Return every value of every rule for a household, or for variants of it side by side."""
    graph = full_graph() if policy.code is None else build_graph(rule_book(policy.code), COLUMNS, full_graph().outputs)
    require(policy, parameters_of(graph))
    dataset = dataset_of(spec, variants)
    values = evaluate(graph, FieldsOfLaw(load_law().layout), dataset, policy.vector, spec.year)
    return Computed(spec, dataset, values, len(variants))


@cache
def full_graph() -> Graph:
    """Return the graph of everything that the rules compute."""
    book = rule_book()
    return build_graph(book, COLUMNS, book.names)


class Computed(NamedTuple):
    """All values of one household's variants."""

    spec: HouseholdSpec
    dataset: Dataset
    values: Mapping[str, Values]
    variants: int

    def rows(self, name: str, variant: int) -> dict[str, list[float]]:
        """Return a node's figures in one variant: person id, or ``household``, to figures per month."""
        entity = full_graph().nodes[name].entity
        first = self.dataset.first_row[entity]
        at = range(int(first[variant]), int(first[variant + 1]))
        return {
            who: [of_month[row] for of_month in self.values[name]]
            for who, row in zip(self._who(entity, variant), at, strict=True)
        }

    def _who(self, entity: Entity, variant: int) -> list[str]:
        """Return whose rows of an entity lie in a variant: ids, that of a family being its first parent's."""
        ids = [person.id for person in self.spec.persons]
        link = {"child": "child_person", "recipient": "recipient_person", "family": "family_first"}.get(entity)
        if link is None:
            return ids if entity == "person" else ["household"]
        first = self.dataset.first_row[entity]
        persons = self.dataset.links[link][first[variant] : first[variant + 1]]
        return [ids[person - variant * len(ids)] for person in persons]

    def result(self, variant: int, month: int | None) -> dict[str, Any]:
        """Return the contract's mapping for one variant; ``month`` is 0 for January, None for the year."""
        year = self.spec.year
        persons: dict[str, dict[str, float]] = {person.id: {} for person in self.spec.persons}
        together: dict[str, float] = {}
        for name, shown in _shown(month is not None).items():
            node = full_graph().nodes[name]
            for who, figures in self.rows(name, variant).items():
                value = figures[month or 0] + 0.0
                if node.entity in ("person", "child", "recipient"):
                    persons[who][shown] = value
                if node.entity in ("household", "family") or is_amount(node):
                    together[shown] = together.get(shown, 0.0) + value
        text = None if month is None else f"{year}-{month + 1:02d}"
        return {"year": year, "month": text, "household": together, "persons": persons}


@cache
def _shown(monthly: bool) -> Mapping[str, str]:
    """Return the nodes to show, and the name of each: the year's, or a month's without its ending."""
    return {
        node.name: node.name.removesuffix(MONTH)
        for node in full_graph().computed
        if node.monthly == monthly and not isinstance(node, BroadcastNode) and not _is_sum_of_places(node)
    }


def _is_sum_of_places(node: Node) -> bool:
    """Return whether a value is the sum of twelve months' grades or ranks, which says nothing."""
    if not isinstance(node, YearSumNode):
        return False
    source = full_graph().nodes[node.inputs[0]]
    if isinstance(source, RuleNode):
        return "Units: grade" in (source.function.__doc__ or "")
    return isinstance(source, GroupNode) and source.group.kind == "rank"


@cache
def is_amount(node: Node) -> bool:
    """Return whether a value is in kroner, so that it may be added up over persons."""
    if isinstance(node, RuleNode):
        return "Units: NOK" in (node.function.__doc__ or "")
    if isinstance(node, ColumnNode):
        return node.name in AMOUNTS
    if isinstance(node, GroupNode) and node.group.kind in ("rank", "any"):
        return False
    assert isinstance(node, GroupNode | YearSumNode | BroadcastNode)
    return all(is_amount(full_graph().nodes[name]) for name in node.inputs)


def _wage(person: PersonSpec, variant: Mapping[str, Mapping[str, float]]) -> float:
    return variant.get(person.id, {}).get("wage", person.wage)


def month_number(text: str | None, year: int) -> int | None:
    """Return the month of ``YYYY-MM``, 0 for January; None for no month.

    Raises:
        HouseholdError: It is no month, or not one of the income year.
    """
    if text is None:
        return None
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", str(text))
    if not found or not 1 <= int(found[2]) <= 12:
        raise HouseholdError("--month", f"{text!r} is not a month; write it as YYYY-MM, such as {year}-05")
    if int(found[1]) != year:
        raise HouseholdError("--month", f"{text} lies outside the household's year {year}")
    return int(found[2]) - 1


def known_name(name: str) -> str:
    """Return the name of a value that the rules compute, or say which one was perhaps meant."""
    if name in ("marginal_tax_rate", "effective_marginal_tax_rate"):
        message = f"{name} is measured with {WAGE_STEP:g} NOK of further wage; explain skatt instead"
        raise HouseholdError("--explain", message)
    known = [node for node in full_graph().nodes if "@" not in node]
    if name not in known:
        hint = did_you_mean(name, known) or "; all names are in the output of --format csv"
        raise HouseholdError("--explain", f"no rule computes {name!r}{hint}")
    return name
