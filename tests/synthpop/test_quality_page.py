"""The quality page: every figure with its source, what was held out, and pictures that stand beside it."""

from pathlib import Path

import pytest

from mikrosim.report.population.page import FOLDER, HEADLINE, amount, difference, tolerance, write_page
from mikrosim.synthpop.build import Built
from mikrosim.synthpop.default import save_built
from mikrosim.synthpop.features import units_of
from mikrosim.synthpop.fit import read_fit
from mikrosim.synthpop.spread import Spread
from mikrosim.synthpop.targets import targets

SPREAD = Spread(1000, [1, 2], {"check.gini": [0.24, 0.26]})


@pytest.fixture(scope="module")
def page(built: Built, after_tax, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    population = save_built(built, folder / "population")
    rows = read_fit(folder / "population")
    assert rows is not None
    file = folder / "docs" / "population.md"
    file.parent.mkdir()
    write_page(file, population, rows, after_tax(population) / units_of(population), SPREAD)
    return file


def test_the_page_has_every_target_with_its_source(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in targets().values():
        assert f"[{target.name['en']}]({target.source.href})" in text, target.id


def test_the_page_says_what_was_held_out_and_how_much_seeds_differ(page: Path) -> None:
    text = page.read_text("utf-8")
    held_out = sum(not targets()[name].calibrated for name in HEADLINE)
    assert f"{held_out} of 10 are held out of the weights" in text
    assert "2 populations of 1 000 households" in text
    assert "0.240 to 0.260" in text
    assert "$" not in text


def test_all_pictures_of_the_page_are_there(page: Path) -> None:
    text = page.read_text("utf-8")
    files = sorted((page.parent / FOLDER).glob("*.svg"))
    assert len(files) == 5
    for file in files:
        assert f"]({FOLDER}/{file.name})" in text
        assert file.read_text("utf-8").startswith("<svg")


def test_a_difference_beyond_the_tolerance_is_bold() -> None:
    row = {"unit": "percent", "reached": 12.0, "target": 10.0, "missed": True, "difference_percent": 20.0}
    assert difference(row) == "**+2.0**"
    assert difference({**row, "unit": "NOK", "missed": False}) == "+20.0 %"
    assert difference({**row, "reached": None}) == ""


def test_tolerances_and_amounts_are_written_as_they_are_meant() -> None:
    assert tolerance({"tolerance": 3.0, "tolerance_in_percent": True}) == "3 %"
    assert tolerance({"tolerance": 0.015, "tolerance_in_percent": False}) == "0.015"
    assert tolerance({"tolerance": None}) == ""
    assert amount(2.8, 2.8) == "2.80"
    assert amount(None, 1.0) == ""
