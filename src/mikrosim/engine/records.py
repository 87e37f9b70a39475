"""Law records as compiled rules receive them, and their lists of parameters: numbers indexed without a branch.

numba turns ``law.rate[step]`` for a tuple into a jump to one of as many places as it has members, or to an error.
A loop with such jumps is never made into vector code. Here each member is taken where its place is the one asked for;
a place beyond the end, an error in the rule's own Python, gives NaN. A record is read by one call instead of dozens of
lines, on each of which numba's own Python would work for a while.
"""

# numba's own functions have no types.
# mypy: disable-error-code="no-untyped-call, untyped-decorator"

from __future__ import annotations

import operator
from typing import TYPE_CHECKING, Any

from numba import types
from numba.core import cgutils
from numba.core.datamodel import models
from numba.extending import intrinsic, lower_builtin, register_model
from numba.np.arrayobj import make_array

from mikrosim.engine.compiled import WITHOUT_COMPILER

if TYPE_CHECKING:
    from collections.abc import Callable


class ListType(types.UniTuple):
    """The type of a list of parameters: a tuple with an index of its own."""


register_model(ListType)(models.UniTupleModel)


@lower_builtin(operator.getitem, ListType, types.intp)
@lower_builtin(operator.getitem, ListType, types.uintp)
def _take(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
    members, place = arguments
    count = signature.args[0].count

    def number(place: int) -> Any:
        return context.get_constant(types.intp, place)

    is_from_end = builder.icmp_signed("<", place, number(0))
    place = builder.select(is_from_end, builder.add(place, number(count)), place)
    taken = context.get_constant(signature.return_type, float("nan"))
    for index in range(count):
        is_it = builder.icmp_signed("==", place, number(index))
        taken = builder.select(is_it, builder.extract_value(members, index), taken)
    return taken


def record_reader(record: Callable[..., Any], *slots: int | tuple[int, int]) -> Callable[..., Any]:
    """Return a function that reads a law record from a month of the law: ``read(law, month)``.

    Args:
        record: The NamedTuple.
        slots: For each of its fields the slot of a number, or the first slot of a list and the list's length.
    """

    def read(law: Any, month: Any) -> Any:
        row = law[month]
        return record(*(row[slot] if isinstance(slot, int) else tuple(row[slot[0] : sum(slot)]) for slot in slots))

    return read if WITHOUT_COMPILER else _compiled_reader(record, slots)


def _compiled_reader(record: Callable[..., Any], slots: tuple[int | tuple[int, int], ...]) -> Any:
    fields: list[Any] = [types.float64 if isinstance(slot, int) else ListType(types.float64, slot[1]) for slot in slots]
    kind = types.BaseTuple.from_types(fields, record)

    @intrinsic
    def read(typing_context: Any, law: Any, month: Any) -> Any:
        return kind(law, types.intp), generate

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        law = make_array(signature.args[0])(context, builder, arguments[0])
        _, width = cgutils.unpack_tuple(builder, law.shape, 2)
        row = builder.gep(law.data, [builder.mul(arguments[1], width)])

        def number(slot: int) -> Any:
            return builder.load(builder.gep(row, [context.get_constant(types.intp, slot)]))

        values = []
        for slot, field in zip(slots, fields, strict=True):
            if isinstance(slot, int):
                values.append(number(slot))
            else:
                members = [number(slot[0] + place) for place in range(field.count)]
                values.append(context.make_tuple(builder, field, members))
        return context.make_tuple(builder, signature.return_type, values)

    return read
