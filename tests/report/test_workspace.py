"""Saved work: written whole or not at all, lost by nobody, and never outside its folder."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tightrope.case.document import read_document
from tightrope.case.folder import find_case
from tightrope.case.load import load_case
from tightrope.case.scenario import Scenario
from tightrope.errors import CaseError, OutputError
from tightrope.report import store
from tightrope.report.ask import Ask
from tightrope.report.checked import contents
from tightrope.report.store import Clash, Missing
from tightrope.report.workspace import Workspace
from tightrope.report.written import scenario_text

ASK = Ask(base="china_steps_in", levers={"tied_down.RUS": 0.9})
DIGEST = "0" * 64


def scenario(title: str = "A title") -> Scenario:
    return Scenario.model_validate(
        {
            "id": "anything",
            "title": title,
            "meaning": 'Quotes " and \\ and: colons, – dashes, # signs',
            "scenario": True,
            "settings": [{"path": "parameters.tied_hands", "value": 0.1, "unit": "share", "why": "assumed"}],
            "happenings": [
                {
                    "kind": "effort",
                    "about": "CHN",
                    "start": "2022-07-01",
                    "value": 1 / 3,
                    "unit": "times",
                    "why": "assumed",
                }
            ],
        }
    )


@pytest.fixture
def saved(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "work")


def test_what_is_saved_is_read_again(saved: Workspace) -> None:
    made = saved.save("my-own", scenario(), ASK, DIGEST, None)
    found = saved.saved("my-own")
    assert found == made
    assert found.ask == ASK
    assert found.digest == DIGEST
    assert found.scenario == scenario().model_copy(update={"id": "my_own"})
    assert saved.scenario("my-own") == found.scenario
    assert saved.scenario("nothing") is None
    assert saved.revision("my-own") == found.revision


def test_every_shipped_scenario_survives_being_written() -> None:
    for name in ("kazakhstan-2022", "serbia-2022"):
        for one in load_case(name).scenarios:
            again = Scenario.model_validate(read_document("", scenario_text(one)).data)
            assert again == one


def test_a_new_server_finds_what_an_old_one_saved(saved: Workspace, tmp_path: Path) -> None:
    made = saved.save("my-own", scenario(), ASK, DIGEST, None)
    assert Workspace(tmp_path / "work").saved("my-own") == made


def test_a_second_page_does_not_overwrite_what_it_has_not_seen(saved: Workspace) -> None:
    first = saved.save("mine", scenario("first"), ASK, DIGEST, None)
    with pytest.raises(Clash):
        saved.save("mine", scenario("second"), ASK, DIGEST, None)
    second = saved.save("mine", scenario("second"), ASK, DIGEST, first.revision)
    with pytest.raises(Clash):
        saved.save("mine", scenario("third"), ASK, DIGEST, first.revision)
    assert saved.saved("mine") == second


def test_of_many_pages_at_once_one_wins(saved: Workspace) -> None:
    def put(number: int) -> bool:
        try:
            saved.save("mine", scenario(f"by {number}"), ASK, DIGEST, None)
        except Clash:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(put, range(16))) == 1


def test_rename_duplicate_delete_and_undo(saved: Workspace) -> None:
    first = saved.save("one", scenario(), ASK, DIGEST, None)
    second = saved.rename("one", "two", first.revision, "Another title")
    assert second.scenario.title == "Another title"
    assert second.scenario.id == "two"
    saved.duplicate("two", "three")
    token = saved.delete("two", second.revision)
    assert [one.name for one in saved.scenarios()[0]] == ["three"]
    assert [one.token for one in saved.deleted("scenarios")] == [token]
    assert saved.restore(token).scenario == second.scenario
    assert saved.deleted("scenarios") == []


def test_what_was_deleted_comes_back_under_another_name_if_its_own_is_taken(saved: Workspace) -> None:
    first = saved.save("one", scenario("first"), ASK, DIGEST, None)
    token = saved.delete("one", first.revision)
    saved.save("one", scenario("second"), ASK, DIGEST, None)
    with pytest.raises(Clash):
        saved.restore(token)
    assert saved.restore(token, "one-again").scenario.title == "first"


def test_nothing_is_renamed_or_deleted_that_changed_meanwhile(saved: Workspace) -> None:
    first = saved.save("one", scenario(), ASK, DIGEST, None)
    saved.save("one", scenario("changed"), ASK, DIGEST, first.revision)
    with pytest.raises(Clash):
        saved.delete("one", first.revision)
    with pytest.raises(Clash):
        saved.rename("one", "two", first.revision)


@pytest.mark.parametrize(
    "name", ["", "..", "a/b", "../x", "A", "-a", "a" * 65, "a.b", "con", "a\n", "ä", "/etc"]
)
def test_a_name_is_a_plain_word(saved: Workspace, name: str) -> None:
    with pytest.raises(Missing):
        saved.save(name, scenario(), ASK, DIGEST, None)
    with pytest.raises(Missing):
        saved.add_case(name, {})
    with pytest.raises(Missing):
        saved.saved(name)


def test_names_that_begin_with_a_digit_get_an_id_that_a_case_allows(saved: Workspace) -> None:
    found = saved.save("2022-a--b", scenario(), ASK, DIGEST, None)
    assert found.scenario.id == "S.2022_a__b"
    assert [one.name for one in saved.scenarios()[0]] == ["2022-a--b"]


def test_a_file_put_there_by_hand_is_taken_and_a_broken_one_told(saved: Workspace, tmp_path: Path) -> None:
    folder = tmp_path / "work" / "scenarios"
    text = scenario_text(scenario().model_copy(update={"id": "by_hand"}))
    (folder / "by_hand.yaml").write_text(text, encoding="utf-8")
    (folder / "broken.yaml").write_text("id: [", encoding="utf-8")
    (folder / "other.yaml").write_text(text, encoding="utf-8")
    found, wrong = saved.scenarios()
    assert [one.name for one in found] == ["by-hand"]
    assert found[0].ask is None
    assert set(wrong) == {"broken", "other"}
    assert not any(str(tmp_path) in said for said in wrong.values())
    assert saved.scenario("broken") is None


@pytest.mark.parametrize("head", ["{", "[]", '{"ask": {"case": "../x"}, "digest": ""}', "9" * 5000, "null"])
def test_a_head_that_somebody_changed_is_passed_over(saved: Workspace, tmp_path: Path, head: str) -> None:
    path = tmp_path / "work" / "scenarios" / "mine.yaml"
    text = scenario_text(scenario().model_copy(update={"id": "mine"}))
    path.write_text(f"# tightrope: {head}\n{text}", encoding="utf-8")
    assert saved.saved("mine").ask is None


def test_links_are_not_followed(saved: Workspace, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text(scenario_text(scenario().model_copy(update={"id": "link"})), encoding="utf-8")
    (tmp_path / "work" / "scenarios" / "link.yaml").symlink_to(outside)
    (tmp_path / "work" / "cases" / "link").symlink_to(find_case("serbia-2022"))
    assert saved.scenarios() == ([], {})
    assert saved.cases() == {}
    with pytest.raises(Missing):
        store.read(tmp_path / "work" / "scenarios" / "link.yaml")


def test_a_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "cases").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError):
        Workspace(tmp_path / "work")


WRITER = """
import sys
from pathlib import Path
from tests.report.test_workspace import ASK, DIGEST, scenario
from tightrope.report.workspace import Workspace

