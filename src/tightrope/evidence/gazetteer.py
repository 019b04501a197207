"""Who can act, by every name that reports use: gazetteer.yaml on top of CLDR's names of states, and a case's actors."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from tightrope.evidence.found import Kind

TOKEN = re.compile(r"'s\b|[^\W_]+(?:['.&/-](?!s\b)[^\W_]+)*")
# Names this long may have one letter missing, added or wrong; shorter ones would turn into each other.
LONG = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One name: whose it is and how it names it."""

    actor: str
    kind: Kind
    form: str = "name"
    code: str | None = None
    person: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody known by a last name, a first name or an office."""

    name: str
    last: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    code: str | None = None
    office: str | None = None
    gender: str | None = None


Names = Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]


@dataclass(frozen=True)
class Gazetteer:
    """Names by their first word, the longest first; people by last name; and the words by which people are named."""

    names: Names
    people: tuple[Person, ...]
    long_names: Mapping[str, Entry]
    words: Mapping[str, frozenset[str]]
    offices: Mapping[str, str]
    by_last: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)

    def match(self, tokens: list[str], at: int) -> tuple[int, Entry] | None:
        """The longest name that begins with token `at`: how many tokens it has, and what it names."""
        for words, entry in self.names.get(tokens[at], ()):
            if tuple(tokens[at : at + len(words)]) == words:
                return len(words), entry
        return None

    def nearly(self, token: str) -> Entry | None:
        """What a long word names that differs from a known name in one letter."""
        if len(token) < LONG - 1:
            return None
        if found := self.long_names.get(token):
            return found
        return next((self.long_names[each] for each in _shorter(token) if each in self.long_names), None)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer as shipped."""
    return extended(())


def extended(actors: Iterable[Mapping[str, Any]]) -> Gazetteer:
    """The gazetteer with a case's actors: mappings with `name`, and `kind`, `code`, `also`, `of` where they apply.

    A kind other than ours counts as a group; a person's last word is the last name.
    """
    data, words = _data("gazetteer.yaml"), _data("naming.yaml")
    people = [_person(row) for row in data["people"]]
    entries = dict(_entries(data))
    for actor in actors:
        if actor.get("kind") == "person":
            if not any(actor["name"] == one.name for one in people):
                people.append(_person({"last": [actor["name"].split()[-1]], **actor}))
        else:
            for name, entry in _named(actor, _kind(actor.get("kind")), actor.get("code")):
                entries.setdefault(name, entry)
    return _indexed(entries, people, words)


def _kind(given: object) -> Kind:
    known: dict[object, Kind] = {"state": "state", "bloc": "institution", "organisation": "institution",
                                 "institution": "institution", "entity": "entity", "outlet": "outlet"}  # fmt: skip
    return known.get(given, "group")


def _indexed(entries: Mapping[str, Entry], people: list[Person], words: Mapping[str, Any]) -> Gazetteer:
    by_first: dict[str, list[tuple[tuple[str, ...], Entry]]] = defaultdict(list)
    for name, entry in entries.items():
        tokens = tuple(TOKEN.findall(name))
        by_first[tokens[0]].append((tokens, entry))
    names = {first: tuple(sorted(found, key=lambda one: -len(one[0]))) for first, found in by_first.items()}
    by_last: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        for last in person.last:
            by_last[key(last)].append(person)
    sets = {name: frozenset(map(str, found)) for name, found in words.items() if name != "offices"}
    sets["heads"] |= {_plural(head) for head in sets["heads"]}
    return Gazetteer(
        names,
        tuple(people),
        dict(_long(entries)),
        sets,
        words["offices"],
        {last: tuple(found) for last, found in by_last.items()},
    )


def _data(name: str) -> dict[str, Any]:
    from ruamel.yaml import YAML

    text = files("tightrope.evidence").joinpath(name).read_text("utf-8")
    found: dict[str, Any] = YAML(typ="safe").load(text)
    return found


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    """Every name of the file; the first to claim a name keeps it, so the order is by how often it is meant."""
    seen: set[str] = set()
    for name, entry in _all(data):
        if name not in seen:
            seen.add(name)
            yield name, entry


