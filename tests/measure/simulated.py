"""Roll calls drawn from the model itself, with the truth behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tightrope.measure.identify import standardised
from tightrope.measure.votes import RollCalls


@dataclass(frozen=True)
class Simulated:
    """`rolls`, and what they were drawn from: points (T, S, D) standardised, directions (I, D), cuts (I, 2)."""

    rolls: RollCalls
    point: Any
    slope: Any
    cut: Any


def simulated(
    seed: int = 1, sessions: int = 4, states: int = 40, each: int = 30, dims: int = 1, step: float = 0.3,
    bridged: bool = False,
) -> Simulated:  # fmt: skip
    """Votes of states that walk by `step` a session, on `each` roll calls a session; if `bridged`, always the same."""
    draw = np.random.default_rng(seed)
    steps = step * draw.standard_normal((sessions, states, dims))
    steps[0] = draw.standard_normal((states, dims))
    point = standardised(steps.cumsum(0), np.ones((sessions, states), bool))
    count = each if bridged else each * sessions
    slope = 1.5 * draw.standard_normal((count, dims))
    cut = np.sort(draw.normal(0.0, 1.0, (count, 1)) + np.array([-0.4, 0.4]), axis=1)
    when = np.repeat(np.arange(sessions), each)
    item = np.tile(np.arange(each), sessions) if bridged else np.arange(count)
    latent = (slope[item][:, None] * point[when]).sum(-1) + draw.standard_normal((len(item), states))
    choice = np.where(latent > cut[item, 1:], 1, np.where(latent > cut[item, :1], 2, 3)).astype(np.int8)
    return Simulated(rolls(choice, when + 1, item), point, slope, cut)


def rolls(choice: Any, session: Any, bridge: Any = None, titles: Any = None, codes: Any = None) -> RollCalls:
    """Roll calls on consecutive days of a year per session."""
    count, states = np.shape(choice)
    session = np.asarray(session, np.int64)
    day = (session * 365 + np.arange(count) % 300).astype("datetime64[D]")
    return RollCalls(
        states=tuple(codes) if codes is not None else tuple(f"S{place:02}" for place in range(states)),
        items=tuple(f"i{place}" for place in range(count)),
        session=session,
        date=day,
        choice=np.asarray(choice, np.int8).copy(),
        bridge=np.arange(count) if bridge is None else np.asarray(bridge, np.int64).copy(),
        title=tuple(titles) if titles is not None else ("",) * count,
        issues=((),) * count,
    )
