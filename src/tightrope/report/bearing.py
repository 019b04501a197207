"""What each claim sets in the model, in words; and claims about one thing gathered into one input.

The table follows `model/build.py` and `model/start.py`, which decide; here it is only said.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.evidence.claim import Act, Claim, Commitment, Event, Interpretation, Position, Threat

NOTHING = "nothing: background"
EVENTS = {
    "price_cap": "the price cap that is in force at the start",
    "purge": "how weak the old elite is at the start",
    "intervention": "the debt owed to the patron at the start",
    "currency_fall": "the fall of the currency that prices have still to follow",
}
_ENFORCEMENT = ("help_evade_sanctions", "join_sanctions")
_VOTES = ("condemn_russia_unga", "condemn_russia")


@dataclass(frozen=True)
class Input:
    """One thing that claims set about one state, and all the claims that say it.

    `key` is (kind, state, name); `weight` orders inputs by how flatly and how often they are said.
    """

    key: tuple[str, str, str]
    claims: tuple[str, ...]
    sources: tuple[str, ...]
    sets: str
    weight: float

    @property
    def id(self) -> str:
        """The key as one word."""
        return ".".join(self.key)


def state_of(case: Case, actor: str) -> str | None:
    """The decider that an actor is or belongs to, or None."""
    of = {found.id: found.of for found in case.actors}
    return next((name for name in (actor, of.get(actor)) if name in case.about.deciders), None)


def sets(case: Case, claim: Claim) -> str:
    """In words, what the claim sets in the model."""
    if claim.fault is not None:
        return "nothing: a fault of the report"
    if claim.kind == "context":
        return NOTHING
    if state_of(case, claim.about) is None:
        return "nothing: not about a state that decides in the model"
    if isinstance(claim, Event):
        return EVENTS.get(claim.event, NOTHING)
    if isinstance(claim, Position):
        return _position(case, claim)
    return {
        "act": "what audiences believe of its sincerity at the start",
        "commitment": "the stock of public promises, which binds enforcement",
        "threat": "the menace that it feels at the start",
        "interpretation": "the spread of opinions on its sincerity",
    }[claim.kind]


def nothing(case: Case, claim: Claim) -> bool:
    """Whether the claim sets nothing in the model."""
    return sets(case, claim).startswith("nothing")


def _position(case: Case, claim: Position) -> str:
    groups = {actor.id for actor in case.actors if actor.kind == "group"}
    if claim.about in groups:
        return "opinion on the war" if claim.issue == "public_approval_of_war" else NOTHING
    found = []
    if any(issue.id == claim.issue and issue.distance for issue in case.issues):
        found.append("where alignment starts")
    if claim.issue in _ENFORCEMENT:
        found.append("where enforcement of the sanctions starts")
    if claim.issue in _VOTES:
        found.append("how its votes lean")
    if claim.issue == "multi_vector_policy":
        found.append("how much it relies on itself")
    return " and ".join(found) or NOTHING


def inputs(case: Case, state: str) -> tuple[Input, ...]:
    """What claims set about `state`, one entry for each thing, in a fixed order."""
    gathered: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in case.claims:
        said = sets(case, claim)
        if not said.startswith("nothing") and state_of(case, claim.about) == state:
            gathered[_key(case, claim, state)].append(claim)
    return tuple(_input(case, key, claims) for key, claims in sorted(gathered.items()))


def _key(case: Case, claim: Claim, state: str) -> tuple[str, str, str]:
    if isinstance(claim, Event):
        return "event", state, claim.event
    if isinstance(claim, Position):
        return "position", claim.about if _is_group(case, claim.about) else state, claim.issue
    if isinstance(claim, Interpretation):
        return "interpretation", state, claim.voice
    name = claim.happening or (claim.act if isinstance(claim, Act) else claim.id.rsplit(".", 1)[0])
    return claim.kind, state, name


def _is_group(case: Case, actor: str) -> bool:
    return any(found.id == actor and found.kind == "group" for found in case.actors)


def _input(case: Case, key: tuple[str, str, str], claims: list[Claim]) -> Input:
    sources = tuple(sorted({claim.source for claim in claims}))
    flat = max(_strength(case, claim) for claim in claims)
    return Input(
        key, tuple(claim.id for claim in claims), sources, sets(case, claims[0]), flat + 0.1 * len(sources)
    )


def _strength(case: Case, claim: Claim) -> float:
    if isinstance(claim, Position):
        distance = next((abs(issue.distance) for issue in case.issues if issue.id == claim.issue), 0.0)
        return abs(claim.stance) * max(distance, 0.5)
    if isinstance(claim, Interpretation):
        return abs(claim.stance)
    if isinstance(claim, Commitment | Threat | Event):
        return claim.strength
    kind = next((kind for kind in case.acts if isinstance(claim, Act) and kind.id == claim.act), None)
    spans = kind.accounts.values() if kind else ()
    return max((abs(low + high) / 2.0 for low, high in spans), default=0.5)
