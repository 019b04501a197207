"""Names in a report: those that the gazetteer knows, and people and organisations that it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tightrope.evidence.found import Mention
from tightrope.evidence.gazetteer import Entry, Person, key
from tightrope.evidence.word import Words

_each = str.split  # a row of words reads better than a list of them

_PARTICLES = frozenset(_each("de da di del della dos van von der den bin ibn al el la le bint ter zu und"))
_PLACES = frozenset(
    _each(
        "New San Los Las Saint St Ste Fort Mount Lake Cape Port El Santa South North East West Upper "
        "Lower Great"
    )
)
_LINKS = _PARTICLES | {"of"}
_SHORT = 3
_IN = frozenset(_each("in at near outside around through across towards toward via"))
_FEMALE = frozenset(
    _each("Mrs Mrs. Ms Ms. Miss Dame Lady Baroness Queen Princess Congresswoman Chairwoman Spokeswoman")
)
_MALE = frozenset(_each("Mr Mr. Sir Lord King Prince Congressman Chairman Spokesman Father"))
_OFFICES = (
    ("prime", "minister", "prime minister"),
    ("foreign", "minister", "foreign minister"),
    ("defence", "minister", "defence minister"),
    ("defense", "minister", "defence minister"),
    ("", "president", "president"),
    ("", "premier", "prime minister"),
    ("", "chancellor", "chancellor"),
)


@dataclass(slots=True)
class People:
    """The people of one report: by name, last name and office."""

    by_name: dict[str, Person] = field(default_factory=dict)
    by_last: dict[str, str] = field(default_factory=dict)
    by_office: dict[tuple[str, str], str] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, code: str | None = None) -> str:
        """Take up a full name, and give back the one under which its bearer is known."""
        last = key(name.split()[-1])
        known = self.by_last.get(last)
        if known is None or (" " in name and known != name and not _same(known, name)):
            self.by_last[last] = known = name
        return known

    def office(self, code: str | None, office: str | None, name: str) -> None:
        """Note who holds an office, by the first report of it."""
        if code and office:
            self.by_office.setdefault((code, office), name)


class Run(NamedTuple):
    """Words with capitals that stand together and are in no gazetteer: from `first` up to `last`, excluded."""

    first: int
    last: int


def names(words: Words) -> tuple[list[Mention], People]:
    """The mentions by name, in order and apart from each other, and the people among them."""
    known, runs = _scan(words)
    people = People()
    for run in runs:
        _learn(words, run, known, people)
    found = [_of_entry(words, first, last, entry) for first, (last, entry) in known.items()]
    for run in runs:
        found.extend(_named(words, run, known, people))
    return _without_overlap(found), people


def _scan(words: Words) -> tuple[dict[int, tuple[int, Entry]], list[Run]]:
    """The gazetteer's names, by their first word, and the runs of other capitals."""
    known: dict[int, tuple[int, Entry]] = {}
    runs: list[Run] = []
    past = 0
    for number, capital in enumerate(words.capital):
        if number < past or not (capital or words.text[number] == "the"):
            continue
        if match := _known(words, number):
            known[number] = (number + match[0], match[1])
            past = number + match[0]
        elif capital:
            past = _run(words, number)
            runs.append(Run(number, past))
    return known, runs


def _known(words: Words, number: int) -> tuple[int, Entry] | None:
    token = words.text[number]
    if match := words.known.match(words.text, number):
        if all(_joins(words, number + step) for step in range(match[0] - 1)):
            return match if not _of_a_person(words, number, match) else None
    elif "-" in token and (match := words.known.match([token.split("-")[0]], 0)):
        return match
    elif (near := words.known.nearly(token)) and (number not in words.first or len(token) > 8):
        return 1, near
    return None


def _joins(words: Words, number: int) -> bool:
    """Whether a word and the next may be of one name: St. Lucia, but not "in the Congo. Kinshasa"."""
    gap = words.gap(number)
    return gap in (" ", "") or (gap == ". " and len(words.text[number]) <= _SHORT)


def _of_a_person(words: Words, number: int, match: tuple[int, Entry]) -> bool:
    """Whether a name that people also bear stands beside another unknown one."""
    count, entry = match
    if count > 1 or not (entry.person or words.text[number] in words.known.words["borne"]):
        return False
    following = words.gap(number) == " " and words.is_capital(number + 1)
    return following and words.known.match(words.text, number + 1) is None and _plain(words, number + 1)


def _plain(words: Words, number: int) -> bool:
    """Whether a word may be part of a person's name."""
    sets = words.known.words
    token = words.text[number]
    return not any(token in sets[name] for name in ("openers", "months", "organisations", "titles"))


def _run(words: Words, first: int) -> int:
    """Where the run of capitals that begins at `first` ends."""
    number = first
    while True:
        gap = words.gap(number)
        token = words.text[number]
        short = gap == ". " and (
            len(token) == 1 or token + "." in words.known.words["titles"] or token in ("St", "Jr")
        )
        if gap != " " and not short:
            return number + 1
        following = number + 1
        while following < len(words) and words.text[following] in _PARTICLES and words.gap(following) == " ":
            following += 1
        if not words.is_capital(following) or following - number > 3:
            return number + 1
        if words.known.match(words.text, following) and not _surname(words, first, following):
            return number + 1
        number = following


