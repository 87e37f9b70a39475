"""A structural reform: rules that take the place of the law's of the same name, or join them.

Everything else in the law stays and reads the new values where it read the old. A rule's arguments name its inputs:
other rules, columns of the population, the calendar; `mikrosim law barnetrygd` lists the rules of a folder.
"""

from mikrosim.law.barnetrygd.avkorting import AvkortingLaw
from mikrosim.law.barnetrygd.avkorting import ordinaer_barnetrygd_paid_child_month as paid_by_the_law
from mikrosim.law.rule import rule
from mikrosim.units import Nok, Share

HIGHEST = 700.0
FULL_UNTIL, NONE_FROM = 400_000.0, 600_000.0


@rule(of="child")
def lavinntektstillegg_child_month(barnetrygd_share_month: Share, family_income_previous_year: Nok) -> Nok:
    """Return the child's supplement: all of it below an income, nothing above another, a straight line between.

    Statute: none; an example.
    Units: NOK a month; income NOK a year.
    """
    left = (NONE_FROM - family_income_previous_year) / (NONE_FROM - FULL_UNTIL)
    return HIGHEST * barnetrygd_share_month * min(max(left, 0.0), 1.0)


@rule(of="child")
def ordinaer_barnetrygd_paid_child_month(
    ordinaer_barnetrygd_child_month: Nok,
    ordinaer_barnetrygd_family_month: Nok,
    family_income_previous_year: Nok,
    lavinntektstillegg_child_month: Nok,
    law: AvkortingLaw,
) -> Nok:
    """Return what is paid of the child's barnetrygd: what the law gives, and the supplement.

    Statute: barnetrygdloven § 10, with a new paragraph.
    Units: NOK a month.
    """
    enacted = paid_by_the_law(
        ordinaer_barnetrygd_child_month, ordinaer_barnetrygd_family_month, family_income_previous_year, law
    )
    return enacted + lavinntektstillegg_child_month
