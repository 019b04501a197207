"""Ideal points from General Assembly votes: fidelity, forecasts, the vote of 2 March 2022, seconds and memory.

Reads ../shared (or the folder that TIGHTROPE_SHARED names); where it is missing, nothing is measured. Peers' figures
are those of ../shared/oracles/README.md. Every split has a fixed seed; fitting times are without reading.
"""

from __future__ import annotations

import csv
import os
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from _measure import answer, measured, peak_megabytes

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("TIGHTROPE_SHARED", ROOT / ".." / "shared"))
DATA = SHARED / "data" / "unga"
NAMES = ("un_votes", "un_roll_calls", "un_roll_call_issues")
REPEATS = 3


def main() -> None:
    if not DATA.is_dir():
        print("votes: shared/ does not lie beside the checkout, so nothing is measured")
        return
    for report in (
        report_fidelity,
        report_cells,
        report_session,
        report_kinds,
        report_newcomer,
        report_times,
        report_coverage,
    ):
        report()


def report_fidelity() -> None:
    found = measured(__file__, "fidelity")
    print(
        f"votes: Pearson with the published estimates, {found['points']} points of all sessions, one dimension, "
        f"levels settled: {found['pearson']:.4f} (goal .995; best partial rewrite .993, best R peer .985); "
        f"within sessions, median {found['within']:.4f}; {found['seconds']:.0f} s"
    )


def report_cells() -> None:
    found = measured(__file__, "cells")
    near, plain, best = found["neighbours"], found["3"], found["habit"]
    print(
        f"votes: {found['hidden']} hidden cells (10 %) of sessions 65–74, seed 1, accuracy / log loss: three "
        f"dimensions with habit {best[0]:.4f} / {best[1]:.4f} (goal above .941 / below .167, the peer's), without "
        f"habit {plain[0]:.4f} / {plain[1]:.4f}, two {found['2'][0]:.4f} / "
        f"{found['2'][1]:.4f} (peer .937 / .193), one {found['1'][0]:.4f} / {found['1'][1]:.4f} (peer .918 / .264); "
        f"neighbours on the same split {near[0]:.4f} / {near[1]:.4f} (peer .919 / .214)"
    )


def report_session() -> None:
    found = measured(__file__, "session")
    for count, goal in (("30", "above .936 / below .213"), ("10", "above .910 / below .303")):
        accuracy, loss = found[count]
        print(
            f"votes: session 74 from sessions 64–73, {count} votes of each item shown, seed 1, accuracy / log loss: "
            f"{accuracy:.4f} / {loss:.4f} (goal {goal}); without habit {found['plain ' + count][0]:.4f} / "
            f"{found['plain ' + count][1]:.4f}"
        )


def report_newcomer() -> None:
    found = measured(__file__, "newcomer")
    print(
        f"votes: ES-11/1 (2 March 2022) from votes up to 2019, sorting: area under the curve for yes among the "
        f"{found['voting']} states that voted {found['area']:.3f}, with the absent counted as not yes "
        f"{found['area_all']:.3f} (goal .940)"
    )
    print(
        f"votes: ES-11/1, level unknown: log score over four outcomes {found['unknown']:.3f} ± {found['error']:.3f} "
        f"(goal 1.0; carried-over ideal points 1.30, carried-over base rates 1.14, own base rates .825); expected "
        f"share of yes {found['yes']:.2f} ({found['low']:.2f}–{found['high']:.2f}), it was {found['was']:.2f}"
    )
    print(
        f"votes: ES-11/1, conditional on the margins: log score {found['given']:.3f} (goal .55; best of "
        "validation.md .532, which was fitted on the vote itself)"
    )


def report_kinds() -> None:
    found = measured(__file__, "kinds")
    for place in ("all", "Ukraine"):
        ways = ", ".join(f"{name} {a:.3f} / {b:.3f} / {c:.3f}" for name, (a, b, c) in found[place].items())
        print(
            f"votes: {found[f'{place} count']} past resolutions of sessions 69–74 ({place}), two sessions ahead, area "
            f"/ area with the absent as not yes / log score given the tally: {ways}"
        )
    weight = ", ".join(f"{name} {share:.2f}" for name, share in found["weight"].items())
    print(
        f"votes: weights by the votes up to 2019: {weight}; steepness {found['steep']:.2f}, usual absence "
        f"{found['usual']:.2f}, the middle {found['torn']:.2f}"
    )


