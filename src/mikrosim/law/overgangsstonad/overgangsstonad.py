"""Overgangsstønad to a single mother or father.

Who has it is not computed: the months are given (``overgangsstonad_months``, counted from January), because
activity, earlier use and application are not known. The amount follows from income. Not modelled: deductions
for other benefits (samordning), and incomes that the statute treats as work income, such as sykepenger.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.dates import MONTHS_IN_YEAR
from mikrosim.law.grunnbelop.grunnbelop import GrunnbelopLaw
from mikrosim.law.rounding import round_half_down, round_half_up
from mikrosim.law.rule import parents_total, rule, to_first_parent
from mikrosim.units import Nok


class OvergangsstonadLaw(NamedTuple):
    """Level and reduction of overgangsstønad."""

    full_g: float
    free_income_g: float
    reduction_rate: float


@rule
def overgangsstonad_work_income(wage: Nok, self_employment_income: Nok, is_sole_provider: bool) -> Nok:
    """Return the work income that counts: the single provider's own, not a new cohabitant's.

    Statute: folketrygdloven § 15-9.
    Units: NOK a year.
    """
    return wage + self_employment_income if is_sole_provider else 0.0


family_work_income = parents_total("overgangsstonad_work_income")
family_overgangsstonad_months = parents_total("overgangsstonad_months")


@rule(of="family")
def has_overgangsstonad_month(month: int, sole_providers: float, family_overgangsstonad_months: float) -> bool:
    """Return whether the family's single parent has overgangsstønad this month.

    Statute: folketrygdloven §§ 15-4 and 15-5.
    Units: months of the year, counted from January.
    """
    return sole_providers > 0.0 and month <= family_overgangsstonad_months


@rule(of="family")
def overgangsstonad_reduction_month(family_work_income: Nok, law: OvergangsstonadLaw, grunnbelop: GrunnbelopLaw) -> Nok:
    """Return what income takes off a month's overgangsstønad.

    The year's income stands for the expected annual income that the statute uses.

    Statute: folketrygdloven § 15-9.
    Units: NOK a year in, NOK a month out; whole kroner, half a krone down.
    """
    above = max(0.0, family_work_income - law.free_income_g * grunnbelop.amount)
    return round_half_down(law.reduction_rate * above / MONTHS_IN_YEAR)


@rule(of="family")
def overgangsstonad_family_month(
    has_overgangsstonad_month: bool,
    overgangsstonad_reduction_month: Nok,
    law: OvergangsstonadLaw,
    grunnbelop: GrunnbelopLaw,
) -> Nok:
    """Return the family's overgangsstønad of the month.

    Statute: folketrygdloven §§ 15-7 and 15-9.
    Units: NOK a month; whole kroner, half a krone up.
    """
    if not has_overgangsstonad_month:
        return 0.0
    full = law.full_g * grunnbelop.amount / MONTHS_IN_YEAR
    return max(0.0, round_half_up(full - overgangsstonad_reduction_month))


overgangsstonad_month = to_first_parent("overgangsstonad_family_month")
