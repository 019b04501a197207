"""Who is named in a report: states, their seats and people, institutions, and people over all their names."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tightrope.evidence.found import Mention
from tightrope.evidence.gazetteer import extended, gazetteer
from tightrope.evidence.mention import mentions
from tightrope.evidence.text import Printed, report_of


def named(raw: str, known: object = None) -> dict[str, Mention]:
    """The mentions of a text by their words; the last of equal ones."""
    report = report_of(Printed("a", raw))
    found = mentions(report, known)  # type: ignore[arg-type]
    assert list(found) == sorted(found, key=lambda one: one.start)
    assert all(one.end <= other.start for one, other in pairwise(found))
    return {report.text[one.start : one.end]: one for one in found}


@pytest.mark.parametrize(
    ("word", "actor", "kind", "form"),
    [
        ("Kazakhstan", "Kazakhstan", "state", "name"),
        ("Türkiye", "Turkey", "state", "name"),
        ("Burma", "Myanmar", "state", "name"),
        ("Nur-Sultan", "Kazakhstan", "capital", "metonym"),
        ("Kiev", "Ukraine", "capital", "metonym"),
        ("Kremlin", "Russia", "state", "metonym"),
        ("White House", "United States", "state", "metonym"),
        ("Brussels", "European Union", "state", "metonym"),
        ("CSTO", "CSTO", "institution", "name"),
        ("Eurasian Economic Union", "EAEU", "institution", "name"),
        ("Abkhazia", "Abkhazia", "entity", "name"),
        ("Lugansk", "Luhansk People's Republic", "entity", "name"),
        ("the West", "the West", "group", "name"),
        ("Swedes", "Sweden", "group", "demonym"),
        ("Poles", "Poland", "group", "demonym"),
        ("Chinese", "China", "state", "demonym"),
        ("Kazakhtan", "Kazakhstan", "state", "name"),
        ("Azerbaijn", "Azerbaijan", "state", "name"),
    ],
)
def test_the_gazetteer_knows_it(word: str, actor: str, kind: str, form: str) -> None:
    found = named(f"Nobody asked {word} about it.")[word]
    assert (found.actor, found.kind, found.form) == (actor, kind, form)


def test_every_state_has_a_name_three_letters_and_words_for_what_is_its_own() -> None:
    states = {
        entry.actor: entry
        for found in gazetteer().names.values()
        for _, entry in found
        if entry.kind == "state"
    }
    assert len(states) >= 190
    assert all(
        entry.code and len(entry.code) == 3 for name, entry in states.items() if name != "European Union"
    )
    own = {
        entry.actor for found in gazetteer().names.values() for _, entry in found if entry.form == "demonym"
    }
    assert len(own & states.keys()) >= 180


@pytest.mark.parametrize(
    "text", ["Mr. Chad Hopkins spoke.", "Sofia Lindberg spoke.", "The actress Georgia Mills spoke."]
)
def test_a_state_in_the_name_of_a_person_is_none(text: str) -> None:
    assert {one.kind for one in named(text).values()} <= {"person"}


def test_one_letter_makes_no_other_state_of_a_short_word() -> None:
    assert not named("They sold mail and gabon wood in Malik.")


@pytest.mark.parametrize("spelling", ["Tokayev", "Tokaev", "Toqaev"])
def test_spellings_of_a_known_name_are_one(spelling: str) -> None:
    assert named(f"Then {spelling} left.")[spelling].actor == "Kassym-Jomart Tokayev"


PEOPLE = (
    "Norwegian Foreign Minister Ingrid Solheim landed in Riga on Sunday. Solheim met the Latvian president. "
    "She said nothing. The Norwegian foreign minister left at noon."
)


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("Norwegian Foreign Minister Ingrid Solheim", "name"),
        ("Solheim", "name"),
        ("She", "pronoun"),
        ("The Norwegian foreign minister", "title"),
    ],
)
def test_a_person_is_one_over_name_title_and_pronoun(words: str, form: str) -> None:
    found = named(PEOPLE)[words]
    assert (found.actor, found.form) == ("Ingrid Solheim", form)


def test_a_pronoun_is_of_the_gender_of_a_first_name() -> None:
    found = named("Ingrid Solheim met Paul Dean. He was late. She was not.")
    assert (found["He"].actor, found["She"].actor) == ("Paul Dean", "Ingrid Solheim")


def test_who_is_quoted_about_is_not_who_speaks_next() -> None:
    found = named("“Paul Dean is a coward,” Tom Hale said. He smiled.")
    assert found["He"].actor == "Tom Hale"


@pytest.mark.parametrize(
    ("text", "words", "actor", "code"),
    [
        ("A Russian lawmaker was there.", "A Russian lawmaker", "Russian lawmaker", "RUS"),
        ("Some analysts were there.", "Some analysts", "Some analysts", None),
        ("One of the officials was there.", "the officials", "officials", None),
        ("A businessman was there.", "A businessman", "businessman", None),
    ],
)
def test_people_without_a_name_are_kept_as_such(text: str, words: str, actor: str, code: str | None) -> None:
    found = named(text)[words]
    assert (found.actor, found.form, found.code) == (actor, "anonymous", code)


@pytest.mark.parametrize(
    "words", ["The Kazakh authorities", "The Kazakh government", "Kazakhstan's foreign ministry"]
)
def test_a_government_is_its_state(words: str) -> None:
    found = named(f"{words} agreed.")[words]
    assert (found.actor, found.code, found.form) == ("Kazakhstan", "KAZ", "title")


def test_the_actors_of_a_case_are_known_too() -> None:
    known = extended([{"name": "Order of the Heron", "kind": "organisation", "also": ("Herons",)}])
    found = named("The Herons met. Order of the Heron is no party.", known)
    assert {one.actor for one in found.values()} == {"Order of the Heron"}
