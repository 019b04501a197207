"""Acts that verbs tell of: who does what to whom, in the active and the passive voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from tightrope.evidence.act import Act, after, direct_object, governed, named_first, trimmed
from tightrope.evidence.clause import Words, clause_end
from tightrope.evidence.clause_words import BREAKS, PARTICIPLES, PREPOSITIONS
from tightrope.evidence.found import Mention, Realis
from tightrope.evidence.lexicon import Lexicon, Verb, compiled
from tightrope.evidence.subject import subject_of
from tightrope.evidence.verb_group import REFUSALS, Group, group, is_verb

_each = str.split  # a row of words reads better than a list of them
_DOUBT = frozenset(
    _each("if unless unlikely possible possibility likely fear fears risk whether doubt doubts")
)
_ASIDES = frozenset(
    _each("after before when while since because although though as if which who whereas until")
)
# A pronoun that nobody is found for stands for whoever acted in the sentence before.
_TAKEN_UP = frozenset(("they", "it", "we", "he", "she"))
_DEEDS = frozenset(
    _each("invasion attack war aggression annexation occupation assault offensive raid bombing strikes")
)
_HARMS = frozenset(_each("kill wound injure displace strike hit"))
# What kills without being anybody's deed.
_DISASTERS = frozenset(
    _each(
        "earthquake quake flood floods flooding cyclone storm storms hurricane typhoon tornado landslide "
        "landslides mudslide avalanche tsunami wildfire wildfires crash collision accident heatwave drought "
        "derailment lightning"
    )
)
# Two who are named as one subject do these with each other.
_MUTUAL = frozenset(("agree", "consult"))
_BACK = 60  # so many words may lie between a name and the pronoun that takes it up
_OF_ENTITIES = frozenset(("recognise", "carry_over"))
# What is alleged or threatened goes on with a clause of its own.
_SAYING = frozenset(("accuse", "threaten"))
_RECOGNITION = ("recogni", "acknowledg")
# "An occasion to reiterate support" is an act; "for help to restore order" is what the help is for.
_TOLD_AS_PURPOSE = frozenset(("support", "visit", "consult", "carry_over"))


@dataclass(slots=True)
class _Clause:
    """A verb in its sentence while its readings are tried; what several of them ask for is worked out once."""

    words: Words
    one: Group
    bounds: tuple[int, int]
    told_before: Mention | None
    earlier: Mention | None
    ends: dict[bool, int] = field(default_factory=dict)
    subject: tuple[Mention | None, int] | None = None

    def end(self, bare: bool) -> int:
        """Past the last word of the clause; `bare` as for `clause_end`."""
        if bare not in self.ends:
            self.ends[bare] = clause_end(self.words, self.one.head, self.bounds[1], bare)
        return self.ends[bare]

    def who(self) -> tuple[Mention | None, int]:
        """Who does it, and the word at which that is told."""
        if self.subject is None:
            who, start = subject_of(self.words, self.one, self.bounds, self.told_before)
            if who is None and self.words.word(self.one.first - 1) in _TAKEN_UP:
                who = self.earlier
            self.subject = who, start
        return self.subject


def verb_acts(words: Words, known: Lexicon) -> Iterator[Act]:
    """The acts that the verbs of a report tell of, in order."""
    sentence, subject, earlier = (-1, -1), None, None
    for number in words.those_in(known.verbs):
        if words.mention[number] is not None:
            continue
        bounds = words.sentence(number)
        if bounds != sentence:
            sentence, subject = bounds, None
        clause, found = _first_reading(words, known, number, bounds, (subject, earlier))
        if clause is None:
            continue
        yield from found
        who, start = clause.who()
        # Who acts in an aside, or is only blamed "for doing", is not whom the sentence goes on about.
        if clause.one.shape != "ing" and words.word(start - 1) not in _ASIDES:
            subject = who or subject
            earlier = subject or earlier


def _first_reading(
    words: Words,
    known: Lexicon,
    number: int,
    bounds: tuple[int, int],
    told: tuple[Mention | None, Mention | None],
) -> tuple[_Clause | None, list[Act]]:
    """The acts by the first reading of a verb that its surroundings fit, and its clause; None without one."""
    low = words.low[number]
    clauses: dict[str, _Clause | None] = {}
    for shape, verb in known.verbs[low]:
        if shape not in clauses:
            one = group(words, number, shape, bounds[0])
            fits = is_verb(words, one, low in known.nouns) and not _hangs_on_noun(words, one, known)
            clauses[shape] = _Clause(words, one, bounds, *told) if fits else None
        clause = clauses[shape]
        found = _reading(clause, verb) if clause is not None else []
        if found:
            return clause, found
    return None, []


def _hangs_on_noun(words: Words, one: Group, known: Lexicon) -> bool:
    """Whether a participle belongs to a noun that tells of the act itself: "a resolution condemning the raid"."""
    return (
        one.bare
        and one.head > 0
        and words.word(one.head) in PARTICIPLES
        and words.word(one.head - 1) in known.nouns
    )


def _reading(clause: _Clause, verb: Verb) -> list[Act]:
    """The acts that `verb` tells of here, none if its surroundings do not fit; several for several entities."""
    words, one = clause.words, clause.one
    if verb.lemma in _HARMS and not _DISASTERS.isdisjoint(words.low[slice(*clause.bounds)]):
        return []
    realis = _realis(words, one, verb, clause.bounds)
    if realis is None or not _fits_before(words, one, verb, clause.bounds):
        return []
    first = one.head + 1 + len(verb.particles.split())
    last = _last(clause, verb)
    reach = _tail(words, verb, one.head + 1, last)
    if reach is None:
        return []
    who, start = clause.who()
    source, target = _sides(words, one, verb, who, first, last)
    if verb.type == "support":
        source = _possessor(words, target, first, reach) or source
    if verb.type in _OF_ENTITIES and (target is None or target.kind != "entity"):
        entities = (each for _, each in words.named(first, last) if each.kind == "entity")
        target = next(entities, None) or _entity_before(words, one, first) or target
    if not _enough(one, verb, source, target, words, first, last):
        return []
    kind, told = _flipped(verb, realis, one)
    if kind == "recognise" and target is not None and target.kind == "state":
        kind = "support"  # what nobody disputes is upheld, not recognised
    targets = [target]
    if verb.type in _OF_ENTITIES and target is not None and target.kind == "entity":
        targets += _listed(words, target, first, last)
    if verb.type in _MUTUAL and not one.passive and after(words, ("with",), first, last) is None:
        targets = [_partner(words, source, clause.bounds[0], one.first) or target]
    begin, end = trimmed(words, start, last)
    name = words.word(one.head)
    return [Act(begin, end, one.head, kind, told, source, each, False, reach, name) for each in targets]


def _partner(words: Words, who: Mention | None, floor: int, place: int) -> Mention | None:
    """The second of two subjects: Indonesia in "Fiji and Indonesia signed a treaty"."""
    rows = words.named(floor, place)
    for (_, one), (number, other) in pairwise(rows):
        if one is who and number and words.word(number - 1) in ("and", "the"):
            held = [each for each in range(floor, number) if words.mention[each] is one]
            between = words.low[held[-1] + 1 : number] if held else []
            if between in (["and"], ["and", "the"]):
                return other
    return None


def _entity_before(words: Words, one: Group, first: int) -> Mention | None:
    """What is not named but taken up by the pronoun after the verb: the last entity in "Chad does not recognise it"."""
    if words.word(first) not in ("it", "them"):
        return None
    before = words.named(one.first - _BACK, one.first)
    return next((each for _, each in reversed(before) if each.kind == "entity"), None)


def _listed(words: Words, target: Mention, first: int, last: int) -> Iterator[Mention]:
    """The entities that stand in one list with `target`."""
    at = next((number for number, one in words.named(first, last) if one is target), last)
    for number, mention in words.named(at + 1, last):
        between = [words.word(place) for place in range(at, number) if words.mention[place] is None]
        if any(word in PREPOSITIONS and word != "of" for word in between):
            return
        if mention.kind == "entity" and mention is not target:
            yield mention
            at = number


def _last(clause: _Clause, verb: Verb) -> int:
    """Past the last word of the act: of the clause, or of the last entity to which a principle is applied."""
    words, head, ceiling = clause.words, clause.one.head, clause.bounds[1]
    if verb.type == "carry_over":
        held = [number for number, one in words.named(head, ceiling) if one.kind == "entity"]
        if held:
            return clause_end(words, held[-1], ceiling)
    end = clause.end(verb.type not in _SAYING)
    return clause_end(words, end, ceiling, False) if words.word(end) == "until" else end


def _tail(words: Words, verb: Verb, first: int, last: int) -> int | None:
    """Past the last word that the verb's tail takes in, None if the tail does not fit."""
    if not (verb.particles or verb.not_tail or verb.tails):
        return first
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
        if match is None:
            continue
        reach = words.at(words.start[first] + match.end()) if first < last else first
        if "actor" not in match.re.groupindex or words.named(first, min(reach + 1, last)):
            return reach
    return None


