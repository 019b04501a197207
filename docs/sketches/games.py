"""Pictures of the two games of threats."""

from __future__ import annotations

import numpy as np

from sketches.middle import Still, focus, given, middle, still
from sketches.plot import Line, Plot
from tightrope.model import crisis, retaliation
from tightrope.model.routing import routing


def claims() -> Plot:
    """The crisis game along what force is worth to the challenger."""
    prizes = np.linspace(-4.0, 4.0, 81)
    challenger, decider = np.zeros((4, prizes.size)), np.zeros((4, prizes.size))
    challenger[crisis.CONCEDED], challenger[crisis.BACKED_DOWN], challenger[crisis.FORCED] = 2.0, -1.0, prizes
    decider[crisis.CONCEDED], decider[crisis.BACKED_DOWN], decider[crisis.FORCED] = -2.0, 1.0, -4.0
    said = ("is challenged", "stands firm", "then force is used")
    return Plot(
        "The crisis game: the cheaper force is, the more the challenged give way, so wars are most likely between",
        "what force is worth to the challenger, nats",
        "probability",
        [
            *(
                Line(name, prizes, row)
                for name, row in zip(said, crisis.play(challenger, decider), strict=True)
            ),
            Line("comes to force, in all", prizes, np.prod(crisis.play(challenger, decider), axis=0)),
        ],
        (0.0, 1.0),
        percent=True,
    )


def punishment() -> Plot:
    """The game of retaliation along how strictly the state enforces."""
    state, setting = middle()
    levels = np.linspace(0.0, 1.0, 41)
    rows = []
    for level in levels:
        now = given(state, setting, compliance=level)
        flow = {**still(now, setting), **routing(now, {"sanctions": np.ones((1, 1))}, setting, Still()).flow}
        threat, firm, impose = retaliation.play(
            retaliation.payoffs(retaliation.challenger_accounts(now, flow, setting), setting, "threat"),
            retaliation.payoffs(retaliation.decider_accounts(now, flow, setting), setting, "retaliation"),
            (0.5, 0.5, setting["retaliation_base_rate"]),
        )
        month = retaliation.threat_chance(now, setting) * threat
        rows.append([float(focus(one, setting)) for one in (1.0 - (1.0 - month) ** 12, firm, impose)])
    said = ("threatened in a year", "stands firm", "then it is imposed")
    return Plot(
        "Retaliation against Kazakhstan along its enforcement of the sanctions",
        "enforcement, 0 none to 1 full",
        "probability",
        [Line(name, levels, row) for name, row in zip(said, np.array(rows).T, strict=True)],
        (0.0, 1.0),
        percent=True,
    )
