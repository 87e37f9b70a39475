"""The page: every number has a source, both languages are whole, and it needs nothing from the network."""

import copy
import math
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from detailed import a_detailed_result
from results import a_result

import mikrosim.report
from mikrosim.report.charts import Panel, bars, dots, panels, parts
from mikrosim.report.charts.style import SIZES
from mikrosim.report.headline import answer
from mikrosim.report.numbers import number
from mikrosim.report.page.build import SHORT, build_page
from mikrosim.report.page.compare import build_comparison
from mikrosim.report.run_data import RunData, read_run
from mikrosim.report.summary import Summary
from mikrosim.report.tables_of_groups import _tables
from mikrosim.report.tables_of_run import run_tables
from mikrosim.report.tables_view import Sample, Weighted
from mikrosim.report.texts import LANGUAGES, OF_TWO_YEARS, WORDS, Words
from mikrosim.simulation.anchored import AnchoredLine
from mikrosim.simulation.result import plain_values

MEGABYTES = 1_000_000
NUMBER = re.compile(r"\d[\d\N{NO-BREAK SPACE}]*(?:,\d+)?")


@pytest.fixture(scope="module")
def run(folder):
    return read_run(folder)


@pytest.fixture(scope="module")
def html(folder):
    return (folder / "report.html").read_text()


class Reader(HTMLParser):
    """Collects the page's text outside charts, what it links to, and the order of its headings."""

    SILENT = ("svg", "style", "title", "head")

    def __init__(self, html):
        super().__init__()
        self.texts, self.links, self.headings, self.ids, self.tags = [], [], [], [], set()
        self._silent = 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.add(tag)
        self._silent += tag in self.SILENT
        if "id" in found:
            self.ids.append(found["id"])
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        for name in ("src", "href", "srcset", "data", "action"):
            if name in found:
                self.links.append((tag, found[name]))

    def handle_endtag(self, tag):
        self._silent -= tag in self.SILENT

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.texts.append(data)


@pytest.fixture(scope="module")
def everything(asked):
    return read_run(asked)


def run_of(result):
    return RunData(Summary(result.to_dict()), plain_values(run_tables(result)), {})


def numbers_in(text):
    return {found.strip().replace("\N{NO-BREAK SPACE}", "") for found in NUMBER.findall(text)}


def leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def written(value):
    """Return the ways in which a report may write a number: rounded, as percent, in thousands."""
    found = set()
    for shown in (value, 100 * value, value / 1000):
        found |= {number(shown, decimals).lstrip("−") for decimals in range(6)}
    found |= {number(step * round(value / step)).lstrip("−") for step in (100, 1000)}
    return {text.replace("\N{NO-BREAK SPACE}", "") for text in found}


def known_numbers(run):
    """Return every number of a run's summary, tables and manifest, in all the ways a report may write it."""
    sources = [run.summary.content, run.tables, run.manifest]
    values = [leaf for source in sources for leaf in leaves(source) if leaf is not None and not isinstance(leaf, bool)]
    known = set()
    for value in values:
        if isinstance(value, str):
            known |= numbers_in(value) | numbers_in(value.replace(".", ","))
            known |= numbers_in(value.replace(" ", "").replace(".", ","))
        elif math.isfinite(value):
            known |= written(value)
    known |= numbers_in(run.summary.get("law_hash")[:SHORT])  # cut, it may end inside a number
    for texts in WORDS.values():
        known |= numbers_in(texts[0])
    counts = [
        len(run.tables["population_fit"]),
        sum(abs(row["difference_percent"]) <= 2.0 for row in run.table("population_fit")),
        *(len(remark["names"]) for remark in run.summary.get("remarks")),
    ]
    places = [row for row in run.table("winners_losers") if row["division"] == "municipality"]
    counts += [len(places), sum(not row["shrunk"] for row in places)]
    losing = [row for row in run.table("losers", division="family_type") if row["households"]]
    many = sum(row["households"] for row in losing)
    known |= written(many) | written(sum(row["households"] * row["mean_loss"] for row in losing) / many)
    return known | {str(count) for count in counts}


@pytest.mark.parametrize("name", ["run", "everything"])
def test_every_number_is_in_the_summary_or_a_table(name, request):
    run = request.getfixturevalue(name)
    text = " | ".join(Reader(build_page(run, Words()).html).texts)

    assert numbers_in(text) - known_numbers(run) == set()
    assert len(numbers_in(text)) > 200


def test_the_page_needs_nothing_but_itself(html):
    reader = Reader(html)

    assert len(html) < 5 * MEGABYTES
    assert not reader.tags & {"script", "iframe", "object", "embed", "img", "form"}
    for tag, link in reader.links:
        assert tag == "a" or link == "data:,", (tag, link)
    assert "url(http" not in html
    assert "@import" not in html


def test_what_a_scenario_says_is_text_and_no_markup(html):
    assert "Høyere barnetrygd &lt;b&gt;&amp; mer&lt;/b&gt;" in html
    assert "<b>" not in html


