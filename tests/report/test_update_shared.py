"""Report 002 against a case that knows the other four: what it changes is shown; refusing it all changes nothing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tightrope.report import update
from tightrope.report.intake import intake
from tightrope.report.update import Base, Updated, Wanted

ROOT = Path(__file__).parents[2]
REPORTS = Path(os.environ.get("TIGHTROPE_SHARED", ROOT / ".." / "shared")) / "reports"
FEW = Wanted(runs=60, months=12)
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not REPORTS.is_dir(), reason=f"no reports at {REPORTS}; set TIGHTROPE_SHARED"),
]


def effects(made: Base, done: Updated) -> dict[str, Any]:
    return update.effects(done, update.trial(made, done, FEW))


@pytest.fixture(scope="module")
def made() -> Base:
    return update.base("kazakhstan-2022", ["report_002"])


@pytest.fixture(scope="module")
def found(made: Base) -> tuple[update.Suggested, ...]:
    return update.proposals(made, intake(made.case, sorted(REPORTS.glob("002*"))).findings)


def test_it_comes_back_under_the_name_and_date_that_the_case_has_for_it(
    found: tuple[update.Suggested, ...],
) -> None:
    (one,) = found
    assert isinstance(one.source, dict)
    assert one.source["id"] == "report_002"
    assert one.source["published"]["latest"] == "2022-06-26"


def test_it_proposes_threats_voices_and_stands(found: tuple[update.Suggested, ...]) -> None:
    claims = [one.data for one in found[0].claims if not one.nothing]
    assert {"zatulin", "putin"} <= {one["by"] for one in claims if one["kind"] == "threat"}
    assert len([one for one in claims if one["kind"] == "interpretation"]) >= 3
    assert "request_csto_troops" in {one["act"] for one in claims if one["kind"] == "act"}


def test_the_sentence_that_lost_its_negation_is_doubted(found: tuple[update.Suggested, ...]) -> None:
    turned = [one for one in found[0].claims if one.data.get("issue") == "recognise_taiwan"]
    assert turned
    assert all("contradicts what the case holds" in one.doubts for one in turned)


def test_accepting_it_moves_judgements_and_refusing_it_none(
    made: Base, found: tuple[update.Suggested, ...]
) -> None:
    telling = [one.id for one in found[0].claims if one.data["kind"] in ("threat", "interpretation")]
    accepted = effects(made, update.updated(made, update.chosen(found, telling)))
    assert not accepted["same"]
    assert any(gap["turned"] for gaps in accepted["movers"].values() for gap in gaps.values())
    refused = effects(made, update.updated(made, update.chosen(found, [])))
    assert refused["same"]


def test_the_whole_case_has_all_five_already() -> None:
    whole = update.base("kazakhstan-2022")
    found = update.proposals(whole, intake(whole.case, [REPORTS]).findings)
    assert sorted(str(one.held) for one in found) == [f"report_00{number}" for number in range(5)]
