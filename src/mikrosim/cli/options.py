"""Choices that several commands offer."""

from __future__ import annotations

from enum import StrEnum


class Language(StrEnum):
    """The language of what is printed."""

    NB = "nb"
    EN = "en"


class CsvStyle(StrEnum):
    """How CSV files divide columns and write decimals."""

    SEMICOLON = "semicolon"
    COMMA = "comma"


class TableFormat(StrEnum):
    """How a result is printed."""

    TABLE = "table"
    JSON = "json"
