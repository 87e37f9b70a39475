import pytest

from mikrosim.errors import MikrosimError
from mikrosim.measures import BUDGET_SIGNS, budget_by_level, gross_and_net, payer_notes
from mikrosim.measures.government import payers
from mikrosim.population.uprating import FIRST_YEAR, LAST_YEAR


def test_every_instrument_of_the_budget_has_a_payer():
    assert set(BUDGET_SIGNS) <= set(payers().instruments)


def test_every_payer_has_a_source():
    for name, one in payers().instruments.items():
        assert one.source, name
        assert one.href.startswith("https://"), name


def test_the_state_s_share_of_tax_is_known_for_every_year():
    for years in payers().state_share.values():
        assert set(years) == set(range(FIRST_YEAR, LAST_YEAR + 1))
        assert all(0.0 < share < 1.0 for share in years.values())


def test_the_levels_add_up_to_the_whole():
    costs = {name: float(place + 1) for place, name in enumerate(BUDGET_SIGNS)}

    assert sum(budget_by_level(costs, 2024).values()) == pytest.approx(sum(costs.values()))


def test_benefits_fall_on_those_who_pay_them():
    levels = budget_by_level({"barnetrygd": 5.0, "sosialhjelp": -2.0, "skattefradrag_pensjon": 1.0}, 2025)

    assert levels == {"state": 5.0, "municipality": -2.0, "joint": 1.0}


def test_tax_on_alminnelig_inntekt_is_divided_by_the_rates_of_the_year():
    # 2022: 8.65 of 22 per cent to the state.
    levels = budget_by_level({"skatt_alminnelig_inntekt": -220.0}, 2022)

    assert levels["state"] == pytest.approx(-86.5)
    assert levels["municipality"] == pytest.approx(-133.5)


def test_a_taxed_benefit_costs_less_net_than_gross():
    change = {
        "barnetrygd": 100.0,
        "sosialhjelp": -5.0,
        "skolemat": 1.0,
        "foreldrebetaling_sfo": 2.0,
        "trinnskatt": -30.0,
    }

    found = gross_and_net(change)

    assert found == {"benefits": 95.0, "services": 1.0, "fees": 2.0, "gross": 98.0, "taxes": -30.0, "net": 68.0}


def test_what_is_not_divided_has_a_note():
    assert "trygdeavgift" in payer_notes({"skattefradrag_pensjon": 1.0, "barnetrygd": 1.0})["skattefradrag_pensjon"]


def test_an_unknown_instrument_and_a_year_without_rates_are_errors():
    with pytest.raises(MikrosimError, match=r"who pays barnetryg; did you mean barnetrygd\?"):
        budget_by_level({"barnetryg": 1.0}, 2025)
    with pytest.raises(MikrosimError, match="no rates of skatt_alminnelig_inntekt for 2019"):
        budget_by_level({"skatt_alminnelig_inntekt": 1.0}, 2019)
