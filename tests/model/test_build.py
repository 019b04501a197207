"""From claims to a blueprint: what each claim sets, what falls with a source, and what cannot be built."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from tests.model.shipped import as_known, case, changed, plain, shipped

from tightrope.case.case import Case
from tightrope.case.knowledge import known
from tightrope.case.scenario import Scenario
from tightrope.errors import ModelError
from tightrope.evidence.claim import Act, Commitment, Event, Interpretation, Position, Statement, Threat
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import BINDING, COUNTED, READ_EVENTS, build, takes_a_stand
from tightrope.model.changes import ranges, start_values
from tightrope.model.draw import draw
from tightrope.model.needs import REQUIRED
from tightrope.model.parameters import Range

REPORTS = ("report_000", "report_001", "report_002", "report_003", "report_004")
KINDS = {one.__name__.lower(): one for one in (Act, Commitment, Event, Interpretation, Position, Threat)}


def claim(kind: str, name: str = "told.r000", **given: Any) -> Statement:
    """A claim of report 000 about Kazakhstan on 15 May 2022, as far as nothing else is said."""
    usual = {"about": "KAZ", "source": "report_000", "date": "2022-05-15", "paraphrase": "A test."}
    return KINDS[kind].model_validate({"kind": kind, "id": name, **usual, **given})


def telling(*claims: Statement) -> Blueprint:
    """The blueprint of the shipped case if these were all its claims."""
    return as_known(of=case().model_copy(update={"claims": claims}))


def test_a_run_starts_in_the_month_after_what_is_known() -> None:
    assert as_known("2022-06-30").start == (2022, 7)
    assert as_known("2022-06-01").start == (2022, 7)
    assert as_known("2021-12-31").start == (2022, 1)


def test_labels_become_places() -> None:
    found = plain()
    assert found.deciders == case().about.deciders
    assert found.deciders[:6] == ("KAZ", "KGZ", "UZB", "ARM", "BLR", "GEO")
    assert found.poles == ("RUS", "CHN", "WEST", "TUR", "ARAB")
    assert (found.target, found.sanctioner, found.focus, found.months) == (0, 2, 0, 36)
    assert (0, 0) in found.allied
    assert (0, 0) in found.preferred
    assert (5, 0) not in found.allied | found.preferred  # Georgia left the one and never joined the other
    assert found.origin is None


def test_positions_are_the_hull_of_what_is_said() -> None:
    found = telling(
        claim("position", "a.r000", issue="join_sanctions", stance=-0.5),
        claim("position", "b.r001", issue="join_sanctions", stance=0.2, source="report_001"),
        claim("position", "c.r000", issue="send_troops", stance=-1.0, about="UZB"),
        claim("position", "d.r000", issue="send_troops", stance=1.0, about="RUS"),
    )
    assert found.positions == {(0, "join_sanctions"): Range(-0.5, 0.2), (2, "send_troops"): Range(-1.0, -1.0)}
    assert found.opinions == {}


def test_persons_speak_for_their_state_and_groups_for_themselves() -> None:
    person = next(actor.id for actor in case().actors if actor.kind == "person" and actor.of == "KAZ")
    group = next(actor.id for actor in case().actors if actor.kind == "group" and actor.of == "KAZ")
    found = telling(
        claim("position", "a.r000", issue="join_sanctions", stance=0.1, about=person),
        claim("position", "b.r000", issue="join_sanctions", stance=0.9, about=group),
    )
    assert found.positions == {(0, "join_sanctions"): Range(0.1, 0.1)}
    assert found.opinions == {(0, "join_sanctions"): Range(0.9, 0.9)}


def test_a_fault_of_the_source_sets_nothing() -> None:
    assert not telling(claim("position", issue="join_sanctions", stance=1.0, fault="A slip.")).positions


def test_one_voice_one_opinion() -> None:
    found = telling(
        claim("interpretation", "a.r000", voice="Zed", stance=-1.0),
        claim("interpretation", "b.r001", voice="Zed", stance=-0.4, source="report_001"),
        claim("interpretation", "c.r000", voice="Abe", stance=0.5),
    )
    assert found.voices == {0: {"Abe": Range(0.5, 0.5), "Zed": Range(-1.0, -0.4)}}


def test_undertakings_on_sanctions_bind_and_those_on_troops_and_recognition_are_stands() -> None:
    found = telling(
        claim("commitment", "a.r000", issue="help_evade_sanctions", strength=0.8),
        claim("commitment", "b.r000", issue="send_troops", strength=0.9),
        claim("commitment", "c.r000", issue="align_with_russia", strength=0.9),
        claim("commitment", "d.r000", issue="recognise_kosovo", strength=0.4),
    )
    assert [stock.key for stock in found.commitments] == ["a"]
    assert [stock.key for stock in found.stands] == ["b", "d"]


def test_what_several_sources_tell_happened_once_on_the_sharpest_date() -> None:
    """15 May is 1 + 17/31 months and 14 days before 1 July: 2 - 14/31."""
    found = telling(
        claim("threat", "roar.r000", by="RUS", rank="minister", strength=0.3, date="2022"),
        claim("threat", "roar.r001", by="RUS", rank="minister", strength=0.7, source="report_001"),
        claim("threat", "growl.r001", by="RUS", rank="television", strength=0.2, happening="purr"),
    )
    assert [(stock.key, stock.rank, stock.strength) for stock in found.threats] == [
        ("purr", "television", Range(0.2, 0.2)),
        ("roar", "minister", Range(0.3, 0.7)),
    ]
    assert found.threats[1].age == pytest.approx(2.0 - 14.0 / 31.0)


def test_acts_are_of_their_kind_and_in_order_of_age() -> None:
    found = telling(
        claim("act", "a.r000", act="send_humanitarian_aid"),
        claim("act", "b.r001", act="send_humanitarian_aid", source="report_001"),
        claim("act", "c.r000", act="cancel_victory_parade", date="2022-04-27"),
    ).acts
    assert [act.kind for act in found] == ["cancel_victory_parade", "send_humanitarian_aid"]
    kind = next(one for one in case().acts if one.id == "cancel_victory_parade")
    assert found[0].base_rate == kind.base_rate
    assert found[0].accounts == {name: Range(*hull) for name, hull in kind.accounts.items()}
    assert found[0].age == pytest.approx(3.0 - 26.0 / 31.0)


def test_events_are_kept_by_state() -> None:
    found = telling(
        claim("event", event="purge", strength=0.6), claim("event", "x.r000", event="purge", about="UZB")
    )
    assert {key: stock.strength for key, stock in found.events.items()} == {
        ("purge", 0): Range(0.6, 0.6),
        ("purge", 2): Range(1.0, 1.0),
    }


def test_refused_requests_of_deciders_are_kept_with_their_age() -> None:
    """Armenia asked in 2020 and twice in 2021, Tajikistan in 2021, Kyrgyzstan in 2010; Kazakhstan got what it asked."""
    found = as_known()
    told = sorted((found.deciders[one.decider], one.key) for one in found.refusals)
    assert told == [
        ("ARM", "intervention_arm_2020_10"),
        ("ARM", "intervention_arm_2021_05"),
        ("ARM", "intervention_arm_2021_11"),
        ("KGZ", "intervention_kgz_2010_06"),
        ("TJK", "intervention_tjk_2021_07"),
    ]
    ages = {one.key: one.age for one in found.refusals}
    assert ages["intervention_kgz_2010_06"] == pytest.approx(12 * 12 + 1 + (1 - 12) / 31)
    assert all(one.strength == Range(1.0, 1.0) for one in found.refusals)
    early = as_known("2021-06-30").refusals
    assert {one.key for one in early} == {
        "intervention_kgz_2010_06",
        "intervention_arm_2020_10",
        "intervention_arm_2021_05",
    }


def test_events_that_nothing_reads_are_left_out() -> None:
    found = telling(
        claim("event", "a.r000", event="sharp_inflation"), claim("event", "b.r000", event="currency_fall")
    )
    assert set(found.events) == {("currency_fall", 0)}
    assert {"intervention", "purge", "price_cap", "currency_fall"} == READ_EVENTS
    assert {event for event, _ in plain().events} <= READ_EVENTS


def test_events_about_the_target_alone_switch_the_model_on() -> None:
    found = telling(
        claim("event", "a.r000", event="western_sanctions", about="RUS"),
        claim("event", "b.r000", event="invasion", about="KAZ"),
    )
    assert found.conditions == {"western_sanctions"}
    assert {"western_sanctions", "invasion"} <= plain().conditions
    assert not {"western_sanctions", "invasion"} & as_known("2021-12-31").conditions


def test_the_war_and_the_sanctions_are_known_from_their_first_days() -> None:
    """From decisions of those days; before them there is neither, but the war of 2008 is known."""
    sets = {"invasion", "western_sanctions"}
    assert not as_known("2021-12-31").conditions & sets
    assert not as_known("2022-02-23").conditions & sets
    for day in ("2022-02-28", "2022-03-31", "2022-06-30"):
        assert as_known(day).conditions >= sets
    before = as_known("2021-12-31")
    assert "GEO" in {before.deciders[place] for place in before.rivals}


def test_rivals_have_fought_the_target_and_nobody_else() -> None:
    """A tie of conflict between the two, whichever way it is written; no other tie, and no other's war."""
    tie = next(tie for tie in case().ties if tie.kind == "conflict")
    fought = {case().about.deciders.index(name) for name in ("GEO", "MDA")}
    assert plain().rivals == fought

    def rivals(one: str, other: str, kind: str = "conflict") -> frozenset[int]:
        changed_ = tie.model_copy(update={"source_actor": one, "target_actor": other, "kind": kind})
        return as_known(of=case().model_copy(update={"ties": (changed_,)})).rivals

    assert rivals("RUS", "UZB") == rivals("UZB", "RUS") == {2}
    assert not rivals("KAZ", "UZB")
    assert not rivals("RUS", "UZB", next(one.kind for one in case().ties if one.kind != "conflict"))


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_a_figure_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ModelError, match=r"figures\.kaz\.gdp cannot be"):
        changed(figures__kaz__gdp=value)


