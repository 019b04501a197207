"""Names that are missing, doubled or too early; each with its place and the name that was meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tightrope.case.load import load_case
from tightrope.errors import CaseError, Fault

Edit = Callable[[str, str, str], Path]
Refused = Callable[..., list[Fault]]

MISSING = [
    (
        "case.yaml",
        "focus: KAZ",
        "focus: KZA",
        "about.focus",
        "no actor 'KZA' in actors.yaml; did you mean KAZ?",
    ),
    (
        "case.yaml",
        "focus: KAZ",
        "focus: RUS",
        "about.focus",
        "the focus 'RUS' is no decider; add it to deciders",
    ),
    ("case.yaml", "[KAZ, NO]", "[KAZ, NO, KAZ]", "about.deciders[2]", "'KAZ' is listed twice; remove one"),
    ("case.yaml", "[RUS, WEST]", "[RUS, WEST, EAST]", "about.poles[2]", "no actor 'EAST'"),
    ("case.yaml", "target: RUS", "target: KAZ", "about.target", "the target 'KAZ' is no pole"),
    ("case.yaml", "sanctioner: WEST", "sanctioner: NO", "about.sanctioner", "the sanctioner 'NO' is no pole"),
    ("actors.yaml", "[NO, USA, DEU]", "[NO, USA, GER]", "actors[WEST].members[2]", "ISO 3166-1 alpha-3 code"),
    ("actors.yaml", "of: KAZ", "of: ENT", "actors[president].of", "no actor 'ENT'"),
    (
        "entities.yaml",
        "id: ENT",
        "id: RUS",
        "entities[RUS].id",
        "the id 'RUS' is taken, first in actors.yaml:4:10",
    ),
    ("entities.yaml", "patron: RUS", "patron: RU", "entities[ENT].patron", "did you mean RUS?"),
    (
        "ties.yaml",
        "from: KAZ",
        "from: KASACHSTAN",
        "ties[kaz.rus.trade].from",
        "no actor or entity 'KASACHSTAN'",
    ),
    (
        "ties.yaml",
        "source: yearbook",
        "source: jearbook",
        "ties[kaz.rus.trade].claims[0].source",
        "mean yearbook?",
    ),
    (
        "institutions.yaml",
        "actor: RUS",
        "actor: UKR",
        "institutions[csto].members[1].actor",
        "no actor 'UKR'",
    ),
    (
        "institutions.yaml",
        "source: yearbook",
        "source: x",
        "institutions[csto].claims[0].source",
        "no source 'x'",
    ),
    (
        "figures.yaml",
        "about: KAZ",
        "about: war",
        "figures[kaz.ethnic_russians].about",
        "no actor, entity or inst",
    ),
    (
        "figures.yaml",
        "source: report_001",
        "source: report_003",
        "figures[kaz.ethnic_russians].claims[0].source",
        "did you mean report_002 or report_001?",
    ),
    (
        "figures.yaml",
        "id: kaz.guess",
        "id: kaz.ethnic_russians",
        "figures[kaz.ethnic_russians].id",
        "is taken",
    ),
    ("resolutions.yaml", "KAZ: abstain", "KZ: abstain", "resolutions[es_11_1].votes.KZ", "did you mean KAZ?"),
    ("precedents.yaml", "about: KAZ", "about: FRA", "precedents[request_2022].about", "'FRA'"),
    (
        "claims.yaml",
        "act: parade_cancelled",
        "act: parade_canceled",
        "claims[c.parade].act",
        "no kind of act 'parade_canceled' in acts.yaml; did you mean parade_cancelled?",
    ),
    (
        "claims.yaml",
        "issue: war",
        "issue: peace",
        "claims[c.tool].issue",
        "no issue 'peace' in issues.yaml; there are: war",
    ),
    ("claims.yaml", "by: RUS", "by: RSU", "claims[c.threat].by", "did you mean RUS?"),
    ("claims.yaml", "about: csto", "about: csta", "claims[c.context].about", "did you mean csto?"),
    (
        "claims.yaml",
        "id: c.tool",
        "id: r1",
        "figures[kaz.ethnic_russians].claims[0].id",
        "the id 'r1' is taken",
    ),
    (
        "claims.yaml",
        "date: 2022-04-27",
        "date: 2022-05-11",
        "claims[c.parade].date",
        "it happens 2022-05-11, after its source 'report_001' came out (2022-05-10)",
    ),
    (
        "conflicts.yaml",
        "c.threat]",
        "c.treat]",
        "conflicts[k1].claims[1]",
        "no claim 'c.treat'; did you mean c.threat",
    ),
    (
        "scenarios/cut_off.yaml",
        "[c.threat]",
        "[c.none]",
        "scenarios[cut_off].suggested_by[0]",
        "no claim 'c.none'",
    ),
    (
        "scenarios/cut_off.yaml",
        "figures.kaz.guess",
        "figures.kaz.gess",
        "scenarios[cut_off].settings[0].path",
        "there is no figure 'kaz.gess'; did you mean kaz.guess?",
    ),
    (
        "scenarios/cut_off.yaml",
        "figures.kaz.guess",
        "kaz.guess",
        "scenarios[cut_off].settings[0].path",
        "write figures.<id of a figure> or parameters.<name>",
    ),
    (
        "scenarios/cut_off.yaml",
        "about: KAZ",
        "about: KAS",
        "scenarios[cut_off].happenings[0].about",
        "mean KAZ?",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "path", "said"), MISSING)
def test_what_is_missing_doubled_or_too_early(
    edit: Edit, refused: Refused, name: str, old: str, new: str, path: str, said: str
) -> None:
    told = refused(edit(name, old, new))
    assert any(fault.path == path and said in str(fault) and fault.line for fault in told), [*map(str, told)]


def test_parameters_are_checked_where_their_names_are_given(folder: Path) -> None:
    load_case(folder)
    load_case(folder, parameters={"sharpness"})
    with pytest.raises(CaseError, match=r"there is no parameter 'sharpness'; did you mean sharpnes\?"):
        load_case(folder, parameters={"sharpnes"})


def test_an_invalid_entry_still_lends_its_name(edit: Edit, refused: Refused) -> None:
    told = refused(edit("actors.yaml", "{id: RUS, name: Russia, kind: state}", "{id: RUS, name: Russia}"))
    assert [fault.path for fault in told] == ["actors[RUS].kind"]


def test_nothing_is_said_about_names_while_a_file_cannot_be_read(edit: Edit, refused: Refused) -> None:
    told = refused(edit("sources.yaml", "sources:", "sources: *x"))
    assert {Path(fault.file).name for fault in told} == {"sources.yaml"}
