"""A folder of a user's work: written whole or not at all, by one at a time, no link followed out of it."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import RLock

from tightrope.engine.output import settle
from tightrope.errors import OutputError, TightropeError

try:
    import fcntl
except ImportError:  # a system without it: one server alone still takes its turns by the lock in memory
    fcntl = None  # type: ignore[assignment]

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}", re.ASCII)
TOKEN = re.compile(r"[0-9a-f]{12}-[0-9a-f]{8}", re.ASCII)
# What some systems take for a device, whatever ending follows.
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.ASCII)
_PART = re.compile(r"\..*\.([0-9]+)-[0-9a-f]+\.part")
TRASH, LOCK = ".trash", ".lock"
TRASHED = 100
SIZE_LIMIT = 1_000_000
# A leftover of a process that still seems to live is removed once it is so old, in seconds.
_STALE = 3600.0
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


class Missing(TightropeError):
    """Nothing of that name is saved."""


class Clash(TightropeError):
    """What is saved is not what the request was based on, or the name is taken; nothing was changed."""


@dataclass(frozen=True)
class Trashed:
    """Something that was deleted and can be had back by its token."""

    token: str
    name: str
    when: float


def named(name: str) -> str:
    """The name if it can be one.

    Raises:
        Missing: it cannot be the name of anything saved.
    """
    if not NAME.fullmatch(name) or _DEVICES.fullmatch(name):
        raise Missing(f"{name!r:.80} cannot be a name; use small letters, digits and hyphens, at most 64")
    return name


def revision(data: bytes) -> str:
    """The SHA-256 of a file's content, which stands for one state of it."""
    return sha256(data).hexdigest()


class Store:
    """A folder with sub-folders of saved things, and a trash for each."""

    def __init__(self, folder: Path, kinds: tuple[str, ...]) -> None:
        self.folder = folder.resolve()
        self._mutex = RLock()
        with saying(folder):
            for part in (".", *kinds, TRASH, *(f"{TRASH}/{kind}" for kind in kinds)):
                self._made(self.folder / part)
            with self.alone():
                for kind in kinds:
                    clean(self.folder / kind)

    def _made(self, folder: Path) -> None:
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise OutputError(f"{folder} is no folder of its own; move it away, or use another workspace")
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else changes anything meanwhile, in this process or another one."""
        with self._mutex:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
            handle = os.open(self.folder / LOCK, flags, 0o600)
            try:
                if fcntl is not None:
                    fcntl.flock(handle, fcntl.LOCK_EX)
                yield
            finally:
                os.close(handle)

    def trash(self, path: Path, kind: str, name: str) -> str:
        """Move a file or a folder into the trash; the token that brings it back."""
        token = f"{int(time.time() * 1000):012x}-{secrets.token_hex(4)}"
        with saying(path):
            os.rename(path, self.folder / TRASH / kind / f"{token}~{name}")
            settle(path.parent)
        for old in self.trashed(kind)[TRASHED:]:
            remove(self._in_trash(kind, old))
        return token

    def trashed(self, kind: str) -> list[Trashed]:
        """What can be had back, the latest first."""
        found = []
        for path in (self.folder / TRASH / kind).iterdir():
            token, _, name = path.name.partition("~")
            if TOKEN.fullmatch(token) and NAME.fullmatch(name) and not path.is_symlink():
                found.append(Trashed(token, name, int(token[:12], 16) / 1000.0))
        return sorted(found, key=lambda one: one.token, reverse=True)

    def untrash(self, kind: str, token: str, path: Path) -> None:
        """Move a trashed thing to `path`, where nothing is yet."""
        old = self.in_trash(kind, token)
        with saying(path):
            os.rename(self._in_trash(kind, old), path)
            settle(path.parent)

    def in_trash(self, kind: str, token: str) -> Trashed:
        """The trashed thing of a token.

        Raises:
            Missing: there is none.
        """
        found = next((one for one in self.trashed(kind) if one.token == token), None)
        if found is None:
            raise Missing("what was deleted is no longer there to be restored")
        return found

    def _in_trash(self, kind: str, one: Trashed) -> Path:
        return self.folder / TRASH / kind / f"{one.token}~{one.name}"


def part(folder: Path, name: str) -> Path:
    """A name for something unfinished beside the finished ones; `clean` removes it if it is left over."""
    return folder / f".{name}.{os.getpid()}-{secrets.token_hex(4)}.part"


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all: beside it, onto the disk, and only then under its name.

    Raises:
        OutputError: disk full, folder read-only or gone.
    """
    draft = part(path.parent, path.name)
    with saying(path):
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
            settle(path.parent)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a new folder, and have the system put all of it on the disk."""
    with saying(folder):
        folder.mkdir()
        for name, data in files.items():
            path = folder.joinpath(*name.split("/"))
            path.parent.mkdir(exist_ok=True)
            with path.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        for inner in {folder.joinpath(*name.split("/")).parent for name in files} | {folder}:
            settle(inner)


def read(path: Path) -> bytes:
    """The content of a plain file of the store.

    Raises:
        Missing: it is gone, a link, or too large.
    """
    try:
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError:
        raise Missing("it cannot be read any more") from None
    if len(data) > SIZE_LIMIT:
        raise Missing(f"it is larger than {SIZE_LIMIT:,} bytes")
    return data


def clean(folder: Path) -> None:
    """Remove what a process that was killed left unfinished."""
    for path in folder.iterdir():
        match = _PART.fullmatch(path.name)
        if match and _left(path, int(match[1])):
            remove(path)


def _left(path: Path, process: int) -> bool:
    """Whether nobody works on an unfinished thing any more."""
    with suppress(OSError):
        if time.time() - path.lstat().st_mtime > _STALE:
            return True
    if os.name == "nt":  # there, asking whether a process lives may end it
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return process == os.getpid()


def remove(path: Path) -> None:
    """Remove a file, a link or a folder with all in it; links in it are not followed."""
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


@contextmanager
def saying(path: Path) -> Iterator[None]:
    """Turn what the system says into a sentence; the folder's own place on this machine is not told."""
    try:
        yield
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        raise OutputError(f"{path.name} cannot be saved: {why}; nothing was changed") from error