def test_the_cap_is_in_force_only_where_a_claim_tells_of_it() -> None:
    capped = telling(claim("event", event="price_cap")).schedule["price_cap"][0]
    assert capped.nonzero()[0].tolist() == [0]
    assert not telling().schedule["price_cap"].any()


def test_a_missing_figure_is_filled_and_named() -> None:
    fewer = tuple(figure for figure in case().figures if figure.id != "kaz.ethnic_russians")
    found = as_known(of=case().model_copy(update={"figures": fewer}))
    assert found.filled == ("kaz.ethnic_russians",)
    assert found.figures["kaz.ethnic_russians"] == Range(*REQUIRED["ethnic_russians"])  # type: ignore[misc]
    assert plain().filled == ()


def test_a_figure_that_the_case_must_give_is_asked_for_by_name() -> None:
    fewer = tuple(figure for figure in case().figures if figure.id != "kaz.gdp")
    with pytest.raises(ModelError, match=r"no known claim gives kaz\.gdp"):
        as_known(of=case().model_copy(update={"figures": fewer}))


def test_settings_change_what_they_name_and_keep_the_origin() -> None:
    """A parameter is assumed for the start too; a figure is a what-if from the start on."""
    found = changed(parameters__retaliation=0.15, figures__kaz__exports_west=40.0)
    assert found.parameters["retaliation"] == Range(0.15, 0.15)
    assert found.figures["kaz.exports_west"] == Range(40.0, 40.0)
    assert found.origin is not None
    assert found.origin.parameters == {**plain().parameters, "retaliation": Range(0.15, 0.15)}
    assert changed(parameters__retaliation=0.15).origin is None
    assert found.origin.figures == plain().figures
    others = {name for name in found.figures if found.figures[name] != plain().figures[name]}
    assert others == {"kaz.exports_west"}


