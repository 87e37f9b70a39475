"""The charts of a report: drawn with altair, rendered to SVG and PNG without a browser."""

from mikrosim.report.charts.months import months
from mikrosim.report.charts.rows import bars, dots, parts

__all__ = ["bars", "dots", "months", "parts"]
