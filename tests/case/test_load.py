"""Whole folders: what loads, and every way in which a hostile or careless one is refused."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tightrope.case.case import Case
from tightrope.case.load import load_case
from tightrope.errors import CaseError, Fault

Write = Callable[..., Path]
Edit = Callable[[str, str, str], Path]
Refused = Callable[..., list[Fault]]


def test_the_small_case_loads_whole(folder: Path) -> None:
    case = load_case(folder)
    assert isinstance(case, Case)
    assert [actor.id for actor in case.actors] == ["KAZ", "NO", "RUS", "WEST", "president"]
    assert case.ties[0].source_actor == "KAZ"
    assert case.figures[0].hull == (15.5, 20.0)
    assert [scenario.id for scenario in case.scenarios] == ["cut_off"]
    assert load_case(str(folder)) == case


def test_norway_is_a_text(folder: Path) -> None:
    assert load_case(folder).about.deciders == ("KAZ", "NO")
    assert load_case(folder).resolutions[0].votes["NO"] == "yes"


@pytest.mark.parametrize("change", [lambda text: text.replace("\n", "\r\n"), lambda text: "\ufeff" + text])
def test_windows_line_ends_and_byte_order_marks_change_nothing(
    write: Write, folder: Path, change: Callable[[str], str]
) -> None:
    plain = load_case(folder)
    names = [path.relative_to(folder) for path in folder.rglob("*.yaml")]
    changed = write({str(name): change((folder / name).read_text()) for name in names})
    assert load_case(changed) == plain


def test_outcomes_are_not_read(write: Write) -> None:
    load_case(write({"outcomes.yaml": "not: [a case"}))


def test_optional_files_may_be_absent_or_hold_nothing(write: Write) -> None:
    case = load_case(
        write(
            {
                "entities.yaml": "entities:\n",
                "claims.yaml": None,
                "conflicts.yaml": None,
                "scenarios/cut_off.yaml": None,
                "ties.yaml": "ties: []",
            }
        )
    )
    assert case.claims == case.entities == case.ties == case.scenarios == ()


# What was edited (file, old, new), where the fault is said to be, and words of what is said.
CARELESS = [
    (
        "figures.yaml",
        "    unit: percent\n",
        "",
        "2:5",
        "figures[kaz.ethnic_russians].unit",
        "a number without unit",
    ),
    (
        "figures.yaml",
        ", date: 2022}",
        "}",
        "7:9",
        "figures[kaz.ethnic_russians].claims[0].date",
        "a number without date",
    ),
    (
        "figures.yaml",
        "source: yearbook, ",
        "",
        "8:9",
        "figures[kaz.ethnic_russians].claims[1].source",
        "a number without source",
    ),
    (
        "figures.yaml",
        "    low: 0.1\n    high: 0.4",
        "    low: 0.4\n    high: 0.1",
        "9:5",
        "figures[kaz.guess]",
        "the range is upside down: low 0.4 > high 0.1; exchange them",
    ),
    (
        "figures.yaml",
        "    measure: a guess",
        "    meassure: a guess",
        "11:5",
        "figures[kaz.guess].meassure",
        "unknown key `meassure`; did you mean measure?",
    ),
    (
        "figures.yaml",
        "value: 20",
        "value: true",
        "7:25",
        "figures[kaz.ethnic_russians].claims[0].value",
        "true is no number",
    ),
    (
        "figures.yaml",
        "value: 20",
        "value: .inf",
        "7:25",
        "figures[kaz.ethnic_russians].claims[0].value",
        "inf is no finite number",
    ),
    (
        "figures.yaml",
        "value: 20",
        "value: 20 %",
        "7:25",
        "figures[kaz.ethnic_russians].claims[0].value",
        "'20 %' is no number; write the number alone",
    ),
    (
        "figures.yaml",
        "bound: lower",
        "bound: least",
        "7:36",
        "figures[kaz.ethnic_russians].claims[0].bound",
        "'least' cannot stand here; give one of: exact, about, lower, upper",
    ),
    (
        "figures.yaml",
        "    measure: a guess",
        "    measure: a guess\n    measure: another",
        "12:5",
        "",
        "the key `measure` is there twice, first in line 11",
    ),
    (
        "actors.yaml",
        "id: RUS",
        "id: KAZ",
        "4:10",
        "actors[KAZ].id",
        "the id 'KAZ' is taken, first in actors.yaml:2:10",
    ),
    (
        "ties.yaml",
        "to: RUS",
        "to: RSU",
        "5:9",
        "ties[kaz.rus.trade].to",
        "there is no actor or entity 'RSU' in actors.yaml or entities.yaml; did you mean RUS?",
    ),
    ("ties.yaml", "    unit: percent\n", "", "2:5", "ties[kaz.rus.trade]", "value and unit go together"),
    (
        "claims.yaml",
        "date: 2022-04-27",
        "date: 2022-02-30",
        "8:11",
        "claims[c.parade].date",
        "'2022-02-30' is a date that does not exist",
    ),
    ("claims.yaml", "kind: act", "kind: deed", "2:11", "claims[c.parade].kind", "the kind 'deed' is unknown"),
    ("claims.yaml", "  - kind: act\n    id", "  - id", "2:5", "claims[c.parade].kind", "`kind` is missing"),
    ("claims.yaml", "    source: report_001\n", "", "2:5", "claims[c.parade].source", "`source` is missing"),
    (
        "claims.yaml",
        "    about: KAZ\n",
        "    about:\n",
        "5:5",
        "claims[c.parade].about",
        "`about` has no value",
    ),
    (
        "claims.yaml",
        "strength: 0.8",
        "strength: 1.8",
        "12:15",
        "claims[c.tool].strength",
        "1.8 is out of range; give a number of at most 1",
    ),
    (
        "claims.yaml",
        "id: c.parade",
        "id: a parade",
        "3:9",
        "claims[a parade].id",
        "no name that can be referred to",
    ),
    (
        "sources.yaml",
        "title: First report",
        "title: 2022",
        "3:12",
        "sources[report_001].title",
        "2022 is no text; put it in quotes",
    ),
    (
        "precedents.yaml",
        "happened: true",
        "happened: yes",
        "5:15",
        "precedents[request_2022].happened",
        "'yes' is neither true nor false; write true or false",
    ),
    (
        "acts.yaml",
        "economy:",
        "economi:",
        "6:16",
        "acts[parade_cancelled].accounts.economi",
        "give one of: economy",
    ),
    (
        "acts.yaml",
        "[0, 1]",
        "[1]",
        "6:50",
        "acts[parade_cancelled].accounts.reputation[1]",
        "entry 2 is missing",
    ),
    (
        "acts.yaml",
        "    accounts:",
        "    pledge: [1, 0.5]\n    accounts:",
        "2:5",
        "acts[parade_cancelled]",
        "pledge: the range is upside down: 1 > 0.5; exchange them",
    ),
    ("case.yaml", "format: 1", "format: 2", "2:11", "about.format", "write 1"),
    ("case.yaml", "format: 1", "format: true", "2:11", "about.format", "true cannot stand here; write 1"),
    ("case.yaml", "format: 1", "format: 1.0", "2:11", "about.format", "1.0 cannot stand here; write 1"),
    ("figures.yaml", "scenario: true", "scenario: 1", "13:15", "figures[kaz.guess].scenario", "write true"),
    (
        "resolutions.yaml",
        "scenario: true",
        "scenario: 1.0",
        "13:15",
        "resolutions[next_vote].scenario",
        "true",
    ),
    ("acts.yaml", "scenario: true", "scenario: 1", "4:15", "acts[parade_cancelled].scenario", "write true"),
    ("acts.yaml", "scenario: true", "scenario:", "4:5", "acts[parade_cancelled].scenario", "has no value"),
    (
        "conflicts.yaml",
        "salience: 1",
        "salience: true",
        "10:15",
        "conflicts[k2].salience",
        "give one of: 1, 2, 3",
    ),
    (
        "case.yaml",
        "as_of: 2022-06-30",
        "as_of: 9999-12-31",
        "6:10",
        "about.as_of",
        "as_of 9999-12-31 lies too far off; give a day from 1990-01-01 to 2100-12-31",
    ),
    ("case.yaml", "as_of: 2022-06-30", "as_of: 1989-12-31", "6:10", "about.as_of", "lies too far off"),
    ("case.yaml", "sanctioner: WEST", "sanctioner: RUS", "12:15", "about.sanctioner", "is the target too"),
    ("case.yaml", "[RUS, WEST]", "[RUS, WEST, KAZ]", "10:22", "about.poles[2]", "'KAZ' is a decider too"),
    ("case.yaml", "[RUS, WEST]", "[RUS, WEST, RUS]", "10:22", "about.poles[2]", "'RUS' is listed twice"),
    (
        "resolutions.yaml",
        "{no: 5, abstain: 35, yes: 141, absent: 12}",
        "{no: 0, abstain: 0, absent: 193}",
        "2:5",
        "resolutions[es_11_1]",
        "a vote in which nobody voted",
    ),
    ("resolutions.yaml", "yes: 141", "yes: 1001", "6:38", "resolutions[es_11_1].tally.yes", "at most 1000"),
    (
        "ties.yaml",
        "value: 24",
        "value: -2e12",
        "7:12",
        "ties[kaz.rus.trade].value",
        "-2000000000000.0 is out of range; give a number of at least -1e+12",
    ),
    ("case.yaml", "as_of: 2022-06-30", "as_of: 2022", "6:10", "about.as_of", "2022 is no day"),
    ("case.yaml", "months: 12", "months: 12.5", "7:11", "about.months", "12.5 is no whole number"),
    (
        "scenarios/cut_off.yaml",
        "id: cut_off",
        "id: cutoff",
        "1:5",
        "scenarios[cutoff].id",
        "write `id: cut_off`",
    ),
    (
        "scenarios/cut_off.yaml",
        "low: 0.2, ",
        "",
        "7:5",
        "scenarios[cut_off].settings[0]",
        "give either value",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "place", "path", "said"), CARELESS)
def test_a_careless_edit_is_told_with_its_place_and_remedy(
    edit: Edit, refused: Refused, name: str, old: str, new: str, place: str, path: str, said: str
) -> None:
    folder = edit(name, old, new)
    told = [str(fault) for fault in refused(folder)]
    start = f"{folder / name}:{place}: " + (f"{path}: " if path else "")
    assert any(line.startswith(start) and said in line for line in told), told


def test_text_is_one_line_whatever_it_is_written_with(edit: Edit) -> None:
    said = '"First\\r\\n  report\\t\\n\\nof\\u00a0two "'
    folder = edit("sources.yaml", "title: First report", f"title: {said}")
    assert load_case(folder).sources[0].title == "First report of\u00a0two"


def test_a_text_of_blanks_alone_is_empty(edit: Edit, refused: Refused) -> None:
    (fault,) = refused(edit("sources.yaml", "title: First report", 'title: "\\r\\n \\t"'))
    assert fault.wrong == "the text is empty"


@pytest.mark.parametrize("text", ["about:\n", "about: null", "about: ~", "about: [1]", "about: x", "{}", "~"])
def test_a_case_that_is_about_nothing_is_a_fault(write: Write, refused: Refused, text: str) -> None:
    (fault,) = refused(write({"case.yaml": text}))
    assert (Path(fault.file).name, fault.line) == ("case.yaml", 1)


def test_scenarios_that_are_no_folder_are_a_fault(write: Write, tmp_path: Path, refused: Refused) -> None:
    folder = write()
    scenarios = folder / "scenarios"
    scenarios.rename(tmp_path / "elsewhere")
    assert load_case(folder).scenarios == ()
    scenarios.write_text("id: cut_off")
    assert refused(folder)[0].wrong == "it is no folder"
    for target, said in (
        ("scenarios", "it is a link that leads to no folder"),
        ("nowhere", "it is a link that leads to no folder"),
        (tmp_path / "elsewhere", "it leads out of the case's folder"),
        (".", "it leads out of the case's folder"),
        ("..", "it leads out of the case's folder"),
    ):
        scenarios.unlink()
        scenarios.symlink_to(target)
        (fault,) = refused(folder)
        assert (fault.file, fault.wrong) == (str(scenarios), said)
    scenarios.unlink()
    (tmp_path / "elsewhere").rename(folder / "plans")
    scenarios.symlink_to("plans")
    assert len(load_case(folder).scenarios) == 1


def test_no_more_than_a_hundred_scenarios(write: Write, folder: Path, refused: Refused) -> None:
    text = (folder / "scenarios" / "cut_off.yaml").read_text()
    write({f"scenarios/s{index}.yaml": text.replace("cut_off", f"s{index}") for index in range(99)})
    assert len(load_case(folder).scenarios) == 100
    write({f"scenarios/t{index}.yaml": b"\0" for index in range(401)})
    (fault,) = refused(folder)
    assert fault.wrong == "it holds 501 scenarios, more than 100"


def test_no_more_than_eight_megabytes_in_all(folder: Path, refused: Refused) -> None:
    for index in range(9):
        with (folder / "scenarios" / f"s{index}.yaml").open("wb") as file:
            file.truncate(900_000)
    (fault,) = refused(folder)
    assert fault.file == str(folder)
    assert "more than 8 MB in all" in fault.wrong


def test_not_every_one_of_many_stray_files_is_named(folder: Path, refused: Refused) -> None:
    for index in range(150):
        (folder / f"note{index}.yaml").touch()
    assert len(refused(folder)) == 100


def test_a_fault_is_one_line_whatever_the_files_are_called(write: Write, refused: Refused) -> None:
    folder = write({"no\x1b[31m\ntes.yaml": "a: 1"})
    (fault,) = refused(folder)
    assert f"{folder}/no\\x1b[31m\\ntes.yaml: no file of a case" in str(fault)
    (fault,) = refused(folder / "a\u2028b\udcff")
    assert "a\\u2028b\\udcff: there is no such folder" in str(fault)


def test_a_fault_is_one_line_whatever_it_quotes(edit: Edit, refused: Refused) -> None:
    (fault,) = refused(edit("actors.yaml", "{id: RUS,", '{"a\\nb": 1, id: RUS,'))
    assert "unknown key `a\\nb`" in str(fault)
    assert str(fault).isprintable()


def test_all_faults_of_all_files_come_at_once(write: Write, folder: Path, refused: Refused) -> None:
    figures = (folder / "figures.yaml").read_text().replace("unit: percent", "units: percent")
    ties = (folder / "ties.yaml").read_text().replace("to: RUS", "to: NOWHERE").replace("1992", "1992-13")
    sources = (folder / "sources.yaml").read_text().replace("kind: news", "kind: newspaper") + "extra: 1\n"
    folder = write(
        {"figures.yaml": figures, "ties.yaml": ties, "sources.yaml": sources, "notes.yaml": "a: 1"}
    )
    files = [Path(fault.file).name for fault in refused(folder)]
    assert sorted(files) == [
        "figures.yaml",
        "figures.yaml",
        "notes.yaml",
        "sources.yaml",
        "ties.yaml",
        "ties.yaml",
    ]


DEEP = "actors: " + "[" * 5000 + "]" * 5000
LAUGHS = "a: &a [x, x, x]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{f'*{chr(97 + i)}, ' * 9}]\n" for i in range(9)
)

HOSTILE: list[tuple[str, str | bytes, str, str]] = [
    ("tag", "actors: !!python/object/apply:os.system [echo]", ":1:9:", "a case uses no tags"),
    ("own tag", "actors:\n  - !actor {id: KAZ}", ":2:5:", "a case uses no tags"),
    ("tab", "actors:\n\t- id: KAZ\n", ":2:1:", "a tab in the indentation; indent with spaces"),
    ("alias bomb", LAUGHS, ":1:4:", "a case uses no aliases"),
    ("anchor of itself", "actors: &a [*a]", ":1:9:", "a case uses no aliases"),
    ("merge key", "actors:\n  - {<<: {id: KAZ}, name: x}", ":2:6:", "a merge key"),
    ("nesting", DEEP, ":1:", "more than 40 levels deep"),
    ("block nesting", "actors:\n" + "".join(" " * i + "a:\n" for i in range(1, 1000)), ":", "40 levels deep"),
    ("dashes", "- " * 5000, ":", "more than 40 levels deep"),
    ("two documents", "actors: []\n---\nactors: []\n", ":2:1:", "a second document"),
    ("directive", "%YAML 1.1\n---\nactors: []\n", ":", "directive"),
    ("binary", bytes(range(256)) * 10, ":1:1:", "byte 0 is zero: a binary file"),
    ("binary later", b"actors:\n  - id: \x00\n", ":2:9:", "byte 16 is zero"),
    ("latin-1", "actors:\n  - {id: KAZ, name: Türkei}".encode("latin-1"), ":2:22:", "is not UTF-8"),
    ("UTF-16", "actors: []".encode("utf-16"), ":1:4:", "is zero: a binary file, or UTF-16?"),
    ("empty", "", ":", "the file is empty"),
    ("only remarks", "# nothing\n", ":", "the file is empty"),
    ("list", "- KAZ\n", ":1:1:", "the file is no mapping; start it with the key `actors:`"),
    ("word", "actors", ":1:1:", "the file is no mapping"),
    ("wrong key", "actor: []", ":1:1:", "unknown key `actor`; the file's only key is `actors`"),
    ("no list", "actors: {KAZ: x}", ":1:9:", "it is no list"),
    ("no mappings", "actors: [KAZ, 3]", ":1:10:", "stands where keys belong"),
    ("open quote", 'actors:\n  - {id: "KAZ}\n', ":", "never closed"),
    ("colons", "actors: a: b", ":1:10:", "a colon where none can stand"),
    ("brackets", "actors: [a, b", ":1:14:", "not closed"),
    ("listed key", "? [a]\n: b\n", ":1:3:", "a key that is not a word"),
    ("long number", "actors: [" + "9" * 5000 + "]", ":1:10:", "a number of 5000 digits"),
    ("half a character", 'actors: ["\\ud800"]', ":1:10:", "half a character"),
    ("half a character as key", 'actors: [{"\\ud800": 1}]', ":1:11:", "half a character"),
    (
        "escaped ESC",
        'actors:\n  - {id: KAZ, name: "\\e[31mK"}',
        ":2:21:",
        "a hidden character, U+001B; remove",
    ),
    ("escaped key", 'actors:\n  - {"\\e[31mK": KAZ}', ":2:6:", "a hidden character, U+001B"),
    ("escaped C1", 'actors: ["\\x9b31m"]', ":1:10:", "U+009B"),
    ("escaped bell", 'actors: ["\\a"]', ":1:10:", "U+0007"),
    ("escaped zero", 'actors: ["\\0"]', ":1:10:", "U+0000"),
    ("escaped delete", 'actors: ["\\x7f"]', ":1:10:", "U+007F"),
    ("escaped next line", 'actors: ["\\N"]', ":1:10:", "U+0085"),
    ("escaped override", 'actors: ["\\u202e"]', ":1:10:", "U+202E"),
    ("escaped embedding", 'actors: ["\\u202A"]', ":1:10:", "U+202A"),
    ("escaped isolate", 'actors: ["\\u2066"]', ":1:10:", "U+2066"),
    ("escaped end of isolate", 'actors: ["\\u2069"]', ":1:10:", "U+2069"),
    ("escaped line separator", 'actors: ["\\L"]', ":1:10:", "U+2028"),
    ("escaped paragraph", 'actors: ["\\P"]', ":1:10:", "U+2029"),
    ("escaped byte-order mark", 'actors: ["\\uFEFF"]', ":1:10:", "U+FEFF"),
    ("raw override", "actors:\n  - a\u202eb", ":2:6:", "a hidden character, U+202E"),
    ("raw isolate", "actors:\n  - \u2067ab", ":2:5:", "a hidden character, U+2067"),
    ("many lines", "actors:\n" + "#\n" * 50_000, ": ", "it has 50,001 lines, more than 50,000"),
    ("a long open quote", 'actors: "' + "a\n" * 400_000, ": ", "it has 400,000 lines"),
    ("many values", "actors: [" + "a," * 150_000 + "]", ":1:", "more than 60,000 values"),
    ("many mistakes", "actors: [" + "a," * 50_000 + "]", ":1:", "stands where keys belong"),
]


@pytest.mark.parametrize(("what", "text", "place", "said"), HOSTILE, ids=[row[0] for row in HOSTILE])
def test_a_hostile_file_is_refused_at_once(
    write: Write, refused: Refused, what: str, text: str | bytes, place: str, said: str
) -> None:
    folder = write({"actors.yaml": text})
    told = [str(fault) for fault in refused(folder)]
    start = f"{folder / 'actors.yaml'}{place}"
    assert any(line.startswith(start) and said in line for line in told), told[:5]
    assert len(told) <= 500


def test_a_file_of_100_mb_is_not_read(folder: Path, refused: Refused) -> None:
    with (folder / "claims.yaml").open("r+b") as file:
        file.truncate(100_000_000)
    (fault,) = refused(folder)
    assert (fault.wrong, fault.line) == ("it has 100,000,000 bytes, more than 1 MB", 0)


@pytest.mark.parametrize("name", ["case.yaml", "sources.yaml", "actors.yaml"])
def test_a_required_file_that_is_missing_is_named(write: Write, refused: Refused, name: str) -> None:
    folder = write({name: None})
    (fault,) = refused(folder)
    assert fault.file == str(folder / name)
    assert "no such file" in fault.wrong


def test_no_folder_or_no_case_in_it(tmp_path: Path, folder: Path, refused: Refused) -> None:
    assert "no such folder" in refused(tmp_path / "nowhere")[0].wrong
    assert "a file, not a folder" in refused(folder / "case.yaml")[0].wrong
    assert "no such folder" in refused("kazakstan-2022")[0].wrong
    assert refused("a\0b")[0].line == 0
    assert refused("a" * 5000)[0].line == 0
    assert refused("")[0].line == 0


def test_a_folder_named_like_a_file(write: Write, refused: Refused) -> None:
    folder = write({"case.yaml": None})
    (folder / "case.yaml").mkdir()
    (fault,) = refused(folder)
    assert fault.wrong == "it is a folder"


def test_a_pipe_is_not_waited_for(write: Write, refused: Refused) -> None:
    folder = write({"ties.yaml": None})
    os.mkfifo(folder / "ties.yaml")
    assert refused(folder)[0].wrong == "it is no plain file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(folder: Path, refused: Refused) -> None:
    (folder / "ties.yaml").chmod(0)
    assert "Permission denied" in refused(folder)[0].wrong


def test_a_file_that_the_system_will_not_give(
    folder: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: Path, *args: Any, **kwargs: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    assert all("Permission denied" in fault.wrong for fault in refused(folder))


def test_a_link_out_of_the_folder_is_refused(write: Write, tmp_path: Path, refused: Refused) -> None:
    folder = write({"ties.yaml": None})
    outside = tmp_path / "secret.yaml"
    outside.write_text("ties: []")
    (folder / "ties.yaml").symlink_to(outside)
    (fault,) = refused(folder)
    assert fault.wrong == "it leads out of the case's folder"


def test_links_inside_the_folder_and_to_it_are_fine(write: Write, tmp_path: Path) -> None:
    folder = write({"ties.yaml": None})
    (folder / "real.txt").write_text("ties: []")
    (folder / "ties.yaml").symlink_to("real.txt")
    (tmp_path / "link").symlink_to(folder)
    assert load_case(tmp_path / "link").ties == ()


def test_a_link_to_itself(write: Write, refused: Refused) -> None:
    folder = write({"ties.yaml": None})
    (folder / "ties.yaml").symlink_to("ties.yaml")
    assert refused(folder)[0].file == str(folder / "ties.yaml")


@pytest.mark.parametrize("name", ["notes.yaml", "claims.yml", "scenarios/other.yml"])
def test_a_stray_file_is_named_with_what_is_allowed(write: Write, refused: Refused, name: str) -> None:
    folder = write({name: "a: 1"})
    (fault,) = refused(folder)
    assert fault.file == str(folder / name)
    assert "yaml" in fault.right


FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PIECES = st.lists(
    st.sampled_from(
        [
            *"[]{}:,-?&*!|>'\"%@`#~ \n\t",
            "actors",
            "id",
            "KAZ",
            ": ",
            "- ",
            "\n  ",
            "kind",
            "state",
            "name",
            "2022-01",
            "1e999",
            "<<",
            "0x1F",
            "\u00e4",
        ]
    )
).map("".join)


@FUZZ
@given(data=st.one_of(st.binary(max_size=300), PIECES.map(str.encode), st.text(max_size=200).map(str.encode)))
def test_nothing_but_a_case_error_comes_of_any_bytes(write: Write, data: bytes) -> None:
    folder = write({"actors.yaml": data})
    with pytest.raises(CaseError):
        load_case(folder)


PLAIN = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "kind", "about", "claims", "value", "source", "date", "members", "at", "from"]
            ),
            inner,
        )
    ),
    max_leaves=12,
)


@FUZZ
@given(
    name=st.sampled_from(["figures", "claims", "ties", "acts", "resolutions", "institutions", "about"]),
    body=PLAIN,
)
def test_nothing_but_a_case_error_comes_of_any_values(write: Write, name: str, body: object) -> None:
    file = "case.yaml" if name == "about" else f"{name}.yaml"
    folder = write({file: json.dumps({name: [body]})})
    with contextlib.suppress(CaseError):
        load_case(folder)


def test_six_thousand_lines_load_in_a_second(write: Write, folder: Path) -> None:
    entry = (folder / "claims.yaml").read_text().split("  - kind: ")[3]
    many = "".join("  - kind: " + entry.replace("c.threat", f"t{index}") for index in range(667))
    big = write({"claims.yaml": (folder / "claims.yaml").read_text() + many})
    assert len(load_case(big).claims) == 673
