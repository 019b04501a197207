"""Positions of a report: where an actor stands on an issue, by its own act or word, or as somebody tells it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tightrope.evidence.clause import Words
from tightrope.evidence.echo import echoes
from tightrope.evidence.fellow import fellows
from tightrope.evidence.found import Event, Mention, Position, Report, Statement
from tightrope.evidence.holder import author, holder
from tightrope.evidence.issue_rule import EventRule, Issues, PhraseRule, Stance, issues
from tightrope.evidence.land import state_names
from tightrope.evidence.voice import Heard

_SLUG = re.compile(r"[^a-z]+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_AROUND = 260
_MOST = 20
_LONG = 900
_BODY = re.compile(
    r"\b(?:troops|soldiers|forces|army|servicemen|envoy|delegation|side|government|authorities|leadership)\b",
    re.I,
)
_FORUMS = frozenset(("United Nations", "UN General Assembly", "UN Security Council"))
_IN_A_TEXT = re.compile(
    r"\b(?:resolution|text|motion|draft|document|vote|statement)s? "
    r"(?:that |which |(?:proposed|sponsored|drafted|submitted|tabled) by (?:the )?)?(?:\w+ly )?$",
    re.I,
)
_BREAKAWAY = re.compile(r"\b(?:separatist|breakaway|self-proclaimed|self-declared)\w*")
_EAST = re.compile(r"\b(?:Donbas|Donetsk|Lu[gh]ansk)|\b(?:eastern|in|of) Ukraine\b")
_COUNTRY = re.compile(r"(?:the|his|her|their|our) (?:country|government|republic|nation)\b", re.I)
_STILL = re.compile(r"\bnot only\b|^instead (?!of)")
_INVERTED = re.compile(
    r"\bnor (?:has|have|had|did|does|do|will|would|is|are|was|were) $"
    r"|\b(?:not a single|not one|none of)\b[^.,;:]{0,50}$",
    re.I,
)
_SECESSION = re.compile(r"\b(?:independence|recognition|secession|annexation|self-declared)\b", re.I)
_NOT = re.compile(
    r"(?:\b(?:not|never|cannot|refus\w*|declin\w*|reluctan\w*|unwilling|rul\w+ out|without|nor|avoid\w*"
    r"|refrain\w*|resist\w*|short of|hesitat\w*|no (?:plans?|intention)|yet to|neither|no longer|stopped|unable"
    r"|den(?:y|ies|ied)|reject\w*|block\w*)\b|n[’']t\b)"
    r"(?:(?:(?!\b(?:and|but)\b)[^.,;:]){0,24}| to (?:(?!\b(?:and|but)\b)[^.,;:]){0,30})$"
    r"|\b(?:not a single|not one|none of|no (?:\w+ ){0,3}(?:country|state|government|nation))\b[^.,;:]{0,60}$",
    re.I,
)  # fmt: skip
_SUPPOSED = re.compile(
    r"\b(?:should|could|might|may|if|whether|unless|urg\w*|press\w*|pressure|call(?:ed|s|ing)? (?:on|upon|for)|ask\w*"
    r"|demand\w*|expect\w*|push\w*|wants? \w+|wanted \w+|must|in order|likely|invit\w*"
    r"|history of|tradition of|long-?standing|historical(?:ly)?)\b[^.,;:]{0,60}$",
    re.I,
)
_TURNED: dict[str, Stance] = {"for": "against", "against": "for"}


@dataclass(frozen=True, slots=True)
class _Scene:
    """A report with what was found in it, the actors' states, and where its sentences and mentions start."""

    report: Report
    words: Words
    statements: tuple[Statement, ...]
    codes: dict[str, str | None]
    entities: frozenset[str]
    known: Issues
    starts: tuple[int, ...]
    named: tuple[int, ...]


def positions(
    report: Report,
    mentions: Sequence[Mention],
    statements: Sequence[Statement],
    events: Sequence[Event],
    known: Issues | None = None,
) -> tuple[Position, ...]:
    """The positions told of in `report`, in order, on the issues of `known` (by default those shipped)."""
    words = Heard.words(report, mentions, statements)
    scene = _Scene(
        report=report,
        words=words,
        statements=tuple(sorted(statements, key=lambda one: (one.start, one.end))),
        codes={one.actor: one.code for one in words.mentions},
        entities=frozenset(one.actor for one in words.mentions if one.kind == "entity"),
        known=known or issues(),
        starts=tuple(one.start for one in report.sentences),
        named=tuple(one.start for one in words.mentions),
    )
    acts = [*_of_recognition(scene, events), *_of_events(scene, events)]
    own = sorted(_once(acts, [*_of_phrases(scene)]), key=lambda one: (one.start, one.end))
    found = dict.fromkeys((*_shared(scene, own), *_echoed(scene, own)))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _shared(scene: _Scene, found: Iterable[Position]) -> Iterator[Position]:
    """The positions, and the same of those who are named in one list with their actor as the subject."""
    words = scene.words
    for one in found:
        yield one
        first, last = _numbers(scene, one)
        floor, _ = words.sentence(min(first, len(words) - 1))
        held = [at for at, each in words.named(floor, last) if each.actor == one.actor]
        if held:
            yield from (replace(one, actor=each.actor) for each in fellows(words, held[0]))


