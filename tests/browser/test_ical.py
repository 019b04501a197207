"""Warnings as files, made by the page's own script: CSV that no spreadsheet runs, and a calendar by RFC 5545."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from io import StringIO
from threading import Thread
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

pytestmark = pytest.mark.browser
RUNS = {
    "id": "KAZ.unrest",
    "origin": "runs",
    "kind": "unrest",
    "kind_name": "mass unrest",
    "actor": "KAZ",
    "actor_name": "Kazakhstan",
    "what": "Mass unrest; in the streets, again\\again\r\nand again",
    "severity": "alarm",
    "score": 9,
    "rule": "In 30 of 100 runs.",
    "month": "2022-12",
    "first": "2022-07-01",
    "last": "2022-12-31",
    "frequency": 0.3,
    "low": 0.28,
    "high": 0.32,
    "runs": 300,
    "total": 1000,
    "claims": ["a.r000", "b.r001"],
}
RECORD = {
    **RUNS,
    "id": "event.RUS.forum",
    "origin": "record",
    "what": "=HYPERLINK(1) Қазақстан " + "ұзақ сөз " * 30,
    "severity": "on record",
    "first": "2022-06-17",
    "last": "2022-06-26",
    "frequency": None,
    "low": -0.5,
}
ABOUT = {"name": "Tightrope: Kazakhstan", "stamp": "2022-06-30", "case": "kazakhstan-2022"}


class Quiet(SimpleHTTPRequestHandler):
    """Serves the page's files and keeps no log."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def page(browser: Any) -> Iterator[Any]:
    folder = str(files("tightrope.report") / "static" / "app")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        shown = browser.new_page()
        shown.goto(f"http://127.0.0.1:{server.server_address[1]}/icon.svg")
        yield shown
        shown.close()
        server.shutdown()


def made(page: Any, name: str, *given: Any) -> str:
    text: str = page.evaluate(
        "async ([name, given]) => (await import('/ical.js'))[name](...given)", [name, list(given)]
    )
    return text


def unfolded(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_lines_end_and_fold_as_they_must(page: Any) -> None:
    text = made(page, "ical", [RUNS, RECORD], ABOUT)
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert max(len(line.encode()) for line in lines) <= 75
    assert not re.search(r"(?<!\r)\n|\r(?!\n)", text)
    assert any("ұзақ сөз ұзақ сөз" in line for line in unfolded(text))


def test_texts_are_escaped(page: Any) -> None:
    lines = unfolded(made(page, "ical", [RUNS], ABOUT))
    said = next(line for line in lines if line.startswith("SUMMARY"))
    assert said == r"SUMMARY:alarm: Kazakhstan: Mass unrest\; in the streets\, again\\again\nand again"


def test_entries_stand_on_their_days_and_end_before_the_next(page: Any) -> None:
    lines = unfolded(made(page, "ical", [RUNS, RECORD], ABOUT))
    days = [
        line.partition(":")[2]
        for line in lines
        if line.startswith(("DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"))
    ]
    assert days == ["20221201", "20230101", "20220617", "20220627"]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    assert {line for line in lines if line.startswith("DTSTAMP")} == {"DTSTAMP:20220630T000000Z"}


def test_ids_are_their_own_and_the_same_again(page: Any) -> None:
    first, again = (made(page, "ical", [RUNS, RECORD], ABOUT) for _ in range(2))
    assert first == again
    ids = [line for line in unfolded(first) if line.startswith("UID:")]
    assert ids == [
        "UID:kazakhstan-2022.KAZ.unrest@tightrope",
        "UID:kazakhstan-2022.event.RUS.forum@tightrope",
    ]


def test_a_table_that_no_spreadsheet_runs(page: Any) -> None:
    rows = list(csv.DictReader(StringIO(made(page, "csv", [RUNS, RECORD]), newline="")))
    assert [row["id"] for row in rows] == ["KAZ.unrest", "event.RUS.forum"]
    assert rows[0]["what"] == RUNS["what"]
    assert rows[0]["claims"] == "a.r000 b.r001"
    assert rows[1]["what"].startswith("'=HYPERLINK")
    assert (rows[1]["frequency"], rows[1]["low"]) == ("", "-0.5")
