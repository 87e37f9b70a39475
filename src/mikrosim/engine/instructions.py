"""What moves ask of the compiler and the processor that Python has no words for; without numba's compiler, nothing."""

# numba's own functions have no types.
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic
from numba.np.arrayobj import make_array

from mikrosim.engine.compiled import WITHOUT_COMPILER

TO_READ, SECOND_CACHE, DATA = 0, 2, 1
"""What `llvm.prefetch` is told: the purpose, how near to bring it, and of what kind it is."""


def stay_apart() -> None:
    """Keep the function that calls this from being copied to each of the many places where it is called itself."""


def prefetch(values: Any, row: Any) -> None:
    """Ask for the part of the memory around a row; a row beyond the end is no error."""


@intrinsic
def _stay_apart(typing_context: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.function.attributes.add("noinline")
        return context.get_dummy_value()

    return types.void(), generate


@intrinsic
def _prefetch(typing_context: Any, values: Any, row: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data = make_array(signature.args[0])(context, builder, arguments[0]).data
        place = builder.bitcast(builder.gep(data, [arguments[1]]), ir.IntType(8).as_pointer())
        flags = [ir.Constant(ir.IntType(32), flag) for flag in (TO_READ, SECOND_CACHE, DATA)]
        kind = ir.FunctionType(ir.VoidType(), [place.type, *(flag.type for flag in flags)])
        builder.call(builder.module.declare_intrinsic("llvm.prefetch", [place.type], kind), [place, *flags])
        return context.get_dummy_value()

    return types.void(values, row), generate


if not WITHOUT_COMPILER:
    stay_apart, prefetch = _stay_apart, _prefetch  # type: ignore[assignment]
