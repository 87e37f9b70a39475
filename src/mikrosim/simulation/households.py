"""What each household has of the instruments, which a run only adds up."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from mikrosim.engine.run import run as run_engine
from mikrosim.parameters import require

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mikrosim.parameters import Policy
    from mikrosim.simulation.compute import Computation
    from mikrosim.units import Floats


def amounts_by_household(
    computation: Computation, policies: Sequence[Policy], names: Sequence[str]
) -> dict[str, Floats]:
    """Return each household's amounts in the income year, NOK, of shape (laws, households); not weighted.

    The program is the one of every run, whose sums are kept by blocks: here each household is a block of its own, so
    that nothing is compiled anew. A household of weight 0 has nothing.

    Args:
        computation: The population and the program.
        policies: The laws.
        names: Which of the program's sums.
    """
    for policy in policies:
        require(policy, computation.parameters)
    dataset = computation.dataset
    programs = [computation.program if policy.code is None else computation.own for policy in policies]
    weight = np.asarray(dataset.columns["weight"], np.float64)
    per_weight = np.divide(1.0, weight, out=np.zeros_like(weight), where=weight != 0.0)
    found: dict[str, list[Floats]] = {name: [] for name in names}
    for program, some in groupby(zip(programs, policies, strict=True), key=itemgetter(0)):
        assert program is not None
        laws = np.stack([policy.vector for _, policy in some])
        alone = np.arange(len(weight))
        result = run_engine(program, dataset, laws, computation.year, threads=computation.threads, first=alone)
        for name in names:
            found[name].append(np.ascontiguousarray(result.by_block[name].T) * per_weight)
    return {name: np.concatenate(amounts) for name, amounts in found.items()}
