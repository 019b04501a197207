"""Reports out of files: what is kept, what is dropped, and what a report says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tightrope.errors import EvidenceError
from tightrope.evidence.text import Printed, doc_of, files, report_from, report_of

BODY = """\
The council of Port Hale will meet on Friday to choose a new mayor, after the old one resigned in a dispute over water.

The choice is open. Three candidates have said that they will stand, and none of them has a majority.
"""


def texts(raw: str) -> list[str]:
    return report_of(Printed("a", raw)).text.split("\n")


@pytest.mark.parametrize(
    "line",
    ["Leave a Reply", "Your email address will not be published.", "Share this on Facebook", "Advertisement",
     "Related articles", "Skip to content", "Read more: The water of Port Hale", "By admin", "Tags: water, mayors",
     "Sign up for our newsletter to get the news in your inbox", "© 2022 The Hale Gazette",
     "arrow-line camera-line check-solid close-line image/svg+xml"],
)  # fmt: skip
def test_what_belongs_to_the_page_is_dropped(line: str) -> None:
    assert texts(f"{BODY}\n{line}\n") == texts(BODY)


def test_nothing_comes_after_a_comment_form() -> None:
    assert texts(f"{BODY}\nLeave a Reply\n\nGreat article, I agree with every word of it.\n") == texts(BODY)


@pytest.mark.parametrize("line", ["The minister declined to share his plans.", "“Close the door,” she said."])
def test_sentences_that_sound_like_a_page_stay(line: str) -> None:
    assert line in texts(f"{BODY}\n{line}\n")


def test_title_date_and_author_are_fields() -> None:
    report = report_of(
        Printed("a", f"A new mayor for Port Hale\n\nMonday, 3 April 2023 - 10:15\n\nBy Sue Park\n\n{BODY}")
    )
    assert (report.title, report.published, report.author) == (
        "A new mayor for Port Hale",
        "2023-04-03",
        "Sue Park",
    )
    assert "Sue Park" not in report.text
    assert report.text.startswith("A new mayor for Port Hale\nThe council")


def test_a_name_alone_below_the_title_is_the_author() -> None:
    report = report_of(Printed("a", f"A new mayor for Port Hale\n\nSue Ellen Park\n\n{BODY}"))
    assert report.author == "Sue Ellen Park"


def test_a_heading_is_no_author() -> None:
    raw = f"A new mayor for Port Hale\n\n{BODY}\nWater And Power\n\n{BODY}\nPublic Anger\n\n{BODY}"
    assert report_of(Printed("a", raw)).author is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY, "en"),
        ("Der Stadtrat wird am Freitag zusammentreten, um einen neuen Bürgermeister zu wählen. " * 3, "de"),
        ("Городской совет соберётся в пятницу, чтобы избрать нового мэра города. " * 3, "ru"),
        ("Kort.", "en"),
    ],
)
def test_the_language_is_named(text: str, language: str) -> None:
    assert report_of(Printed("a", text)).language == language


@pytest.mark.parametrize("raw", ["", "   \n\n ", "\ufeff"])
def test_a_report_without_text_says_so(raw: str) -> None:
    with pytest.raises(EvidenceError, match="no text"):
        report_of(Printed("a", raw))


def test_a_table_is_no_report() -> None:
    with pytest.raises(EvidenceError, match="hardly any words; give running text"):
        report_of(Printed("a", "12,5;13,1;14,0\n" * 2_000))


@pytest.mark.parametrize(
    ("name", "doc"),
    [("001_talks.txt", "001_talks"), ("../../etc/passwd", "passwd"), ("..\\x.html", "x"), ("a b:c.txt", "a_b_c"),
     ("talks.txt.gz", "talks"), (".txt", "txt"), ("...", "report")],
)  # fmt: skip
def test_no_name_leads_out_of_a_folder(name: str, doc: str) -> None:
    assert doc_of(name) == doc


def test_an_error_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    with pytest.raises(EvidenceError, match=r"empty\.txt: it holds no text"):
        report_from(path)


def test_a_folder_gives_its_reports_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.png", ".hidden.txt", "sub/d.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Talks failed.")
    assert [path.name for path in files([tmp_path])] == ["a.txt", "b.txt", "d.html"]
