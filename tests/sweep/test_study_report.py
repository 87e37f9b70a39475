"""The report of a sweep and of an optimisation: its numbers, its frontier, its files, and what it needs."""

import json
import re
from html.parser import HTMLParser

import numpy as np
import pyarrow.parquet as pq
import pytest
from swept import TWO_RATES

from mikrosim.errors import MikrosimError
from mikrosim.report.sweep import charts
from mikrosim.report.sweep.effects import fit, means
from mikrosim.report.sweep.page import build_study, write_study
from mikrosim.report.sweep.study import COST, Study, is_study, read_study
from mikrosim.report.texts import Words
from mikrosim.sweep import sweep_from_dict
from mikrosim.sweep.place import read_sweep
from mikrosim.sweep.run import sweep

POOR = "reform.low_income.eu60.children.share"
WORDS_AND_NUMBERS = {
    "name": "Rates and ways <b>to tax</b>",
    "base": {"year": 2025},
    "parameters": {
        "barnetrygd.ordinaer": [1000, 2000, 3000],
        "barnetrygd.taxable_as": ["none", "alminnelig_inntekt", "personinntekt"],
    },
    "measures": [COST, "reform.low_income.eu60", "reform.inequality"],
    "persistent": False,
}


@pytest.fixture(scope="module")
def written(undisturbed, tmp_path_factory):
    """Return a copy of the undisturbed sweep with its report."""
    place = tmp_path_factory.mktemp("study") / "sweep"
    place.mkdir()
    for name in ("manifest.json", "sweep.parquet"):
        (place / name).write_bytes((undisturbed / name).read_bytes())
    write_study(place, Words("nb"))
    return place


@pytest.fixture(scope="module")
def page(written):
    return (written / "report.html").read_text("utf-8")