def _all(data: Mapping[str, Any]) -> Iterator[tuple[str, Entry]]:
    for actor, names in data["metonyms"].items():
        for name in names:
            yield _bare(name), Entry(actor, "state", "metonym", _CODES.get(actor))
    territories = _territories()
    for two, row in data["states"].items():
        name = row.get("name") or territories[two]
        also = [*row.get("also", ()), territories[two]]
        yield from _named({**row, "name": name, "also": also}, "state", row["code"])
    for row in data["entities"]:
        yield from _named(row, "entity", row.get("code"))
    for row in data["institutions"]:
        yield from _named(row, "institution", None)
    for row in data["regions"]:
        yield from _named(row, "group", None)
    for name in data["outlets"]:
        yield name, Entry(name, "outlet")


_CODES = {"Russia": "RUS", "United States": "USA", "United Kingdom": "GBR", "France": "FRA", "Ukraine": "UKR",
          "Kazakhstan": "KAZ"}  # fmt: skip


def _territories() -> dict[str, str]:
    """The English names of the world's states, from CLDR, without what CLDR adds in brackets."""
    from babel import Locale

    return {
        code: re.sub(r" \(.*\)| SAR China$", "", name).replace("’", "'").replace("&", "and")
        for code, name in Locale("en").territories.items()
    }


def _named(row: Mapping[str, Any], kind: Kind, code: str | None) -> Iterator[tuple[str, Entry]]:
    """The names of an actor, its seat, its people and what is its own."""
    entry = Entry(row["name"], kind, "name", code, bool(row.get("person")))
    for name in (row["name"], *row.get("also", ())):
        yield _bare(name), entry
    for name in row.get("capital", ()):
        yield _bare(name), replace(entry, kind="capital", form="metonym")
    own = replace(entry, form="demonym", person=False)
    for name in row.get("of", ()):
        yield name, own
        if name[-1] not in "hse":
            yield f"{name}s", replace(own, kind="group")
    for name in row.get("folk", ()):
        yield name, replace(own, kind="group")
        yield f"{name}s", replace(own, kind="group")
    if any(name == "Kazakh" for name in row.get("of", ())):
        yield "Kazakhs", replace(own, kind="group")


def _bare(name: str) -> str:
    """A name without its article, unless it is nothing without it."""
    return name if name in ("the West", "The West") else name.removeprefix("the ").removeprefix("The ")


def _plural(head: str) -> str:
    return (
        head
        if head.endswith(("s", "men", "people"))
        else head[:-1] + "ies"
        if head.endswith("y")
        else f"{head}s"
    )


def _person(row: Mapping[str, Any]) -> Person:
    return Person(
        row["name"],
        tuple(row.get("last", ())),
        tuple(row.get("first", ())),
        row.get("code"),
        row.get("office"),
        row.get("gender"),
    )


def _long(entries: Mapping[str, Entry]) -> Iterator[tuple[str, Entry]]:
    """Long names of states, and each of them less one letter."""
    for name, entry in entries.items():
        if len(name) >= LONG and entry.kind in ("state", "capital", "entity") and name.isalpha():
            for each in (name, *_shorter(name)):
                yield each, entry


def _shorter(name: str) -> Iterator[str]:
    return (name[:place] + name[place + 1 :] for place in range(1, len(name)))


@lru_cache(maxsize=2_000)
def key(name: str) -> str:
    """A name as all its transliterations share it.

    >>> key("Tokayev") == key("Tokaev"), key("Zelenskyy") == key("Zelenskiy")
    (True, True)
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z ]|y", "", plain.replace("-", " ").replace("j", "i"))
    return re.sub(r"(.)\1+", r"\1", plain).rstrip("i") or name.lower()
