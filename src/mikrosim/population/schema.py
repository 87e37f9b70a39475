"""What a population consists of: every column with its type, unit, meaning and origin.

A population is a folder of Arrow IPC files: ``households``, ``persons`` and three times the same income
columns, for the income year and the two years before it. Persons lie sorted by household; links between
persons and to the household are row numbers, so that the engine reads the mapped files as they are.
All three income years are expressed in the income year's kroner: one year's law is applied to each.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Literal, NamedTuple

Dtype = Literal["bool", "int8", "int16", "int32", "int64", "float32", "float64"]
Origin = Literal["drawn", "calibrated", "computed", "illustrative"]
"""Where the default population's values come from: ``calibrated`` columns enter published targets, ``drawn`` ones
follow published shares without being a target, ``computed`` ones follow from others, ``illustrative`` ones are
plausible and rest on no published figure."""

SCHEMA_VERSION = 3


class HouseholdType(IntEnum):
    """Statistics Norway's types of private household."""

    ALONE = 1
    COUPLE = 2
    MARRIED_WITH_CHILDREN = 3
    COHABITING_WITH_CHILDREN = 4
    SINGLE_PARENT = 5
    ADULT_CHILDREN = 6
    MULTI_WITHOUT_CHILDREN = 7
    MULTI_WITH_CHILDREN = 8


class Tenure(IntEnum):
    """How a household holds its dwelling."""

    OWNER = 0
    COOPERATIVE = 1
    RENTER = 2
    MUNICIPAL_RENTER = 3


class Column(NamedTuple):
    """One column: its name, NumPy type, unit, what it means, and its origin in the default population."""

    name: str
    dtype: Dtype
    unit: str
    meaning: str
    origin: Origin = "drawn"


def _spell(name: str, meaning: str, origin: Origin, *, basis: bool = False) -> tuple[Column, ...]:
    """Return the columns that a benefit is computed from: how much of it, in which months, and on what basis."""
    columns = (
        Column(f"{name}_degree", "float32", "share", f"{meaning}: part of a full one while it runs, 0 none", origin),
        Column(f"{name}_from", "int8", "month", f"{meaning}: its first month in the year, 0 none", "illustrative"),
        Column(f"{name}_to", "int8", "month", f"{meaning}: its last month in the year, 0 none", "illustrative"),
    )
    if not basis:
        return columns
    return (*columns, Column(f"{name}_basis", "int32", "NOK a year", f"{meaning}: earnings it replaces", "drawn"))


HOUSEHOLDS: tuple[Column, ...] = (
    Column("household_id", "int64", "number", "the household's number, unique", "computed"),
    Column("weight", "float64", "households", "how many households of Norway it stands for", "calibrated"),
    Column("municipality", "int16", "code", "kommunenummer of 2024 (301 is Oslo)", "calibrated"),
    Column("centrality", "int8", "class 1-6", "SSB's centrality class of the municipality, 1 most central",
           "calibrated"),
    Column("in_tiltakssone", "bool", "yes/no", "the municipality lies in Finnmark or Nord-Troms' zone", "calibrated"),
    Column("on_svalbard", "bool", "yes/no", "the household lives on Svalbard; nobody in the default population",
           "computed"),
    Column("household_type", "int8", "code", "; ".join(f"{one.value} {one.name.lower()}" for one in HouseholdType),
           "calibrated"),
    Column("tenure", "int8", "code", "; ".join(f"{one.value} {one.name.lower()}" for one in Tenure), "drawn"),
    Column("housing_cost_month", "int32", "NOK a month", "rent, or interest and running costs of an owned dwelling",
           "illustrative"),
    Column("student_household", "bool", "yes/no", "the member with the largest income is a student", "computed"),
    Column("take_up", "float32", "share", "the household's draw, uniform on 0-1, that a take-up rate is held against",
           "drawn"),
)  # fmt: skip