def _echoed(scene: _Scene, found: Sequence[Position]) -> Iterator[Position]:
    """The positions of those who "did the same", or "did not"."""
    starts = [one.start for one in found]
    for echo in echoes(scene.words):
        place = scene.report.origin[scene.words.start[echo.first]]
        at = bisect_left(starts, place)
        near = found[max(at - _MOST, 0) : at]
        told = [one for one in near if echo.takes_up(_numbers(scene, one)[1], one.actor)]
        if not told:
            continue
        one, words = told[-1], scene.words
        start, end = scene.report.spot(words.start[echo.first], words.end[echo.last - 1])
        stance = _TURNED.get(one.stance) if echo.denied else one.stance
        if stance is not None:
            yield replace(one, start=start, end=end, actor=echo.who.actor, stance=stance)


def _numbers(scene: _Scene, one: Position) -> tuple[int, int]:
    """The words of a position, as first and past the last."""
    first, last = (bisect_left(scene.report.origin, place) for place in (one.start, one.end))
    return scene.words.numbers(first, last)


def _of_recognition(scene: _Scene, events: Sequence[Event]) -> Iterator[Position]:
    for one in events:
        if (
            one.type not in ("recognise", "refuse_recognition")
            or one.source is None
            or one.realis == "hypothetical"
        ):
            continue
        entity = _entity(scene, one)
        if entity is None:
            continue
        stance: Stance = "for" if one.type == "recognise" else "against"
        issue = scene.known.entities.get(entity) or f"recognise_{_SLUG.sub('_', entity.lower()).strip('_')}"
        yield _position(scene, one, one.source, issue, stance, 0.95 if one.realis == "happened" else 0.85)


def _entity(scene: _Scene, one: Event) -> str | None:
    """The entity recognised or not: the target, else the last one named before ("these actions", "their")."""
    if one.target in scene.known.entities or one.target in scene.entities:
        return one.target
    end = bisect_left(scene.report.origin, one.end)
    around = scene.report.text[max(0, end - 2 * _AROUND) : end + _AROUND]
    if _BREAKAWAY.search(scene.report.raw[one.start : one.end].lower()) and _EAST.search(around):
        return "Donetsk and Luhansk people's republics"
    first, last = (bisect_left(scene.named, place) for place in (end - 2 * _AROUND, end))
    rows = scene.words.mentions[first:last]
    return next((each.actor for each in reversed(rows) if each.kind == "entity"), None)


def _of_events(scene: _Scene, events: Sequence[Event]) -> Iterator[Position]:
    for one in events:
        text = " ".join(scene.report.raw[one.start : one.end].lower().split())
        for issue, rule in scene.known.by_type.get(one.type, ()):
            stance = _stance(scene, one, rule, text)
            if stance is None or one.source is None or one.source in _FORUMS:
                continue
            yield _position(scene, one, one.source, issue, stance, rule.strength)


def _stance(scene: _Scene, one: Event, rule: EventRule, text: str) -> Stance | None:
    """The stance that an event shows on a rule's issue, None if it has no bearing on it."""
    if rule.text is not None and not rule.text.search(text):
        return None
    before = scene.report.raw[max(0, one.start - 70) : one.start]
    if one.type == "accuse" and _IN_A_TEXT.search(before):
        return None
    if rule.not_text is not None and rule.not_text.search(text):
        return None
    if rule.target and not _among(scene, one.target, rule.target):
        return None
    if rule.not_target and _among(scene, one.target, rule.not_target):
        return None
    if rule.source and not _among(scene, one.source, rule.source):
        return None
    if rule.source_not and _among(scene, one.source, rule.source_not):
        return None
    realis = "denied" if _INVERTED.search(before) else one.realis
    if realis == "denied" and _STILL.search(text):
        realis = "happened"
    stance = rule.realis.get(realis, rule.stance)
    if realis == "denied" and "denied" not in rule.realis:
        stance = _TURNED.get(stance, stance)
    return None if stance == "none" else stance


def _among(scene: _Scene, actor: str | None, wanted: frozenset[str]) -> bool:
    return actor is not None and (actor in wanted or (scene.codes.get(actor) or "") in wanted)


def _of_phrases(scene: _Scene) -> Iterator[Position]:
    low = scene.words.lowered
    denied: dict[tuple[int, int], bool] = {}
    for number, spans in sorted(_places(scene, low).items()):
        issue, rule = scene.known.phrases[number]
        last = -1
        for start, end in sorted(spans):
            if rule.negative:
                held_back = denied.get((start, end))
                if held_back is None:
                    held_back = denied[start, end] = scene.known.negative.search(low, start, end) is not None
                if not held_back:
                    continue
            if rule.across:
                start, end = max(start - _AROUND, 0), end + _AROUND
            for match in rule.text.finditer(low, max(start, last), end):
                last = match.end()
                held = _of_phrase(scene, issue, rule, match)
                if held is not None:
                    yield held


