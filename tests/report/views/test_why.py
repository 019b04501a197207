"""The tables behind decisions sum exactly, over all runs and in a single one."""

from __future__ import annotations

import re

import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")


SMALL = {"runs": 40, "months": 10}


@pytest.mark.parametrize("run", [None, 0, 17])
def test_rows_sum_to_the_log_odds(client, run: int | None) -> None:  # type: ignore[no-untyped-def]
    told = client.post("/api/why", json={**SMALL, "run": run}).json()
    assert {"alignment", "compliance"} <= {one["id"] for one in told["decisions"]}
    for one in told["decisions"]:
        assert sum(row["mean"] for row in one["rows"]) == pytest.approx(one["total"], abs=1e-5)


def test_moved_levers_stand_beside_the_baseline(client) -> None:  # type: ignore[no-untyped-def]
    told = client.post("/api/why", json={**SMALL, "levers": {"tied_down.RUS": 1.0}}).json()
    assert told["moved"]
    found = {one["id"]: one for one in told["decisions"]}["alignment"]
    assert sum(row["before"] for row in found["rows"]) == pytest.approx(found["total_before"], abs=1e-5)
    assert found["total_before"] != pytest.approx(found["total"], abs=1e-6)


def test_a_single_run_has_no_spread(client) -> None:  # type: ignore[no-untyped-def]
    told = client.post("/api/why", json={**SMALL, "run": 3}).json()
    assert (told["run"], told["runs"]) == (3, SMALL["runs"])
    assert "In this run" in told["decisions"][0]["odds"]
    assert all(row["low"] == row["high"] == row["mean"] for row in told["decisions"][0]["rows"])


def test_single_runs_average_to_the_table_of_all(client) -> None:  # type: ignore[no-untyped-def]
    def alignment(run: int | None) -> dict[str, float]:
        told = client.post("/api/why", json={**SMALL, "run": run}).json()["decisions"]
        return {row["account"]: row["mean"] for row in told[0]["rows"]}

    whole, each = alignment(None), [alignment(run) for run in range(SMALL["runs"])]
    for account, mean in whole.items():
        assert sum(one.get(account, 0.0) for one in each) / len(each) == pytest.approx(mean, abs=1e-5)


def test_each_row_says_what_stands_behind_it(client) -> None:  # type: ignore[no-untyped-def]
    known = {one["id"] for one in client.get("/api/evidence").json()["claims"]}
    for one in client.post("/api/why", json=SMALL).json()["decisions"]:
        for row in one["rows"]:
            assert row["words"]
            assert set(row["behind"]["claims"]) <= known
            assert all(note["range"] and note["basis"] for note in row["behind"]["parameters"])


def test_a_run_that_does_not_exist_is_refused(client) -> None:  # type: ignore[no-untyped-def]
    answer = client.post("/api/why", json={**SMALL, "run": 40})
    assert answer.status_code == 400
    assert "0 to 39" in answer.json()["error"]


def test_every_power_says_which_accounts_moved_its_share(client) -> None:  # type: ignore[no-untyped-def]
    asked = {**SMALL, "levers": {"effort.CHN": 2}}
    told = client.post("/api/why", json=asked).json()["leanings"]
    assert {"chn", "rus", "own"} <= {one["id"] for one in told}
    assert told[-1]["table"] is None
    assert sum(one["total"] for one in told) == pytest.approx(0.0, abs=1e-6)
    for one in told:
        assert one["total"] == pytest.approx(one["share"] - one["before"], abs=1e-6)
        assert sum(part["mean"] for part in one["parts"]) == pytest.approx(one["total"], abs=1e-6)
    most = max(told, key=lambda one: abs(one["total"]))
    assert (most["id"], most["chief"]) == ("chn", "chiefly trade and offers")


@pytest.mark.parametrize("run", [None, 3])
def test_the_table_of_every_power_sums_and_stands_beside_the_baseline(client, run: int | None) -> None:  # type: ignore[no-untyped-def]
    asked = {**SMALL, "run": run, "levers": {"effort.CHN": 2}}
    for one in client.post("/api/why", json=asked).json()["leanings"][:-1]:
        table = one["table"]
        assert sum(row["mean"] for row in table["rows"]) == pytest.approx(table["total"], abs=1e-5)
        assert sum(row["before"] for row in table["rows"]) == pytest.approx(table["total_before"], abs=1e-5)
        assert any(row["behind"]["parameters"] for row in table["rows"])
        assert ("In this run" in table["odds"]) == (run is not None)


def test_what_moved_a_share_says_what_stands_behind_it(client) -> None:  # type: ignore[no-untyped-def]
    asked = {**SMALL, "levers": {"effort.CHN": 2}}
    found = {one["id"]: one for one in client.post("/api/why", json=asked).json()["leanings"]}["chn"]
    behind = {part["account"]: part["behind"] for part in found["parts"]}
    rows = {row["account"]: row["behind"] for row in found["table"]["rows"]}
    assert behind["economy"]["figures"]
    assert all(behind[account] == rows[account] for account in behind.keys() & rows.keys())


def test_the_table_of_a_vote_says_how_all_runs_vote(client) -> None:  # type: ignore[no-untyped-def]
    def vote(**asked: int) -> str:
        told = client.post("/api/why", json={**SMALL, **asked}).json()["decisions"]
        return str(next(one["fits"] for one in told if one["id"] == "vote"))

    said = vote()
    counts = [int(each) for each in re.findall(r" in (\d+)", said)]
    assert len(counts) == 4
    assert sum(counts) == pytest.approx(100, abs=2)
    either = re.search(r"of those that do either of the first two, (\d+) of 100 abstain", said)
    assert either is not None
    assert int(either[1]) == pytest.approx(100 * counts[0] / (counts[0] + counts[1]), abs=2)
    assert "its factor is no ratio of votes" in said
    assert re.match(r"It (votes no|abstains|votes yes|stays away): the table", vote(run=3))


def test_without_levers_nothing_has_moved_a_share(client) -> None:  # type: ignore[no-untyped-def]
    for one in client.post("/api/why", json=SMALL).json()["leanings"]:
        assert (one["total"], one["parts"], one["chief"]) == (0.0, [], "")