PERSONS: tuple[Column, ...] = (
    Column("person_id", "int64", "number", "the person's number, unique", "computed"),
    Column("household", "int32", "row", "row of the household; never falls from one person to the next", "computed"),
    Column("birth_year", "int16", "year", "year of birth", "calibrated"),
    Column("birth_month", "int8", "1-12", "month of birth"),
    Column("sex", "int8", "code", "1 man; 2 woman", "calibrated"),
    Column("partner", "int32", "row or -1", "row of the spouse or cohabitant", "calibrated"),
    Column("mother", "int32", "row or -1", "row of the mother (first parent), if she lives in the household",
           "calibrated"),
    Column("father", "int32", "row or -1", "row of the father (second parent), if he lives in the household",
           "calibrated"),
    Column("immigrant_background", "int8", "code", "0 none; 1 immigrant; 2 Norwegian-born to immigrant parents",
           "calibrated"),
    Column("residence_years", "int16", "years", "completed years of residence in Norway"),
    Column("trygdetid", "int8", "years", "years of insurance that count for pensions, at most 40", "computed"),
    Column("student", "bool", "yes/no", "in tertiary education", "drawn"),
    Column("upper_secondary_pupil", "bool", "yes/no", "in upper secondary school", "drawn"),
    Column("shared_residence", "bool", "yes/no", "child with delt bosted: half of the barnetrygd is paid here; never "
           "so in the default population, where the other parent's household is not linked", "computed"),
    Column("samvaersklasse", "int8", "class 0-4", "child: how much the parent who lives elsewhere has it, 0 none",
           "illustrative"),
    Column("lives_alone_with_children", "bool", "yes/no", "single provider who claims utvidet barnetrygd", "drawn"),
    Column("young_disabled", "bool", "yes/no", "has uforetrygd as ung ufor: disabled before the age of 26", "computed"),
    Column("in_arbeidsfradrag_trial", "bool", "yes/no", "drawn by lot to the trial of arbeidsfradrag for the young",
           "illustrative"),
    Column("kindergarten_hours", "int8", "hours a week", "agreed time in kindergarten at the end of the year, 0 none",
           "calibrated"),
    Column("kindergarten_start_month", "int8", "month", "month of the year in which the place begins; 0 all year; -1 "
           "as soon as the child has a right to one", "drawn"),
    Column("sfo", "int8", "code", "after-school care in the autumn: 0 none; 1 half; 2 full", "drawn"),
    Column("sfo_price_month", "int32", "NOK a month", "the parents' bill for the place before the 6 % rule, net of "
           "free hours; -1 stands for the national average price with free hours by rule", "computed"),
)  # fmt: skip

