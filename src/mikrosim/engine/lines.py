"""The lines of the kernel that compute one node: a rule's loop, or calls that bring values from other rows.

Offsets are unsigned, because numba guards signed ones against negative indices, and that guard keeps LLVM from
vectorising.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.engine.fuse import BRING
from mikrosim.engine.graph import UPWARD
from mikrosim.engine.layout import YEAR_MEAN
from mikrosim.engine.nodes import (
    MONTHS,
    Argument,
    BroadcastNode,
    ColumnNode,
    FusedSumNode,
    Graph,
    GroupNode,
    Node,
    PartnerNode,
    RuleNode,
    YearSumNode,
)
from mikrosim.law.rule import GroupValue

if TYPE_CHECKING:
    from mikrosim.engine.layout import FieldLayout

MAY_BE_NOBODY = frozenset(
    {"person_partner", "child_mother", "child_father", "recipient_family", "recipient_partner", "family_second"}
)
"""Links that some rows have to nobody."""


class NodeLines:
    """Writes the lines of a graph's nodes, and notes the records that its rules receive.

    Attributes:
        records: For each record type its parameter prefix, its own name and the fields that some rule reads, to the
            name that it has in the kernel's module.
    """

    def __init__(self, graph: Graph, layout: FieldLayout) -> None:
        self.graph = graph
        self.layout = layout
        self.records: dict[tuple[str, str, tuple[str, ...]], str] = {}
        self.position = {node.name: index for index, node in enumerate(graph.computed)}

    def of(self, node: Node) -> list[str]:
        """Return the lines that compute a node for one block and law."""
        tag = self.position[node.name]
        lines = self._rows_of(node) if isinstance(node, RuleNode) or _is_plain_sum(node) else self._moves(node)
        return [
            f"if needed[{tag}]:  # {node.name}",
            *("    " + line for line in [f"o_{tag} = place[{tag}]", *lines]),
        ]

    def _rows_of(self, node: Node) -> list[str]:
        """Return the loop that computes a rule, or a sum of the rows' own values, month by month."""
        tag = self.position[node.name]
        lines, moving = [], [f"o_{tag} += w_{node.entity}"]
        for index, name in enumerate(node.inputs):
            source = self.graph.nodes[name]
            if isinstance(source, ColumnNode):
                continue
            lines.append(f"o_{tag}_{index} = place[{self.position[name]}]")
            if source.monthly:
                moving.append(f"o_{tag}_{index} += w_{source.entity}")
        if isinstance(node, RuleNode):
            figure = f"{node.function.__name__}({', '.join(self._argument(node, one) for one in node.arguments)})"
            records = self._records(node)
        else:
            figure = " + ".join(self._figure(node, index) for index in range(len(node.inputs)))
            records = []
        # A loop that reads no column may run on to the end of its last vector, which spares it a slow remainder.
        rows = "n" if any(isinstance(self.graph.nodes[name], ColumnNode) for name in node.inputs) else "w"
        body = [*records, f"for i_{tag} in range({rows}_{node.entity}):", f"    scratch[o_{tag} + i_{tag}] = {figure}"]
        if node.monthly:
            body = [f"for m in range({MONTHS}):", *("    " + line for line in [*body, *moving])]
        return [*lines, *body]

    def _figure(self, node: Node, index: int) -> str:
        """Return the text of an input's figure in the loop's row."""
        tag, name = self.position[node.name], node.inputs[index]
        source = self.graph.nodes[name]
        place = f"c_{name}[at_{source.entity}" if isinstance(source, ColumnNode) else f"scratch[o_{tag}_{index}"
        return f"{place} + i_{tag}]"

    def _records(self, node: RuleNode) -> list[str]:
        month, tag = "m" if node.monthly else YEAR_MEAN, self.position[node.name]
        return [f"{record.name}_{tag} = read_{self._record_type(record)}(law, {month})" for record in node.records]

    def _record_type(self, record: Argument) -> str:
        """Return the name of the record of just the fields that a rule reads: building it costs compile time."""
        key = (record.source, record.type.__name__, record.fields)
        return self.records.setdefault(key, f"{record.type.__name__}_{len(self.records)}")

    def _argument(self, node: RuleNode, argument: Argument) -> str:
        if argument.kind == "law":
            return f"{argument.name}_{self.position[node.name]}"
        if argument.kind == "calendar":
            return "m + 1" if argument.name == "month" else "year"
        source = self.graph.nodes[argument.source]
        value = self._figure(node, node.inputs.index(argument.source))
        if argument.type is bool:
            return f"{value} != 0"
        if argument.type is int:
            return f"int({value})"
        return value if not isinstance(source, ColumnNode) or source.dtype == "float64" else f"float({value})"

    # -- values that move between rows --------------------------------------------------------------

    def _moves(self, node: Node) -> list[str]:
        """Return the calls that bring a node's values from other rows."""
        tag, months = self.position[node.name], MONTHS if node.monthly else 1
        to = f"scratch, o_{tag}, n_{node.entity}, w_{node.entity}, {months}"
        if isinstance(node, YearSumNode):
            return [f"year_sum(scratch, o_{tag}, w_{node.entity}, {MONTHS}, {self.read(node.inputs[0], step=False)})"]
        if isinstance(node, FusedSumNode):
            return self._fused_sum(node, to)
        source = self.graph.nodes[node.inputs[0]]
        values = self.read(source.name)
        if _is_brought(node, source):
            return [self._clear(node), *self._brought(node, source, to)]
        if isinstance(node, BroadcastNode):
            of = "partner" if isinstance(node, PartnerNode) else source.entity
            link = f"{node.entity}_{of}"
            return [f"{_gather(link)}({to}, {values}, {link}, at_{node.entity}, first_{source.entity})"]
        assert isinstance(node, GroupNode)
        kind = node.group.kind
        if kind == "rank":
            return [f"rank({to}, {values}, child_family, at_child)"]
        if kind == "to_first_member":
            return [f"to_first_members({to}, {values}, person_household, at_person, first_household)"]
        if kind in UPWARD:
            link = f"{source.entity}_{node.entity}, at_{source.entity}, first_{node.entity}"
            move = {"total": "spread", "any": "spread_any", "largest": "spread_largest"}[kind]
            return [
                self._clear(node),
                f"{move}({to}, {values}, n_{source.entity}, {link})",
            ]
        link, *more = {
            "parents_total": ("family_first", "family_second"),
            "partner": ("person_partner",),
            "mother": ("child_mother",),
            "father": ("child_father",),
        }[kind]
        moves = [(_gather(link), link), *(("gather_more", other) for other in more)]
        return [f"{move}({to}, {values}, {link}, at_{node.entity}, first_person)" for move, link in moves]

    def _clear(self, node: Node) -> str:
        """Return the call that sets a node's rows to 0."""
        return (
            f"clear(scratch, o_{self.position[node.name]}, uint64({MONTHS if node.monthly else 1}) * w_{node.entity})"
        )

    def read(self, name: str, *, step: bool = True) -> str:
        """Return the arguments that say where a value is read: the array, the offset, the rows from month to month."""
        source = self.graph.nodes[name]
        rows = f", w_{source.entity}" if source.monthly else ", uint64(0)"
        if isinstance(source, ColumnNode):
            place = f"c_{name}, at_{source.entity}"
        else:
            place = f"scratch, place[{self.position[name]}]"
        return place + (rows if step else "")

    def _fused_sum(self, node: FusedSumNode, to: str) -> list[str]:
        tag, own = self.position[node.name], len(node.inputs) - len(node.parts)
        if own:
            lines = self._rows_of(_own_sum(node, own))
            lines.append(f"o_{tag} = place[{tag}]")
        else:
            lines = [self._clear(node)]
        for index, part in enumerate(node.parts, start=own):
            brought = self._brought(part, self.graph.nodes[node.inputs[index]], to)
            lines += [f"# {part.name}", *brought]
        return lines

    def _brought(self, node: Node, source: Node, to: str) -> list[str]:
        """Return the calls that add the few rows of a source to the persons they belong to."""
        values = f"{self.read(source.name)}, n_{source.entity}"
        if isinstance(node, GroupNode) and node.group.kind == "to_receiver":
            return [f"spread_to_receiver({to}, {values}, child_mother, child_father, at_child, first_person)"]
        return [f"spread({to}, {values}, {link}, at_{source.entity}, first_person)" for link in _brought_by(node)]


