"""Draws and shocks of many runs, kept, so that what-ifs run at once; by the compiled month where there is one."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tightrope.engine.ensemble import Ensemble, check_finite
from tightrope.engine.record import Labels, labels
from tightrope.engine.shock import Shocks
from tightrope.errors import ModelError
from tightrope.model.blueprint import Blueprint
from tightrope.model.draw import draw, varied
from tightrope.model.draws import Kept
from tightrope.model.join import Joins, joined, together
from tightrope.model.state import Setting
from tightrope.model.stream import CHUNK

if TYPE_CHECKING:
    from tightrope.model.single.run import Whole
    from tightrope.model.single.runs import Fixed, Room, Shocked

COMPILE = "from tightrope.engine.prepared import _tiny; _tiny()"
# So many runs are done between two looks at whether anybody still wants them; the last ones leave little to wait for.
BLOCK = 32
# So many sets of changed figures and parameters are kept as they were packed: a happening moved after them needs them
# again.
LATEST = 4


class Cancelled(Exception):
    """Nobody wants the runs any more."""


class Unfit(ModelError):
    """The compiled month cannot be used at all, or not for these settings; NumPy can."""


def available() -> str | None:
    """None where the compiled month can be used, else why not."""
    if os.environ.get("TIGHTROPE_FAST") == "0":
        return "TIGHTROPE_FAST=0 asks for NumPy alone"
    try:
        importlib.import_module("tightrope.model.single.runs")
    except ImportError:
        return "numba is not installed; it comes with the extra `fast`"
    except RuntimeError as error:  # numba finds no folder for what it compiles
        return f"numba cannot be used here: {error}"
    return _missing()


def _missing() -> str | None:
    """The mechanisms of the model that have no compiled twin, in words; None where all have one."""
    from tightrope.model.single import TWINS
    from tightrope.model.step import STAGES

    there = tuple(tuple(mechanism.__name__ for mechanism in stage) for stage in STAGES)
    if there == TWINS:
        return None
    return "the compiled month does not follow the model's stages; see model/single/__init__.py"


class Prepared:
    """The draws and shocks of `runs` runs of a blueprint without a scenario, and a seed.

    `run` then answers what-ifs: of a changed calendar at once, of changed figures or parameters after drawing those.
    May be used by several threads at once. What another one, `like` it in seed, runs, months and deciders, has drawn
    is not drawn again.

    Raises:
        Unfit: the compiled month cannot be used (see `available`), or not for these settings.
    """

    def __init__(
        self, blueprint: Blueprint, runs: int, seed: int, threads: int = 2, like: Prepared | None = None
    ) -> None:
        if refusal := available():
            raise Unfit(refusal)
        from tightrope.model.single import pack
        from tightrope.model.single.runs import fixed, shocked

        self.blueprint, self.runs, self.seed, self.threads = blueprint, runs, seed, threads
        self._chunks = -(-runs // CHUNK)
        self._pool = ThreadPoolExecutor(max(1, threads - 1))  # beside the thread that asks
        alike = like if like and like.draws_as(blueprint, runs, seed) else None
        self._kept: list[Kept] = alike._kept if alike else [{} for _ in range(self._chunks)]
        opened = [draw(blueprint, seed, chunk, self._kept[chunk]) for chunk in range(self._chunks)]
        self._known: list[Setting] = [setting for _, setting in opened]
        self._joins = Joins()
        state, setting = joined(opened, self._joins)
        if refusal := pack.refused(setting):
            raise Unfit(f"the compiled month cannot run this: {refusal}")
        draws = Shocks(seed, 0, blueprint.deciders, blueprint.months, self._chunks)
        self._where: Shocked = shocked(
            state, setting, draws, blueprint.months, alike._where if alike else None
        )
        self._plain: Fixed = fixed(setting)
        self._latest: list[tuple[Blueprint, Fixed]] = []

    def draws_as(self, blueprint: Blueprint, runs: int, seed: int) -> bool:
        """Whether the shocks of another blueprint are those of this one."""
        mine = (self.blueprint.deciders, self.blueprint.months, self.runs, self.seed)
        return mine == (blueprint.deciders, blueprint.months, runs, seed)

    def run(
        self,
        changed: Blueprint | None = None,
        runs: int | None = None,
        actors: Collection[str] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Ensemble:
        """Run the blueprint, or one that a scenario changed (`model.build.varied`), for the leading `runs` runs.

        `actors` restricts what is stored to these deciders; `cancelled` is asked every 32 runs.

        Raises:
            Cancelled: it said so. Unfit: not for these settings. ModelError: numbers that are none came out.
        """
        return self.begin(changed, runs, actors).upto(runs or self.runs, cancelled)

    def begin(
        self, changed: Blueprint | None = None, runs: int | None = None, actors: Collection[str] | None = None
    ) -> Begun:
        """The same, to be done in parts: at most `runs` runs, none of them yet.

        Raises:
            Unfit: not for these settings.
        """
        from tightrope.model.single.runs import read, room

        blueprint, count = changed or self.blueprint, runs or self.runs
        axes = labels(blueprint)
        who = tuple(name for name in axes["actor"] if actors is None or name in actors)
        places = np.array([axes["actor"].index(name) for name in who], np.int64)
        what = self._fixed(blueprint)
        whole = read(what, self._where, blueprint.schedule)
        into = room(what, self._where, places, blueprint.months, count)
        return Begun(self, blueprint.months, {**axes, "actor": who}, what, whole, into)

    def shared(self, begun: Begun, first: int, last: int, cancelled: Callable[[], bool]) -> int:
        """Runs of something begun, in blocks, by so many threads; each takes the next block that is left."""
        from tightrope.model.single.runs import own, part

        what = begun.what
        blocks = [(place, min(place + BLOCK, last)) for place in range(first, last, BLOCK)]
        left = iter(blocks)

        def share() -> int:
            total, mine = 0, own(what, self._where)
            for runs in left:
                if cancelled():
                    raise Cancelled
                total += part(what.who, begun.whole, runs, begun.months, begun.into, mine)
            return total

        beside = [self._pool.submit(share) for _ in range(min(self.threads, len(blocks)) - 1)]
        try:
            total = share()
        finally:
            wait(beside)
        return total + sum(each.result() for each in beside)

    def _fixed(self, blueprint: Blueprint) -> Fixed:
        """What stays fixed under a blueprint; drawn anew only where figures or parameters differ from before."""
        for known, fixed in [(self.blueprint, self._plain), *self._latest]:
            if blueprint.figures == known.figures and blueprint.parameters == known.parameters:
                return fixed
        found = self._changed(blueprint)
        self._latest = [(blueprint, found), *self._latest[: LATEST - 1]]
        return found

    def _changed(self, blueprint: Blueprint) -> Fixed:
        """The same, where it is new."""
        from tightrope.model.single import pack
        from tightrope.model.single.runs import fixed

        settings = [
            varied(blueprint, self.seed, chunk, self._known[chunk], self._kept[chunk])
            for chunk in range(self._chunks)
        ]
        setting = together(settings, self._joins)
        if refusal := pack.refused(setting):
            raise Unfit(f"the compiled month cannot run this: {refusal}")
        return fixed(setting, self._latest[0][1] if self._latest else self._plain)


@dataclass
class Begun:
    """Runs of which the leading ones are done: the rest can be done later, without doing these again."""

    prepared: Prepared
    months: int
    axes: Labels
    what: Fixed
    whole: Whole
    into: Room
    done: int = 0
    unsettled: int = 0

    def upto(self, runs: int, cancelled: Callable[[], bool] | None = None) -> Ensemble:
        """The leading `runs` runs; those that are done already are not done again.

        `runs` that are not the last ones are a multiple of the runs that lie side by side (8).

        Raises:
            Cancelled: it said so. ModelError: numbers that are none came out.
        """
        from tightrope.model.single.runs import named

        began = time.perf_counter()
        if runs > self.done:
            self.unsettled += self.prepared.shared(self, self.done, runs, cancelled or (lambda: False))
            self.done = runs
        arrays = named(self.into, self.what.votes, self.months, runs)
        check_finite(arrays)
        seconds = time.perf_counter() - began
        return Ensemble(arrays, self.axes, self.prepared.seed, runs, runs, seconds, self.unsettled)


def compiled_before() -> bool:
    """Whether what is compiled lies on disk already, so that it only has to be read."""
    return available() is None and _marker().exists()


def _marker() -> Path:
    """An empty file beside what is compiled that says of which sources it is."""
    from tightrope.model import single

    return Path(single.__file__).parent / "__pycache__" / f"compiled-{single.sources()[:16]}"


def compile_now() -> None:
    """Have the month compiled, in a process of its own, which leaves this one free, and load it.

    Where the package lies in a folder that cannot be written to, it is compiled anew in every process.
    """
    if not compiled_before():
        done = subprocess.run(
            [sys.executable, "-c", COMPILE], check=False, env={**os.environ, "PYTHONPATH": _path()}
        )
        if done.returncode == 0:
            with suppress(OSError):
                _marker().touch()
    _tiny()


def _path() -> str:
    """Where a process of its own finds this package, wherever it was imported from."""
    return os.pathsep.join([str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")])


def _tiny() -> None:
    """One run of one month, which has everything compiled, or read from where it was kept."""
    from tightrope.case.knowledge import known
    from tightrope.case.load import load_case
    from tightrope.model.build import build

    case = load_case("kazakhstan-2022")
    blueprint = replace(build(known(case, case.about.as_of)), months=1)
    Prepared(blueprint, 1, 0, 1).run()
