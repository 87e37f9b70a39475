"""What a household file may hold, and what is wrong with one that does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from mikrosim.errors import HouseholdError, MikrosimError, Problem, did_you_mean
from mikrosim.parameters.messages import problems_of
from mikrosim.parameters.parameter import FIRST_YEAR, LAST_YEAR
from mikrosim.population.municipalities import municipality

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
BORN = re.compile(r"(\d{4})-(\d{2})")
MOST_NOK = 1e12
OLDEST = 120
YOUNGEST_PARENT = 12
SVALBARD = ("2100", "2111")
"""Statistics Norway's numbers for Svalbard and Spitsbergen, which are no municipalities."""

Amount = Annotated[float, Field(ge=0, le=MOST_NOK, allow_inf_nan=False)]
SignedAmount = Annotated[float, Field(ge=-MOST_NOK, le=MOST_NOK, allow_inf_nan=False)]


class PersonSpec(BaseModel):
    """One person; amounts are NOK in the income year unless the name says otherwise."""

    model_config = _STRICT
    id: str = Field(min_length=1)
    born: str
    partner: str | None = None
    parents: list[str] = []
    wage: Amount = 0
    self_employment_income: SignedAmount = 0
    pension: Amount = 0
    capital_income: SignedAmount = 0
    interest_paid: Amount = 0
    dividends: Amount = 0
    dagpenger: Amount = 0
    aap: Amount = 0
    uforetrygd: Amount = 0
    sykepenger: Amount = 0
    foreldrepenger: Amount = 0
    introduksjonsstonad: Amount = 0
    kvalifiseringsstonad: Amount = 0
    tiltakspenger: Amount = 0
    tilleggsstonad_pass_av_barn: Amount = 0
    overgangsstonad_months: int = Field(default=0, ge=0, le=12)
    child_support_received: Amount = 0
    child_support_paid: Amount = 0
    other_tax_free_transfers: Amount = 0
    union_fee: Amount = 0
    net_wealth: SignedAmount = 0
    primary_home_value: Amount = 0
    income_previous_year: SignedAmount | None = None
    residence_years: int = Field(default=99, ge=0, le=OLDEST)
    student: bool = False
    upper_secondary_pupil: bool = False
    kindergarten_hours: Annotated[float, Field(ge=0, le=60)] = 0
    kindergarten_start_month: int = Field(default=0, ge=-1, le=12)
    sfo: Literal["none", "half", "full"] = "none"
    sfo_price_month: Amount | None = None
    shared_residence: bool = False
    lives_alone_with_children: bool = False
    young_disabled: bool = False

    @field_validator("born")
    @classmethod
    def _year_and_month(cls, value: str) -> str:
        found = BORN.fullmatch(value)
        if not found or not 1 <= int(found[2]) <= 12:
            raise ValueError(f"{value!r} is not a month of birth; write it as YYYY-MM, such as 1990-05")
        return value

    @property
    def birth(self) -> tuple[int, int]:
        """Year and month of birth."""
        year, month = self.born.split("-")
        return int(year), int(month)


