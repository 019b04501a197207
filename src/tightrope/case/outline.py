"""The outline of a new case: the skeleton that is shipped with the package, renamed for another state.

The skeleton is itself a case. It lies beside this module as YAML, so that it can be checked and run as it
stands, and edited with the schemas at hand. Renaming replaces three words: the state's name, its code, and
the id of the case.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import contextmanager, suppress
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from tightrope.case.schema import kinds
from tightrope.errors import ModelError, OutputError, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME, CODE, CASE = "Exampleland", "XAA", "exampleland"
LONGEST = 80
_TAKEN = ("RUS", "WEST", "UN")
_SCHEMAS = "schemas"


def outline(name: str = NAME, code: str = CODE, case: str = CASE) -> dict[str, str]:
    """The text of each file of a new case, by its path in the folder; the schemas for editors included.

    Args:
        name: the state's name, on one line.
        code: its three capital letters, ISO 3166-1 alpha-3.
        case: the id of the case.

    Raises:
        ModelError: the name or the code cannot be used.
    """
    _refuse_names(name, code)
    quoted = name.strip().replace("\\", "\\\\").replace('"', '\\"')
    words = {NAME: quoted, CODE: code, CODE.lower(): code.lower(), CASE: case}
    pattern = re.compile(r"\b(" + "|".join(words) + r")\b")
    package = Path(str(files("tightrope") / "case"))
    source = package / "skeleton"
    found = {}
    for path in sorted(source.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8").replace(f"$schema=../{_SCHEMAS}", f"$schema={_SCHEMAS}", 1)
        text = text.replace(f"$schema=../../{_SCHEMAS}", f"$schema=../{_SCHEMAS}", 1)
        found[path.relative_to(source).as_posix()] = pattern.sub(lambda word: words[word[0]], text)
    for kind in kinds():
        file = f"{_SCHEMAS}/{kind}.schema.json"
        found[file] = (package / file).read_text(encoding="utf-8")
    return found


def write_outline(folder: Path, name: str = NAME, code: str = CODE) -> tuple[str, ...]:
    """Write a new case into a folder, whole or not at all; the folder's name becomes the id of the case.

    Args:
        folder: made if it is not there; an empty one may be.
        name: the state's name.
        code: its three capital letters.

    Returns:
        The files of the case, by their paths in the folder, without the schemas.

    Raises:
        ModelError: the name or the code cannot be used.
        OutputError: the folder holds something, is a file, or cannot be written.
    """
    texts = outline(name, code, _id(folder))
    with _said(folder):
        _refuse_folder(folder)
        made = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        with _drafted(folder, made) as draft:
            _fill(draft, texts)
    return tuple(path for path in texts if not path.startswith(_SCHEMAS))


def _refuse_names(name: str, code: str) -> None:
    if not name.strip() or len(name) > LONGEST or not name.isprintable():
        raise ModelError(
            f"{one_line(name[:LONGEST])!r} is no name; give one line of 1 to {LONGEST} characters"
        )
    if not re.fullmatch(r"[A-Z]{3}", code) or code in _TAKEN:
        raise ModelError(f"{one_line(code[:LONGEST])!r} is no code of a state; give its ISO code, as in SRB")


def _id(folder: Path) -> str:
    """The id of a case in this folder: its name in lower case, with _ for what an id cannot hold."""
    plain = re.sub(r"[^a-z0-9]+", "_", folder.absolute().name.lower()).strip("_")[:LONGEST]
    return plain if plain[:1].isalpha() else f"case_{plain}".rstrip("_")[:LONGEST]


def _refuse_folder(folder: Path) -> None:
    if folder.is_dir():
        if any(folder.iterdir()):
            raise OutputError(f"{folder} is not empty, and nothing is overwritten; name another folder")
    elif os.path.lexists(folder):
        raise OutputError(f"{folder} is a file; name a folder")


def _fill(draft: Path, texts: Mapping[str, str]) -> None:
    for file, text in texts.items():
        path = draft / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def _drafted(folder: Path, made: bool) -> Iterator[Path]:
    """A draft inside an empty folder, whose entries then move up; on any error none stays, nor the folder if `made`."""
    draft, moved = folder / f".{os.getpid()}.part", list[Path]()
    try:
        yield draft
        for entry in sorted(draft.iterdir()):
            moved.append(folder / entry.name)
            os.replace(entry, moved[-1])
        draft.rmdir()
    except BaseException:
        for path in (draft, *moved):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        if made:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def _said(folder: Path) -> Iterator[None]:
    """Turn what the system says into an error that says what to do."""
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise OutputError(
            f"{folder} cannot be written: {why}; name a folder that you may write to"
        ) from error
