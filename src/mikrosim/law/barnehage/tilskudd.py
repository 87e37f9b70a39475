"""What kindergarten places cost before the parents pay for them.

The national rates of grants to private kindergartens stand for all places: they rest on the average costs of
municipal kindergartens. A grant is net of the maximum parental payment, which is added back here: in 2024 it was
28 000 kroner lower than where parents pay nothing. The public purse carries this cost less what parents pay
(``foreldrebetaling_barnehage``), so a moderation, a lower maximum price and more months in kindergarten all cost
what they cost. Not modelled: the municipality's own level of costs, higher rates for new buildings, family
kindergartens, special help for single children, and vacant places.
"""

from __future__ import annotations

from typing import NamedTuple

from mikrosim.law.barnehage.barnehage import BarnehageLaw, paid_hours
from mikrosim.law.dates import MONTHS_IN_YEAR, cohort_age
from mikrosim.law.rule import rule, total
from mikrosim.units import Count, Nok


class TilskuddLaw(NamedTuple):
    """Grants for a full-time place, and the parental payment that they are net of."""

    driftstilskudd_under_3: float
    driftstilskudd_over_3: float
    age_limit_under_3: float
    counted_foreldrebetaling: float
    kapitaltilskudd: float


@rule(of="child")
def kostnad_barnehage_child_month(
    year: int,
    month: int,
    birth_year: int,
    has_kindergarten_place_month: bool,
    kindergarten_hours: Count,
    law: TilskuddLaw,
    barnehage: BarnehageLaw,
) -> Nok:
    """Return what the child's place costs before the parents' payment: a part-time place in proportion.

    A child counts as three years old from August of the calendar year in which it turns three. Grants are paid for
    all months, July too.

    Statute: barnehageloven § 19; forskrift om tildeling av tilskudd til private barnehager.
    Units: NOK a month.
    """
    if not has_kindergarten_place_month:
        return 0.0
    drift = law.driftstilskudd_over_3
    if cohort_age(year, month, birth_year) < law.age_limit_under_3:
        drift = law.driftstilskudd_under_3
    full_time = drift + law.counted_foreldrebetaling + law.kapitaltilskudd
    hours = paid_hours(kindergarten_hours, barnehage.full_time_hours, barnehage.full_week_hours)
    return full_time / MONTHS_IN_YEAR * hours / barnehage.full_week_hours


kostnad_barnehage_month = total("kostnad_barnehage_child_month", over="household")
