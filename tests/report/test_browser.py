"""The report in a browser without a network: all charts are drawn, nothing overflows, and axe finds nothing serious."""

import pytest
from browsing import SERIOUS, WIDTHS, needs_browser

from mikrosim.report.page.build import build_page
from mikrosim.report.page.compare import build_comparison
from mikrosim.report.run_data import read_run
from mikrosim.report.texts import Words

CHARTS = 7

pytestmark = needs_browser


@pytest.fixture(scope="module")
def pages(folder, asked, tmp_path_factory):
    """Return the pages to look at, by name."""
    run = read_run(folder)
    place = tmp_path_factory.mktemp("pages")
    english, comparison = place / "english.html", place / "comparison.html"
    english.write_text(build_page(run, Words("en")).html, "utf-8")
    comparison.write_text(build_comparison([run, run], Words()).html, "utf-8")
    return {
        "norwegian": folder / "report.html",
        "everything": asked / "report.html",
        "english": english,
        "comparison": comparison,
    }


@pytest.mark.parametrize("size", WIDTHS)
def test_all_charts_are_drawn_and_nothing_is_wider_than_the_screen(opened, size):
    page, said = opened("norwegian", WIDTHS[size])

    assert said == []
    for name, width in WIDTHS.items():
        for chart in page.query_selector_all(f"svg.chart.{name}"):
            box = chart.bounding_box()
            if name == size:
                assert box["height"] > 100
                assert 300 < box["width"] <= width
                assert len(chart.query_selector_all("text")) > 5
                assert chart.evaluate("chart => chart.querySelectorAll('path, line').length") > 5
            else:
                assert box is None
    assert len(page.query_selector_all(f"svg.chart.{size}")) == CHARTS
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[size]


@pytest.mark.parametrize("name", ["norwegian", "everything", "comparison"])
def test_open_tables_are_no_wider_than_a_phone(opened, name):
    page, _ = opened(name, WIDTHS["narrow"])
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS["narrow"]


def test_hatching_is_defined_where_it_is_used(opened):
    page, _ = opened("norwegian", WIDTHS["wide"])

    assert page.evaluate("document.querySelector('svg.chart').outerHTML.includes('url(#lose)')")
    assert page.evaluate("document.querySelectorAll('pattern#lose').length") == 1


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("name", ["norwegian", "everything", "english", "comparison"])
def test_axe_finds_nothing_serious(opened, name, size):
    from axe_playwright_python.sync_playwright import Axe

    page, said = opened(name, WIDTHS[size], bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")

    found = Axe().run(page).response["violations"]
    told = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in SERIOUS]
    assert told == []
    assert said == []


def test_all_tables_are_open_on_paper(opened):
    page, _ = opened("norwegian", 800)
    page.emulate_media(media="print")

    assert page.query_selector("nav").bounding_box() is None
    table = page.query_selector("#cost details table")
    assert table.bounding_box()["height"] > 100
