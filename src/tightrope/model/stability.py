"""Stage 3, domestic order: two groups join as others join, up to a tipping point (map 7).

m' = σ((h + J m) / τ), iterated from where the groups stand; groups: mass, elite.

Sources: Granovetter 1978 with logistic thresholds, which is Brock & Durlauf 2001.
"""

from __future__ import annotations

from math import exp

import numpy as np

from tightrope.model.choice import Array, Index, logistic, logit
from tightrope.model.state import GROUPS, Change, Flow, Month, Setting, State

TOLERANCE = 1e-10
LIMIT = 300
FEW = 64
# Newton's step is taken where a round moves less than NEAR, the map is INVERTIBLE, and the step below FAR.
NEAR, INVERTIBLE, FAR = 3e-2, 3e-3, 0.1


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
    result = level.copy()
    moving = np.arange(level.shape[1])
    now, h = level, np.clip(pull / temperature, -600.0, 600.0)  # beyond, exp overflows and nothing changes
    j = np.broadcast_to(coupling / temperature, (*coupling.shape[:2], level.shape[1]))
    for done in range(1, LIMIT + 1):
        after = _round(now, h, j)
        going = np.abs(after - now).max(axis=0) > TOLERANCE
        result[:, moving] = after
        count = int(np.count_nonzero(going))
        if count < 0.7 * len(going):
            moving, h, j, after = moving[going], h[:, going], j[:, :, going], after[:, going]
        if count <= FEW:
            return result, _finish(result, moving, h, j, LIMIT - done)
        now = after
    return result, count


def _finish(result: Array, moving: Index, pull: Array, coupling: Array, rounds: int) -> int:
    """The same rounds for the last few columns, one at a time: array calls would cost more than they do."""
    unsettled = 0
    columns = zip(moving.tolist(), pull.T.tolist(), coupling.transpose(2, 0, 1).tolist(), strict=True)
    for place, h, (j_mass, j_elite) in columns:
        mass, elite = result[:, place].tolist()
        for _ in range(rounds):
            move_mass, move_elite = _move(mass, elite, h, j_mass, j_elite)
            mass, elite = mass + move_mass, elite + move_elite
            if -TOLERANCE <= move_mass <= TOLERANCE and -TOLERANCE <= move_elite <= TOLERANCE:
                break
        else:
            unsettled += 1
        result[:, place] = mass, elite
    return unsettled


def _move(
    mass: float, elite: float, h: list[float], j_mass: list[float], j_elite: list[float]
) -> tuple[float, float]:
    """`_round` of one column: how far both groups move."""
    first = 1.0 / (1.0 + exp(-(h[0] + j_mass[0] * mass + j_mass[1] * elite)))
    second = 1.0 / (1.0 + exp(-(h[1] + j_elite[0] * mass + j_elite[1] * elite)))
    gap_mass, gap_elite = first - mass, second - elite
    if not (-NEAR < gap_mass < NEAR and -NEAR < gap_elite < NEAR):
        return gap_mass, gap_elite
    slope_mass, slope_elite = first * (1.0 - first), second * (1.0 - second)
    a, b = 1.0 - slope_mass * j_mass[0], slope_mass * j_mass[1]
    c, d = slope_elite * j_elite[0], 1.0 - slope_elite * j_elite[1]
    determinant = a * d - b * c
    if determinant <= INVERTIBLE or a <= 0:
        return gap_mass, gap_elite
    move_mass = (d * gap_mass + b * gap_elite) / determinant
    move_elite = (c * gap_mass + a * gap_elite) / determinant
    if -FAR < move_mass < FAR and -FAR < move_elite < FAR:
        return move_mass, move_elite
    return gap_mass, gap_elite


def _round(now: Array, pull: Array, coupling: Array) -> Array:
    """One round of the map, or a Newton step where the next fixed point is near; all divided by τ before.

    The iteration climbs (or descends) monotonically to the next root. Newton's step is taken where a
    round moves little (NEAR) and I - f' is still invertible with the right sign: there the tangent
    meets the diagonal on this side of the root, or so little beyond it that the basin stays the same.
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
    safe = (determinant > INVERTIBLE) & (a > 0) & (np.abs(gap).max(axis=0) < NEAR)
    determinant[~safe] = 1.0
    move = np.stack([d * gap[0] + b * gap[1], c * gap[0] + a * gap[1]])
    move /= determinant
    safe &= np.abs(move).max(axis=0) < FAR
    return now + np.where(safe, move, gap)


def settled(level: Array, pull: Array, setting: Setting) -> tuple[Array, int]:
    """`settle` for all deciders and runs of a chunk: (2, N, R) in and out."""
    coupling, spread = columns(setting, pull.shape[1])
    found, unsettled = settle(level.reshape(len(GROUPS), -1), pull.reshape(len(GROUPS), -1), coupling, spread)
    return found.reshape(pull.shape), unsettled


def columns(setting: Setting, deciders: int) -> tuple[Array, Array]:
    """J and τ of every decider and run, one column each: (2, 2, N·R) and (N·R,)."""
    coupling = np.array(
        [
            [setting["mass_coupling"], setting["elite_to_mass"]],
            [setting["mass_to_elite"], setting["elite_coupling"]],
        ]
    )
    return np.tile(coupling, deciders), np.tile(setting["threshold_spread"], deciders)


def group_pulls(hardship: Array, troops: Array, flow: Flow, setting: Setting) -> Array:
    """The pulls h of mass and elite without passing grievance (2, N, R).

    h_mass = a0 + a_π hardship + a_f fuel step (1 - η cap) - a_c cap - a_r repression;
    h_elite = b0 - b_r rents - b_W (1 - W/S) - b_I troops - purge; b_m m_mass is the coupling's part.
    """
    figures, cap = setting.figures, flow["price_cap"]
    felt = setting["price_grievance"] * hardship
    fuel = setting["fuel_grievance"] * flow["fuel_step"] * (1.0 - setting["cap_strength"] * cap)
    relief = setting["cap_relief"] * cap + setting["repression_effect"] * figures["repression"]
    mass = setting["mass_pull"] + figures["calm"] + felt + fuel - relief
    closed = setting["selectorate_effect"] * (1.0 - figures["selectorate_ratio"])
    held = setting["rents_effect"] * figures["rents"] + setting["troops_effect"] * troops
    elite = setting["elite_pull"] - closed - held - setting["purge_effect"] * figures["purge"]
    return np.stack([mass, elite])


def stability(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """Move grievance, let both groups settle, and flag an emergency: mass defection crossing one half.

    Passing grievance g adds to the pull of the masses: it forgets, is shocked, and is spent in the streets.
    Flow: `emergency` 1 in the month of crossing (N, R); `unsettled` columns not settled (1,).
    """
    grievance = setting["grievance_memory"] * state.grievance + setting["grievance_sd"] * month.normal(
        "grievance"
    )
    grievance = grievance - setting["exhaustion"] * state.defection[0]
    pull = group_pulls(state.hardship, state.troops, flow, setting)
    pull[0] += grievance
    defection, unsettled = settled(state.defection, pull, setting)
    crossing = np.where((defection[0] > 0.5) & (state.defection[0] <= 0.5), 1.0, 0.0)
    return Change(
        state={"defection": defection, "grievance": grievance},
        flow={"emergency": crossing, "unsettled": np.array([float(unsettled)])},
    )
