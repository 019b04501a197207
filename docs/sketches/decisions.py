"""Pictures of what states decide, and what is believed of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sketches.middle import MONTHS, Still, ends, focus, given, middle, mode, still
from sketches.plot import Line, Plot
from tightrope.model import acts as symbolic
from tightrope.model import membership, recognition
from tightrope.model.account import utility
from tightrope.model.choice import choice, evidence, logistic, tilt_odds
from tightrope.model.commitment import commitment
from tightrope.model.compliance import penalty_hazard, persistence
from tightrope.model.tally import SCORE, level_of
from tightrope.model.vote import OPTIONS


def staying() -> Plot:
    """The baseline of the menu of enforcement along what is practised."""
    levels = np.linspace(0.0, 1.0, 41)
    base = persistence(levels, mode("compliance_stickiness"))
    said = ("none", "half", "full")
    lines = [Line(name, levels, row) for name, row in zip(said, base, strict=True)]
    return Plot(
        "Baseline of enforcing not at all, by half, in full",
        "enforcement last month",
        "probability",
        lines,
        (0.0, 1.0),
        percent=True,
    )


def punished() -> Plot:
    """Chance of secondary sanctions in a year along evasion."""
    flows = np.linspace(0.0, 6.0, 61)
    lines = []
    for trust in (0.1, 0.5, 0.9):
        month = penalty_hazard(mode("penalty_base_rate"), flows, np.array(trust), mode("penalty_sensitivity"))
        lines.append(Line(f"belief {trust:g}", flows, 1.0 - (1.0 - month) ** 12))
    return Plot(
        "Chance of secondary sanctions within a year, along evasion and the sanctioner's belief in sincerity",
        "evasion, bn USD a year",
        "chance in a year",
        lines,
        (0.0, 0.4),
        percent=True,
    )


def ballot() -> Plot:
    """The four options of a vote along a state's leaning."""
    tally = np.array([5.0, 35.0, 141.0, 12.0]) + 0.5
    level = level_of(tally / tally.sum(), np.array([2.3]))
    lean = np.linspace(-7.0, 3.0, 81)
    base = np.exp(level) / np.exp(level).sum(axis=0)
    chance = choice(np.broadcast_to(base, (4, lean.size)), SCORE[:, None] * lean)
    lines = [Line(name, lean, row) for name, row in zip(OPTIONS, chance, strict=True)]
    return Plot(
        "Chances of the four options along a state's leaning; level of ES-11/1, leanings of spread 2.3",
        "leaning, nats for one step from No to Yes",
        "probability",
        lines,
        (0.0, 1.0),
        percent=True,
    )


def precedents() -> Plot:
    """Chance of recognising, at an opportunity, along what was decided before."""
    state, setting = middle()
    counts = np.arange(0.0, 11.0)
    place = setting.entities.index("dnr")
    found: dict[str, list[float]] = {"none recognised": [], "half recognised": [], "all recognised": []}
    for count in counts:
        for name, part in zip(found, (0.0, 0.5, 1.0), strict=True):
            figures = dict(setting.figures)
            figures["decided_yes"] = np.full_like(figures["decided_yes"], part * count)
            figures["decided_no"] = np.full_like(figures["decided_no"], (1.0 - part) * count)
            drawn = replace(setting, figures=figures)
            flow = {**still(state, setting), **recognition.company(state)}
            accounts = recognition.recognition_accounts(state, flow, drawn)
            chance = recognition.chance_of_change(state.recognised, accounts, drawn)
            found[name].append(focus(chance, setting)[place])
    return Plot(
        "Chance that Kazakhstan recognises the Donetsk republic at an opportunity, along its own past decisions",
        "analogous cases decided before",
        "chance",
        [Line(name, counts, values) for name, values in found.items()],
        percent=True,
    )


def rites() -> Plot:
    """Chance of symbolic acts on an occasion along how far the state leans to the target."""
    state, setting = middle()
    state = replace(state, ally=np.zeros_like(state.ally))
    shares = np.linspace(0.05, 0.8, 31)
    names = [act.id for act in setting.menu]
    rows = []
    for part in shares:
        share = state.share * (1.0 - part) / (1.0 - state.share[setting.target])
        share[setting.target] = part
        now = replace(state, share=share)
        base = symbolic.baseline(now, setting)
        unit = setting.divisors["compliance"]["reputation"]
        accounts, _ = symbolic.weighed(now, still(now, setting), setting, base, unit)
        rows.append(focus(choice(base, utility(accounts, setting.weights, {})), setting))
    shown = ("cancel_victory_parade", "send_humanitarian_aid", "stress_differences", "affirm_alliance")
    paths = np.array(rows).T
    return Plot(
        "What a state outside the alliance does on an occasion, along how far it leans to the target",
        "share that leans to the target",
        "chance on an occasion",
        [Line(name.replace("_", " "), shares, paths[1 + names.index(name)]) for name in shown],
        percent=True,
    )


def blocs() -> Plot:
    """Chance of the memberships' decisions on an occasion along menace."""
    state, setting = middle()
    levels = np.linspace(0.0, 4.0, 41)
    said = {
        "leave_security": "leaves the alliance",
        "leave_economic": "leaves the union",
        "join_sanctions": "joins the sanctions",
    }
    lines = []
    for decision in (one for one in membership.DECISIONS if one.menu in said):
        path = []
        for level in levels:
            now = given(state, setting, menace=level)
            base = np.broadcast_to(setting[decision.base], state.ally.shape)
            accounts, _ = membership.weighed(decision, now, still(now, setting), setting, base)
            worth = utility(accounts, setting.weights, setting.divisors[decision.menu])
            path.append(float(focus(tilt_odds(base, worth), setting)))
        lines.append(Line(said[decision.menu], levels, path))
    return Plot(
        "What Kazakhstan decides on an occasion, along the menace that it hears",
        "menace",
        "chance on an occasion",
        lines,
        percent=True,
    )


def pledges() -> Plot:
    """How commitments fade."""
    state, setting = middle()
    lines = []
    for life in ends("commitment_half_life"):
        drawn = replace(setting, parameters={**setting.parameters, "commitment_half_life": np.array([life])})
        now, path = replace(state, commitments=np.ones_like(state.commitments)), [1.0]
        for month in MONTHS[1:]:
            flow = {"stricter": np.full_like(state.debt, 0.5 if month == 12 else 0.0)}
            now = replace(now, **commitment(now, flow, drawn, Still()).state)
            path.append(float(focus(now.commitments, setting)))
        lines.append(Line(f"half-life {life:g} months", MONTHS, path))
    return Plot(
        "A promise fades; enforcement that aims half a step higher in month 12 ties anew",
        "months after the promise",
        "commitments",
        lines,
    )


def signs() -> Plot:
    """Belief after one act, along how much principle it carries."""
    _, setting = middle()
    carried = np.linspace(0.0, 2.0, 41)
    lines = []
    for usual in (0.9, 0.5, 0.1):
        chances = []
        for weights in (setting.sincere, setting.gamer):
            worth = weights["principle"] * carried - weights["economy"] * 0.5 * carried
            chances.append(tilt_odds(usual, worth))
        base = np.full_like(carried, usual)
        told = evidence(base, chances[0], chances[1], mode("observability_sanctioner"))
        lines.append(Line(f"done by {100 * usual:.0f} % anyway", carried, logistic(told)))
    return Plot(
        "Belief after one act, from one half: cheap or usual acts tell little, dear and rare ones much",
        "what the act carries: principle, and half of it in cost, prior sd",
        "belief that it is sincere",
        lines,
        (0.4, 1.0),
        percent=True,
    )
