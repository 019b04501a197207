"""The shipped evidence: every claim points at its passage, and none repeats it."""

import hashlib
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from tightrope.case.issue import ActKind, Issue
from tightrope.evidence.claim import Act, Claim, Commitment, Conflict, Position

ROOT = Path(__file__).resolve().parents[2]
CASE = ROOT / "src" / "tightrope" / "cases" / "kazakhstan_2022"
REPORTS = Path(os.environ.get("TIGHTROPE_SHARED", ROOT / ".." / "shared")) / "reports"
NAMES = [f"report_{number:03d}" for number in range(5)]
# Readings of a figure that conflicts cite; they stand in figures.yaml.
READINGS = {"ethnic_russians.r003", "ethnic_russians.r004"}
REQUIRED = {
    "forum_sentence",
    "ethnic_russians",
    "promise_against_no_tool",
    "promise_against_none_joined",
    "game_against_clear_statement",
    "neither_against_never_criticises",
    "independent_against_uncertain",
    "consistent_against_changed",
    "excluded_against_arena",
    "displeasure_against_divided",
    "capital_against_almaty",
    "restore_order_against_suppress",
    "csto_origin",
    "lumped_in_against_integrity",
    "understanding_against_integrity",
    "formally_unfriendly",
    "youth_against_clan",
    "invasion_against_operation",
    "deal_or_no_deal",
    "abstained_against_none_supported",
    "parade_unease_or_thrift",
}
# One sentence that two reports print: what it sets must not differ by who coded it.
TWICE = ["iron_curtain", "russia_wanted_side", "six_hundred", "against_dnr_lnr", "no_recognition_pledge"]


def records(name: str, kind: Any) -> Any:
    """One file of the case, as records."""
    loaded = YAML(typ="safe").load((CASE / f"{name}.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(list[kind]).validate_python(loaded[name])


CLAIMS = records("claims", Claim)
CONFLICTS = records("conflicts", Conflict)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    if not REPORTS.is_dir():
        pytest.skip(f"no reports at {REPORTS}; set TIGHTROPE_SHARED to the folder that holds reports/")
    found = {}
    for name in NAMES:
        (path,) = REPORTS.glob(f"{name[-3:]}_*.txt")
        found[name] = path.read_bytes().decode("utf-8")
    return found


def spoken(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs_of(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.mark.parametrize("name", NAMES)
def test_locators_match_the_text(name: str, texts: dict[str, str]) -> None:
    text, cited = texts[name], [claim for claim in CLAIMS if claim.source == name]
    assert cited
    for claim in cited:
        passage = text[claim.at.start : claim.at.end]
        assert claim.at.end <= len(text), claim.id
        assert hashlib.sha256(passage.encode("utf-8")).hexdigest() == claim.at.sha256, claim.id


@pytest.mark.parametrize("name", NAMES)
def test_paraphrases_are_our_own_words(name: str, texts: dict[str, str]) -> None:
    theirs = runs_of(spoken(texts[name]), 8)
    for claim in CLAIMS:
        if claim.source == name:
            ours = runs_of(spoken(claim.paraphrase), 8)
            assert not ours & theirs, claim.id


def test_every_claim_of_a_report_has_a_locator() -> None:
    assert [claim.id for claim in CLAIMS if claim.source in NAMES and claim.at is None] == []


def test_five_reports_and_at_least_sixty_claims() -> None:
    counts = Counter(claim.source for claim in CLAIMS if claim.source in NAMES)
    assert sorted(counts) == NAMES
    assert sum(counts.values()) >= 60


def test_ids_are_unique() -> None:
    for group in (CLAIMS, CONFLICTS):
        ids = Counter(record.id for record in group)
        assert [name for name, count in ids.items() if count > 1] == []


def test_claims_name_known_issues_and_acts() -> None:
    issues = {issue.id for issue in records("issues", Issue)}
    acts = {act.id for act in records("acts", ActKind)}
    for claim in CLAIMS:
        if isinstance(claim, Position | Commitment):
            assert claim.issue in issues, claim.id
        if isinstance(claim, Act):
            assert claim.act in acts, claim.id


def test_required_conflicts_are_present() -> None:
    assert REQUIRED - {conflict.id for conflict in CONFLICTS} == set()


def test_conflicts_cite_known_claims() -> None:
    known = {claim.id for claim in CLAIMS} | READINGS
    for conflict in CONFLICTS:
        assert set(conflict.claims) - known == set(), conflict.id


def test_the_forum_sentence_is_kept_in_both_readings() -> None:
    by_id = {claim.id: claim for claim in CLAIMS}
    for entity in ("taiwan", "kosovo", "south_ossetia", "abkhazia"):
        garbled, sound = by_id[f"recognises_{entity}.r002"], by_id[f"against_{entity}.r003"]
        assert garbled.stance > 0
        assert garbled.fault
        assert sound.stance < 0
        assert sound.fault is None


@pytest.mark.parametrize("name", TWICE)
def test_one_sentence_in_two_reports_has_one_number(name: str) -> None:
    # Only Luhansk and Donetsk at the forum: reports 000, 001 and 004 tell of another refusal.
    forum = {"r002", "r003"} if name == "against_dnr_lnr" else {label[0] + label[-3:] for label in NAMES}
    told = [c for c in CLAIMS if c.id.rpartition(".")[0] == name and c.id.rpartition(".")[2] in forum]
    assert len(told) == 2
    assert len({claim.strength if isinstance(claim, Commitment) else claim.stance for claim in told}) == 1


def test_a_complaint_is_no_threat_and_a_pledge_to_observe_no_pledge_to_join() -> None:
    by_id = {claim.id: claim for claim in CLAIMS}
    assert {by_id[name].kind for name in ("nationalists.r004", "lavrov_biolabs.r004")} == {"context"}
    assert by_id["promises_sanctions.r003"].issue == "help_evade_sanctions"
    assert by_id["zatulin.r002"].happening == by_id["zatulin_hint.r002"].happening
