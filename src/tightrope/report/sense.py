"""What a finding of the reader says in the words of a case: tables from types, issues and stances to claims.

The tables name kinds of act, issues and events as the shipped cases do; what a case lacks is not proposed for it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Sign = Literal[-1, 0, 1]

# Issues of the reader that a case has as several.
SPLIT: Mapping[str, tuple[str, ...]] = {
    "recognise_south_ossetia_abkhazia": ("recognise_south_ossetia", "recognise_abkhazia"),
}
# Who takes the state's words for genuine is a voice on its sincerity.
SINCERITY = frozenset({"tokayev_words_sincere"})

# A stand that is itself an act which audiences see.
STANDS: Mapping[tuple[str, Sign], str] = {
    ("help_evade_sanctions", -1): "assure_no_circumvention",
    ("territorial_integrity_ukraine", 1): "affirm_territorial_integrity",
    ("send_troops", -1): "rule_out_troops",
    ("join_sanctions", -1): "stay_out_of_sanctions",
    ("condemn_russia", -1): "avoid_public_criticism",
    ("negotiated_settlement", 1): "call_for_negotiations",
    ("neutral_status_ukraine", 1): "share_view_on_neutral_ukraine",
    ("recognise_dnr_lnr", -1): "refuse_recognition",
    ("recognise_crimea_annexation", -1): "refuse_crimea_2014",
    ("claims_on_north_kazakhstan", -1): "reject_territorial_claims",
    ("condemn_russia_unga", 0): "abstain_unga",
    ("condemn_russia_unga", -1): "vote_no_unga",
    ("condemn_russia_unga", 1): "vote_yes_unga",
    ("humanitarian_aid_ukraine", 1): "send_humanitarian_aid",
    ("hold_victory_day_2022", -1): "cancel_victory_parade",
    ("host_talks", 1): "offer_mediation",
}
# Stands that bind whoever takes them flatly and in public; by issue, the sign of the stance that binds.
BINDING: Mapping[str, Sign] = {
    "help_evade_sanctions": -1,
    "send_troops": -1,
    "recognise_dnr_lnr": -1,
    "territorial_integrity_ukraine": 1,
    "join_sanctions": 1,
}
FLAT = 0.7
# Stands of the target's side that the focus hears as a threat.
MENACING: Mapping[str, Sign] = {"claims_on_north_kazakhstan": 1, "kazakh_statehood": -1}


@dataclass(frozen=True)
class Told:
    """An event by its type: the act or event of a case that it tells, if source, target and words fit.

    `source` and `target` are roles: decider, focus, target, sanctioner, ward (an entity that the target protects), or
    an actor's id; None is anybody. `about` says whom the claim is about: the source, the target, or the focus.
    """

    type: str
    name: str
    kind: Literal["act", "event"]
    source: str | None = None
    target: str | None = None
    words: str = ""
    about: str = "source"


EVENTS: tuple[Told, ...] = (
    Told("refuse_recognition", "refuse_crimea_2014", "act", "decider", None, r"\bcrimea"),
    Told("refuse_recognition", "refuse_recognition", "act", "decider", "ward"),
    Told(
        "abstain",
        "abstain_unga",
        "act",
        "decider",
        None,
        r"\b(un|united nations|assembly|resolution|vot\w+)\b",
    ),
    Told("symbolic_act", "cancel_victory_parade", "act", "decider", None, r"\b(parade|victory day)"),
    Told("aid", "send_humanitarian_aid", "act", "decider", "UKR"),
    Told("request", "request_csto_troops", "act", "decider", "CSTO"),
    Told("request", "request_csto_troops", "act", "decider", "target", r"\b(troops|help|csto|soldiers)\b"),
    Told("mediate", "offer_mediation", "act", "decider"),
    Told("assault", "invasion", "event", "target", "UKR"),
    Told("recognise", "russia_recognises_dnr_lnr", "event", "target", "ward"),
    Told("sanction", "western_sanctions", "event", None, "target"),
    Told("protest", "unrest", "event", "decider"),
    Told("protest", "unrest", "event", None, "decider", about="target"),
    Told("mobilize", "intervention", "event", "CSTO", "decider", about="target"),
    Told("mobilize", "intervention", "event", "CSTO", about="focus"),
    Told("aid", "intervention", "event", "CSTO", "decider", r"\b(troops|order|forces)\b", about="target"),
    Told("yield", "withdrawal", "event", "CSTO"),
    Told("retreat", "withdrawal", "event", "CSTO"),
)

_SHAM = (
    r"game|gamble|show|spectacle|theat(?:re|er)|staged?|stage-managed|performance|charade|ploy|trick|bluff|"
    r"smokescreen|window.dressing|pretence|pretense|pretend\w*|lip service|cosmetic|façade|facade|insincere|hollow|"
    r"posturing|cynical|double.dealing|hypocri\w+|publicity stunt|stunt"
)
_TRUE = (
    r"sincere\w*|genuine\w*|honest\w*|courage\w*|brave\w*|bravery|bold\w*|principled|in earnest|"
    r"clear (?:statement|stand|position|message)|means? (?:it|what)|heartfelt|credible"
)
_DENIED = r"(?:\b(?:not|no|n['’]t|never|hardly|rather than|without|far from|nothing like)\b[^.;,]{0,25})"
_CUE = re.compile(rf"(?P<denied>{_DENIED})?\b(?:(?P<sham>{_SHAM})|(?P<true>{_TRUE}))\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(nothing but|mere(?:ly)?|just|only|purely)\b", re.IGNORECASE)


def verdict(text: str) -> float | None:
    """Whether words take a state's conduct for meant (+) or for play (-); None where they say neither, or both.

    >>> (
    ...     verdict("This is nothing but a game."),
    ...     verdict("It is not a bluff."),
    ...     verdict("The weather was fair."),
    ... )
    (-0.9, 0.6, None)
    """
    signs = set()
    for found in _CUE.finditer(text):
        sham, denied = found["sham"] is not None, found["denied"] is not None
        signs.add(-1 if sham != denied else 1)
    if len(signs) != 1:
        return None
    sign = signs.pop()
    return (0.9 if _ONLY.search(text) else 0.6) * sign


def sign(stance: str) -> Sign:
    """The sign of a stance in words.

    >>> sign("against"), sign("abstain")
    (-1, 0)
    """
    return {"for": 1, "against": -1}.get(stance, 0)  # type: ignore[return-value]
