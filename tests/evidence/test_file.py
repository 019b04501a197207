"""Files: their bytes within limits, what kind of report they hold, and their encoding."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tightrope.errors import EvidenceError
from tightrope.evidence.file import contents, decoded, is_report, kind_of

SENTENCE = "“The road is closed,” said Zoë Møller – it’s bad."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1252"])
def test_western_text_in_any_encoding_is_the_same(encoding: str) -> None:
    assert decoded((SENTENCE * 5).encode(encoding)).lstrip("\ufeff") == SENTENCE * 5


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
def test_text_in_another_script_is_not_garbled(encoding: str) -> None:
    text = "Президент заявил, что переговоры будут продолжены в понедельник вечером. " * 10
    assert decoded(text.encode(encoding)) == text


def test_a_byte_order_mark_of_utf_8_stays_so_that_offsets_are_those_of_the_file() -> None:
    assert decoded(b"\xef\xbb\xbfTalks") == "\ufeffTalks"


def test_a_few_broken_bytes_do_not_change_the_encoding() -> None:
    data = "ééééééé – naïve café".encode() + b"\xff"
    assert decoded(data) == data.decode("utf-8", "replace")


def test_binary_data_is_no_text() -> None:
    with pytest.raises(EvidenceError, match=r"binary data|known encoding"):
        decoded(bytes(range(256)) * 40)


def test_gzip_is_unpacked_and_a_bomb_is_not(tmp_path: Path) -> None:
    plain, bomb = tmp_path / "a.txt.gz", tmp_path / "b.txt.gz"
    plain.write_bytes(gzip.compress(b"Talks failed."))
    bomb.write_bytes(gzip.compress(b"\0" * 60_000_000))
    assert contents(plain) == b"Talks failed."
    with pytest.raises(EvidenceError, match="larger than 50 MB"):
        contents(bomb)


def test_gzip_cut_short_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(gzip.compress(b"Talks failed. " * 100)[:-20])
    with pytest.raises(EvidenceError, match="cut short"):
        contents(path)


@pytest.mark.parametrize(
    ("start", "said"),
    [(b"PK\x03\x04", "ZIP"), (b"\x89PNG", "picture"), (b"\xd0\xcf\x11\xe0", "Office"), (b"Rar!", "RAR")],
)
def test_what_holds_no_text_is_named(tmp_path: Path, start: bytes, said: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(start + b"rest")
    with pytest.raises(EvidenceError, match=said):
        contents(path)


def test_a_folder_or_nothing_at_all_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="no file"):
        contents(tmp_path)
    with pytest.raises(EvidenceError, match="cannot be read"):
        contents(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"Talks failed.", "text"),
        ("a", b"Talks failed.", "text"),
        ("a.txt", b"<!DOCTYPE html><html>", "webpage"),
        ("a.html", b"<p>Talks failed.", "webpage"),
        ("a.dat", b"%PDF-1.7", "pdf"),
        ("a.pdf", b"Talks failed.", "text"),
        ("a.xml", b'<?xml version="1.0"?><rss version="2.0">', "feed"),
        ("a.xml", b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
    ],
)
def test_the_kind_of_a_file_is_what_it_begins_with(name: str, data: bytes, kind: str) -> None:
    assert kind_of(Path(name), data) == kind


def test_a_text_of_50_megabytes_is_too_large() -> None:
    with pytest.raises(EvidenceError, match="larger than 5 MB; split"):
        kind_of(Path("a.txt"), b"word " * 10_000_000)


def test_folders_are_searched_for_files_that_look_like_reports() -> None:
    names = ["a.txt", "b.html", "c.pdf", "d.rss", "e.txt.gz", "f.png", "g.py", "h.yaml"]
    assert [name for name in names if is_report(Path(name))] == names[:5]
