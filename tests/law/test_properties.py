"""What must hold for everyone, whatever the figures: more never gives less, parts make up wholes, limits hold."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from norway import GRAPH, LAYOUT, apart, merged, random_households

from mikrosim import household, scenario_from_dict
from mikrosim.engine.plain import evaluate
from mikrosim.hypothetical.columns import dataset_of
from mikrosim.hypothetical.compute import compute, evaluate_household
from mikrosim.hypothetical.spec import read_spec
from mikrosim.measures.budget import BUDGET_SIGNS
from mikrosim.parameters import FIRST_YEAR, LAST_YEAR, baseline, load_law

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mikrosim.engine.plain import Values

YEARS = range(FIRST_YEAR, LAST_YEAR + 1)
OSLO, ALTA = "0301", "5601"
LIMITS = (99_650, 217_400, 697_150)
WAGES = sorted({*range(0, 2_000_001, 40_000), *(limit + step for limit in LIMITS for step in (0, 1))})
CENT = 1e-6
INSTRUMENTS = (*BUDGET_SIGNS, "barnebidrag")
PAID_TO_RECIPIENTS = ("dagpenger", "aap", "sykepenger", "uforetrygd", "engangssum_uforetrygd", "tiltakspenger",
                      "kvalifiseringsstonad", "introduksjonsstonad", "foreldrepenger")  # fmt: skip
OF_FIRST_MEMBER = {
    "bostotte_received",
    "sosialhjelp_received",
    "means_tested_income",
    "gross_income",
    "after_tax_income",
}

quick = settings(max_examples=40, deadline=None, derandomize=True, database=None)


def along(spec: dict[str, Any], who: str, name: str, values: Iterable[float]) -> list[dict[str, Any]]:
    """Return a household's results at each value of one person's input."""
    return compute(read_spec(spec, "test"), variants=[{who: {name: float(value)}} for value in values], marginal=[])


def alone(year: int, municipality: str = OSLO, **inputs: Any) -> dict[str, Any]:
    """Return one person who does not apply for bostøtte and sosialhjelp, so that tax alone is seen."""
    person = {"id": "a", "born": f"{year - 40}-05", **inputs}
    return {"year": year, "household": {"municipality": municipality, "take_up": 1}, "persons": [person]}


def couple(year: int, children: Iterable[dict[str, Any]], municipality: str = OSLO, **inputs: Any) -> dict[str, Any]:
    parents = [
        {"id": "mor", "born": f"{year - 38}-02", "partner": "far", "wage": 500_000, **inputs},
        {"id": "far", "born": f"{year - 39}-02", "wage": 550_000},
    ]
    own = [
        {"id": f"barn{number}", "parents": ["mor", "far"], **child} for number, child in enumerate(children, start=1)
    ]
    return {"year": year, "household": {"municipality": municipality}, "persons": [*parents, *own]}


def value(year: int, path: str, month: int = 1) -> float:
    return float(load_law().vector(year)[month - 1, load_law().layout.slots[path].start])


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("municipality", [OSLO, ALTA])
@pytest.mark.parametrize(
    "name",
    ["wage", "self_employment_income", "pension", "uforetrygd", "dagpenger", "foreldrepenger", "introduksjonsstonad"],
)
def test_more_income_gives_more_tax_and_more_left(year: int, municipality: str, name: str) -> None:
    for others in ({}, {"pension": 250_000, "born": f"{year - 68}-05"}, {"wage": 120_000, "born": f"{year - 16}-05"}):
        points = [point["persons"]["a"] for point in along(alone(year, municipality, **others), "a", name, WAGES)]
        for less, more in pairwise(points):
            for tax in ("personinntekt", "trinnskatt", "trygdeavgift", "skatt_alminnelig_inntekt", "minstefradrag"):
                assert more[tax] >= less[tax] - CENT, tax
            assert more["skatt"] >= less["skatt"] - CENT
            assert more["after_tax_income"] > less["after_tax_income"]
        for income, point in zip(WAGES, points, strict=True):
            assert 0 <= point["skatt"] <= income + sum(v for v in others.values() if isinstance(v, int))


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("name", ["interest_paid", "union_fee"])
def test_a_deduction_never_raises_the_tax(year: int, name: str) -> None:
    for wage in (0, 150_000, 700_000):
        points = along(alone(year, wage=wage), "a", name, range(0, 300_000, 10_000))
        taxes = [point["persons"]["a"]["skatt"] for point in points]
        assert all(more <= less for less, more in pairwise(taxes))
        assert taxes[-1] >= 0


@pytest.mark.parametrize("year", YEARS)
def test_in_tiltakssonen_tax_is_never_higher(year: int) -> None:
    for oslo, alta in zip(
        along(alone(year), "a", "wage", WAGES), along(alone(year, ALTA), "a", "wage", WAGES), strict=True
    ):
        assert alta["household"]["skatt"] <= oslo["household"]["skatt"]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("parents", [["mor"], ["mor", "far"]])
def test_barnetrygd_rises_with_each_child_and_by_its_own_amount(year: int, parents: list[str]) -> None:
    received = []
    for count in range(7):
        children = [{"born": f"{year - 2 * number - 1}-04", "parents": parents} for number in range(count)]
        result = household(couple(year, children, ALTA))
        own = [result["persons"][f"barn{number + 1}"]["barnetrygd_child"] for number in range(count)]
        assert result["household"]["barnetrygd"] == pytest.approx(sum(own))
        received.append(result["household"]["barnetrygd"])
    assert all(more > less for less, more in pairwise(received))


@pytest.mark.parametrize("year", YEARS)
def test_shared_residence_halves_what_a_child_gives(year: int) -> None:
    for age in (0, 3, 5, 6, 12, 17):
        child = {"born": f"{year - age}-04"}
        whole, half = (
            household(couple(year, [{**child, "shared_residence": shared}]))["household"]["ordinaer_barnetrygd"]
            for shared in (False, True)
        )
        assert whole / 2 <= half <= whole / 2 + 12 * 0.5


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("taxable_as", ["none", "alminnelig_inntekt", "personinntekt"])
@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_parents_parts_of_taxed_barnetrygd_make_up_the_whole(year: int, taxable_as: str, share: float) -> None:
    reform = {"barnetrygd.taxable_as": taxable_as, "barnetrygd.tax_share_mother": share}
    policy = scenario_from_dict({"name": "x", "year": year, "reform": reform}).policy()
    spec = couple(year, [{"born": f"{year - 3}-04"}, {"born": f"{year - 9}-04", "parents": ["mor"]}], ALTA)
    result = household(spec, policy=policy)["household"]
    assert result["taxed_barnetrygd"] == pytest.approx(result["barnetrygd"])
    in_alminnelig = result["barnetrygd"] if taxable_as != "none" else 0
    assert result["barnetrygd_in_alminnelig_inntekt"] == pytest.approx(in_alminnelig)
    in_personinntekt = result["barnetrygd"] if taxable_as == "personinntekt" else 0
    assert result["barnetrygd_in_personinntekt"] == pytest.approx(in_personinntekt)
    assert result["personinntekt"] == pytest.approx(1_050_000 + in_personinntekt)


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("municipality", [OSLO, ALTA, "5636"])
def test_kindergarten_costs_at_most_the_maximum_price_and_six_per_cent(year: int, municipality: str) -> None:
    children = [{"born": f"{year - age}-02", "kindergarten_hours": hours} for age, hours in ((4, 45), (3, 30), (2, 45))]
    spec = couple(year, children, municipality, income_previous_year=0)
    spec["persons"][1]["income_previous_year"] = 0
    most = sum(value(year, "barnehage.max_price", month) for month in range(1, 13) if month != 7)
    bills = []
    for income, point in zip(WAGES, along(spec, "mor", "income_previous_year", WAGES), strict=True):
        own = [point["persons"][f"barn{number}"]["foreldrebetaling_barnehage_child"] for number in (1, 2, 3)]
        assert all(0 <= bill <= min(most, 0.06 * income) + CENT for bill in own)
        bills.append(point["household"]["foreldrebetaling_barnehage"])
        assert bills[-1] == pytest.approx(sum(own))
    assert all(more >= less - CENT for less, more in pairwise(bills))


@pytest.mark.parametrize("year", YEARS)
def test_more_hours_in_kindergarten_never_cost_less_and_a_sibling_never_makes_a_child_dearer(year: int) -> None:
    def bills(*hours: int) -> list[float]:
        children = [{"born": f"{year - 3}-0{place}", "kindergarten_hours": h} for place, h in enumerate(hours, start=1)]
        result = household(couple(year, children))
        return [result["persons"][f"barn{n}"]["foreldrebetaling_barnehage_child"] for n in range(1, len(hours) + 1)]

    by_hours = [bills(hours)[0] for hours in (0, 1, 19, 20, 21, 40, 41, 45, 46, 60)]
    assert all(more >= less for less, more in pairwise(by_hours))
    full = bills(45)[0]
    assert sum(bills(45, 45)) == pytest.approx(full * 1.7)
    for hours in (10, 41, 45):
        assert all(bill <= full + CENT for bill in bills(45, hours, hours))
        assert sum(bills(45, hours)) >= full - CENT


@pytest.mark.parametrize("year", YEARS)
def test_foreldrefradrag_is_what_care_costs_up_to_the_limit(year: int) -> None:
    for count in (1, 2, 4):
        children = [
            {"born": f"{year - 4 - number}-02", "kindergarten_hours": 45, "sfo": "full"} for number in range(count)
        ]
        result = household(couple(year, children))
        first, further = (value(year, f"skatt.foreldrefradrag.{name}") for name in ("first_child", "further_child"))
        wanted = min(result["household"]["child_care_costs"], first + further * (count - 1))
        assert result["household"]["foreldrefradrag"] == pytest.approx(wanted)
        persons = result["persons"]
        assert persons["mor"]["foreldrefradrag"] == persons["far"]["foreldrefradrag"] == pytest.approx(wanted / 2)


@pytest.mark.parametrize("year", YEARS)
def test_a_lodger_changes_nothing_for_the_family(year: int) -> None:
    spec = couple(
        year, [{"born": f"{year - 3}-02", "kindergarten_hours": 45}, {"born": f"{year - 8}-02", "sfo": "half"}]
    )
    without = household(spec)["persons"]
    lodger = {"id": "lodger", "born": f"{year - 25}-01", "wage": 300_000}
    for place in (0, 2, 4):
        persons = [*spec["persons"][:place], lodger, *spec["persons"][place:]]
        with_lodger = household({**spec, "persons": persons})["persons"]
        assert with_lodger.pop("lodger") == household({"year": year, "persons": [lodger]})["persons"]["lodger"]
        assert with_lodger == without


@pytest.mark.parametrize("year", YEARS)
def test_consumption_units_grow_by_the_weight_of_each_further_person(year: int) -> None:
    persons = [{"id": "a", "born": f"{year - 40}-05"}]
    expected = 1.0
    for number, (age, weight) in enumerate([(16, 0.3), (17, 0.5), (0, 0.3), (90, 0.5)]):
        persons.append({"id": f"p{number}", "born": f"{year - age}-12"})
        expected += weight
        assert household({"year": year, "persons": persons})["household"]["consumption_units_eu"] == pytest.approx(
            expected
        )


SPELLS = (
    "dagpenger",
    "aap",
    "uforetrygd",
    "sykepenger",
    "introduksjonsstonad",
    "kvalifiseringsstonad",
    "tiltakspenger",
)
WITH_BASIS = SPELLS[:4]
AGES = {"mormor": 66, "morfar": 70, "mor": 35, "far": 37}


@st.composite
def benefits(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the inputs of one of the benefits that replace work, or none."""
    name = draw(st.sampled_from(["none", *SPELLS]))
    if name == "none":
        return {"dagpenger": draw(st.sampled_from([0, 90_000]))}
    first = draw(st.integers(1, 12))
    spell = {"degree": draw(st.sampled_from([0.5, 1])), "from": first, "to": draw(st.integers(first, 12))}
    if name in WITH_BASIS:
        spell["basis"] = draw(st.sampled_from([60_000, 300_000, 900_000]))
    return {f"{name}_{key}": value for key, value in spell.items()}


