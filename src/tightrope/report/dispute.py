"""Which conflicts between sources belong beside which judgement: by the claims and the issues that they share.

A claim counts for a topic where it bears on it, or is about an issue of its; it counts the less, the more topics it
counts for, so that what is special to a topic comes first. Nothing here names a conflict of any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from tightrope.case.case import Case
from tightrope.evidence.claim import Act, Claim, Commitment, Context, Event, Interpretation, Position
from tightrope.report.bearing import Input
from tightrope.report.evidence import ConflictNote
from tightrope.report.topic import Topic

# Issues and other words (of `bears_on`, of events) that belong to a topic in any case; besides, every issue with
# a `distance` belongs to the balance between the powers.
WORDS: Mapping[str, frozenset[str]] = {
    "balance": frozenset({"multi_vector_policy", "great_power_contest", "debt", "credibility", "offers"}),
    "unrest": frozenset(
        {"unrest", "elite", "rupture", "reform", "repression", "inequality", "price_cap", "purge"}
        | {"currency_fall", "intervention"}
    ),
    "sanctions": frozenset({"help_evade_sanctions", "join_sanctions", "western_sanctions", "evasion"}),
    "vote": frozenset({"condemn_russia", "condemn_russia_unga", "vote", "public_approval_of_war"}),
    "sincerity": frozenset({"sincerity"}),
}
# A position counts for these topics only where what it sets (`bearing.sets`) has one of these words.
SETTING = {"balance": ("alignment", "relies"), "vote": ("votes", "opinion")}
# A claim that only shares an issue counts half of one that sets something.
SHARED = 0.5


def counts(case: Case, topics: Iterable[Topic], inputs: Iterable[Input]) -> dict[str, dict[str, float]]:
    """How much each claim counts for each topic, by topic and claim: 0 to 1."""
    asked, found = tuple(topics), tuple(inputs)
    raw = {topic.id: _of_topic(case, topic, found) for topic in asked}
    spread = {claim.id: sum(claim.id in one for one in raw.values()) for claim in case.claims}
    return {
        topic: {name: weight / max(1, spread.get(name, 1)) for name, weight in one.items()}
        for topic, one in raw.items()
    }


def _of_topic(case: Case, topic: Topic, inputs: tuple[Input, ...]) -> dict[str, float]:
    wanted = WORDS.get(topic.id, frozenset())
    if topic.id == "balance":
        wanted = wanted | {issue.id for issue in case.issues if issue.distance}
    found = {claim.id: SHARED for claim in case.claims if _issues(claim) & wanted}
    sets = [one for one in inputs if topic.bears(one) and _sets(topic, one)]
    return found | {name: 1.0 for one in sets for name in one.claims}


def _sets(topic: Topic, found: Input) -> bool:
    if found.key[0] != "position" or topic.id not in SETTING:
        return True
    return any(word in found.sets for word in SETTING[topic.id])


def _issues(claim: Claim) -> set[str]:
    """The words that say what a claim is about."""
    if isinstance(claim, Position | Commitment):
        return {claim.issue}
    if isinstance(claim, Event):
        return {claim.event}
    if isinstance(claim, Context):
        return set(claim.bears_on)
    return {"sincerity"} if isinstance(claim, Act | Interpretation) else set()


def disputes(
    conflicts: Iterable[ConflictNote], weights: Mapping[str, float], most: int
) -> tuple[ConflictNote, ...]:
    """The conflicts that touch a topic, at most so many: the weightiest, and of these the closest to it."""

    def near(conflict: ConflictNote) -> float:
        return sum(weights.get(note.id, 0.0) for note in conflict.claims) / len(conflict.claims)

    touching = [conflict for conflict in conflicts if conflict.claims and near(conflict) > 0.0]
    return tuple(sorted(touching, key=lambda one: (-one.salience, -near(one), one.id))[:most])
