"""The example of the how-to page: it checks, it runs, and the page quotes it as it is."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from tests.docs.generated import DOCS

from tightrope.case.load import load_case
from tightrope.engine.simulate import plan, run
from tightrope.errors import CaseError
from tightrope.job import check_case
from tightrope.model.needs import REQUIRED

FOLDER = DOCS / "how-to" / "example-case"
PAGE = (DOCS / "how-to" / "write-a-case.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"^<!-- (\S+\.yaml) -->\n```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


def test_it_has_no_faults() -> None:
    counts, faults = check_case(str(FOLDER))
    assert faults == []
    said = ", ".join(f"{count} {what}" for what, count in counts.items())
    assert f"docs/how-to/example-case/: no faults. {said}" in PAGE


def test_it_runs_with_its_scenario_and_answers_its_question() -> None:
    case = load_case(FOLDER)
    for scenario in (None, "russia_tied_down"):
        made = run(plan(case, scenario, months=3), runs=10, seed=1)
        assert made.manifest.runs == 10
        assert case.questions[0].outcome == f"{made.manifest.focus.lower()}.alignment.{made.axes['pole'][0]}"


def test_every_yaml_block_of_the_page_is_quoted() -> None:
    assert len(QUOTED) == PAGE.count("```yaml") > 0


@pytest.mark.parametrize(("name", "block"), QUOTED)
def test_a_block_is_taken_from_its_file(name: str, block: str) -> None:
    assert block in (FOLDER / name).read_text(encoding="utf-8")


def test_every_file_is_named_on_the_page() -> None:
    assert [path.name for path in FOLDER.rglob("*.yaml") if path.name not in PAGE] == []


def test_the_page_lists_every_figure_that_the_model_fills() -> None:
    assert [name for name in REQUIRED if f"DECIDER.{name}`" not in PAGE] == []


def test_the_page_shows_the_faults_as_they_are_said(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(FOLDER, folder)
    spoil(folder / "figures.yaml", "value: 13.62", 'value: "13,62"')
    spoil(folder / "figures.yaml", "source: baci_2019", "source: baci_2091")
    spoil(folder / "figures.yaml", "    unit: percent of exports\n", "")
    spoil(folder / "claims.yaml", "issue: rely_on_csto", "issue: rely_on_cst")
    with pytest.raises(CaseError) as caught:
        load_case(folder)
    said = str(caught.value).replace(f"{folder}/", "")
    shown = re.search(r"<!-- faults -->\n```text\n(.*?)\n```", PAGE, re.DOTALL)
    assert shown is not None
    assert said == shown[1]


def spoil(path: Path, right: str, wrong: str) -> None:
    """Put a mistake into a file, once."""
    text = path.read_text(encoding="utf-8")
    assert right in text
    path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
