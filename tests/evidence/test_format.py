"""Web pages, PDF files and feeds: their text, what they say of themselves, and that nothing is fetched."""

from __future__ import annotations

import socket
import zlib
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tightrope.errors import EvidenceError
from tightrope.evidence.feed import entries
from tightrope.evidence.pdf import document_of
from tightrope.evidence.text import printed, report_from
from tightrope.evidence.webpage import page_of

ARTICLE = (
    "<p>The mayor of Port Hale resigned on Monday after a week of protests over the water of the town.</p>"
    "<p>“I have done what I could,” said Mayor Ruth Egan, who took office in 2019. “It was not enough.”</p>"
    "<p>Residents said the water had been brown for months. The council will meet on Friday to choose a successor.</p>"
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Mayor resigns</title><meta name="author" content="Sue Park">
<meta property="og:site_name" content="The Hale Gazette">
<meta property="article:published_time" content="2023-04-03T10:00:00Z"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<article><h1>Mayor resigns</h1>{ARTICLE}</article><footer>All rights reserved.</footer></body></html>"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Hale Wire</title>
<item><title>Mayor resigns</title><description>&lt;p&gt;“I tried,” said Ruth Egan.&lt;/p&gt;</description>
<pubDate>Mon, 03 Apr 2023 10:00:00 GMT</pubDate><author>Sue Park</author></item>
<item><title>Bridge opens</title><description>The bridge opens in May.</description></item></channel></rss>"""


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket, "create_connection", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)


def pdf_of(stream: bytes) -> bytes:
    """A PDF file of one page with this stream of operators."""
    packed = zlib.compress(stream)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


LINES = (b"The mayor of Port Hale resigned on Monday after a week of protests. She", b"will not stand again.")
WORDS = b"BT /F1 12 Tf 72 720 Td 14 TL " + b"".join(b"(%s) Tj T* " % line for line in LINES) + b"ET"


def test_a_web_page_gives_its_article_and_what_it_says_of_itself() -> None:
    text, about = page_of(PAGE.encode())
    assert "I have done what I could" in text
    assert "Sport" not in text
    assert (about.title, about.author, about.published, about.outlet) == (
        "Mayor resigns", "Sue Park", "2023-04-03", "The Hale Gazette",
    )  # fmt: skip


def test_a_web_page_cut_short_gives_what_it_has() -> None:
    text, _ = page_of(PAGE[: PAGE.index("It was not enough")].encode())
    assert "I have done what I could" in text


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><p>Hi.", "<html>" + "<div>" * 3_000])
def test_a_web_page_without_text_says_so(html: str) -> None:
    with pytest.raises(EvidenceError, match="without running text"):
        page_of(html.encode())


def test_a_pdf_file_gives_its_text() -> None:
    text, _ = document_of(pdf_of(WORDS))
    assert " ".join(text.split()) == b" ".join(LINES).decode()


def test_a_pdf_file_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(EvidenceError, match=r"cannot be read|longer than"):
        document_of(pdf_of(b"BT (a) Tj ET " * 3_000_000))


@pytest.mark.parametrize("data", [b"%PDF-1.4", pdf_of(WORDS)[:300], b"%PDF-1.7\n" + bytes(range(256)) * 20])
def test_a_damaged_pdf_file_says_so(data: bytes) -> None:
    with pytest.raises(EvidenceError, match="PDF file"):
        document_of(data)


def test_a_pdf_file_without_text_says_so() -> None:
    with pytest.raises(EvidenceError, match="without text"):
        document_of(pdf_of(b"0 0 m 10 10 l S"))


def test_a_feed_gives_its_entries() -> None:
    first, second = entries(FEED.encode())
    assert first[0] == "Mayor resigns\n\n“I tried,” said Ruth Egan."
    assert (first[1].published, first[1].author, first[1].outlet) == ("2023-04-03", "Sue Park", "Hale Wire")
    assert second[0].endswith("The bridge opens in May.")


def test_a_feed_without_entries_says_so() -> None:
    with pytest.raises(EvidenceError, match="without entries"):
        list(entries(b'<rss version="2.0"><channel><title>x</title></channel></rss>'))


def test_entities_of_a_feed_do_not_explode() -> None:
    nested = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [{nested}]>{FEED.split("?>", 1)[1].replace("I tried", "&a8;")}'
    with suppress(EvidenceError):
        assert sum(len(raw) for raw, _ in entries(bomb.encode())) < 10_000


def test_each_kind_of_file_becomes_a_report(tmp_path: Path) -> None:
    for name, data in (("a.html", PAGE.encode()), ("b.pdf", pdf_of(WORDS)), ("c.xml", FEED.encode())):
        (tmp_path / name).write_bytes(data)
    assert report_from(tmp_path / "a.html").outlet == "The Hale Gazette"
    assert report_from(tmp_path / "b.pdf").sentences
    assert [one.doc for one in printed(tmp_path / "c.xml")] == ["c-001", "c-002"]