def report_times() -> None:
    for name, goal in (
        ("one", "60 s on two cores; 332 s for a rewrite of the published sampler"),
        ("three", "30 s"),
    ):
        runs = [measured(__file__, name) for _ in range(REPEATS)]
        middle = {
            key: statistics.median(run[key] for run in runs) for key in ("seconds", "busy", "megabytes")
        }
        print(
            f"votes: {runs[0]['what']}, with intervals, two threads, median of {REPEATS}: {middle['seconds']:.1f} s "
            f"(goal {goal}; {middle['busy']:.1f} s of the processor), peak {middle['megabytes']:.0f} MB (goal 2000)"
        )
    found = measured(__file__, "growth")
    times = ", ".join(f"{count} sessions {seconds:.1f} s" for count, seconds in found.items())
    print(f"votes: time of one dimension with intervals, seconds of the processor: {times}")


def report_coverage() -> None:
    found = measured(__file__, "coverage")
    print(
        f"votes: 90 % intervals hold {100 * found['1']:.1f} % of true points in one dimension, "
        f"{100 * found['2']:.1f} % in two (goal 85–95; {found['draws']} simulated panels each)"
    )


def calls() -> Any:
    """The roll calls; two threads, as numba reads that when it is first imported."""
    os.environ["NUMBA_NUM_THREADS"] = "2"
    from tightrope.measure.votes import read_votes

    return read_votes(
        [*(DATA / f"unvotes_{name}.rda" for name in NAMES), DATA / "voeten_resolution_matches.csv"]
    )


def whole(rolls: Any) -> Any:
    """Without session 19 and, from 1990 on, votes on paragraphs and amendments: as the published estimates."""
    import warnings

    import numpy as np
    import rdata

    warnings.simplefilter("ignore")  # rdata says of each R class that it has no constructor
    table = rdata.read_rda(DATA / "unvotes_un_roll_calls.rda")["un_roll_calls"]
    part = (table["para"].fillna(0).to_numpy(int) == 1) | (table["amend"].fillna(0).to_numpy(int) == 1)
    parts = {str(int(number)) for number in table["rcid"][part]}
    late = rolls.date >= np.datetime64("1990-01-01")
    cut = np.array([name in parts for name in rolls.items]) & late
    return rolls.keep(~cut & (rolls.session != 19))


def published(found: Any) -> Any:
    """The published estimates where ours are (T, S), nan elsewhere."""
    import numpy as np

    theirs = np.full(found.mean.shape[:2], np.nan)
    with (DATA / "IdealpointestimatesAll_Apr2020.csv").open(encoding="latin-1") as lines:
        for row in csv.DictReader(lines):
            code, session = code_of(row), int(row["session"])
            if session in found.sessions and code in found.states:
                theirs[found.sessions.index(session), found.states.index(code)] = float(row["IdealPoint"])
    return theirs


def code_of(row: dict[str, str]) -> str:
    """ISO code of a row; both Yemens are YAR there, and Serbia is Yugoslavia to this day."""
    if row["iso3c"] == "YAR":
        return "YEM" if row["ccode"] == "678" else "YMD"
    return "SRB" if row["iso3c"] == "YUG" and int(row["session"]) >= 55 else row["iso3c"]


def fidelity() -> dict:
    import numpy as np

    from tightrope.measure.ideal_points import fit

    rolls = whole(calls())
    began = time.perf_counter()
    found = fit(rolls, draws=400, burn=100, settled=True)
    seconds = time.perf_counter() - began
    ours, theirs = found.mean[..., 0], published(found)
    both = np.isfinite(ours) & np.isfinite(theirs)
    pairs = zip(ours, theirs, both, strict=True)
    within = [np.corrcoef(one[there], other[there])[0, 1] for one, other, there in pairs]
    return {
        "pearson": float(np.corrcoef(ours[both], theirs[both])[0, 1]),
        "within": float(np.median(within)),
        "points": int(both.sum()),
        "seconds": seconds,
    }


