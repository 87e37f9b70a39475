"""A household's payment calendar: the dates, the accounts of each month, one common day, and what is noted."""

from datetime import date
from itertools import pairwise

import pytest

from mikrosim import HouseholdError, LawError, baseline, household, payment_calendar, scenario_from_dict
from mikrosim.hypothetical.calendar import calendar_notes
from mikrosim.hypothetical.payouts import INSTRUMENTS, calendar_law, day_of, payouts, periods
from mikrosim.hypothetical.unevenness import unevenness
from mikrosim.law.utbetaling.utbetaling import UtbetalingLaw
from mikrosim.parameters import load_law

RENTED = {"tenure": "renter", "housing_cost_month": 9000}
MOTHER = {"id": "mor", "born": "1988-03", "wage": 240_000}
CHILD = {"id": "barn", "born": "2017-02", "parents": ["mor"]}
AAP = {"year": 2025, "persons": [{"id": "a", "born": "1980-01", "aap": 260_000}]}


def policy(year=2025, **reform):
    return scenario_from_dict(
        {"name": "x", "year": year, "reform": {f"utbetaling.{name}": value for name, value in reform.items()}}
    ).policy()


def mother_and_child(year):
    return {"year": year, "household": RENTED, "persons": [MOTHER, CHILD]}


@pytest.fixture(scope="module")
def of_2022():
    return payment_calendar(mother_and_child(2022))


def days(calendar, instrument):
    return [payment["date"][5:] for payment in calendar["payments"] if payment["instrument"] == instrument]


def test_barnetrygd_comes_on_the_last_working_day_and_earlier_in_december():
    # The news told receivers to expect the rate of March 2023 on Friday 31 March.
    assert days(payment_calendar(mother_and_child(2023)), "barnetrygd") == [
        "01-31", "02-28", "03-31", "04-28", "05-31", "06-30", "07-31", "08-31", "09-29", "10-31", "11-30", "12-18",
    ]  # fmt: skip
    march = next(p for p in payment_calendar(mother_and_child(2023))["payments"] if p["date"] == "2023-03-31")
    assert (march["instrument"], march["person"], march["concerns"]) == ("barnetrygd", "mor", "2023-03")
    assert march["amount"] == household(mother_and_child(2023), "2023-03")["household"]["barnetrygd"]


def test_bostotte_comes_on_husbanken_s_dates_for_the_month_before(of_2022):
    assert days(of_2022, "bostotte") == [
        "01-20", "02-18", "03-18", "04-20", "05-20", "06-20", "07-20", "08-19", "09-20", "10-20", "11-18", "12-20",
    ]  # fmt: skip
    paid = [payment for payment in of_2022["payments"] if payment["instrument"] == "bostotte"]
    assert [payment["concerns"] for payment in paid] == ["2021-12", *(f"2022-{month:02d}" for month in range(1, 12))]
    assert {payment["person"] for payment in paid} == {"household"}
    of_month = [household(mother_and_child(2022), f"2022-{month:02d}")["household"]["bostotte"] for month in (12, 1, 2)]
    assert [payment["amount"] for payment in paid[:3]] == of_month
    assert min(of_month) > 0


def test_wages_come_evenly_on_the_12th_or_before(of_2022):
    wages = [payment for payment in of_2022["payments"] if payment["instrument"] == "wage"]
    assert [payment["amount"] for payment in wages] == [20_000.0] * 12
    assert days(of_2022, "wage")[:5] == ["01-12", "02-11", "03-11", "04-12", "05-12"]


def test_wages_of_some_months_come_in_these():
    seasonal = {**MOTHER, "wage_from": 11, "wage_to": 2}
    calendar = payment_calendar({"year": 2022, "persons": [seasonal, CHILD]})
    wages = [payment for payment in calendar["payments"] if payment["instrument"] == "wage"]
    assert [(payment["date"], payment["amount"]) for payment in wages] == [
        ("2022-01-12", 60_000.0), ("2022-02-11", 60_000.0), ("2022-11-11", 60_000.0), ("2022-12-12", 60_000.0),
    ]  # fmt: skip


def test_payments_stand_in_order_of_date(of_2022):
    dates = [payment["date"] for payment in of_2022["payments"]]
    assert dates == sorted(dates)
    assert all(date.fromisoformat(day).year == 2022 for day in dates)


def test_the_months_add_up_to_the_year(of_2022):
    year = household(mother_and_child(2022))["household"]
    assert [month["month"] for month in of_2022["months"]] == [f"2022-{number:02d}" for number in range(1, 13)]
    for name in ("skatt", "after_tax_income", "child_care_costs", "after_tax_income_net_of_child_care"):
        assert sum(month[name] for month in of_2022["months"]) == pytest.approx(year[name])
    for name in ("barnetrygd", "bostotte"):
        assert sum(month["payments"][name] for month in of_2022["months"]) == pytest.approx(year[name])
    january = of_2022["months"][0]
    assert january["after_tax_income"] == pytest.approx(sum(january["payments"].values()) - january["skatt"])


