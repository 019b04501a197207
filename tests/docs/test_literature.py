"""Every work that is cited has an entry in the list of literature, and every entry is cited somewhere."""

from __future__ import annotations

import re
from calendar import month_name
from importlib.resources import files
from pathlib import Path

import pytest
from tests.docs.generated import DOCS

from tightrope.case.load import load_case

NAME = r"[A-ZÀ-Ž][\w’'-]+"
# Names with a year, as docstrings and pages write them: Kuik 2008; Head & Mayer 2014; Helmbold et al. 1998.
CITED = re.compile(rf"({NAME}(?:(?:, | & | and ){NAME})*(?: et al\.| and others)?),? \(?((?:18|19|20)\d\d)\b")
BETWEEN = re.compile(r", | & | and |,$")
# Capitalised words that stand before a year and name no author.
ORDINARY = {
    "In",
    "Since",
    "Until",
    "From",
    "By",
    "After",
    "Before",
    "During",
    "Of",
    "And",
    "Crimea",
    "Version",
}
ENTRY = re.compile(r"^@\w+\{(\w+), (.*)\}$", re.MULTILINE)
FIELD = re.compile(r"(\w+) = \{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}")
KINDS = ("page: ", "listed: ", "no: ")


def entries() -> dict[str, dict[str, str]]:
    """The fields of each entry of the BibTeX file, without the braces that keep capitals."""
    text = (DOCS / "reference" / "references.bib").read_text(encoding="utf-8")
    found = {key: dict(FIELD.findall(body)) for key, body in ENTRY.findall(text)}
    return {key: {name: plain(value) for name, value in one.items()} for key, one in found.items()}


def plain(value: str) -> str:
    """A BibTeX value as it is read: accents put on, braces and escapes taken off."""
    value = value.replace(r"{\v{e}}", "ě").replace(r"{\"u}", "ü").replace(r"\&", "&").replace("--", "–")
    return value.replace("{", "").replace("}", "")


def surnames(entry: dict[str, str]) -> list[str]:
    """The surnames of the authors, first one first; an institution is its own surname."""
    return [name.split(",")[0] for name in entry["author"].split(" and ")]


def sources() -> list[Path]:
    """What may cite: the package's code, parameters and cases, and the written pages."""
    package = Path(str(files("tightrope")))
    written = [
        *(DOCS / "explanation").glob("*.md"),
        *(DOCS / "how-to").glob("*.md"),
        DOCS.parent / "README.md",
    ]
    return [*package.rglob("*.py"), *package.rglob("*.yaml"), *written]


def joined(path: Path) -> str:
    """The text of a file on one line, so that a citation may run over the end of one."""
    return " ".join(path.read_text(encoding="utf-8").split())


def citations() -> set[tuple[tuple[str, ...], str]]:
    """The names and years that the code, the parameters and the pages cite.

    Of the cases only two names joined by `and` count: one name before a year is mostly a place there.
    """
    found = set()
    for path in sources():
        case_file = "cases" in path.parts and path.suffix == ".yaml"
        for who, year in CITED.findall(joined(path)):
            names = tuple(BETWEEN.split(who.removesuffix(" et al.").removesuffix(" and others")))
            if not (case_file and (len(names) == 1 or ("," in who and " and " not in who))):
                found.add((names, year))
    others = nobody()
    return {one for one in found if not set(one[0]) & others}


def nobody() -> set[str]:
    """Words that stand before years without being names of authors: months, places and particles."""
    places = {word for actor in load_case("kazakhstan-2022").actors for word in actor.name.split()}
    return {*month_name, *ORDINARY, *places}


def answers(entry: dict[str, str], names: tuple[str, ...], year: str) -> bool:
    """Whether an entry is the work that these names and this year cite."""
    authors = surnames(entry)
    known = all(any(author.split()[-1] == name.split()[-1] for author in authors) for name in names)
    return entry["year"] == year and known


def test_every_work_cited_has_an_entry() -> None:
    listed = entries().values()
    cited = citations()
    assert len(cited) > 30
    assert [one for one in sorted(cited) if not any(answers(entry, *one) for entry in listed)] == []


@pytest.mark.parametrize("key", entries())
def test_every_entry_is_cited(key: str) -> None:
    entry = entries()[key]
    near = re.compile(rf"{re.escape(surnames(entry)[0])}\b.{{0,160}}?\b{entry['year']}\b")
    assert any(near.search(joined(path)) for path in sources())


def test_every_entry_says_how_it_was_checked() -> None:
    wrong = [key for key, entry in entries().items() if not entry.get("checked", "").startswith(KINDS)]
    assert wrong == []


def test_the_page_and_the_file_list_the_same_works() -> None:
    page = (DOCS / "reference" / "literature.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| work")]
    listed = entries()
    assert len(rows) == len(listed)
    for entry in listed.values():
        [row] = [row for row in rows if entry["title"] in row and entry["year"] in row]
        assert all(surname in row for surname in surnames(entry)[:1])
        assert f"| {entry['checked'][:40]}" in row


def test_a_work_without_an_entry_would_be_found() -> None:
    assert not any(answers(entry, ("Nobody",), "1999") for entry in entries().values())
    assert CITED.findall("as in Doe, Roe and Poe 1999, and (Low et al. 2001)") == [
        ("Doe, Roe and Poe", "1999"),
        ("Low et al.", "2001"),
    ]
