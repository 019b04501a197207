"""Stage 3, domestic order: two groups join as others join, up to a tipping point (map 7).

m' = σ((h + J m) / τ), iterated from where the groups stand; groups: mass, elite.

Sources: Granovetter 1978 with logistic thresholds, which is Brock & Durlauf 2001.
"""

from __future__ import annotations

from math import exp

import numpy as np

from tightrope.kernel import chosen
from tightrope.model.choice import Array, Boolean, Index, logistic, logit
from tightrope.model.state import GROUPS, Change, Flow, Month, Setting, State
from tightrope.model.stream import CHUNK

TOLERANCE = 1e-10
LIMIT = 300
# After so many rounds in arrays the few columns that still move are finished one by one.
TOGETHER = 30
# Newton's step is taken where a round moves less than NEAR, the map is INVERTIBLE, and the step below FAR.
NEAR, INVERTIBLE, FAR = 0.1, 3e-3, 0.2
# A bound on half the map's second derivative, times what its inverse adds: the error that a Newton step leaves.
CURVATURE = 6.0
LIMITS = (TOLERANCE, NEAR, INVERTIBLE, FAR, CURVATURE)
compiled = chosen("tightrope.model.fast")
# Beyond this many τ a group is all in or all out, and the exponential must not overflow.
EXTREME = 600.0


def joining(level: Array, pull: Array, coupling: Array, temperature: Array) -> Array:
    """One round of the map: σ((h + J m)/τ).

    Shapes: `level` m and `pull` h (G, M), `coupling` J (G, G, M) or (G, G, 1), `temperature` (M,).
    """
    drive = pull.copy()
    for group in range(level.shape[0]):
        drive += coupling[:, group] * level[group]
    return logistic(drive / temperature)


def tipping_point(coupling: Array, temperature: Array) -> Array:
    """The pull h* at which one group tips: τ logit(m₋) - J m₋, m₋ = ½ (1 - √(1 - 4τ/J)).

    NaN where J < 4τ: there the map has one root and nothing tips.
    """
    with np.errstate(invalid="ignore"):
        low = 0.5 * (1.0 - np.sqrt(1.0 - 4.0 * temperature / coupling))
        point: Array = temperature * logit(low) - coupling * low
    return point


def settle(level: Array, pull: Array, coupling: Array, temperature: Array) -> tuple[Array, int]:
    """Iterate the map from `level` to its next fixed point, to 1e-10 or 300 rounds.

    Shapes: `level` and `pull` (2, M), `coupling` (2, 2, M) or (2, 2, 1), `temperature` (M,). Returns the
    fixed point (2, M) and how many columns had not settled after 300 rounds. Columns that have settled
    leave the iteration.
    """
    found, unsettled = _iterated(level, pull, coupling, temperature)
    return found, int(np.count_nonzero(unsettled))


def _iterated(level: Array, pull: Array, coupling: Array, temperature: Array) -> tuple[Array, Boolean]:
    """`settle`, saying which columns had not settled (M,). A column's bits do not hang on what lies beside it."""
    h = np.clip(pull / temperature, -EXTREME, EXTREME)
    j = np.broadcast_to(coupling / temperature, (*coupling.shape[:2], level.shape[1]))
    if compiled is not None:
        found: tuple[Array, Boolean] = compiled.settle(level, h, j, LIMITS, LIMIT)
        return found
    result, now = level.copy(), level
    moving = np.arange(level.shape[1])
    for _ in range(TOGETHER):
        now, going = _round(now, h, j)
        count = int(np.count_nonzero(going))
        if count < 0.7 * len(going):
            result[:, moving] = now
            moving, h, j, now = moving[going], h[:, going], j[:, :, going], now[:, going]
            going = np.ones(count, bool)
        if not count:
            break
    result[:, moving] = now
    return result, _finish(result, moving[going], h[:, going], j[:, :, going])


def _round(now: Array, pull: Array, coupling: Array) -> tuple[Array, Boolean]:
    """One round of the map, or a Newton step where the next fixed point is near; all divided by τ before.

    The iteration climbs (or descends) monotonically to the next root. Newton's step is taken where a
    round moves little (NEAR) and I - f' is still invertible with the right sign: there the tangent
    meets the diagonal on this side of the root, or so little beyond it that the basin stays the same.
    Returns where the columns are and which still move: what is left after a Newton step is about its
    square over the determinant, so that no further round is needed to see that it is below 1e-10.
    """
    after = np.empty_like(now)
    for group in (0, 1):
        drive = coupling[group, 0] * now[0]
        drive += coupling[group, 1] * now[1]
        drive += pull[group]
        np.exp(np.negative(drive, out=drive), out=drive)
        drive += 1.0
        np.reciprocal(drive, out=after[group])
    gap = after - now
    slope = after - after * after
    a, b = 1.0 - slope[0] * coupling[0, 0], slope[0] * coupling[0, 1]
    c, d = slope[1] * coupling[1, 0], 1.0 - slope[1] * coupling[1, 1]
    determinant = a * d
    determinant -= b * c
    size = np.maximum(np.abs(gap[0]), np.abs(gap[1]))
    safe = (determinant > INVERTIBLE) & (a > 0) & (size < NEAR)
    determinant[~safe] = 1.0
    mass, elite = d * gap[0], c * gap[0]
    mass += b * gap[1]
    elite += a * gap[1]
    mass /= determinant
    elite /= determinant
    step = np.maximum(np.abs(mass), np.abs(elite))
    safe &= step < FAR
    np.copyto(gap[0], mass, where=safe)
    np.copyto(gap[1], elite, where=safe)
    gap += now
    step *= step
    step *= CURVATURE
    step /= determinant
    np.copyto(size, step, where=safe)
    return gap, size > TOLERANCE