def test_the_page_is_built_for_screen_readers(html):
    reader = Reader(html)

    assert '<html lang="nb">' in html
    assert reader.headings[0] == 1
    assert reader.headings.count(1) == 1
    for before, after in zip(reader.headings, reader.headings[1:], strict=False):
        assert after <= before + 1, reader.headings
    assert len(reader.ids) == len(set(reader.ids))
    charts = re.findall(r'<svg[^>]*class="chart[^>]*>', html)
    assert len(charts) == 2 * 7
    for chart in charts:
        assert 'role="img"' in chart
        for name in re.search(r'aria-labelledby="([^"]+)"', chart)[1].split():
            assert name in reader.ids
    assert html.count("<details>") >= 6


def test_the_english_page_is_english(run):
    html = build_page(run, Words("en")).html

    assert '<html lang="en">' in html
    texts = " ".join(Reader(html).texts)
    for norwegian in ("Svaret", "prosent", "Gjeldende lov", "Barnefamilier", "kr i måneden", "tredje ledd"):
        assert norwegian not in texts
    assert "1,968 NOK per month" in texts


def test_what_a_scenario_does_not_capture_stands_first_among_the_reservations(run):
    about = {"limits": "Bare satsene. Se https://example.org/grenser; og mer.", "source": "https://example.org/a; b."}
    page = build_page(RunData(Summary({**run.summary.content, "about": about}), run.tables, run.manifest), Words())

    beware = page.html.partition('id="beware-title"')[2]
    assert beware.index(WORDS["beware.limits"][0]) < beware.index("Bare satsene") < beware.index("<ul>")
    assert page.html.count("Bare satsene") == 1
    assert 'href="https://example.org/a"' in page.html


def test_a_line_that_follows_prices_is_told_where_there_is_one(detailed):
    line = AnchoredLine(2023, 1.063, 305_912.5)
    rows = _tables(Weighted.whole(Sample(detailed.detail)), 0.0, line)["low_income_anchored"]
    run = run_of(detailed)
    html = build_page(RunData(run.summary, {**run.tables, "low_income_anchored": rows}, {}), Words()).html.replace(
        "\N{NO-BREAK SPACE}", " "
    )

    income = detailed.detail.after.years[0]
    low, children = income.after_tax / income.units_eu < line.line, detailed.detail.frame.children
    share = children[low].sum() / children.sum()
    assert rows[1]["share_reform"] == pytest.approx(share)
    assert "grensen fra 2023, bare justert for prisvekst (KPI, nå 305 913 kr per forbruksenhet)" in html
    assert f"og {number(100 * share, 1)} prosent etter" in html
    assert "justert for prisvekst" not in build_page(run, Words()).html


def test_few_are_not_told_as_none(run):
    content = copy.deepcopy(run.summary.content)
    content["winners_losers"]["all"] |= {"gain": 0.004, "lose": 0.0, "unchanged": 0.996}
    html = build_page(RunData(Summary(content), run.tables, run.manifest), Words()).html
    assert "får under 0,5 prosent mer og 0 prosent mindre" in html


def test_an_earlier_law_as_the_baseline_is_told(run):
    content = {**run.summary.content, "about": {"baseline": {"law_of": 2021, "amounts_multiplied_by": 1.2234}}}

    html = build_page(RunData(Summary(content), run.tables, run.manifest), Words()).html

    assert "Reformen er sammenlignet med loven for 2021, der beløp i kroner er ganget med 1,2234." in html


def test_a_hand_made_result_without_households_has_a_page_too():
    page = build_page(run_of(a_result()), Words())
    assert "Reformen koster 6,2" in page.html

    nothing = {"all": dict.fromkeys(("gain", "lose", "unchanged"), float("nan"))}
    empty = a_result(winners_losers={**nothing, "families_with_children": nothing["all"]})
    assert "–" in build_page(run_of(empty), Words()).html


def test_intervals_stand_beside_the_numbers(run):
    content = copy.deepcopy(run.summary.content)
    content["change"]["budget"]["interval"] = {"net": [1000.0, 1200.0]}
    content["change"]["low_income"]["eu60"]["children"]["interval"] = {
        "persons": [-9000.0, -1000.0],
        "share": [-0.1, -0.01],
    }
    summary = Summary(content)

    sentences = [text.replace("\N{NO-BREAK SPACE}", " ") for text in answer(summary, Words())]
    assert "(95 % intervall 1,0 til 1,2 mrd. kr)" in sentences[0]
    assert "(95 % intervall −9 000 til −1 000)" in sentences[1]
    page = build_page(RunData(summary, run.tables, run.manifest), Words())
    assert WORDS["page.interval_head"][0] in page.html
    assert WORDS["page.no_uncertainty"][0] not in page.html


def test_what_was_asked_for_is_on_the_page(everything, html):
    page = build_page(everything, Words())
    texts = " ".join(Reader(page.html).texts)

    for key in ("incentives.title", "work.rates", "parts.title", "parts.of_family", "page.interval_of_number"):
        assert WORDS[key][0] in texts
        assert WORDS[key][0] not in html
    for key in ("work.how", "parts.how"):
        assert WORDS[key][0].strip() in html
        assert WORDS[key][0].strip() not in texts
    assert "parts" in {picture.name for picture in page.pictures}
    assert "Barnetrygd, gjeldende lov" in texts


