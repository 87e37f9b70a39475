"""What parameters and measures are called, and in which units they are shown."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mikrosim.report.page.figures import Figures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mikrosim.report.texts import Words

UNIT_FREE = ("share", "factor", "choice", "flag", "count")


@dataclass(frozen=True)
class Labels:
    """Names and numbers of a study in one language."""

    words: Words
    parameters: Mapping[str, Mapping[str, Any]]

    @property
    def figures(self) -> Figures:
        """Numbers in the language."""
        return Figures(self.words)

    def parameter(self, name: str) -> str:
        """Return what a parameter is called, with its unit; several moved alike go by the name in the file."""
        one, words = self.parameters[name], self.words
        alone = len(one["parameters"]) == 1
        title = one[f"name_{words.language}"] if alone else name.replace("_", " ")
        if one["operation"] == "multiply":
            return words("sweep.times", name=title)
        if one["operation"] == "add":
            title = words("sweep.added", name=title)
        unit = one["unit"]
        return title if unit in UNIT_FREE else f"{title} ({self._unit(unit)})"

    def _unit(self, unit: str) -> str:
        return self.words.named("unit", unit).removeprefix("unit.")

    def value(self, name: str, value: Any) -> str:
        """Return a parameter's value as it is written."""
        if value is None:
            return self.words("sweep.as_in_base")
        if isinstance(value, bool):
            return self.words("value.yes" if value else "value.no")
        if isinstance(value, str):
            return self.words.named("value", value).removeprefix("value.")
        return self.number(value)

    def number(self, value: float) -> str:
        """Return a number with as many decimals as its size needs."""
        size = abs(value)
        if value == round(value, 0) and size < 1e15:
            return self.figures.plain(value)
        return self.figures.plain(value, 0 if size >= 1000 else 1 if size >= 100 else 2 if size >= 10 else 3)

    def measure(self, path: str, *, unit: bool = True) -> str:
        """Return what a measure is called, with its unit or without; its path where there is no name."""
        words = self.words
        law, _, rest = path.partition(".")
        parts = rest.split(".")
        if path == "change.budget.net":
            return words("sweep.cost_unit", name=words("sweep.cost")) if unit else words("sweep.cost")
        if parts[0] in ("low_income", "persistent_low_income") and parts[-1] == "share" and len(parts) == 4:
            who = words("children" if parts[2] == "children" else "persons")
            line = words.named("definition", parts[1]).removeprefix("definition.")
            key = "sweep.persistent_share" if parts[0].startswith("persistent") else "sweep.low_share"
            name = words(key, who=who, line=line)
        elif rest == "inequality.gini":
            name = words("gini")
        else:
            return path
        name = name if law == "reform" else f"{name}, {words('change').lower()}"
        return words("sweep.percent_unit", name=name) if unit and self.factor(path) != 1.0 else name

    def factor(self, path: str) -> float:
        """Return by what a measure is multiplied when it is shown: shares of persons become percent."""
        return 100.0 if path.endswith((".share", ".gain", ".lose", ".unchanged")) else 1.0

    def written(self, path: str, value: float, *, sign: bool = False) -> str:
        """Return a measure's value as it is shown."""
        if value is None or not math.isfinite(value):
            return self.figures.plain(None)
        if self.factor(path) != 1.0:
            return self.figures.percent(value, 2, sign=sign)
        decimals = 4 if "inequality" in path else 0 if abs(value) >= 10 or not value else 2
        return self.figures.plain(value, decimals, sign=sign)