@st.composite
def families(draw: st.DrawFn, years: st.SearchStrategy[int] = st.integers(FIRST_YEAR, LAST_YEAR)) -> dict[str, Any]:  # noqa: B008 -- a strategy is not changed by use
    """Draw a mother, parents or two generations of couples or single adults, with children of either and both."""
    year = draw(years)
    amount = st.sampled_from([0, 0, 90_000, 240_000, 480_000, 700_000, 1_600_000])
    wealth = st.sampled_from([-400_000, 0, 0, 60_000, 3_000_000])
    ages = draw(st.sampled_from([{"mor": 35}, {"mor": 35, "far": 37}, AGES]))
    adults: dict[str, dict[str, Any]] = {
        name: {
            "id": name,
            "born": f"{year - age}-0{draw(st.integers(1, 9))}",
            "wage": draw(amount),
            "net_wealth": draw(wealth),
        }
        for name, age in ages.items()
    }
    for name, adult in adults.items():
        if name in ("mor", "far"):
            adult |= draw(benefits())
            adult["young_disabled"] = draw(st.booleans())
            adult["foreldrepenger_basis"] = draw(amount)
            adult["foreldrepenger_dekningsgrad"] = draw(st.sampled_from([0, 80, 100]))
        else:
            adult["pension"] = draw(amount)
            adult["alderspensjon_uttaksgrad"] = draw(st.sampled_from([0, 0.5, 1]))
            adult["trygdetid"] = draw(st.sampled_from([5, 30, 40]))
    adults["mor"]["overgangsstonad_months"] = draw(st.sampled_from([0, 7, 12]))
    families = [["mor"], []]
    if "far" in adults:
        families += [["far"], ["mor", "far"], ["far", "mor"]]
        if draw(st.booleans()):
            adults["far"]["partner"] = "mor"
    if "mormor" in adults:
        families += [["mormor"], ["mormor", "morfar"]]
        adults["mor"]["parents"] = draw(st.sampled_from([[], ["mormor"], ["mormor", "morfar"]]))
        if draw(st.booleans()):
            adults["mormor"]["partner"] = "morfar"
    parents = st.sampled_from(families)
    children = [
        {
            "id": f"barn{age}",
            "born": f"{year - age}-0{draw(st.integers(1, 9))}",
            "parents": draw(parents),
            "kindergarten_hours": draw(st.sampled_from([0, 30, 45])),
            "sfo": draw(st.sampled_from(["none", "half", "full"])),
            "shared_residence": draw(st.booleans()),
            "other_parent_income": draw(st.sampled_from([None, 250_000, 900_000])),
            "samvaersklasse": draw(st.integers(0, 4)),
        }
        for age in draw(st.sets(st.sampled_from([0, 0, 0, *range(19)]), max_size=5))
    ]
    home = {
        "municipality": draw(st.sampled_from([OSLO, ALTA, "2100"])),
        "tenure": draw(st.sampled_from(["owner", "renter"])),
        "housing_cost_month": draw(st.sampled_from([0, 11_000])),
        "cohabiting": draw(st.booleans()),
        "take_up": draw(st.sampled_from([0, 0, 1])),
    }
    return {"year": year, "household": home, "persons": draw(st.permutations([*adults.values(), *children]))}


