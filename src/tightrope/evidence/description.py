"""People and governments named by what they are: the Kazakh leader, a Russian lawmaker, the authorities in Minsk."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from tightrope.evidence.found import Mention
from tightrope.evidence.name import People
from tightrope.evidence.word import Words

_each = str.split  # a row of words reads better than a list of them

_FORMER = frozenset(_each("former ex- deputy vice first late next then future another other"))
_ALONE = frozenset(
    _each(
        "man woman men women people person others son daughter wife husband father mother king member "
        "members head chief chair"
    )
)
_SEATED = frozenset(_each("government authorities administration regime leadership"))
_FAR, _MOST_BACK = 6, 30
# Between a title and the name of its bearer: the ambassador to the United Nations, Ann Lee.
_JOINED = re.compile(r"(?: (?:of|to|at|in|for) [^,]{1,34})?, ")
# Who is somebody else than whoever has a title.
_PARTIES = frozenset(
    _each(
        "defendant suspect victim plaintiff juror witness patient reporter journalist interviewer caller priest lawyer"
    )
)
_OF_PLACE = re.compile(r" (?:of|for|at|in) [A-Z]")
# Words that also describe, and those before which they do not.
_ADJECTIVES = frozenset(
    _each(
        "separatist rebel nationalist liberal conservative communist militant insurgent dissident "
        "expert general chief deputy secretary republican people assistant prisoner hostage guard buyer seller"
    )
)
_AFTER_NOUN = frozenset(
    _each(
        "said says told tells who which that and or of from in with has was is had will would may might "
        "can could at for to on by as were are have did does do warns argues adds wrote writes claims "
        "claim say tell"
    )
)


def descriptions(words: Words, named: list[Mention], people: People) -> list[Mention]:
    """Mentions by description, in order; those of somebody whose name follows at once are left to the name."""
    at_start = {one.start: one for one in named}
    at_end = {one.end: one for one in named}
    found: list[Mention] = []
    heads = words.known.words["heads"]
    known = heads | _LAST_OF_GOVERNMENT
    for number in [number for number, low in enumerate(words.low) if low in known]:
        low = words.low[number]
        if number + 1 < len(words) and low == "people" and words.text[number + 1] == "'s":
            continue
        if low in heads:
            one = _described(words, number, at_start, at_end, people)
        else:
            one = _government(words, number, at_start, at_end)
        if one and (not found or one.start >= found[-1].end):
            found.append(one)
    return _resolved(words, found, named)


_LAST_OF_GOVERNMENT = frozenset(
    _each(
        "government authorities administration regime leadership ministry defence defense army military "
        "troops forces"
    )
)


def _described(
    words: Words, head: int, at_start: dict[int, Mention], at_end: dict[int, Mention], people: People
) -> Mention | None:
    token = words.text[head].lower()
    if _name_follows(words, head, at_start) or _is_adjective(words, head):
        return None
    first, state, article = _back(words, head, at_end)
    if words.text[head] != token and head not in words.first and not (article or state):
        return None
    single = not token.endswith("s") and token not in ("people", "men", "women", "others", "spokesmen")
    if single and not article and not state:
        return None
    if not single and token in _ALONE and first == head:
        return None
    state = state or _state_of(words, head, at_start)
    start, end = words.start[first], words.end[head]
    modifiers = {word.lower() for word in words.text[first:head]}
    office = _office(words, head, modifiers)
    if office and state and state.code and single and not modifiers & _FORMER:
        holder = people.by_office.get((state.code, office)) or _known_holder(words, state.code, office)
        if holder:
            return Mention(start, end, holder, "person", "title", state.code)
    text = words.report.text[start:end]
    bare = text.split(" ", 1)[1] if text.lower().startswith(("a ", "an ", "the ")) else text
    form = "title" if article == "the" and single else "anonymous"
    kind = "person" if single else "group"
    return Mention(start, end, bare, kind, form, state.code if state else None)  # type: ignore[arg-type]


def _is_adjective(words: Words, head: int) -> bool:
    """Whether a word that names people describes what follows: separatist republics, deputy chief."""
    if words.text[head].lower() not in _ADJECTIVES or words.gap(head) != " " or head + 1 == len(words):
        return False
    following = words.text[head + 1]
    return following.islower() and following not in _AFTER_NOUN and not following.endswith("ed")


def _name_follows(words: Words, head: int, at_start: dict[int, Mention]) -> bool:
    following = at_start.get(words.start[head + 1]) if head + 1 < len(words) else None
    return bool(following and following.kind == "person" and words.gap(head) == " ")


def _back(words: Words, head: int, at_end: dict[int, Mention]) -> tuple[int, Mention | None, str]:
    """Where the description begins, the state that its words name, and its article."""
    sets = words.known.words
    first, state = head, None
    for number in range(head - 1, max(head - _FAR, 0) - 1, -1):
        low = words.text[number].lower()
        if words.gap(number) not in (" ", "") and not (
            words.gap(number) == ". " and "." in words.text[number]
        ):
            break
        mention = at_end.get(words.end[number])
        if low in sets["determiners"]:
            return number, state, low
        if low == "'s" and number:
            owner = at_end.get(words.end[number - 1])
            if owner and owner.code and owner.kind != "person":
                return words.at(owner.start), state or owner, "the"
            return first, state, "the"
        if mention and mention.kind != "person":
            state = state or (
                mention if mention.form == "demonym" or mention.kind in ("capital", "state") else None
            )
            first = words.at(mention.start)
            continue
        plain = low in sets["modifiers"] and low != "of"
        if not plain and not low.endswith(("-based", "-born", "-backed", "-year-old", "-led", "-elected")):
            break
        first = number
    return first, state, ""


def _state_of(words: Words, head: int, at_start: dict[int, Mention]) -> Mention | None:
    """The state of a president of it."""
    if head + 2 >= len(words) or words.text[head + 1] not in ("of", "in", "from"):
        return None
    place = head + 2
    if words.text[place] == "the" and place + 1 < len(words):
        place += 1
    found = at_start.get(words.start[place])
    return found if found and found.kind in ("state", "capital", "entity") else None


def _office(words: Words, head: int, modifiers: set[str]) -> str | None:
    token = words.text[head].lower()
    if token == "minister":
        for kind in ("prime", "foreign", "defence", "defense"):
            if kind in modifiers:
                return words.known.offices[f"{kind} minister"]
        return None
    return words.known.offices.get(token)


def _known_holder(words: Words, code: str, office: str) -> str | None:
    return next((one.name for one in words.known.people if one.code == code and one.office == office), None)


def _government(
    words: Words, head: int, at_start: dict[int, Mention], at_end: dict[int, Mention]
) -> Mention | None:
    """A government that acts for its state: the Kazakh authorities, the government in Oslo."""
    first, state, _ = _back(words, head, at_end)
    if words.low[head] in _SEATED:
        state = state or _state_of(words, head, at_start)
    if state is None or not state.code:
        return None
    phrase = " ".join(words.text[first : head + 1]).lower()
    if not phrase.endswith(tuple(words.known.words["governments"])):
        return None
    return Mention(words.start[first], words.end[head], state.actor, "state", "title", state.code)


def _apposed(words: Words, one: Mention, near: list[Mention]) -> str | None:
    """The person named right beside a description: Kazakhstan's first president, Nursultan Nazarbayev."""
    text = words.report.text
    for each in near:
        if each.start > one.end and _JOINED.fullmatch(text, one.end, each.start):
            return each.actor
        if each.end <= one.start and text[each.end : one.start] in (", ", ", and "):
            return each.actor
    return None