def _fits_before(words: Words, one: Group, verb: Verb, bounds: tuple[int, int]) -> bool:
    if (verb.passive and not one.passive) or (verb.active and one.passive):
        return False
    if verb.subject is None:
        return True
    before = " ".join(words.low[max(bounds[0], one.first - 12) : one.first])
    return compiled(rf"(?:^|\s){verb.subject}\s(?:\S+\s){{0,9}}?$").search(before + " ") is not None


def _realis(words: Words, one: Group, verb: Verb, bounds: tuple[int, int]) -> Realis | None:
    """Whether the act happened, None where it is not an act of its own: "asked the bloc to help"."""
    negated = (one.negated or one.control == "denied") and not _until(words, one)
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


def _until(words: Words, one: Group) -> bool:
    """Whether what is denied came about after all: "did not recognise it until 2008"."""
    return "until" in words.low[one.head + 1 : one.head + 9]


def _refuses_recognition(words: Words, one: Group, verb: Verb) -> bool:
    """Whether it is the "refuse" of a refusal of recognition, which is told by the verb after it."""
    if verb.lemma not in ("refuse", "decline"):
        return False
    return any(word.startswith(_RECOGNITION) for word in words.low[one.head + 1 : one.head + 5])


def _conditional(words: Words, one: Group, floor: int) -> bool:
    for word in reversed(words.low[max(floor, one.first - 14) : one.first]):
        if word in _DOUBT:
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
    one: Group,
    verb: Verb,
    source: Mention | None,
    target: Mention | None,
    words: Words,
    first: int,
    last: int,
) -> bool:
    if verb.need == "none":
        return True
    if verb.need == "finite":
        return target is not None or (source is not None and one.shape != "ing")
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
    r"\b(?:independence|sovereignty|statehood|secession|annexation|separatist|breakaway|quasi-\w+|republics?|claims?|"
    r"these actions|independent (?:state|countr|republic|nation)\w*|referend\w+|territor\w+|self-proclaimed)\b"
)


