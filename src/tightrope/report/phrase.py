"""Findings told in our own words, out of the fields of a record; never a word of the passage itself."""

from __future__ import annotations

from tightrope.case.case import Case
from tightrope.evidence.found import Event, Statement

VERBS = {
    "assault": "attacks",
    "sanction": "puts under sanctions",
    "aid": "sends aid to",
    "request": "asks for help from",
    "refuse_recognition": "withholds recognition from",
    "recognise": "recognises",
    "yield": "gives way to",
    "reject": "turns down",
    "cooperate": "works together with",
    "protest": "protests against",
    "agree": "agrees with",
    "support": "stands by",
    "consult": "talks with",
    "visit": "visits",
    "coerce": "puts pressure on",
    "abstain": "abstains in a vote that concerns",
    "vote": "votes on a matter of",
    "threaten": "threatens",
    "reform": "reforms",
    "mobilize": "sends forces to",
    "accuse": "accuses",
    "symbolic_act": "makes a gesture towards",
    "mediate": "offers to mediate for",
}
ALONE = {
    "assault": "{} attacks",
    "sanction": "{} imposes sanctions",
    "aid": "{} sends aid",
    "request": "{} asks for help",
    "refuse_recognition": "{} withholds recognition",
    "recognise": "{} grants recognition",
    "yield": "{} gives way",
    "reject": "{} declines",
    "cooperate": "{} works together with others",
    "protest": "Protests break out in {}",
    "agree": "{} agrees",
    "support": "{} lends support",
    "consult": "{} holds talks",
    "visit": "{} makes a visit",
    "coerce": "{} applies pressure",
    "abstain": "{} abstains in a vote",
    "vote": "{} casts a vote",
    "threaten": "{} utters a threat",
    "reform": "{} makes reforms",
    "mobilize": "{} sends forces",
    "accuse": "{} makes an accusation",
    "symbolic_act": "{} makes a gesture",
    "mediate": "{} offers to mediate",
}
_REALIS = {
    "happened": "",
    "denied": "As reported, this did not happen: ",
    "hypothetical": "As a possibility: ",
    "planned": "As a plan: ",
}
_LEANING = {
    "for": "is for",
    "against": "is against",
    "abstain": "takes no side on",
    "mixed": "is of two minds on",
}


def act(case: Case, about: str, kind: str) -> str:
    """An act by the name of its kind in the case."""
    name = next((one.name for one in case.acts if one.id == kind), kind)
    return f"{_capital(case.called(about))}: {_small(name)}."


def position(case: Case, about: str, issue: str, stance: str, told_by: str | None = None) -> str:
    """Where somebody stands on an issue, by the case's own proposition."""
    proposition = next((one.proposition for one in case.issues if one.id == issue), issue.replace("_", " "))
    by = f", as {told_by} tells it" if told_by else ""
    return f"{_capital(case.called(about))} {_LEANING[stance]} this{by}: {proposition}"


def commitment(case: Case, about: str, issue: str, stance: str) -> str:
    """A stand that binds."""
    proposition = next((one.proposition for one in case.issues if one.id == issue), issue)
    way = "against" if stance == "against" else "to"
    return f"{_capital(case.called(about))} ties its hands in public, {way} this: {proposition}"


def threat(case: Case, by: str, about: str) -> str:
    """A threat, with the post of whoever utters it."""
    post = next((one.post for one in case.actors if one.id == by and one.post), None)
    return f"{_capital(case.called(by))}{f' ({post})' if post else ''} threatens {case.called(about)}."


def opinion(case: Case, voice: str, about: str, stance: float) -> str:
    """A voice on whether a state means what it says."""
    reading = "as meant" if stance > 0 else "as play for others to see"
    return f"{_capital(voice)} takes the words and acts of {case.called(about)} {reading}."


def event(case: Case, found: Event, source: str | None, target: str | None) -> str:
    """An event by its type, with who did it to whom."""
    who, whom = (case.called(one) if one else None for one in (source, target))
    kind = found.type.replace("_", " ")
    if whom is None:
        text = ALONE.get(found.type, f"{{}} acts ({kind})").format(who or "somebody")
    else:
        text = f"{who or 'somebody'} {VERBS.get(found.type, f'acts ({kind}) towards')} {whom}"
    return f"{_REALIS[found.realis]}{_capital(text)}."


def figure(measure: str, value: float, unit: str, bound: str) -> str:
    """A further reading of a figure."""
    limit = {"lower": "at least ", "upper": "at most ", "about": "about "}.get(bound, "")
    return f"{_capital(measure)}: {limit}{value:g} {unit}."


def statement(found: Statement, speaker: str) -> str:
    """That somebody is quoted, and how; what was said is left to the passage."""
    how = {
        "direct": "is quoted word for word",
        "mixed": "is quoted in part",
        "indirect": "is reported to have spoken",
    }
    place = f" (to {found.outlet})" if found.outlet else ""
    return f"{_capital(speaker)} {how[found.kind]}{place}; see the passage."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
