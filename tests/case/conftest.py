"""A small valid case, written to a folder by the tests, and ways to break it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tightrope.case.load import load_case
from tightrope.errors import CaseError, Fault

FILES = {
    "case.yaml": """\
about:
  format: 1
  id: two-rivers
  title: A state between two rivers
  summary: A small case for tests
  as_of: 2022-06-30
  months: 12
  focus: KAZ
  deciders: [KAZ, NO]
  poles: [RUS, WEST]
  target: RUS
  sanctioner: WEST
  boundaries: Lines on maps say nothing about anybody's rights.
""",
    "sources.yaml": """\
sources:
  - id: report_001
    title: First report
    publisher: A house
    kind: report
    published: 2022-05-10
  - id: report_002
    title: Second report
    publisher: Another house
    kind: report
    published: 2022-06
  - id: yearbook
    title: Statistical yearbook
    publisher: An office
    kind: official
    published: 2021
""",
    "actors.yaml": """\
actors:
  - {id: KAZ, name: Kazakhstan, kind: state}
  - {id: NO, name: Norway, kind: state}
  - {id: RUS, name: Russia, kind: state}
  - {id: WEST, name: The West, kind: bloc, members: [NO, USA, DEU]}
  - {id: president, name: The president, kind: person, of: KAZ, post: president}
""",
    "entities.yaml": """\
entities:
  - {id: ENT, name: An entity, parent: KAZ, patron: RUS}
""",
    "ties.yaml": """\
ties:
  - id: kaz.rus.trade
    kind: trade
    from: KAZ
    to: RUS
    since: 1992
    value: 24
    unit: percent
    claims: [{source: yearbook, date: 2021}]
""",
    "institutions.yaml": """\
institutions:
  - id: csto
    name: The organisation
    decides_by: consensus
    founded: 2002-10-07
    members:
      - {actor: KAZ, since: 2002-10-07}
      - {actor: RUS, since: 2002-10-07}
    claims: [{source: yearbook, date: 2002}]
""",
    "issues.yaml": """\
issues:
  - {id: war, proposition: The war is right}
""",
    "acts.yaml": """\
acts:
  - id: parade_cancelled
    name: A parade is cancelled
    scenario: true
    why: nobody measured it
    accounts: {economy: [-0.2, 0.1], reputation: [0, 1]}
""",
    "figures.yaml": """\
figures:
  - id: kaz.ethnic_russians
    about: KAZ
    measure: share of population
    unit: percent
    claims:
      - {id: r1, value: 20, bound: lower, source: report_001, date: 2022}
      - {value: 15.5, source: yearbook, date: 2021}
  - id: kaz.guess
    about: KAZ
    measure: a guess
    unit: share
    scenario: true
    low: 0.1
    high: 0.4
    why: no source gives it
""",
    "resolutions.yaml": """\
resolutions:
  - id: es_11_1
    title: On the territory
    format: territorial
    date: 2022-03-02
    tally: {no: 5, abstain: 35, yes: 141, absent: 12}
    votes: {KAZ: abstain, RUS: no, NO: yes}
    claims: [{source: report_001, date: 2022-03-02}]
  - id: next_vote
    title: The next vote
    format: reparations
    date: 2022-11-14
    scenario: true
    why: expected by the test
""",
    "precedents.yaml": """\
precedents:
  - id: request_2022
    reference_class: request
    about: KAZ
    happened: true
    what: The president asked for help
    date: 2022-01-05
    claims: [{source: report_001, date: 2022-01-05}]
""",
    "questions.yaml": """\
questions:
  - {id: q1, text: Does it leave?, outcome: leaves, answer: probability, by: 2023-06-30, resolves: a notice}
""",
    "claims.yaml": """\
claims:
  - kind: act
    id: c.parade
    act: parade_cancelled
    about: KAZ
    paraphrase: The parade was cancelled
    source: report_001
    date: 2022-04-27
  - kind: commitment
    id: c.tool
    issue: war
    strength: 0.8
    about: KAZ
    paraphrase: It will not be a tool
    source: report_002
    date: 2022-05
  - kind: threat
    id: c.threat
    by: RUS
    rank: television
    strength: 0.3
    about: KAZ
    paraphrase: A host threatens
    source: report_002
    date: 2022-04
    at: {start: 10, end: 20, sha256: "0000000000000000000000000000000000000000000000000000000000000000"}
  - kind: position
    id: c.position
    issue: war
    stance: -0.5
    about: ENT
    paraphrase: It is against
    source: report_001
    date: 2022-03
  - {kind: event, id: c.unrest, event: unrest, about: KAZ, paraphrase: It, source: yearbook, date: 2021-11}
  - {kind: context, id: c.context, about: csto, paraphrase: Context, source: yearbook, date: 2020}
""",
    "conflicts.yaml": """\
conflicts:
  - id: k1
    claims: [c.parade, c.threat]
    kind: interpretation
    salience: 2
    what: One is friendly and one is not
  - id: k2
    claims: [r1, c.unrest, c.tool]
    kind: number
    salience: 1
    what: They differ
""",
    "scenarios/cut_off.yaml": """\
id: cut_off
title: Cut off
meaning: The route is closed
scenario: true
suggested_by: [c.threat]
settings:
  - {path: figures.kaz.guess, low: 0.2, high: 0.3, unit: share, why: a test}
  - {path: parameters.sharpness, value: 1.5, unit: none, why: a test}
happenings:
  - {kind: route_closed, about: KAZ, start: 2022-09-01, months: 3, value: 1, unit: share, why: a test}
""",
}

Write = Callable[..., Path]
Refused = Callable[..., list[Fault]]


@pytest.fixture
def refused() -> Refused:
    """The faults of a case that must not load, each with its place."""

    def faults(path: Path | str) -> list[Fault]:
        with pytest.raises(CaseError) as caught:
            load_case(path)
        assert str(caught.value).splitlines() == [str(fault) for fault in caught.value.faults]
        assert all(fault.wrong and fault.right for fault in caught.value.faults)
        return list(caught.value.faults)

    return faults


def edited(name: str, old: str, new: str) -> dict[str, str]:
    """The file `name` of the small case with one piece of text replaced."""
    assert FILES[name].count(old) >= 1, old
    return {name: FILES[name].replace(old, new, 1)}


Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edit(write: Write) -> Edit:
    """Write the small case with one piece of text in one file replaced."""
    return lambda name, old, new: write(edited(name, old, new))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the small case into a folder; `replaced` gives files other text, or leaves them out."""

    def written(replaced: dict[str, str | bytes | None] | None = None) -> Path:
        folder = tmp_path / "small"
        (folder / "scenarios").mkdir(parents=True, exist_ok=True)
        for name, text in {**FILES, **(replaced or {})}.items():
            if text is not None:
                (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return folder

    return written


@pytest.fixture
def folder(write: Write) -> Path:
    """The small case, valid."""
    return write()
