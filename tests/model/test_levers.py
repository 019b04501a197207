"""Each thing that the situation contains has a lever, and the lever moves its outcome the way that it should.

One row: what the situation contains, two worlds that differ in one lever, an outcome, and the sign of what the second
world has more of it than the first. Both worlds draw the same random numbers, so that only the lever differs; the
difference must exceed twice its own Monte Carlo error.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from tests.model.shipped import case

from tightrope.case.case import Case
from tightrope.case.scenario import Happening, Scenario
from tightrope.engine.measure import measures
from tightrope.engine.outcome import outcome
from tightrope.engine.result import Result
from tightrope.engine.simulate import plan, run

Values = npt.NDArray[Any]

SEED = 11
KAZ = 0
FEW, MANY = 500, 1000
ERRORS = 2.0

VECTORS = "multi-vector policy and hedging"
ALLIANCE = "the alliance: request, intervention, withdrawal, debt"
UNION = "the union: preferences against formal friendship"
SANCTIONS = "sanctions: primary, compliance, evasion, secondary"
VOTES = "votes with abstention and absence"
STATEHOOD = "recognition and the count of states"
ECONOMY = "economy: trade dependence, rouble and tenge, prices, caps"
ORDER = "domestic order: unrest, clan, reforms, repression"
NORTH = "claims on the north, ethnic Russians, deterrence"
SIGNALS = "signalling and sincerity"
MEDIATION = "mediation and soft power"
POWERS = "competition of the powers, the rule against force"
RECORD = "the record itself"
CONTAINS = {
    VECTORS, ALLIANCE, UNION, SANCTIONS, VOTES, STATEHOOD, ECONOMY, ORDER, NORTH, SIGNALS, MEDIATION, POWERS, RECORD
}  # fmt: skip


@dataclass(frozen=True)
class World:
    """A run of the shipped case: under a scenario or an order, with settings, without some sources."""

    scenario: str | None = None
    settings: tuple[tuple[str, float], ...] = ()
    without: tuple[str, ...] = ()
    ordered: tuple[str, str, float] | None = None
    months: int | None = None

    def case(self) -> Case:
        """The shipped case, with a scenario of its own where something is ordered that no scenario has."""
        if self.ordered is None:
            return case()
        kind, about, value = self.ordered
        one = Happening.model_validate(
            {
                "kind": kind,
                "about": about,
                "start": date(2022, 7, 1),
                "value": value,
                "unit": "as the kind says",
                "why": "a test",
            }
        )
        extra = Scenario(id="ordered", title="a test", meaning="a test", scenario=True, happenings=(one,))
        return case().model_copy(update={"scenarios": (*case().scenarios, extra)})

    def run(self, runs: int) -> Result:
        """So many runs of it, with the same seed as any other world."""
        name = "ordered" if self.ordered else self.scenario
        made = plan(self.case(), name, dict(self.settings), self.months, without=self.without)
        return run(made, runs, SEED)


@dataclass(frozen=True)
class Row:
    """A lever of `part`: from the first world to the second, `outcome` changes with this sign."""

    part: str
    lever: str
    outcome: str
    sign: int
    first: World
    second: World
    runs: int = FEW

    def __str__(self) -> str:
        return f"{self.lever}-{self.outcome}"


BASELINE = World()
STEP, RIGHT, ROUTE, CLAIM = (
    "fuel_shock_without_cap",
    "six_hundred_states",
    "oil_route_closed",
    "threat_to_the_north",
)


def under(
    part: str,
    scenario: str,
    outcome: str,
    sign: int,
    runs: int = FEW,
    against: str | None = None,
    months: int | None = None,
) -> Row:
    """A scenario of the case against the baseline, or against another scenario."""
    first, second = (World(name, months=months) for name in (against, scenario))
    return Row(part, scenario, outcome, sign, first, second, runs)


def turned(
    part: str,
    path: str,
    ends: tuple[float, float],
    outcome: str,
    sign: int,
    runs: int = FEW,
    scenario: str | None = None,
) -> Row:
    """One setting from its low end to its high end, in the baseline or under a scenario."""
    low, high = (World(scenario, ((path, end),)) for end in ends)
    return Row(
        part, path.removeprefix("parameters.").removeprefix("figures."), outcome, sign, low, high, runs
    )


def left_out(source: str, outcome: str, sign: int, runs: int = FEW) -> Row:
    """The record without one report against the whole record."""
    return Row(RECORD, f"without {source}", outcome, sign, BASELINE, World(without=(source,)), runs)


def ordered(
    part: str, kind: str, about: str, ends: tuple[float, float], outcome: str, sign: int, runs: int = FEW
) -> Row:
    """Something given from outside at one value, and at another."""
    low, high = (World(ordered=(kind, about, end)) for end in ends)
    return Row(part, f"{kind} {about}", outcome, sign, low, high, runs)


ROWS = (
    under(VECTORS, "russia_tied_down", "kaz.alignment.RUS", -1),
    under(VECTORS, "russia_tied_down", "kaz.alignment.CHN", 1),
    turned(VECTORS, "figures.kaz.capability", (0.005, 0.05), "kaz.alignment.own", 1),
    turned(VECTORS, "parameters.own_share", (0.2, 0.35), "kaz.hedging_index", -1),
    turned(VECTORS, "parameters.menace_weight", (0.3, 1.2), "kaz.alignment.RUS", -1, scenario=CLAIM),
    under(ALLIANCE, "csto_declines", "kaz.intervention", -1, MANY),
    under(ALLIANCE, "csto_declines", "kaz.debt", -1, MANY),
    under(ALLIANCE, "csto_left", "kaz.leaves_alliance", 1),
    under(ALLIANCE, "csto_left", "kaz.request", -1, MANY),
    under(ALLIANCE, "csto_left", "kaz.alignment.RUS", -1),
    under(ALLIANCE, "afghan_threat", "kaz.alignment.RUS", 1),
    under(ALLIANCE, "afghan_threat", "tjk.alignment.RUS", 1),
    turned(ALLIANCE, "parameters.request_base_rate", (0.05, 0.9), "kaz.request", 1, scenario=STEP),
    turned(ALLIANCE, "parameters.grant_base_rate", (0.05, 0.9), "kaz.intervention", 1, MANY, STEP),
    turned(ALLIANCE, "parameters.withdrawal_calm", (0.0, 0.65), "kaz.months_with_troops", -1, MANY, STEP),
    turned(ALLIANCE, "parameters.debt_half_life", (6.0, 24.0), "kaz.debt", 1),
    under(UNION, "eaeu_left", "kaz.leaves_union", 1),
    under(UNION, "eaeu_left", "kaz.alignment.RUS", -1),
    under(UNION, "eaeu_left", "kaz.evasion_flow", -1),
    turned(UNION, "parameters.preference_margin", (0.0, 0.1), "kaz.leaves_union", -1, MANY),
    turned(SANCTIONS, "parameters.sanction_cost", (0.4, 1.6), "kaz.evasion_flow", 1),
    under(SANCTIONS, "settlement", "kaz.evasion_flow", -1, MANY),
    under(SANCTIONS, "full_compliance", "kaz.evasion_flow", -1),
    under(SANCTIONS, "full_compliance", "kaz.compliance", 1),
    under(SANCTIONS, "full_compliance", "kgz.evasion_flow", 1),
    turned(SANCTIONS, "figures.kaz.exports_west", (5.0, 25.0), "kaz.compliance", 1),
    turned(SANCTIONS, "parameters.penalty_base_rate", (0.0005, 0.006), "kaz.secondary_sanctions", 1, MANY),
    ordered(SANCTIONS, "enforcement", "KAZ", (0.0, 1.0), "kaz.secondary_sanctions", -1, MANY),
    under(SANCTIONS, "secondary_sanctions", "kaz.secondary_sanctions", 1),
    under(SANCTIONS, "secondary_sanctions", "kaz.income_loss", 1),
    under(SANCTIONS, "secondary_sanctions", "kaz.compliance", 1),
    under(SANCTIONS, "joins_sanctions", "kaz.joins_sanctions", 1),
    under(SANCTIONS, "joins_sanctions", "kaz.unfriendly", 1),
    under(SANCTIONS, "joins_sanctions", "kaz.retaliation", 1, MANY),
    turned(VOTES, "figures.kaz.ideal_point", (-1.0, 1.0), "kaz.vote.territory_2023_02.yes", 1),
    turned(VOTES, "figures.kaz.ideal_point", (-1.0, 1.0), "kaz.vote.territory_2023_02.no", -1),
    turned(VOTES, "parameters.cross_pressure", (0.1, 2.0), "kaz.vote.territory_2023_02.absent", 1),
    turned(VOTES, "parameters.cross_pressure", (0.1, 2.0), "kaz.vote.territory_2023_02.abstain", -1),
    turned(VOTES, "parameters.debt_weight", (0.0, 5.0), "kaz.vote.territory_2022_10.yes", -1),
    under(STATEHOOD, RIGHT, "world.states", 1),
    under(STATEHOOD, RIGHT, "kaz.recognises.kosovo", 1, MANY),
    turned(STATEHOOD, "parameters.recognition_base_rate", (0.001, 0.3), "kaz.recognises.kosovo", 1, FEW, RIGHT),
    turned(STATEHOOD, "figures.kaz.secession_exposure", (0.05, 1.0), "kaz.recognises.kosovo", -1, MANY, RIGHT),
    turned(ECONOMY, "figures.kaz.exports_rus", (2.0, 12.0), "kaz.compliance", -1),
    turned(ECONOMY, "figures.kaz.trade_rus", (5.0, 25.0), "kaz.alignment.RUS", 1),
    turned(ECONOMY, "figures.kaz.route_dependence", (20.0, 80.0), "kaz.worst_income_loss", 1, scenario=ROUTE),
    under(ECONOMY, ROUTE, "kaz.worst_income_loss", 1),
    turned(ECONOMY, "parameters.rouble_beta", (0.3, 0.8), "kaz.tenge_with_rouble", 1),
    turned(ECONOMY, "parameters.pass_through_year", (0.18, 0.32), "kaz.prices", 1),
    under(ECONOMY, "fuel_shock", "kaz.unrest", -1, MANY, against=STEP),
    ordered(ECONOMY, "price_cap", "KAZ", (0.0, 1.0), "kaz.prices", -1),
    under(ORDER, STEP, "kaz.unrest", 1),
    under(ORDER, STEP, "world.unrest_by_twin", 1),
    under(ORDER, STEP, "kaz.reform.concede", 1, MANY),
    under(ORDER, STEP, "kaz.reform.repress", 1, MANY),
    turned(ORDER, "figures.kaz.inequality", (25.0, 50.0), "kaz.unrest", 1),
    turned(ORDER, "parameters.purge_rate", (0.02, 0.2), "kaz.reform.purge", 1, MANY),
    turned(ORDER, "parameters.purge_effect", (0.0, 0.6), "kaz.elite_in_defection", -1),
    turned(ORDER, "parameters.repression_effect", (0.05, 0.3), "kaz.unrest", -1),
    turned(ORDER, "parameters.concession_relief", (0.1, 0.5), "kaz.masses_in_defection", -1, MANY,
           "fuel_shock_without_cap"),
    under(ORDER, "russian_retaliation", "kaz.rupture", 1),
    under(ORDER, "russian_retaliation", "kaz.unrest", 1),
    under(ORDER, "russian_retaliation", "kaz.worst_income_loss", 1),
    under(NORTH, CLAIM, "kaz.territorial_crisis", 1),
    ordered(NORTH, "claim", "KAZ", (0.0, 1.0), "kaz.territorial_crisis", 1),
    ordered(NORTH, "claim", "KAZ", (0.0, 1.0), "kaz.force", 1),
    under(NORTH, CLAIM, "kaz.alignment.RUS", -1),
    under(NORTH, CLAIM, "kaz.force", 1, MANY),
    turned(NORTH, "figures.kaz.ethnic_russians", (5.0, 30.0), "kaz.territorial_crisis", 1, MANY),
    turned(NORTH, "parameters.force_cost", (0.5, 3.0), "kaz.concession_to_claim", -1, MANY, CLAIM),
    turned(NORTH, "parameters.help_share", (0.0, 1.0), "kaz.concession_to_claim", -1, MANY, CLAIM),
    turned(SIGNALS, "parameters.weight_principle", (0.0, 1.96), "kaz.act.cancel_victory_parade", 1, MANY),
    turned(SIGNALS, "parameters.weight_principle", (0.0, 1.96), "kaz.act.refuse_recognition_beside_putin", 1, MANY),
    turned(SIGNALS, "parameters.weight_security", (0.0, 1.96), "kaz.act.cancel_victory_parade", -1, MANY),
    turned(SIGNALS, "parameters.weight_economy", (0.0, 1.96), "kaz.act.send_humanitarian_aid", -1, MANY),
    turned(SIGNALS, "parameters.tied_hands", (0.1, 0.6), "kaz.compliance", 1),
    under(SIGNALS, "troops_to_ukraine", "kaz.sends_troops", 1),
    # What an act told is forgotten in a year or two, so that it is asked half a year after it.
    under(SIGNALS, "troops_to_ukraine", "kaz.belief.WEST", -1, months=9),
    under(SIGNALS, "joins_sanctions", "kaz.belief.WEST", 1, MANY, months=9),
    turned(MEDIATION, "parameters.mediation_value", (0.0, 2.0), "kaz.mediation", 1, MANY),
    turned(MEDIATION, "parameters.mediation_acceptance", (0.1, 0.6), "kaz.mediation_accepted", 1, MANY),
    under(MEDIATION, "settlement", "kaz.mediation", -1, MANY),
    under(POWERS, "china_steps_in", "kaz.alignment.CHN", 1),
    under(POWERS, "china_steps_in", "kaz.alignment.RUS", -1),
    under(POWERS, "turkey_steps_in", "kaz.alignment.TUR", 1),
    under(POWERS, "russia_self_excluded", "kaz.alignment.RUS", -1),
    under(POWERS, "china_russia_coordinate", "kaz.alignment.WEST", -1),
    under(POWERS, "china_russia_coordinate", "kaz.alignment.RUS", 1),
    under(POWERS, "russian_defeat", "world.rule", 1),
    under(POWERS, "russian_victory", "world.rule", -1),
    under(POWERS, "russian_victory", "kaz.menace", 1),
    under(POWERS, "russian_victory", "world.patience_needed", 1),
    under(POWERS, "settlement", "world.war.settlement", 1),
    under(POWERS, "russia_tied_down", "world.cohesion", -1),
    under(POWERS, "russian_defeat", "world.cohesion", -1, MANY),
    left_out("report_000", "kaz.belief.WEST", -1),
    left_out("report_001", "kaz.belief.WEST", -1, 3 * MANY),
    left_out("report_002", "kaz.menace", -1),
    left_out("report_002", "kaz.alignment.RUS", 1),
    left_out("report_003", "kaz.commitments", -1),
    left_out("report_003", "kaz.displeasure", 1),
    left_out("report_004", "kaz.prices", -1),
)  # fmt: skip


def months_with_troops(result: Result) -> Values:
    """In how many months foreign troops are in the country (R,)."""
    months: Values = result.arrays["troops"][KAZ].sum(axis=0, dtype=float)
    return months


def worst_income_loss(result: Result) -> Values:
    """The most income lost in any month, percent of GDP a year (R,)."""
    worst: Values = result.arrays["income_loss"][KAZ].max(axis=0).astype(float)
    return worst


def tenge_with_rouble(result: Result) -> Values:
    """How far the currency moved in either direction over the horizon, percent (R,)."""
    moved: Values = np.abs(100.0 * np.expm1(result.arrays["exchange"][KAZ, -1].astype(float)))
    return moved


def in_defection(group: int) -> Callable[[Result], Values]:
    """The mean share of a group in open defection (R,)."""
    return lambda result: result.arrays["defection"][group, KAZ].mean(axis=0, dtype=float)


# What no outcome of the engine tells.
FURTHER: Mapping[str, Callable[[Result], Values]] = {
    "kaz.months_with_troops": months_with_troops,
    "kaz.worst_income_loss": worst_income_loss,
    "kaz.tenge_with_rouble": tenge_with_rouble,
    "kaz.masses_in_defection": in_defection(0),
    "kaz.elite_in_defection": in_defection(1),
}


@cache
def seen(world: World, runs: int) -> Mapping[str, Values]:
    """Every outcome that a row asks for, of one world: one value for each run."""
    result = world.run(runs)
    known = measures(result)
    wanted = {row.outcome for row in ROWS}
    return {
        name: FURTHER[name](result) if name in FURTHER else known[name].values().astype(float)
        for name in wanted
    }


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_lever_moves_its_outcome(row: Row) -> None:
    first, second = (seen(world, row.runs)[row.outcome] for world in (row.first, row.second))
    gap = row.sign * (second - first)
    change, error = float(gap.mean()), float(gap.std()) / sqrt(len(gap))
    assert change > ERRORS * error, (
        f"{row.part}: {first.mean():.4f} to {second.mean():.4f}, error {error:.4f}"
    )


def test_every_part_of_the_situation_has_a_lever() -> None:
    assert {row.part for row in ROWS} == CONTAINS


def test_every_scenario_of_the_case_moves_something() -> None:
    used = {world.scenario for row in ROWS for world in (row.first, row.second)}
    assert {scenario.id for scenario in case().scenarios} <= used


def test_unrest_is_likelier_after_a_rupture_with_the_target() -> None:
    """Report 004's thesis, among the runs of one and the same world: years after a rupture against like years."""
    result = BASELINE.run(MANY)
    after, without = (outcome(result, f"kaz.unrest_{when}_rupture") for when in ("after", "without"))
    assert after.low > without.high


def test_a_claim_that_is_ordered_is_pressed_in_every_run() -> None:
    assert (seen(World(CLAIM), FEW)["kaz.territorial_crisis"] == 1).all()


def test_self_determination_makes_six_hundred_states_of_about_two_hundred() -> None:
    few, many = (seen(world, FEW)["world.states"] for world in (BASELINE, World("six_hundred_states")))
    assert ((few >= 193) & (few <= 199)).all()
    assert np.median(many) >= 500
