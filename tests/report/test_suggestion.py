"""Findings become claims with their place and happening; no word of a passage enters one; doubts are said."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest
from tests.report.report_text import TEXT, findings

from tightrope.case.case import Case
from tightrope.errors import EvidenceError
from tightrope.evidence.found import Event, Findings, Position
from tightrope.report import proposal
from tightrope.report.suggestion import Suggested, Suggestion, Told, suggested, told_sets


@pytest.fixture(scope="module")
def made(case: Case) -> Suggested:
    return told_sets(case, suggested(case, findings()))


def of(made: Suggested, kind: str) -> Suggestion:
    found = [one for one in made.claims if one.data["kind"] == kind]
    assert len(found) == 1, [one.id for one in made.claims]
    return found[0]


def test_every_kind_of_finding_becomes_a_claim(made: Suggested) -> None:
    kinds = sorted(one.data["kind"] for one in made.claims)
    assert kinds == ["act", "act", "commitment", "context", "figure", "interpretation", "position", "threat"]


def test_all_of_it_can_stand_in_the_case(case: Case, made: Suggested) -> None:
    checked = proposal.check(case, made.proposal())
    assert checked.faults == ()
    assert checked.case is not None
    assert len(checked.case.claims) == len(case.claims) + len(made.claims) - 1
    assert all(record is not None for record in checked.claims)


def test_each_has_its_place_and_its_digest(made: Suggested) -> None:
    for one in made.claims:
        place = one.data["at"]
        assert TEXT[place["start"] : place["end"]] == one.passage
        assert sha256(one.passage.encode()).hexdigest() == place["sha256"]


def test_no_paraphrase_repeats_the_passage(made: Suggested) -> None:
    for one in made.claims:
        words = one.passage.lower().split()
        runs = {" ".join(words[place : place + 5]) for place in range(len(words) - 4)}
        assert not any(run in one.data["paraphrase"].lower() for run in runs)


def test_an_act_shares_the_happening_of_what_the_case_knows(made: Suggested) -> None:
    acts = {one.data["act"]: one.data for one in made.claims if one.data["kind"] == "act"}
    assert acts["assure_no_circumvention"]["happening"] == "assure_no_circumvention"
    assert acts["abstain_unga"]["happening"] == "abstain_unga"
    assert acts["assure_no_circumvention"]["date"] == "2022-03"


def test_the_same_act_at_another_time_is_another_happening(case: Case) -> None:
    found = findings()
    later = replace(found.events[0], date="2022-06-15")
    made = suggested(case, replace(found, events=(later,), positions=()))
    act = next(one for one in made.claims if one.data["kind"] == "act")
    assert act.data["happening"] == "abstain_unga_2022_06"


def test_what_is_undated_has_the_day_of_the_report(made: Suggested) -> None:
    assert of(made, "threat").data["date"] == "2022-06-20"


def test_a_threat_has_the_rank_of_whoever_utters_it(made: Suggested) -> None:
    found = of(made, "threat").data
    assert (found["by"], found["rank"], found["about"]) == ("putin", "president", "KAZ")


def test_an_opinion_carries_a_doubt(made: Suggested) -> None:
    found = of(made, "interpretation")
    assert found.data["voice"] == "Ada Beispiel"
    assert found.data["stance"] == -0.9
    assert found.low


def test_a_further_reading_says_how_far_it_widens_the_range(made: Suggested) -> None:
    found = of(made, "figure")
    assert found.data["figure"] == "kaz.ethnic_russians"
    assert "27 instead of" in found.sets


def test_what_sets_nothing_comes_last(made: Suggested) -> None:
    order = [one.nothing for one in made.claims]
    assert order == sorted(order)
    assert of(made, "context").nothing


def test_the_source_is_described_by_the_report(made: Suggested) -> None:
    assert isinstance(made.source, dict)
    assert made.source["title"] == "A made-up report"
    assert made.source["published"] == "2022-06-20"
    assert made.source["text_sha256"] == sha256(TEXT.encode()).hexdigest()


def test_an_undated_report_asks_for_a_date(case: Case) -> None:
    with pytest.raises(EvidenceError, match="--published 2022-06-20"):
        suggested(case, findings(published=None))
    assert suggested(case, findings(published=None), Told(published="2022-06")).claims


def test_a_date_that_is_none_is_refused(case: Case) -> None:
    with pytest.raises(EvidenceError, match="made_up: 'June' is no date"):
        suggested(case, findings(), Told(published="June"))


def test_a_text_that_the_case_has_is_said(case: Case) -> None:
    source = case.sources[0].model_copy(update={"text_sha256": sha256(TEXT.encode()).hexdigest()})
    known = case.model_copy(update={"sources": (source, *case.sources[1:])})
    made = suggested(known, findings())
    assert made.held == source.id
    assert made.claims == ()


def test_the_same_thing_twice_is_one_claim(case: Case) -> None:
    found = findings()
    once, twice = (suggested(case, replace(found, positions=found.positions * count)) for count in (1, 2))
    assert [one.data for one in once.claims] == [one.data for one in twice.claims]


def test_what_contradicts_the_case_is_doubtful(case: Case) -> None:
    found = findings()
    turned = replace(found.positions[0], stance="for")
    made = told_sets(case, suggested(case, replace(found, positions=(turned,))))
    assert "contradicts what the case holds" in of(made, "position").doubts


def test_names_that_the_case_does_not_know_make_no_claim(case: Case) -> None:
    empty = Findings(findings().report, (), (), (), (), ())
    nobody = Position("made_up", 0, 5, "Ruritania", "join_sanctions", "for", 0.9)
    stranger = Event("made_up", 0, 5, "assault", "happened", "Ruritania", None)
    assert suggested(case, replace(empty, positions=(nobody,), events=(stranger,))).claims == ()
