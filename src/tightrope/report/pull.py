"""Which accounts moved a share: the difference between two results with the same draws, in points, without remainder.

A share is s_p = e^{h_p} / Σ_q e^{h_q}, and h_p a sum over accounts f (`why_leaning`). With the logarithmic mean
L(a, b) = (a - b) / (ln a - ln b), taken of the shares before and after, and w_q = L_q / Σ L,

    Δs_p = L_p Σ_f [ Δh_pf - Σ_q w_q Δh_qf ],

in every run exactly, whatever is added to all h_q alike. L_p (1 - w_p) Δh_pf is what the pole itself brings, the rest
what the others bring. These are the weights of index decomposition (Ang 2005).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tightrope.engine.result import Result
from tightrope.model.choice import Array
from tightrope.report.series import shares
from tightrope.report.why import ACCOUNTS

# Each account in the few words of a headline.
BRIEFLY = {
    "baseline": "where it started",
    "economy": "trade and offers",
    "security": "protection and threats",
    "autonomy": "own strength",
    "principle": "voting alike",
    "risk": "spread of risk",
    "anchor": "unobserved pulls",
}
# So much of what speaks for a change is its chief reason.
CHIEF = 0.5
# Logarithms of two shares that differ by less are the same.
ALIKE = 1e-6


@dataclass(frozen=True)
class Part:
    """What one account moved a share by, points: mean, 5 to 95 % of runs; `own` and `others` make up the mean."""

    account: str
    words: str
    mean: float
    low: float
    high: float
    own: float
    others: float


@dataclass(frozen=True)
class Pull:
    """A share in the last month, percent, now and before, and what moved it by how many points, in a few words too."""

    id: str
    title: str
    share: float
    before: float
    total: float
    parts: tuple[Part, ...]
    chief: str


def pulls(result: Result, base: Result) -> tuple[Pull, ...]:
    """What moved each share of the focus state from one result to another of the same runs."""
    names, accounts = result.axes["pole"], result.axes["account"]
    now, was = of_runs(result), of_runs(base)
    own, others = split(now, was)
    last, first = (100.0 * np.exp(logs(each)).mean(axis=1) for each in (now, was))
    return tuple(
        Pull(
            name.lower(),
            one.title,
            float(last[row]),
            float(first[row]),
            float(last[row] - first[row]),
            _parts(accounts, own[row], others[row]),
            chief(accounts, own[row].mean(axis=1), others[row].mean(axis=1)),
        )
        for row, (name, one) in enumerate(zip(names, shares(result), strict=True))
    )


def chiefs(result: Result, base: Result) -> tuple[str, ...]:
    """The chief reason of each share's change in a few words, in the order of the poles; empty where nothing moved."""
    if result is base:
        return ("",) * len(result.axes["pole"])
    own, others = (each.mean(axis=2) for each in split(of_runs(result), of_runs(base)))
    return tuple(chief(result.axes["account"], *each) for each in zip(own, others, strict=True))


def of_runs(result: Result) -> Array:
    """What each account adds to the log of each share, (P+1, F, R)."""
    return result.arrays["why_leaning"].astype(float)


def logs(rows: Array) -> Array:
    """Logarithms of the shares that accounts (P+1, F, R) lead to, (P+1, R); a share itself may be too small to tell."""
    found: Array = rows.sum(axis=1)
    found -= found.max(axis=0)
    found -= np.log(np.exp(found).sum(axis=0))
    return found


def split(now: Array, was: Array) -> tuple[Array, Array]:
    """What each account moved each share by, points (P+1, F, R): by the pole itself, and by the others."""
    mean = between(logs(now), logs(was))
    weight = mean / mean.sum(axis=0)
    change = now - was
    all_ = np.einsum("qr,qfr->fr", weight, change)
    mean, weight = 100.0 * mean[:, None], weight[:, None]
    itself = mean * (1.0 - weight) * change
    return itself, mean * (weight * change - all_)


def between(one: Array, other: Array) -> Array:
    """The logarithmic mean of two shares by their logarithms: a (1 - e^-x) / x of x = ln(a / b), a the larger.

    >>> between(np.log([0.5, 0.2, 0.1]), np.log([0.5, 0.1, 0.2])).round(4)
    array([0.5   , 0.1443, 0.1443])
    """
    gap = np.abs(one - other)
    alike = gap < ALIKE
    mean: Array = np.exp(np.maximum(one, other)) * np.where(
        alike, 1.0, -np.expm1(-gap) / np.where(alike, 1.0, gap)
    )
    return mean


def _parts(accounts: Sequence[str], own: Array, others: Array) -> tuple[Part, ...]:
    """Rows of one pole; accounts that changed nothing in any run are left out."""
    found = []
    for name, itself, rest in zip(accounts, own, others, strict=True):
        whole = itself + rest
        if not np.any(whole):
            continue
        low, high = (float(each) for each in np.quantile(whole, (0.05, 0.95)))
        words = ACCOUNTS["leaning"][name]
        found.append(
            Part(name, words, float(whole.mean()), low, high, float(itself.mean()), float(rest.mean()))
        )
    return tuple(found)


def chief(accounts: Sequence[str], own: Array, others: Array) -> str:
    """Why a share changed, in a few words: the largest of what speaks for the change, two where none is half of it.

    >>> chief(["economy", "risk"], np.array([2.0, -0.5]), np.array([0.5, 0.0]))
    'chiefly trade and offers'
    """
    whole = own + others
    along = whole * np.sign(whole.sum())
    order = [int(place) for place in np.argsort(-along) if along[place] > 0.0]
    if not order:
        return ""
    said = [_briefly(accounts[place], float(own[place]), float(others[place])) for place in order[:2]]
    if len(said) < 2 or along[order[0]] >= CHIEF * along[order].sum():
        return f"chiefly {said[0]}"
    return f"by {said[0]}, and by {said[1]}"


def _briefly(account: str, own: float, others: float) -> str:
    words = BRIEFLY[account]
    return f"the others’ {words}" if abs(others) > abs(own) else words
