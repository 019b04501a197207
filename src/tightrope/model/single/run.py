"""What travels through the compiled month in bundles, so that a function takes the few that it needs by name.

N deciders, P poles, E entities, K kinds of act, I votes on the calendar, M months, R runs, which lie side by side in B
blocks of L = `lanes.WIDTH`. Rows are those of `layout`. In the loop most numbers are lanes, one of each run of a block.
Compiled code takes a bundle apart at every call: none holds much more than what is used together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tightrope.model.choice import Array

Stored = npt.NDArray[Any]

# In a month of a block of runs, or of one of them.


class Who(NamedTuple):
    """The parties: target and sanctioner by place among the poles, focus actor among the deciders; the organ's code."""

    target: int
    sanctioner: int
    focus: int
    organ: int


class Now(NamedTuple):
    """How runs stand in a month, and what their deciders are like."""

    month: int
    p: Any  # parameters, by name
    s: Array  # state (rows, N)
    flow: Array  # quantities of the month (rows, N)
    f: Array  # figures (rows, N)
    share: Array  # alignment (P + 1, N), own strength last
    tied: Array  # how far each pole is tied down (P,)
    world: Array  # quantities of the world (rows,)
    shock: Array  # shocks of the month (rows, N)


class Poles(NamedTuple):
    """What poles are and offer, and what leaning to them is worth apart from that."""

    fp: Array  # figures with deciders (rows, P, N)
    q: Array  # figures of their own (rows, P)
    anchor: Array  # usual leaning (P + 1, N)
    steady: Array  # what months do not change of the reward of leaning (P + 1, N)
    cov: Array  # risk (P + 1, P + 1)
    offer: Array  # this month's offers (P, N)
    after: Array  # the shares that the month leads to (P + 1, N)


class Given(NamedTuple):
    """The calendar."""

    states: Array  # by decider (rows, M, N)
    poles: Array  # by pole (rows, M, P)


class Land(NamedTuple):
    """The entities that want to be states."""

    recognised: Array  # by decider, 0 or 1 (E, N)
    after: Array  # the same after this month (E, N)
    first: Array  # the same at the start (E, N)
    stated: Array  # what deciders have said (E, N)
    own: Array  # 1 where it is the decider's own land (E, N)
    poles: Array  # 1 where a pole recognises (P, E)
    parent: Array  # 1 where a pole is what it breaks away from (P, E)
    recognisers: Array  # how many recognise it at the start (E,)


class Menu(NamedTuple):
    """The kinds of symbolic act."""

    kinds: Array  # what they are (K, 5)
    drawn: Array  # their accounts and what they pledge (K, 7)
    unit: float  # divisor of reputation


class Ballot(NamedTuple):
    """The votes on the calendar, of all runs; in a block the first axis of what has one of blocks is gone."""

    when: Stored  # month (I,)
    stance: Array  # of the poles (I, P)
    precedent: Array  # (I, N)
    level: Array  # log base rates of the four options (B, I, 4, L)
    habit: Array  # draws: whether the format decides (B, I, N, L)
    of_format: Array  # draws of the format (B, I, N, L)
    own: Array  # draws of this vote (B, I, N, L)


class Cast(NamedTuple):
    """What comes of the votes."""

    options: Array  # the option chosen, -1 before (I, N)
    reasons: Array  # of the focus actor (I, reason rows)


class By(NamedTuple):
    """What decisions are weighed by, and where what they are worth and what they tell is written."""

    w: Array  # weights of the state, a sincere one and a gamer (3, 6)
    per: Array  # one over the scales of the accounts (menus, 6)
    phi: Array  # scratch: accounts of one alternative (6,)
    told: Array  # scratch: evidence by audience and alternative (4, 4)
    reasons: Array  # tables of the focus actor (menus with reasons, reason rows)
    leaning: Array  # what moves the focus actor to each pole and own strength, over all months (P + 1, reason rows)