def _sides(
    words: Words, one: Group, verb: Verb, who: Mention | None, first: int, last: int
) -> tuple[Mention | None, Mention | None]:
    if one.passive and not verb.passive:
        agent = after(words, ("by", "thanks"), first, last)
        if agent is None and verb.type == "sanction":
            agent = after(words, ("in",), first, last)
        return agent, _answerable(words, one, who)
    if verb.passive:
        agent = after(words, ("by", "thanks"), first, last)
        return agent or _inside(words, one, who), _target(words, verb, agent, first, last)
    if "self" in verb.target:
        giver = after(words, ("from",), first, last) or named_first(words, first, last, who)
        return giver, who
    return who, _target(words, verb, who, first, last)


def _answerable(words: Words, one: Group, who: Mention | None) -> Mention | None:
    """Who did it, not who underwent it: Norway in "the Norwegian raid on Chad was condemned"."""
    rows = words.named(max(words.sentence(one.first)[0], one.first - 12), one.first)
    at = next((number for number, mention in rows if mention is who), None)
    if who is None or at is None or governed(words, at) not in ("of", "on", "against"):
        return who
    if _DEEDS.isdisjoint(words.low[max(at - 4, 0) : at]):
        return who
    doers = (each for number, each in reversed(rows) if number < at and each.form == "demonym")
    return next(doers, who)


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
