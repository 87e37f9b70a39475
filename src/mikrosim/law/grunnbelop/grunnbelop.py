"""Grunnbeløpet (G), in which other statutes count their amounts."""

from __future__ import annotations

from typing import NamedTuple


class GrunnbelopLaw(NamedTuple):
    """The basic amount in force, NOK a year."""

    amount: float
