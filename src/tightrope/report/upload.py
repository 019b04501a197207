"""A case as it comes in, as a zip or as texts by name: under limits, and only files that a case can hold."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from tightrope.case.folder import SCENARIO_LIMIT
from tightrope.case.folder import SIZE_LIMIT as ALL_LIMIT
from tightrope.case.text import SIZE_LIMIT as FILE_LIMIT
from tightrope.errors import CaseError, Fault

ENTRIES = 300
# So many bytes may a zip's list of files have.
_LIST = 100_000
# A file of a case: at its top, or one folder down among the scenarios.
_FILE = re.compile(r"(?:scenarios/)?[A-Za-z0-9][A-Za-z0-9_.-]{0,95}\.ya?ml", re.ASCII | re.IGNORECASE)
# What comes along without being of the case: schemas for editors, what a system hides in a zip.
_ASIDE = re.compile(r"(?:.*/)?(?:schemas/[^/]*\.json|\.[^/]*|__MACOSX/.*|README\.(?:md|txt))", re.DOTALL)
_FLAG_ENCRYPTED = 0x1


def from_zip(data: bytes) -> dict[str, bytes]:
    """The files of a case from a zip, which may hold them in one folder.

    Raises:
        CaseError: it is no zip, too large once unpacked, or holds what no case does; all at once.
    """
    _refuse_list(data)
    try:
        with ZipFile(BytesIO(data)) as packed:
            infos = [info for info in packed.infolist() if not info.is_dir()]
            names = _chosen([info.filename for info in infos])
            by_name = {info.filename: info for info in infos}
            _refuse_sizes({names[name]: by_name[name].file_size for name in names})
            return {names[name]: _unpacked(packed, by_name[name], names[name]) for name in names}
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError):
        raise _fault("", "it is no zip that can be read", "pack the folder that holds case.yaml") from None


def from_texts(texts: Mapping[str, str]) -> dict[str, bytes]:
    """The files of a case from texts by name.

    Raises:
        CaseError: too many or too large, or what no case holds; all at once.
    """
    names = _chosen(list(texts))
    files = {names[name]: texts[name].encode("utf-8", "surrogatepass") for name in names}
    _refuse_sizes({name: len(data) for name, data in files.items()})
    return files


def to_zip(files: Mapping[str, bytes], folder: str) -> bytes:
    """Files packed into one folder of a zip; the same files give the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in sorted(files.items()):
            info = ZipInfo(f"{folder}/{name}", (1980, 1, 1, 0, 0, 0))
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, data)
    return packed.getvalue()


def _refuse_list(data: bytes) -> None:
    """Refuse a zip by its last record before anything is made of its list of files."""
    at = data.rfind(b"PK\x05\x06")
    if at < 0 or len(data) < at + 22:
        raise _fault("", "it is no zip that can be read", "pack the folder that holds case.yaml")
    entries, size = struct.unpack_from("<HI", data, at + 10)
    if entries > ENTRIES or size > _LIST:
        raise _fault(
            "", f"it holds more than {ENTRIES} files", "pack the files of one case, and nothing else"
        )


def _chosen(names: list[str]) -> dict[str, str]:
    """The files of the case among all, each with its path in the case."""
    if len(names) > ENTRIES:
        raise _fault("", f"it holds {len(names):,} files, more than {ENTRIES}", "keep those of one case")
    kept = [name for name in names if not _ASIDE.fullmatch(name) or ".." in name]
    above = _above(kept)
    found = {name: name.removeprefix(above) for name in kept}
    faults = [fault for name, inner in found.items() if (fault := _refused(name, inner))]
    folded = [inner.casefold() for inner in found.values()]
    faults += [
        Fault(inner[:100], 0, 0, "", "the file is there twice", "keep one of them")
        for inner in found.values()
        if folded.count(inner.casefold()) > 1
    ]
    if faults:
        raise CaseError(faults[:ENTRIES])
    if not found:
        raise _fault("", "it holds no YAML file", "give case.yaml, sources.yaml, actors.yaml and so on")
    return found


def _above(names: Iterable[str]) -> str:
    """The one folder that holds all of it, with its slash; nothing where the files lie at the top."""
    tops = {name.partition("/")[0] for name in names}
    inside = all("/" in name for name in names) and len(tops) == 1
    top = next(iter(tops)) if inside else ""
    return f"{top}/" if top and top not in ("..", "scenarios") else ""


def _refused(name: str, inner: str) -> Fault | None:
    """What is wrong with the name of a file."""
    shown = name[:100]
    if name.startswith(("/", "\\")) or "\\" in name or ".." in name.split("/") or ":" in name:
        return Fault(shown, 0, 0, "", "its path leads out of the case", "give it a plain name")
    if not _FILE.fullmatch(inner):
        right = "a case holds case.yaml, claims.yaml and so on, and scenarios/*.yaml; leave the rest out"
        return Fault(shown, 0, 0, "", "no file of a case has this name", right)
    return None


def _refuse_sizes(sizes: Mapping[str, int]) -> None:
    limit = f"{FILE_LIMIT // 1_000_000} MB"
    large = [
        Fault(name, 0, 0, "", f"it has {size:,} bytes, more than {limit}", f"keep each file under {limit}")
        for name, size in sizes.items()
        if size > FILE_LIMIT
    ]
    if large:
        raise CaseError(large)
    if sum(sizes.values()) > ALL_LIMIT:
        limit = f"{ALL_LIMIT // 1_000_000} MB"
        wrong = f"its files have {sum(sizes.values()):,} bytes, more than {limit} in all"
        raise _fault("", wrong, f"keep a case under {limit}")
    count = sum(name.startswith("scenarios/") for name in sizes)
    if count > SCENARIO_LIMIT:
        raise _fault(
            "scenarios",
            f"it holds {count} scenarios, more than {SCENARIO_LIMIT}",
            "keep those that you compare",
        )


def _unpacked(packed: ZipFile, info: ZipInfo, name: str) -> bytes:
    """A file's bytes; what says of itself that it is small is not read any further than that."""
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) or info.flag_bits & _FLAG_ENCRYPTED:
        raise _fault(name, "it is packed in a way that is not read here", "pack it as a plain zip")
    with packed.open(info) as file:
        data = file.read(FILE_LIMIT + 1)
    if len(data) > FILE_LIMIT:
        raise _fault(name, f"it has more than {FILE_LIMIT:,} bytes", "keep each file smaller")
    return data


def _fault(name: str, wrong: str, right: str) -> CaseError:
    return CaseError([Fault(name, 0, 0, "", wrong, right)])
