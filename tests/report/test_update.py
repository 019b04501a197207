"""A report against a case: refusing everything changes nothing, accepting is written whole, and what moved is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.report.report_text import TEXT, findings

from tightrope.case.case import Case
from tightrope.case.folder import find_case
from tightrope.case.load import load_case
from tightrope.errors import CaseError, EvidenceError, OutputError
from tightrope.report import moved, update
from tightrope.report.checked import contents
from tightrope.report.decision import decided, written
from tightrope.report.suggestion import Suggested, Told
from tightrope.report.update import Accepted, Base, Updated, Wanted

FEW = Wanted(runs=40, seed=4, months=6)


def effects(made: Base, done: Updated) -> dict[str, Any]:
    return update.effects(done, update.trial(made, done, FEW))


@pytest.fixture(scope="module")
def made() -> Base:
    return update.base("kazakhstan-2022")


@pytest.fixture(scope="module")
def found(made: Base) -> tuple[Suggested, ...]:
    return update.proposals(made, [findings()])


def test_refusing_every_claim_changes_nothing(made: Base, found: tuple[Suggested, ...]) -> None:
    done = update.updated(made, update.chosen(found, ["none"]))
    assert done.files == contents(find_case("kazakhstan-2022"))
    assert done.case == load_case("kazakhstan-2022")
    told = effects(made, done)
    assert told["same"]
    assert told["movers"] == {}
    assert all(one["before"] == one["after"] for one in told["judgements"])
    assert all(one["gap"]["turned"] == 0 for one in told["judgements"])


def test_accepting_moves_and_says_which_claim_did(made: Base, found: tuple[Suggested, ...]) -> None:
    done = update.updated(made, update.chosen(found, ["all"]))
    told = effects(made, done)
    assert not told["same"]
    assert "putin_threatens.made_up" in told["movers"]
    assert told["accepted"] == len(found[0].claims)


def test_a_claim_that_moves_nothing_by_itself_says_so(made: Base, found: tuple[Suggested, ...]) -> None:
    context = next(one.id for one in found[0].claims if one.data["kind"] == "context")
    told = effects(made, update.updated(made, update.chosen(found, [context])))
    assert told["same"]


def test_what_is_written_is_the_case_that_was_run(
    made: Base, found: tuple[Suggested, ...], tmp_path: Path
) -> None:
    done = update.updated(made, update.chosen(found, ["all"]))
    folder = update.saved(done, tmp_path / "mine")
    assert load_case(folder) == done.case
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert load_case("kazakhstan-2022") == made.case


def test_nothing_is_overwritten(made: Base, found: tuple[Suggested, ...], tmp_path: Path) -> None:
    done = update.updated(made, update.chosen(found, ["all"]))
    (tmp_path / "there").write_text("mine")
    with pytest.raises(OutputError, match="not empty"):
        update.saved(done, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_no_text_of_the_report_is_in_what_is_written(made: Base, found: tuple[Suggested, ...]) -> None:
    done = update.updated(made, update.chosen(found, ["all"]))
    new = b"".join(done.files.values()).decode()
    for claim in found[0].claims:
        if len(claim.passage) > 15:
            assert claim.passage not in new


def test_an_id_that_is_not_proposed_is_named(found: tuple[Suggested, ...]) -> None:
    with pytest.raises(
        EvidenceError, match=r"no claim 'putin_threaten\.made_up' is proposed; there is putin_thr"
    ):
        update.chosen(found, ["putin_threaten.made_up"])


def test_the_same_text_twice_is_proposed_once(made: Base) -> None:
    found = update.proposals(made, [findings(), findings(outlet="Somebody else")])
    assert found[0].held is None
    assert found[1].held == "made_up"


def test_two_reports_of_one_name_are_two_sources(made: Base) -> None:
    found = update.proposals(made, [findings(), findings(raw=TEXT + " ")])
    names = [one.source["id"] for one in found if isinstance(one.source, dict)]
    assert names == ["made_up", "made_up_2"]
    ids = [claim.id for one in found for claim in one.claims]
    assert len(ids) == len(set(ids))
    update.updated(made, update.chosen(found, ["all"]))


def test_a_source_left_out_comes_back_as_the_case_describes_it(case: Case) -> None:
    made = update.base("kazakhstan-2022", ["report_002"])
    digest = next(one.text_sha256 for one in case.sources if one.id == "report_002")
    assert digest is not None
    described = made.described(digest)
    assert described is not None
    assert described["id"] == "report_002"
    assert made.described("0" * 64) is None


def test_decisions_come_back_from_the_file(found: tuple[Suggested, ...]) -> None:
    text = written(found)
    assert decided("claims.yaml", text) == (Accepted(found[0].source, ()),)
    every = decided("claims.yaml", text.replace("accept: false", "accept: true"))
    assert every == update.chosen(found, ["all"])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("claims: []\n", "holds no `reports:`"),
        ("reports:\n  - claims: []\n", "claims.yaml:2:5: reports[0]: a report without `source`"),
        (
            "reports:\n  - source: x\n    claims:\n      - accept: maybe\n        claim: {}\n",
            "'maybe' is neither",
        ),
        (
            "reports:\n  - source: x\n    claims:\n      - acept: true\n        claim: {}\n",
            "unknown key `acept`",
        ),
    ],
)
def test_a_file_that_was_spoiled_is_refused(text: str, said: str) -> None:
    with pytest.raises((EvidenceError, CaseError)) as refused:
        decided("claims.yaml", text)
    assert said in str(refused.value)


def test_a_claim_that_cannot_stand_is_refused_before_anything_runs(
    made: Base, found: tuple[Suggested, ...]
) -> None:
    claim = {**found[0].claims[0].data, "about": "NOBODY"}
    with pytest.raises(CaseError, match="NOBODY"):
        update.updated(made, [Accepted(found[0].source, (claim,))])


def test_both_sides_know_the_report(made: Base) -> None:
    found = update.proposals(made, [findings(published="2022-09-01")])
    done = update.updated(made, update.chosen(found, ["all"]))
    compared = update.trial(made, done, FEW)
    assert compared.as_of.isoformat() == "2022-09-01"
    sides = (compared.trial.before, compared.trial.after)
    assert {one.known.as_of for one in sides} == {compared.as_of}


def test_a_reading_can_be_left_out_alone(made: Base, found: tuple[Suggested, ...]) -> None:
    reading = next(one.id for one in found[0].claims if one.data["kind"] == "figure")
    done = update.updated(made, update.chosen(found, [reading]))
    compared = update.trial(made, done, FEW).trial
    lesser = moved.without_claims(compared.after, (reading,))
    assert lesser.known.case.figures == compared.before.known.case.figures


def test_the_invented_text_is_not_a_report_of_the_case(case: Case) -> None:
    assert all(one.title not in TEXT for one in case.sources)


def test_what_is_cut_short_is_not_compared(
    made: Base, found: tuple[Suggested, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = moved.run

    def short(plan: Any, runs: int, *more: Any, **named: Any) -> Any:
        return run(plan, runs // 2, *more, **named)

    monkeypatch.setattr(moved, "run", short)
    with pytest.raises(KeyboardInterrupt):
        effects(made, update.updated(made, update.chosen(found, ["none"])))


def test_a_name_that_the_user_gives_is_made_free(made: Base) -> None:
    reports = [findings(), findings(raw=TEXT + " ")]
    found = update.proposals(made, reports, Told(source="mine"))
    assert [one.source["id"] for one in found if isinstance(one.source, dict)] == ["mine", "mine_2"]
