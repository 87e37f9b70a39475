"""Codes as they stand in files and in mappings: text, compared without regard to how a number is written."""

from __future__ import annotations

import re

_WHOLE = re.compile(r"[+-]?0*([0-9]+)(?:\.0*)?")


def canonical(value: object) -> str:
    """Return a code as text, so that 1, 1.0, "01" and " 1 " are one code.

    >>> canonical(1.0), canonical(" 0301 "), canonical("NO"), canonical("-2"), canonical(True)
    ('1', '301', 'NO', '-2', '1')
    """
    text = str(int(value)) if isinstance(value, bool) else str(value).strip()
    whole = _WHOLE.fullmatch(text)
    if not whole:
        return text
    number = int(whole[1])
    return f"-{number}" if text.startswith("-") and number else str(number)