def _finish(result: Array, moving: Index, pull: Array, coupling: Array) -> Boolean:
    """The rounds left for the last few columns, one at a time: array calls would cost more than they do."""
    unsettled = np.zeros(result.shape[1], bool)
    columns = zip(moving.tolist(), pull.T.tolist(), coupling.transpose(2, 0, 1).tolist(), strict=True)
    for place, (h_mass, h_elite), ((mm, me), (em, ee)) in columns:
        mass, elite = result[:, place].tolist()
        for _ in range(LIMIT - TOGETHER):
            first = 1.0 / (1.0 + exp(-(h_mass + mm * mass + me * elite)))
            second = 1.0 / (1.0 + exp(-(h_elite + em * mass + ee * elite)))
            up, over = first - mass, second - elite
            left = max(abs(up), abs(over))
            if left < NEAR:
                first, second = first * (1.0 - first), second * (1.0 - second)
                a, d = 1.0 - first * mm, 1.0 - second * ee
                determinant = a * d - first * me * second * em
                if determinant > INVERTIBLE and a > 0:
                    newton = (
                        (d * up + first * me * over) / determinant,
                        (second * em * up + a * over) / determinant,
                    )
                    step = max(abs(newton[0]), abs(newton[1]))
                    if step < FAR:
                        (up, over), left = newton, CURVATURE * step * step / determinant
            mass, elite = mass + up, elite + over
            if left <= TOLERANCE:
                break
        else:
            unsettled[place] = True
        result[:, place] = mass, elite
    return unsettled


def settled(level: Array, pull: Array, setting: Setting) -> tuple[Array, Array]:
    """`settle` for all deciders and runs: (2, N, R) in and out, and how many had not settled in each chunk."""
    coupling, spread = columns(setting, pull.shape[1])
    now, h = (values.reshape(len(GROUPS), -1) for values in (level, pull))
    found, unsettled = _iterated(now, h, coupling, spread)
    by_run = unsettled.reshape(pull.shape[1:]).sum(axis=0)
    counts = np.add.reduceat(by_run, range(0, len(by_run), CHUNK)).astype(float)
    return found.reshape(pull.shape), counts


def columns(setting: Setting, deciders: int) -> tuple[Array, Array]:
    """J and τ of every decider and run, one column each: (2, 2, N·R) and (N·R,)."""
    coupling = np.array(
        [
            [setting["mass_coupling"], setting["elite_to_mass"]],
            [setting["mass_to_elite"], setting["elite_coupling"]],
        ]
    )
    return np.tile(coupling, deciders), np.tile(setting["threshold_spread"], deciders)


def group_pulls(state: State, flow: Flow, setting: Setting) -> Array:
    """The pulls h of mass and elite without passing grievance (2, N, R).

    h_mass = a0 + a_π hardship + a_f fuel step (1 - η cap) + a_i inequality + a_n minority · rupture
             - a_c cap - a_r repression - concessions;
    h_elite = b0 - b_r rents - b_W (1 - W/S) - b_I troops - purge; b_m m_mass is the coupling's part.
    Inequality counts from `inequality_reference` percent in tens; rupture with the target frightens where people
    look to it.
    """
    figures, cap = setting.figures, np.maximum(flow["price_cap"], state.capped > 0)
    felt = setting["price_grievance"] * state.hardship
    fuel = setting["fuel_grievance"] * flow["fuel_step"] * (1.0 - setting["cap_strength"] * cap)
    unequal = (
        setting["inequality_grievance"] * (figures["inequality"] - setting["inequality_reference"]) / 10.0
    )
    broken = setting["north_grievance"] * figures["minority"]
    held_down = setting["repression_effect"] * (figures["repression"] + state.repressed)
    relief = setting["cap_relief"] * cap + held_down + state.conceded
    mass = setting["mass_pull"] + figures["calm"] + felt + fuel + unequal + broken * state.rupture - relief
    closed = setting["selectorate_effect"] * (1.0 - figures["selectorate_ratio"])
    held = setting["rents_effect"] * figures["rents"] + setting["troops_effect"] * state.troops
    elite = setting["elite_pull"] - closed - held - setting["purge_effect"] * state.purged
    return np.stack([mass, elite])


def stability(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Move grievance, let both groups settle, and flag an emergency: mass defection crossing one half.

    Passing grievance g adds to the pull of the masses: it forgets, is shocked, and is spent in the streets.
    Flow: `emergency` 1 in the month of crossing (N, R); `unsettled` columns not settled, by
    chunk (chunks,); `pull_mass` the pull
    of the masses (N, R).
    """
    grievance = setting["grievance_memory"] * state.grievance + setting["grievance_sd"] * month.normal(
        "grievance"
    )
    grievance = grievance - setting["exhaustion"] * state.defection[0]
    pull = group_pulls(state, flow, setting)
    pull[0] += grievance
    defection, unsettled = settled(state.defection, pull, setting)
    crossing = np.where((defection[0] > 0.5) & (state.defection[0] <= 0.5), 1.0, 0.0)
    return Change(
        state={"defection": defection, "grievance": grievance},
        flow={"emergency": crossing, "unsettled": unsettled, "pull_mass": pull[0]},
    )
