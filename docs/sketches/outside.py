"""Pictures of what comes from outside and what the powers do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from sketches.middle import MONTHS, Still, ends, focus, middle, mode, over, still
from sketches.plot import Line, Plot
from tightrope.model.account import utility
from tightrope.model.alignment import alignment_accounts, tilt_shares
from tightrope.model.choice import Array
from tightrope.model.contest import contest
from tightrope.model.rule import rule
from tightrope.model.rupture import rupture
from tightrope.model.state import Setting, State
from tightrope.model.war import DEFEAT, ONGOING, OUTCOMES, SETTLEMENT, VICTORY, ending
from tightrope.model.world import heard, usual_menace


def war() -> Plot:
    """How the war stands, month by month."""
    _, setting = middle()
    lots = (np.arange(4000) + 0.5) / 4000
    chances = (np.full_like(lots, mode(f"war_{name}")) for name in OUTCOMES[1:])
    code = ending(lots, *chances)
    parts = [(code == one).mean() for one in range(len(OUTCOMES))]
    over_ = np.array([(np.floor(lots * setting["war_window"]) <= month).mean() for month in MONTHS])
    paths = [1.0 - over_ * (1.0 - parts[ONGOING]), *(over_ * parts[one] for one in (1, 2, 3))]
    said = ("goes on", *OUTCOMES[1:])
    return Plot(
        "How the war stands, month by month",
        "months from the start",
        "share of runs",
        [Line(name, MONTHS, path) for name, path in zip(said, paths, strict=True)],
        (0.0, 1.0),
        percent=True,
    )


def world() -> Plot:
    """Menace after one threat."""
    lines = []
    for life in ends("menace_half_life"):
        path = [np.array([1.0])]
        for _ in MONTHS[1:]:
            path.append(heard(path[-1], np.array([life]), np.zeros(1)))
        lines.append(Line(f"half-life {life:g} months", MONTHS, np.concatenate(path)))
    return Plot("Menace after one threat of strength 1", "months after it", "menace", lines)


def offers() -> Plot:
    """What the target's offers, and those of all others, are worth to the focus state under two levers."""
    state, setting = middle()
    parts = np.linspace(0.0, 0.9, 37)
    found: dict[str, list[float]] = {"tied down": [], "not believed": []}
    others: dict[str, list[float]] = {name: [] for name in found}
    for part in parts:
        for name, tied, believed in (("tied down", part, 1.0), ("not believed", 0.0, 1.0 - part)):
            flow, calendar = still(state, setting), dict(setting.schedule.given)
            calendar["credibility"] = np.full_like(calendar["credibility"], np.nan)
            calendar["credibility"][:, setting.target] = believed
            flow["tied_down"] = np.zeros_like(flow["tied_down"])
            flow["tied_down"][setting.target] = tied
            drawn = replace(setting, schedule=replace(setting.schedule, given=calendar))
            offer = focus(contest(state, flow, drawn, Still()).flow["offer"], setting)
            found[name].append(offer[setting.target])
            others[name].append(offer.sum() - offer[setting.target])
    paths = {
        **{f"target, {name}": values for name, values in found.items()},
        **{f"others, target {name}": values for name, values in others.items()},
    }
    return Plot(
        "What is offered to Kazakhstan as Russia is tied down, and as it is not believed",
        "part tied down, or part not believed",
        "offer, times what it is at 0",
        [Line(name, parts, np.array(values) / values[0]) for name, values in paths.items()],
    )


def leaning_path() -> Plot:
    """The share that leans to the target, in peace with what is usual and as it is tied down."""
    start, setting = middle()
    usual = usual_menace(setting)
    lines = []
    for name, tied, more in (
        ("nothing else", None, 0.0),
        ("80 % tied down", 0.8, 0.0),
        ("menace 1 more at first", None, 1.0),
    ):
        now, path = replace(start, debt=np.zeros_like(start.debt)), []
        for month in MONTHS:
            path.append(float(focus(now.share, setting)[setting.target]))
            faded = more * 0.5 ** (month / mode("menace_half_life"))
            now = replace(now, menace=usual + faded)
            now = replace(now, share=_leaned(now, setting, tied))
        lines.append(Line(name, MONTHS, path))
    return Plot(
        "Share of Kazakhstan that leans to Russia",
        "months from the start",
        "share",
        lines,
        percent=True,
    )


def _leaned(now: State, setting: Setting, tied: float | None) -> Array:
    """The shares a month later, with this part of the target tied down."""
    flow = still(now, setting)
    if tied is not None:
        flow["tied_down"] = flow["tied_down"].copy()
        flow["tied_down"][setting.target] = tied
        flow.update(contest(now, flow, setting, Still()).flow)
    worth = utility(alignment_accounts(now, flow, setting), setting.weights, setting.divisors["alignment"])
    reward = worth + setting.figures["anchor"]
    return tilt_shares(
        now.share, reward, setting.covariance, setting["risk_aversion"], setting["alignment_speed"]
    )


def order() -> Plot:
    """The rule against force under each course of the war."""
    state, setting = middle()
    lines = []
    for name, code in (
        ("goes on", ONGOING),
        ("defeat", DEFEAT),
        ("victory", VICTORY),
        ("settlement", SETTLEMENT),
    ):
        states = over(rule, replace(state, war=np.full((1, 1), float(code))), setting, 36)
        lines.append(Line(f"war: {name}", MONTHS, [float(one.rule[0, 0]) for one in states]))
    return Plot("Strength of the rule against force", "months", "0 to 1", lines)


def breaks() -> Plot:
    """Rupture after a fall of the share, at once and slowly, and under retaliation."""
    state, setting = middle()
    usual = float(focus(state.share, setting)[setting.target])
    paths: Mapping[str, Callable[[float], float]] = {
        "falls by a third at once": lambda month: usual * (1.0 if month < 3 else 2 / 3),
        "the same over 3 years": lambda month: usual * (1.0 - month / 36 / 3),
        "retaliation, months 3–9": lambda month: usual,
    }
    lines = []
    for name, path in paths.items():
        now, found = state, [0.0]
        for month in MONTHS[1:]:
            share = now.share.copy()
            share[setting.target] = path(month)
            punished_ = "retaliation" in name and 3 <= month < 9
            now = replace(now, share=share, retaliated=np.full_like(now.debt, float(punished_)))
            now = replace(now, **rupture(now, {}, setting, Still()).state)
            found.append(float(focus(now.rupture, setting)))
        lines.append(Line(name, MONTHS, found))
    return Plot("Rupture with the target, Kazakhstan", "months", "0 to 1", lines, (0.0, 1.0))
