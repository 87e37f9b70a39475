"""The charts of a report: drawn with altair, rendered to SVG and PNG without a browser."""

from mikrosim.report.charts.panels import Panel, panels
from mikrosim.report.charts.rows import bars, dots, parts

__all__ = ["Panel", "bars", "dots", "panels", "parts"]
