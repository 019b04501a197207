"""The second shipped case: another state, without an alliance, from public sources; nothing in it is Kazakhstan's."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tightrope.case.case import Case
from tightrope.case.folder import find_case
from tightrope.case.load import load_case
from tightrope.engine.outcome import outcomes
from tightrope.engine.simulate import plan, run
from tightrope.evidence.claim import Threat
from tightrope.job import check_case

POLES = ("rus", "chn", "west", "tur")
OF_DECIDERS = [
    *(f"{kind}_{pole}" for kind in ("trade", "imports", "exports") for pole in POLES),
    *("imports_total", "exports_total", "gdp", "population", "ideal_point", "detour"),
    *("ethnic_russians", "capability", "selectorate_ratio", "resource_rents", "route_dependence"),
]
KINDS = {"position", "act", "commitment", "threat", "interpretation", "event", "context"}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("serbia-2022")


def test_it_has_no_faults() -> None:
    counts, faults = check_case("serbia-2022")
    assert faults == []
    assert counts["claims"] >= 40
    assert counts["sources"] >= 12
    assert counts["scenarios"] >= 3


def test_names_its_deciders_and_poles(case: Case) -> None:
    assert case.about.id == "serbia_2022"
    assert (case.about.focus, case.about.deciders) == ("SRB", ("SRB", "BIH", "MDA", "GEO"))
    assert (case.about.target, case.about.sanctioner) == ("RUS", "WEST")
    assert case.about.as_of == date(2022, 6, 30)


@pytest.mark.parametrize("measure", OF_DECIDERS)
def test_every_decider_has_every_figure(case: Case, measure: str) -> None:
    figures = {figure.id: figure for figure in case.figures}
    for decider in case.about.deciders:
        figure = figures[f"{decider.lower()}.{measure}"]
        assert figure.about == decider
        assert figure.hull is not None


def test_trade_with_each_pole_adds_up(case: Case) -> None:
    """Exports and imports of one source and year sum to trade; no more goes to the poles than to all."""
    read = {
        (figure.id, reading.source): reading.value for figure in case.figures for reading in figure.claims
    }
    for decider in (name.lower() for name in case.about.deciders):
        for source in ("baci_2018", "baci_2019", "baci_2020"):
            for pole in POLES:
                parts = (read[f"{decider}.{kind}_{pole}", source] for kind in ("exports", "imports"))
                assert sum(parts) == pytest.approx(read[f"{decider}.trade_{pole}", source], abs=0.011)
            for kind in ("exports", "imports"):
                to_poles = sum(read[f"{decider}.{kind}_{pole}", source] for pole in POLES)
                assert 0 < to_poles < read[f"{decider}.{kind}_total", source]


def test_poles_have_the_values_of_the_first_case(case: Case) -> None:
    """What both cases say of a pole or of the mean state is one and the same reading."""
    first = {figure.id: figure for figure in load_case("kazakhstan-2022").figures}
    prefixes = (*(f"{pole}." for pole in POLES), "geo.", "world.trade_")
    shared = [figure for figure in case.figures if figure.id.startswith(prefixes)]
    assert len(shared) > 30
    assert [figure.id for figure in shared if figure.claims != first[figure.id].claims] == []


def test_nobody_has_a_patron(case: Case) -> None:
    assert [one.id for one in case.institutions if one.role == "security"] == []
    made = plan(case).blueprint
    assert made.allied == frozenset()
    assert {made.poles[pole] for _, pole in made.preferred} == {"WEST"}


def test_claims_of_every_kind_from_many_sources(case: Case) -> None:
    assert {claim.kind for claim in case.claims} == KINDS
    assert len({claim.source for claim in case.claims}) >= 12
    voices = {claim.voice for claim in case.claims if claim.kind == "interpretation"}
    assert len(voices) >= 5
    assert all(claim.where for claim in case.claims)


def test_only_the_target_threatens(case: Case) -> None:
    """The model hears every threat as one of the target, so no other may be entered as a threat."""
    of = {actor.id: actor.of or actor.id for actor in case.actors}
    assert {of[claim.by] for claim in case.claims if isinstance(claim, Threat)} == {"RUS"}


def test_it_votes_against_russia_and_joins_no_sanctions(case: Case) -> None:
    votes = {resolution.id: resolution.votes for resolution in case.resolutions}
    assert votes["es_11_1"]["SRB"] == votes["es_11_2"]["SRB"] == votes["es_11_3"]["SRB"] == "yes"
    assert votes["unga_74_168"]["SRB"] == "no"
    stances = [
        claim.stance
        for claim in case.claims
        if claim.kind == "position" and claim.issue == "join_sanctions" and claim.about in ("SRB", "vucic")
    ]
    assert stances
    assert max(stances) < 0


def test_past_votes_count_all_members(case: Case) -> None:
    for resolution in case.resolutions:
        if resolution.tally is not None:
            assert sum(resolution.tally.values()) == 193, resolution.id
            assert set(resolution.votes) <= {*case.about.deciders, *case.about.poles}


def test_kosovo_is_an_entity_and_no_state(case: Case) -> None:
    entities = {entity.id: entity for entity in case.entities}
    assert (entities["kosovo"].parent, entities["kosovo"].patron) == ("SRB", "WEST")
    assert entities["transnistria"].parent == "MDA"
    assert not {"XKX", "KOS"} & {actor.id for actor in case.actors}


def test_nothing_is_known_or_happens_after_its_date(case: Case) -> None:
    day = case.about.as_of
    assert [source.id for source in case.sources if source.published.latest > day] == []
    assert [claim.id for claim in case.claims if claim.date.earliest > day] == []
    assert [tie.id for tie in case.ties if tie.since.earliest > day] == []


def test_every_source_is_cited(case: Case) -> None:
    folder = find_case("serbia-2022")
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.yaml"))
    cited = Counter(re.findall(r"source: (\w+)", texts))
    assert [source.id for source in case.sources if not cited[source.id]] == []


def test_questions_ask_for_outcomes_that_a_run_has(case: Case) -> None:
    made = run(plan(case, months=36), runs=5, seed=1)
    assert {question.outcome for question in case.questions} <= set(outcomes(made))


@pytest.mark.parametrize(
    "scenario",
    ["russia_tied_down", "secondary_sanctions", "oil_by_sea_ends", "oil_by_sea_ends_without_ceiling"],
)
def test_every_scenario_runs(case: Case, scenario: str) -> None:
    assert run(plan(case, scenario, months=8), runs=5, seed=1).manifest.origin.scenario == scenario
    found = next(one for one in case.scenarios if one.id == scenario)
    assert found.suggested_by


def test_nothing_is_left_of_kazakhstan() -> None:
    notes = {"sources.yaml", "figures.yaml", "resolutions.yaml"}  # shared data sets say what they hold
    for path in find_case("serbia-2022").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"kaz\.|: KAZ\b|KAZ:|Tokayev|\breport_00\d", text), path
        assert path.name in notes or "Kazakh" not in text, path


def test_files_name_their_schema() -> None:
    folder: Path = find_case("serbia-2022")
    for path in folder.rglob("*.yaml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named is not None
        assert (path.parent / named[1]).is_file(), path
