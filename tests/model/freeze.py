"""300 frozen draws of all parameters, and the signs of the coupled model over them: `python -m tests.model.freeze`.

`frozen_draws.csv` has a row for each draw and a column for each row of parameters.yaml. It holds quantile levels in
thousandths, so that a range that changes keeps its draws; a new parameter gets a column of its own and moves no other.
Over each draw 50 pairs of runs of the shipped case, on the same random numbers, differ by one lever; the sign of the
difference of their means is noted, and a tie counts as neither. `signs.json` holds how often the sign was as said.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from scipy.special import betaincinv, ndtri
from tests.model.shipped import case

from tightrope.case.knowledge import known
from tightrope.engine.shock import Shocks
from tightrope.model.account import utility
from tightrope.model.alignment import hedging_index
from tightrope.model.belief import acts_evidence, reputation
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import build
from tightrope.model.choice import Array, choice, logistic
from tightrope.model.compliance import MENU, compliance_accounts, persistence
from tightrope.model.opening import _anchor, opened
from tightrope.model.parameters import Range, table
from tightrope.model.recognition import chance_of_change, company, recognition_accounts
from tightrope.model.scale import scales
from tightrope.model.state import Flow, Schedule, Setting, State
from tightrope.model.step import step
from tightrope.model.stream import CHUNK, stream
from tightrope.model.tally import SCORE

HERE = Path(__file__).parent
DRAWS, SIGNS = HERE / "frozen_draws.csv", HERE / "signs.json"
HOWTO = "run `python -m tests.model.freeze` from the root of the checkout and commit what it writes"
COUNT, PARTS = 300, 1000
RUNS = 50
TOGETHER = CHUNK // RUNS  # draws that share one chunk of 500 runs
MONTHS = 18
DECIDERS = ("KAZ", "ARM", "UZB")
SEED = 20220630
TIE = 1e-12
STRONG = 0.95


# The draws.


def at_level(found: Range, level: Array) -> Array:
    """The value of a range below which it falls with probability `level`: the inverse of what `Range.draw` follows."""
    if found.shape == "half_normal":
        return np.asarray(ndtri(0.5 * (1.0 + level)))
    if found.shape == "counted":
        return np.asarray(betaincinv(1.0 + found.low, 1.0 + found.high, level))
    width = found.high - found.low
    if width == 0.0 or found.mode is None:
        return found.low + width * level
    rising, falling = found.mode - found.low, found.high - found.mode
    below = found.low + np.sqrt(level * width * rising)
    return np.where(level * width < rising, below, found.high - np.sqrt((1.0 - level) * width * falling))


def column(name: str) -> list[int]:
    """The levels of one parameter in thousandths, 0 to 999, from a stream of its own."""
    drawn: list[int] = stream(SEED, 0, "frozen", name).integers(0, PARTS, COUNT).tolist()
    return drawn


def frozen() -> dict[str, list[int]]:
    """The committed columns by parameter."""
    with DRAWS.open(encoding="utf-8", newline="") as file:
        names, *body = csv.reader(file)
    return {name: [int(row[place]) for row in body] for place, name in enumerate(names)}


def levels() -> dict[str, Array]:
    """The committed levels by parameter, each (300,), between 0 and 1."""
    return {name: (np.array(parts) + 0.5) / PARTS for name, parts in frozen().items()}


def append(names: Iterable[str]) -> None:
    """Append a column for each parameter that has none; what is there stays as it is."""
    there = frozen() if DRAWS.exists() else {}
    every = there | {name: column(name) for name in names if name not in there}
    with DRAWS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(every)
        writer.writerows(zip(*every.values(), strict=True))


# The runs.


@lru_cache(maxsize=1)
def blueprint() -> Blueprint:
    """The shipped case with few deciders, the focus first."""
    about = case().about.model_copy(update={"deciders": DECIDERS})
    return build(known(case().model_copy(update={"about": about}), about.as_of))


@dataclass(frozen=True)
class Frozen(Range):
    """A range that draws its values at given levels, 50 runs each, whatever the generator."""

    levels: tuple[float, ...] = ()

    def draw(self, generator: np.random.Generator, runs: int = CHUNK) -> Array:
        """The values at the levels, repeated (R,)."""
        return np.repeat(at_level(self, np.array(self.levels)), runs // len(self.levels))


def start(chunk: int) -> tuple[State, Setting]:
    """500 runs: ten frozen draws of the parameters, 50 runs each; figures are drawn for each run as ever."""
    plain, rows, every = blueprint(), slice(chunk * TOGETHER, (chunk + 1) * TOGETHER), levels()
    held = {
        name: Frozen(one.low, one.high, one.mode, one.shape, tuple(every[name][rows].tolist()))
        for name, one in plain.parameters.items()
    }
    return opened(replace(plain, parameters=held), SEED, chunk, scales(plain))


def outcomes(state: State, setting: Setting, shocks: Shocks) -> dict[str, Array]:
    """Run 18 months; what the statements are about, of the focus state in each run, (R,) each."""
    me, months = setting.focus, range(MONTHS)
    kept: dict[str, list[Array]] = {}
    for index in months:
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
        "compliance": state.compliance[me],
        "p_comply": flow["p_comply"][me],
        "aim": _aim(state, flow, setting)[me],
        "penalty": flow["penalty"][me],
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


def _aim(state: State, flow: Flow, setting: Setting) -> Array:
    """Expected enforcement Σ c P(c) of the choice as the state stands, (N, R)."""
    menu = "compliance"
    accounts = compliance_accounts(state, flow, setting)
    base = persistence(state.compliance, setting["compliance_stickiness"])
    accounts["reputation"] = reputation(state, acts_evidence(base, accounts, setting, menu), setting)
    worth = utility(accounts, setting.weights, setting.divisors.get(menu, {}))
    expected: Array = np.tensordot(MENU, choice(base, worth, setting["choice_intensity"]), axes=1)
    return expected


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


def typed(state: State, setting: Setting, weights: Mapping[str, Array]) -> Setting:
    """All decide by the weights of one type; the start is a resting point of alignment for either type.

    With the anchor of other weights the types would part from the first month on for no reason, and the one that
    comes to lean to the target would act the gamer to please it.
    """
    of_type = replace(setting, weights=weights)
    return replace(of_type, figures={**setting.figures, "anchor": _anchor(state, of_type)})


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
LEVERS: Mapping[str, Lever] = {
    "none": lambda state, setting: setting,
    "tied_down": given("tied_down", target, 0.9),
    "threat": given("threat", focus, 0.3),
    "trade_sanctioner": trading(sanctioner, "exports_west"),
    "trade_target": trading(target, "exports_target"),
    "penalty": raised("penalty_loss", 1.5, 0.95),
    "fuel": fuel,
    "fuel_capped": lambda state, setting: given("price_cap", focus, 1.0)(state, fuel(state, setting)),
    "sincere": lambda state, setting: typed(state, setting, setting.sincere),
    "gamer": lambda state, setting: typed(state, setting, setting.gamer),
    "exposure": exposed,
    "severity": severer,
    "aversion": raised("risk_aversion", 1.5),
}


@dataclass(frozen=True)
class Statement:
    """With the lever `lever` rather than `against`, the mean of `outcome` moves by `sign`.

    `prototype` is the share of 300 other draws in which it did in a prototype of 16 states; `how` says what the outcome
    and the lever are.
    """

    text: str
    lever: str
    outcome: str
    sign: int
    prototype: float
    how: str
    against: str = "none"
    strong: bool = True


STATEMENTS: Mapping[str, Statement] = {
    "tied_target": Statement(
        "patron tied down ⇒ alignment with it falls", "tied_down", "share.RUS", -1, 1.0,
        "the target's capacity tied down by 0.9; share at the end",
    ),
    "tied_other": Statement(
        "patron tied down ⇒ alignment with China rises", "tied_down", "share.CHN", 1, 0.99,
        "the same lever; share at the end",
    ),
    "menace": Statement(
        "menace rises ⇒ alignment with the target falls", "threat", "share.RUS", -1, 1.0,
        "threats of 0.3 a month; share at the end",
    ),
    "trade_sanctioner": Statement(
        "trade with the sanctioner rises ⇒ enforcement rises", "trade_sanctioner", "compliance", 1, 1.0,
        "trade, imports and exports 1.5 times; mean enforcement",
    ),
    "trade_target": Statement(
        "trade with the target rises ⇒ enforcement falls", "trade_target", "compliance", -1, 1.0,
        "trade, imports and exports 1.5 times; mean enforcement",
    ),
    "x_sanct": Statement("","trade_sanctioner","p_comply",1,1,""),
    "x_target": Statement("","trade_target","p_comply",-1,1,""),
    "x_pen": Statement("","penalty","p_comply",1,1,""),
    "y_sanct": Statement("","trade_sanctioner","aim",1,1,""),
    "y_target": Statement("","trade_target","aim",-1,1,""),
    "y_pen": Statement("","penalty","aim",1,1,""),
    "y_few": Statement("","penalty","p_penalty",-1,1,""),
    "y_cap": Statement("","fuel_capped","unrest",-1,1,"",against="fuel"),
    "y_fuel": Statement("","fuel","emergency",1,1,""),
    "penalty": Statement(
        "penalty rises ⇒ enforcement rises", "penalty", "compliance", 1, 0.997,
        "exports lost under secondary sanctions 1.5 times; mean enforcement",
    ),
    "fuel": Statement(
        "fuel price jumps ⇒ unrest rises", "fuel", "unrest", 1, 1.0,
        "a step of 0.5; mean share of the masses in the streets, which carries the rare emergency",
    ),
    "insincere": Statement(
        "insincere type ⇒ lower belief", "gamer", "belief", -1, 0.997,
        "deciding by the gamer's weights rather than the sincere type's; mean belief of both audiences",
        against="sincere",
    ),
    "exposure": Statement(
        "secession exposure rises ⇒ recognition falls", "exposure", "recognition", -1, 1.0,
        "exposure up by 0.3; mean probability of recognising at an opportunity, as recognitions are rare",
    ),
    "severity": Statement(
        "severity of a vote rises ⇒ expected score rises", "severity", "score", 1, 1.0,
        "ζ up by 1 in every vote; mean score of the votes, absence counting as abstention",
    ),
    "aversion": Statement(
        "risk aversion rises ⇒ hedging index rises", "aversion", "hedging", 1, 0.72,
        "γ 1.5 times; index at the end", strong=False,
    ),
    "fewer_penalties": Statement(
        "penalty rises ⇒ fewer sanctions imposed", "penalty", "penalty", -1, 0.92,
        "exports lost 1.5 times; secondary sanctions imposed, counted", strong=False,
    ),
    "cap": Statement(
        "price cap ⇒ less unrest", "fuel_capped", "emergency", -1, 0.55,
        "a cap throughout, both after a fuel step of 0.5; emergencies, counted",
        against="fuel", strong=False,
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


def frequencies() -> dict[str, dict[str, float]]:
    """How often each statement's sign was as said, a tie, and the other way round."""
    return {name: shares(STATEMENTS[name].sign * gap) for name, gap in differences().items()}


def shares(gap: Array) -> dict[str, float]:
    """The shares of differences above, at and below zero."""
    counts = {"right": gap > TIE, "tie": np.abs(gap) <= TIE, "wrong": gap < -TIE}
    return {name: round(float(np.mean(where)), 4) for name, where in counts.items()}


def committed() -> dict[str, dict[str, float]]:
    """The frequencies as published."""
    found: dict[str, dict[str, float]] = json.loads(SIGNS.read_text(encoding="utf-8"))
    return found


def main() -> None:
    """Append missing columns, measure, and write what is published."""
    append(table())
    levels_now = frequencies()
    SIGNS.write_text(json.dumps(levels_now, indent=1) + "\n", encoding="utf-8")
    for name, found in levels_now.items():
        print(f"{name:18}", *(f"{word} {value:.3f}" for word, value in found.items()))


if __name__ == "__main__":
    main()