def test_what_has_no_date_is_spread_evenly_and_nothing_is_counted_twice():
    person = {
        "id": "a", "born": "1954-01", "wage": 120_000, "pension": 240_000, "uforetrygd": 12_000, "sykepenger": 24_000,
        "self_employment_income": 36_000, "capital_income": -6_000, "dividends": 12_000,
        "other_tax_free_transfers": 18_000, "child_support_paid": 30_000,
    }  # fmt: skip
    calendar = payment_calendar({"year": 2025, "persons": [person]})
    for month in calendar["months"]:
        assert month["other_income"] == pytest.approx((36_000 - 6_000 + 12_000 + 18_000) / 12)
        assert month["child_support_paid"] == pytest.approx(30_000 / 12)
    assert calendar["months"][4]["payments"] == pytest.approx(
        {"wage": 10_000, "sykepenger": 2_000, "uforetrygd": 1_000, "alderspensjon": 20_000}
    )
    assert days(calendar, "alderspensjon")[4] == "05-16"
    assert days(calendar, "uforetrygd")[11] == "12-12"
    after_tax = household({"year": 2025, "persons": [person]})["household"]["after_tax_income"]
    assert sum(month["after_tax_income"] for month in calendar["months"]) == pytest.approx(after_tax)


def test_what_is_computed_and_what_is_given_of_an_instrument_is_paid_together():
    persons = [
        {"id": "a", "born": "1950-01", "pension": 120_000, "alderspensjon_uttaksgrad": 1},
        {"id": "b", "born": "1985-01", "uforetrygd_degree": 1, "child_support_received": 12_000},
        {"id": "c", "born": "2015-01", "parents": ["b"], "other_parent_income": 600_000},
    ]
    values = household({"year": 2023, "persons": persons})["household"]
    months = payment_calendar({"year": 2023, "persons": persons})["months"]
    for month in months:
        assert month["other_income"] == 0
        assert month["payments"]["alderspensjon"] == pytest.approx((120_000 + values["minstenivatillegg"]) / 12)
    support = sum(month["payments"]["barnebidrag"] for month in months)
    assert support == pytest.approx(12_000 + values["barnebidrag"])
    assert values["barnebidrag"] > 0
    once = months[1]["payments"]["uforetrygd"] - months[0]["payments"]["uforetrygd"]
    assert once == pytest.approx(values["engangssum_uforetrygd"])
    assert once == pytest.approx(3_000)


def test_kindergarten_is_paid_in_the_month_that_is_charged():
    child = CHILD | {"born": "2022-02", "kindergarten_hours": 45}
    months = payment_calendar({"year": 2025, "persons": [MOTHER, child]})["months"]
    assert months[5]["child_care_costs"] > months[6]["child_care_costs"] == 0
    for month in months:
        left = month["after_tax_income"] - month["child_care_costs"]
        assert month["after_tax_income_net_of_child_care"] == left


def test_aap_comes_every_other_week_a_tenth_of_260_days_at_a_time():
    calendar = payment_calendar(AAP)
    paid = [payment for payment in calendar["payments"] if payment["instrument"] == "aap"]
    assert len(paid) == 27  # 2 January to 31 December
    assert {round(payment["amount"], 6) for payment in paid} == {10_000.0}
    assert (paid[0]["date"], paid[0]["concerns"]) == ("2025-01-02", "2024-12-16/2024-12-29")
    assert (paid[8]["date"], paid[8]["concerns"]) == ("2025-04-23", "2025-04-07/2025-04-20")  # after Easter
    three = [month["month"] for month in calendar["months"] if month["payments"]["aap"] > 25_000]
    assert three == ["2025-01", "2025-07", "2025-12"]
    assert sum(month["payments"]["aap"] for month in calendar["months"]) == pytest.approx(270_000)


def test_the_other_cycle_of_reports_lies_a_week_later():
    dates = days(payment_calendar(AAP, policy=policy(meldekort_first_monday=7, meldekort_wait=3)), "aap")
    assert dates[:3] == ["01-09", "01-23", "02-06"]


@pytest.mark.parametrize("year", range(2021, 2027))
def test_periods_follow_each_other_through_the_years(year):
    law = calendar_law(baseline(year))[0]
    starts = [start for start, _ in periods(law, year)]
    assert 26 <= len(starts) <= 27
    assert {(later - earlier).days for earlier, later in pairwise(starts)} == {14}
    if year < 2026:
        assert next(periods(law, year + 1))[0] == starts[-1].fromordinal(starts[-1].toordinal() + 14)


