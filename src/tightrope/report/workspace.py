"""The workspace: the scenarios and cases that a user has saved, by name.

Names are looked up among what is there, never joined from a request. A scenario is one YAML file in the format of a
case's scenarios, headed by a comment that holds what the page had asked for.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tightrope.case.document import read_document
from tightrope.case.draft import Draft
from tightrope.case.scenario import Scenario
from tightrope.case.text import read_text
from tightrope.engine.output import settle
from tightrope.errors import CaseError, TightropeError
from tightrope.report import store, written
from tightrope.report.ask import Ask
from tightrope.report.checked import checked, contents
from tightrope.report.store import Clash, Missing, Store, Trashed, named

SCENARIOS, CASES = "scenarios", "cases"
MOST_SCENARIOS, MOST_CASES = 300, 60
_HEAD = "# tightrope: "
_DATED = "S."  # begins the id of a scenario whose name begins with a digit, which no id may


@dataclass(frozen=True)
class Saved:
    """A saved scenario: what the page had asked for, of which state of the case, and the file's revision.

    `ask` and `digest` are None for a file that was put there by hand.
    """

    name: str
    scenario: Scenario
    ask: Ask | None
    digest: str | None
    revision: str
    when: float
    text: str


@dataclass(frozen=True)
class SavedCase:
    """A saved case: its folder and the revision of its files."""

    name: str
    folder: Path
    revision: str
    when: float


class Workspace:
    """What a user has saved in a folder.

    Raises:
        OutputError: the folder cannot be used.
    """

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder, (SCENARIOS, CASES))
        self._read: dict[Path, tuple[tuple[int, int], Saved]] = {}

    # Scenarios

    def scenario(self, name: str) -> Scenario | None:
        """A saved scenario, or None where none of that name is saved or its file cannot be used."""
        try:
            return self.saved(name).scenario
        except TightropeError:
            return None

    def revision(self, name: str) -> str | None:
        """The revision of a saved scenario: what was computed from another one is out of date."""
        try:
            return self.saved(name).revision
        except TightropeError:
            return None

    def saved(self, name: str) -> Saved:
        """A saved scenario.

        Raises:
            Missing: none of that name. CaseError: what is wrong with its file.
        """
        path = self._files().get(name)
        if path is None:
            raise Missing(f"no scenario is saved under {name!r:.80}")
        return self._load(name, path)

    def scenarios(self) -> tuple[list[Saved], dict[str, str]]:
        """All saved scenarios, the latest first, and what is wrong with those that cannot be read."""
        found, wrong = [], {}
        for name, path in self._files().items():
            try:
                found.append(self._load(name, path))
            except TightropeError as error:
                wrong[name] = str(error).replace(str(self._store.folder), "")
        return sorted(found, key=lambda one: (-one.when, one.name)), wrong

    def save(self, name: str, scenario: Scenario, ask: Ask, digest: str, based_on: str | None) -> Saved:
        """Save a scenario under a name; `based_on` is the revision that it replaces, None for a new one.

        Raises:
            Missing: the name cannot be one. Clash: something else is there by now. OutputError: disk full.
        """
        path = self._path(named(name))
        with self._store.alone():
            self._same(name, based_on)
            self._room(self._files(), name, MOST_SCENARIOS, "scenarios")
            store.write(path, _text(_renamed(scenario, name), ask, digest).encode())
            return self.saved(name)

    def rename(self, name: str, to: str, based_on: str, title: str | None = None) -> Saved:
        """Give a scenario another name and, if given, another title."""
        with self._store.alone():
            self._same(name, based_on)
            if to != name:
                self._free(self._files(), named(to), "scenario")
            self._copy(self.saved(name), to, title)
            if to != name:
                store.remove(self._path(name))
                settle(self._store.folder / SCENARIOS)
            return self.saved(to)

    def duplicate(self, name: str, to: str, title: str | None = None) -> Saved:
        """Save a scenario once more under another name."""
        with self._store.alone():
            self._free(self._files(), named(to), "scenario")
            self._room(self._files(), to, MOST_SCENARIOS, "scenarios")
            self._copy(self.saved(name), to, title)
            return self.saved(to)

    def delete(self, name: str, based_on: str) -> str:
        """Move a scenario into the trash; the token that brings it back."""
        with self._store.alone():
            self._same(name, based_on)
            return self._store.trash(self._files()[name], SCENARIOS, name)

    def restore(self, token: str, to: str | None = None) -> Saved:
        """Bring a deleted scenario back, under another name if its own is taken by now."""
        with self._store.alone():
            name = named(to or self._store.in_trash(SCENARIOS, token).name)
            self._free(self._files(), name, "scenario")
            path = self._path(name)
            self._store.untrash(SCENARIOS, token, path)
            scenario, ask, digest = _parsed(path, path.parent, strict=False)
            store.write(path, _text(_renamed(scenario, name), ask, digest).encode())
            return self.saved(name)

    def deleted(self, kind: str) -> list[Trashed]:
        """What can be restored of "scenarios" or "cases", the latest first."""
        return self._store.trashed(kind)

    def _files(self) -> dict[str, Path]:
        """The file of each saved scenario by name; links and other things are passed over."""
        found = {}
        for path in sorted((self._store.folder / SCENARIOS).glob("*.yaml")):
            name = path.stem.removeprefix(_DATED).replace("_", "-")
            if store.NAME.fullmatch(name) and _stem(name) == path.stem and _plain(path):
                found[name] = path
        return found

    def _path(self, name: str) -> Path:
        return self._store.folder / SCENARIOS / f"{_stem(name)}.yaml"

    def _load(self, name: str, path: Path) -> Saved:
        try:
            status = path.stat()
        except OSError:
            raise Missing(f"no scenario is saved under {name!r:.80}") from None
        stamp, kept = (status.st_mtime_ns, status.st_ino), self._read.get(path)
        if kept is not None and kept[0] == stamp:
            return kept[1]
        data = store.read(path)
        scenario, ask, digest = _parsed(path, path.parent)
        found = Saved(
            name,
            scenario,
            ask,
            digest,
            store.revision(data),
            status.st_mtime,
            data.decode("utf-8", "replace"),
        )
        self._read[path] = (stamp, found)
        return found

    def _same(self, name: str, based_on: str | None) -> None:
        path = self._files().get(name)
        if path is None and based_on is not None:
            raise Clash(f"{name} is no longer there: another page has renamed or deleted it")
        if path is not None and store.revision(store.read(path)) != based_on:
            said = "is there already" if based_on is None else "was saved by another page in the meantime"
            raise Clash(f"{name} {said}; nothing was changed")

    def _free(self, there: Mapping[str, Path], name: str, what: str) -> None:
        if name in there:
            raise Clash(f"a {what} is saved under {name} already; give another name")

    def _room(self, there: Mapping[str, Path], name: str, most: int, what: str) -> None:
        if name not in there and len(there) >= most:
            raise Clash(f"{most} {what} are saved already; delete some first")

    def _copy(self, one: Saved, to: str, title: str | None) -> None:
        scenario = _renamed(one.scenario, to, title)
        store.write(self._path(to), _text(scenario, one.ask, one.digest).encode())

    # Cases

    def cases(self) -> dict[str, Path]:
        """The folder of each saved case by name."""
        folders = sorted((self._store.folder / CASES).iterdir())
        return {
            path.name: path
            for path in folders
            if store.NAME.fullmatch(path.name) and path.is_dir() and not path.is_symlink()
        }

    def saved_case(self, name: str) -> SavedCase:
        """A saved case.

        Raises:
            Missing: there is none of that name.
        """
        folder = self.cases().get(name)
        if folder is None:
            raise Missing(f"no case is saved under {name!r:.80}")
        return SavedCase(name, folder, files_revision(contents(folder)), folder.stat().st_mtime)

    def add_case(self, name: str, files: Mapping[str, bytes]) -> SavedCase:
        """Check the files of a case and save them under a new name, all of them or none.

        Raises:
            CaseError: every fault, as `tightrope check` says them, by the file's path in the case.
            Clash: the name is taken. OutputError: disk full.
        """
        named(name)
        self._free(self.cases(), name, "case")
        self._room(self.cases(), name, MOST_CASES, "cases")
        draft = store.part(self._store.folder / CASES, name)
        try:
            store.write_folder(draft, files)
            faults = checked(draft)
            if faults:
                raise CaseError(faults)
            self._place(draft, name)
        finally:
            store.remove(draft)
        return self.saved_case(name)

    def _place(self, draft: Path, name: str) -> None:
        with self._store.alone(), store.saying(draft.parent / name):
            self._free(self.cases(), name, "case")
            draft.rename(draft.parent / name)
            settle(draft.parent)

    def check(self, files: Mapping[str, bytes]) -> None:
        """Check the files of a case and save nothing; raises as `add_case`."""
        draft = store.part(self._store.folder / CASES, "check")
        try:
            store.write_folder(draft, files)
            faults = checked(draft)
            if faults:
                raise CaseError(faults)
        finally:
            store.remove(draft)

    def rename_case(self, name: str, to: str) -> SavedCase:
        """Give a case another name."""
        with self._store.alone():
            folder = self.saved_case(name).folder
            if to != name:
                self._free(self.cases(), named(to), "case")
                with store.saying(folder):
                    folder.rename(folder.parent / to)
                    settle(folder.parent)
            return self.saved_case(to)

    def delete_case(self, name: str) -> str:
        """Move a case into the trash; the token that brings it back."""
        with self._store.alone():
            return self._store.trash(self.saved_case(name).folder, CASES, name)

    def restore_case(self, token: str, to: str | None = None) -> SavedCase:
        """Bring a deleted case back."""
        with self._store.alone():
            name = named(to or self._store.in_trash(CASES, token).name)
            self._free(self.cases(), name, "case")
            self._store.untrash(CASES, token, self._store.folder / CASES / name)
            return self.saved_case(name)


def files_revision(files: Mapping[str, bytes]) -> str:
    """One revision for several files."""
    listed = {name: store.revision(data) for name, data in sorted(files.items())}
    return store.revision(json.dumps(listed).encode())


def _plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _stem(name: str) -> str:
    """The id of a scenario of that name, which is also its file's name without ending."""
    return (f"{_DATED}{name}" if name[0].isdigit() else name).replace("-", "_")


