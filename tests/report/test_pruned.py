"""A case without a source is the case that never read it: the same bits as leaving it out of a run."""

from __future__ import annotations

import pytest

from tightrope.case.case import Case
from tightrope.case.folder import find_case
from tightrope.engine.simulate import plan, run
from tightrope.report.checked import contents, loaded
from tightrope.report.moved import same
from tightrope.report.pruned import pruned
from tightrope.report.revised import GONE, anew, revised

TEXT = """\
# On top.
claims:
  # The first.
  - id: one
    n: 1

  # The second.
  - {id: two, n: 2}
  # At the end.
"""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return contents(find_case("kazakhstan-2022"))


def test_files_without_a_folder_hold_the_same_case(files: dict[str, bytes], case: Case) -> None:
    assert loaded(files) == case


def test_without_nothing_every_file_is_the_same(files: dict[str, bytes]) -> None:
    assert pruned(files, ()) == files


@pytest.mark.parametrize("source", ["report_002", "report_004"])
def test_a_pruned_case_runs_as_one_without_the_source(
    files: dict[str, bytes], case: Case, source: str
) -> None:
    lesser = loaded(pruned(files, {source}))
    assert source not in {one.id for one in lesser.sources}
    assert all(one.source != source for one in lesser.claims)
    left_out, never_read = run(plan(case, without=(source,)), 40, 3), run(plan(lesser), 40, 3)
    assert same(left_out, never_read)


def test_what_is_untouched_stays_as_it_is_written(files: dict[str, bytes]) -> None:
    old = files["claims.yaml"].decode().splitlines()
    new = pruned(files, {"report_002"})["claims.yaml"].decode().splitlines()
    assert set(new) <= set(old)
    assert new[:4] == old[:4]


def test_an_entry_goes_another_comes_and_comments_stay() -> None:
    text = revised(TEXT, "claims", {0: GONE}, [{"id": "three", "n": 3}])
    assert text == TEXT.replace("  - id: one\n    n: 1\n", "") + '  - id: "three"\n    n: 3\n'


def test_an_entry_changes_in_its_place() -> None:
    text = revised(TEXT, "claims", {1: {"id": "two", "n": 5}})
    assert text == TEXT.replace("  - {id: two, n: 2}\n", '  - id: "two"\n    n: 5\n')


def test_nothing_to_change_changes_nothing() -> None:
    assert revised(TEXT, "claims", {}) == TEXT


def test_an_empty_list_says_so() -> None:
    assert revised(TEXT, "claims", {0: GONE, 1: GONE}) == "claims: []\n" == anew("claims", [])
