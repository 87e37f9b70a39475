"""The user's cache folder: what can be made again at any time, and only that."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder(*parts: str) -> Path:
    """Return the folder of that name in the user's cache, made if need be.

    The environment variable ``MIKROSIM_CACHE`` names another place for all of it.
    """
    chosen = os.environ.get("MIKROSIM_CACHE")
    if chosen:
        base = Path(chosen)
    else:
        from platformdirs import user_cache_path

        base = user_cache_path("mikrosim", appauthor=False)
    folder = base.joinpath(*parts)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