def _surname(words: Words, first: int, number: int) -> bool:
    """Whether a known name may be a last name here (Jack London): after an unknown word inside a sentence."""
    match = words.known.match(words.text, number)
    if match is None or match[0] > 1 or not (match[1].person or match[1].kind == "capital"):
        return False
    return first not in words.first and _plain(words, number - 1) and words.text[number - 1].istitle()


def _parts(words: Words, run: Run) -> tuple[int, int]:
    """Where in a run the titles begin, and where the name: openers of a sentence go first."""
    sets = words.known.words
    first = run.first
    while (
        first < run.last
        and words.text[first] not in _PLACES
        and words.text[first] in sets["openers"]
        and words.text[first] not in sets["titles"]
    ):
        first += 1
    if first < run.last and first == run.first and first in words.first and words.text[first] == "First":
        first += 1
    name = first
    while name < run.last and (words.text[name] in sets["titles"] or words.low[name] in _LINKS):
        name += 1
    return first, name


def _is_person(words: Words, first: int, name: int, last: int) -> bool:
    """Whether what follows the titles is a person's name."""
    tokens = words.text[name:last]
    sets = words.known.words
    if not 1 <= len(tokens) <= 5:
        return False
    if _is_body(words, first):
        return False
    organised = not sets["organisations"].isdisjoint(tokens) and not _bears(words, name, last)
    if organised or not sets["months"].isdisjoint(tokens):
        return False
    if any(len(token) > 3 and token.isupper() and "-" not in token for token in tokens):
        return False
    if any(map(str.isdigit, "".join(tokens))):
        return False
    if not sets["titles"].isdisjoint(words.text[first:name]):
        return True
    if len(tokens) == 1:
        return _says(words, first) or _is_kin(words, first)
    if tokens[0] in _PLACES or tokens[0] in sets["openers"]:
        return False
    before = words.text[first - 1].lower() if first and words.gap(first - 1) == " " else ""
    return before not in _IN


# Nouns behind which a name is one of a body, not of a person.
_BODIES = frozenset(
    _each(
        "company firm group agency charity newspaper daily weekly magazine broadcaster channel union airline "
        "retailer carmaker supplier operator startup start-up party network website bank newswire tabloid"
    )
)
_KIN = frozenset(
    _each(
        "son daughter wife husband brother sister mother father uncle aunt cousin nephew niece neighbour "
        "neighbor friend colleague partner boyfriend girlfriend"
    )
)
# Last names that are also words for places and bodies.
_SURNAMES = frozenset(
    _each(
        "Castle Park Hill Church Day Lake House Hall Bridge North West Castle Court Post Street Brooks Rivers"
    )
)


def _bears(words: Words, first: int, last: int) -> bool:
    """Whether a name whose last word is one for places is a person's: Oliver North; Rob Castle said."""
    if last - first != 2 or words.text[last - 1] not in _SURNAMES:
        return False
    sets, token = words.known.words, words.text[first]
    said = first > 0 and words.low[first - 1] in _SAYS
    return said or token in sets["male"] or token in sets["female"] or _speaks(words, last - 1)


def _is_body(words: Words, first: int) -> bool:
    """Whether a noun for bodies stands right before a name: the mining company Terranova."""
    return (
        first > 0
        and words.low[first - 1] in _BODIES
        and words.gap(first - 1) == " "
        and not words.capital[first - 1]
    )


_SAYS = frozenset(
    _each(
        "said says told tells added adds asked asks wrote writes argued argues warned warns explained "
        "explains insisted insists replied continued noted notes recalled recalls claimed claims tweeted"
    )
)


def _speaks(words: Words, number: int) -> bool:
    """Whether a word is followed as people are: by a verb of saying, or by `who`."""
    if number + 1 >= len(words):
        return False
    gap, following = words.gap(number), words.low[number + 1]
    if gap == ", " and following in ("a", "an"):
        return not words.known.words["heads"].isdisjoint(words.low[number + 2 : number + 4])
    return (gap == " " and following in _SAYS) or (gap == ", " and following in ("who", "whose"))


def _is_kin(words: Words, number: int) -> bool:
    """Whether a word for kin or the like stands right before a name: her son Luca."""
    if not number or words.gap(number - 1) != " " or words.low[number - 1] not in _KIN:
        return False
    return words.text[number].istitle() and words.text[number] not in words.known.words["openers"]


def _says(words: Words, number: int) -> bool:
    """Whether a single unknown name says something: who does is mostly a person known by a last name."""
    token = words.text[number]
    if not _speaks(words, number):
        return False
    sets = words.known.words
    if len(token) < 3 or token.isupper() or token in sets["openers"] or token.lower() in sets["heads"]:
        return False
    plain = words.gap(number) == ", " or not token.endswith("s")
    return number not in words.first or plain or words.text.count(token) > 1