def test_a_benefit_of_some_months_ends_with_the_payout_after_them():
    law = calendar_law(baseline(2025))
    paid = list(payouts(law, 2025, "dagpenger", "a", [2600.0] * 2 + [0.0] * 10))
    assert paid[0].date == date(2025, 1, 15)
    assert paid[0].amount == pytest.approx(8 * 2600 * 12 / 260)  # 1 to 12 January
    assert paid[-1].concerns == "2025-02-24/2025-03-09"
    assert paid[-1].amount == pytest.approx(5 * 2600 * 12 / 260)


def test_child_support_comes_in_the_month_before_and_sykepenger_in_the_month_after():
    laws = calendar_law(baseline(2025))
    march = [0.0, 0.0, 100.0] + [0.0] * 9
    assert [(p.date, p.concerns) for p in payouts(laws, 2025, "barnebidrag", "a", march)] == [
        (date(2025, 2, 25), "2025-03")
    ]
    assert [p.date for p in payouts(laws, 2025, "sykepenger", "a", march)] == [date(2025, 4, 25)]
    january, december = [100.0] + [0.0] * 11, [0.0] * 11 + [100.0]
    (early,) = payouts(laws, 2025, "barnebidrag", "a", january)
    assert (early.date, early.concerns) == (date(2025, 12, 24), "2026-01")
    (late,) = payouts(laws, 2025, "sykepenger", "a", december)
    assert (late.date, late.concerns) == (date(2025, 1, 24), "2024-12")


def test_a_day_that_is_no_working_day_may_fall_in_the_month_before():
    law = calendar_law(baseline(2025))[0]._replace(barnetrygd_day=1.0, barnetrygd_december_day=0.0)
    paid = list(payouts([law] * 12, 2025, "barnetrygd", "a", [100.0] * 12))
    assert [f"{payout.date:%m-%d}" for payout in paid] == [
        "01-31", "02-28", "04-01", "04-30", "05-30", "07-01", "08-01", "09-01", "10-01", "10-31", "12-01", "12-31",
    ]  # fmt: skip
    assert (paid[0].concerns, paid[-1].concerns) == ("2025-02", "2026-01")


def test_sosialhjelp_is_there_when_its_month_begins():
    paid = list(payouts(calendar_law(baseline(2025)), 2025, "sosialhjelp", "household", [100.0] * 12))
    assert [payout.date.month for payout in paid] == list(range(1, 13))
    assert [(f"{payout.date:%m-%d}", payout.concerns) for payout in (paid[0], paid[4], paid[-1])] == [
        ("01-31", "2025-02"), ("05-30", "2025-06"), ("12-31", "2026-01"),
    ]  # fmt: skip


@pytest.mark.parametrize("lag", [-12, -5, 0, 1, 11, 12])
@pytest.mark.parametrize("day", [10, 20])
def test_every_month_s_right_is_paid_out_once_a_year_whatever_the_lag(lag, day):
    law = UtbetalingLaw(*[0.0] * len(UtbetalingLaw._fields))._replace(barnetrygd_day=day, barnetrygd_lag=lag)
    rights = [float(month) for month in range(1, 13)]
    paid = list(payouts([law] * 12, 2025, "barnetrygd", "a", rights))
    assert sorted(payout.amount for payout in paid) == rights
    assert {payout.date.month for payout in paid} == set(range(1, 13))
    for payout in paid:
        assert payout.date.year * 12 + payout.date.month - lag == _month_number(payout.concerns)


def _month_number(text):
    year, month = text.split("-")
    return int(year) * 12 + int(month)


def test_one_common_day_gathers_the_public_payouts_and_leaves_wages():
    spec = mother_and_child(2025)
    spec["persons"] = [MOTHER | {"aap": 130_000, "wage": 90_000}, CHILD]
    before, after = payment_calendar(spec), payment_calendar(spec, policy=policy(common_day=20))
    for name in ("barnetrygd", "bostotte", "aap"):
        assert days(after, name) == [
            "01-20", "02-20", "03-20", "04-16", "05-20", "06-20", "07-18", "08-20", "09-19", "10-20", "11-20", "12-19",
        ]  # fmt: skip
    assert days(after, "wage") == days(before, "wage")
    assert {month["payment_days"] for month in after["months"]} == {2}
    assert min(month["payment_days"] for month in before["months"]) >= 5
    for name in ("coefficient_of_variation", "payment_days_per_month"):
        assert after["unevenness"][name] < before["unevenness"][name]
    assert after["unevenness"]["longest_gap_days"] > before["unevenness"]["longest_gap_days"]


