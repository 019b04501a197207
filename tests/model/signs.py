"""The signs of the coupled model over 300 frozen draws: `python -m tests.model.signs` writes `signs.json`.

Over each draw 50 pairs of runs of the shipped case, on the same random numbers, differ by one lever; the sign of the
difference of their means is noted, and a tie counts as neither. `signs.json` holds how often the sign was as said.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from tests.model.freeze import COUNT, HOWTO, SEED, Frozen, levels
from tests.model.shipped import case

from tightrope.case.knowledge import known
from tightrope.engine.shock import Shocks
from tightrope.model.alignment import hedging_index
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import build
from tightrope.model.choice import Array, logistic
from tightrope.model.opening import _anchor, opened
from tightrope.model.recognition import chance_of_change, company, recognition_accounts
from tightrope.model.scale import scales
from tightrope.model.state import Flow, Schedule, Setting, State
from tightrope.model.step import step
from tightrope.model.stream import CHUNK
from tightrope.model.tally import SCORE

SIGNS = Path(__file__).parent / "signs.json"
RUNS = 50
TOGETHER = CHUNK // RUNS  # draws that share one chunk of 500 runs
MONTHS = 12
DECIDERS = ("KAZ", "ARM", "UZB")
TIE = 1e-12
LEAST = 0.95  # of the draws, for the ten strong statements


@lru_cache(maxsize=1)
def blueprint() -> Blueprint:
    """The shipped case with few deciders, the focus first."""
    about = case().about.model_copy(update={"deciders": DECIDERS})
    return build(known(case().model_copy(update={"about": about}), about.as_of))


def start(chunk: int) -> tuple[State, Setting]:
    """500 runs: ten frozen draws of the parameters, 50 runs each; figures are drawn for each run as ever."""
    plain, rows, every = blueprint(), slice(chunk * TOGETHER, (chunk + 1) * TOGETHER), levels()
    missing = sorted(set(plain.parameters) - set(every))
    if missing:
        raise LookupError(f"no frozen levels for {', '.join(missing)}; {HOWTO}")
    held = {
        name: Frozen(one.low, one.high, one.mode, one.shape, tuple(every[name][rows].tolist()))
        for name, one in plain.parameters.items()
    }
    return opened(replace(plain, parameters=held), SEED, chunk, scales(plain))


def outcomes(state: State, setting: Setting, shocks: Shocks) -> dict[str, Array]:
    """Run 18 months; what the statements are about, of the focus state in each run, (R,) each."""
    me = setting.focus
    kept: dict[str, list[Array]] = {}
    for index in range(MONTHS):
        state, flow = step(state, setting, shocks.month(index))
        for name, value in monthly(state, flow, setting).items():
            kept.setdefault(name, []).append(value)
    share = state.share[:, me]
    last = {f"share.{pole}": share[place] for place, pole in enumerate(setting.poles)}
    means = {name: np.mean(values, axis=0) for name, values in kept.items()}
    return {**last, "hedging": hedging_index(share), **means}


def monthly(state: State, flow: Flow, setting: Setting) -> dict[str, Array]:
    """One month's contribution to the outcomes that are means over months, (R,) each."""
    me = setting.focus
    found = {
        "p_comply": flow["p_comply"][me],
        "p_penalty": flow["p_penalty"][me],
        "unrest": state.defection[0, me],
        "emergency": flow["emergency"][me],
        "belief": logistic(state.log_odds[:, me]).mean(axis=0),
        "recognition": _readiness(state, flow, setting)[:, me].mean(axis=0),
    }
    votes = [flow[name][me] for name in flow if name.startswith("vote.")]
    if votes:
        found["score"] = np.mean([SCORE[vote.astype(int)] for vote in votes], axis=0)
    return found


def _readiness(state: State, flow: Flow, setting: Setting) -> Array:
    """Probability of recognising each entity if it came up now and were not recognised yet, (E, N, R)."""
    accounts = recognition_accounts(state, {**flow, **company(state)}, setting)
    return chance_of_change(np.zeros_like(state.recognised), accounts, setting)


# The levers: each changes the setting from the first month on; the start stays.

Lever = Callable[[State, Setting], Setting]


def given(kind: str, place: Callable[[Setting], int], value: float) -> Lever:
    """The calendar gives this value in every month."""

    def changed(state: State, setting: Setting) -> Setting:
        values = setting.schedule[kind].copy()
        values[:, place(setting)] = value
        schedule = replace(setting.schedule, given={**setting.schedule.given, kind: values})
        return replace(setting, schedule=schedule)

    return changed


def raised(name: str, times: float, most: float = np.inf) -> Lever:
    """A parameter is so many times as large."""

    def changed(state: State, setting: Setting) -> Setting:
        after = np.minimum(setting[name] * times, most)
        return replace(setting, parameters={**setting.parameters, name: after})

    return changed