class HouseholdKeys(BaseModel):
    """Where and how the household lives."""

    model_config = _STRICT
    municipality: str = "0301"
    centrality: int | None = Field(default=None, ge=1, le=6)
    tiltakssone: bool | None = None
    tenure: Literal["owner", "cooperative", "renter", "municipal_renter"] = "owner"
    housing_cost_month: Amount = 0
    take_up: float = Field(default=0, ge=0, le=1, allow_inf_nan=False)

    @field_validator("municipality", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        text = f"{value:04d}" if isinstance(value, int) and not isinstance(value, bool) else value
        if isinstance(text, str) and text not in SVALBARD:
            try:
                return f"{municipality(text).number:04d}"
            except MikrosimError as error:
                raise ValueError(error.problems[0].message) from None
        return text


class HouseholdSpec(BaseModel):
    """A household file."""

    model_config = _STRICT
    year: int
    household: HouseholdKeys = HouseholdKeys()
    persons: list[PersonSpec] = Field(min_length=1)


_KEYS = [
    *HouseholdSpec.model_fields,
    *HouseholdKeys.model_fields,
    *PersonSpec.model_fields,
]


def read_spec(data: object, source: str, year: int | None = None) -> HouseholdSpec:
    """Return the checked household; ``year`` takes the place of the file's.

    Raises:
        HouseholdError: With everything that is wrong.
    """
    if not isinstance(data, dict):
        raise HouseholdError(source, "must hold year, household and persons (name: value)")
    if year is not None:
        data = {**data, "year": year}
    try:
        spec = HouseholdSpec.model_validate(data)
    except ValidationError as error:
        problems = [_in_words(problem, data) for problem in problems_of(error, _KEYS)]
        raise HouseholdError(source, problems) from None
    problems = _year(spec) + _persons(spec)
    if problems:
        raise HouseholdError(source, problems)
    return spec


def _in_words(problem: Problem, data: Mapping[str, Any]) -> Problem:
    """Return the problem with a person's id in the place of the number in the list."""
    found = re.match(r"persons\.(\d+)(.*)", problem.place)
    if not found:
        return problem
    person = data["persons"][int(found[1])]
    name = person.get("id", found[1]) if isinstance(person, dict) else found[1]
    return Problem(f"persons.{name}{found[2]}", problem.message)


def _year(spec: HouseholdSpec) -> list[Problem]:
    if FIRST_YEAR <= spec.year <= LAST_YEAR:
        return []
    return [Problem("year", f"no law for {spec.year}; choose a year from {FIRST_YEAR} to {LAST_YEAR}")]


def _persons(spec: HouseholdSpec) -> list[Problem]:
    by_id = {person.id: person for person in spec.persons}
    problems = []
    seen: set[str] = set()
    for person in spec.persons:
        place = f"persons.{person.id}"
        if person.id in seen:
            problems.append(Problem(f"{place}.id", "given twice; every person needs an id of their own"))
        seen.add(person.id)
        problems += _birth(person, spec.year, place) + _partner(person, by_id, place)
        problems += _parents(person, by_id, place)
    return problems


def _birth(person: PersonSpec, year: int, place: str) -> list[Problem]:
    born, _ = person.birth
    if born > year:
        return [Problem(f"{place}.born", f"{person.born} lies after the income year {year}: a negative age")]
    if year - born > OLDEST:
        return [Problem(f"{place}.born", f"{person.born} makes the person {year - born} years old")]
    return []


def _partner(person: PersonSpec, by_id: Mapping[str, PersonSpec], place: str) -> list[Problem]:
    if person.partner is None:
        return []
    partner = by_id.get(person.partner)
    if partner is None:
        return [Problem(f"{place}.partner", _nobody(person.partner, by_id))]
    if partner is person:
        return [Problem(f"{place}.partner", "a person cannot be their own partner")]
    if partner.partner not in (None, person.id):
        return [Problem(f"{place}.partner", f"{partner.id}'s partner is {partner.partner}; the two must agree")]
    others = [one.id for one in by_id.values() if one.partner == partner.id and one is not person]
    if others:
        return [Problem(f"{place}.partner", f"{partner.id} is also the partner of {', '.join(others)}")]
    return []


def _parents(person: PersonSpec, by_id: Mapping[str, PersonSpec], place: str) -> list[Problem]:
    place = f"{place}.parents"
    problems = []
    if len(person.parents) > 2:
        problems.append(Problem(place, f"{len(person.parents)} parents; give at most two, the first receives"))
    if len(set(person.parents)) < len(person.parents):
        problems.append(Problem(place, "the same parent twice"))
    for name in person.parents:
        parent = by_id.get(name)
        if parent is None:
            problems.append(Problem(place, _nobody(name, by_id)))
            continue
        older = person.birth[0] - parent.birth[0] + (person.birth[1] - parent.birth[1]) / 12
        if older <= 0:
            message = f"{person.id} (born {person.born}) is older than the parent {name} (born {parent.born})"
            problems.append(Problem(place, message))
        elif older < YOUNGEST_PARENT:
            problems.append(Problem(place, f"{name} was only {older:.0f} years old at the birth of {person.id}"))
    return problems


def _nobody(name: str, by_id: Mapping[str, PersonSpec]) -> str:
    return f"no person has the id {name}{did_you_mean(name, by_id)}"
