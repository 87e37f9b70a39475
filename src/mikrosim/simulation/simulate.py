"""`mikrosim.simulate`: what the rules give for every person or household, as an Arrow table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.errors import MikrosimError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from mikrosim.parameters import Policy
    from mikrosim.population import Population


def simulate(
    policy: Policy,
    population: str | Path | Population,
    outputs: Sequence[str],
    *,
    threads: int | None = None,
) -> pa.Table:
    """Return yearly values under a law for every person, or for every household.

    Args:
        policy: The law, from `mikrosim.baseline(year)` or a scenario's `policy()`.
        population: `default`, a population folder, or a population loaded before.
        outputs: Names of rules or of the population's columns, all of persons or all of households.
        threads: How many threads share the work; as many as there are processors by default.

    Returns:
        One row per person, with `person_id` and `household_id`, or one per household, with `household_id`;
        then the outputs in the order asked for.

    Raises:
        MikrosimError: Names that nothing computes, or persons' and households' values asked for together.
    """
    import pyarrow as pa

    from mikrosim.simulation.compute import entities_of, prepare
    from mikrosim.simulation.rules import rule_book
    from mikrosim.simulation.run import as_population

    people = as_population(population).at_year(policy.year)
    if isinstance(outputs, str) or not outputs:
        raise MikrosimError("outputs", 'give a list of names, such as ["barnetrygd"]')
    wanted = tuple(dict.fromkeys(outputs))
    entities = entities_of(wanted, people, policy.code)
    level = entities[wanted[0]]
    if level not in ("person", "household") or set(entities.values()) != {level}:
        raise MikrosimError("outputs", _mixed(entities))
    household_ids = people.households["household_id"]
    own = {**people.persons, **people.incomes[0]} if level == "person" else people.households
    rules = set(rule_book(policy.code).names)
    computed = [name for name in wanted if name in rules]
    if computed:
        result = prepare(people, policy.year, computed, code=policy.code, threads=threads).run([policy])
        own = own | {name: values[0] for name, values in result.columns.items()}
    if level == "household":
        ids = {"household_id": household_ids}
    else:
        ids = {
            "person_id": people.persons["person_id"],
            "household_id": household_ids[people.persons["household"]],
        }
    return pa.table(ids | {name: own[name] for name in wanted if name not in ids})


def _mixed(entities: Mapping[str, str]) -> list[Problem]:
    hint = "ask for values of persons or of households, one level at a time"
    return [Problem(name, f"a {entity}'s value; {hint}") for name, entity in entities.items()]
