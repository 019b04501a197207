"""Acts that verbs tell of: who does what to whom, in the active and the passive voice."""

from __future__ import annotations

from collections.abc import Iterator

from tightrope.evidence.act import Act, after, direct_object, governed, named_first, phrase_start, trimmed
from tightrope.evidence.clause import Words, clause_end
from tightrope.evidence.clause_words import BREAKS, PARTICIPLES, PREPOSITIONS, RELATIVES, SUBORDINATORS
from tightrope.evidence.found import Mention, Realis
from tightrope.evidence.lexicon import Lexicon, Verb, compiled
from tightrope.evidence.verb_group import REFUSALS, Group, group, is_verb

_each = str.split  # a row of words reads better than a list of them
_GENERIC = frozenset(
    _each("government authorities country leadership state regime nation cabinet republic president leader")
)
_DOUBT = frozenset(_each("unlikely possible possibility likely fear fears risk whether doubt doubts"))
_RECOGNITION = ("recogni", "acknowledg")
# "An occasion to reiterate support" is an act; "for help to restore order" is what the help is for.
_TOLD_AS_PURPOSE = frozenset(("support", "visit", "consult", "carry_over"))
_DASHES = frozenset((",", "–", "—", ")"))


def verb_acts(words: Words, known: Lexicon) -> Iterator[Act]:
    """The acts that the verbs of a report tell of, in order."""
    sentence, subject = (-1, -1), None
    for number, low in enumerate(words.low):
        rows = known.verbs.get(low)
        if rows is None or words.mention[number] is not None:
            continue
        bounds = words.sentence(number)
        if bounds != sentence:
            sentence, subject = bounds, None
        seen: dict[str, Group] = {}
        for shape, verb in sorted(rows, key=lambda row: not row[1].tails and row[1].subject is None):
            one = seen.get(shape) or seen.setdefault(shape, group(words, number, shape, bounds[0]))
            if not is_verb(words, one, low in known.nouns) or _hangs_on_noun(words, one, known):
                continue
            who, start = _subject(words, one, bounds, subject)
            found = _reading(words, one, verb, who, start, bounds)
            if found:
                subject = who or subject
                yield from found
                break


def _hangs_on_noun(words: Words, one: Group, known: Lexicon) -> bool:
    """Whether a participle belongs to a noun that tells of the act itself: "a resolution condemning the raid"."""
    return (
        one.bare
        and one.head > 0
        and words.word(one.head) in PARTICIPLES
        and words.word(one.head - 1) in known.nouns
    )


def _reading(
    words: Words, one: Group, verb: Verb, who: Mention | None, start: int, bounds: tuple[int, int]
) -> list[Act]:
    """The acts that `verb` tells of here, none if its surroundings do not fit; several for several entities."""
    realis = _realis(words, one, verb, bounds)
    if realis is None or not _fits_before(words, one, verb, bounds):
        return []
    first = one.head + 1 + len(verb.particles.split())
    last = _last(words, one, verb, bounds)
    reach = _tail(words, verb, one.head + 1, last)
    if reach is None:
        return []
    source, target = _sides(words, one, verb, who, first, last)
    if verb.type == "support":
        source = _possessor(words, target, first, reach) or source
    if verb.type == "carry_over" and (target is None or target.kind != "entity"):
        target = next((one_ for _, one_ in words.named(first, last) if one_.kind == "entity"), None)
    if not _enough(verb, source, target, words, first, last):
        return []
    kind, told = _flipped(verb, realis, one)
    begin, end = trimmed(words, start, last)
    acts = [Act(begin, end, one.head, kind, told, source, target, reach=reach)]
    if verb.type in ("recognise", "carry_over") and target is not None and target.kind == "entity":
        listed = _listed(words, target, first, last)
        acts += [Act(begin, end, one.head, kind, told, source, each, reach=reach) for each in listed]
    return acts