def test_a_day_may_change_within_the_year():
    reform = {"barnetrygd_day": {"set": 15, "from": "2025-07"}, "barnetrygd_december_day": 0}
    dates = days(payment_calendar(mother_and_child(2025), policy=policy(**reform)), "barnetrygd")
    assert dates[4:8] == ["05-30", "06-30", "07-15", "08-15"]
    assert dates[11] == "12-15"
    monthly = payment_calendar(AAP, policy=policy(aap_day={"set": 20, "from": "2025-07"}))
    paid = [payment for payment in monthly["payments"] if payment["date"] >= "2025-06"]
    assert [(payment["date"], payment["concerns"]) for payment in paid[:3]] == [
        ("2025-06-04", "2025-05-19/2025-06-01"),  # what was left of May; June's is paid in July
        ("2025-07-18", "2025-06"),
        ("2025-08-20", "2025-07"),
    ]
    assert [payment["amount"] for payment in paid] == pytest.approx([10_000] + 6 * [260_000 / 12])


def test_the_measures_by_hand():
    measures = unevenness([100.0, 200.0, 300.0, 400.0], [date(2025, 3, 1), date(2025, 3, 31), date(2025, 3, 1)], 2025)
    assert measures["coefficient_of_variation"] == pytest.approx(12_500**0.5 / 250)
    assert measures["lowest_month_share"] == pytest.approx(0.4)
    assert measures["payment_days_per_month"] == 0.5
    assert measures["longest_gap_days"] == 365 - 30
    none = unevenness([0.0] * 12, [], 2025)
    assert list(none.values()) == [None, None, 0.0, None]
    assert unevenness([5.0, 5.0], [date(2024, 2, 1)], 2024)["longest_gap_days"] == 366


def test_who_has_nothing_is_paid_nothing():
    calendar = payment_calendar(
        {"year": 2025, "household": {"take_up": 1}, "persons": [{"id": "a", "born": "1990-01"}]}
    )
    assert calendar["payments"] == []
    assert {month["after_tax_income"] for month in calendar["months"]} == {0.0}
    assert calendar["unevenness"]["longest_gap_days"] is None


def test_every_instrument_has_a_day_and_every_day_an_instrument():
    fields = set(UtbetalingLaw._fields)
    with_days = {name.removesuffix("_day").removesuffix("_december").removesuffix("_may")
                 for name in fields if name.endswith("_day")}  # fmt: skip
    assert with_days - {"common"} == set(INSTRUMENTS)
    assert all(f"{name}_day" in fields for name in INSTRUMENTS)


@pytest.mark.parametrize("year", range(2021, 2027))
def test_every_instrument_has_a_date_in_every_month(year):
    for month, law in enumerate(calendar_law(baseline(year)), 1):
        assert all(0 <= day_of(law, instrument, month) <= 31 for instrument in INSTRUMENTS)


def test_the_calendar_says_what_it_leaves_out_and_rests_on():
    notes = calendar_notes(payment_calendar(AAP), baseline(2025))
    assert notes == [
        "what is paid for a month of another year is taken to be what that month of this year gives",
        "2025 has 27 payouts by two weeks; a year's right is 26",
        "payment dates that nobody has confirmed: utbetaling.meldekort_first_monday, utbetaling.meldekort_wait "
        "(see mikrosim law)",
    ]
    wage = {"year": 2025, "persons": [{"id": "a", "born": "1980-01", "wage": 600_000}]}
    first, second = calendar_notes(payment_calendar(wage), baseline(2025))
    assert "holiday pay and half tax in December are not modelled" in first
    assert "utbetaling.wage_day, utbetaling.wage_lag" in second


def test_one_common_day_rests_on_no_day_of_its_own():
    reformed = policy(common_day=20)
    notes = calendar_notes(payment_calendar(mother_and_child(2022), policy=policy(2022, common_day=20)), reformed)
    assert "barnetrygd" not in " ".join(notes)


def test_what_is_wrong_is_told():
    with pytest.raises(HouseholdError, match="the law of 2024, but the household's year is 2025"):
        payment_calendar(AAP, policy=baseline(2024))
    with pytest.raises(HouseholdError, match="did you mean wage"):
        payment_calendar({"year": 2025, "persons": [{"id": "a", "born": "1980-01", "wag": 1}]})
    with pytest.raises(LawError, match="no law"):
        baseline(2020)


def test_payment_dates_move_no_amount_of_the_year():
    spec = mother_and_child(2025)
    assert household(spec, policy=policy(common_day=20)) == household(spec)
    assert {path for path in load_law().parameters if path.startswith("utbetaling.")} == {
        f"utbetaling.{name}" for name in UtbetalingLaw._fields
    }