def test_families_reach_every_instrument_and_no_transfer_tax_or_bill_is_negative() -> None:
    reached = set()

    @settings(quick, max_examples=400)
    @given(families())
    def look(spec: dict[str, Any]) -> None:
        values = evaluate_household(read_spec(spec, "test"), baseline(spec["year"])).values
        for name in INSTRUMENTS:
            figures = [figure for of_month in values[name] for figure in of_month]
            assert min(figures) >= 0, name
            if any(figures):
                reached.add(name)

    look()
    rare = {"skolemat", "engangssum_uforetrygd"}  # what no law gives, and what was paid in one month only
    assert reached >= set(INSTRUMENTS) - rare


@quick
@given(families(), st.sampled_from(list(AGES)))
def test_no_tax_of_ones_own_falls_as_the_wage_rises(spec: dict[str, Any], who: str) -> None:
    assume(any(person["id"] == who for person in spec["persons"]))
    # What is paid less of because of the wage is taxed less: such benefits are left out, or given.
    for person in spec["persons"]:
        person["income_previous_year"] = 400_000
        person["overgangsstonad_months"] = 0
        person["trygdetid"] = 40
        for name in [name for name in person if name.startswith("uforetrygd_")]:
            del person[name]
            person["uforetrygd"] = 200_000
    points = [point["persons"][who] for point in along(spec, who, "wage", WAGES[::4])]
    for less, more in pairwise(points):
        for tax in ("personinntekt", "skatt_alminnelig_inntekt", "trinnskatt", "trygdeavgift", "skatt"):
            assert more[tax] >= less[tax] - CENT, tax


