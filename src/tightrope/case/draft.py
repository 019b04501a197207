"""A case as far as it could be read: raw items, the records that are valid, and where each stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import PurePath
from typing import Any, get_args

from pydantic import TypeAdapter, ValidationError

from tightrope.case.case import About, Case
from tightrope.case.document import Document, Path
from tightrope.case.remedy import explain
from tightrope.errors import CaseError, Fault
from tightrope.evidence.record import Record

FAULT_LIMIT = 500


@dataclass
class Draft:
    """Files read so far. `items[field]` are the raw entries, `records[field]` the valid ones by index."""

    items: dict[str, list[Any]] = field(default_factory=dict)
    records: dict[str, dict[int, Any]] = field(default_factory=dict)
    about: About | None = None
    complete: bool = True
    faults: list[Fault] = field(default_factory=list)
    _documents: dict[str, list[Document]] = field(default_factory=dict)

    def add(self, key: str, document: Document) -> None:
        """Take in one file, which holds `key` (or one scenario); what is wrong with it joins `faults`."""
        if key == "scenarios":
            self._scenario(document)
            return
        self._documents[key] = [document]
        body = self._body(document, key)
        if key == "about":
            self.items[key] = [body]
            self.about = self._record(About, body, ("about",)) if body is not None else None
            return
        self.items[key] = body if isinstance(body, list) else []
        self.records[key] = {}
        for index, item in enumerate(self.items[key]):
            self._entry(key, index, item)

    @property
    def full(self) -> bool:
        """Whether so much is wrong that looking further only costs time."""
        return len(self.faults) >= FAULT_LIMIT

    def miss(self, error: CaseError) -> None:
        """Go on without a file that cannot be read; nothing is then said about names that are missing."""
        self.faults += error.faults
        self.complete = False

    def fault(self, path: Path, wrong: str, right: str, key: bool = False) -> None:
        """Note a fault at `path` (as in `("figures", 3, "unit")`), or its key, unless there are enough."""
        if self.full:
            return
        document, inner = self._locate(path)
        line, column = document.place(inner, key)
        self.faults.append(Fault(document.file, line, column, self.spell(path), wrong, right))

    def spot(self, path: Path) -> str:
        """File, line and column of `path`, as in `claims.yaml:12:5`."""
        document, inner = self._locate(path)
        line, column = document.place(inner)
        return f"{PurePath(document.file).name}:{line}:{column}"

    def spell(self, path: Path) -> str:
        """The path as an analyst reads it: `figures[kaz.gdp].claims[0].source`."""
        said = ""
        for step in path:
            said += f"[{step}]" if isinstance(step, int) else f".{step:.60}" if said else f"{step:.60}"
        name = self.name(str(path[0]), path[1]) if len(path) > 1 and isinstance(path[1], int) else None
        return said.replace(f"[{path[1]}]", f"[{name}]", 1) if name else said

    def name(self, key: str, index: int) -> str | None:
        """The id of an entry, also of one that is not valid; None where it has none."""
        items = self.items.get(key, [])
        item = items[index] if index < len(items) else None
        name = item.get("id") if isinstance(item, dict) else None
        return name if isinstance(name, str) and name else None

    def names(self, *keys: str) -> Iterator[tuple[str, Path]]:
        """Every id under `keys` with its path, those of entries that are not valid included."""
        for key in keys:
            for index in range(len(self.items.get(key, []))):
                name = self.name(key, index)
                if name is not None:
                    yield name, (key, index, "id")

    def case(self) -> Case:
        """The whole case; only to be called on a draft without faults."""
        lists = {key: tuple(records.values()) for key, records in self.records.items()}
        return Case.model_validate({"about": self.about, **lists})

    def _locate(self, path: Path) -> tuple[Document, Path]:
        documents = self._documents[str(path[0])]
        if path[0] == "scenarios" and isinstance(path[1], int):
            return documents[path[1]], path[2:]
        return documents[0], path

    def _scenario(self, document: Document) -> None:
        documents = self._documents.setdefault("scenarios", [])
        documents.append(document)
        index = len(documents) - 1
        self.items.setdefault("scenarios", []).append(document.data)
        self.records.setdefault("scenarios", {})
        self._entry("scenarios", index, document.data)
        name = self.name("scenarios", index)
        stem = PurePath(document.file).stem
        if name is not None and name != stem:
            wrong = f"the id {name!r:.60} differs from the file's name"
            self.fault(("scenarios", index, "id"), wrong, f"write `id: {stem}` or rename the file")

    def _body(self, document: Document, key: str) -> Any:
        """What stands under the file's only top-level key; None (and a fault) where it is not right."""
        data = document.data
        if not isinstance(data, dict) or key not in data:
            self.complete = False
        if not isinstance(data, dict):
            self.fault((key,), "the file is no mapping", f"start it with the key `{key}:`")
            return None
        for other in data:
            if other != key:
                self.faults.append(self._stray(document, other, key))
        if key not in data:
            if not data:
                self.fault((key,), f"the key `{key}:` is missing", f"put everything under `{key}:`")
            return None
        return self._listed(key, data[key])

    def _stray(self, document: Document, other: str, key: str) -> Fault:
        place = document.place((other,), key=True)
        return Fault(
            document.file, *place, other[:60], f"unknown key `{other:.60}`", f"the file's only key is `{key}`"
        )

    def _listed(self, key: str, body: Any) -> Any:
        if isinstance(body, list):
            return body
        if key == "about":
            if body is None:
                self.fault((key,), "`about:` holds nothing", "write format, id, title and so on below it")
            return body
        if body is not None:
            self.fault((key,), "it is no list", "start each entry with `- id: …`")
        return []

    def _entry(self, key: str, index: int, item: Any) -> None:
        record = None if self.full else self._record(_entry_type(key), item, (key, index))
        if record is not None:
            self.records[key][index] = record

    def _record(self, kind: Any, item: Any, path: Path) -> Any:
        try:
            return _adapter(kind).validate_python(item)
        except ValidationError as error:
            for fault in explain(error, kind, item):
                if self.full:
                    break
                self.fault(path + fault.path, fault.wrong, fault.right, fault.key)
            return None


def _entry_type(key: str) -> Any:
    return get_args(Case.model_fields[key].annotation)[0]


@cache
def _adapter(kind: Any) -> TypeAdapter[Record]:
    return TypeAdapter(kind)
