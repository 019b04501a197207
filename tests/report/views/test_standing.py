"""Where states stand: from the case's figures, from estimates in the workspace, never from votes not yet known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

testclient = pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from tests.measure.standins import standing  # noqa: E402

from tightrope.measure import standing as points  # noqa: E402
from tightrope.report.app import app  # noqa: E402
from tightrope.report.desk import Desk  # noqa: E402


def put(workspace: Path, name: str, last_vote: str | None = "2020-01-14", text: str | None = None) -> Path:
    folder = workspace / "estimates" / name
    folder.mkdir(parents=True)
    (folder / "ideal_points.csv").write_text(text or points.written(standing()))
    if last_vote:
        (folder / "manifest.json").write_text(json.dumps({"last_vote": last_vote}))
    return folder


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Any]:
    desk = Desk(workspace=tmp_path)
    yield testclient.TestClient(app(desk))
    desk.close()


def test_without_a_workspace_the_cases_figures_are_shown(client: Any) -> None:
    told = client.get("/api/standing").json()

    assert (told["choice"], told["choices"], told["dims"]) == ("case", ["case"], 1)
    assert told["usual"][0] == "KAZ"
    assert told["names"]["WEST"]
    one = told["points"]["KAZ"][0]
    assert len(one["mean"]) == len(told["years"])
    at = told["years"].index(2019)
    assert one["low"][at] <= one["mean"][at] <= one["high"][at]


def test_what_was_not_published_yet_is_not_known(client: Any) -> None:
    answer = client.get("/api/standing", params={"as_of": "2019-12-31"})

    assert answer.status_code == 400
    assert "kaz.ideal_point" in answer.json()["error"]


def test_estimates_of_the_workspace_come_first(served: Any, tmp_path: Path) -> None:
    put(tmp_path, "trial")
    told = served.get("/api/standing").json()

    assert (told["choice"], told["choices"], told["dims"]) == ("trial", ["case", "trial"], 2)
    assert told["years"] == [2017, 2018, 2019]
    assert told["usual"] == ["KAZ", "RUS", "CHN", "USA"]
    assert told["points"]["CHN"][0]["mean"][0] is None
    assert served.get("/api/standing", params={"estimates": "case"}).json()["choice"] == "case"


def test_estimates_from_later_votes_are_refused(served: Any, tmp_path: Path) -> None:
    put(tmp_path, "later", "2022-12-15")
    put(tmp_path, "unknown", None)
    told = served.get("/api/standing").json()

    assert told["choice"] == "case"
    assert told["later"] == ["later", "unknown"]
    answer = served.get("/api/standing", params={"estimates": "later"})
    assert answer.status_code == 400
    assert "later than what is known here" in answer.json()["error"]


@pytest.mark.parametrize("name", ["none", "../secret", "a/b", ""])
def test_names_are_looked_up_never_joined(served: Any, tmp_path: Path, name: str) -> None:
    put(tmp_path, "trial")
    (tmp_path / "secret").mkdir()
    answer = served.get("/api/standing", params={"estimates": name})

    assert answer.status_code == (200 if name == "" else 400)


def test_a_link_out_of_the_workspace_is_passed_over(served: Any, tmp_path: Path) -> None:
    elsewhere = put(tmp_path / "elsewhere", "trial")
    (tmp_path / "estimates").mkdir()
    (tmp_path / "estimates" / "linked").symlink_to(elsewhere)

    assert served.get("/api/standing").json()["choices"] == ["case"]


def test_a_damaged_file_is_said_without_its_place(served: Any, tmp_path: Path) -> None:
    put(tmp_path, "trial", text="session,iso3,dim,mean,p05,p95\n74,KAZ,1,0.5,0.6,0.7\n")
    answer = served.get("/api/standing")

    assert answer.status_code == 400
    assert "p05 ≤ mean ≤ p95" in answer.json()["error"]
    assert str(tmp_path) not in answer.text
