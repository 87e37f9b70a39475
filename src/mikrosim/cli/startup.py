"""What a command can do to start sooner; nothing here changes a figure."""

from __future__ import annotations

import gc
import sys

BLAS = "scipy.linalg.cython_blas"


def import_numba_without_blas() -> None:
    """Import numba's array support without the linear algebra that it would look for in scipy.

    numba imports all of scipy.linalg only to learn whether matrix products can be compiled; the law has
    none. Hiding it here saves 0.17 s of a run of 1.4 s. It is done in the program's own process only: who
    uses mikrosim as a library may well compile matrix products.
    """
    if BLAS in sys.modules:
        return
    sys.modules[BLAS] = None  # type: ignore[assignment]
    try:
        import numba.np.arraymath  # noqa: F401
    finally:
        del sys.modules[BLAS]


def collect_garbage_rarely() -> None:
    """Look for cyclic garbage after 50,000 new objects, not 700.

    Importing numba, pyarrow and pydantic makes hundreds of thousands of objects that stay, and Python looks
    through them again and again: 0.2 s of a run.
    """
    gc.set_threshold(50_000, 20, 50)
