import numpy as np
import pytest

from mikrosim.population import Population
from mikrosim.population.checking import SPELLS
from mikrosim.population.schema import INCOMES
from mikrosim.synthpop.amounts import G, paid_in, part_of_year
from mikrosim.synthpop.figures import share
from mikrosim.synthpop.leave import months_of_leave
from mikrosim.synthpop.skeleton import People
from mikrosim.synthpop.wage_months import INSTEAD_OF_WORK
from mikrosim.synthpop.work import HALF_G

YEARS = (0, 1, 2)
MONTHS = np.arange(1, 13)


def worked(year: dict[str, np.ndarray]) -> np.ndarray:
    """Return for each person and month whether the wage was earned in it."""
    first, last = year["wage_from"][:, None], year["wage_to"][:, None]
    after, until = first <= MONTHS, last >= MONTHS
    return np.where(first <= last, after & until, after | until)


def spell(year: dict[str, np.ndarray], benefit: str) -> np.ndarray:
    """Return for each person and month whether the benefit runs in it."""
    return (year[f"{benefit}_from"][:, None] <= MONTHS) & (year[f"{benefit}_to"][:, None] >= MONTHS)


def ages(population: Population, lag: int = 0) -> np.ndarray:
    return population.year - lag - population.persons["birth_year"].astype(int)


def family(month: int, age: int = 0) -> People:
    """A mother, a father and a child born in a month of this year or of years before."""
    return People(
        household=np.zeros(3, dtype=np.int32),
        place=np.array([0, 1, 2], dtype=np.int8),
        age=np.array([30, 31, age], dtype=np.int16),
        sex=np.array([2, 1, 2], dtype=np.int8),
        month=np.array([1, 1, month], dtype=np.int8),
        mother=np.array([-1, -1, 0], dtype=np.int32),
        father=np.array([-1, -1, 1], dtype=np.int32),
        partner=np.array([1, 0, -1], dtype=np.int32),
    )


def leave(people: People, percent: list[int], mothers_part: float = 1.0) -> list[float]:
    months = months_of_leave(people, np.array([*percent, 0]), np.array([mothers_part, 1 - mothers_part, 0.0]))
    return [round(float(one), 2) for one in months]


@pytest.mark.parametrize(
    ("month", "age", "percent", "expected"),
    [
        # 15 days before the birth, 75 of quota and 80 in common are 170 days, 7.85 months; the father 75, 3.46.
        (1, 0, [100, 100], [0.5 + 155 / (260 / 12), 75 / (260 / 12), 0]),
        (12, 0, [100, 100], [0.5 + 15 / (260 / 12), 0, 0]),
        (12, 1, [100, 100], [155 / (260 / 12) - 0.5, 75 / (260 / 12), 0]),
        (6, 0, [80, 80], [6.5 + 15 / (260 / 12), 0, 0]),
        # Alone: the mother 230 days from the birth; the father 40, six weeks after it.
        (1, 0, [100, 0], [0.5 + 230 / (260 / 12), 0, 0]),
        (1, 0, [0, 100], [0, 40 / (260 / 12), 0]),
        (5, 2, [100, 100], [0, 0, 0]),
    ],
    ids=["January", "December", "December last year", "80 per cent", "mother alone", "father alone", "too old"],
)
def test_leave_falls_in_the_months_of_the_year(month: int, age: int, percent: list[int], expected: list[float]) -> None:
    assert leave(family(month, age), percent) == [round(one, 2) for one in expected]


def test_what_the_father_takes_of_the_common_period_the_mother_does_not(population: Population) -> None:
    year, persons = population.incomes[0], population.persons
    child = np.flatnonzero((ages(population) < 2) & (persons["mother"] >= 0) & (persons["father"] >= 0))
    mother, father = persons["mother"][child], persons["father"][child]
    part, percent = year["foreldrepenger_fellesdel"], year["foreldrepenger_dekningsgrad"]
    both = (percent[mother] > 0) & (percent[father] > 0)
    assert both.any()
    assert (percent[mother] == percent[father])[both].all()
    np.testing.assert_allclose((part[mother] + part[father])[both], 1)
    assert set(np.unique(percent)) == {0, 80, 100}


@pytest.mark.parametrize("lag", YEARS)
def test_nothing_is_given_that_the_law_computes(population: Population, lag: int) -> None:
    year = population.incomes[lag]
    given = [column.name for column in INCOMES if column.name.endswith("_given")]
    assert len(given) == 8
    for name in given:
        assert year[name].any() == (name == "uforetrygd_given"), name
    assert not year["uforetrygd_given"][year["uforetrygd_degree"] == 0].any()


@pytest.mark.parametrize("benefit", SPELLS)
def test_spells_are_spread_over_the_year_and_many_are_shorter(population: Population, benefit: str) -> None:
    year = population.incomes[0]
    has = year[f"{benefit}_degree"] > 0
    months = year[f"{benefit}_to"][has] - year[f"{benefit}_from"][has] + 1
    assert has.any()
    assert months.min() < 12
    assert len(np.unique(year[f"{benefit}_from"][has])) > 1


@pytest.mark.parametrize("benefit", ["dagpenger", "aap", "uforetrygd", "sykepenger"])
def test_a_basis_stands_where_the_benefit_does(population: Population, benefit: str) -> None:
    for year in population.incomes:
        np.testing.assert_array_equal(year[f"{benefit}_basis"] > 0, year[f"{benefit}_degree"] > 0)


