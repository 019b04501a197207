"""The examples of the pages run and give what they show."""

from __future__ import annotations

import doctest
import re
from calendar import month_name
from importlib.resources import files

import pytest
from tests.docs.generated import DOCS

import tightrope
from tightrope.case.load import load_case
from tightrope.job import check_case

CITED = re.compile(r"((?:[A-ZÀ-Ž][\w-]+(?:, | & )?)+(?: et al\.)?) ((?:19|20)\d{2})\b")
MONTHS = tuple(month_name)
PAGES = sorted(page for page in DOCS.rglob("*.md") if ">>> " in page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_of_a_page(page: object) -> None:
    failed, tried = doctest.testfile(
        str(page), module_relative=False, optionflags=doctest.IGNORE_EXCEPTION_DETAIL
    )
    assert tried > 0
    assert failed == 0


def test_the_page_of_python_names_the_whole_public_interface() -> None:
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^## (\w+)\(", page, re.MULTILINE)) == set(tightrope.__all__)


def test_every_work_that_the_model_cites_is_listed() -> None:
    listed = (DOCS / "reference" / "literature.md").read_text(encoding="utf-8")
    folders = [files("tightrope") / name for name in ("model", "engine")]
    texts = [file.read_text("utf-8") for folder in folders for file in folder.iterdir() if file.is_file()]
    cited = {found for text in texts for found in CITED.findall(text) if found[0] not in MONTHS}
    lines = listed.splitlines()
    missing = [(who, year) for who, year in cited if not any(_names(line, who, year) for line in lines)]
    assert len(cited) > 15
    assert missing == []


def _names(line: str, who: str, year: str) -> bool:
    surnames = re.split(r", | & ", who.removesuffix(" et al."))
    return year in line and all(surname in line for surname in surnames)


def test_the_readme_counts_what_the_case_holds() -> None:
    counts, _ = check_case("kazakhstan-2022")
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert f"{counts['claims']} claims of five reports" in readme
    assert f"{counts['conflicts']} conflicts" in readme


def test_links_of_the_readme_lead_somewhere() -> None:
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)", readme)
    assert links
    assert [link for link in links if not (DOCS.parent / link).is_file()] == []


def test_the_page_of_limits_counts_what_is_from_memory() -> None:
    case = load_case("kazakhstan-2022")
    page = (DOCS / "explanation" / "limits.md").read_text(encoding="utf-8")
    sources = sum("memory" in (source.note or "") for source in case.sources)
    readings = sum("memory" in (one.note or "") for figure in case.figures for one in figure.claims)
    said = " ".join(page.split())
    assert f"{sources} of its {len(case.sources)} sources and {readings} readings of figures" in said