def trading(pole: Callable[[Setting], int], exports: str, times: float = 1.5) -> Lever:
    """All trade of the focus state with a pole is so many times as large."""

    def changed(state: State, setting: Setting) -> Setting:
        figures, me = dict(setting.figures), setting.focus
        for name in ("trade", "imports"):
            figures[name] = figures[name].copy()
            figures[name][pole(setting), me] *= times
        figures[exports] = figures[exports].copy()
        figures[exports][me] *= times
        return replace(setting, figures=figures)

    return changed


def exposed(state: State, setting: Setting) -> Setting:
    """The focus state is more exposed to secession, by 0.3 where that is still possible."""
    exposure = setting.figures["secession_exposure"].copy()
    exposure[setting.focus] = np.minimum(1.0, exposure[setting.focus] + 0.3)
    return replace(setting, figures={**setting.figures, "secession_exposure": exposure})


def severer(state: State, setting: Setting) -> Setting:
    """All votes are easier to vote for: b1 and b2 fall by ζ = 1, absence keeping its constant."""
    shift = np.array([0.0, 1.0, 2.0, 0.0])[:, None]
    votes = tuple(replace(item, log_base=item.log_base + shift) for item in setting.schedule.votes)
    return replace(setting, schedule=Schedule(setting.schedule.given, votes))


def rested(state: State, setting: Setting) -> Setting:
    """The same with the start a resting point of alignment again.

    For what is taken to have been so before the start: what has been observed is where a state stands. With the old
    anchor it would part from there in the first month, and whoever comes to lean to the target acts to please it.
    """
    return replace(setting, figures={**setting.figures, "anchor": _anchor(state, setting)})


def standing(lever: Lever) -> Lever:
    """A lever that has been so from before the start."""
    return lambda state, setting: rested(state, lever(state, setting))


def sincere(state: State, setting: Setting) -> Setting:
    """All decide by the weights of the sincere type."""
    return replace(setting, weights=setting.sincere)


def gamer(state: State, setting: Setting) -> Setting:
    """All decide by the weights of the gamer."""
    return replace(setting, weights=setting.gamer)


def target(setting: Setting) -> int:
    """The place of the pole under sanctions."""
    return setting.target


def sanctioner(setting: Setting) -> int:
    """The place of the pole that sanctions."""
    return setting.sanctioner


def focus(setting: Setting) -> int:
    """The place of the focus state."""
    return setting.focus


fuel = given("fuel_step", focus, 0.5)
with_target = trading(target, "exports_target")
LEVERS: Mapping[str, Lever] = {
    "none": lambda state, setting: setting,
    "tied_down": given("tied_down", target, 0.9),
    "threat": given("threat", focus, 0.3),
    "trade_sanctioner": standing(trading(sanctioner, "exports_west")),
    "trade_target": standing(with_target),
    "trade_target_now": with_target,
    "penalty": raised("penalty_loss", 1.5, 0.95),
    "fuel": fuel,
    "fuel_capped": lambda state, setting: given("price_cap", focus, 1.0)(state, fuel(state, setting)),
    "sincere": standing(sincere),
    "gamer": standing(gamer),
    "sincere_now": sincere,
    "gamer_now": gamer,
    "exposure": exposed,
    "severity": severer,
    "aversion": raised("risk_aversion", 1.5),
}
STRONG, WEAK, BESIDE = "strong", "weak", "beside"


@dataclass(frozen=True)
class Statement:
    """With the lever `lever` rather than `against`, the mean of `outcome` moves by `sign`.

    `prototype` is the share of 300 other draws in which it did in a prototype of 16 states, if it was looked at;
    `how` says what lever and outcome are; `kind` is strong (at least 95 % are asked for), weak (reported only) or
    beside (the same with another lever or outcome, to show what hangs on that).
    """

    text: str
    lever: str
    outcome: str
    sign: int
    prototype: str
    how: str
    against: str = "none"
    kind: str = STRONG


