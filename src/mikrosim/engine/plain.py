"""The same rules as plain Python, one row at a time.

For a single household, for explanations, and as the reference that the compiled kernel is held against. It
shares the graph and the law vectors with the kernel and nothing else.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from mikrosim.engine.dataset import NOBODY
from mikrosim.engine.layout import YEAR_MEAN, with_year_mean
from mikrosim.engine.nodes import (
    MONTHS,
    BroadcastNode,
    ColumnNode,
    Graph,
    GroupNode,
    Node,
    RuleNode,
    YearSumNode,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from mikrosim.engine.dataset import Dataset
    from mikrosim.engine.layout import FieldLayout

    Rows = list[float]
    Values = list[Rows]


def evaluate(
    graph: Graph, layout: FieldLayout, dataset: Dataset, law: NDArray[np.float64], year: int
) -> dict[str, Values]:
    """Return every node's figures: name to rows per month; yearly values have one month.

    Args:
        graph: The rules in order.
        layout: Where parameters lie in the law vector.
        dataset: For whom.
        law: The law vector, shape (12, slots).
        year: The income year.
    """
    return _Evaluator(graph, layout, dataset, with_year_mean(law[None])[0].tolist(), year).all()


class _Evaluator:
    def __init__(self, graph: Graph, layout: FieldLayout, dataset: Dataset, law: list[list[float]], year: int) -> None:
        self.graph = graph
        self.layout = layout
        self.rows = dataset.rows
        self.links = {name: link.tolist() for name, link in dataset.links.items()}
        self.columns = dataset.columns
        self.law = law  # twelve months and the year's mean
        self.year = year
        self.values: dict[str, Values] = {}

    def all(self) -> dict[str, Values]:
        for node in self.graph.nodes.values():
            self.values[node.name] = self._node(node)
        return self.values

    def _node(self, node: Node) -> Values:
        if isinstance(node, ColumnNode):
            return [self.columns[node.name].tolist()]
        months = range(MONTHS) if node.monthly else range(1)
        if isinstance(node, YearSumNode):
            return [[sum(of_row) for of_row in zip(*self.values[node.inputs[0]], strict=True)]]
        if isinstance(node, RuleNode):
            return [self._rule(node, month) for month in months]
        if isinstance(node, BroadcastNode):
            return [self._broadcast(node, self._input(node.inputs[0], month)) for month in months]
        assert isinstance(node, GroupNode)
        return [self._group(node, [self._input(name, month) for name in node.inputs]) for month in months]

    def _input(self, name: str, month: int) -> Rows:
        of_month = self.values[name]
        return of_month[month] if len(of_month) > 1 else of_month[0]

    def _rule(self, node: RuleNode, month: int) -> Rows:
        arguments: list[Any] = []
        count = self.rows[node.entity]
        row = month if node.monthly else YEAR_MEAN
        for argument in node.arguments:
            if argument.kind == "law":
                arguments.append([self.record(argument.type, argument.source, row)] * count)
            elif argument.kind == "calendar":
                arguments.append([month + 1 if argument.name == "month" else self.year] * count)
            else:
                values = self._input(argument.source, month)
                arguments.append(values if argument.type is float else map(argument.type, values))
        return [float(node.function(*row)) for row in zip(*arguments, strict=True)]

    def record(self, record: type, prefix: str, month: int) -> Any:
        """Return a law record filled from a row of the law vector: 0 is January, 12 the year's mean."""
        fields: list[Any] = []
        for name in record.__annotations__:
            start, length, many = self.layout.field(prefix, name)
            values = self.law[month][start : start + length]
            fields.append(tuple(values) if many else values[0])
        return record(*fields)

    def _broadcast(self, node: BroadcastNode, values: Rows) -> Rows:
        source = self.graph.nodes[node.inputs[0]].entity
        if (source, node.entity) == ("family", "person"):
            return self._to_adults(values, ("family_first", "family_second"))
        rows = self.links[f"{node.entity}_{source}"]
        return [0.0 if row == NOBODY else values[row] for row in rows]

    def _to_adults(self, values: Rows, links: tuple[str, ...]) -> Rows:
        result = [0.0] * self.rows["person"]
        for link in links:
            for value, row in zip(values, self.links[link], strict=True):
                if row != NOBODY:
                    result[row] = value
        return result

    def _to_first_members(self, values: Rows) -> Rows:
        homes = self.links["person_household"]
        pairs = zip(homes, [NOBODY, *homes], strict=False)
        return [0.0 if home == before else values[home] for home, before in pairs]

    def _group(self, node: GroupNode, inputs: list[Rows]) -> Rows:
        kind = node.group.kind
        values = inputs[0]
        if kind == "sum":
            return [sum(terms) for terms in zip(*inputs, strict=True)]
        if kind == "to_first_parent":
            return self._to_adults(values, ("family_first",))
        if kind == "to_person":
            return self._to_adults(values, ("recipient_person",))
        if kind == "to_first_member":
            return self._to_first_members(values)
        if kind == "rank":
            return self._rank(values)
        linked = {
            "parents_total": ("family_first", "family_second"),
            "partner": ("person_partner",),
            "mother": ("child_mother",),
            "father": ("child_father",),
        }.get(kind)
        if linked:
            chosen = zip(*(self.links[link] for link in linked), strict=True)
            return [sum((values[row] for row in rows if row != NOBODY), start=0.0) for rows in chosen]
        if kind == "to_receiver":
            result = [0.0] * self.rows["person"]
            for value, mother, father in zip(
                values, self.links["child_mother"], self.links["child_father"], strict=True
            ):
                result[father if mother == NOBODY else mother] += value
            return result
        source = self.graph.nodes[node.inputs[0]].entity
        owner = f"child_{kind.removeprefix('as_')}" if kind.startswith("as_") else f"{source}_{node.entity}"
        result = [0.0] * self.rows[node.entity]
        for value, row in zip(values, self.links[owner], strict=True):
            if row == NOBODY:
                continue
            if kind == "any":
                result[row] = 1.0 if value else result[row]
            elif kind == "largest":
                result[row] = max(result[row], value)
            else:
                result[row] += value
        return result

    def _rank(self, values: Rows) -> Rows:
        members: dict[int, list[int]] = defaultdict(list)
        for child, family in enumerate(self.links["child_family"]):
            members[family].append(child)
        result = [0.0] * len(values)
        for children in members.values():
            for place, child in enumerate(sorted(children, key=lambda child: (-values[child], child)), start=1):
                result[child] = float(place) if values[child] > 0 else 0.0
        return result
