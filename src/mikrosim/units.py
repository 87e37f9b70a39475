"""The units that rules and functions speak of. All are plain Python numbers or NumPy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Ints: TypeAlias = NDArray[np.int64]
    Bools: TypeAlias = NDArray[np.bool_]

Nok: TypeAlias = float
"""Norwegian kroner a year, or a month where the name ends in ``_month``."""

Share: TypeAlias = float
"""A part of a whole, 0 to 1."""

Count: TypeAlias = int
"""A number of persons, months or years."""