def scores(chance: Any, truth: Any) -> list[float]:
    """Accuracy and log loss."""
    import numpy as np

    right = chance[np.arange(len(truth)), truth]
    return [float((chance.argmax(1) == truth).mean()), float(-np.log(np.maximum(right, 1e-6)).mean())]


def cells() -> dict:
    import numpy as np

    rolls = calls().select(sessions=range(65, 75))
    from tightrope.measure import neighbours
    from tightrope.measure.fold import held_out
    from tightrope.measure.forecast import fitted, hidden

    fold = held_out(rolls, 0.1, np.random.default_rng(1))
    near = neighbours.chances(fold.known, fold.row, fold.column)
    found = {"hidden": len(fold.row), "neighbours": scores(near, fold.answer)}
    for dims in (1, 2, 3):
        estimate = fitted(fold.known, dims)
        found[str(dims)] = scores(hidden(estimate, fold.row, fold.column, habits=False), fold.answer)
    found["habit"] = scores(hidden(estimate, fold.row, fold.column), fold.answer)
    return found


def session() -> dict:
    import numpy as np

    rolls = calls().select(sessions=range(64, 75))
    from dataclasses import replace

    from tightrope.measure.fold import divided, newcomers
    from tightrope.measure.forecast import fitted
    from tightrope.measure.revealed import revealed

    known, _, _ = newcomers(rolls, 74, 30, np.random.default_rng(1))
    estimate, found = fitted(known, 3), {}
    for count in (30, 10):
        _, new, shown = newcomers(rolls, 74, count, np.random.default_rng(1))
        rest = divided(new) & ~shown
        truth = 3 - new.choice[rest].astype(int)
        for name, asked in ((f"{count}", new), (f"plain {count}", replace(new, title=("",) * len(new)))):
            chance = revealed(estimate, asked, shown, np.random.default_rng(2))
            found[name] = scores(chance[rest], truth)
    return found


def newcomer() -> dict:
    import numpy as np

    rolls = calls().known_by("2019-12-31")
    from tightrope.measure.forecast import fitted
    from tightrope.measure.kind import INTERVENTION
    from tightrope.measure.newcomer import levels
    from tightrope.measure.stack import new_sorting

    draw = np.random.default_rng(1)
    level = levels(rolls, INTERVENTION, draw)
    estimate = fitted(rolls.select(sessions=range(64, 75)), 3)
    with (DATA / "es11_votes.csv").open(encoding="utf-8") as lines:
        votes = {row["iso3"]: row["vote"] for row in csv.DictReader(lines) if row["res"] == "ES-11/1"}
    place = np.array([at for at, state in enumerate(estimate.known.states) if state in votes])
    names = ("no", "abstain", "yes", "absent")
    truth = np.array([names.index(votes[estimate.known.states[at]]) for at in place])
    who = new_sorting(rolls, estimate, np.datetime64("2022-03-02")).of(place)
    unknown, tally = who.over(level), np.bincount(truth, minlength=4).astype(float)
    losses, given = loss(unknown, truth), loss(who.given(tally), truth)
    took_part = truth < 3
    share = np.quantile(level[:, 2], (0.05, 0.95))
    return {
        "voting": int(took_part.sum()),
        "area": area(who.lean[took_part], truth[took_part] == 2),
        "area_all": area(unknown[:, 2], truth == 2),
        "unknown": float(losses.mean()),
        "error": float(losses.std(ddof=1) / len(losses) ** 0.5),
        "given": float(given.mean()),
        "yes": float(level[:, 2].mean()),
        "low": float(share[0]),
        "high": float(share[1]),
        "was": float((truth == 2).mean()),
    }


