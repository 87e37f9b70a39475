"""The whole law held together: every parameter belongs to a law record, and every record to parameters."""

from __future__ import annotations

import importlib
import importlib.util
import inspect
import sys
from typing import TYPE_CHECKING, NamedTuple, get_args, get_origin, get_type_hints

from mikrosim.errors import LawError, Problem, did_you_mean
from mikrosim.parameters.law import Law, load_law
from mikrosim.parameters.load import LAW_FOLDER
from mikrosim.parameters.parameter import Parameter, path_prefix

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType


def check_law(folder: Path | None = None) -> list[Problem]:
    """Return all that is wrong with the law's files: the package's own law, or another folder's."""
    try:
        law = load_law(folder)
    except LawError as error:
        return [Problem(f"{error.source} {problem.place}".strip(), problem.message) for problem in error.problems]
    problems: list[Problem] = []
    for path in sorted((folder or LAW_FOLDER).glob("*/*")):
        name = f"{path.parent.name}/{path.name}"
        if path.suffix == ".yaml" and not path.with_suffix(".py").exists():
            problems.append(Problem(name, f"has no rules beside it ({path.stem}.py)"))
        elif path.suffix == ".py" and path.stem != "__init__":
            try:
                module = rule_module(path, own=folder is None)
                hints = [(record, get_type_hints(record)) for record in records_of(module)]
            except Exception as error:  # whatever a module fails with is a finding
                problems.append(Problem(name, f"cannot be imported: {type(error).__name__}: {error}"))
                continue
            problems.extend(_record_problems(law, name, path_prefix(f"{path.parent.name}.{path.stem}"), hints))
            problems.extend(_rule_problems(name, module))
    return problems


def rule_module(path: Path, *, own: bool) -> ModuleType:
    """Return the imported rule module of a file, of the package or of another law folder."""
    if own:
        return importlib.import_module(f"mikrosim.law.{path.parent.name}.{path.stem}")
    name = f"_law_{abs(hash(path))}.{path.parent.name}.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def records_of(module: ModuleType) -> list[type]:
    """Return the law records (NamedTuple classes) that a module defines."""
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, tuple)
        and hasattr(value, "_fields")
        and value.__module__ == module.__name__
    ]


class RuleDoc(NamedTuple):
    """What a rule says of itself."""

    name: str
    sentence: str
    statute: str


def rules_of(module: ModuleType) -> list[RuleDoc]:
    """Return the rules that a module defines, in its order."""
    rules = []
    for name, value in vars(module).items():
        if inspect.isfunction(value) and hasattr(value, "__rule_of__") and value.__module__ == module.__name__:
            lines = [line.strip() for line in (inspect.getdoc(value) or "").splitlines()]
            statutes = [line.removeprefix("Statute:").strip() for line in lines if line.startswith("Statute:")]
            rules.append(RuleDoc(name, lines[0] if lines else "", " ".join(statutes)))
    return rules


def _rule_problems(name: str, module: ModuleType) -> list[Problem]:
    return [
        Problem(f"{name} {rule.name}", f"the rule's docstring has no {what}")
        for rule in rules_of(module)
        for what, text in (("sentence", rule.sentence), ("Statute: line", rule.statute))
        if not text
    ]


def _record_problems(law: Law, name: str, prefix: str, records: list[tuple[type, dict[str, object]]]) -> list[Problem]:
    own = {
        path.rpartition(".")[2]: parameter
        for path, parameter in law.parameters.items()
        if path.rpartition(".")[0] == prefix
    }
    used: set[str] = set()
    problems: list[Problem] = []
    for record, hints in records:
        for field, hint in hints.items():
            used.add(field)
            place = f"{name} {record.__name__}.{field}"
            if field not in own:
                problems.append(Problem(place, f"has no parameter in {prefix}{did_you_mean(field, own)}"))
            elif own[field].moves:
                problems.append(Problem(place, "only moves other parameters; use those"))
            else:
                problems.extend(_type_problems(place, hint, own[field]))
    problems.extend(
        Problem(f"{name} {parameter.path}", f"no law record has the field {leaf}: nothing uses it")
        for leaf, parameter in own.items()
        if leaf not in used and not parameter.moves
    )
    return problems


def _type_problems(place: str, hint: object, parameter: Parameter) -> list[Problem]:
    expected = f"a tuple of {parameter.length} floats" if parameter.is_list else "float"
    if parameter.is_list:
        fits = get_origin(hint) is tuple and get_args(hint) == (float,) * parameter.length
    else:
        fits = hint is float
    return [] if fits else [Problem(place, f"must be {expected}, as its parameter is, not {_shown(hint)}")]


def _shown(hint: object) -> str:
    return hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint)
