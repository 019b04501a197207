"""A new report's claims are checked as in a case, accepted or refused one by one, and what moves is theirs alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi.testclient", reason="fastapi is not installed")

from fastapi.testclient import TestClient

from tightrope.case.case import Case
from tightrope.case.document import read_document
from tightrope.case.folder import find_case
from tightrope.case.load import load_case
from tightrope.errors import CaseError
from tightrope.report import amended, proposal
from tightrope.report.checked import checked, contents
from tightrope.report.desk import Desk
from tightrope.report.example import example, template
from tightrope.report.revised import revised
from tightrope.report.store import write_folder

ASK = {"runs": 60, "months": 4, "seed": 2}
SOURCE = """\
source:
  id: paper
  title: "A paper"
  publisher: "Somebody"
  kind: news
  published: 2022-06-20
"""
TEXT = f"""\
{SOURCE}claims:
  - id: away.paper
    kind: position
    about: KAZ
    issue: align_with_russia
    stance: 0.7
    date: 2022-06
    paraphrase: "It wants to stay close."
  - id: aside.paper
    kind: context
    about: KAZ
    date: 2022-06
    paraphrase: "The weather was fair."
"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("workspace"))
    yield made
    made.close()


def told(client: TestClient, text: str) -> dict[str, Any]:
    answer = client.post("/api/proposals/check", json={"ask": ASK, "text": text})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def accepted(client: TestClient, text: str, *names: str) -> dict[str, Any]:
    found = told(client, text)
    kept = [claim["data"] for claim in found["claims"] if claim["id"] in names]
    assert len(kept) == len(names)
    return {"ask": ASK, "source": found["source"], "accepted": kept}


def test_each_claim_says_what_it_would_set(client: TestClient) -> None:
    found = told(client, TEXT)
    assert found["faults"] == []
    first, second = found["claims"]
    assert first["sets"] == "where alignment starts"
    assert first["line"] == 8
    assert second["nothing"]
    assert found["title"] == "A paper"


def test_known_claims_on_the_same_matter_stand_beside_it(client: TestClient) -> None:
    first = told(client, TEXT)["claims"][0]
    assert "iron_curtain.r000" in {one["id"] for one in first["opposite"]}
    again = told(client, TEXT.replace("stance: 0.7", "stance: -0.6"))["claims"][0]
    assert "iron_curtain.r000" in {one["id"] for one in again["same"]}
    assert not any(one["stance"] < 0 for one in again["opposite"])


FAULTS = [
    ("    issue: align_with_russia", "    issue: align_with_rusia", 11, "did you mean align_with_russia"),
    ("    stance: 0.7", "    stance: 7", 12, "out of range"),
    ("    about: KAZ\n    issue", "    about: KAX\n    issue", 10, "no actor, entity or institution"),
    ("id: away.paper", "id: iron_curtain.r000", 8, "in the case already"),
    ("  kind: news", "  kind: gossip", 5, "give one of"),
    ("  id: paper", "  id: report_002", 2, "in the case already"),
    ("    stance: 0.7\n", "", 8, "stance"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "said"), FAULTS)
def test_faults_have_their_place(client: TestClient, right: str, wrong: str, line: int, said: str) -> None:
    assert right in TEXT
    faults = told(client, TEXT.replace(right, wrong, 1))["faults"]
    assert [one["line"] for one in faults if said in f"{one['wrong']}; {one['right']}"] == [line]
    assert all("[8" not in one["path"] for one in faults)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "claims: []",
        "source: {id: x}",
        "a: b",
        "- 1",
        "x: [",
        SOURCE,
        "\u202e" + TEXT,
        "source: &a x",
        "{}",
    ],
)
def test_what_is_no_proposal_is_refused_with_its_place(client: TestClient, text: str) -> None:
    answer = client.post("/api/proposals/check", json={"ask": ASK, "text": text})
    assert answer.status_code == 400
    assert answer.json()["faults"]


def test_json_lines_are_the_same(client: TestClient) -> None:
    found = told(client, TEXT)
    lines = [
        json.dumps({"source": found["source"]}),
        *(json.dumps(claim["data"]) for claim in found["claims"]),
    ]
    again = told(client, "\n".join(lines) + "\n")
    assert [one["data"] for one in again["claims"]] == [one["data"] for one in found["claims"]]
    assert [one["line"] for one in again["claims"]] == [2, 3]
    lines[1] = lines[1].replace("align_with_russia", "nothing")
    faults = told(client, "\n".join(lines))["faults"]
    assert [one["line"] for one in faults] == [2]


def test_a_known_source_may_say_more(client: TestClient) -> None:
    text = TEXT.replace(SOURCE, "source: report_002\n")
    found = told(client, text)
    assert found["faults"] == []
    assert found["claims"][0]["data"]["source"] == "report_002"
    assert told(client, TEXT.replace(SOURCE, "source: report_999\n"))["faults"]


def test_refusing_every_claim_changes_nothing_exactly(client: TestClient) -> None:
    found = client.post("/api/proposals/effect", json=accepted(client, TEXT)).json()
    assert found["same"]
    assert found["others"] == []
    for one in found["judgements"]:
        assert one["before"] == one["after"]
        assert one["gap"] == {"mean": 0.0, "low": 0.0, "high": 0.0, "turned": 0}


