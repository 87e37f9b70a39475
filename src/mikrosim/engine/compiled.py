"""Compiling the generated module: its steps first and cheaply, then the kernel around them."""

from __future__ import annotations

import importlib.util
import inspect
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from numba import types
from numba.core import config
from numba.extending import register_jitable

from mikrosim.engine.callees import marked_functions

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

STEP_OPTIONS: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "no_cpython_wrapper": True,
    "no_cfunc_wrapper": True,
}
OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "cache": True}

STEP_LEVEL = 1
"""LLVM's optimisation of a step by itself: at 3 the tests' country takes 14 s of processor time, at 1 it takes 8. The
process that compiles runs these steps, later ones those that were optimised with the kernel; at 0 the former are slow
(0.8 against 15 million persons a second)."""

SETTINGS: Any = config
WITHOUT_COMPILER: bool = bool(SETTINGS.DISABLE_JIT)
"""Whether numba runs everything as plain Python."""

FRAME = {
    "begin": types.int64,
    "end": types.int64,
    "b": types.int64,
    "k": types.int64,
    "blocks": types.Array(types.int64, 2, "C", readonly=True),
    "laws": types.Array(types.float64, 3, "C", readonly=True),
    "dirty": types.Array(types.boolean, 2, "C", readonly=True),
    "year": types.int64,
    "scratch": types.Array(types.float64, 1, "C"),
    "offsets": types.Array(types.uint64, 2, "C", readonly=True),
    "law": types.Array(types.float64, 2, "C", readonly=True),
    "needed": types.Array(types.boolean, 1, "C", readonly=True),
    "place": types.Array(types.uint64, 1, "C", readonly=True),
    "sums": types.Array(types.float64, 3, "C"),
}
OUT = types.Array(types.float64, 2, "C")
LINK = types.Array(types.int32, 1, "C", readonly=True)


def let_compiled_code_call(*rules: Callable[..., Any]) -> None:
    """Let compiled code call the rules and what they call; for everyone else they stay plain functions."""
    for functions in marked_functions({rule.__module__ for rule in rules}).values():
        for function in functions:
            _register(function)


@cache
def _register(function: Callable[..., Any]) -> None:
    register_jitable(error_model="numpy")(function)


@cache
def load_kernel(path: Path) -> ModuleType:
    """Return the generated module at the path."""
    spec = importlib.util.spec_from_file_location(f"mikrosim_kernel_{path.parent.name}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # numba looks the module up by name when it loads machine code from disk
    spec.loader.exec_module(module)
    return module


def compile_kernel(module: ModuleType) -> None:
    """Compile the module's steps with little optimising and then the kernel with all of it.

    Left to itself numba would optimise every rule, then every step with the rules in it, then the kernel
    with the steps in it: three times the work. Does nothing with ``NUMBA_DISABLE_JIT=1``.
    """
    if not hasattr(module.kernel, "py_func"):
        return
    steps = [value for name, value in vars(module).items() if name.startswith("step_") or name == "leave"]
    chosen = SETTINGS.OPT
    SETTINGS.OPT = type(chosen)(STEP_LEVEL)
    try:
        for step in steps:
            _compile(step, module)
    finally:
        SETTINGS.OPT = chosen
    _compile(module.kernel, module)


def _compile(function: Any, module: ModuleType) -> None:
    names = inspect.signature(function.py_func).parameters
    function.compile(tuple(_type(name, module.COLUMN_TYPES) for name in names))


def _type(name: str, columns: dict[str, str]) -> Any:
    if name in FRAME:
        return FRAME[name]
    if name in columns:
        return types.Array(getattr(types, columns[name].replace("bool", "boolean")), 1, "C", readonly=True)
    return OUT if name.startswith("out_") else LINK
