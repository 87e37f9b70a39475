"""The law's pages and the register of coverage say what the law's files say today."""

import re
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from mikrosim.cli.app import main
from mikrosim.files import write_atomically
from mikrosim.measures.budget import BUDGET_SIGNS
from mikrosim.parameters import load_law
from mikrosim.population.schema import HOUSEHOLDS, INCOMES, PERSONS
from mikrosim.report.law_page import MARK, RENEW, folder_names, pages, read_folder

DOCS = Path(__file__).parents[2] / "docs"
COVERAGE = (DOCS / "coverage.md").read_text(encoding="utf-8")
COLUMNS = {column.name for column in (*HOUSEHOLDS, *PERSONS, *INCOMES)}


class Row(NamedTuple):
    instrument: str
    statute: str
    status: str
    where: str
    why: str

    def names(self):
        return re.findall(r"`(\w+)`", " ".join(self))


ROWS = [
    Row(*(cell.strip() for cell in line.strip("|").split("|")))
    for line in COVERAGE.splitlines()
    if line.startswith("| ") and not line.startswith(("| Instrument", "| ---"))
]


@pytest.fixture(scope="module")
def made():
    return pages()


def test_every_page_is_current(made):
    stale = [
        name
        for name, text in made.items()
        if not (DOCS / "law" / name).exists() or (DOCS / "law" / name).read_text(encoding="utf-8") != text
    ]
    assert not stale, f"docs/law/{stale} do not say what the law says; renew them with: {RENEW}"


def test_no_page_is_left_of_a_folder_that_is_gone(made):
    left = {path.name for path in (DOCS / "law").iterdir()} - set(made)
    assert not left, f"no folder of the law has the pages {left}; remove them with: {RENEW}"


def test_pages_hold_every_parameter_rule_source_and_mark(made):
    for name in folder_names():
        text, folder = made[f"{name}.md"], read_folder(name)
        for parameter in folder.parameters:
            assert f"### {parameter.path}\n" in text
            assert all(dated.href in text for dated in parameter.dated)
        assert all(f"`{rule.name}`" in text for rule in folder.rules)
        assert text.count("| **unconfirmed** |") == folder.count("unconfirmed")
    on_pages = [parameter for name in folder_names() for parameter in read_folder(name).parameters]
    assert len(on_pages) == len(load_law().parameters)


def test_pages_are_the_same_each_time_and_quick(made):
    start = time.process_time()
    assert pages() == made
    assert time.process_time() - start < 2


def test_the_command_writes_the_pages_and_removes_what_it_made_earlier(made, tmp_path, capsys):
    write_atomically(tmp_path / "gone.md", MARK.encode())
    write_atomically(tmp_path / "own.md", b"# By hand\n")
    with pytest.raises(SystemExit) as ended:
        main(["law", "--write-pages", str(tmp_path)])
    assert not ended.value.code
    assert f"{len(made)} pages" in capsys.readouterr().out
    assert {path.name for path in tmp_path.iterdir()} == {*made, "own.md"}


def test_the_command_prints_a_page_and_the_index(made, capsys):
    for arguments, file in ((["kontantstotte"], "kontantstotte.md"), ([], "README.md")):
        with pytest.raises(SystemExit):
            main(["law", *arguments, "--format", "markdown"])
        assert capsys.readouterr().out == made[file]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["barnetrygd.ordinaer"], "a page is a whole folder's; write barnetrygd instead of barnetrygd.ordinaer"),
        (["barntrygd"], "unknown name barntrygd; did you mean barnetrygd?"),
        (["barnetrygd", "--date", "2025-01"], "a page shows all dates"),
    ],
)
def test_what_has_no_page_is_one_sentence(arguments, words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["law", *arguments, "--format", "markdown"])
    assert ended.value.code == 1
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("folder", folder_names())
def test_every_folder_of_the_law_stands_in_the_register(folder):
    link = f"[{folder}](law/{folder}.md)"
    assert any(row.status == "modelled" and row.where == link for row in ROWS), f"docs/coverage.md lacks {link}"


@pytest.mark.parametrize("instrument", BUDGET_SIGNS)
def test_every_instrument_of_the_budget_stands_in_the_register(instrument):
    assert any(row.status == "modelled" and f"`{instrument}`" in row.instrument for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.instrument)
def test_the_register_names_what_exists_and_says_why(row):
    assert row.status in ("modelled", "given", "left out")
    assert row.statute
    assert row.why.endswith(".")
    if row.status == "modelled":
        assert (DOCS / re.fullmatch(r"\[\w+\]\((.+)\)", row.where)[1]).exists()
    elif row.status == "given":
        assert set(re.findall(r"`(\w+)`", row.where)) & COLUMNS
    else:
        assert not row.where
    assert set(row.names()) <= COLUMNS | set(BUDGET_SIGNS)


def test_every_given_transfer_stands_in_the_register():
    given = {name for row in ROWS if row.status == "given" for name in re.findall(r"`(\w+)`", row.where)}
    transfers = {column.name for column in INCOMES if not column.name.endswith(INPUTS)} - NOT_TRANSFERS
    assert transfers <= given, "docs/coverage.md lacks given transfers of the population"


INPUTS = ("_degree", "_from", "_to", "_basis")
"""What a computed benefit is computed from."""

NOT_TRANSFERS = {
    "wage", "self_employment_income", "capital_income", "interest_paid", "dividends", "union_fee",
    "income_previous_year", "income_as_year_before", "overgangsstonad_months", "net_wealth", "primary_home_value",
    "inntekt_for_uforhet", "foreldrepenger_dekningsgrad", "foreldrepenger_fellesdel", "alderspensjon_uttaksgrad",
    "other_parent_income",
}  # fmt: skip