class Desk(NamedTuple):
    """Scratch of one run, for choices among several alternatives, and for games."""

    room: Array  # (9, WIDE)
    five: Array  # accounts of the reforms, nothing first (5, 6)
    theirs: Array  # accounts of a game's outcomes for the target (3, 6)
    ours: Array  # the same for the state that it turns to (3, 6)


class One(NamedTuple):
    """One state of each run, another one in each; the fields but the last are those of `Now`, with N = 1."""

    s: Array
    flow: Array
    f: Array
    share: Array
    shock: Array
    due: Stored  # whose turn it is in each run (L,)


class Run(NamedTuple):
    """What stays at hand through all months of a block of runs."""

    who: Who
    given: Given
    poles: Poles
    land: Land
    menu: Menu
    ballot: Ballot
    cast: Cast
    by: By
    desk: Desk
    work: Array  # scratch (3, N or P + 1)
    room: Array  # scratch for votes and acts (11, 4 or K + 1)
    table: Array  # accounts of the acts, nothing first (K + 1, 6)
    one: One  # scratch for acts
    lags: Array  # last changes of the exchange rate (12, N)


# Of many runs.


class Start(NamedTuple):
    """Where runs start."""

    s: Array  # (B, rows, N, L)
    share: Array  # (B, P + 1, N, L)
    lags: Array  # (B, 12, N, L)
    recognised: Array  # (B, E, N, L)
    world: Array  # the first rows (B, 2, L)


class Figures(NamedTuple):
    """What is fixed through a run; the fields are those of `Now`, `Poles`, `By`, `Land` and `Menu`."""

    f: Array  # (B, rows, N, L)
    fp: Array  # (B, rows, P, N, L)
    q: Array  # (B, rows, P, L)
    anchor: Array  # (B, P + 1, N, L)
    steady: Array  # (B, P + 1, N, L)
    w: Array  # (B, 3, 6, L)
    drawn: Array  # (B, K, 7, L)
    stated: Array  # (B, E, N, L)
    recognisers: Array  # (B, E, L)


class Scales(NamedTuple):
    """What is the same in all runs."""

    kinds: Array  # the menu of acts (K, 5)
    per: Array  # (menus, 6)
    cov: Array  # (P + 1, P + 1)
    first: Array  # recognised at the start (E, N)
    own_land: Array  # (E, N)
    recognising: Array  # (P, E)
    parent: Array  # (P, E)
    unit: float


class Shocks(NamedTuple):
    """The shocks of runs."""

    own: Array  # of deciders (B, M, rows, N, L)
    common: Array  # of the world (B, M, 2, L)
    lots: Array  # of the whole run (B, 2, L)


class Whole(NamedTuple):
    """All that runs read."""

    p: Stored  # a record a block (B,), each of whose fields is (L,)
    start: Start
    figures: Figures
    scales: Scales
    given: Given
    shocks: Shocks
    ballot: Ballot


class Kept(NamedTuple):
    """Where runs write what is stored of them, R a multiple of L; A deciders are wanted."""

    numbers: Stored  # (rows, A, M, R)
    flags: Stored  # (rows, A, M, R)
    world: Stored  # (rows, M, R)
    war: Stored  # (M, R)
    recognised: Stored  # (E, A, R)
    cast: Stored  # (I, A, R)
    reasons: Stored  # (menus with reasons, rows but the last, R)
    times: Stored  # (menus with reasons, R)
    of_votes: Stored  # (I, rows but the last, R)
    leaning: Stored  # (P + 1, rows but the last, R)


class Scratch(NamedTuple):
    """What a block of runs writes to while it goes, and the next one again, all (..., L).

    The fields are those of the bundles of a month.
    """

    s: Array
    flow: Array
    share: Array
    tied: Array
    world: Array
    offer: Array
    after: Array
    lags: Array
    recognised: Array
    recognised_after: Array
    phi: Array
    told: Array
    reasons: Array
    leaning: Array
    cast: Cast
    work: Array
    room: Array
    table: Array
    one: One


class Span(NamedTuple):
    """Which blocks, the last left out, and how many months; the deciders wanted by place."""

    first: int
    last: int
    months: int
    wanted: npt.NDArray[np.int64]