def _listed(words: Words, target: Mention, first: int, last: int) -> Iterator[Mention]:
    """The entities that stand in one list with `target`."""
    at = next(number for number, one in words.named(first, last) if one is target)
    for number, mention in words.named(at + 1, last):
        between = [words.word(place) for place in range(at, number) if words.mention[place] is None]
        if any(word in PREPOSITIONS and word != "of" for word in between):
            return
        if mention.kind == "entity" and mention is not target:
            yield mention
            at = number


def _last(words: Words, one: Group, verb: Verb, bounds: tuple[int, int]) -> int:
    """Past the last word of the act: of the clause, or of the last entity to which a principle is applied."""
    if verb.type == "carry_over":
        held = [number for number, one_ in words.named(one.head, bounds[1]) if one_.kind == "entity"]
        if held:
            return clause_end(words, held[-1], bounds[1])
    return clause_end(words, one.head, bounds[1])


def _tail(words: Words, verb: Verb, first: int, last: int) -> int | None:
    """Past the last word that the verb's tail takes in, None if the tail does not fit."""
    text = words.text[words.start[first] : words.end[last - 1]] + " " if first < last else " "
    if verb.particles:
        if not text.lower().startswith(verb.particles + " "):
            return None
        text = text[len(verb.particles) + 1 :]
    if verb.not_tail and compiled(verb.not_tail).match(text):
        return None
    if not verb.tails:
        return first
    for tail in verb.tails:
        match = compiled(tail).match(text)
        if match and ("actor" not in match.re.groupindex or _holds_actor(words, match["actor"], first, last)):
            return words.at(words.start[first] + match.end()) if first < last else first
    return None


def _holds_actor(words: Words, told: str | None, first: int, last: int) -> bool:
    return told is None or bool(words.named(first, min(last, first + len(told.split()) + 1)))


def _fits_before(words: Words, one: Group, verb: Verb, bounds: tuple[int, int]) -> bool:
    if verb.passive and not one.passive:
        return False
    if verb.subject is None:
        return True
    before = " ".join(words.low[max(bounds[0], one.first - 12) : one.first])
    return compiled(rf"(?:^|\s){verb.subject}\s(?:\S+\s){{0,9}}?$").search(before + " ") is not None


def _realis(words: Words, one: Group, verb: Verb, bounds: tuple[int, int]) -> Realis | None:
    """Whether the act happened, None where it is not an act of its own: "asked the bloc to help"."""
    negated = one.negated or one.control == "denied"
    if verb.assurance:
        return "happened" if negated and one.control in (None, "denied") else None
    if one.control in ("asked", "promised", "advised") or _refuses_recognition(words, one, verb):
        return None
    if one.infinitive and one.control is None and verb.type not in _TOLD_AS_PURPOSE:
        return None
    refused = one.control_word in REFUSALS and one.control == "denied"
    if refused and verb.type not in ("recognise", "sanction"):
        return None
    if verb.denied_only and not negated:
        return None
    if verb.realis == "denied":
        return "denied"
    if negated:
        return "denied"
    if _conditional(words, one, bounds[0]):
        return "hypothetical"
    if one.control in ("planned", "hypothetical"):
        return "planned" if one.control == "planned" else "hypothetical"
    return one.modal or ("planned" if verb.planned else "happened")


def _refuses_recognition(words: Words, one: Group, verb: Verb) -> bool:
    """Whether it is the "refuse" of a refusal of recognition, which is told by the verb after it."""
    ahead = words.low[one.head + 1 : one.head + 5]
    return verb.lemma in ("refuse", "decline") and any(word.startswith(_RECOGNITION) for word in ahead)


def _conditional(words: Words, one: Group, floor: int) -> bool:
    for at in range(one.first - 1, max(floor, one.first - 14) - 1, -1):
        word = words.word(at)
        if word in ("if", "unless") or word in _DOUBT:
            return True
        if word in BREAKS or word == ",":
            return False
    return False


def _flipped(verb: Verb, realis: Realis, one: Group) -> tuple[str, Realis]:
    """Recognition denied is an act of its own: a refusal that happened, or that is announced."""
    if verb.type != "recognise" or realis != "denied":
        return verb.type, realis
    return "refuse_recognition", "planned" if one.modal == "planned" else "happened"


