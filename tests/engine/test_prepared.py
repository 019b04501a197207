"""The compiled month gives NumPy's numbers, for every scenario of both cases, and answers what-ifs at once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tightrope.case.load import load_case
from tightrope.engine import prepared
from tightrope.engine.ensemble import Ensemble
from tightrope.engine.prepared import Cancelled, Prepared, Unfit, available
from tightrope.engine.simulate import Plan, plan, run
from tightrope.model import step

pytestmark = pytest.mark.skipif(available() is not None, reason=str(available()))

RUNS, MONTHS = 60, 10
CASES = {name: load_case(name) for name in ("kazakhstan-2022", "serbia-2022")}
SCENARIOS = [(name, one.id) for name, case in CASES.items() for one in case.scenarios]
FOCUS = {"kazakhstan-2022": "KAZ", "serbia-2022": "SRB"}


@pytest.fixture(scope="module")
def made() -> dict[str, Prepared]:
    return {name: Prepared(plan(case, months=MONTHS).blueprint, RUNS, 1) for name, case in CASES.items()}


def differing(found: Ensemble, expected: Any) -> set[str]:
    """The variables in which two results differ by more than single precision does."""
    assert set(found.arrays) == set(expected.arrays)
    return {
        name
        for name, values in expected.arrays.items()
        if values.shape != found.arrays[name].shape
        or not np.allclose(values.astype(float), found.arrays[name].astype(float), rtol=1e-5, atol=1e-5)
    }


@pytest.mark.parametrize("name", CASES)
def test_every_variable_of_the_baseline_is_numpys(made: dict[str, Prepared], name: str) -> None:
    assert differing(made[name].run(), run(plan(CASES[name], months=MONTHS), RUNS, 1)) == set()


def test_three_years_are_numpys_as_well() -> None:
    planned = plan(CASES["kazakhstan-2022"])
    found = Prepared(planned.blueprint, RUNS, 3).run()
    expected = run(planned, RUNS, 3)
    assert differing(found, expected) == set()
    assert found.unsettled == pytest.approx(expected.manifest.unsettled, abs=500)


@pytest.mark.parametrize(("name", "scenario"), SCENARIOS)
def test_every_scenario_is_numpys(made: dict[str, Prepared], name: str, scenario: str) -> None:
    planned = plan(CASES[name], scenario, months=MONTHS)
    assert differing(made[name].run(planned.blueprint), run(planned, RUNS, 1)) == set()


@pytest.mark.parametrize(
    "settings",
    [
        {"figures.kaz.exports_rus": 1.0, "figures.kaz.ethnic_russians": 40.0},
        {"figures.kaz.route_dependence": 90.0},
    ],
)
def test_changed_figures_are_numpys(made: dict[str, Prepared], settings: dict[str, float]) -> None:
    planned = plan(CASES["kazakhstan-2022"], settings=settings, months=MONTHS)
    assert differing(made["kazakhstan-2022"].run(planned.blueprint), run(planned, RUNS, 1)) == set()


def test_what_levers_share_is_packed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES["kazakhstan-2022"]
    blueprint = plan(case, months=MONTHS).blueprint
    told = Prepared(blueprint, RUNS, 1)
    worked: list[int] = []
    packing = Prepared._changed
    monkeypatch.setattr(Prepared, "_changed", lambda self, one: worked.append(1) or packing(self, one))
    moved = plan(case, settings={"figures.kaz.exports_rus": 1.0}, months=MONTHS).blueprint
    happening = replace(moved, schedule=plan(case, case.scenarios[0].id, months=MONTHS).blueprint.schedule)
    for changed in (moved, happening, blueprint, moved):
        found = told.run(changed)
        alone = Prepared(blueprint, RUNS, 1).run(changed)
        assert all(np.array_equal(found.arrays[name], values) for name, values in alone.arrays.items())
    assert len(worked) == 1 + 3  # once for all, and once by each that ran a changed one alone


def test_a_lever_moved_back_and_forth_gives_the_same_bits(made: dict[str, Prepared]) -> None:
    told, case = made["kazakhstan-2022"], CASES["kazakhstan-2022"]
    places = [0.1, 3.0, 6.0, 1.0, 2.0, 4.0, 0.1]
    blueprints = [
        plan(case, settings={"figures.kaz.exports_rus": at}, months=MONTHS).blueprint for at in places
    ]
    first, *_, last = [told.run(blueprint) for blueprint in blueprints]
    assert all(np.array_equal(values, last.arrays[name]) for name, values in first.arrays.items())


def test_without_theory_the_baseline_is_numpys() -> None:
    planned = plan(CASES["kazakhstan-2022"], settings={"parameters.choice_intensity": 0.0}, months=MONTHS)
    found = Prepared(planned.blueprint, RUNS, 1).run()
    assert differing(found, run(planned, RUNS, 1)) == set()


@pytest.mark.parametrize("organ", ["majority", "leader"])
def test_every_way_an_organ_decides_is_numpys(organ: str) -> None:
    planned = plan(CASES["kazakhstan-2022"], "fuel_shock_without_cap", months=MONTHS)
    origin = replace(planned.blueprint.origin, organ=organ)  # type: ignore[arg-type]
    shocked = replace(planned.blueprint, organ=organ, origin=origin)
    expected = run(Plan(planned.known, shocked, planned.scenario, {}), RUNS, 1)
    assert differing(Prepared(origin, RUNS, 1).run(replace(shocked, months=MONTHS)), expected) == set()


def test_a_preview_is_the_leading_runs(made: dict[str, Prepared]) -> None:
    whole, first = (made["kazakhstan-2022"].run(runs=runs) for runs in (RUNS, 20))
    assert first.runs == 20
    for name, values in first.arrays.items():
        np.testing.assert_array_equal(values, whole.arrays[name][..., :20])


def test_runs_in_parts_are_the_same_and_none_is_done_twice(
    made: dict[str, Prepared], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tightrope.model.single import runs

    done: list[tuple[int, int]] = []
    part = runs.part

    def noted(who: Any, whole: Any, span: tuple[int, int], *rest: Any) -> int:
        done.append(span)
        return part(who, whole, span, *rest)

    monkeypatch.setattr(runs, "part", noted)
    begun = made["kazakhstan-2022"].begin(runs=RUNS)
    first, whole = begun.upto(24), begun.upto(RUNS)
    assert [first for first, _ in done] == [0, *(last for _, last in done[:-1])]
    assert (done[0][1], done[-1][1]) == (24, RUNS)
    expected = made["kazakhstan-2022"].run()
    assert (first.runs, whole.runs, whole.unsettled) == (24, RUNS, expected.unsettled)
    for name, values in expected.arrays.items():
        np.testing.assert_array_equal(first.arrays[name], values[..., :24])
        np.testing.assert_array_equal(whole.arrays[name], values)


def test_one_actor_is_that_part_of_all(made: dict[str, Prepared]) -> None:
    whole = made["kazakhstan-2022"].run()
    one = made["kazakhstan-2022"].run(actors=("UZB",))
    place = whole.axes["actor"].index("UZB")
    assert one.axes["actor"] == ("UZB",)
    np.testing.assert_array_equal(one.arrays["compliance"][0], whole.arrays["compliance"][place])
    np.testing.assert_array_equal(one.arrays["alignment"][:, 0], whole.arrays["alignment"][:, place])
    np.testing.assert_array_equal(one.arrays["rule"], whole.arrays["rule"])


@pytest.mark.parametrize("threads", [1, 3])
def test_threads_change_nothing(made: dict[str, Prepared], threads: int) -> None:
    other = Prepared(plan(CASES["serbia-2022"], months=MONTHS).blueprint, RUNS, 1, threads).run()
    for name, values in made["serbia-2022"].run().arrays.items():
        np.testing.assert_array_equal(values, other.arrays[name])


def test_nobody_waits_for_what_nobody_wants(made: dict[str, Prepared]) -> None:
    with pytest.raises(Cancelled):
        made["kazakhstan-2022"].run(cancelled=lambda: True)


def test_what_cannot_be_run_is_left_to_numpy() -> None:
    planned = plan(CASES["kazakhstan-2022"], settings={"parameters.unrest_by_twin": 1.0}, months=2)
    with pytest.raises(Unfit, match="global game"):
        Prepared(planned.blueprint, 10, 1)


def test_a_mechanism_without_a_twin_leaves_all_to_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    def added() -> None:
        """A mechanism that nobody has compiled."""

    monkeypatch.setattr(step, "STAGES", (*step.STAGES, (added,)))
    assert "does not follow" in str(available())


def test_the_environment_can_ask_for_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIGHTROPE_FAST", "0")
    assert "NumPy alone" in str(prepared.available())