saved = Workspace(Path(sys.argv[1]))
print("ready", flush=True)
number = 0
while True:
    there = saved.revision("mine")
    saved.save("mine", scenario("x" * 1900 + str(number)), ASK, DIGEST, there)
    number += 1
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill that hard")
def test_killed_in_the_middle_of_a_save_the_old_or_the_new_file_is_there(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    folder, patience = tmp_path / "work", random.Random(7)
    path = os.pathsep.join([str(root), *filter(None, sys.path)])
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(folder)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": path},
            cwd=root,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            time.sleep(patience.uniform(0.005, 0.12))
            process.send_signal(signal.SIGKILL)
        found = Workspace(folder)
        assert found.scenarios()[1] == {}
        there = found.scenarios()[0]
        assert len(there) <= 1
        assert all(one.ask == ASK and one.scenario.title.startswith("xxx") for one in there)
        assert [path.name for path in (folder / "scenarios").iterdir() if path.name.endswith(".part")] == []
    assert there


def test_leftovers_are_cleaned_and_those_of_the_living_are_not(tmp_path: Path) -> None:
    Workspace(tmp_path / "work")
    cases = tmp_path / "work" / "cases"
    gone = cases / ".mine.99999999-abcd.part"
    living = cases / f".mine.{os.getppid()}-abcd.part"
    for folder in (gone, living):
        folder.mkdir()
        (folder / "case.yaml").write_text("x")
    Workspace(tmp_path / "work")
    assert not gone.exists()
    assert living.exists()


def test_a_full_disk_leaves_the_old_file(saved: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    made = saved.save("mine", scenario(), ASK, DIGEST, None)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        saved.save("mine", scenario("new"), ASK, DIGEST, made.revision)
    monkeypatch.undo()
    assert saved.saved("mine") == made


def test_the_trash_does_not_grow_without_end(saved: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "TRASHED", 3)
    for number in range(5):
        made = saved.save(f"n{number}", scenario(), ASK, DIGEST, None)
        saved.delete(made.name, made.revision)
        time.sleep(0.002)
    assert [one.name for one in saved.deleted("scenarios")] == ["n4", "n3", "n2"]


def test_a_case_is_saved_renamed_deleted_and_restored(saved: Workspace) -> None:
    files = contents(find_case("serbia-2022"))
    made = saved.add_case("mine", files)
    assert contents(made.folder) == files
    with pytest.raises(Clash):
        saved.add_case("mine", files)
    again = saved.rename_case("mine", "yours")
    assert again.revision == made.revision
    token = saved.delete_case("yours")
    assert saved.cases() == {}
    assert saved.restore_case(token).revision == made.revision


def test_a_case_with_faults_is_not_saved_and_nothing_is_left_of_it(saved: Workspace, tmp_path: Path) -> None:
    files = contents(find_case("serbia-2022"))
    files["case.yaml"] = files["case.yaml"].replace(b"focus: SRB", b"focus: NIL")
    with pytest.raises(CaseError) as caught:
        saved.add_case("mine", files)
    assert any(
        fault.file == "case.yaml" and fault.line and "NIL" in fault.wrong for fault in caught.value.faults
    )
    assert str(tmp_path) not in str(caught.value)
    assert list((tmp_path / "work" / "cases").iterdir()) == []
