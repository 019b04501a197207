"""A model of the ONNX kind is loaded from a folder and tells how alike passages are; what is no model is said."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

onnx = pytest.importorskip("onnx", reason="onnx is not installed")
pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed")

from tightrope.errors import EvidenceError  # noqa: E402
from tightrope.evidence.backend import Wanted, backends  # noqa: E402
from tightrope.evidence.embedding import Embedding  # noqa: E402

WORDS = ("[UNK]", "[PAD]", "rain", "sun", "falls", "shines")
# Rain and falls point one way, sun and shines another.
TABLE = np.array([[0, 0, 1], [0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 0.1, 0], [0.1, 1, 0]], dtype=np.float32)


def write_tokenizer(path: Path) -> None:
    made = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({word: place for place, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    made.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    made.enable_padding(pad_id=1, pad_token="[PAD]")
    made.save(str(path))


def write_model(path: Path, pooled: bool = False, asks: str = "input_ids") -> None:
    helper, kind = onnx.helper, onnx.TensorProto
    shape = ["texts", "tokens"]
    inputs = [helper.make_tensor_value_info(name, kind.INT64, shape) for name in (asks, "attention_mask")]
    nodes = [helper.make_node("Gather", ["table", asks], ["states"])]
    if pooled:
        nodes.append(helper.make_node("ReduceMean", ["states"], ["out"], axes=[1], keepdims=0))
    last, sizes = ("out", ["texts", 3]) if pooled else ("states", [*shape, 3])
    output = helper.make_tensor_value_info(last, kind.FLOAT, sizes)
    table = onnx.numpy_helper.from_array(TABLE, "table")
    graph = helper.make_graph(nodes, "small", inputs, [output], [table])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, str(path))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_tokenizer(tmp_path / "tokenizer.json")
    write_model(tmp_path / "model.onnx")
    return tmp_path


def test_passages_about_one_thing_are_alike(folder: Path) -> None:
    found = Embedding(folder).alike(["rain falls"], ["rain", "sun shines", "rain falls"])
    assert found.shape == (1, 3)
    assert found[0, 0] > 0.95
    assert found[0, 1] < 0.3
    assert found[0, 2] == pytest.approx(1.0)


def test_padding_counts_for_nothing(folder: Path) -> None:
    alone = Embedding(folder).vectors(["rain"])[0]
    beside = Embedding(folder).vectors(["rain", "sun shines sun shines"])[0]
    assert np.array_equal(alone, beside)


def test_a_model_of_sentences_is_taken_as_it_is(folder: Path) -> None:
    write_model(folder / "model.onnx", pooled=True)
    found = Embedding(folder).vectors(["sun"])
    assert found[0] == pytest.approx([0, 1, 0])


def test_the_same_text_is_computed_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Embedding(folder)
    first = made.vectors(["rain"])
    monkeypatch.setattr(made, "_session", None)
    assert np.array_equal(made.vectors(["rain", "rain"])[1], first[0])


def test_a_text_without_words_is_like_nothing(folder: Path) -> None:
    assert Embedding(folder).alike([""], ["rain"])[0, 0] == 0.0


def test_it_is_loaded_when_asked_for(folder: Path) -> None:
    (made,) = backends(Wanted(embed=folder))
    assert made.name == f"embed:{folder.name}"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(EvidenceError, match=f"holds no {name}"):
        Embedding(folder)


@pytest.mark.parametrize(
    ("name", "said"),
    [("model.onnx", "is no model that can be loaded"), ("tokenizer.json", "is no tokenizer")],
)
def test_a_spoiled_file_is_said(folder: Path, name: str, said: str) -> None:
    (folder / name).write_bytes(b"\0 not of this kind")
    with pytest.raises(EvidenceError, match=said):
        Embedding(folder)


def test_a_model_of_something_else_is_refused(folder: Path) -> None:
    write_model(folder / "model.onnx", asks="pixels")
    with pytest.raises(EvidenceError, match="the model asks for 'pixels'"):
        Embedding(folder).vectors(["rain"])
