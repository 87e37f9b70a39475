"""The words of the reports, in Norwegian bokmål and in English; they stand side by side in `texts.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mikrosim.report.summary import Summary

LANGUAGES = ("nb", "en")


def _read() -> dict[str, tuple[str, str]]:
    import yaml

    text = (files("mikrosim.report") / "texts.yaml").read_text(encoding="utf-8")
    content: dict[str, dict[str, str]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return {key: (words["nb"], words["en"]) for key, words in content.items()}


WORDS: dict[str, tuple[str, str]] = _read()
"""Key to the words in each language; braces hold numbers and names."""

OF_TWO_YEARS = "@years"
"""The ending of a key that takes another's place where the laws of two years are compared and there is no reform."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language.

    Attributes:
        language: `nb` or `en`.
        years: The earlier and the later year where their laws are compared and there is no reform.

    >>> Words("en")("written", folder="results")
    'Written to results'
    >>> Words("en", (2021, 2025))("reform")
    'The law of 2025'
    """

    language: str = "nb"
    years: tuple[int, int] | None = None

    def __call__(self, key: str, **values: Any) -> str:
        """Return the words under a key, with the values put in."""
        if self.years is not None and key + OF_TWO_YEARS in WORDS:
            key += OF_TWO_YEARS
            values |= dict(zip(("earlier", "later"), self.years, strict=True))
        return WORDS[key][LANGUAGES.index(self.language)].format(**values)

    def of(self, summary: Summary) -> Words:
        """Return the words for a run: those of two years where it changes nothing in the law of the later one."""
        earlier = summary.get("about.baseline.law_of")
        if earlier is None or summary.get("law_changes"):
            return self
        return Words(self.language, (earlier, summary.get("year")))

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