def test_lasting_benefits_go_on_from_year_to_year(population: Population) -> None:
    now, before = population.incomes[:2]
    both = (now["aap_degree"] > 0) & (before["aap_degree"] > 0) & (before["uforetrygd_degree"] == 0)
    assert (now["aap_from"][both] == 1).all()
    assert (before["aap_to"][both] == 12).all()


def test_aap_ends_where_uforetrygd_begins(population: Population) -> None:
    year = population.incomes[0]
    turned = (year["uforetrygd_from"] > 1) & (year["aap_degree"] > 0)
    assert turned.any()
    assert (year["aap_to"][turned] == year["uforetrygd_from"][turned] - 1).all()


def test_uforetrygd_ends_in_the_month_of_the_67th_birthday_and_a_pension_follows(population: Population) -> None:
    year = population.incomes[0]
    age, month = ages(population), population.persons["birth_month"]
    disabled = year["uforetrygd_degree"] > 0
    assert not (disabled & (age > 67)).any()
    turned = disabled & (age == 67)
    assert turned.any()
    assert (year["uforetrygd_to"][turned] == month[turned]).all()
    assert not year["pension"][turned & (month == 12)].any()


def test_sykepenger_are_about_the_wage_that_is_lost(population: Population) -> None:
    year = population.incomes[0]
    amounts = paid_in(population)["sykepenger"]
    short = (year["sykepenger_degree"] > 0) & (year["aap_degree"] == 0)
    whole = year["wage"] + year["sykepenger_basis"] * part_of_year(year, "sykepenger")
    assert (whole[short] <= 1.05 * year["sykepenger_basis"][short] + 1).all()
    assert amounts.max() <= 6 * G


def test_dagpenger_fill_months_without_work(population: Population) -> None:
    year = population.incomes[0]
    has = (year["dagpenger_degree"] > 0) & (year["wage"] > 60_000)
    months = year["dagpenger_to"] - year["dagpenger_from"] + 1
    assert has.any()
    assert (year["wage"][has] <= 1.2 * year["dagpenger_basis"][has] * (13 - months[has]) / 12).mean() > 0.95
    assert (year["dagpenger_basis"][year["dagpenger_degree"] > 0] > G).all()


@pytest.mark.parametrize("lag", YEARS)
def test_wages_lie_outside_the_months_of_full_benefits(population: Population, lag: int) -> None:
    year = population.incomes[lag]
    months = worked(year)
    for benefit in INSTEAD_OF_WORK:
        away = spell(year, benefit)
        full = (year[f"{benefit}_degree"] >= share("wage_stops_at_degree")) & (year["wage"] > 0)
        alone = full & (sum(year[f"{other}_degree"] > 0 for other in INSTEAD_OF_WORK) == 1)
        alone &= (year["foreldrepenger_dekningsgrad"] == 0) & (away.sum(axis=1) < 12)
        assert not (months & away)[alone].any(), benefit


def test_work_that_began_in_the_year_lasts_until_december(population: Population) -> None:
    now, before = population.incomes[:2]
    began = (now["wage"] > 1.5 * HALF_G) & (before["wage"] == 0) & (worked(now).sum(axis=1) < 12)
    for benefit in INSTEAD_OF_WORK:
        began &= (now[f"{benefit}_degree"] == 0) & (before[f"{benefit}_degree"] == 0)
    assert began.sum() > 5
    assert (now["wage_to"][began] == 12).all()


def test_most_earn_their_wage_all_year_and_odd_jobs_are_short(population: Population) -> None:
    year, weights = population.incomes[0], population.person_weights()
    months = worked(year).sum(axis=1)
    employed, odd = year["wage"] > HALF_G, (year["wage"] > 0) & (year["wage"] < HALF_G / 2)
    assert 0.75 < np.average(months[employed] == 12, weights=weights[employed]) < 0.95
    assert np.average(months[odd], weights=weights[odd]) < 6
    assert (months[year["wage"] == 0] == 12).all()
    assert (year["wage_from"] > year["wage_to"]).any()


def test_pensioners_from_67_draw_a_full_pension(population: Population) -> None:
    year, age = population.incomes[0], ages(population)
    drawn = year["alderspensjon_uttaksgrad"]
    assert (drawn[(year["pension"] > 0) & (age >= 67)] == 1).all()
    assert not drawn[year["pension"] == 0].any()
    assert 0.5 < drawn[(year["pension"] > 0) & (age < 67)].mean() < 0.9


def test_trygdetid_is_full_for_those_born_here_and_short_for_newcomers(population: Population) -> None:
    persons, age = population.persons, ages(population)
    immigrant = persons["immigrant_background"] == 1
    assert (persons["trygdetid"][~immigrant] == 40).all()
    able = immigrant & (population.incomes[0]["uforetrygd_degree"] == 0)
    assert (persons["trygdetid"][able] <= persons["residence_years"][able]).all()
    assert (persons["trygdetid"][able & (age < 56)] < 40).all()


def test_the_trial_is_drawn_among_those_of_its_birth_years_in_2026(population: Population) -> None:
    drawn = population.persons["in_arbeidsfradrag_trial"]
    born = population.persons["birth_year"] + 2026 - population.year
    assert not drawn[(born < 1991) | (born > 2006)].any()
    assert drawn[(born >= 1991) & (born <= 2006)].mean() == pytest.approx(0.08, abs=0.02)


def test_amounts_before_the_law_meet_the_published_sums(population: Population) -> None:
    amounts, weights = paid_in(population), population.person_weights()
    for name, million in (("aap", 39_700), ("sykepenger", 61_000), ("uforetrygd", 124_570)):
        assert weights @ amounts[name] / 1e6 == pytest.approx(million, rel=0.03), name