def _enough(
    verb: Verb, source: Mention | None, target: Mention | None, words: Words, first: int, last: int
) -> bool:
    if verb.need == "any":
        return target is not None
    if verb.need == "both":
        return source is not None and target is not None
    if verb.need == "person":
        return target is not None and target.kind == "person"
    if verb.need == "entity":
        held = " ".join(words.low[first:last])
        return (target is not None and target.kind == "entity") or _STATEHOOD.search(held) is not None
    # "Protests broke out in Zinder": nobody is named, but the place is.
    placed = verb.subject is not None and any(
        words.word(at) in ("in", "across") and words.text[words.start[at + 1]].isupper()
        for at in range(first, last - 1)
    )
    return placed or source is not None or target is not None


_STATEHOOD = compiled(
    r"\b(?:independence|sovereignty|statehood|secession|annexation|separatist|breakaway|republics?|claims?|"
    r"these actions|referend\w+|territor\w+|self-proclaimed)\b"
)


def _sides(
    words: Words, one: Group, verb: Verb, who: Mention | None, first: int, last: int
) -> tuple[Mention | None, Mention | None]:
    if one.passive and not verb.passive:
        agent = after(words, ("by", "thanks"), first, last)
        if agent is None and verb.type == "sanction":
            agent = after(words, ("in",), first, last)
        return agent, who
    if verb.passive:
        agent = after(words, ("by", "thanks"), first, last)
        return agent or _inside(words, one, who), _target(words, verb, agent, first, last)
    if "self" in verb.target:
        giver = after(words, ("from",), first, last) or named_first(words, first, last, who)
        return giver, who
    return who, _target(words, verb, who, first, last)


def _possessor(words: Words, target: Mention | None, first: int, reach: int) -> Mention | None:
    """Whose support is expressed where another's is: the bloc in "reiterated the bloc's support"."""
    for number, mention in words.named(first, reach):
        end = next((at for at in range(number, reach + 1) if words.mention[at] is not mention), reach)
        if mention is not target and end < len(words) and words.word(end) == "'s":
            return mention
    return None


def _inside(words: Words, one: Group, who: Mention | None) -> Mention | None:
    """`who` if named right before the verb: the bloc in "troops of the bloc were deployed"."""
    near = [mention for _, mention in words.named(one.first - 6, one.first)]
    return who if who in near else None


def _target(words: Words, verb: Verb, who: Mention | None, first: int, last: int) -> Mention | None:
    for place in verb.target:
        if place == "object":
            found = direct_object(words, first, last)
        elif place == "clause":
            found = named_first(words, first, last, who)
        else:
            found = after(words, (place,), first, last)
        if found is None or (who is not None and found.actor == who.actor):
            continue
        # A pronoun that comes back to the doer's own state stands for somebody else.
        if who is not None and found.form == "pronoun" and found.code is not None and found.code == who.code:
            continue
        return found
    return None


def _subject(
    words: Words, one: Group, bounds: tuple[int, int], subject: Mention | None
) -> tuple[Mention | None, int]:
    """Who does it, and the word at which the telling of the act begins."""
    floor, before = bounds[0], words.word(one.first - 1) if one.first > bounds[0] else ""
    if (
        one.control_word
        and words.word(one.first) == one.control_word
        and one.control != "denied"
        and one.infinitive
    ):
        owner = words.mention[one.first - 1] if one.first else None
        if before == "'s" or before in ("the", "a", "its", "his", "their", "her"):
            start = phrase_start(words, one.first, floor)
            inside = words.named(start, one.first)
            return (inside[0][1] if inside else owner or _main(words, floor, start)), start
    if before in RELATIVES:
        return _antecedent(words, one, floor) or subject, one.first
    if one.control == "forced" and one.infinitive:
        held = words.named(max(floor, one.first - 8), one.first)
        return (held[-1][1] if held else subject), one.first
    participle = (
        (one.shape == "ing" and one.bare) or words.word(one.first).endswith("ing") or before in SUBORDINATORS
    )
    beside = words.mention[one.first - 1] if one.first > floor else None
    if one.shape == "ing" and one.bare and beside is not None and beside.form != "demonym":
        return beside, phrase_start(words, one.first - 1, floor)
    if (
        before in ("and", "or", "nor", "then", "but")
        or participle
        or (one.infinitive and one.control is None)
    ):
        strong = next((at for at in range(one.first - 1, floor, -1) if words.word(at) in (";", ":")), floor)
        near = _main(words, strong, one.first) if strong > floor else None
        return near or subject or _main(words, floor, one.first) or _later(words, one, bounds), one.first
    if before in _DASHES:
        return _over_apposition(words, one, floor, before) or subject, one.first
    return _before(words, one, floor, subject)


