"""A cluster reads to the same files as one process, bit for bit; without dask the wish is answered with the remedy."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from tightrope.errors import EvidenceError
from tightrope.evidence.backend import Wanted
from tightrope.evidence.cluster import in_order, read_bytes
from tightrope.evidence.corpus import read_corpus
from tightrope.evidence.gazetteer import gazetteer

TEXTS = {
    "one.txt": "The harbour will stay open, Ada Beispiel told reporters on 3 May 2022. Russia attacked Ukraine.",
    "two.txt": "“We shall not join,” said Bob Muster, the foreign minister. More than 20 percent of the people fled.",
    "three.html": "<html><body><article><p>The president of Ruritania visited Turkey, said the minister. "
    "He promised aid to the people there and asked for restraint.</p></article></body></html>",
    "bad.txt": "PK\x03\x04 packed",
}


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "again").mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "again" / "one.txt").write_text("Another text of the same name, said Ada Beispiel.", "utf-8")
    return folder


def held(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path in it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_writes_what_one_process_writes(reports: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="dask.distributed is not installed")
    alone = read_corpus([reports], tmp_path / "alone")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None
    ) as local:
        first = read_corpus([reports], tmp_path / "many", cluster=local.scheduler_address)
        again = read_corpus([reports], tmp_path / "many", cluster=local.scheduler_address)
    assert held(tmp_path / "alone") == held(tmp_path / "many")
    assert list(first.docs) == list(alone.docs) == list(again.docs)
    assert first.faults == alone.faults
    assert len(first.faults) == 1
    assert (first.known_before, again.known_before) == (0, len(first.docs))


def test_a_text_that_is_known_is_not_read_again(reports: Path) -> None:
    path = reports / "one.txt"
    data = path.read_bytes()
    fresh = read_bytes(path, data, gazetteer(), Wanted(), frozenset())
    ((printed, found),) = fresh.reports
    assert found is not None
    from tightrope.evidence.cluster import digest

    known = read_bytes(path, data, gazetteer(), Wanted(), frozenset({digest(printed.raw)}))
    assert known.reports == ((printed, None),)


def test_a_fault_comes_back_as_one(reports: Path) -> None:
    read = read_bytes(
        reports / "bad.txt", (reports / "bad.txt").read_bytes(), gazetteer(), Wanted(), frozenset()
    )
    assert read.reports == ()
    assert read.fault


def test_without_dask_the_remedy_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(EvidenceError, match=r"--cluster needs distributed.*tightrope\[cluster\]"):
        next(in_order([], gazetteer(), Wanted(), (), "tcp://127.0.0.1:1"))


@pytest.mark.filterwarnings("ignore")
def test_nobody_there_is_said() -> None:
    pytest.importorskip("distributed", reason="dask.distributed is not installed")
    with pytest.raises(EvidenceError, match="no cluster answers at"):
        next(in_order([], gazetteer(), Wanted(), (), "nonsense"))