def _renamed(scenario: Scenario, name: str, title: str | None = None) -> Scenario:
    changed = scenario.model_dump(mode="json") | {"id": _stem(name)}
    if title is not None:
        changed["title"] = title
    if changed["against"] == changed["id"]:
        changed["against"] = None
    return Scenario.model_validate(changed)


def _text(scenario: Scenario, ask: Ask | None, digest: str | None) -> str:
    if ask is None:
        return written.scenario_text(scenario)
    asked = ask.model_dump(mode="json", exclude={"client", "serial"})
    head = json.dumps({"digest": digest, "ask": asked}, ensure_ascii=True)
    return f"{_HEAD}{head}\n{written.scenario_text(scenario)}"


def _parsed(path: Path, folder: Path, strict: bool = True) -> tuple[Scenario, Ask | None, str | None]:
    """Scenario, ask and digest of a file; not `strict`: whatever the file is called.

    Raises:
        CaseError: what is wrong with it.
    """
    text = read_text(path, folder)
    draft = Draft()
    document = read_document(path.name, text)
    draft.add(SCENARIOS, document)
    records = draft.records.get(SCENARIOS, {})
    if (strict and draft.faults) or not records:
        raise CaseError(draft.faults)
    return (records[0], *_head(text))


def _head(text: str) -> tuple[Ask | None, str | None]:
    """What the first line holds; nothing where somebody has changed it."""
    first = text.partition("\n")[0]
    if not first.startswith(_HEAD):
        return None, None
    try:
        data: Any = json.loads(first.removeprefix(_HEAD))
        digest = data["digest"]
        return Ask.model_validate(data["ask"]), digest if isinstance(digest, str) else None
    except (ValueError, TypeError, KeyError, RecursionError, ValidationError):
        return None, None