def _before(words: Words, one: Group, floor: int, subject: Mention | None) -> tuple[Mention | None, int]:
    """The subject in the noun phrase before the verb, and where that phrase begins."""
    at = one.first - 1
    if at < floor:
        return None, one.first
    while at >= floor and not (
        words.word(at) in BREAKS
        or words.word(at) in SUBORDINATORS
        or words.word(at) in (",", "that", "as", "than", "“", "”", '"')
    ):
        at -= 1
    held = [
        row for row in words.named(at + 1, one.first) if row[1].form != "demonym" or row[1].kind == "group"
    ]
    held = held or words.named(at + 1, one.first)
    free = [row for row in held if governed(words, row[0]) in (None, "of")]
    chosen = _owner(words, free) if free else (held[0] if held else None)
    start = (
        phrase_start(words, one.first - 1, at + 1)
        if chosen is None
        else phrase_start(words, chosen[0], at + 1)
    )
    if chosen is not None:
        return chosen[1], start
    generic = any(word in _GENERIC for word in words.low[start : one.first])
    return (subject or _main(words, floor, start) if generic else None), start


def _owner(words: Words, free: list[tuple[int, Mention]]) -> tuple[int, Mention]:
    """The last name, or the one that it only explains: the president in "the president of the bloc"."""
    chosen = free[-1]
    if len(free) > 1:
        number, before = free[-2]
        held = [words.word(at) for at in range(number, chosen[0]) if words.mention[at] is not before]
        if held and held[0] in ("of", "and") and all(word in ("of", "the", "and") for word in held):
            return free[-2]
    return chosen


def _main(words: Words, floor: int, before: int) -> Mention | None:
    """The likely subject of the sentence's main clause: the first actor there that no preposition governs."""
    held = words.named(floor, before)
    free = [one for number, one in held if governed(words, number) is None and one.form != "demonym"]
    return free[0] if free else (held[0][1] if held else None)


def _later(words: Words, one: Group, bounds: tuple[int, int]) -> Mention | None:
    """The subject of the main clause that follows a participle at the start of a sentence."""
    comma = next((at for at in range(one.head, bounds[1]) if words.word(at) == ","), None)
    return None if comma is None else _main(words, comma + 1, bounds[1])


def _over_apposition(words: Words, one: Group, floor: int, mark: str) -> Mention | None:
    """The name before an apposition that ends right before the verb: "Petrov, head of the office, refused"."""
    opening = "(" if mark == ")" else mark
    for at in range(one.first - 2, floor, -1):
        if words.word(at) == opening:
            held = words.named(max(floor, at - 6), at)
            return held[-1][1] if held else None
    held = words.named(floor, one.first)
    return held[0][1] if held else None


def _antecedent(words: Words, one: Group, floor: int) -> Mention | None:
    """Whom a relative pronoun takes up: the name before it, or the one that an apposition before it explains."""
    at = one.first - 2
    held = words.named(max(floor, at - 13), at + 1)
    if not held:
        return None
    number, last = held[-1]
    if words.mention[at] is last and last.form in ("anonymous", "title"):
        before = words.mention[number - 2] if words.word(number - 1) == "," else None
        return before or last
    if words.mention[at] is not None:
        return last
    comma = next((place for place in range(at, max(floor, at - 7), -1) if words.word(place) == ","), None)
    if comma is not None and words.mention[comma - 1] is not None:
        return words.mention[comma - 1]
    return last