INCOMES: tuple[Column, ...] = (
    Column("wage", "int32", "NOK a year", "wages and salaries", "calibrated"),
    Column("wage_from", "int8", "month", "first month of the year in which the wage was earned; 1 without any",
           "illustrative"),
    Column("wage_to", "int8", "month", "last month in which it was earned; before wage_from where work ran on past "
           "December and the wage falls on both ends of the year; 12 without any", "illustrative"),
    Column("self_employment_income", "int32", "NOK a year", "income from own business, personinntekt", "drawn"),
    Column("pension", "int32", "NOK a year", "old-age pension, occupational pension and AFP", "calibrated"),
    Column("capital_income", "int32", "NOK a year", "interest received, rent and gains, without dividends", "drawn"),
    Column("interest_paid", "int32", "NOK a year", "interest on debt", "illustrative"),
    Column("dividends", "int32", "NOK a year", "dividends on shares, before the adjustment factor", "illustrative"),
    Column("dagpenger_given", "int32", "NOK a year", "unemployment benefit that is given, not computed from a basis",
           "illustrative"),
    *_spell("dagpenger", "unemployment benefit", "drawn", basis=True),
    Column("aap_given", "int32", "NOK a year", "work assessment allowance that is given, not computed", "illustrative"),
    *_spell("aap", "work assessment allowance", "calibrated", basis=True),
    Column("uforetrygd_given", "int32", "NOK a year", "disability benefit that is given, not computed", "illustrative"),
    *_spell("uforetrygd", "disability benefit", "calibrated", basis=True),
    Column("inntekt_for_uforhet", "int32", "NOK a year", "income before disability, uprated; 0 stands for the basis",
           "illustrative"),
    Column("sykepenger_given", "int32", "NOK a year", "sickness benefit from folketrygden that is given, not computed",
           "illustrative"),
    *_spell("sykepenger", "sickness benefit from folketrygden", "calibrated", basis=True),
    Column("foreldrepenger_given", "int32", "NOK a year", "parental benefit that is given, not computed",
           "illustrative"),
    Column("foreldrepenger_basis", "int32", "NOK a year", "earnings that parental benefit is computed from", "drawn"),
    Column("foreldrepenger_dekningsgrad", "int8", "per cent", "parental benefit at 100 or 80 per cent; 0 no claim",
           "drawn"),
    Column("foreldrepenger_fellesdel", "float32", "share", "part of the parents' common period that this parent takes",
           "drawn"),
    Column("svangerskapspenger", "int32", "NOK a year", "pregnancy benefit, given", "illustrative"),
    Column("introduksjonsstonad_given", "int32", "NOK a year", "introduction benefit that is given, not computed",
           "illustrative"),
    *_spell("introduksjonsstonad", "introduction benefit for newly settled refugees", "illustrative"),
    Column("kvalifiseringsstonad_given", "int32", "NOK a year", "qualification benefit that is given, not computed",
           "illustrative"),
    *_spell("kvalifiseringsstonad", "qualification programme benefit", "illustrative"),
    Column("tiltakspenger_given", "int32", "NOK a year", "allowance for labour market measures that is given, tax-free",
           "illustrative"),
    *_spell("tiltakspenger", "allowance for labour market measures, tax-free", "illustrative"),
    Column("alderspensjon_uttaksgrad", "float32", "share", "part of the full old-age pension that is drawn; 0 where "
           "none is, and no minimum level applies", "drawn"),
    Column("tilleggsstonad_pass_av_barn", "int32", "NOK a year", "allowance for child care to participants in measures "
           "and education, tax-free", "illustrative"),
    Column("other_parent_income", "int32", "NOK a year", "of a child whose other parent lives elsewhere: that parent's "
           "income; -1 not known, and no child support is computed", "illustrative"),
    Column("child_support_received", "int32", "NOK a year", "child maintenance received that is given", "illustrative"),
    Column("child_support_paid", "int32", "NOK a year", "child maintenance paid", "illustrative"),
    Column("union_fee", "int32", "NOK a year", "fee to a trade union", "illustrative"),
    Column("income_previous_year", "int32", "NOK a year", "taxable personal and capital income of the year before",
           "computed"),
    Column("income_as_year_before", "bool", "yes/no", "the income of the year before is taken to be this year's",
           "computed"),
    Column("other_tax_free_transfers", "int32", "NOK a year", "tax-free transfers that no rule computes, such as "
           "study grants and grunnstonad; a reform does not move them",
           "illustrative"),
    Column("overgangsstonad_months", "int8", "months", "months of the year with overgangsstonad", "illustrative"),
    Column("net_wealth", "int64", "NOK", "taxable net wealth at the end of the year", "illustrative"),
    Column("primary_home_value", "int64", "NOK", "market value of the person's own home", "illustrative"),
)  # fmt: skip

LINKS = ("partner", "mother", "father")
"""Columns of persons that hold the row of another person, or `NOBODY`."""
NOBODY = -1

INCOME_YEARS = 3
TABLES: dict[str, tuple[Column, ...]] = {
    "households": HOUSEHOLDS,
    "persons": PERSONS,
    **{f"incomes_{lag}": INCOMES for lag in range(INCOME_YEARS)},
}
"""The tables of a population in the order of writing; ``incomes_1`` is the year before the income year."""
