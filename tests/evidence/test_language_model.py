"""What a language model says counts only where its passage stands word for word; nothing of its answer is trusted."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from tests.evidence.test_backend import report

from tightrope.errors import EvidenceError
from tightrope.evidence.backend import Wanted, backends
from tightrope.evidence.found import Findings, Statement
from tightrope.evidence.language_model import WINDOW, LanguageModel

TEXT = "The harbour will stay open, Ada Beispiel told us. It was late. The tide, she added, is high."
PASSAGE = "The harbour will stay open"


class Model(BaseHTTPRequestHandler):
    """Answers what the test wants, and remembers what it was asked."""

    answer: Any = ""
    status = 200
    asked: list[dict[str, Any]] = []  # noqa: RUF012
    keys: list[str | None] = []  # noqa: RUF012

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        type(self).asked.append({"path": self.path, **body})
        type(self).keys.append(self.headers.get("authorization"))
        raw = self.answer if isinstance(self.answer, bytes) else json.dumps(_chat(self.answer)).encode()
        self.send_response(self.status)
        if self.status == 302:
            self.send_header("location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *words: Any) -> None:
        """Say nothing."""


def _chat(text: str) -> dict[str, Any]:
    return {"choices": [{"message": {"content": text}}]}


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., LanguageModel]]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    Model.asked, Model.keys, Model.status = [], [], 200
    server = ThreadingHTTPServer(("127.0.0.1", 0), Model)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def answering(answer: Any, status: int = 200, timeout: float = 5.0) -> LanguageModel:
        Model.answer, Model.status = answer, status
        return LanguageModel(f"http://127.0.0.1:{server.server_address[1]}/v1", "small", timeout)

    yield answering
    server.shutdown()
    server.server_close()
    thread.join()


def found(text: str = TEXT, *statements: Statement) -> Findings:
    return Findings(report(text), (), statements, (), (), ())


def rows(*given: dict[str, Any]) -> str:
    return "\n".join(json.dumps(one) for one in given)


def test_a_passage_that_stands_is_taken_with_its_place(model: Callable[..., LanguageModel]) -> None:
    told = model(rows({"passage": PASSAGE, "speaker": "Ada Beispiel", "kind": "indirect"})).findings(found())
    (one,) = told.statements
    assert TEXT[one.start : one.end] == PASSAGE
    assert one.speaker == "Ada Beispiel"
    assert one.speaker_start is not None
    assert TEXT[one.speaker_start : one.speaker_end] == "Ada Beispiel"
    assert one.pattern == "language model"
    assert Model.asked[0]["path"] == "/v1/chat/completions"
    assert Model.asked[0]["model"] == "small"


@pytest.mark.parametrize(
    "row",
    [
        {"passage": "The harbour will close", "speaker": "Ada Beispiel", "kind": "direct"},
        {"passage": PASSAGE.lower(), "speaker": None, "kind": "direct"},
        {"passage": PASSAGE, "speaker": None, "kind": "song"},
        {"passage": 5, "speaker": None, "kind": "direct"},
        {"passage": "", "speaker": None, "kind": "direct"},
        {"speaker": None, "kind": "direct"},
    ],
)
def test_anything_else_is_dropped(model: Callable[..., LanguageModel], row: dict[str, Any]) -> None:
    assert model(rows(row)).findings(found()).statements == ()


def test_a_speaker_who_is_not_named_is_unknown(model: Callable[..., LanguageModel]) -> None:
    told = model(rows({"passage": PASSAGE, "speaker": "Somebody Else", "kind": "direct"})).findings(found())
    assert told.statements[0].speaker is None


def test_chatter_around_the_rows_is_ignored(model: Callable[..., LanguageModel]) -> None:
    answer = f"Sure!\n```json\n{rows({'passage': PASSAGE, 'speaker': None, 'kind': 'direct'})}\n```\n[1]"
    assert len(model(answer).findings(found()).statements) == 1


def test_what_a_rule_found_stays_as_the_rule_found_it(model: Callable[..., LanguageModel]) -> None:
    rule = Statement("made_up", 0, len(PASSAGE), "indirect", "Ada Beispiel", "told", 0.9)
    told = model(rows({"passage": PASSAGE, "speaker": None, "kind": "direct"})).findings(found(TEXT, rule))
    assert told.statements == (rule,)


def test_a_long_report_is_asked_in_pieces(model: Callable[..., LanguageModel]) -> None:
    text = f"{'It rained. ' * (WINDOW // 10)}\n{TEXT}"
    told = model(rows({"passage": PASSAGE, "speaker": None, "kind": "direct"})).findings(found(text))
    assert len(Model.asked) == 2
    assert [text[one.start : one.end] for one in told.statements] == [PASSAGE]


def test_the_key_comes_from_the_environment(
    model: Callable[..., LanguageModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = model("")
    made.findings(found())
    monkeypatch.setenv("TIGHTROPE_API_KEY", "made-up")
    made.findings(found())
    assert Model.keys == [None, "Bearer made-up"]


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        ("", 500, "it answers 500"),
        ("", 302, "it answers 302"),
        (b"not json", 200, "its answer is not that of a chat"),
        (b'{"choices": []}', 200, "its answer is not that of a chat"),
        (b"[" * 200_000, 200, "its answer is not that of a chat"),
        (b" " * 1_000_001, 200, "its answer is larger"),
    ],
)
def test_a_bad_answer_is_said(
    model: Callable[..., LanguageModel], answer: Any, status: int, said: str
) -> None:
    with pytest.raises(EvidenceError, match=said):
        model(answer, status).findings(found())


def test_nobody_there_is_said() -> None:
    with pytest.raises(EvidenceError, match=r"the language model at 127\.0\.0\.1:9"):
        LanguageModel("http://127.0.0.1:9/v1", timeout=2).findings(found())


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://x", "localhost:8000", "http://", "http://me:pw@host/v1"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(EvidenceError, match=r"is no address|holds no password"):
        backends(Wanted(address=address))