def _places(scene: _Scene, low: str) -> dict[int, set[tuple[int, int]]]:
    """Where to look for which of the phrases, by its number."""
    found: dict[int, set[tuple[int, int]]] = {}
    for cue in _likely(scene):
        for span in _cued(scene, low, cue):
            for number in scene.known.cues[cue]:
                found.setdefault(number, set()).add(span)
    return found


def _likely(scene: _Scene) -> set[str]:
    """The cues that may stand in the text: most do not, and asking for their beginnings is cheap."""
    begun = scene.known.begun
    found = {cue for _, cue in begun.get("", ())}
    for token in set(scene.words.low):
        for word in (token,) if token.isalpha() else _WORD.findall(token):
            for begin, cue in begun.get(word[:4], ()):
                if word.startswith(begin):
                    found.add(cue)
    return found


def _cued(scene: _Scene, low: str, cue: str) -> Iterator[tuple[int, int]]:
    """Where to look for a phrase in the text, in lower case: the sentences in which its `cue` stands."""
    place = low.find(cue)
    while place >= 0:
        start, end = _sentence(scene, place)
        if place >= end or end - start > _LONG:
            start, end = max(place - _AROUND, 0), place + _AROUND
        yield start, end
        place = low.find(cue, max(end, place + 1))


def _of_phrase(scene: _Scene, issue: str, rule: PhraseRule, match: re.Match[str]) -> Position | None:
    sentence = _sentence(scene, match.start())
    low = scene.words.lowered
    if rule.needs is not None and not rule.needs.search(low[sentence[0] : sentence[1]]):
        return None
    around = low[max(0, match.start() - _AROUND) : match.end() + _AROUND]
    if rule.near is not None and not rule.near.search(around):
        return None
    start, end = scene.report.spot(match.start(), _whole(scene.report.text, match.start(), match.end()))
    speaker = _speaker(scene.statements, start, end)
    if rule.statements_only and speaker is None:
        return None
    stance = _meant(rule, scene.report.text[sentence[0] : match.start()])
    actor = holder(scene.words, rule.actor, match.start(), match.end(), speaker)
    if actor is None or actor in _FORUMS or stance is None or _among(scene, actor, rule.actor_not):
        return None
    by = speaker or author(scene.report)
    return Position(scene.report.doc, start, end, _body(scene, actor), issue, stance, rule.strength, by)


def _meant(rule: PhraseRule, before: str) -> Stance | None:
    """The stance of a phrase after the words `before` it in its sentence: denied, only supposed, or as it stands."""
    if rule.denied is not None and _NOT.search(before):
        return None if rule.denied == "none" else rule.denied
    return None if rule.asserted and _SUPPOSED.search(before) else rule.stance


def _whole(text: str, start: int, end: int) -> int:
    """Past the last whole word of characters `start` to `end`."""
    cut = end
    while cut > start and cut < len(text) and text[cut].isalnum() and text[cut - 1].isalnum():
        cut -= 1
    held = text[start:cut].rstrip(' ,(“"‘–—')
    return start + len(held) if held else end


def _speaker(statements: Sequence[Statement], start: int, end: int) -> str | None:
    """The speaker of the statement that the characters `start` to `end` of the raw text lie in, mostly."""
    at = bisect_right(statements, end, key=lambda one: one.start)
    shared = [
        (min(one.end, end) - max(one.start, start), one.speaker) for one in statements[max(0, at - 4) : at]
    ]
    told = [row for row in shared if row[0] > 0 and row[1] is not None]
    if not any(overlap > (end - start) // 2 for overlap, _ in shared) or not told:
        return None
    return max(told, key=lambda row: row[0])[1]


def _sentence(scene: _Scene, place: int) -> tuple[int, int]:
    if not scene.starts:
        return 0, 0
    one = scene.report.sentences[max(bisect_right(scene.starts, place) - 1, 0)]
    return one.start, one.end


def _body(scene: _Scene, actor: str, words: str = "") -> str:
    """The state for whom its soldiers or envoys act, or whose president tells of "the country"; else the actor."""
    code = scene.codes.get(actor)
    return (
        state_names().get(code, actor) if code and (_BODY.search(actor) or _COUNTRY.match(words)) else actor
    )


def _position(scene: _Scene, one: Event, actor: str, issue: str, stance: Stance, strength: float) -> Position:
    by = one.via or author(scene.report)
    actor = _body(scene, actor, scene.report.raw[one.start : one.end])
    return Position(scene.report.doc, one.start, one.end, actor, issue, stance, strength, by)


def _once(acts: Sequence[Position], phrases: Sequence[Position]) -> Iterator[Position]:
    """Each position once where its words overlap: what is done before what is said, the shorter telling first kept."""
    kept: dict[tuple[str, str], list[Position]] = {}
    for found in (acts, phrases):
        for one in sorted(found, key=lambda one: (one.start, one.end)):
            others = kept.setdefault((one.issue, one.stance), [])
            if not any(other.start < one.end and one.start < other.end for other in others):
                others.append(one)
                yield one
