"""What one server holds: the cases it can open, what it keeps in memory, and whose turn it is to compute.

A page's question is answered by the same model as everywhere else. Draws and shocks are kept by case and seed, results
by what was asked, so that only what a lever changes is computed anew.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Hashable
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from math import inf
from multiprocessing import active_children, get_context
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from tightrope.case.case import Case
from tightrope.case.folder import find_case
from tightrope.case.knowledge import Known
from tightrope.case.load import load_case
from tightrope.case.scenario import Scenario
from tightrope.engine.manifest import BASELINE, Origin, origin
from tightrope.engine.prepared import Begun, Cancelled, Prepared, Unfit, available, compile_now
from tightrope.engine.repeated import Repeated
from tightrope.engine.result import Result, result
from tightrope.engine.simulate import Plan, plan, run
from tightrope.errors import ModelError
from tightrope.model.blueprint import Blueprint
from tightrope.model.build import varied
from tightrope.model.parameters import table
from tightrope.report import rerun
from tightrope.report.ask import Ask, Wanted
from tightrope.report.bearing import inputs
from tightrope.report.kept import Kept
from tightrope.report.lever import Lever, levers, merged
from tightrope.report.leverage import Leverage, measure
from tightrope.report.turn import Busy, Overtaken, Turns
from tightrope.report.workspace import Workspace

Done = TypeVar("Done")
Stamp = tuple[tuple[str, int, int], ...]
SHIPPED = ("kazakhstan-2022", "serbia-2022")
# So many things that claims say are left out in turn.
CLAIMS = 12
# What is kept: situations, prepared draws (some 150 MB each), runs of which a preview is done, and results: together
# no more bytes, and of small ones no more than would stand behind a few minutes of moving levers.
SITUATIONS, PREPARED, BEGUN, RESULTS, SMALL = 6, 2, 24, 250e6, 100
# Whether a case's files have changed is looked at again after so many seconds.
FRESH = 0.1
# Draws are made for so many runs, the least that suffice: a preview and all runs share theirs.
SIZES = (100, 1000)


@dataclass(frozen=True)
class Situation:
    """A case as it was known on a day without some sources, its baseline, and what can be moved in it."""

    name: str
    key: tuple[object, ...]
    case: Case
    known: Known
    plan: Plan
    levers: tuple[Lever, ...]

    @cached_property
    def origin(self) -> Origin:
        """Where results come from; its digest takes a while, so it is taken once."""
        return origin(self.known)

    def months(self, ask: Ask) -> int:
        """The horizon asked for, or the case's own."""
        return ask.months or self.plan.blueprint.months