def test_a_scenario_sets_values_and_ranges_and_settings_overrule_it() -> None:
    item = {"unit": "months", "why": "a test"}
    scenario = Scenario.model_validate(
        {
            "id": "test",
            "title": "test",
            "meaning": "test",
            "scenario": True,
            "settings": [
                {"path": "parameters.menace_half_life", "low": 4.0, "high": 5.0, **item},
                {"path": "parameters.debt_half_life", "value": 9.0, **item},
            ],
        }
    )
    found = changed(scenario, parameters__debt_half_life=7.0).parameters
    assert found["menace_half_life"] == Range(4.0, 5.0)
    assert found["debt_half_life"] == Range(7.0, 7.0)


@pytest.mark.parametrize("path", ["figures__kaz__nothing", "parameters__nothing", "kaz__exports_west"])
def test_a_path_that_names_nothing_is_refused(path: str) -> None:
    with pytest.raises(ModelError):
        changed(**{path: 1.0})


@pytest.mark.parametrize("scenario", case().scenarios, ids=lambda one: one.id)
def test_shipped_scenarios_build_and_leave_the_start_alone(scenario: Scenario) -> None:
    found = changed(shipped(scenario.id))
    assert found.origin is not None
    before, after = draw(plain(), 4, 0)[0], draw(found, 4, 0)[0]
    assert all(np.array_equal(getattr(before, name), getattr(after, name)) for name in vars(before))


def test_before_the_war_none_of_the_five_reports_is_known() -> None:
    early = known(case(), date(2021, 12, 31))
    assert not {source.id for source in early.case.sources} & set(REPORTS)
    assert all(early.dropped[report] > 0 for report in REPORTS)
    blueprint = build(early)
    assert blueprint.start == (2022, 1)
    assert not any(event == "intervention" for event, _ in blueprint.events)
    assert not blueprint.voices
    state, setting = draw(blueprint, 1, 0)
    assert not state.debt.any()
    assert np.isfinite(state.share).all()
    assert setting.schedule.votes


# What a source carries ----------------------------------------------------------------------------


