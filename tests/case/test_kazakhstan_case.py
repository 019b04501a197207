"""The shipped case loads, is complete for the model, and knows nothing of what came after its date."""

from __future__ import annotations

from datetime import date

import pytest

from tightrope.case.case import Case
from tightrope.case.load import load_case

POLES = ("rus", "chn", "west", "tur", "arab")
OF_DECIDERS = [
    *(f"trade_{pole}" for pole in POLES),
    *(f"imports_{pole}" for pole in POLES),
    *("imports_total", "exports_west", "exports_rus", "exports_total", "gdp"),
    *("ideal_point", "detour", "ethnic_russians", "capability"),
    *("selectorate_ratio", "resource_rents", "route_dependence"),
]
SINGLE = [
    *(f"{pole}.{name}" for pole in POLES for name in ("ideal_point", "gdp")),
    *("west.exports_rus", "kaz.currency_fall", "kaz.border_russia", "kaz.fuel_step_2022"),
    *("un.members", "un.states_if_self_determination", "class.unrest_exposure"),
]
FIRST = ("KAZ", "KGZ", "UZB", "ARM", "BLR", "GEO")
FURTHER = ("TJK", "TKM", "AZE", "MDA", "MNG", "SRB", "IND", "ARE", "ISR", "VNM")
SCENARIOS = {
    *("secondary_sanctions", "russia_tied_down", "fuel_shock", "fuel_shock_without_cap"),
    *("afghan_threat", "china_russia_coordinate", "china_steps_in", "turkey_steps_in"),
    *("csto_declines", "csto_left", "eaeu_left", "full_compliance", "joins_sanctions"),
    *("oil_route_closed", "russia_self_excluded", "russian_retaliation", "threat_to_the_north"),
    *("russian_defeat", "russian_victory", "settlement", "six_hundred_states", "troops_to_ukraine"),
}
HINDCAST = date(2021, 12, 31)


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("kazakhstan-2022")


def test_names_its_deciders_and_poles(case: Case) -> None:
    assert case.about.id == "kazakhstan_2022"
    assert case.about.deciders == FIRST + FURTHER
    assert case.about.poles == ("RUS", "CHN", "WEST", "TUR", "ARAB")
    assert (case.about.as_of, case.about.months) == (date(2022, 6, 30), 36)


def test_the_west_is_the_list_of_the_trade_figures(case: Case) -> None:
    west = next(actor for actor in case.actors if actor.id == "WEST")
    assert len(set(west.members)) == len(west.members) == 37


@pytest.mark.parametrize("measure", OF_DECIDERS)
def test_every_decider_has_every_figure(case: Case, measure: str) -> None:
    figures = {figure.id: figure for figure in case.figures}
    for decider in case.about.deciders:
        figure = figures[f"{decider.lower()}.{measure}"]
        assert figure.about == decider
        assert figure.hull is not None


@pytest.mark.parametrize("measure", OF_DECIDERS)
def test_every_figure_has_a_reading_that_the_hindcast_may_know(case: Case, measure: str) -> None:
    published = {source.id: source.published.latest for source in case.sources}
    for figure in case.figures:
        if figure.id in {f"{decider.lower()}.{measure}" for decider in case.about.deciders}:
            known = [reading for reading in figure.claims if published[reading.source] <= HINDCAST]
            assert known or figure.scenario, figure.id


@pytest.mark.parametrize("name", SINGLE)
def test_single_figures_are_there(case: Case, name: str) -> None:
    assert name in {figure.id for figure in case.figures}


def test_shares_stay_shares(case: Case) -> None:
    for figure in case.figures:
        low, high = figure.hull or (0.0, 0.0)
        if figure.unit.startswith("percent of") and "GDP" not in figure.unit:
            assert 0 <= low <= high <= 100, figure.id
        if figure.id.endswith("selectorate_ratio"):
            assert 0 <= low <= high <= 1, figure.id


