"""The passages of all reports, on disk: comparing takes no more memory the more of them there are."""

from __future__ import annotations

import marshal
import math
import sqlite3
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import Any

from tightrope.evidence.found import Event, Figure, Findings, Position, Statement
from tightrope.evidence.passage import Fact, Passage, Trait, passages, tokens, traits

# So many passages and weights of words are held in memory, and so many traits are compared.
CACHED, WEIGHED, TRAITS = 2_048, 16_384, 40
_TABLES = """
create table passages (number integer primary key, fact text, first integer, body blob);
create table spread (word text primary key, many integer) without rowid;
create table firsts (mark blob primary key, number integer) without rowid;
create table held (who blob, issue blob, stance text, number integer);
create table filed (key blob, number integer, primary key (key, number)) without rowid;
create table pairs (a blob, b blob, level integer, score real, start_a integer, start_b integer, one integer,
    two integer);
create table apart (number integer primary key, a blob, b blob, salience integer, kind integer, score real,
    start_a integer, end_a integer, start_b integer, end_b integer, first_a integer, first_b integer, why blob);
create table dropped (number integer primary key);
create index by_holder on held (who, issue, number);
create index by_issue on held (issue, number);
"""
_RECORDS: tuple[type, ...] = (Statement, Event, Position, Figure)
# What takes the values of a record of a kind in order; of a passage, those that are of no such kind.
_VALUES = {
    kind: attrgetter(*(each.name for each in fields(kind) if each.name not in ("record", "figures")))
    for kind in (*_RECORDS, Passage)
}


class Index:
    """The passages of all reports in the order of reading, and in how many of them each word stands.

    Passages that tell the same in the same words are tellings of one: `first` numbers the first of them. Iterating
    gives every passage. What is made of them for sorting lies in `base` beside them, in a file that goes with it.
    """

    def __init__(self, path: Path | None = None) -> None:
        # Without a path SQLite makes a file of its own where the system keeps such files, and removes it.
        self.base = sqlite3.connect("" if path is None else str(path), isolation_level=None)
        self.base.executescript(
            "pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -4000;"
        )
        self.base.executescript(_TABLES)
        self.base.execute("begin")
        self.many = 0
        self.paired = False
        self.compared = 0
        self.left_out: Counter[str] = Counter()
        self.steady: deque[Trait] = deque(maxlen=TRAITS)
        self.changed: deque[Trait] = deque(maxlen=TRAITS)
        self._passage = lru_cache(CACHED)(self._read)
        self.weight = lru_cache(WEIGHED)(self._weigh)
        self._sizes: dict[int, float] = {}

    def close(self) -> None:
        """Give back the file; nothing can be asked afterwards."""
        self.base.close()

    def __len__(self) -> int:
        return self.many

    def __getitem__(self, number: int) -> Passage:
        return self._passage(number)

    def __iter__(self) -> Iterator[Passage]:
        for (body,) in self.base.execute("select body from passages order by number"):
            yield unpacked(body)

    def firsts(self, fact: Fact) -> Iterator[Passage]:
        """The first telling of each passage of one kind of fact."""
        asked = "select body from passages where fact = ? and first = number order by number"
        for (body,) in self.base.execute(asked, (fact,)):
            yield unpacked(body)

    def add(self, found: Findings) -> None:
        """Take in what one report holds; of its text only the passages are kept."""
        self.weight.cache_clear()
        self._sizes.clear()
        for trait in traits(found):
            if self._earlier(trait.mark, -1) is None:
                (self.steady if trait.steady else self.changed).append(trait)
        for passage in passages(found):
            number, self.many = self.many, self.many + 1
            earlier = self._earlier(mark(passage), number)
            self._keep(replace(passage, number=number, first=number if earlier is None else earlier))

    def _keep(self, passage: Passage) -> None:
        number, record = passage.number, passage.record
        row = (number, passage.fact, passage.first, packed(passage))
        self.base.execute("insert into passages values (?, ?, ?, ?)", row)
        self.base.executemany(
            "insert into spread values (?, 1) on conflict do update set many = many + 1",
            ((word,) for word in passage.words),
        )
        if isinstance(record, Position) and passage.first == number:
            place = (key(passage.who), key(record.issue), record.stance, number)
            self.base.execute("insert into held values (?, ?, ?, ?)", place)

    def _earlier(self, mark: bytes, number: int) -> int | None:
        """The number under which a mark is known; None where it is new, and known from now on."""
        known = self.base.execute("select number from firsts where mark = ?", (mark,)).fetchone()
        if known is not None:
            return int(known[0])
        self.base.execute("insert into firsts values (?, ?)", (mark, number))
        return None

    def _read(self, number: int) -> Passage:
        (body,) = self.base.execute("select body from passages where number = ?", (number,)).fetchone()
        return unpacked(body)

    def spread(self, word: str) -> int:
        """How many passages have a word."""
        found = self.base.execute("select many from spread where word = ?", (word,)).fetchone()
        return found[0] if found else 0

    def _weigh(self, word: str) -> float:
        """How telling a word is: more the fewer passages have it."""
        spread = self.spread(word)
        return math.log(1.0 + self.many / spread) if spread else 0.0

    def _size(self, passage: Passage) -> float:
        known = self._sizes.get(passage.number)
        if known is None:
            if len(self._sizes) >= WEIGHED:
                self._sizes.clear()
            known = math.sqrt(math.fsum(self.weight(word) ** 2 for word in passage.words))
            self._sizes[passage.number] = known
        return known

    def likeness(self, one: Passage, two: Passage) -> float:
        """The cosine of two passages' words, weighted by how telling they are."""
        shared = math.fsum(self.weight(word) ** 2 for word in one.words & two.words)
        return shared / (self._size(one) * self._size(two)) if shared else 0.0

    def containment(self, one: Passage, two: Passage) -> float:
        """How much of the lesser passage's telling words the other has too."""
        sizes = [math.fsum(self.weight(word) for word in each.words) for each in (one, two)]
        shared = math.fsum(self.weight(word) for word in one.words & two.words)
        return shared / min(sizes) if min(sizes) else 0.0

    def latest(self, under: object, most: int) -> list[int]:
        """The numbers of the passages last filed under a key, from the first of them on."""
        asked = "select number from filed where key = ? order by number desc limit ?"
        return [number for (number,) in self.base.execute(asked, (key(under), most))][::-1]

    def file(self, under: object, passage: Passage) -> None:
        """File a passage under a key."""
        self.base.execute("insert or ignore into filed values (?, ?)", (key(under), passage.number))

    def numbered(self, asked: str, *given: Any) -> Iterator[Passage]:
        """The passages whose numbers a question to the base gives."""
        for (number,) in self.base.execute(asked, given):
            yield self[number]


