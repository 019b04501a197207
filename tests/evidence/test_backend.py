"""Back ends are loaded when asked for and add to the rules; a missing library is said; without them nothing changes."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tightrope.errors import EvidenceError
from tightrope.evidence.backend import Backend, Wanted, alike, backends, names
from tightrope.evidence.found import Findings, Mention, Report, Sentence

TEXT = "Ada Beispiel of Ruritania met the Board of Tests in Zenda."


def report(text: str = TEXT) -> Report:
    return Report("made_up", text, text, range(len(text)), (Sentence(0, len(text), 0),))


def test_nothing_asked_is_nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(name: str) -> Any:
        raise AssertionError(name)

    monkeypatch.setattr(importlib, "import_module", refused)
    assert backends(Wanted()) == ()


def test_a_plain_back_end_changes_nothing() -> None:
    plain, named = Backend(), (Mention(0, 3, "Ada", "person"),)
    found = Findings(report(), named, (), (), (), ())
    assert plain.mentions(report(), named) is named
    assert plain.findings(found) is found
    assert alike([plain], ["a"], ["b"]) is None
    assert names([plain]) == ["rules"]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            Wanted(embed=Path("x")),
            r"--embed needs onnxruntime, which is not installed; pip install 'tightrope\[embed\]'",
        ),
        (Wanted(spacy="x"), r"--spacy needs spacy, which is not installed; pip install 'tightrope\[spacy\]'"),
    ],
)
def test_a_missing_library_is_named(wanted: Wanted, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(EvidenceError, match=said):
        backends(wanted)


def test_the_first_that_can_tell_is_asked() -> None:
    class Knows(Backend):
        def alike(self, first: Any, second: Any) -> Any:
            return np.ones((len(first), len(second)))

    found = alike([Backend(), Knows()], ["a", "b"], ["c"])
    assert found is not None
    assert found.shape == (2, 1)