@dataclass
class Desk:
    """The state of one server.

    Args:
        workspace: folder of saved cases and scenarios; None keeps nothing.
        texts: folder of the user's own texts of sources, to show passages from.
        threads: cores that one computation may take.
        together: computations at a time.
        waits: whether who asks first waits for the model to be compiled; else NumPy answers until `compile` is done.
    """

    workspace: Path | None = None
    texts: Path | None = None
    threads: int = 2
    together: int = 1
    waits: bool = True
    turns: Turns = field(init=False)

    def __post_init__(self) -> None:
        self.turns = Turns(self.together)
        self.saved = Workspace(self.workspace) if self.workspace else None
        self._situations: Kept[Situation] = Kept(SITUATIONS)
        self._plains: Kept[Blueprint] = Kept(SITUATIONS)
        self._stamps: dict[Path, tuple[float, Stamp]] = {}
        self._pace = 0.0
        self._prepared: Kept[Prepared] = Kept(PREPARED)
        self._begun: Kept[Begun] = Kept(BEGUN)
        self._results: Kept[Result] = Kept(RESULTS, _bytes)
        self._leverages: Kept[Leverage] = Kept(SITUATIONS)
        self._pool: ProcessPoolExecutor | None = None
        self._lock = Lock()
        self._compiled = False

    def cases(self) -> dict[str, Path]:
        """The folder of every case by name, shipped ones first; a saved one cannot take a shipped one's name."""
        shipped = {name: find_case(name) for name in SHIPPED}
        return shipped | {
            name: folder
            for name, folder in (self.saved.cases() if self.saved else {}).items()
            if name not in shipped
        }

    def situation(self, ask: Wanted) -> Situation:
        """The case that is asked for, as known then.

        Raises:
            ModelError: there is no such case. CaseError, EvidenceError: what is wrong with it.
        """
        folders = self.cases()
        if ask.case not in folders:
            raise ModelError(f"there is no case {ask.case!r}; there are {', '.join(sorted(folders))}")
        folder = folders[ask.case]
        key = (ask.case, self._stamped(folder), ask.as_of, ask.without)
        return self._situations.get(key, lambda: _situation(ask, folder, key))

    def _stamped(self, folder: Path) -> Stamp:
        """The stamp of a case's files, looked at once for all questions of one move."""
        now = monotonic()
        when, found = self._stamps.get(folder, (-1.0, ()))
        if now - when > FRESH:
            found = _stamp(folder)
            self._stamps[folder] = (now, found)
        return found

    def scenario(self, ask: Ask) -> Scenario | None:
        """The scenario asked for, with the moved levers over it; None where there is neither.

        Raises:
            ModelError: no scenario or lever of that name, or a value that cannot be.
        """
        seen = self.situation(ask)
        base = None if ask.base is None else self._base(seen, ask.base)
        return merged(base, ask.levers, seen.levers, seen.plan.blueprint.start)

    def _base(self, seen: Situation, name: str) -> Scenario:
        own = {one.id: one for one in seen.known.case.scenarios}
        if name.replace("-", "_") in own:
            return own[name.replace("-", "_")]
        saved = self.saved.scenario(name) if self.saved else None
        if saved is None:
            raise ModelError(f"there is no scenario {name!r}; there are {', '.join(sorted(own)) or 'none'}")
        return saved

    def plan(self, ask: Ask) -> Plan:
        """What is run for an answer: the blueprint with scenario and horizon.

        Raises:
            ModelError: a value or a date in the scenario that cannot be.
        """
        seen, scenario = self.situation(ask), self.scenario(ask)
        plain = self._plain(seen, ask)
        blueprint = plain if scenario is None else replace(varied(plain, scenario), months=plain.months)
        return Plan(seen.known, blueprint, scenario, {})

    def _plain(self, seen: Situation, ask: Ask) -> Blueprint:
        """The blueprint without scenario; one and the same for a horizon, since scales are kept by whose they are."""
        months = seen.months(ask)
        return self._plains.get((seen.key, months), lambda: replace(seen.plan.blueprint, months=months))

    def baseline(self, ask: Ask, everyone: bool = False) -> Result:
        """The runs without scenario and levers."""
        return self.result(ask.plain, everyone)

    def result(
        self,
        ask: Ask,
        everyone: bool = False,
        overtaken: Callable[[], bool] | None = None,
        rank: int = 1,
        of: int | None = None,
    ) -> Result:
        """The runs asked for, of the focus state alone or of `everyone`; kept if they were computed before.

        `of` says that so many runs will be asked for next: these are then the first of them, and not done twice.

        Raises:
            Overtaken: the client wants something else by now. Busy: too many wait.
            ModelError, CaseError, EvidenceError: what is wrong with what was asked.
        """
        seen = self.situation(ask)
        key = self._key(seen, ask, everyone)
        stop = overtaken or (lambda: False)
        whole = ask if of is None else ask.model_copy(update={"runs": of})
        return self._results.get(key, lambda: self._ran(seen, ask, whole, everyone, stop, rank))

    def _ran(
        self, seen: Situation, ask: Ask, of: Ask, everyone: bool, overtaken: Callable[[], bool], rank: int
    ) -> Result:
        made = self.plan(ask)
        with self.turns.turn(overtaken, rank):
            try:
                if self.slow():
                    raise Unfit(str(self.slow()))
                part = self._part(seen, of, everyone, made.blueprint)
                done, began = part.done, monotonic()
                finished = part.upto(ask.runs, overtaken)
                self._pace = (monotonic() - began) / max(1, ask.runs - done)
                if ask.runs < of.runs:
                    self._begun.put(self._key(seen, of, everyone), part)
            except Cancelled:
                raise Overtaken("a later request of this client took its place") from None
            except Unfit:  # NumPy alone: slower, the same numbers
                whole = run(made, ask.runs, ask.seed)
                return whole if everyone else rerun.narrowed(whole)
        name = made.scenario.id if made.scenario else BASELINE
        return result(finished, made.blueprint, replace(seen.origin, scenario=name))

    def _part(self, seen: Situation, of: Ask, everyone: bool, changed: Blueprint) -> Begun:
        """All the runs that will be asked for, none of them done; or those that a preview has begun."""
        began = self._begun.take(self._key(seen, of, everyone))
        if began is not None:
            return began
        focus = seen.plan.blueprint.deciders[seen.plan.blueprint.focus]
        return self._ready(seen, of).begin(changed, of.runs, None if everyone else (focus,))

    def expected(self, ask: Ask) -> float:
        """Seconds that the runs asked for will take, judged by the last; without end where others wait already."""
        return inf if self.turns.waiting or not self._pace else self._pace * ask.runs

    def kept(self, ask: Ask, everyone: bool = False) -> bool:
        """Whether the runs asked for are at hand."""
        return self._results.find(self._key(self.situation(ask), ask, everyone)) is not None

    def _key(self, seen: Situation, ask: Ask, everyone: bool) -> Hashable:
        """What decides the numbers; a saved scenario counts by what it holds, since it may be overwritten."""
        held = self.saved.revision(ask.base) if self.saved and ask.base else None
        return (seen.key, ask.key(), held, everyone)

    def _ready(self, seen: Situation, ask: Ask) -> Prepared:
        """Draws and shocks of this case, seed and horizon, for at least as many runs as are asked for."""
        months = seen.months(ask)
        size = next((size for size in SIZES if ask.runs <= size), ask.runs)
        key = (seen.key, months, ask.seed, size)
        plain = self._plain(seen, ask)
        return self._prepared.get(key, lambda: Prepared(plain, size, ask.seed, self.threads))

    def leverage(self, ask: Ask) -> Leverage:
        """What leaving out single sources and claims does to the baseline: seconds of work, done beside all else."""
        seen, plain = self.situation(ask), Ask(**ask.plain.model_dump())
        key = (seen.key, plain.key())
        return self._leverages.get(key, lambda: self._measured(seen, plain))

    def _measured(self, seen: Situation, ask: Ask) -> Leverage:
        base, blueprint = self.baseline(ask), self.plan(ask).blueprint
        found = inputs(seen.known.case, base.manifest.focus)
        return self.aside(measure, base, seen.known, blueprint, found, CLAIMS, by=Repeated())

    def aside(self, work: Callable[..., Done], *given: Any, **named: Any) -> Done:
        """Have long work done by a process of its own, polite to those that answer levers; waits for it."""
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"), _politely)
            pool = self._pool
        try:
            return pool.submit(work, *given, **named).result()
        except (BrokenExecutor, CancelledError):
            with self._lock:
                self._pool = None if self._pool is pool else self._pool
            raise Busy("the work was ended before its answer; ask again") from None

    def close(self) -> None:
        """End the process for long work, in the middle of it: nobody waits for its answer any more."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
                for child in active_children():
                    child.terminate()
                self._pool = None

    def slow(self) -> str | None:
        """Why the compiled model is not used, or None where it is."""
        refusal = available()
        if refusal is None and not self.waits and not self._compiled:
            return "it is being compiled, once after an installation"
        return refusal

    def compile(self) -> None:
        """Have the model compiled and loaded; a minute or two once after an installation, seconds otherwise."""
        if available() is None:
            compile_now()
            self._compiled = True


def _politely() -> None:
    """Set up the process for long work: behind all others, and deaf to Ctrl-C, which is for its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(15)


def _situation(ask: Wanted, folder: Path, key: tuple[object, ...]) -> Situation:
    case = load_case(folder, parameters=frozenset(table()))
    made = plan(case, as_of=ask.as_of, without=ask.without)
    return Situation(ask.case, key, case, made.known, made, levers(made.known, made))


def _stamp(folder: Path) -> Stamp:
    """What changes when a file of a case does."""
    files = sorted(path for path in folder.rglob("*.yaml"))
    return tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files)


def _bytes(kept: Result) -> float:
    """What a result counts for: its bytes, and no less than the hundredth part of all that may be kept."""
    return float(max(sum(values.nbytes for values in kept.arrays.values()), RESULTS / SMALL))


def as_of_text(seen: Situation) -> str:
    """The day up to which a situation knows, as 2022-06-30."""
    day: date = seen.known.as_of
    return day.isoformat()
