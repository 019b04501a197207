"""Stage 3, the twin of the unrest map: the same unrest as a global game with public and private signals (equation 8).

θ* = Φ((α/√β)(θ* - z) - √(1 + α/β) Φ⁻¹(c)),   P(fall) = Φ(√α (θ* - z))

Strength θ ~ N(z, 1/α) of the order at home is what share of the people must attack for it to fall; each sees it
with noise of precision β and attacks where the chance that it falls exceeds the cost c. No memory and no tipping
from month to month: a second structure beside map (7), so that what hangs on the map can be told from what does not.

Sources: Morris & Shin 2003; Angeletos, Hellwig & Pavan 2007, the static benchmark; Edmond 2013, there with propaganda.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr, ndtri  # type: ignore[import-untyped]

from tightrope.errors import ModelError
from tightrope.model.choice import Array, ArrayLike, logistic
from tightrope.model.occasion import Occasion
from tightrope.model.stability import group_pulls
from tightrope.model.state import Change, Flow, Month, Setting, State

TOLERANCE = 1e-14
LIMIT = 100
# One threshold for every prior iff α/√β is at most this: the normal density is at most 1/√(2π).
UNIQUE = float(np.sqrt(2.0 * np.pi))


def attack(threshold: Array, prior: Array, public: ArrayLike, private: ArrayLike, cost: ArrayLike) -> Array:
    """The right-hand side of (8): who attacks at strength θ* if all expect the order to fall below θ*, 0 to 1."""
    slope = public / np.sqrt(private)
    mass: Array = ndtr(slope * (threshold - prior) - np.sqrt(1.0 + public / private) * ndtri(cost))
    return mass


def fixed_point(prior: Array, public: Array, private: Array, cost: Array) -> Array:
    """θ*: the strength below which the order falls, by Newton's steps kept between 0 and 1 by halving; as `prior`.

    Raises:
        ModelError: signals leave more than one threshold, α/√β > √(2π).
    """
    slope = np.broadcast_to(public / np.sqrt(private), prior.shape)
    if (slope > UNIQUE).any():
        raise ModelError(
            f"public_precision / sqrt(private_precision) is {slope.max():.3g} in some run, and above {UNIQUE:.4g} "
            "unrest has several equilibria; lower the first or raise the second"
        )
    low, high = np.zeros_like(prior), np.ones_like(prior)
    point = np.full_like(prior, 0.5)
    for _ in range(LIMIT):
        mass = attack(point, prior, public, private, cost)
        gap = mass - point
        low, high = np.where(gap > 0, point, low), np.where(gap < 0, point, high)
        # Φ' = φ(Φ⁻¹(mass)), so that no argument is computed twice.
        with np.errstate(divide="ignore", invalid="ignore"):
            density = np.exp(-0.5 * ndtri(mass) ** 2) / UNIQUE
            newton = gap / (1.0 - slope * density)
        there = (np.abs(newton) <= TOLERANCE) | (high - low <= TOLERANCE)
        if there.all():
            break
        after = point + newton
        halved = np.where((after > low) & (after < high), after, 0.5 * (low + high))
        point = np.where(there, point, halved)
    return point


def fall(threshold: Array, prior: Array, public: ArrayLike) -> Array:
    """P(fall) = Φ(√α (θ* - z)): how likely strength is below the threshold."""
    risk: Array = ndtr(np.sqrt(public) * (threshold - prior))
    return risk


def marginal_signal(threshold: Array, prior: Array, public: Array, private: Array, cost: Array) -> Array:
    """x*: the signal at which a citizen is just ready to attack, P(θ < θ* | x*) = c."""
    total = public + private
    signal: Array = (total * threshold - public * prior - np.sqrt(total) * ndtri(cost)) / private
    return signal


def prior_strength(state: State, flow: Flow, setting: Setting) -> Array:
    """z: how strong order at home is publicly held to be, in shares of the people, (N, R) or (M,).

    `twin_strength` - `twin_scale` (h_mass - a0) - `twin_elite` × the part of the elite that would go without being
    carried by the masses, σ(h_elite / τ). The same pulls as in map (7), a0 being its constant.
    """
    alone = logistic(group_pulls(state, flow, setting)[1] / setting["threshold_spread"])
    pull = flow["pull_mass"] - setting["mass_pull"]
    strength: Array = setting["twin_strength"] - setting["twin_scale"] * pull - setting["twin_elite"] * alone
    return strength


def twin(state: State, flow: Flow, setting: Setting, month: Month) -> Change:
    """The monthly risk of unrest by the global game; where `unrest_by_twin` is above 0, unrest itself.

    Flow: `twin_risk` of the focus actor (1, R). Where it decides, `emergency` is drawn anew (N, R) in states that
    were calm, the draw being the strength θ itself: mass defection becomes who attacks at it. People whom the map
    alone would have brought out stay below one half.
    """
    runs = np.arange(flow["pull_mass"].shape[-1])
    mine = Occasion(np.full_like(runs, setting.focus), runs, np.zeros(len(runs)), flow["pull_mass"].shape)
    here = mine.setting(setting)
    prior = prior_strength(mine.state(state), mine.flow(flow), here)
    _, risk = _risk(prior, here)
    risks = {"twin_risk": risk[None]}
    ruled = setting["unrest_by_twin"] > 0
    if not ruled.any():
        return Change(flow=risks)
    prior = prior_strength(state, flow, setting)
    threshold, risk = _risk(prior, setting)
    lot = month.uniform("twin")
    calm = (state.defection[0] <= 0.5) | (flow["emergency"] > 0)
    falls = calm & (lot < risk)
    mass = np.where(falls, _attackers(lot, threshold, prior, setting), state.defection[0])
    mass = np.where(calm & ~falls, np.minimum(mass, 0.5), mass)
    defection = state.defection.copy()
    defection[0] = np.where(ruled, mass, defection[0])
    emergency = np.where(ruled, falls.astype(float), flow["emergency"])
    return Change(state={"defection": defection}, flow={**risks, "emergency": emergency})


def _signals(setting: Setting) -> tuple[Array, Array, Array]:
    return setting["public_precision"], setting["private_precision"], setting["attack_cost"]


def _risk(prior: Array, setting: Setting) -> tuple[Array, Array]:
    public, private, cost = _signals(setting)
    threshold = fixed_point(prior, public, private, cost)
    return threshold, fall(threshold, prior, public)


def _attackers(lot: Array, threshold: Array, prior: Array, setting: Setting) -> Array:
    """Who attacks at the strength that a uniform draw stands for, θ = z + Φ⁻¹(u)/√α: Φ(√β (x* - θ))."""
    public, private, cost = _signals(setting)
    strength = prior + ndtri(lot) / np.sqrt(public)
    signal = marginal_signal(threshold, prior, public, private, cost)
    mass: Array = ndtr(np.sqrt(private) * (signal - strength))
    return mass
