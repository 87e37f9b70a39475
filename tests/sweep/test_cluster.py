"""A sweep on a Dask cluster gives the rows of a local one, also when a worker is lost in the middle."""

import os
import signal
import time

import pytest
from swept import OWN_RULES, OWN_RULES_FILE, TWO_RATES

from mikrosim.errors import MikrosimError
from mikrosim.sweep import sweep_from_dict
from mikrosim.sweep.cluster import Cluster
from mikrosim.sweep.run import sweep

pytest.importorskip("distributed")

pytestmark = pytest.mark.filterwarnings("ignore")  # of distributed and tornado


@pytest.fixture(scope="module")
def cluster():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as made:
        yield made


def test_a_worker_killed_in_the_middle_changes_no_row(cluster, population_folder, undisturbed, tmp_path):
    killed = []

    def kill_one(done, total, before):
        if done > total // 4 and not killed:
            killed.append(next(iter(cluster.workers.values())).pid)
            os.kill(killed[0], signal.SIGKILL)

    out = tmp_path / "cluster"
    done = sweep(
        sweep_from_dict(TWO_RATES), out, population_folder,
        scheduler=cluster.scheduler_address, on_rows=kill_one,
    )  # fmt: skip
    assert killed
    assert done.scenarios == 100
    assert (out / "sweep.parquet").read_bytes() == (undisturbed / "sweep.parquet").read_bytes()


def test_workers_that_cannot_read_the_population_are_given_it(cluster, population, tmp_path):
    assert population.path is None
    wanted = sweep_from_dict({**TWO_RATES, "samples": 12})
    here = sweep(wanted, tmp_path / "here", population)
    there = sweep(wanted, tmp_path / "there", population, scheduler=cluster.scheduler_address)
    assert there.path.read_bytes() == here.path.read_bytes()


def test_a_result_that_is_lost_on_its_way_is_computed_again(cluster, population_folder, tmp_path, monkeypatch):
    wanted = sweep_from_dict({**TWO_RATES, "samples": 12})
    here = sweep(wanted, tmp_path / "here", population_folder)
    lost, found = [], Cluster._found

    def lose_the_first(self, future):
        if not lost:
            lost.append(future)
            future.cancel()
        return found(self, future)

    monkeypatch.setattr(Cluster, "_found", lose_the_first)
    there = sweep(wanted, tmp_path / "there", population_folder, scheduler=cluster.scheduler_address)
    assert lost
    assert there.path.read_bytes() == here.path.read_bytes()


def test_rules_of_its_own_go_to_the_workers(cluster, population_folder, tmp_path):
    wanted = sweep_from_dict(OWN_RULES, OWN_RULES_FILE, allow_code=True)
    here = sweep(wanted, tmp_path / "here", population_folder)
    there = sweep(wanted, tmp_path / "there", population_folder, scheduler=cluster.scheduler_address)
    assert there.path.read_bytes() == here.path.read_bytes()


def test_an_unreachable_scheduler_is_told_soon_and_leaves_nothing(population, tmp_path):
    before = time.monotonic()
    with pytest.raises(MikrosimError, match=r"scheduler tcp://127\.0\.0\.1:9: no Dask scheduler answers within"):
        sweep(sweep_from_dict(TWO_RATES), tmp_path / "out", population, scheduler="tcp://127.0.0.1:9")
    assert time.monotonic() - before < 20
    assert not (tmp_path / "out").exists()


def test_an_address_that_is_none(tmp_path):
    with pytest.raises(MikrosimError, match="scheduler nowhere"):
        Cluster("nowhere", connect_seconds=1.0)


def test_a_scheduler_without_workers():
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as empty,
        pytest.raises(MikrosimError, match="has no workers; start some"),
    ):
        Cluster(empty.scheduler_address, workers_seconds=0.5)
