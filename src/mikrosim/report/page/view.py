"""What the sections are given: the run, the language, and a pen for charts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from mikrosim.report.page.figures import Figures

if TYPE_CHECKING:
    import altair as alt

    from mikrosim.report.charts.render import Picture
    from mikrosim.report.charts.style import Size
    from mikrosim.report.run_data import RunData
    from mikrosim.report.texts import Words


@dataclass(frozen=True)
class View:
    """A run seen in one language.

    Attributes:
        run: What is reported.
        words: The language.
        pictures: The charts that have been drawn, in order.
    """

    run: RunData
    words: Words
    pictures: list[Picture] = field(default_factory=list)

    @property
    def figures(self) -> Figures:
        """Numbers in the language."""
        return Figures(self.words)

    @property
    def has_intervals(self) -> bool:
        """Whether the run has replicates."""
        return self.run.summary.interval("change.budget.net") is not None

    def draw(self, name: str, title: str, alternative: str, chart: Callable[[Any, Size], alt.LayerChart]) -> Picture:
        """Draw a chart in all sizes.

        Args:
            name: What its files are called.
            title: What it shows.
            alternative: The same in words.
            chart: Is given the module of charts and a size.
        """
        from mikrosim.report import charts
        from mikrosim.report.charts.render import draw

        picture = draw(name, title, alternative, lambda size: chart(charts, size), comma=self.words.comma)
        self.pictures.append(picture)
        return picture