def test_background_changes_nothing_exactly(client: TestClient) -> None:
    asked = accepted(client, TEXT, "aside.paper")
    assert client.post("/api/proposals/effect", json=asked).json()["same"]
    assert client.post("/api/proposals/movers", json=asked).json()["movers"] == {}


def test_what_moves_is_said_with_its_interval_and_its_claim(client: TestClient) -> None:
    text = example(load_case("kazakhstan-2022"), "2022-06-30")
    found = told(client, text)
    assert found["faults"] == []
    names = [one["id"] for one in found["claims"]]
    asked = accepted(client, text, *names)
    effect = client.post("/api/proposals/effect", json=asked).json()
    assert not effect["same"]
    assert effect["runs"] == 60
    for one in effect["judgements"]:
        gap = one["after"]["frequency"] - one["before"]["frequency"]
        assert one["gap"]["mean"] == pytest.approx(gap)
        assert one["gap"]["low"] <= one["gap"]["mean"] <= one["gap"]["high"]
    movers = client.post("/api/proposals/movers", json=asked).json()["movers"]
    assert set(movers) == set(names) - {"colour.example_report"}
    assert any(one["turned"] for found in movers.values() for one in found.values())


def test_a_later_source_is_known_from_its_own_day(client: TestClient) -> None:
    later = TEXT.replace("2022-06-20", "2022-08-20")
    assert told(client, later)["later"]
    found = client.post("/api/proposals/effect", json=accepted(client, later, "away.paper")).json()
    assert found["as_of"] == "2022-08-20"
    assert not found["same"]


def test_a_claim_that_cannot_stand_is_refused(client: TestClient) -> None:
    asked = accepted(client, TEXT, "away.paper")
    asked["accepted"][0]["issue"] = "nothing"
    answer = client.post("/api/proposals/effect", json=asked)
    assert answer.status_code == 400
    assert "nothing" in answer.json()["faults"][0]["wrong"]


def test_accepting_for_good_makes_a_new_case(client: TestClient, desk: Desk) -> None:
    asked = {**accepted(client, TEXT, "away.paper"), "to": "with-the-paper"}
    answer = client.post("/api/proposals/accept", json=asked)
    assert answer.status_code == 201, answer.text
    case = load_case(desk.cases()["with-the-paper"])
    assert case.claims[-1].id == "away.paper"
    assert case.sources[-1].id == "paper"
    assert len(case.claims) == len(load_case("kazakhstan-2022").claims) + 1
    before = contents(find_case("kazakhstan-2022"))["claims.yaml"].decode()
    after = contents(desk.cases()["with-the-paper"])["claims.yaml"].decode()
    assert after.startswith(before.rstrip("\n"))
    assert client.post("/api/proposals/accept", json=asked).status_code == 409


def test_accepting_nothing_saves_nothing(client: TestClient, desk: Desk) -> None:
    answer = client.post("/api/proposals/accept", json={**accepted(client, TEXT), "to": "empty"})
    assert answer.status_code == 404
    assert "empty" not in desk.cases()


@pytest.mark.parametrize("name", ["kazakhstan-2022", "serbia-2022"])
def test_example_and_template_fit_each_case(name: str, tmp_path: Path) -> None:
    case = load_case(name)
    day = case.about.as_of.isoformat()
    for text in (example(case, day), template(case, day)):
        proposed = proposal.read(text)
        assert proposal.check(case, proposed).faults == ()
    claims = proposal.sourced(proposed)
    write_folder(tmp_path / "case", amended.amended(contents(find_case(name)), proposed.source, claims))
    assert checked(tmp_path / "case") == ()


def test_a_case_held_against_itself_has_no_faults() -> None:
    case = load_case("kazakhstan-2022")
    found = proposal.check(case, proposal.read(TEXT)).case
    assert isinstance(found, Case)
    assert found.model_copy(update={"claims": case.claims, "sources": case.sources}) == case


LISTS = [
    "claims:\n- {a: 1}\n",
    "claims:\n  - a: 1\n    b: [x]\n# the end\n",
    "claims: [{a: 1}]\n",
    "",
    "claims: []\n",
    "---\nclaims:\n    - a: 1",
    "claims:\n  - a: |\n      - text\n",
]


@pytest.mark.parametrize("text", LISTS)
def test_what_is_added_is_read_behind_what_was_there(text: str) -> None:
    items = [{"a": 2, "when": {"earliest": "2022-01-01"}}, {"a": "x: 'y' \"z\" # –"}]
    old = read_document("", text).data["claims"] if text else []
    assert read_document("", revised(text, "claims", {}, items)).data == {"claims": [*(old or []), *items]}


def test_too_much_is_refused() -> None:
    line = '  - {id: a, kind: context, about: KAZ, date: 2022, paraphrase: "x"}\n'
    with pytest.raises(CaseError, match="more than 200"):
        proposal.read(f"{SOURCE}claims:\n{line * 201}")
    with pytest.raises(CaseError, match="bytes"):
        proposal.read("#" * 400_000)
