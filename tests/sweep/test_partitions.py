"""A population in parts gives the bits of one piece: for households, for sums, for every measure, and on a cluster."""

import os
import signal
from dataclasses import replace

import numpy as np
import pytest
from swept import TWO_RATES

from mikrosim.engine.dataset import build
from mikrosim.population.store import load, save
from mikrosim.sweep import sweep_from_dict, worker
from mikrosim.sweep.cluster import tables_of
from mikrosim.sweep.compute import Computing, edges_of
from mikrosim.sweep.evaluate import Evaluator
from mikrosim.sweep.place import read_sweep
from mikrosim.sweep.run import sweep
from mikrosim.sweep.task import part_of, task_of

pytestmark = pytest.mark.filterwarnings("ignore")  # of distributed and tornado

SPEC = {**TWO_RATES, "samples": 12, "by_group": ["number_of_children"], "after_child_care": True}


@pytest.fixture(scope="module")
def many():
    """Return more households than one block of the engine has, of which parts can be made."""
    from people import people

    return people(1700)


@pytest.fixture(scope="module")
def many_of_another_year(many, tmp_path_factory):
    """Return a folder with the same households a year before the sweep's."""
    path = tmp_path_factory.mktemp("population") / "many"
    save(many.at_year(2024), path)
    return path


def test_parts_end_where_blocks_end_and_hold_everybody_once():
    for households in (1, 511, 512, 513, 5000):
        for partitions in (1, 2, 3, 7, 100):
            edges = edges_of(households, partitions)
            assert len(edges) <= partitions
            assert all(first % 512 == 0 and first < last for first, last in edges)
            assert [first for first, _ in edges] == [0, *(last for _, last in edges[:-1])]
            assert edges[-1][1] == households


def test_a_part_has_its_members_and_their_links(many):
    whole = build({**many.persons, **many.incomes[0]}, many.households, many.year)
    begin = dict.fromkeys(whole.rows, 0)
    for edges in edges_of(len(many.weights), 3):
        people = many.part(*edges)
        part = build({**people.persons, **people.incomes[0]}, people.households, people.year)
        for name, rows in part.links.items():
            owner, target = name.split("_")
            target = {"household": "household", "family": "family"}.get(target, "person")
            expected = whole.links[name][begin[owner] : begin[owner] + part.rows[owner]]
            np.testing.assert_array_equal(np.where(rows < 0, rows, rows + begin[target]), expected, name)
        begin = {name: rows + part.rows[name] for name, rows in begin.items()}
    assert begin == dict(whole.rows)


def test_every_measure_has_the_same_bits(many):
    wanted = sweep_from_dict(SPEC)
    laws = wanted.vectors(0, 5)
    one, three = (Evaluator(many, task_of(wanted), partitions=count) for count in (1, 3))
    assert len(three.edges) == 3
    assert len(one.columns) > 200
    np.testing.assert_array_equal(one.rows(laws), three.rows(laws))
    assert one.example == three.example


def test_a_sweep_in_parts_has_the_bytes_of_one_piece(many, tmp_path):
    here = sweep(sweep_from_dict(SPEC), tmp_path / "one", many)
    parts = sweep(sweep_from_dict(SPEC), tmp_path / "three", many, partitions=3, workers=2)
    assert parts.path.read_bytes() == here.path.read_bytes()


def test_a_worker_keeps_no_more_than_its_share(many):
    wanted = sweep_from_dict(SPEC)
    task = task_of(wanted)
    laws = part_of(wanted.variants, wanted.design.points(0, 4), task.slots)
    parcels = [
        worker.Parcel(f"a/{number}", task, edges, False, many.weights[slice(*edges)], None, many.hash, many.year,
                      tables_of(many.part(*edges)))
        for number, edges in enumerate(edges_of(len(many.weights), 3))
    ]  # fmt: skip
    for parcel in parcels:
        _, piece = worker.compute(parcel, laws, 2)
        assert piece.columns[0].shape == (4, parcel.edges[1] - parcel.edges[0])
    assert sorted(worker.KEPT.ready) == ["a/1", "a/2"]
    assert all(isinstance(one, Computing) for one in worker.KEPT.ready.values())


def test_on_a_cluster_in_parts_with_a_worker_killed_it_has_the_bytes_of_one_piece(many_of_another_year, tmp_path):
    distributed = pytest.importorskip("distributed")
    here = sweep(sweep_from_dict(SPEC), tmp_path / "one", many_of_another_year)
    killed = []

    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as made:

        def kill_one(done, total, before):
            if done and not killed:
                killed.append(next(iter(made.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        there = sweep(sweep_from_dict(SPEC), tmp_path / "there", many_of_another_year, partitions=3,
                      scheduler=made.scheduler_address, on_rows=kill_one)  # fmt: skip
        assert killed
        assert there.path.read_bytes() == here.path.read_bytes()

        # A population that only this machine has is sent to the workers in parts.
        unseen = replace(load(many_of_another_year).at_year(2025), path=None)
        sent = sweep(sweep_from_dict(SPEC), tmp_path / "sent", unseen, partitions=2, scheduler=made.scheduler_address)
    assert read_sweep(sent.path)[0].equals(read_sweep(here.path)[0])
