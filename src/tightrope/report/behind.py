"""What stands behind each account of a decision: parameters, figures of the focus state, and claims.

The table follows the modules of `model/`, which decide; here it is only said. The weight of the account and how
sharply the model chooses stand behind all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tightrope.case.case import Case
from tightrope.model.blueprint import Blueprint
from tightrope.model.state import ACCOUNTS
from tightrope.report.bearing import Input, inputs
from tightrope.report.evidence import RangeNote, figure_notes, parameter_notes


@dataclass(frozen=True)
class Behind:
    """What one account of one decision draws on: notes of parameters and figures, ids of claims."""

    parameters: tuple[RangeNote, ...]
    figures: tuple[RangeNote, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True)
class _Ground:
    """Names of parameters; figures by the end of their name (* any pole, {target} the target); words of `sets`."""

    parameters: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


# Words of `bearing.sets` by which claims are found.
_MENACE, _PROMISES, _DEBT = "menace", "promises", "debt owed"
_BELIEF, _OPINION, _ENFORCED = "sincerity", "opinion on the war", "enforcement of the sanctions"
_VOTES, _START, _SELF = "votes lean", "alignment starts", "relies on itself"

_AT_HOME = _Ground(("minority_support", "opinion_unknown"), ("ethnic_russians",), (_OPINION,))
_BELIEVED = _Ground(("audience_value", "opinion_weight", "prior_spread"), (), (_BELIEF,))
_TIED = _Ground(
    ("tied_hands", "commitment_half_life", "debt_weight", "debt_half_life"),
    ("trade_{target}",),
    (_PROMISES, _DEBT),
)
_FREED = _Ground(("debt_weight", "debt_half_life"), ("capability", "trade_{target}"), (_DEBT,))
_HEARD = _Ground(("menace_weight", "menace_half_life", "rule_strength"), (), (_MENACE,))

_LEANING: Mapping[str, _Ground] = {
    "baseline": _Ground(
        ("index_trade", "index_votes", "index_membership", "index_statements", "own_share"),
        ("trade_*", "ideal_point"),
        (_START, _SELF),
    ),
    "economy": _Ground(
        ("preference_margin", "trade_elasticity", "offer_total", "target_credibility"), ("trade_*",)
    ),
    "security": _Ground(
        ("threat_level", "debt_pull", "menace_weight", "abandonment", "outside_weight"),
        ("outside_threat",),
        (_DEBT, _MENACE),
    ),
    "autonomy": _Ground((), ("capability",), (_SELF,)),
    "principle": _Ground((), ("ideal_point",)),
    "reputation": _Ground(),
    "domestic": _Ground(),
    "risk": _Ground(("risk_aversion", "relation_correlation")),
    "anchor": _Ground(("anchoring",), (), (_START,)),
}

GROUNDS: Mapping[str, Mapping[str, _Ground]] = {
    "alignment": _LEANING,
    "leaning": _LEANING,
    "compliance": {
        "baseline": _Ground(
            ("compliance_stickiness", "initial_compliance", "initial_compliance_stated"), (), (_ENFORCED,)
        ),
        "economy": _Ground(
            ("rent_share", "penalty_base_rate", "penalty_sensitivity", "penalty_loss", "routing_elasticity"),
            ("exports_west", "gdp"),
        ),
        "security": _Ground(("retaliation",), ("exports_{target}",), (_MENACE,)),
        "domestic": _AT_HOME,
        "autonomy": _TIED,
        "principle": _Ground((), (), (_ENFORCED,)),
        "reputation": _BELIEVED,
    },
    "vote": {
        "baseline": _Ground(("vote_habit",)),
        "economy": _Ground((), ("trade_*",)),
        "security": _Ground((), (), (_START,)),
        "domestic": _AT_HOME,
        "autonomy": _Ground(("debt_weight", "debt_half_life"), (), (_DEBT,)),
        "principle": _Ground(("precedent_weight",), ("ideal_point",), (_VOTES,)),
        "reputation": _BELIEVED,
    },
    "request": {
        "baseline": _Ground(("request_base_rate",)),
        "security": _Ground(("help_value", "grant_base_rate")),
        "domestic": _Ground(("refusal_cost",)),
        "autonomy": _Ground(("autonomy_loss", "debt_half_life"), ("capability",), (_DEBT,)),
    },
    "recognition": {
        "baseline": _Ground(("recognition_base_rate", "withdraw_base_rate", "recognition_rate")),
        "security": _Ground(("parent_reprisal", "recognition_coordination")),
        "domestic": _Ground((), ("secession_exposure",)),
        "principle": _Ground(("precedent_prior", "precedent_strength", "self_determination")),
        "reputation": _Ground(),
    },
    "acts": {
        "baseline": _Ground(("act_rate",)),
        "economy": _Ground(("act_trade_reference",), ("trade_{target}",)),
        "security": _Ground(),
        "domestic": _AT_HOME,
        "autonomy": _Ground(("tied_hands", "commitment_half_life"), (), (_PROMISES,)),
        "principle": _Ground(),
        "reputation": _Ground(("audience_value", "opinion_weight", "mediation_value"), (), (_BELIEF,)),
    },
    "reform": {
        "baseline": _Ground(
            ("concession_base_rate", "purge_rate", "cap_rate", "repression_base_rate", "inaction_rate")
        ),
        "economy": _Ground(("concession_cost", "cap_budget")),
        "domestic": _Ground(
            ("concession_relief", "purge_effect", "repression_effect", "backlash", "elite_fear"),
            ("selectorate_ratio", "resource_rents"),
            ("old elite", "price cap"),
        ),
        "reputation": _Ground(("reform_doubt", "inequality_reference"), ("inequality", "selectorate_ratio")),
    },
    "leave_security": {
        "baseline": _Ground(("leave_security_base_rate", "review_rate")),
        "security": _HEARD,
        "domestic": _AT_HOME,
        "autonomy": _FREED,
        "principle": _Ground(),
        "reputation": _BELIEVED,
    },
    "leave_economic": {
        "baseline": _Ground(("leave_economic_base_rate", "review_rate")),
        "economy": _Ground(
            ("preference_margin", "migration_loss"), ("trade_{target}", "remittances_{target}")
        ),
        "domestic": _AT_HOME,
        "autonomy": _FREED,
        "principle": _Ground(),
        "reputation": _BELIEVED,
    },
    "join_sanctions": {
        "baseline": _Ground(("join_base_rate", "join_rate")),
        "economy": _Ground(
            ("joining_loss", "rent_share", "penalty_loss"), ("exports_{target}", "exports_west")
        ),
        "security": _HEARD,
        "domestic": _AT_HOME,
        "autonomy": _TIED,
        "principle": _Ground(("rule_strength",), (), (_ENFORCED,)),
        "reputation": _BELIEVED,
    },
    "send_troops": {
        "baseline": _Ground(("troops_base_rate", "troops_request_rate")),
        "economy": _Ground(("penalty_loss",), ("exports_west",)),
        "security": _Ground(("troops_thanks", "army_share")),
        "domestic": _AT_HOME,
        "autonomy": _Ground(("debt_weight", "tied_hands"), (), (_DEBT, _PROMISES)),
        "principle": _Ground(("rule_strength",)),
        "reputation": _BELIEVED,
    },
    "crisis": {
        "baseline": _Ground(),
        "economy": _Ground(("force_hardship", "force_base_rate"), ("capability",)),
        "security": _Ground(("help_share", "force_base_rate"), ("capability",)),
        "domestic": _Ground(("humiliation", *_AT_HOME.parameters), _AT_HOME.figures, (_OPINION,)),
        "principle": _Ground(("rule_strength",)),
        "reputation": _Ground((), (), (_MENACE,)),
    },
    "retaliation": {
        "baseline": _Ground(),
        "economy": _Ground(
            ("retaliation_trade", "retaliation_route", "retaliation_energy", "retaliation_remittances"),
            (
                "exports_{target}",
                "route_dependence",
                "exports_total",
                "energy_dependence_{target}",
                "remittances_{target}",
            ),
        ),
        "domestic": _AT_HOME,
        "autonomy": _TIED,
        "principle": _Ground((), (), (_ENFORCED,)),
        "reputation": _Ground((), (), (_MENACE,)),
    },
}


class Grounds:
    """What stands behind the accounts in one case: ranges as runs drew from them, and claims about the focus state."""

    def __init__(self, case: Case, blueprint: Blueprint) -> None:
        self._focus, self._target = case.about.focus.lower(), case.about.target.lower()
        self._parameters = {note.name: note for note in parameter_notes(blueprint)}
        self._figures = {note.name: note for note in figure_notes(case, blueprint)}
        self._inputs = inputs(case, case.about.focus)

    def behind(self, menu: str, account: str) -> Behind:
        """What one account of a decision draws on."""
        found = GROUNDS.get(menu, {}).get(account, _Ground())
        weights = (f"weight_{account}", "choice_intensity") if account in ACCOUNTS else ()
        names = (*found.parameters, *weights)
        return Behind(
            tuple(self._parameters[name] for name in names if name in self._parameters),
            tuple(self._figured(found.figures)),
            tuple(dict.fromkeys(_claims(self._inputs, found.claims))),
        )

    def _figured(self, wanted: Iterable[str]) -> Iterator[RangeNote]:
        for pattern in wanted:
            name = f"{self._focus}.{pattern.format(target=self._target)}"
            if name.endswith("*"):
                yield from (note for one, note in self._figures.items() if one.startswith(name[:-1]))
            elif name in self._figures:
                yield self._figures[name]


def _claims(found: Iterable[Input], wanted: tuple[str, ...]) -> Iterator[str]:
    for one in found:
        if any(words in one.sets for words in wanted):
            yield from one.claims
