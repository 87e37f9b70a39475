"""What the sections of a study's page are given: the study, its names, a pen, and the rows that charts share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from mikrosim.report.sweep.labels import Labels

if TYPE_CHECKING:
    import altair as alt

    from mikrosim.report.charts.render import Picture
    from mikrosim.report.charts.style import Size
    from mikrosim.report.sweep.study import Study
    from mikrosim.report.texts import Words
    from mikrosim.units import Bools, Ints

MOST_DRAWN = 1500
"""Laws in a chart beside the frontier; of more, every so-manieth is drawn, which the page says."""


@dataclass(frozen=True)
class StudyView:
    """A study seen in one language.

    Attributes:
        study: What is reported.
        words: The language.
        pictures: The charts that have been drawn, in order.
    """

    study: Study
    words: Words
    pictures: list[Picture] = field(default_factory=list)

    @property
    def labels(self) -> Labels:
        """Names and numbers in the language."""
        return Labels(self.words, self.study.parameters)

    @property
    def other(self) -> str:
        """The measure that cost is held against first."""
        return self.study.others[0]

    def drawn(self, most: int = MOST_DRAWN) -> Ints:
        """Return the laws that are drawn: all, or evenly spaced ones."""
        count = len(self.study)
        return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))

    def on_frontier(self) -> Ints:
        """Return the laws of the frontier, by cost."""
        chosen: Bools = self.study.frontier(self.other)
        places = np.flatnonzero(chosen)
        return places[np.argsort(self.study.numbers(self.study.cost)[places], kind="stable")]

    def draw(self, name: str, title: str, alternative: str, chart: Callable[[Size], Any]) -> Picture:
        """Draw a chart in all sizes, and remember it."""
        from mikrosim.report.charts.render import draw

        drawing: Callable[[Size], alt.LayerChart] = chart
        picture = draw(name, title, alternative, drawing, comma=self.words.comma)
        self.pictures.append(picture)
        return picture
