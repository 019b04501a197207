"""What is contested, the kinds of act that audiences watch, and what is scheduled."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from tightrope.evidence.claim import Cited
from tightrope.evidence.period import Day, Period
from tightrope.evidence.record import Identifier, Number, Record, Text, Truth, Yes

States = Annotated[int, Field(strict=True, ge=0, le=1000)]
Account = Literal["economy", "security", "domestic", "autonomy", "principle", "reputation"]
PledgeOn = Literal["sanctions", "other"]
OpenTo = Literal["all", "allies", "cohort"]
Needs = Literal["nothing", "war", "sanctions"]


ReferenceClass = Literal[
    "request",
    "intervention",
    "unrest",
    "recognition",
    "leave_security",
    "leave_economic",
    "join_sanctions",
    "send_troops",
    "claim",
    "force",
    "retaliation",
    "concession",
    "repression",
]


class Issue(Record):
    """A proposition on which actors take positions between against (-1) and for (+1)."""

    id: Identifier
    proposition: Text
    distance: Annotated[float, Field(strict=True, ge=-1, le=1)] = 0.0
    why: Text | None = None


class ActKind(Record):
    """A kind of symbolic act: what doing it rather than not costs or brings, per account.

    Each account holds [low, high] in prior standard deviations of the account; no source measures
    them, so they are scenario numbers and say so. A kind with a `monthly` chance is on the menu in a run: of every
    decider, of the target's `allies`, or of the `cohort` alone; always, or only while there is a `war` of the
    target or while `sanctions` on it are known (`needs`). Doing it adds `pledge` to the tied-hands stock on the
    `sanctions`, or to that on all `other` stands (`pledge_on`). An offer of `mediation` needs a war, and pays only
    where both audiences trust the state.
    """

    id: Identifier
    name: Text
    scenario: Yes
    why: Text
    accounts: dict[Account, tuple[Number, Number]]
    base_rate: Annotated[float, Field(strict=True, gt=0, lt=1)] = 0.5
    monthly: Annotated[float, Field(strict=True, gt=0, lt=1)] | None = None
    pledge: tuple[Number, Number] = (0.0, 0.0)
    pledge_on: PledgeOn = "other"
    open_to: OpenTo = "all"
    needs: Needs = "nothing"
    mediation: Truth = False

    @model_validator(mode="after")
    def _ranges_in_order(self) -> ActKind:
        for name, (low, high) in self.accounts.items():
            if low > high:
                raise ValueError(f"{name}: the range is upside down: {low:g} > {high:g}; exchange them")
        low, high = self.pledge
        if low > high:
            raise ValueError(f"pledge: the range is upside down: {low:g} > {high:g}; exchange them")
        return self


class Resolution(Record):
    """A General Assembly vote: past (with `tally`, and `votes` by actor) or scheduled (neither).

    `tally` counts states: no, abstain, yes, absent. `format` ties it to the votes that it resembles.
    """

    id: Identifier
    title: Text
    format: Literal["territorial", "human_rights", "militarisation", "membership", "reparations"]
    date: Day
    tally: dict[Literal["no", "abstain", "yes", "absent"], States] | None = None
    votes: dict[Identifier, Literal["no", "abstain", "yes", "absent"]] = Field(default_factory=dict)
    scenario: Yes | None = None
    why: Text | None = None
    claims: tuple[Cited, ...] = ()

    @model_validator(mode="after")
    def _past_or_scheduled(self) -> Resolution:
        if self.tally is None and self.scenario is None:
            raise ValueError("a vote without tally is an assumption; say `scenario: true` and why")
        if self.scenario is None and not self.claims:
            raise ValueError("a past vote without source; cite one under claims")
        if self.scenario is not None and self.why is None:
            raise ValueError("a vote said to be a scenario lacks why; say why it is assumed")
        if self.tally is not None and not any(self.tally.get(said) for said in ("no", "abstain", "yes")):
            raise ValueError("a vote in which nobody voted; give how many said no, abstain and yes")
        if self.tally is None and self.votes:
            raise ValueError("a scheduled vote with votes by actor; give its tally too, or remove votes")
        return self


class Precedent(Record):
    """One dated member of a reference class, from which a base rate is counted."""

    id: Identifier
    reference_class: ReferenceClass
    about: Identifier
    happened: Truth
    what: Text
    date: Period
    claims: tuple[Cited, ...] = Field(min_length=1)
