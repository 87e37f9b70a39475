"""What each household has of the instruments, which a run only adds up."""

from __future__ import annotations

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
    weight = np.asarray(dataset.columns["weight"], np.float64)
    result = run_engine(
        computation.program,
        dataset,
        np.stack([policy.vector for policy in policies]),
        computation.year,
        threads=computation.threads,
        first=np.arange(len(weight)),
    )
    per_weight = np.divide(1.0, weight, out=np.zeros_like(weight), where=weight != 0.0)
    return {name: np.ascontiguousarray(result.by_block[name].T) * per_weight for name in names}
