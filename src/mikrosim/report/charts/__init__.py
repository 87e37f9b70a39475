"""The charts of a report: drawn with altair, rendered to SVG and PNG without a browser."""