@quick
@given(families(), st.sampled_from(list(AGES)))
def test_the_tax_on_wealth_never_falls_as_wealth_grows(spec: dict[str, Any], who: str) -> None:
    assume(any(person["id"] == who for person in spec["persons"]))
    wealth = (-1_000_000, -1, 0, 1_000_000, 1_700_001, 1_900_000, 3_800_000, 5_000_000, 20_000_000, 50_000_000)
    taxes = [point["household"]["formuesskatt"] for point in along(spec, who, "net_wealth", wealth)]
    assert all(more >= less - CENT for less, more in pairwise(taxes))
    assert taxes[0] < taxes[-1] <= 0.012 * 54_000_000


@quick
@given(families())
def test_parts_make_up_wholes(spec: dict[str, Any]) -> None:
    result = household(spec)
    together, persons = result["household"], result["persons"].values()
    for name in BUDGET_SIGNS:
        assert together[name] >= 0, name
    for name in (
        "skatt",
        "after_tax_income",
        "barnetrygd",
        "kontantstotte",
        "engangsstonad",
        "barnebidrag",
        "personinntekt",
        "foreldrefradrag",
        "trygdeavgift",
        *PAID_TO_RECIPIENTS,
    ):
        assert together[name] == pytest.approx(sum(person[name] for person in persons))
    parts = ("ordinaer_barnetrygd", "utvidet_barnetrygd", "smaabarnstillegg", "finnmarkstillegg")
    taxes = ("skatt_alminnelig_inntekt", "trinnskatt", "trygdeavgift", "formuesskatt")
    for person in persons:
        assert person["barnetrygd"] == pytest.approx(sum(person[part] for part in parts))
        credit = person["skattefradrag_pensjon"]
        assert person["skatt"] == pytest.approx(sum(person[tax] for tax in taxes) - credit, abs=CENT)
    assert together["household_after_tax_income"] == pytest.approx(together["after_tax_income"])
    net = together["after_tax_income"] - together["child_care_costs"]
    assert together["after_tax_income_net_of_child_care"] == pytest.approx(net)
    assert together["child_care_costs"] == pytest.approx(
        together["foreldrebetaling_barnehage"] + together["foreldrebetaling_sfo"]
    )
    units = together["consumption_units_eu"]
    assert together["equivalised_income"] == pytest.approx(together["after_tax_income"] / units)
    computed = evaluate_household(read_spec(spec, "test"), baseline(spec["year"]))
    months = [computed.result(0, month)["household"] for month in range(12)]
    assert together["means_tested_income"] == pytest.approx(together["bostotte"] + together["sosialhjelp"])
    for name in (*parts, "barnetrygd", "kontantstotte", "engangsstonad", "overgangsstonad", "stonad_til_barnetilsyn",
                 "bidragsforskudd", "barnebidrag", "bostotte", "sosialhjelp", "child_care_costs", "kostnad_barnehage",
                 *PAID_TO_RECIPIENTS):  # fmt: skip
        assert together[name] == pytest.approx(sum(month[name] for month in months))


