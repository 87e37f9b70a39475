"""What a result says: budget, low income, inequality, deciles, winners and losers.

Every measure is a small function of plain arrays with one value per household. Persons come in as
weights: a household counts with the weighted number of its persons (or of its children).
"""

from mikrosim.measures.budget import BUDGET_SIGNS, budget
from mikrosim.measures.changes import deciles, winners_losers
from mikrosim.measures.distribution import Distribution
from mikrosim.measures.frame import Frame, frame_of
from mikrosim.measures.low_income import LINES, low_income, low_income_lines
from mikrosim.measures.persistent import persistent_low_income
from mikrosim.measures.summary import Incomes, Measured, difference, measure, number_at, pick

__all__ = [
    "BUDGET_SIGNS",
    "LINES",
    "Distribution",
    "Frame",
    "Incomes",
    "Measured",
    "budget",
    "deciles",
    "difference",
    "frame_of",
    "low_income",
    "low_income_lines",
    "measure",
    "number_at",
    "persistent_low_income",
    "pick",
    "winners_losers",
]