def kinds() -> dict:
    """The rule that weighs kinds, on past votes alone: each predicted two sessions ahead, weighed by those before."""
    import numpy as np

    rolls = calls().known_by("2019-12-31")
    from tightrope.measure.stack import stacked
    from tightrope.measure.trial import joined, trials

    lag, names, scored = 2, ("own", "region", "force", "conduct"), []
    past = trials(rolls, lag)
    rule = {}
    for trial in (each for each in past if each.session >= 69):
        last = trial.session - lag
        if last not in rule:
            rule[last] = stacked([each for each in past if each.session <= last], len(names), last)
        ways = {name: trial.rungs[at] for at, name in enumerate(names)}
        ways["even"] = joined(trial.rungs, np.full(len(names), 1 / len(names)), 1.0)
        ways["rule"] = rule[last].of(trial.rungs)
        scored.append((trial.place, {name: past_scores(said, trial) for name, said in ways.items()}))
    now = stacked(past, len(names), 74)
    found: dict[str, Any] = {
        "weight": dict(zip(names, now.weight.tolist(), strict=True)),
        "steep": now.steep,
        "usual": now.usual,
        "torn": now.torn,
    }
    for place in ("all", "Ukraine"):
        some = [scores for about, scores in scored if place in ("all", about)]
        found[place] = {name: np.mean([each[name] for each in some], axis=0).tolist() for name in some[0]}
        found[f"{place} count"] = len(some)
    return found


def past_scores(said: Any, trial: Any) -> list[float]:
    """Area among those that voted, area with the absent as not yes, log score; conditional on the margins."""
    from tightrope.measure.stack import score

    voted, yes = trial.answer < 3, trial.answer == 2
    return [
        area(said.lean[voted], yes[voted]),
        area(said.given(trial.tally)[:, 2], yes),
        score(said, trial),
    ]


def loss(chance: Any, truth: Any) -> Any:
    """−log of what was given to the truth, clipped at .001 as validation.md declares."""
    import numpy as np

    return -np.log(np.clip(chance[np.arange(len(truth)), truth], 1e-3, 1))


def area(score: Any, yes: Any) -> float:
    """Share of pairs of a yes and another in which the yes has the higher score; ties count half."""
    higher = score[yes][:, None] > score[~yes][None]
    equal = score[yes][:, None] == score[~yes][None]
    return float((higher + 0.5 * equal).mean())


def timed(what: str, first: int, dims: int) -> dict:
    rolls = calls()
    from tightrope.measure.ideal_points import fit

    some, anchors = rolls.select(sessions=range(first, 75)), ("USA", "RUS")
    fit(rolls.select(sessions=(74,)), dims, anchors, draws=2, burn=1)  # compiles, or loads what was compiled
    began, busy = time.perf_counter(), time.process_time()
    fit(some, dims, anchors)
    return {
        "what": f"{what} ({some.votes} votes)",
        "seconds": time.perf_counter() - began,
        "busy": time.process_time() - busy,
        "megabytes": peak_megabytes(),
    }


def one() -> dict:
    return timed("sessions 46–74, one dimension", 46, 1)


def three() -> dict:
    return timed("sessions 65–74, three dimensions", 65, 3)


def growth() -> dict:
    return {str(count): timed("", 75 - count, 1)["busy"] for count in (10, 20, 30)}


def coverage() -> dict:
    sys.path.insert(0, str(ROOT))
    import numpy as np
    from tests.measure.simulated import simulated

    from tightrope.measure.ideal_points import fit
    from tightrope.measure.identify import turned

    found, draws = {}, 10
    for dims in (1, 2):
        inside = []
        for seed in range(draws):
            truth = simulated(seed, sessions=5, states=50, each=40, dims=dims)
            made = fit(truth.rolls, dims, ("S00", "S01"), seed=seed)
            true = truth.point @ turned(truth.point, made.mean, np.ones(made.mean.shape[:2], bool))
            inside.append(float(((made.p05 <= true) & (true <= made.p95)).mean()))
        found[str(dims)] = statistics.mean(inside)
    return {**found, "draws": draws}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        ways = (fidelity, cells, session, kinds, newcomer, one, three, growth, coverage)
        answer({way.__name__: way for way in ways})
    else:
        main()
