"""The words of the reports, in Norwegian bokmål and in English; they stand side by side in `texts.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

LANGUAGES = ("nb", "en")


def _read() -> dict[str, tuple[str, str]]:
    import yaml

    text = (files("mikrosim.report") / "texts.yaml").read_text(encoding="utf-8")
    content: dict[str, dict[str, str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {key: (words["nb"], words["en"]) for key, words in content.items()}


WORDS: dict[str, tuple[str, str]] = _read()
"""Key to the words in each language; braces hold numbers and names."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    >>> Words("en")("written", folder="results")
    'Written to results'
    """

    language: str = "nb"

    def __call__(self, key: str, **values: Any) -> str:
        """Return the words under a key, with the values put in."""
        return WORDS[key][LANGUAGES.index(self.language)].format(**values)

    @property
    def comma(self) -> bool:
        """Whether decimals stand after a comma."""
        return self.language == "nb"

    def named(self, kind: str, name: str) -> str:
        """Return what something of a kind (`instrument`, `group`) is called; its own name where there is no other."""
        return self(f"{kind}.{name}") if f"{kind}.{name}" in WORDS else name

    def instrument(self, name: str) -> str:
        """Return what an instrument is called; its own name where there is no other."""
        return self.named("instrument", name)