def test_every_interval_on_the_page_is_one_of_a_table(everything):
    html = build_page(everything, Words()).html
    spans = re.findall(r"<td class=\"number\">([^<]* til [^<]*)</td>", html)

    assert len(spans) > 100
    known = known_numbers(everything)
    assert {number for span in spans for number in numbers_in(span)} - known == set()


def test_several_runs_stand_side_by_side(run, tmp_path):
    other = a_detailed_result(tmp_path, scenario="En annen", law_hash="another")
    runs = [run, run_of(other)]

    html = build_comparison(runs, Words()).html

    assert "2 kjøringer side om side" in html
    assert html.count("En annen") > 5
    assert "Kjøringene har ikke samme lov." in html
    same = build_comparison([run, run], Words()).html
    assert "Kjøringene har ikke samme" not in same
    assert "1. Høyere barnetrygd" in same


SAMPLES = {
    bars: ([{"label": "En ordning", "value": 3.0, "text": "+3", "kind": "up", "low": 2.0, "high": 4.5},
            {"label": "En annen med et svært langt navn som må brytes", "value": -1.0, "text": "−1", "kind": "down"},
            {"label": "Netto", "value": 0.0, "text": "0", "kind": "net"}], "kr"),
    dots: ([{"label": "Alle", "before": 10.0, "after": 8.0, "text": "10 → 8"}, {"label": "Type", "heading": True}],
           "prosent", ("Før", "Etter")),
    parts: ([{"label": "Alle", "lose": 20.0, "unchanged": 0.0, "gain": 80.0, "lose_text": "20", "unchanged_text": "0",
              "gain_text": "80"}], "prosent", ("a", "b", "c")),
    panels: ([Panel("En familie", [3.0, 3.0, 4.0], [4.0, 3.0, 2.0], ["jan", "", "mar"], [("før", [0, 2])]),
              Panel("En annen", [0.0, 0.0, 0.0], [0.0, 0.0, 0.0], ["jan", "", "mar"], [("før", [1, 1])])], "kr",
             ("Før", "Etter"), ("lav", "høy", "høyest")),
}  # fmt: skip


@pytest.mark.parametrize("chart", SAMPLES, ids=lambda chart: chart.__name__)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
def test_charts_are_valid_vega_lite(chart, size):
    rows, *words = SAMPLES[chart]
    specification = chart(rows, size, *words).to_dict(validate=True)
    width = specification["width"] + specification["padding"]["left"] + specification["padding"]["right"]
    assert width == size.width


def test_a_chart_of_nothing_can_be_drawn():
    for size in SIZES:
        bars([{"label": "Netto", "value": 0.0, "text": "0", "kind": "net"}], size, "kr").to_dict()
        dots([], size, "prosent", ("a", "b")).to_dict()


def test_every_text_is_in_both_languages_with_the_same_holes():
    for key, texts in WORDS.items():
        assert len(texts) == len(LANGUAGES)
        assert all(text.strip() for text in texts), key
        assert len({frozenset(re.findall(r"{\w+}", text)) for text in texts}) == 1, key


def test_every_text_that_is_asked_for_is_there_and_the_others_are_gone():
    folder = Path(mikrosim.report.__file__).parent
    files = [*folder.rglob("*.py"), *folder.rglob("*.html"), *(folder.parent / "cli").rglob("*.py")]
    source = "\n".join(path.read_text("utf-8") for path in files)
    asked = set(re.findall(r"""words\(\s*f?["']([^"'{}]+)["']""", source))
    assert {key for key in asked if key not in WORDS} == set()

    quoted = set(re.findall(r"""["']([\w.+ -]+)["']""", source))
    kinds = (
        "budget unit instrument group division kind remark definition spending value statute absent beware child_care "
        "inequality design index"
    )

    prefixes = {*re.findall(r"""["']([\w.]+)\.\{""", source), *kinds.split(), "stage"}
    stems = tuple(re.findall(r"""["']([\w.]+_)\{""", source))
    endings = {*re.findall(r"""words\(f["']\{[^}]+\}\.(\w+)["']""", source)}
    keys = [key.removesuffix(OF_TWO_YEARS) for key in WORDS]
    unused = [key for key in keys if key not in quoted and key.rpartition(".")[0] not in prefixes
              and key.rpartition(".")[2] not in endings and not key.startswith(stems)
              and not any(key.startswith(f"{prefix}.") for prefix in prefixes)]  # fmt: skip
    assert unused == []


def test_every_group_has_a_name(run):
    for table in ("low_income_by_group", "winners_losers"):
        for row in run.tables[table]:
            if row["division"] not in ("county", "municipality"):
                assert f"group.{row['division']}.{row['group']}" in WORDS, row
                assert f"division.{row['division']}" in WORDS
    for row in run.tables["low_income_definitions"]:
        assert f"definition.{row['definition']}" in WORDS
    for row in run.tables["spending"]:
        assert f"spending.{row['measure']}" in WORDS
