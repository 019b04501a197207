from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from tightrope.case.case import Case
from tightrope.engine.outcome import outcomes
from tightrope.engine.pairing import Difference
from tightrope.engine.result import CAVEAT, Result
from tightrope.engine.simulate import Plan, plan, run
from tightrope.report.bearing import inputs, sets
from tightrope.report.findings import Findings, find
from tightrope.report.meaning import LINES, SIGNPOSTS
from tightrope.report.spread import draws_of
from tightrope.report.words import word


def test_importing_the_report_is_quick_and_brings_no_library() -> None:
    heavy = "{'jinja2', 'rich', 'xarray', 'numpy', 'pydantic'}"
    code = f"import sys, tightrope.report; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_five_judgements_each_with_all_its_parts(findings: Findings) -> None:
    assert [one.id for one in findings.judgements] == ["balance", "unrest", "sanctions", "vote", "sincerity"]
    for one in findings.judgements:
        assert 0 <= one.low <= one.frequency <= one.high <= 1
        assert one.word == word(one.frequency)
        assert one.word in one.statement
        assert one.range.endswith("of 100 runs")
        assert len(one.signposts) == 3
        assert {sign.likelier for sign in one.signposts} == {True, False}
        assert [reader for reader, _ in one.meant] == ["Bank", "Trader", "Oil company", "Staff on the ground"]
        assert 1 <= len(one.conflicts) <= 2
        assert bool(one.sides.meaning) is (one.word == "roughly even")
        assert one.moved_by_source


def test_frequencies_are_those_of_the_result(findings: Findings, result: Result) -> None:
    found = outcomes(result)
    by_id = {one.id: one for one in findings.judgements}
    assert by_id["unrest"].frequency == found["kaz.unrest"].mean
    assert by_id["sanctions"].frequency == found["kaz.secondary_sanctions"].mean
    assert by_id["vote"].frequency == found["kaz.vote.territory_2022_10.abstain"].mean
    trusted = result.arrays["belief"][result.axes["audience"].index("WEST"), 0, -1] > 0.5
    assert by_id["sincerity"].frequency == trusted.mean()
    assert (
        by_id["balance"].frequency
        == (result.arrays["alignment"][0, 0, -1] < result.arrays["alignment"][0, 0, 0]).mean()
    )


def test_the_table_of_outcomes_is_the_results(findings: Findings, result: Result) -> None:
    found = outcomes(result)
    rows = {row.name: row for row in findings.outcomes}
    shown = {line.name for subject in findings.subjects for line in subject.lines}
    elsewhere = {"kaz.unrest_after_rupture", "kaz.unrest_without_rupture", "kaz.mediation"}
    every = {name for name in found if name.startswith("kaz.") and ".vote." not in name}
    assert set(rows) | {name for name in shown if name in every} | elsewhere == every
    for name, row in rows.items():
        assert row.mean == found[name].mean
        assert row.low <= row.high


def test_what_stands_beside_a_judgement_is_the_mean_as_everywhere(findings: Findings, result: Result) -> None:
    """Not the median: the same quantity has one number in cards, tables, charts and differences."""
    mean = 100.0 * outcomes(result)["kaz.alignment.RUS"].mean
    beside = findings.judgements[0].asides[0]
    assert beside.label == "Share of alignment with Russia at the end"
    assert beside.mean == f"{mean:.0f} %"
    assert re.fullmatch(r"on average; \d+ to \d+ % in nine of ten runs", beside.range)


def test_the_range_is_said_in_numbers(findings: Findings) -> None:
    for one in findings.judgements:
        assert re.search(r"over (only )?\d+ of 100 runs", one.firmness)
        assert not re.search("middling|narrow|wide", one.firmness, re.IGNORECASE)


def test_what_a_claim_does_is_said_with_and_without_its_base(findings: Findings) -> None:
    found = [weight for one in findings.judgements for weight in one.carried]
    assert found
    for weight in found:
        assert weight.effect.replace(re.findall(r" instead of [\d.]+", weight.effect)[0], "") == weight.absent