def test_the_reports_differ_on_the_share_of_ethnic_russians(case: Case) -> None:
    figure = next(figure for figure in case.figures if figure.id == "kaz.ethnic_russians")
    readings = {reading.id: reading for reading in figure.claims if reading.id}
    fourth, third = readings["ethnic_russians.r004"], readings["ethnic_russians.r003"]
    assert (fourth.value, fourth.bound, fourth.source) == (20, "lower", "report_004")
    assert (third.value, third.source) == (22, "report_003")
    assert fourth.at is not None
    assert third.at is not None


def test_institutions_have_members_and_former_members(case: Case) -> None:
    institutions = {institution.id: institution for institution in case.institutions}
    assert {"CSTO", "EAEU", "UN"} <= set(institutions)
    now = {
        name: {member.actor for member in institution.members if member.until is None}
        for name, institution in institutions.items()
    }
    assert (institutions["CSTO"].role, institutions["CSTO"].leader) == ("security", "RUS")
    assert (institutions["EAEU"].role, institutions["EAEU"].leader) == ("economic", "RUS")
    assert now["CSTO"] == {"RUS", "KAZ", "KGZ", "ARM", "TJK", "BLR"}
    assert now["EAEU"] == {"RUS", "KAZ", "KGZ", "ARM", "BLR"}
    assert now["UN"] >= set(case.about.deciders)
    assert {member.actor for member in institutions["CSTO"].members} - now["CSTO"] == {"UZB", "AZE", "GEO"}


def test_six_disputed_entities_each_with_parent_and_patron(case: Case) -> None:
    assert len(case.entities) == 6
    assert all(entity.parent and entity.patron for entity in case.entities)


def test_past_votes_count_all_members(case: Case) -> None:
    for resolution in case.resolutions:
        if resolution.tally is not None:
            assert sum(resolution.tally.values()) == 193, resolution.id
            assert resolution.date <= case.about.as_of
            assert set(resolution.votes) <= {*case.about.deciders, *case.about.poles}


def test_scheduled_votes_lie_ahead_and_say_that_they_are_assumed(case: Case) -> None:
    scheduled = [resolution for resolution in case.resolutions if resolution.tally is None]
    assert len(scheduled) >= 8
    for resolution in scheduled:
        assert date(2022, 7, 1) <= resolution.date <= date(2025, 6, 30), resolution.id
        assert resolution.scenario
        assert resolution.why
        assert not resolution.votes


def test_nothing_was_published_after_the_date_of_the_case(case: Case) -> None:
    late = [source.id for source in case.sources if source.published.latest > case.about.as_of]
    assert late == []


def test_no_past_thing_happens_after_the_date_of_the_case(case: Case) -> None:
    day = case.about.as_of
    assert all(precedent.date.earliest <= day for precedent in case.precedents)
    assert all(tie.since.earliest <= day for tie in case.ties)


def test_base_rates_have_cases_for_and_against(case: Case) -> None:
    happened = {(precedent.reference_class, precedent.happened) for precedent in case.precedents}
    assert {
        ("request", True),
        ("request", False),
        ("intervention", True),
        ("intervention", False),
    } <= happened
    assert sum(precedent.reference_class == "unrest" for precedent in case.precedents) >= 10


def test_each_unrest_has_one_first_answer(case: Case) -> None:
    """The same events in both classes, and none that was met by concession and by force first."""
    answers: dict[str, dict[str, bool]] = {"concession": {}, "repression": {}}
    for precedent in case.precedents:
        if precedent.reference_class in answers:
            kind, _, event = precedent.id.partition("_")
            answers[kind][event] = precedent.happened
    conceded, struck = answers["concession"], answers["repression"]
    assert conceded.keys() == struck.keys()
    assert not any(conceded[event] and struck[event] for event in conceded)
    assert [event for event in conceded if not (conceded[event] or struck[event])] == [
        "kgz_2005_03_24",
        "kaz_2022_01_02",
    ]


def test_every_request_has_its_answer(case: Case) -> None:
    asked, answered = (
        {
            precedent.id.partition("_")[2]
            for precedent in case.precedents
            if precedent.reference_class == kind and (kind == "intervention" or precedent.happened)
        }
        for kind in ("request", "intervention")
    )
    assert asked <= answered