def _called(words: Words, one: Mention) -> str | None:
    """The first name beside a description of kin and the like: his wife, Moira, is more hopeful."""
    if not words.report.text.startswith(", ", one.end):
        return None
    number = words.at(one.end + 2)
    if number + 1 >= len(words) or not words.capital[number] or words.gap(number)[:1] not in (",", "."):
        return None
    name, sets = words.text[number], words.known.words
    strange = name in sets["openers"] or name in sets["months"] or name in sets["titles"]
    return None if strange or not name.istitle() or words.known.match(words.text, number) else name


def _may_be(one: Mention, person: Mention) -> bool:
    """Whether a description may mean a person: the Chilean president is nobody of another state."""
    return one.code is None or person.code is None or one.code == person.code


def _renamed(words: Words, one: Mention, following: list[Mention]) -> str | None:
    """The name right behind a title, which tells better than any list who holds the office now."""
    name = _apposed(words, one, following)
    return None if name is None or words.report.text.startswith(" and ", following[0].end) else name


def _so_titled(words: Words, one: Mention, before: list[Mention]) -> str | None:
    """The last person before a definite description whose naming holds its word: the minister, of Minister Ito."""
    text = words.report.text
    description = text[one.start : one.end].split()
    if one.form != "title" or len(description) > 3:
        return None
    last = description[-1].lower()
    for number in range(len(before) - 1, -1, -1):
        each = before[number]
        floor = max(each.start - 30, before[number - 1].end if number else 0)
        if last in text[floor : each.end].lower().split():
            return each.actor
    return None


def _resolved(words: Words, found: list[Mention], named: list[Mention]) -> list[Mention]:
    """Definite descriptions stand for the person named beside them, by their word, or alone in their paragraph."""
    people = [one for one in named if one.kind == "person"]
    starts = [one.start for one in people]
    done = []
    for one in found:
        place = bisect_left(starts, one.start)
        if one.kind == "person" and one.actor in words.report.text[one.start : one.end]:
            # No one looks further back than this: time must not grow with the square of a text.
            before = [each for each in people[max(place - _MOST_BACK, 0) : place] if _may_be(one, each)]
            near = [each for each in people[max(place - 1, 0) : place + 1] if _may_be(one, each)]
            beside = _apposed(words, one, near) or _called(words, one)
            actor = beside or _so_titled(words, one, before) or _alone(words, one, before)
            if actor:
                one = replace(one, actor=actor, form="title")
        elif one.kind == "person" and (name := _renamed(words, one, people[place : place + 1])):
            one = replace(one, actor=name)
        done.append(one)
    return done


def _alone(words: Words, one: Mention, before: list[Mention]) -> str | None:
    """The only person named before a definite description in its paragraph."""
    # The governor of Izmir is told apart by the place.
    if one.form != "title" or _OF_PLACE.match(words.report.text, one.end):
        return None
    begin = words.report.text.rfind("\n", 0, one.start)
    # Russia's ambassador is nobody of whom no state is told.
    near = [each for each in before if begin < each.start]
    named = {each.actor for each in near if one.code in (None, each.code)}
    if words.report.text[one.start : one.end].split()[-1].lower() in _PARTIES and any(
        each.end - each.start > len(each.actor) for each in near
    ):
        return None  # the defendant is not Judge Dolan
    return named.pop() if len(named) == 1 else None