def _learn(words: Words, run: Run, known: dict[int, tuple[int, Entry]], people: People) -> None:
    """Take up the people whose full name or title a run gives."""
    first, name = _parts(words, run)
    if not _is_person(words, first, name, run.last):
        return
    tokens = words.text[name : run.last]
    full = _canonical(words, tokens) or " ".join(tokens)
    if len(tokens) == 1 and full == tokens[0]:
        people.by_last.setdefault(key(tokens[0]), people.by_last.get(key(tokens[0]), tokens[0]))
    else:
        people.add(full)
    titles = words.text[first:name]
    code = _state_before(words, first, known)
    people.office(code, _office(titles), people.by_last.get(key(tokens[-1]), full))
    gender = "f" if _FEMALE & set(titles) else "m" if _MALE & set(titles) else _gender(words, tokens)
    if gender:
        people.gender[people.by_last.get(key(tokens[-1]), full)] = gender


def _gender(words: Words, tokens: list[str]) -> str | None:
    """What a full name says of its bearer's gender, where it does: a first name, or a Slavic last name."""
    sets = words.known.words
    if len(tokens) > 1 and tokens[0] in sets["female"]:
        return "f"
    if len(tokens) > 1 and tokens[0] in sets["male"]:
        return "m"
    return "f" if tokens[-1].endswith(("ova", "eva", "skaya")) else None


def _canonical(words: Words, tokens: list[str]) -> str | None:
    """The gazetteer's name of a person that it knows, where the first names do not speak against it."""
    for one in words.known.by_last.get(key(tokens[-1]), ()):
        firsts = {key(part) for part in (*one.first, one.name.rsplit(" ", 1)[0])}
        if len(tokens) == 1 or key(" ".join(tokens[:-1])) in firsts or key(tokens[0]) in firsts:
            return one.name
    return None


def _office(titles: list[str]) -> str | None:
    """The office that titles give, unless it is a former or lower one."""
    low = [title.lower().rstrip(".") for title in titles]
    if {"former", "deputy", "vice", "ex-president", "vice-president", "first"} & set(low):
        return None
    return next((name for one, other, name in _OFFICES if other in low and (not one or one in low)), None)


def _state_before(words: Words, first: int, known: dict[int, tuple[int, Entry]]) -> str | None:
    """The code of the state whose name or demonym stands before a title: Kazakh President, Kazakhstan's President."""
    for back in (1, 2):
        entry = known.get(first - back)
        if entry and entry[0] >= first - 1 and entry[1].code and words.gap(first - 1) == " ":
            return entry[1].code
    return None


def _named(words: Words, run: Run, known: dict[int, tuple[int, Entry]], people: People) -> Iterator[Mention]:
    """The mention that a run is, if any."""
    first, name = _parts(words, run)
    if name >= run.last:
        return
    tokens = words.text[name : run.last]
    single = people.by_last.get(key(tokens[-1]))
    if _is_person(words, first, name, run.last) or (single and len(tokens) == 1):
        actor = single or _canonical(words, tokens) or " ".join(tokens)
    elif len(tokens) == 1 and (canonical := _canonical(words, tokens)):
        actor = canonical
    elif _is_body(words, first) or (
        any(token in words.known.words["organisations"] for token in tokens) and len(tokens) > 1
    ):
        text = words.report.text[words.start[name] : words.end[run.last - 1]]
        yield Mention(words.start[name], words.end[run.last - 1], text, "institution")
        return
    else:
        return
    start = _with_demonym(words, first, known) if name > first else name
    code = next((one.code for one in words.known.people if one.name == actor), None)
    code = code or _state_before(words, first, known)
    yield Mention(words.start[start], words.end[run.last - 1], actor, "person", "name", code)


def _with_demonym(words: Words, first: int, known: dict[int, tuple[int, Entry]]) -> int:
    """Where a naming with a title begins: at the demonym before it."""
    entry = known.get(first - 1)
    return first - 1 if entry and entry[1].form == "demonym" and words.gap(first - 1) == " " else first


def _of_entry(words: Words, first: int, last: int, entry: Entry) -> Mention:
    start, end = words.start[first], words.end[last - 1]
    if "-" in words.text[first] and last == first + 1 and not words.known.match(words.text, first):
        end = start + words.text[first].index("-")
        return Mention(start, end, entry.actor, entry.kind, "demonym", entry.code)
    return Mention(start, end, entry.actor, entry.kind, entry.form, entry.code)  # type: ignore[arg-type]


def _without_overlap(found: list[Mention]) -> list[Mention]:
    """In order; of two that overlap the longer one stays."""
    kept: list[Mention] = []
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if kept and one.start < kept[-1].end:
            if one.end - one.start > kept[-1].end - kept[-1].start:
                kept[-1] = one
        else:
            kept.append(one)
    return kept


def _same(one: str, other: str) -> bool:
    """Whether two full names may be of one person: the last words agree and no first name speaks against it."""
    first, second = key(one).split(), key(other).split()
    if first[-1] != second[-1]:
        return False
    short, long = sorted((first[:-1], second[:-1]), key=len)
    return all(any(word[:1] == each[:1] for each in long) for word in short)
