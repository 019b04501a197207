"""Pictures of order at home: trade, prices, opinion, unrest, troops, reform."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sketches.middle import MONTHS, Still, ends, focus, given, middle, mode, still
from sketches.plot import Line, Plot
from tightrope.model import council, security, twin
from tightrope.model.account import utility
from tightrope.model.choice import Array, tilt_odds
from tightrope.model.economy import capped, pass_through
from tightrope.model.opinion import displeasure, opinion
from tightrope.model.reform import credibility
from tightrope.model.routing import routing
from tightrope.model.stability import settle, tipping_point
from tightrope.model.state import LAGS
from tightrope.model.world import heard


def hub() -> Plot:
    """Evasion through the focus state along its enforcement."""
    state, setting = middle()
    levels = np.linspace(0.0, 1.0, 41)
    found = []
    for level in levels:
        changed = given(state, setting, compliance=level)
        flow = routing(changed, {"sanctions": np.ones((1, 1))}, setting, Still()).flow
        found.append([focus(flow[name], setting) for name in ("evasion", "evasion_free")])
    through, free = zip(*found, strict=True)
    return Plot(
        "Evasion through Kazakhstan along its own enforcement",
        "enforcement, 0 none to 1 full",
        "% of GDP a year",
        [Line("what flows", levels, through), Line("without its controls", levels, free)],
    )


def prices() -> Plot:
    """Consumer prices after a fall of the currency by one fifth."""
    lags = np.zeros((LAGS, 1))
    stores, free, held = np.zeros(1), [0.0], [0.0]
    for month in range(24):
        fall = -np.log1p(-0.2) if month == 0 else 0.0
        lags = np.concatenate([[[fall]], lags[:-1]])
        raw = pass_through(lags, mode("pass_through_impact"), mode("pass_through_year"))
        cap = np.array([1.0 if month < 6 else 0.0])
        passed, stores = capped(raw, stores, cap, mode("cap_strength"), mode("cap_release"))
        free.append(free[-1] + 100.0 * raw[0])
        held.append(held[-1] + 100.0 * passed[0])
    return Plot(
        "Consumer prices after a fall of the currency by one fifth, with and without a cap for six months",
        "months after the fall",
        "log points",
        [Line("without a cap", range(25), free), Line("cap for six months", range(25), held)],
        marks=[(6.0, "cap ends")],
    )


def people() -> Plot:
    """Displeasure with the war after one threat."""
    state, setting = middle()
    lines = []
    for strength in (0.0, 1.0, 3.0):
        now = replace(state, menace=np.full_like(state.menace, strength))
        path = [focus(displeasure(now, setting), setting)]
        for _ in MONTHS[1:]:
            menace = heard(now.menace, setting["menace_half_life"], np.zeros(1))
            now = replace(now, menace=menace)
            now = replace(now, **opinion(now, {}, setting, Still()).state)
            path.append(focus(displeasure(now, setting), setting))
        lines.append(Line(f"menace {strength:g} at first", MONTHS, path))
    return Plot("Displeasure of the people with the war, Kazakhstan", "months", "−1 to 1", lines)


def streets() -> Plot:
    """Where the masses settle as the pull rises, and as it falls."""
    spread, pulls = np.array([ends("threshold_spread")[0]]), np.linspace(-2.4, -0.4, 161)
    loose, _, tight = ends("mass_coupling")

    def settled(way: Array, joined: float) -> list[float]:
        coupling = np.zeros((2, 2, 1))
        coupling[0, 0] = joined
        level, found = np.full((2, 1), float(way[0] > way[-1])), []
        for pull in way:
            level, _ = settle(level, np.array([[pull], [-9.0]]), coupling, spread)
            found.append(float(level[0, 0]))
        return found

    tip = float(tipping_point(np.array([tight]), spread)[0])
    return Plot(
        "Share of the masses in the streets along their pull: strong coupling jumps, and back at another place",
        "pull of the masses, logit units",
        "share in the streets",
        [
            Line(f"coupling {tight:g}, pull rises", pulls, settled(pulls, tight)),
            Line(f"coupling {tight:g}, pull falls", pulls, settled(pulls[::-1], tight)[::-1]),
            Line(f"coupling {loose:g}", pulls, settled(pulls, loose)),
        ],
        (0.0, 1.0),
        marks=[(tip, "tipping point")],
    )


def signals() -> Plot:
    """The twin's chance of unrest in a month along the strength of order."""
    strength = np.linspace(-0.5, 2.5, 121)
    lines = []
    for precision in ends("public_precision"):
        others = [np.full(1, mode(name)) for name in ("private_precision", "attack_cost")]
        threshold = twin.fixed_point(strength, np.full(1, precision), *others)
        risk = twin.fall(threshold, strength, precision)
        lines.append(Line(f"public signal {precision:g}", strength, risk))
    return Plot(
        "Chance that order falls in a month, by the global game",
        "strength of order as publicly held",
        "chance in a month",
        lines,
        (0.0, 1.0),
        percent=True,
    )


def troops() -> Plot:
    """Chance that the patron agrees to send troops along what is tied down elsewhere."""
    state, setting = middle()
    tied = np.linspace(0.0, 0.95, 39)
    lines = []
    for share in (0.1, 0.3, 0.5):
        chances = []
        for part in tied:
            flow = still(state, setting)
            leaned = state.share.copy()
            leaned[setting.target] = share
            now = replace(state, share=leaned)
            flow["tied_down"] = np.full_like(flow["tied_down"], part)
            flow["standing"] = security.standing(state, setting)
            accounts = security.patron_accounts(now, flow, setting)
            worth = utility(accounts, setting.weights, setting.divisors["intervene"])
            chances.append(focus(tilt_odds(setting["grant_base_rate"], worth), setting))
        lines.append(Line(f"leans to it with {share:g}", tied, chances))
    return Plot(
        "Chance that the patron itself is ready to send troops, along what is tied down elsewhere",
        "part of its capacity tied down",
        "chance",
        lines,
        percent=True,
    )


def vetoes() -> Plot:
    """Chance that troops are sent along how many others sit in the organ."""
    seats = np.arange(0.0, 9.0)
    ready = mode("grant_base_rate")
    lines = [Line("leader alone decides", seats, np.full_like(seats, ready))]
    for base in ends("veto_base_rate"):
        setting = {"veto_base_rate": np.array([base]), "choice_intensity": np.ones(1)}
        free = 1.0 - float(council.vetoes(np.zeros(1), setting)[0])
        lines.append(Line(f"consensus, veto rate {base:g}", seats, ready * free**seats))
    return Plot(
        "Chance that troops are sent when asked for, along how many other members may veto",
        "other members",
        "chance",
        lines,
        percent=True,
    )


def promises() -> Plot:
    """How far a reform is believed along who chooses the ruler."""
    chosen = np.linspace(0.0, 1.0, 41)
    _, setting = middle()
    lines = []
    for name, purged, unequal in (
        ("equal", 0.0, 0.0),
        ("unequal", 0.0, 15.0),
        ("equal, after a purge", 1.0, 0.0),
    ):
        figures = {
            "selectorate_ratio": chosen,
            "inequality": setting["inequality_reference"] + unequal,
        }
        lines.append(Line(name, chosen, credibility(purged, replace(setting, figures=figures))))
    return Plot(
        "How far a reform is believed",
        "size of the coalition that keeps the ruler, 0 to 1",
        "belief in a reform",
        lines,
        (0.0, 1.0),
        percent=True,
    )