def _is_plain_sum(node: Node) -> bool:
    return isinstance(node, GroupNode) and node.group.kind == "sum"


def _own_sum(node: FusedSumNode, own: int) -> GroupNode:
    """Return the sum of just the values that a fused sum's rows have themselves."""
    inputs = node.inputs[:own]
    return GroupNode(node.name, node.entity, node.monthly, inputs, group=GroupValue("sum", node.entity, inputs))


def _gather(link: str) -> str:
    """Return the name of the move that follows a link."""
    return "gather_if_any" if link in MAY_BE_NOBODY else "gather"


def _is_brought(node: Node, source: Node) -> bool:
    """Return whether a few rows bring their values to persons: a family to its adults, children to a parent."""
    if isinstance(node, BroadcastNode):
        return (source.entity, node.entity) == ("family", "person")
    return isinstance(node, GroupNode) and node.group.kind in BRING


def _brought_by(node: Node) -> tuple[str, ...]:
    """Return the links along which a few rows bring their values to persons."""
    if isinstance(node, BroadcastNode):
        return ("family_first", "family_second")
    assert isinstance(node, GroupNode)
    return {
        "as_mother": ("child_mother",),
        "as_father": ("child_father",),
        "to_first_parent": ("family_first",),
        "to_person": ("recipient_person",),
    }[node.group.kind]
