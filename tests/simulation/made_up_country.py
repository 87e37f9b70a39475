"""A large made-up country whose every number is known, and samples of it."""

import numpy as np

from mikrosim.measures import Frame, Incomes
from mikrosim.measures.replicates import Replicates
from mikrosim.simulation.uncertainty import Sample

ADULTS = np.array([1, 2, 1, 2, 2, 2])
CHILDREN = np.array([0, 0, 1, 1, 2, 3])
SHARES = np.array([0.42, 0.24, 0.06, 0.1, 0.13, 0.05])
BENEFIT, MORE, TAPER, TAX, FREE = 24_000.0, 1.6, 1_500_000.0, 0.03, 400_000.0


class Country:
    """Households of six kinds; the reform pays more for each child, less to those who earn much, and taxes these."""

    def __init__(self, households=100_000, seed=7):
        rng = np.random.default_rng(seed)
        self.kind = rng.choice(len(SHARES), households, p=SHARES)
        adults, children = ADULTS[self.kind], CHILDREN[self.kind]
        lasting = rng.normal(0.0, 0.4, households)
        self.earned = [240_000.0 * adults * np.exp(lasting + rng.normal(0.0, 0.25, households)) for _ in range(3)]
        self.size, self.children = adults + children, children.astype(np.float64)
        self.eu = 1.0 + 0.5 * (adults - 1) + 0.3 * children
        self.oecd = 1.0 + 0.7 * (adults - 1) + 0.5 * children
        self.tax = [TAX * np.maximum(earned - FREE, 0.0) for earned in self.earned]
        self.benefit = [BENEFIT * children * np.maximum(1.0 - earned / TAPER, 0.0) for earned in self.earned]

    def sample(self, rows, weights):
        """Return the chosen households with weights, as replicates take them."""
        children = self.children[rows]
        laws = []
        for factor, taxed in ((1.0, 0.0), (MORE, 1.0)):
            after = [
                earned[rows] + factor * benefit[rows] - taxed * tax[rows]
                for earned, benefit, tax in zip(self.earned, self.benefit, self.tax, strict=True)
            ]
            laws.append(tuple(Incomes(one, one - 1e3 * children, self.eu[rows], self.oecd[rows]) for one in after))
        years = (laws[0], laws[1])
        amounts = {
            "barnetrygd": np.stack([self.benefit[0][rows], MORE * self.benefit[0][rows]]),
            "trinnskatt": np.stack([0.0 * children, self.tax[0][rows]]),
        }
        persons, young = weights * self.size[rows], weights * children
        frame = Frame(persons, young, persons, young, persons, persons * (children > 0))
        return Sample(years, amounts, frame, weights)

    def truth(self):
        """Return the whole country, each household counting once."""
        return self.sample(np.arange(len(self.kind)), np.ones(len(self.kind)))

    def drawn(self, count, seed):
        """Return a simple random sample, weighted to the number of households of each kind."""
        rng = np.random.default_rng((11, seed))
        rows = rng.choice(len(self.kind), count, replace=False)
        there = np.bincount(self.kind, minlength=len(SHARES))
        here = np.bincount(self.kind[rows], minlength=len(SHARES))
        return self.sample(rows, (there / here)[self.kind[rows]]), self.totals(rows)

    def totals(self, rows):
        """Return the counts that are known of the country: households of each kind."""
        return np.eye(len(SHARES))[self.kind[rows]]

    def replicates(self, sample, totals, number, seed=1):
        """Return replicate weights that keep the known counts."""
        return Replicates(sample.weights, number, totals, seed)


def plain_outcome(sample):
    """Return a sample's outcome with its own weights."""
    (outcome,) = sample.outcomes([np.ones(len(sample.weights))])
    return outcome