@pytest.mark.parametrize(
    ("kind", "left_out"),
    [
        ("join_sanctions", {"ALB", "MNE", "MKD", "TUR"}),
        ("leave_economic", {"AZE", "GEO", "MDA", "TKM", "UKR"}),
        ("send_troops", {"south_ossetia"}),
    ],
)
def test_classes_hold_only_what_their_rule_says(case: Case, kind: str, left_out: set[str]) -> None:
    """No ally of the sanctioners; nobody who was in the Commonwealth alone; nobody who is no state that decides."""
    about = {precedent.about for precedent in case.precedents if precedent.reference_class == kind}
    assert len(about) >= 5
    assert not about & left_out


def test_questions_ask_for_outcomes_within_the_run(case: Case) -> None:
    assert len(case.questions) >= 10
    votes = {resolution.id for resolution in case.resolutions if resolution.tally is None}
    for question in case.questions:
        assert case.about.as_of < question.by <= date(2025, 6, 30)
        parts = question.outcome.split(".")
        assert parts[0] == "kaz"
        if parts[1] == "vote":
            assert parts[2] in votes
            assert parts[3] == "abstain"


def test_scenarios_are_each_suggested_by_claims(case: Case) -> None:
    assert {scenario.id for scenario in case.scenarios} == SCENARIOS
    assert all(scenario.suggested_by for scenario in case.scenarios)
    assert all(scenario.happenings or scenario.settings for scenario in case.scenarios)


def test_scenarios_are_suggested_by_the_reports_and_lie_ahead(case: Case) -> None:
    sources = {claim.id: claim.source for claim in case.claims}
    for scenario in case.scenarios:
        assert all(sources[name].startswith("report_") for name in scenario.suggested_by), scenario.id
        assert all(one.start > case.about.as_of for one in scenario.happenings), scenario.id


@pytest.mark.parametrize("ending", ["defeat", "victory", "settlement"])
def test_the_war_ends_in_one_way_only_in_the_scenario_of_that_end(case: Case, ending: str) -> None:
    name = ending if ending == "settlement" else f"russian_{ending}"
    found = next(scenario for scenario in case.scenarios if scenario.id == name)
    assert {setting.path: setting.value for setting in found.settings} == {
        f"parameters.war_{other}": float(other == ending) for other in ("defeat", "victory", "settlement")
    }


def test_outcompeted_and_self_excluded_are_two_levers_on_russia_alone(case: Case) -> None:
    tied, excluded = (
        next(scenario for scenario in case.scenarios if scenario.id == name)
        for name in ("russia_tied_down", "russia_self_excluded")
    )
    assert [(one.kind, one.about) for one in tied.happenings] == [("tied_down", "RUS")]
    assert [(one.kind, one.about) for one in excluded.happenings] == [("credibility", "RUS")]
    assert tied.happenings[0].start == excluded.happenings[0].start


def test_the_two_fuel_shocks_differ_only_in_the_cap(case: Case) -> None:
    scenarios = {scenario.id: scenario for scenario in case.scenarios}
    capped, free = (
        {happening.kind: happening for happening in scenarios[name].happenings}
        for name in ("fuel_shock", "fuel_shock_without_cap")
    )
    assert set(capped) == set(free) == {"fuel_step", "price_cap"}
    words = {"why"}
    assert capped["fuel_step"].model_dump(exclude=words) == free["fuel_step"].model_dump(exclude=words)
    caps = [one["price_cap"].model_dump(exclude={"why", "value", "months"}) for one in (capped, free)]
    assert caps[0] == caps[1]
    assert (capped["price_cap"].value, free["price_cap"].value) == (1, 0)
    # Prolonged for as long as the step lasts, or for good not brought back.
    step = capped["fuel_step"]
    assert (capped["price_cap"].start, capped["price_cap"].months) == (step.start, step.months)
    assert free["price_cap"].months is None
    assert not scenarios["fuel_shock"].settings
    assert not scenarios["fuel_shock_without_cap"].settings