def told_by(whole: Case) -> dict[str, set[str]]:
    """The sources of everything that a blueprint knows by name, put together here from the claims."""
    of = {actor.id: actor.of for actor in whole.actors}
    groups = {actor.id for actor in whole.actors if actor.kind == "group"}
    found: dict[str, set[str]] = defaultdict(set)
    for one in whole.claims:
        who = one.about if one.about in whole.about.deciders else of.get(one.about)
        if one.fault is None and who in whole.about.deciders:
            for name in named(one, one.about in groups):
                found[f"{who.lower()}.{name}"].add(one.source)
    for figure in whole.figures:
        for reading in figure.claims:
            found[figure.id].add(reading.source)
    for precedent in whole.precedents:
        for name, kind in COUNTED.items():
            if kind == precedent.reference_class:
                found[f"parameters.{name}"] |= {one.source for one in precedent.claims}
    return found


def named(one: Statement, group: bool) -> Iterator[str]:
    happened = one.happening or one.id.rsplit(".", 1)[0]
    if isinstance(one, Position):
        yield f"{'opinion' if group else 'position'}.{one.issue}"
    elif isinstance(one, Event):
        yield f"event.{one.event}"
    elif isinstance(one, Act):
        yield f"act.{one.act}"
    elif isinstance(one, Interpretation):
        yield "voices"
    elif isinstance(one, Threat):
        yield f"threat.{happened}"
    elif isinstance(one, Commitment) and one.issue in BINDING:
        yield f"commitment.{happened}"
    elif isinstance(one, Commitment) and takes_a_stand(one.issue):
        yield f"stand.{happened}"


@pytest.mark.parametrize("report", REPORTS)
def test_dropping_a_report_moves_exactly_what_rests_on_it(report: str) -> None:
    """What only it tells goes; what it never told stays; the rest may move within the other sources' hull."""
    before, after = ranges(plain()), ranges(as_known(without=(report,)))
    moved = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    sources = told_by(known(case(), case().about.as_of).case)
    touched = {name for name, by in sources.items() if report in by}
    alone = {name for name, by in sources.items() if by == {report}}
    assert moved <= touched
    assert alone & before.keys() <= moved
    assert touched
    assert all(
        name not in after for name in alone if ".act." in name or ".threat." in name or ".event." in name
    )


def test_dropping_report_003_leaves_everybody_else_where_they_were() -> None:
    sources = told_by(known(case(), case().about.as_of).case)
    concerned = {name.split(".")[0] for name, by in sources.items() if "report_003" in by}
    before, after = start_values(plain()), start_values(as_known(without=("report_003",)))
    assert before.keys() == after.keys()
    moved = {name for name in before if before[name] != after[name]}
    assert any(name.startswith("kaz.") for name in moved)
    assert {name.split(".")[0] for name in moved} <= concerned
    assert concerned < {name.lower() for name in (*plain().deciders, *plain().poles)} | concerned


def test_dropping_the_sceptics_moves_the_sincerity_prior() -> None:
    """Report 002 holds the two who doubt most, and three who do not: without it the doubt goes, and the spread."""
    prior, without = (
        draw(one, 1, 0)[1].figures["sincerity_prior"] for one in (plain(), as_known(without=("report_002",)))
    )
    assert np.quantile(without[0], 0.05) > np.quantile(prior[0], 0.05) + 0.3
    assert without[0].std() < 0.9 * prior[0].std()
    assert np.array_equal(without[1:], prior[1:])


def test_a_report_that_only_repeats_others_moves_nothing() -> None:
    """An echo of all five reports and of every figure: not one range, date or draw is another."""
    whole = case()
    echo = next(source for source in whole.sources if source.id == "report_001").model_copy(
        update={"id": "echo"}
    )
    again = tuple(
        one.model_copy(update={"id": f"{one.id.rsplit('.', 1)[0]}.echo", "source": "echo"})
        for one in whole.claims
    )
    figures = tuple(
        figure.model_copy(
            update={
                "claims": figure.claims
                + tuple(r.model_copy(update={"source": "echo"}) for r in figure.claims)
            }
        )
        for figure in whole.figures
    )
    loud = whole.model_copy(
        update={"sources": (*whole.sources, echo), "claims": (*whole.claims, *again), "figures": figures}
    )
    with_, without = as_known(of=loud), as_known(of=loud, without=("echo",))
    for item in fields(Blueprint):
        if item.name not in ("schedule", "origin"):
            assert getattr(with_, item.name) == getattr(without, item.name), item.name
            assert getattr(with_, item.name) == getattr(plain(), item.name), item.name
    (one, one_setting), (other, other_setting) = draw(with_, 2, 0), draw(without, 2, 0)
    assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in vars(one))
    assert all(
        np.array_equal(one_setting.figures[name], other_setting.figures[name]) for name in one_setting.figures
    )
    assert replace(one_setting, figures={}).divisors == other_setting.divisors
