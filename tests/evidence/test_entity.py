"""A spaCy model adds the names that the gazetteer lacks, and touches none that it has."""

from __future__ import annotations

from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy", reason="spacy is not installed")

from tests.evidence.test_backend import TEXT, report  # noqa: E402

from tightrope.errors import EvidenceError  # noqa: E402
from tightrope.evidence.backend import Wanted, backends  # noqa: E402
from tightrope.evidence.entity import Entities  # noqa: E402
from tightrope.evidence.found import Mention  # noqa: E402


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = spacy.blank("en")
    ruler = made.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Ada Beispiel"},
            {"label": "ORG", "pattern": "Board of Tests"},
            {"label": "GPE", "pattern": "Ruritania"},
            {"label": "DATE", "pattern": "met"},
        ]
    )
    folder = tmp_path_factory.mktemp("models") / "small"
    made.to_disk(folder)
    return str(folder)


def test_it_adds_what_is_not_known(model: str) -> None:
    known = Mention(TEXT.index("Ruritania"), TEXT.index("Ruritania") + 9, "Ruritania", "state", code="RUR")
    found = Entities(model).mentions(report(), (known,))
    assert [(one.actor, one.kind) for one in found] == [
        ("Ada Beispiel", "person"),
        ("Ruritania", "state"),
        ("Board of Tests", "institution"),
    ]
    assert found[1] is known
    assert all(TEXT[one.start : one.end] == one.actor for one in found)


def test_it_is_loaded_when_asked_for(model: str) -> None:
    (made,) = backends(Wanted(spacy=model))
    assert made.name == "spacy:small"


def test_a_text_beyond_its_length_is_left_to_the_rules(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Entities(model)
    monkeypatch.setattr(made._model, "max_length", 5)
    assert made.mentions(report(), ()) == ()


def test_no_such_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError, match="there is no spaCy model 'no_such_model'"):
        Entities("no_such_model")
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(EvidenceError, match="there is no spaCy model"):
        Entities(str(tmp_path))
