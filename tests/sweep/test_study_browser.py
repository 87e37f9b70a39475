"""The report of a sweep in a browser without a network: it answers the pointer, redraws, and axe finds nothing."""

import pytest
from browsing import SERIOUS, WIDTHS, needs_browser

from mikrosim.report.sweep.page import build_study
from mikrosim.report.sweep.study import read_study
from mikrosim.report.texts import Words

RINGS = "#frontier-live g.mark-symbol.layer_1_marks > path"

pytestmark = needs_browser


@pytest.fixture(scope="module")
def pages(undisturbed, optimum_folder, tmp_path_factory):
    place = tmp_path_factory.mktemp("pages")
    found = {"sweep": (undisturbed, "nb"), "english": (undisturbed, "en"), "optimum": (optimum_folder, "nb")}
    for name, (folder, language) in found.items():
        page, _ = build_study(read_study(folder), Words(language))
        (place / f"{name}.html").write_text(page.html, "utf-8")
    return {name: place / f"{name}.html" for name in found}


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("name", ["sweep", "optimum"])
def test_the_chart_answers_the_pointer_under_the_page_s_own_policy(opened, name, size):
    page, said = opened(name, WIDTHS[size])
    ring = page.wait_for_selector(RINGS)
    ring.scroll_into_view_if_needed()
    box = ring.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] / 2)
    told = page.wait_for_selector("#vg-tooltip-element.visible")

    assert "Netto kostnad" in told.inner_text()
    assert "undefined" not in told.inner_text()
    shown = told.bounding_box()
    assert shown["x"] >= 0
    assert shown["x"] + shown["width"] <= WIDTHS[size]
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[size]
    assert said == []


def test_another_measure_can_be_chosen_and_the_frontier_is_drawn_anew(opened):
    page, said = opened("sweep", WIDTHS["wide"])
    page.wait_for_selector(RINGS)
    line = "#frontier-live g.mark-line path"
    before = page.get_attribute(line, "d")
    page.select_option("#frontier-live-controls select", label="Gini")
    page.wait_for_function("before => document.querySelector('#frontier-live g.mark-line path').getAttribute('d')"
                           " !== before", arg=before)  # fmt: skip
    assert "Gini" in page.inner_text("#frontier-live")
    assert said == []


def test_the_live_chart_has_the_frontier_that_the_table_has(opened):
    page, _ = opened("sweep", WIDTHS["wide"])
    page.wait_for_selector(RINGS)
    rows = page.evaluate("document.querySelectorAll('#frontier details tbody tr').length")
    assert rows > 3
    assert (
        page.evaluate("document.querySelectorAll('#frontier-live g.mark-symbol.layer_2_marks > path').length") == rows
    )


def test_without_scripts_and_on_paper_the_still_picture_stands_there(opened):
    page, _ = opened("sweep", WIDTHS["wide"], java_script_enabled=False)
    assert page.query_selector("#frontier svg.chart.wide").bounding_box()["height"] > 200
    assert page.query_selector("#frontier .live").bounding_box() is None
    page, _ = opened("sweep", 800)
    page.wait_for_selector(RINGS)
    page.emulate_media(media="print")
    assert page.query_selector("#frontier svg.chart.wide").bounding_box()["height"] > 100
    assert page.query_selector("#frontier .live").bounding_box() is None


@pytest.mark.parametrize("size", WIDTHS)
@pytest.mark.parametrize("name", ["sweep", "english", "optimum"])
def test_axe_finds_nothing_serious(opened, name, size):
    from axe_playwright_python.sync_playwright import Axe

    page, said = opened(name, WIDTHS[size], bypass_csp=True)
    page.wait_for_selector(RINGS)
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")

    found = Axe().run(page).response["violations"]
    told = [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in SERIOUS]
    assert told == []
    assert said == []
