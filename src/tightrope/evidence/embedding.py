"""Sentence embeddings from a model that the user has: a folder with `model.onnx` and `tokenizer.json`."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from tightrope.errors import EvidenceError
from tightrope.evidence.backend import Alike, Backend, library

MODEL, TOKENIZER = "model.onnx", "tokenizer.json"
# Tokens of a passage that count, passages at a time, and vectors that are kept.
LONGEST, BATCH, KEPT = 256, 32, 20_000
Vectors = npt.NDArray[np.float64]


class Embedding(Backend):
    """Passages as vectors of unit length: the mean of their tokens, or what the model gives for a sentence."""

    def __init__(self, folder: Path) -> None:
        """Load the model and its tokenizer.

        Raises:
            EvidenceError: onnxruntime or tokenizers are not installed, a file is missing, or it is none of its kind.
        """
        self.name = f"embed:{folder.name}"
        runtime = library("onnxruntime", "--embed", "embed")
        tokenizers = library("tokenizers", "--embed", "embed")
        for name in (MODEL, TOKENIZER):
            if not (folder / name).is_file():
                raise EvidenceError(f"{folder} holds no {name}; give a folder with {MODEL} and {TOKENIZER}")
        self._tokenizer = _tokenizer(tokenizers, folder / TOKENIZER)
        self._session = _session(runtime, folder / MODEL)
        self._inputs = [one.name for one in self._session.get_inputs()]
        self._known: OrderedDict[str, Vectors] = OrderedDict()

    def alike(self, first: Sequence[str], second: Sequence[str]) -> Alike:
        """The cosine of each pair."""
        return self.vectors(first) @ self.vectors(second).T

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """A row of unit length for each text; a text that was asked for before is not computed again."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._known]
        for start in range(0, len(missing), BATCH):
            batch = missing[start : start + BATCH]
            self._known.update(zip(batch, self._computed(batch), strict=True))
        found = np.array([self._known[text] for text in texts], dtype=np.float64)
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        return found

    def _computed(self, texts: Sequence[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(list(texts))
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        given = {
            "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        try:
            output = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        except KeyError as error:
            raise EvidenceError(
                f"{self.name}: the model asks for {error}, which is no text; give another"
            ) from None
        except Exception as error:  # whatever the runtime raises, the model cannot be used so
            raise EvidenceError(f"{self.name}: the model failed ({error!s:.120}); give another") from None
        return _unit(_pooled(np.asarray(output, dtype=np.float64), mask))


def _pooled(output: Vectors, mask: npt.NDArray[np.int64]) -> Vectors:
    """One vector for each text: of a model of tokens, the mean over those that are not padding."""
    if output.ndim == 2:
        return output
    weights = mask[:, :, None].astype(np.float64)
    total: Vectors = (output * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1.0)
    return total


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Vectors = vectors / np.maximum(length, 1e-12)
    return found


def _tokenizer(tokenizers: Any, path: Path) -> Any:
    try:
        found = tokenizers.Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises plain exceptions
        raise EvidenceError(f"{path} is no tokenizer ({error!s:.120}); give that of the model") from None
    found.enable_truncation(LONGEST)
    found.enable_padding()
    return found


def _session(runtime: Any, path: Path) -> Any:
    """The model on one core; the same passages give the same bits."""
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library's own exceptions share no base that it shows
        raise EvidenceError(f"{path} is no model that can be loaded ({error!s:.120})") from None
