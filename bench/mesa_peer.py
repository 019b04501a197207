"""The alignment and compliance steps alone, beside a Mesa model of the same two steps: same numbers, times, ratio.

The whole model runs once to give both the same surroundings: what the two steps see of it in each month.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from _measure import answer, measured
from _replica import replica

from tightrope.engine.shock import Shocks
from tightrope.model.alignment import alignment
from tightrope.model.choice import Array
from tightrope.model.compliance import compliance
from tightrope.model.draw import draw
from tightrope.model.state import Change, Flow, Month, Setting, State
from tightrope.model.step import STAGES, step
from tightrope.model.stream import CHUNK

STATES, MONTHS, SEED = 16, 24, 1
CHUNKS, MESA_RUNS, COMPARED_RUNS = 4, 250, 20
REPEATS = 3
NEAR = 1e-9


def main() -> None:
    gap = measured(__file__, "gap")["gap"]
    if not gap <= NEAR:
        raise SystemExit(f"mesa_peer: the two models differ by {gap:.1e} (at most {NEAR:g}); no times taken")
    pairs = [(measured(__file__, "ours"), measured(__file__, "mesa")) for _ in range(REPEATS)]
    ours, peers = (statistics.median(each["micros"] for each in side) for side in zip(*pairs, strict=True))
    print(
        f"mesa_peer: alignment and compliance alone, {STATES} states × {MONTHS} months, one thread, median of "
        f"{REPEATS}: {ours:.3f} µs a state, month and run ({CHUNKS * CHUNK} runs); Mesa {pairs[0][1]['version']}, "
        f"an agent a state in plain floats, its steps alone: {peers:.1f} µs ({MESA_RUNS} runs); "
        f"ratio {peers / ours:.0f}; the same numbers to {gap:.0e}"
    )


@dataclass(frozen=True)
class Surroundings:
    """What the two steps see of one chunk of the whole model: its setting, and state, flow and shocks by month."""

    setting: Setting
    months: list[tuple[State, Flow, Month]]


def surroundings(chunk: int) -> Surroundings:
    blueprint = replica(STATES, MONTHS)
    state, setting = draw(blueprint, SEED, chunk)
    shocks = Shocks(SEED, chunk, blueprint.deciders, blueprint.months)
    months: list[tuple[State, Flow, Month]] = []

    def notice(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
        months.append((state, dict(flow), month))
        return Change()

    place = next(n for n, stage in enumerate(STAGES) if alignment in stage)
    stages = (*STAGES[:place], (notice,), *STAGES[place:])
    for index in range(blueprint.months):
        state, _ = step(state, setting, shocks.month(index), stages)
    return Surroundings(setting, months)


def stepped(around: Surroundings) -> Iterator[dict[str, Array]]:
    """What the two steps write, month by month; they read what they wrote, all else is as it was."""
    own: dict[str, Array] = {}
    for state, flow, month in around.months:
        state = replace(state, **own)
        changes = [mechanism(state, flow, around.setting, month) for mechanism in (alignment, compliance)]
        own = {name: values for change in changes for name, values in change.state.items()}
        yield own


def ours() -> dict[str, Any]:
    spent = 0.0
    for around in map(surroundings, range(CHUNKS)):
        began = time.perf_counter()
        for _ in stepped(around):
            pass
        spent += time.perf_counter() - began
    return {"micros": 1e6 * spent / (CHUNKS * CHUNK * STATES * MONTHS)}


def mesa() -> dict[str, Any]:
    from importlib.metadata import version

    from _mesa_model import World

    around, spent = surroundings(0), 0.0
    for run in range(MESA_RUNS):
        world = World(around.setting, around.months, run)
        began = time.perf_counter()
        for _ in range(MONTHS):
            world.step()
        spent += time.perf_counter() - began
    return {"micros": 1e6 * spent / (MESA_RUNS * STATES * MONTHS), "version": version("mesa")}


def gap() -> dict[str, Any]:
    """The largest difference between the two in any share or level of enforcement of any month."""
    from _mesa_model import World

    around, found = surroundings(0), [0.0]
    worlds = [World(around.setting, around.months, run) for run in range(COMPARED_RUNS)]
    for own in stepped(around):
        for run, world in enumerate(worlds):
            world.step()
            shares = np.transpose([country.share for country in world.agents])
            levels = [country.compliance for country in world.agents]
            found.append(np.abs(own["share"][..., run] - shares).max())
            found.append(np.abs(own["compliance"][..., run] - levels).max())
    return {"gap": float(np.max(found))}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        answer({"ours": ours, "mesa": mesa, "gap": gap})
    else:
        main()
