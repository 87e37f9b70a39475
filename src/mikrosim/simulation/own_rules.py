"""Rules of a reform's own: a Python file whose rules take the place of the law's of the same name, or join them.

The file is run, so it must be one that the user has allowed: a scenario names it, `load_scenario` lets it through.
"""

from __future__ import annotations

import hashlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

from mikrosim.engine.graph import MONTH, RuleBook, collect
from mikrosim.errors import LawError, MikrosimError, Problem

if TYPE_CHECKING:
    from pathlib import Path


def with_own_rules(law: RuleBook, path: Path) -> RuleBook:
    """Return the law's rules with those of a file in place of, or beside, them.

    Raises:
        LawError: The file cannot be run, holds no rules, or its rules do not fit where they should stand.
    """
    own = collect([_module(path)])
    problems = [Problem(str(path), "holds no rules; mark them with @rule from mikrosim.law.rule")]
    if own.rules or own.groups:
        problems = [Problem(name, unfit) for name in (*own.rules, *own.groups) if (unfit := _unfit(name, own, law))]
    if problems:
        raise LawError(str(path), problems)
    return RuleBook(
        {**{name: rule for name, rule in law.rules.items() if name not in own.groups}, **own.rules},
        {**{name: group for name, group in law.groups.items() if name not in own.rules}, **own.groups},
    )


def refuse_with_own_rules(replicates: int, minimum: int | None) -> None:
    """Refuse what cannot be done yet for a scenario with rules of its own: counting the households behind a number."""
    not_yet = "not yet with a scenario that has rules of its own (code)"
    problems = [Problem("replicates", f"{replicates}: {not_yet}; leave it at 0")] if replicates else []
    if minimum is not None:
        problems.append(Problem("population", f"real microdata: {not_yet}; use a made-up population"))
    if problems:
        raise MikrosimError("options", problems)


def _unfit(name: str, own: RuleBook, law: RuleBook) -> str:
    """Return why a rule cannot stand under its name ("" if it can)."""
    other = name.removesuffix(MONTH) if name.endswith(MONTH) else name + MONTH
    if other in law.rules or other in law.groups:
        return f"the law has {other}; give the rule that name to replace it"
    if name not in law.rules and name not in law.groups:
        return ""
    new, old = (book.groups[name].of if name in book.groups else _of(book, name) for book in (own, law))
    return "" if new == old else f"is a {new}'s value, the law's a {old}'s; keep whose it is: @rule(of={old!r})"


def _of(book: RuleBook, name: str) -> str:
    return str(book.rules[name].__rule_of__)  # type: ignore[attr-defined]


def _module(path: Path) -> ModuleType:
    """Return the file as a module, named by what it holds: an edited file is another module."""
    try:
        text = path.read_bytes()
    except OSError as error:
        raise LawError(str(path), f"cannot be read: {error.strerror}") from error
    name = f"mikrosim_own_rules_{hashlib.sha256(text).hexdigest()[:16]}"
    if name not in sys.modules:
        module = ModuleType(name)
        module.__file__ = str(path)
        sys.modules[name] = module  # the compiled program takes its rules from there
        try:
            exec(compile(text, str(path), "exec"), vars(module))
        except Exception as error:
            del sys.modules[name]
            raise LawError(str(path), f"cannot be run: {type(error).__name__}: {error}") from error
    return sys.modules[name]
