"""Who belongs to whom in a household: partners, parents, and what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mikrosim.errors import Problem, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from mikrosim.hypothetical.spec import PersonSpec

    People = Mapping[str, PersonSpec]

OLDEST = 120
YOUNGEST_PARENT = 12
YOUNGEST_PARTNER = 16


def partners(persons: Sequence[PersonSpec]) -> dict[str, str]:
    """Return everyone's partner, by id, whichever of the two says so.

    Two parents of a child who both live in the household, and have no other partner there, are a couple: by
    barnetrygdloven § 9 neither of them is alone with the child.
    """
    found: dict[str, str] = {}
    for person in persons:
        if person.partner is not None:
            found[person.id] = person.partner
            found[person.partner] = person.id
    together: dict[str, set[str]] = {}
    for person in persons:
        if len(person.parents) == 2:
            first, second = person.parents
            together.setdefault(first, set()).add(second)
            together.setdefault(second, set()).add(first)
    for one, others in together.items():
        free = others - found.keys()
        if one not in found and len(free) == 1 and together[min(free)] - found.keys() == {one}:
            found |= {one: min(free), min(free): one}
    return found


def relations(persons: Sequence[PersonSpec], year: int) -> list[Problem]:
    """Return all that is wrong with ids, ages, partners and parents."""
    by_id = {person.id: person for person in persons}
    if len(by_id) < len(persons):
        ids = [person.id for person in persons]
        return [
            Problem(f"persons.{name}.id", "given twice; every person needs an id of their own")
            for name in by_id
            if ids.count(name) > 1
        ]
    problems: list[Problem] = []
    for person in persons:
        place = f"persons.{person.id}"
        problems += [Problem(f"{place}.born", message) for message in _birth(person, year)]
        problems += [Problem(f"{place}.partner", message) for message in _partner(person, by_id, year)]
        problems += [Problem(f"{place}.parents", message) for message in _parents(person, by_id)]
        problems += [Problem(f"{place}.{benefit}_to", message) for benefit, message in _months(person)]
    return problems


def _birth(person: PersonSpec, year: int) -> Iterator[str]:
    born, _ = person.birth
    if born > year:
        yield f"{person.born} lies after the income year {year}: a negative age"
    if year - born > OLDEST:
        yield f"{person.born} makes the person {year - born} years old"


def _partner(person: PersonSpec, by_id: People, year: int) -> Iterator[str]:
    if person.partner is None:
        return
    partner = by_id.get(person.partner)
    if partner is None:
        yield _nobody(person.partner, by_id)
        return
    if partner is person:
        yield "a person cannot be their own partner"
        return
    if person.id in partner.parents or partner.id in person.parents:
        yield f"{partner.id} is {person.id}'s {'child' if person.id in partner.parents else 'parent'}, not partner"
    if partner.partner not in (None, person.id):
        yield f"{partner.id}'s partner is {partner.partner}; the two must agree"
    others = [one.id for one in by_id.values() if one.partner == partner.id and one is not person]
    if others and partner.partner is None:
        yield f"{partner.id} is also the partner of {', '.join(others)}"
    for one in (person, partner):
        if year - one.birth[0] < YOUNGEST_PARTNER:
            yield f"{one.id} (born {one.born}) is too young for a partner"


def _parents(person: PersonSpec, by_id: People) -> Iterator[str]:
    if len(person.parents) > 2:
        yield f"{len(person.parents)} parents; give at most two, the first receives"
    if len(set(person.parents)) < len(person.parents):
        yield "the same parent twice"
    for name in dict.fromkeys(person.parents):
        parent = by_id.get(name)
        if parent is None:
            yield _nobody(name, by_id)
            continue
        if parent is person:
            yield "a person cannot be their own parent"
            continue
        older = person.birth[0] - parent.birth[0] + (person.birth[1] - parent.birth[1]) / 12
        if older <= 0:
            yield f"{person.id} (born {person.born}) is older than the parent {name} (born {parent.born})"
        elif older < YOUNGEST_PARENT:
            yield f"{name} was only {int(older)} years old at the birth of {person.id}"


def _months(person: PersonSpec) -> Iterator[tuple[str, str]]:
    """Yield the benefits whose last month comes before their first; work may run on past December."""
    for name in type(person).model_fields:
        benefit = name.removesuffix("_from")
        if benefit not in (name, "wage") and getattr(person, f"{benefit}_to") < getattr(person, name):
            yield benefit, f"month {getattr(person, f'{benefit}_to')} is before {name}, {getattr(person, name)}"


def _nobody(name: str, by_id: People) -> str:
    return f"no person has the id {name}{did_you_mean(name, by_id)}"
