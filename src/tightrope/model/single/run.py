"""What travels through the compiled month in bundles, so that a function takes the few that it needs by name.

N deciders, P poles, E entities, K kinds of act, I votes on the calendar, M months, R runs. Rows are those of `layout`.
Compiled code takes a bundle apart at every call: none holds much more than what is used together.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tightrope.model.choice import Array

Stored = npt.NDArray[Any]

# In a month of a run.


class Who(NamedTuple):
    """The parties: target and sanctioner by place among the poles, focus actor among the deciders; the organ's code."""

    target: int
    sanctioner: int
    focus: int
    organ: int


class Now(NamedTuple):
    """How a run stands in a month, and what its deciders are like."""

    month: int
    p: Any  # the record of its parameters
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
    """The votes on the calendar, of all runs; in a run the last axis of what has one is gone."""

    when: Stored  # month (I,)
    stance: Array  # of the poles (I, P)
    precedent: Array  # (I, N)
    level: Array  # log base rates of the four options (I, 4, R)
    habit: Array  # draws: whether the format decides (I, N, R)
    of_format: Array  # draws of the format (I, N, R)
    own: Array  # draws of this vote (I, N, R)


class Cast(NamedTuple):
    """What comes of the votes of a run."""

    options: Array  # the option chosen, -1 before (I, N)
    reasons: Array  # of the focus actor (I, reason rows)


class By(NamedTuple):
    """What decisions are weighed by, and where what they are worth and what they tell is written."""

    w: Array  # weights of the state, a sincere one and a gamer (3, 6)
    divisors: Array  # scales of the accounts (menus, 6)
    phi: Array  # scratch: accounts of one alternative (6,)
    told: Array  # scratch: evidence by audience and alternative (2, 4)
    reasons: Array  # tables of the focus actor (menus with reasons, reason rows)


class Desk(NamedTuple):
    """Scratch for choices among several alternatives, and for games."""

    room: Array  # (9, WIDE)
    work: Array  # (3, N or P + 1)
    table: Array  # accounts of the acts, nothing first (K + 1, 6)
    five: Array  # accounts of the reforms, nothing first (5, 6)
    theirs: Array  # accounts of a game's outcomes for the target (3, 6)
    ours: Array  # the same for the state that it turns to (3, 6)


class Run(NamedTuple):
    """What stays at hand through all months of a run."""

    who: Who
    given: Given
    poles: Poles
    land: Land
    menu: Menu
    ballot: Ballot
    cast: Cast
    by: By
    desk: Desk
    lags: Array  # last changes of the exchange rate (12, N)


# Of many runs.


class Start(NamedTuple):
    """Where runs start."""

    s: Array  # (R, rows, N)
    share: Array  # (R, P + 1, N)
    lags: Array  # (R, 12, N)
    recognised: Array  # (R, E, N)
    world: Array  # the first rows (R, 2)


class Figures(NamedTuple):
    """What is fixed through a run; the fields are those of `Now`, `Poles`, `By`, `Land` and `Menu`."""

    f: Array  # (R, rows, N)
    fp: Array  # (R, rows, P, N)
    q: Array  # (R, rows, P)
    anchor: Array  # (R, P + 1, N)
    steady: Array  # (R, P + 1, N)
    w: Array  # (R, 3, 6)
    drawn: Array  # (R, K, 7)
    stated: Array  # (R, E, N)
    recognisers: Array  # (R, E)
    first: Array  # (E, N)
    own_land: Array  # (E, N)
    recognising: Array  # (P, E)
    parent: Array  # (P, E)


class Scales(NamedTuple):
    """What is the same in all runs."""

    kinds: Array  # the menu of acts (K, 5)
    divisors: Array  # (menus, 6)
    cov: Array  # (P + 1, P + 1)
    unit: float


class Shocks(NamedTuple):
    """The shocks of runs."""

    own: Array  # of deciders (R, M, rows, N)
    common: Array  # of the world (R, M, 2)
    lots: Array  # of the whole run (R, 2)


class Whole(NamedTuple):
    """All that runs read."""

    p: Stored  # a record a run (R,)
    start: Start
    figures: Figures
    scales: Scales
    given: Given
    shocks: Shocks
    ballot: Ballot


class Kept(NamedTuple):
    """Where runs write what is stored of them; A deciders are wanted."""

    numbers: Stored  # (rows, A, M, R)
    flags: Stored  # (rows, A, M, R)
    world: Stored  # (rows, M, R)
    war: Stored  # (M, R)
    recognised: Stored  # (E, A, R)
    cast: Stored  # (I, A, R)
    reasons: Stored  # (menus with reasons, rows but the last, R)
    times: Stored  # (menus with reasons, R)
    of_votes: Stored  # (I, rows but the last, R)


class Scratch(NamedTuple):
    """What a run writes to while it goes, and the next one again; the fields are those of the bundles of a month."""

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
    cast: Cast
    desk: Desk


class Span(NamedTuple):
    """Which runs, the last left out, and how many months; the deciders wanted by place."""

    first: int
    last: int
    months: int
    wanted: npt.NDArray[np.int64]
