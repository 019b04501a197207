"""One month: the stages in order, and in each stage every mechanism on the same information.

Adding a mechanism is one file, one test, and one line here.
"""

from __future__ import annotations

from dataclasses import replace

from tightrope.errors import ModelError
from tightrope.model.acts import acts
from tightrope.model.alignment import alignment
from tightrope.model.belief import belief
from tightrope.model.choice import Array
from tightrope.model.commitment import commitment
from tightrope.model.compliance import compliance, penalty
from tightrope.model.contest import contest
from tightrope.model.crisis import crisis
from tightrope.model.economy import economy
from tightrope.model.membership import membership
from tightrope.model.opinion import opinion
from tightrope.model.recognition import recognition
from tightrope.model.reform import reform
from tightrope.model.retaliation import retaliation
from tightrope.model.routing import routing
from tightrope.model.rule import rule
from tightrope.model.rupture import rupture
from tightrope.model.security import security
from tightrope.model.stability import stability
from tightrope.model.state import Mechanism, Month, Setting, State
from tightrope.model.twin import twin
from tightrope.model.vote import vote
from tightrope.model.war import war
from tightrope.model.world import world

STAGES: tuple[tuple[Mechanism, ...], ...] = (
    (war,),
    (world,),
    (routing, economy),
    (opinion, stability),
    (twin,),
    (security,),
    (contest,),
    (alignment, compliance, vote, recognition, acts, membership, reform),
    (penalty, crisis, retaliation),
    (belief,),
    (commitment, rule, rupture),
)


def step(
    state: State, setting: Setting, month: Month, stages: tuple[tuple[Mechanism, ...], ...] = STAGES
) -> tuple[State, dict[str, Array]]:
    """Run one month: returns the next state and the month's quantities by name.

    Within a stage every mechanism reads the state and the flow as they stood before the stage
    (simultaneous updates), so the order inside a stage, and the order of the states, do not matter.

    Raises:
        ModelError: two mechanisms of one stage write the same quantity.
    """
    flow: dict[str, Array] = {}
    for stage in stages:
        changes = [mechanism(state, flow, setting, month) for mechanism in stage]
        written = [name for change in changes for name in (*change.state, *change.flow)]
        if len(written) != len(set(written)):
            raise ModelError(f"two mechanisms of one stage write the same quantity: {sorted(written)}")
        fields: dict[str, Array] = {}
        for change in changes:
            fields.update(change.state)
            flow.update(change.flow)
        state = replace(state, **fields) if fields else state
    return state, flow
