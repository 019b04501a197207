"""A dask cluster gives the same bits; without dask the wish is answered with what to install."""

from __future__ import annotations

import importlib

import pytest
from tests.engine.situation import same, situation

from tightrope.engine.ensemble import ensemble
from tightrope.errors import ModelError

FEW = situation(("AAA", "BBB"), 2)


def test_without_dask_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(ModelError, match=r"--cluster needs dask\.distributed.*tightrope\[cluster\]"):
        ensemble(FEW, 10, 1, cluster="tcp://127.0.0.1:1")


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_bits_of_one_worker() -> None:
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as local:
        found = ensemble(FEW, 1200, 5, cluster=local.scheduler_address)
    assert same(ensemble(FEW, 1200, 5).arrays, found.arrays)