def index_of(findings: Iterable[Findings], path: Path | None = None) -> Index:
    """The index of reports taken one at a time."""
    index = Index(path)
    for found in findings:
        index.add(found)
    return index


def packed(passage: Passage) -> bytes:
    """A passage in few bytes."""
    record = _RECORDS.index(type(passage.record)), _VALUES[type(passage.record)](passage.record)
    figures = tuple(_VALUES[Figure](one) for one in passage.figures)
    return marshal.dumps((record, figures, _VALUES[Passage](passage)))


def unpacked(body: bytes) -> Passage:
    """The passage that was packed."""
    (kind, record), figures, values = marshal.loads(body)
    return Passage(_RECORDS[kind](*record), tuple(Figure(*one) for one in figures), *values)


def key(value: object) -> bytes | None:
    """What stands for a value in the base, in the order of texts."""
    if value is None:
        return None
    return (value if isinstance(value, str) else repr(value)).encode("utf-8", "surrogatepass")


def text(value: bytes) -> str:
    """The text that a key stands for."""
    return value.decode("utf-8", "surrogatepass")


def mark(passage: Passage) -> bytes:
    """What two passages have in common that tell the same of the same in the same words."""
    told: list[object] = [passage.fact, passage.who, passage.whom, " ".join(tokens(passage.text))]
    record = passage.record
    if isinstance(record, Statement):
        told += [record.kind, record.speaker]
    elif isinstance(record, Event):
        told += [record.type, record.realis, record.date]
    elif isinstance(record, Position):
        told += [record.actor, record.stance]
    elif isinstance(record, Figure):
        told += [record.value, record.comparator, *sorted(passage.words)]
    return blake2b(repr(told).encode("utf-8", "surrogatepass"), digest_size=12).digest()
