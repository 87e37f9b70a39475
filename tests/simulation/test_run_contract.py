"""Every field of the outer contract of `mikrosim run --format json`, on a few made-up households."""

import json

from people import YEAR, people

import mikrosim

SCENARIO = {"name": "Høyere barnetrygd", "year": YEAR, "reform": {"barnetrygd.ordinaer": {"multiply": 1.5}}}
LAWS = ("baseline", "reform", "change")
WHO = {"all", "children"}


def test_the_fields_that_always_exist():
    found = json.loads(mikrosim.run(SCENARIO, people(), replicates=4).to_json())

    assert {"scenario", "year", "population", "law_hash", "version", *LAWS, "winners_losers", "deciles"} <= set(found)
    assert {"persons", "households", "weighted_persons", "hash"} <= set(found["population"])
    for law in LAWS:
        budget = found[law]["budget"]
        assert {"net", "by_instrument"} <= set(budget)
        assert {"barnetrygd", "skatt_alminnelig_inntekt", "trinnskatt", "trygdeavgift"} <= set(budget["by_instrument"])
        for line in ("eu60", "oecd50"):
            for who in WHO:
                assert {"share", "persons", "interval"} <= set(found[law]["low_income"][line][who])
        assert set(found[law]["persistent_low_income"]["eu60"]) >= WHO
        assert {"gini", "s80_s20", "p90_p10"} <= set(found[law]["inequality"])
        low, high = budget["interval"]["net"]
        assert low <= budget["net"] <= high
    assert set(found["change"]["low_income_fixed_line"]["eu60"]) >= WHO
    for group in ("all", "families_with_children"):
        assert {"gain", "lose", "unchanged", "interval"} <= set(found["winners_losers"][group])
    assert len(found["deciles"]) == 10
    for decile in found["deciles"]:
        assert {"mean_change", "mean_change_percent", "interval"} <= set(decile)
