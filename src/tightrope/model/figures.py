"""Everything that mechanisms read of deciders, poles and entities by name, drawn for one chunk.

Shapes: (N, R) for deciders, (P, N, R) with poles, (E, N, R) with entities; an axis is of length 1 where nothing
differs along it. Percent unless the name says otherwise.
"""

from __future__ import annotations

import numpy as np

from tightrope.model.choice import Array
from tightrope.model.draws import Draws

FURTHER = "world.further_claims"


def figures(draws: Draws) -> dict[str, Array]:
    """All figures by name; `anchor` and `calm` are blank and filled in once the start is known."""
    groups = {
        "trade": _trade,
        "order": _order,
        "standing": _standing,
        "words": _words,
        "prior": _prior,
        "statehood": _statehood,
    }
    return {key: values for name, make in groups.items() for key, values in draws.again(name, make).items()}


def _trade(draws: Draws) -> dict[str, Array]:
    """What is traded with whom, and over which way."""
    plan, own = draws.blueprint, draws.figure
    sanctioner, target = (plan.poles[place].lower() for place in (plan.sanctioner, plan.target))
    imports, total = draws.by_pole("imports"), own("import_ceiling")
    flow = f"{sanctioner}.exports_{target}"
    return {
        "trade": draws.by_pole("trade"),
        "world_trade": draws.of_world("trade"),
        "imports": imports * np.minimum(1.0, total / imports.sum(axis=0)),
        "exports_west": own(f"exports_{sanctioner}"),
        "exports_target": own(f"exports_{target}"),
        "exports_total": own("exports_total"),
        "remittances": own(f"remittances_{target}"),
        "energy": own(f"energy_dependence_{target}"),
        "gdp": own("gdp"),
        "west_exports_to_target": draws.one(draws.ranges[flow], "figure", flow)[None],
        "detour": own("detour"),
        "route_dependence": own("route_dependence"),
        "sanctioned": own("sanctioned"),
        "sanctions_on": draws.condition("western_sanctions"),
        "penalisable": (1.0 - own("sanctioned")) * draws.condition("western_sanctions"),
    }


def _order(draws: Draws) -> dict[str, Array]:
    """What order at home rests on."""
    coalition = draws.figure("selectorate_ratio")
    return {
        "selectorate_ratio": coalition,
        "repression": 1.0 - coalition,
        "rents": draws.figure("resource_rents") / 10.0,
        "inequality": draws.figure("inequality"),
        "minority": draws.figure("ethnic_russians") / 100.0,
        "calm": np.zeros_like(coalition),
    }


def _standing(draws: Draws) -> dict[str, Array]:
    """Where a state stands between the poles: strength, alliances, votes, threats.

    `capability` is military spending in tenths of the target's, `strength` the same up to 1: beyond a tenth of the
    target's spending, more adds nothing to standing alone, and the reference states of the divisors range over 0 to 1.
    """
    plan = draws.blueprint
    ideal, allied = draws.figure("ideal_point"), draws.members(plan.allied)
    preferred, shape = draws.members(plan.preferred), ideal.shape
    return {
        "capability": 10.0 * draws.figure("capability"),
        "strength": np.minimum(1.0, 10.0 * draws.figure("capability")),
        "pole_capability": draws.capabilities(),
        "pole_budget": draws.of_poles("gdp"),
        "ideal_point": ideal,
        "affinity": -np.abs(ideal - draws.of_poles("ideal_point")),
        "ally": np.broadcast_to(allied[plan.target], shape),
        "union": np.broadcast_to(preferred[plan.target], shape),
        "protection": allied,
        "preference": preferred * draws.parameters["preference_margin"],
        "threat": np.broadcast_to(draws.parameters["threat_level"], shape),
        "outside_threat": draws.figure("outside_threat"),
        "neighbour": np.maximum(draws.figure("ethnic_russians") / 20.0, draws.rivals()),
        "at_war": draws.condition("invasion"),
        "cohort": np.array([[float(place in plan.cohort)] for place in range(len(plan.deciders))]),
        "anchor": np.zeros((len(plan.poles) + 1, *shape)),
    }


def _words(draws: Draws) -> dict[str, Array]:
    """What states and their peoples have said, from -1 to 1, and what is thought of it."""
    against = draws.stance("-public_approval_of_war", group=True)
    minority = np.broadcast_to(-draws.parameters["minority_support"], against.shape)
    return {
        "opinion": np.stack([against, minority]),
        "stated_compliance": draws.stance("-help_evade_sanctions", "join_sanctions"),
        "stated_vote": draws.stance("condemn_russia_unga", "condemn_russia"),
        "stated_leaving": draws.stance("leave_russian_blocs"),
        "stated_joining": draws.stance("join_sanctions"),
        "stated_troops": draws.stance("send_troops"),
    }


def _statehood(draws: Draws) -> dict[str, Array]:
    """Who recognises which disputed entity, what was decided in analogous cases, and what it would mean at home."""
    plan = draws.blueprint
    return {
        "secession_exposure": draws.figure("secession_exposure"),
        "recognises": draws.recognises(plan.deciders)[..., None],
        "pole_recognises": draws.recognises(plan.poles).T[:, :, None, None],
        "stated_recognition": draws.recognition_stances(),
        "recognisers": draws.recognisers(),
        "further_claims": draws.one(draws.ranges["world.further_claims"], "figure", "world.further_claims")[
            None
        ],
        "parent": draws.parents(),
        "own_land": np.array(
            [[[float(one.parent == name)] for name in plan.deciders] for one in plan.entities]
        ).reshape(len(plan.entities), len(plan.deciders), 1),
        "decided_yes": np.array(
            [[float(plan.decided.get(place, (0, 0))[0])] for place in range(len(plan.deciders))]
        ),
        "decided_no": np.array(
            [[float(plan.decided.get(place, (0, 0))[1])] for place in range(len(plan.deciders))]
        ),
    }


def _prior(draws: Draws) -> dict[str, Array]:
    """L_0: a plain spread, plus one voice drawn at random per run, one opinion one voice (N, R), nats."""
    rows = []
    for place, decider in enumerate(draws.blueprint.deciders):
        prior = draws.parameters["prior_spread"] * draws.normal("sincerity prior", decider)
        heard = draws.voices(place, decider)
        rows.append(prior if heard is None else prior + draws.parameters["opinion_weight"] * heard)
    return {"sincerity_prior": np.stack(rows)}
