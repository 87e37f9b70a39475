"""The page put together: sections, charts, template and style in one file without anything from the network."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from mikrosim.report.page.blocks import csv_address, data_address, with_links
from mikrosim.report.page.families import families_section
from mikrosim.report.page.law import about_section, beware_section, law_section
from mikrosim.report.page.money import answer_section, cost_section
from mikrosim.report.page.people import low_income_section
from mikrosim.report.page.spending import deciles_section
from mikrosim.report.page.view import View
from mikrosim.report.page.winners import winners_section
from mikrosim.report.page.work import work_section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Template

    from mikrosim.report.charts.render import Picture
    from mikrosim.report.page.blocks import Section
    from mikrosim.report.run_data import RunData
    from mikrosim.report.texts import Words

SHORT = 12
"""Letters of a fingerprint that are shown."""


class Page(NamedTuple):
    """A finished page, the charts in it, and the line that names where they come from."""

    html: str
    pictures: list[Picture]
    source: str


def build_page(run: RunData, words: Words) -> Page:
    """Return the report of one run.

    Args:
        run: What is reported.
        words: The language.
    """
    words = words.of(run.summary)
    view, summary = View(run, words), run.summary
    sections = [
        answer_section(view),
        cost_section(view),
        low_income_section(view),
        deciles_section(view),
        winners_section(view),
        families_section(view),
        work_section(view),
        law_section(view),
        beware_section(view),
        about_section(view),
    ]
    source = words(
        "page.source",
        version=summary.get("version"),
        scenario=summary.get("scenario"),
        year=summary.get("year"),
        law=str(summary.get("law_hash"))[:SHORT],
        population=summary.get("population.hash"),
    )
    html = lay_out(
        words,
        [section for section in sections if section is not None],
        title=summary.get("scenario"),
        kicker=words("page.kicker", year=summary.get("year")),
        lead=summary.get("about.description") or "",
        source=source,
        version=summary.get("version"),
    )
    return Page(html, view.pictures, source)


def lay_out(words: Words, sections: Sequence[Section], *, source: str, script: str = "", **heads: Any) -> str:
    """Return sections as one HTML file.

    Args:
        words: The language.
        sections: In their order; the first stands above the list of contents.
        source: Where the numbers come from, for the foot of the page and of every chart.
        script: What draws charts that answer the pointer, the only script that the page lets run.
        heads: `title`, `kicker`, `lead` and `version`.
    """
    from mikrosim.report.charts.style import PATTERNS, SIZES, WIDE

    return _template().render(
        words=words,
        sections=sections,
        sizes=SIZES,
        patterns=PATTERNS,
        style=(files("mikrosim.report.page") / "style.css").read_text(encoding="utf-8"),
        with_links=with_links,
        csv_address=lambda table: csv_address(table, comma=words.comma),
        svg_address=lambda picture: data_address(picture.alone(WIDE, source).encode(), "image/svg+xml"),
        source=source,
        script=script,
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii"),
        **heads,
    )


@cache
def _template() -> Template:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string((files("mikrosim.report.page") / "report.html").read_text(encoding="utf-8"))