def test_bands_are_quantiles_of_the_runs(findings: Findings, result: Result) -> None:
    fans = {fan.id: fan for group in findings.fans for fan in group.fans}
    values = 100 * result.arrays["alignment"][result.axes["pole"].index("RUS"), 0].astype(float)
    expected = np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1).T
    np.testing.assert_allclose(fans["share-rus"].bands[0].rows, expected, rtol=1e-3)
    unrest = np.array(fans["event-unrest"].bands[0].rows)[:, 2]
    assert (np.diff(unrest) >= 0).all()
    assert unrest[-1] == pytest.approx(100 * result.arrays["emergency"][0].any(axis=0).mean())


def test_accounts_sum_to_the_log_odds(findings: Findings, result: Result) -> None:
    assert [why.id for why in findings.whys] == ["alignment", "compliance", "vote"]
    for why in findings.whys:
        assert sum(row.mean for row in why.rows) == pytest.approx(why.total, abs=1e-6)
    assert findings.whys[1].total == pytest.approx(
        float(result.arrays["why_compliance"].astype(float).sum(axis=0).mean()), abs=1e-5
    )


def test_differences_are_the_paired_ones(
    findings: Findings, comparisons: dict[str, dict[str, Difference]]
) -> None:
    for contrast in findings.contrasts:
        for gap in contrast.gaps:
            found = comparisons[contrast.id][gap.name]
            scale = 100 if gap.points else 1
            assert gap.mean == pytest.approx(scale * found.mean)
            assert (gap.low, gap.high) == pytest.approx((scale * found.low, scale * found.high))
        assert contrast.suggested_by
        assert contrast.changes


def test_votes_stand_beside_the_last_of_their_format(findings: Findings) -> None:
    assert [ballot.last for ballot in findings.ballots][:2] == ["abstain", "no"]
    for ballot in (*findings.ballots, *findings.next_vote):
        assert sum(share for _, share in ballot.shares) == pytest.approx(1)
    vote = findings.judgements[3]
    assert vote.baseline is not None
    assert "it abstains" in vote.baseline


def test_what_a_claim_sets_follows_the_model(case: Case) -> None:
    by_id = {claim.id: claim for claim in case.claims}
    assert sets(case, by_id["recognises_taiwan.r002"]).startswith("nothing: a fault")
    assert "sincerity" in sets(case, by_id["kushch.r002"])
    assert sets(case, by_id["china_silent.r001"]).startswith("nothing: not about")
    found = {one.id: one for one in inputs(case, "KAZ")}
    assert found["position.KAZ.help_evade_sanctions"].sources == ("report_000", "report_001", "report_004")
    used = [name for one in found.values() for name in one.claims]
    assert len(used) == len(set(used))


def test_every_topic_has_rules_for_every_level() -> None:
    assert LINES.keys() == SIGNPOSTS.keys()
    assert all(set(levels) == {"low", "middle", "high"} for levels in LINES.values())


def test_draws_are_the_ones_the_runs_made(made: Plan, result: Result) -> None:
    from tightrope.model.draw import draw

    _, setting = draw(made.blueprint, result.manifest.seed, 0)
    found = draws_of(result, made.blueprint)
    np.testing.assert_array_equal(
        found["parameters.risk_aversion"], setting["risk_aversion"][: result.manifest.runs]
    )
    np.testing.assert_array_equal(found["figures.kaz.gdp"], setting.figures["gdp"][0][: result.manifest.runs])


def test_leaving_a_source_out_lists_what_changed(case: Case) -> None:
    whole, less = plan(case), plan(case, without=["report_002"])
    findings = find(run(less, 20, 1), {}, less.known, less.blueprint, claims=None, whole=whole.blueprint)
    changed = {change.what: change for change in findings.changes}
    assert "kaz.voices" in changed
    assert changed["kaz.threat.zatulin"].after == "not known"
    assert findings.about.without == ("report_002",)


def test_before_any_report_there_are_still_findings(case: Case) -> None:
    early = plan(case, as_of=date(2021, 12, 31))
    findings = find(run(early, 20, 1), {}, early.known, early.blueprint, claims=2)
    assert not [one for one in findings.claims if one.source.startswith("report_")]
    assert findings.making.dropped
    assert findings.sincerity is None


def test_findings_are_plain_data_and_open_with_the_caveat(findings: Findings) -> None:
    data = json.loads(json.dumps(findings.as_data()))
    assert data["caveats"][0] == CAVEAT
    assert data["judgements"][0]["frequency"] == findings.judgements[0].frequency
    assert findings.making.command == (
        "tightrope run kazakhstan-2022 --runs 500 --months 36 --seed 7 --as-of 2022-06-30"
    )