STATEMENTS: Mapping[str, Statement] = {
    "tied_target": Statement(
        "patron tied down ⇒ alignment with it falls", "tied_down", "share.RUS", -1, "100 %",
        "0.9 of the target's capacity tied down; share at the end",
    ),
    "tied_other": Statement(
        "patron tied down ⇒ alignment with China rises", "tied_down", "share.CHN", 1, "99 %",
        "the same lever; share at the end",
    ),
    "menace": Statement(
        "menace rises ⇒ alignment with the target falls", "threat", "share.RUS", -1, "100 %",
        "threats of 0.3 a month; share at the end",
    ),
    "trade_sanctioner": Statement(
        "trade with the sanctioner rises ⇒ enforcement rises", "trade_sanctioner", "p_comply", 1, "100 %",
        "trade, imports and exports 1.5 times, from before the start; mean probability of full enforcement",
    ),
    "trade_target": Statement(
        "trade with the target rises ⇒ enforcement falls", "trade_target", "p_comply", -1, "100 %",
        "trade, imports and exports 1.5 times, from before the start; mean probability of full enforcement",
    ),
    "penalty": Statement(
        "penalty rises ⇒ enforcement rises", "penalty", "p_comply", 1, "99.7 %",
        "exports lost under secondary sanctions 1.5 times; mean probability of full enforcement",
    ),
    "fuel": Statement(
        "fuel price jumps ⇒ unrest rises", "fuel", "unrest", 1, "100 %",
        "a step of 0.5; mean share of the masses in the streets",
    ),
    "insincere": Statement(
        "insincere type ⇒ lower belief", "gamer", "belief", -1, "99.7 %",
        "weights of the gamer, not of the sincere type, from before the start; mean belief of both audiences",
        against="sincere",
    ),
    "exposure": Statement(
        "secession exposure rises ⇒ recognition falls", "exposure", "recognition", -1, "100 %",
        "exposure up by 0.3; mean probability of recognising if it came up",
    ),
    "severity": Statement(
        "severity of a vote rises ⇒ its mean score rises", "severity", "score", 1, "100 %",
        "ζ up by 1 in every vote; mean score of the votes cast, absence counting as abstention",
    ),
    "aversion": Statement(
        "risk aversion rises ⇒ hedging index rises", "aversion", "hedging", 1, "72 %",
        "γ 1.5 times; index at the end", kind=WEAK,
    ),
    "fewer_penalties": Statement(
        "penalty rises ⇒ fewer sanctions imposed", "penalty", "p_penalty", -1, "92 %",
        "exports lost 1.5 times; mean monthly chance of secondary sanctions", kind=WEAK,
    ),
    "cap": Statement(
        "price cap ⇒ less unrest", "fuel_capped", "emergency", -1, "55 %, 45 % tied",
        "a cap throughout, after a fuel step of 0.5 in both; emergencies, counted", against="fuel", kind=WEAK,
    ),
    "trade_target_now": Statement(
        "trade with the target jumps ⇒ enforcement falls", "trade_target_now", "p_comply", -1, "–",
        "1.5 times from the first month on, so that alignment follows", kind=BESIDE,
    ),
    "insincere_now": Statement(
        "weights turn insincere ⇒ lower belief", "gamer_now", "belief", -1, "–",
        "weights change in the first month, so that alignment follows", against="sincere_now", kind=BESIDE,
    ),
    "fuel_counted": Statement(
        "fuel price jumps ⇒ more emergencies", "fuel", "emergency", 1, "–",
        "a step of 0.5; emergencies, counted", kind=BESIDE,
    ),
}  # fmt: skip


# The measurement.


def by_draw(chunk: int) -> dict[str, Array]:
    """What each statement's difference of means is in each of the ten draws of a chunk, (10,)."""
    state, setting = start(chunk)
    shocks = Shocks(SEED, chunk, DECIDERS, MONTHS)
    found = {name: outcomes(state, lever(state, setting), shocks) for name, lever in LEVERS.items()}

    def difference(one: Statement) -> Array:
        gap = found[one.lever][one.outcome] - found[one.against][one.outcome]
        mean: Array = gap.reshape(TOGETHER, RUNS).mean(axis=1)
        return mean

    return {name: difference(one) for name, one in STATEMENTS.items()}


@lru_cache(maxsize=1)
def differences() -> Mapping[str, Array]:
    """The difference of means of each statement in each of the 300 draws, (300,)."""
    found = [by_draw(chunk) for chunk in range(COUNT // TOGETHER)]
    return {name: np.concatenate([one[name] for one in found]) for name in STATEMENTS}


@lru_cache(maxsize=1)
def frequencies() -> dict[str, dict[str, float]]:
    """How often each statement's sign was as said, a tie, and the other way round."""
    return {name: shares(STATEMENTS[name].sign * gap) for name, gap in differences().items()}


def shares(gap: Array) -> dict[str, float]:
    """The shares of differences above, at and below zero."""
    counts = {"right": gap > TIE, "tie": np.abs(gap) <= TIE, "wrong": gap < -TIE}
    return {name: round(float(np.mean(where)), 4) for name, where in counts.items()}


def published() -> dict[str, dict[str, Any]]:
    """What is published: each statement with its frequencies."""
    texts = ("text", "kind", "how", "prototype")
    return {
        name: {word: asdict(STATEMENTS[name])[word] for word in texts} | parts
        for name, parts in frequencies().items()
    }


def committed() -> dict[str, dict[str, Any]]:
    """What was published last."""
    found: dict[str, dict[str, Any]] = json.loads(SIGNS.read_text(encoding="utf-8"))
    return found


if __name__ == "__main__":
    SIGNS.write_text(json.dumps(published(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for name, found in published().items():
        print(f"{name:18}", *(f"{word} {found[word]:.3f}" for word in ("right", "tie", "wrong")))
