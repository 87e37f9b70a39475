"""What a household file may hold, and what is wrong with one that does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from mikrosim.errors import HouseholdError, MikrosimError
from mikrosim.hypothetical.people import OLDEST, relations
from mikrosim.hypothetical.wording import in_words
from mikrosim.parameters.messages import problems_of
from mikrosim.parameters.parameter import FIRST_YEAR, LAST_YEAR
from mikrosim.parameters.values import out_of_bounds
from mikrosim.population.municipalities import municipality

_STRICT = ConfigDict(extra="forbid", strict=True, frozen=True)
BORN = re.compile(r"([0-9]{4})-([0-9]{2})")
MOST_NOK = 1e12
FULL_WEEK = 60
FULL_TRYGDETID = 40
CLASSES_OF_CONTACT = 4
SVALBARD = ("2100", "2111")
"""Statistics Norway's numbers for Svalbard and Spitsbergen, which are no municipalities."""


def _within(low: float, high: float, remedy: str = "") -> AfterValidator:
    """Return a check that a number lies between two others, which says so in words."""

    def check(value: float) -> float:
        problem = out_of_bounds(value, "", low, high)
        if problem:
            raise ValueError(problem + remedy)
        return value

    return AfterValidator(check)


def _number_as_text(value: object) -> object:
    """Return an id such as 1 as the text "1"."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _one_line(value: str) -> str:
    if not value.strip() or not value.isprintable():
        raise ValueError(f"{value!r} is no id; choose a short name such as mor or barn1")
    return value


Amount = Annotated[float, Field(allow_inf_nan=False), _within(0, MOST_NOK)]
SignedAmount = Annotated[float, Field(allow_inf_nan=False), _within(-MOST_NOK, MOST_NOK)]
Degree = Annotated[float, Field(allow_inf_nan=False), _within(0, 1, "; a share: write 0.8 for 80 per cent")]
Month = Annotated[int, _within(1, 12)]
Id = Annotated[str, BeforeValidator(_number_as_text)]


class PersonSpec(BaseModel):
    """One person; amounts are NOK in the income year unless the name says otherwise."""

    model_config = _STRICT
    id: Annotated[Id, AfterValidator(_one_line)]
    born: str
    partner: Id | None = None
    parents: list[Id] = []
    wage: Amount = 0
    wage_from: Month = 1
    wage_to: Month = 12
    self_employment_income: SignedAmount = 0
    pension: Amount = 0
    capital_income: SignedAmount = 0
    interest_paid: Amount = 0
    dividends: Amount = 0
    dagpenger: Amount = 0
    dagpenger_basis: Amount = 0
    dagpenger_degree: Degree | None = None
    dagpenger_from: Month = 1
    dagpenger_to: Month = 12
    aap: Amount = 0
    aap_basis: Amount = 0
    aap_degree: Degree | None = None
    aap_from: Month = 1
    aap_to: Month = 12
    uforetrygd: Amount = 0
    uforetrygd_basis: Amount = 0
    uforetrygd_degree: Degree | None = None
    uforetrygd_from: Month = 1
    uforetrygd_to: Month = 12
    inntekt_for_uforhet: Amount = 0
    sykepenger: Amount = 0
    sykepenger_basis: Amount = 0
    sykepenger_degree: Degree | None = None
    sykepenger_from: Month = 1
    sykepenger_to: Month = 12
    foreldrepenger: Amount = 0
    foreldrepenger_basis: Amount = 0
    foreldrepenger_dekningsgrad: Literal[0, 80, 100] | None = None
    foreldrepenger_fellesdel: Degree | None = None
    svangerskapspenger: Amount = 0
    introduksjonsstonad: Amount = 0
    introduksjonsstonad_degree: Degree = 0
    introduksjonsstonad_from: Month = 1
    introduksjonsstonad_to: Month = 12
    kvalifiseringsstonad: Amount = 0
    kvalifiseringsstonad_degree: Degree = 0
    kvalifiseringsstonad_from: Month = 1
    kvalifiseringsstonad_to: Month = 12
    tiltakspenger: Amount = 0
    tiltakspenger_degree: Degree = 0
    tiltakspenger_from: Month = 1
    tiltakspenger_to: Month = 12
    alderspensjon_uttaksgrad: Degree = 0
    trygdetid: Annotated[int, _within(0, FULL_TRYGDETID)] = FULL_TRYGDETID
    tilleggsstonad_pass_av_barn: Amount = 0
    overgangsstonad_months: Annotated[int, _within(0, 12)] = 0
    other_parent_income: Amount | None = None
    samvaersklasse: Annotated[int, _within(0, CLASSES_OF_CONTACT)] = 0
    child_support_received: Amount = 0
    child_support_paid: Amount = 0
    other_tax_free_transfers: Amount = 0
    union_fee: Amount = 0
    net_wealth: SignedAmount = 0
    primary_home_value: Amount = 0
    income_previous_year: SignedAmount | None = None
    residence_years: Annotated[int, _within(0, OLDEST)] = 99
    student: bool = False
    upper_secondary_pupil: bool = False
    kindergarten_hours: Annotated[float, Field(allow_inf_nan=False), _within(0, FULL_WEEK)] = 0
    kindergarten_start_month: Annotated[int, _within(-1, 12)] = 0
    sfo: Literal["none", "half", "full"] = "none"
    sfo_price_month: Amount | None = None
    shared_residence: bool = False
    lives_alone_with_children: bool = False
    young_disabled: bool = False
    in_arbeidsfradrag_trial: bool = False

    @field_validator("born", mode="before")
    @classmethod
    def _year_and_month(cls, value: object) -> object:
        found = BORN.fullmatch(value) if isinstance(value, str) else None
        if not found or not 1 <= int(found[2]) <= 12:
            given = "an empty value" if value is None else repr(value) if isinstance(value, str) else str(value)
            raise ValueError(f"{given} is not a month of birth; write it as YYYY-MM, such as 1990-05")
        return value

    @field_validator("parents", mode="before")
    @classmethod
    def _as_list(cls, value: object) -> object:
        if isinstance(value, str | int) and not isinstance(value, bool):
            raise ValueError(f"must be a list; write [{value}]")
        return value

    @property
    def birth(self) -> tuple[int, int]:
        """Year and month of birth."""
        year, month = self.born.split("-")
        return int(year), int(month)

    @property
    def sfo_place(self) -> Literal["none", "half", "full"]:
        """The place in SFO; a full one where only its price is given."""
        return self.sfo if "sfo" in self.model_fields_set or not self.sfo_price_month else "full"


OSLO = "0301"


class HouseholdKeys(BaseModel):
    """Where and how the household lives."""

    model_config = _STRICT
    municipality: str = OSLO
    centrality: Annotated[int, _within(1, 6)] | None = None
    tiltakssone: bool | None = None
    tenure: Literal["owner", "cooperative", "renter", "municipal_renter"] = "owner"
    housing_cost_month: Amount = 0
    cohabiting: bool = False
    take_up: float = Field(default=0, ge=0, le=1, allow_inf_nan=False)

    @field_validator("municipality", mode="before")
    @classmethod
    def _number(cls, value: object) -> object:
        if isinstance(value, bool) or not isinstance(value, str | int):
            given = "an empty value" if value is None else value
            raise ValueError(f"{given} is not a municipality number; write it as text, such as {OSLO!r}")
        text = str(value)
        if text in SVALBARD:
            return text
        try:
            return f"{municipality(text).number:04d}"
        except MikrosimError as error:
            raise ValueError(error.problems[0].message) from None


def _with_law(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"no law for {year}; choose a year from {FIRST_YEAR} to {LAST_YEAR}")
    return year


class HouseholdSpec(BaseModel):
    """A household file."""

    model_config = _STRICT
    year: Annotated[int, AfterValidator(_with_law)]
    household: HouseholdKeys = HouseholdKeys()
    persons: list[PersonSpec] = Field(min_length=1)


_KEYS = [
    *HouseholdSpec.model_fields,
    *HouseholdKeys.model_fields,
    *PersonSpec.model_fields,
]
_OF = {
    "a person": frozenset(PersonSpec.model_fields),
    "household": frozenset(HouseholdKeys.model_fields),
    "the file": frozenset(HouseholdSpec.model_fields),
}
"""Where each key belongs."""


def read_spec(data: object, source: str, year: int | None = None) -> HouseholdSpec:
    """Return the checked household; ``year`` takes the place of the file's.

    Raises:
        HouseholdError: With everything that is wrong.
    """
    data = _plain(data)
    if not isinstance(data, dict):
        raise HouseholdError(source, "must hold year, household and persons (name: value)")
    if year is not None:
        data = {**data, "year": year}
    try:
        spec = HouseholdSpec.model_validate(data)
    except ValidationError as error:
        problems = [in_words(problem, data, _OF) for problem in problems_of(error, _KEYS)]
        raise HouseholdError(source, problems) from None
    problems = relations(spec.persons, spec.year)
    if problems:
        raise HouseholdError(source, problems)
    return spec


def _plain(value: object) -> Any:
    """Return a caller's mappings, tuples and NumPy numbers as dicts, lists and plain numbers."""
    if isinstance(value, Mapping):
        return {_number_as_text(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.item() if isinstance(value, np.generic) else value