@quick
@given(families(), st.randoms(use_true_random=False))
def test_the_order_of_persons_does_not_matter(spec: dict[str, Any], random: Any) -> None:
    persons = list(spec["persons"])
    random.shuffle(persons)
    first, second = household(spec), household({**spec, "persons": persons})
    assert second["household"] == pytest.approx(first["household"])
    for who, own in first["persons"].items():
        # What is the household's is counted as its first member's.
        theirs = {name: value for name, value in second["persons"][who].items() if name not in OF_FIRST_MEMBER}
        assert theirs == pytest.approx({name: own[name] for name in theirs}), who


def same(whole: Values, parts: Iterable[Values]) -> None:
    """Assert that all figures of the households together are those of each, in order."""
    # A child's or family's copy of another's column ("mother@child") is a row number or is met in what is made of it.
    parts = list(parts)
    for node in (node for node in GRAPH.computed if "@" not in node.name):
        for month, of_all in enumerate(whole[node.name]):
            assert of_all == [figure for own in parts for figure in own[node.name][month]], node.name


@pytest.mark.parametrize("year", [2021, 2024, 2025])
def test_households_merged_in_one_file_have_what_each_has_alone(year: int) -> None:
    together = random_households(44, year, seed=100 + year)
    law = load_law().vector(year)
    each = (evaluate(GRAPH, LAYOUT, alone, law, year) for alone in apart(together, year))
    same(evaluate(GRAPH, LAYOUT, together, law, year), each)


@quick
@given(st.integers(FIRST_YEAR, LAST_YEAR).flatmap(lambda year: st.tuples(*[families(st.just(year))] * 2)))
def test_families_merged_in_one_file_have_what_each_has_alone(specs: tuple[dict[str, Any], dict[str, Any]]) -> None:
    year = specs[0]["year"]
    law = load_law().vector(year)
    datasets = [dataset_of(read_spec(spec, "test")) for spec in specs]
    each = (evaluate(GRAPH, LAYOUT, one, law, year) for one in datasets)
    same(evaluate(GRAPH, LAYOUT, merged(datasets, year), law, year), each)