class Reader(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.texts = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.links += [value for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data):
        self.texts.append(data)


def test_the_files_are_a_page_charts_and_tables_beside_what_was_there(written):
    found = sorted(str(path.relative_to(written)) for path in written.rglob("*") if path.is_file())
    assert found == [
        "charts/alternative_texts.json", "charts/effects.png", "charts/effects.svg", "charts/frontier.png",
        "charts/frontier.svg", "manifest.json", "report.html", "sweep.parquet",
        *(f"tables/{name}.{kind}" for name in ("effects", "frontier", "parameters") for kind in ("csv", "parquet")),
    ]  # fmt: skip


def test_the_frontier_s_table_has_the_laws_that_no_other_beats(written):
    rows, _ = read_sweep(written)
    cost, poor = rows[COST].to_numpy(), rows[POOR].to_numpy()
    beaten = [
        bool(((cost <= cost[one]) & (poor <= poor[one]) & ((cost < cost[one]) | (poor < poor[one]))).any())
        for one in range(len(cost))
    ]
    table = pq.read_table(written / "tables" / "frontier.parquet")
    assert 3 < table.num_rows < 60
    assert sorted(table["scenario"].to_pylist()) == [one + 1 for one, worse in enumerate(beaten) if not worse]
    assert table[COST].to_pylist() == sorted(table[COST].to_pylist())


def test_the_page_needs_nothing_but_itself_and_lets_only_its_own_script_run(page):
    reader = Reader(page)
    assert len(page) < 5_000_000
    assert reader.tags.count("script") == 1
    assert not {"iframe", "object", "embed", "img", "form"} & set(reader.tags)
    assert all(link.startswith(("#", "data:")) for link in reader.links)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert "default-src 'none'" in policy
    assert re.search(r"script-src 'sha256-[\w+/]{43}='$", policy)


def test_pictures_have_words_for_those_who_do_not_see_them(written, page):
    texts = json.loads((written / "charts" / "alternative_texts.json").read_text("utf-8"))
    assert set(texts) == {"frontier", "effects"}
    assert "Punkter for 100 regelverk" in texts["frontier"]["text"]
    assert texts["frontier"]["text"] in page


@pytest.mark.parametrize("language", ["nb", "en"])
def test_it_is_written_in_either_language_and_is_the_same_every_time(written, language):
    one, _ = build_study(read_study(written), Words(language))
    again, _ = build_study(read_study(written), Words(language))
    assert one.html == again.html
    assert f'<html lang="{language}">' in one.html
    assert ("Kostnad mot lavinntekt" in one.html) == (language == "nb")


def test_words_as_values_have_categories_and_names_cannot_be_markup(population, tmp_path):
    sweep(sweep_from_dict(WORDS_AND_NUMBERS), tmp_path / "out", population)
    write_study(tmp_path / "out", Words("en"))
    page = (tmp_path / "out" / "report.html").read_text("utf-8")
    assert "Rates and ways &lt;b&gt;to tax&lt;/b&gt;" in page
    assert "<b>" not in re.sub(r"<script>.*</script>", "", page, flags=re.DOTALL)
    effects = {row["parameter"]: row for row in pq.read_table(tmp_path / "out/tables/effects.parquet").to_pylist()}
    taxed = effects["barnetrygd.taxable_as"]
    assert (taxed["low"], taxed["high"]) == ("personinntekt", "none")
    assert taxed[f"{COST} change"] > 0 >= taxed[f"{POOR} change"]


def test_a_list_without_enough_laws_for_a_fit_says_so(population, tmp_path):
    spec = {"name": "Few", "base": {"year": 2025}, "persistent": False, "design": "list",
            "list": [{"name": "low", "barnetrygd.ordinaer": 1000}, {"barnetrygd.utvidet": 1000}]}  # fmt: skip
    sweep(sweep_from_dict(spec), tmp_path / "out", population)
    page, _ = build_study(read_study(tmp_path / "out"), Words("en"))
    assert "Too few laws" in page.html
    assert "low (1)" in page.html


def test_a_sweep_that_did_not_keep_what_is_drawn_says_what_to_keep(population, tmp_path):
    spec = {**TWO_RATES, "samples": 4, "measures": ["change.winners_losers"]}
    sweep(sweep_from_dict(spec), tmp_path / "out", population)
    with pytest.raises(MikrosimError) as caught:
        read_study(tmp_path / "out")
    assert "change.budget.net was not kept; a report draws it, so name it in `measures`" in str(caught.value)
    assert POOR in str(caught.value)


def test_an_optimum_s_report_has_the_best_law_and_all_that_were_tried(optimum_folder):
    study = read_study(optimum_folder)
    assert (study.kind, study.cost, study.others) == ("optimise", COST, (POOR,))
    assert len(study) == study.optimum["evaluations"]
    assert study.frontier(POOR).sum() == len(study.optimum["frontier"])
    page, view = build_study(study, Words("en"))
    assert "The best that was found" in page.html
    best = study.optimum["measures"]
    points = [point for point in pq.read_table(optimum_folder / "tried.parquet").to_pylist()
              if point[COST] == best[COST]]  # fmt: skip
    assert points[0]["barnetrygd.ordinaer"] == study.optimum["parameters"]["barnetrygd.ordinaer"]
    assert [picture.name for picture in view.pictures] == ["frontier", "effects"]


def test_other_folders_are_no_study(written, optimum_folder, tmp_path):
    assert is_study(written)
    assert is_study(written / "sweep.parquet")
    assert is_study(optimum_folder)
    assert not is_study(tmp_path)
    (tmp_path / "manifest.json").write_text('{"mikrosim": "1"}')
    assert not is_study(tmp_path)


def study_of(columns, parameters, measure):
    about = {"parameters": {name: {} for name in parameters}}
    columns = {"scenario": list(range(1, len(measure) + 1)), COST: measure, **columns}
    return Study("sweep", about, columns, COST, (POOR,), {})


def test_a_fit_finds_what_a_measure_was_made_of():
    rng = np.random.default_rng(1)
    one, other = rng.uniform(0, 10, (2, 400))
    word = rng.integers(0, 3, 400)
    measure = 3.0 * one - 0.5 * other + np.array([0.0, 10.0, 4.0])[word]
    found = fit(study_of({"a": one.tolist(), "b": other.tolist(), "c": [["x", "y", "z"][place] for place in word]},
                         ["a", "b", "c"], measure.tolist()), COST)  # fmt: skip
    a, b, c = found.effects
    assert found.share == pytest.approx(1.0)
    assert a.change == pytest.approx(3.0 * (one.max() - one.min()))
    assert b.change == pytest.approx(-0.5 * (other.max() - other.min()))
    assert (c.low, c.high, c.change) == ("x", "y", pytest.approx(10.0))
    assert a.share > c.share > b.share > 0


def test_means_lie_at_each_value_or_in_equally_large_groups():
    assert means([1, 1, 2, None], np.array([2.0, 4.0, 5.0, 9.0]), 5) == [(1, 3.0), (2, 5.0)]
    found = means(list(range(100)), np.arange(100.0), 4)
    assert [value for value, _ in found] == [12.0, 37.0, 62.0, 87.0]


def test_charts_are_as_wide_as_their_size_and_valid():
    from mikrosim.report.charts.render import draw
    from mikrosim.report.charts.style import SIZES

    rows = [{"cost": 1.0, "other": 2.0, "kind": kind} for kind in ("tried", "frontier", "present", "best")]
    key = ("tried", "frontier", "present", "best")
    panel = [{"value": 1.0, "measure": 2.0, "mean": False}, {"value": 1.0, "measure": 2.0, "mean": True}]
    for size in SIZES:
        assert charts.frontier(rows, size, ("x", "y"), key).to_dict(validate=True)
        assert charts.panels([panel] * 3, size, [("x", "y")] * 3).to_dict(validate=True)
    for chart in (lambda size: charts.frontier(rows, size, ("x", "y"), key),
                  lambda size: charts.panels([panel] * 3, size, [("x", "y")] * 3)):  # fmt: skip
        picture = draw("a", "a", "a", chart, comma=True)
        assert all(height > 100 for _, height in picture.drawings.values())
