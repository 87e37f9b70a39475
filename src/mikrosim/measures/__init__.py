"""What a result says: budget, low income, inequality, deciles, winners and losers.

Every measure is a small function of plain arrays with one value per household. Persons come in as
weights: a household counts with the weighted number of its persons (or of its children).
"""

from mikrosim.measures.atkinson import atkinson
from mikrosim.measures.budget import BUDGET_SIGNS, budget
from mikrosim.measures.by_group import (
    GroupOrders,
    change_by_decile,
    change_by_group,
    incomes_by_group,
    low_income_by_group,
    means_by_group,
)
from mikrosim.measures.changes import deciles, winners_losers
from mikrosim.measures.concentration import (
    concentration_of_spending,
    cost_per_lifted,
    share_by_decile,
    share_reaching,
)
from mikrosim.measures.definitions import DEFINITIONS, counts, lines_by_definition, low_income_by_definition
from mikrosim.measures.distribution import Distribution
from mikrosim.measures.frame import Frame, frame_of
from mikrosim.measures.government import budget_by_level, gross_and_net, payer_notes
from mikrosim.measures.grouping import household_groups, person_groups
from mikrosim.measures.groups import Groups
from mikrosim.measures.lines import anchored_line, anchored_on
from mikrosim.measures.losers import largest_losers, losers_by_group
from mikrosim.measures.low_income import LINES, low_income, low_income_lines
from mikrosim.measures.persistent import persistent_low_income
from mikrosim.measures.poverty_gap import fgt, gaps, shortfall
from mikrosim.measures.ranked import RankedGroups
from mikrosim.measures.scales import Composition, composition, modified_oecd_scale, square_root_scale
from mikrosim.measures.shapley import Decomposition, decomposition, shapley
from mikrosim.measures.shrinkage import MINIMUM_SAMPLE, Estimates, composite, table
from mikrosim.measures.standard import RankedIncomes, standard_measures, units_by_scale
from mikrosim.measures.summary import Incomes, Measured, difference, measure, number_at, pick
from mikrosim.measures.targeting import benefit_and_need, concentration_coefficient, coverage, targeting
from mikrosim.measures.tax_rates import (
    effective_marginal_tax_rate,
    participation_tax_rate,
    share_facing,
    share_facing_by_group,
)

__all__ = [
    "BUDGET_SIGNS",
    "DEFINITIONS",
    "LINES",
    "MINIMUM_SAMPLE",
    "Composition",
    "Decomposition",
    "Distribution",
    "Estimates",
    "Frame",
    "GroupOrders",
    "Groups",
    "Incomes",
    "Measured",
    "RankedGroups",
    "RankedIncomes",
    "anchored_line",
    "anchored_on",
    "atkinson",
    "benefit_and_need",
    "budget",
    "budget_by_level",
    "change_by_decile",
    "change_by_group",
    "composite",
    "composition",
    "concentration_coefficient",
    "concentration_of_spending",
    "cost_per_lifted",
    "counts",
    "coverage",
    "deciles",
    "decomposition",
    "difference",
    "effective_marginal_tax_rate",
    "fgt",
    "frame_of",
    "gaps",
    "gross_and_net",
    "household_groups",
    "incomes_by_group",
    "largest_losers",
    "lines_by_definition",
    "losers_by_group",
    "low_income",
    "low_income_by_definition",
    "low_income_by_group",
    "low_income_lines",
    "means_by_group",
    "measure",
    "modified_oecd_scale",
    "number_at",
    "participation_tax_rate",
    "payer_notes",
    "persistent_low_income",
    "person_groups",
    "pick",
    "shapley",
    "share_by_decile",
    "share_facing",
    "share_facing_by_group",
    "share_reaching",
    "shortfall",
    "square_root_scale",
    "standard_measures",
    "table",
    "targeting",
    "units_by_scale",
    "winners_losers",
]
