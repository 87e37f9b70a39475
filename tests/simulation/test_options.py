import pytest

from mikrosim.errors import MikrosimError
from mikrosim.simulation.run import as_population, run


def test_what_is_not_modelled_is_refused_all_at_once():
    with pytest.raises(MikrosimError) as raised:
        run({"name": "x", "year": 2025}, replicates=1, behaviour="labour_supply")

    assert "give 0, or at least 2" in str(raised.value)
    assert "labour_supply is not modelled yet" in str(raised.value)


def test_an_unknown_behaviour_names_the_nearest():
    with pytest.raises(MikrosimError, match="did you mean static"):
        run({"name": "x", "year": 2025}, behaviour="statik")


def test_size_and_seed_go_with_the_default_population_only(tmp_path):
    with pytest.raises(MikrosimError) as raised:
        as_population(tmp_path, households=10, seed=1)

    assert [problem.place for problem in raised.value.problems] == ["households", "seed"]


def test_a_wrong_scenario_is_told_before_any_population_is_read(tmp_path):
    with pytest.raises(MikrosimError, match="reform"):
        run({"name": "x", "year": 2025, "reform": {"no.such": 1}}, population=tmp_path / "none")
