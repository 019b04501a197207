"""POST /api/runs: the answer to a moved lever, as frames of bytes: first a preview, then all runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import perf_counter
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from pydantic import Field

from tightrope.report.ask import PREVIEW, Ask, Word
from tightrope.report.desk import Desk
from tightrope.report.frame import Frame, frame
from tightrope.report.turn import Overtaken

BYTES = "application/octet-stream"
# What takes less than so many seconds needs no preview.
AT_ONCE = 0.2


class Painted(Ask):
    """What is run, and the ids of the charts that are to be seen; `preview` off: all runs at once."""

    fans: Annotated[tuple[Word, ...], Field(max_length=40)] = ()
    preview: bool = True


def router(desk: Desk) -> APIRouter:
    """The route of this view."""
    made = APIRouter()

    @made.post(
        "/runs",
        response_class=StreamingResponse,
        responses={200: {"content": {BYTES: {"schema": {"type": "string", "format": "binary"}}}}},
    )
    def runs(ask: Painted) -> StreamingResponse:
        overtaken = desk.turns.latest(ask.client, ask.serial)
        began = perf_counter()
        # What is wrong with the question is said before the first byte.
        first = _answer(desk, ask, _sizes(desk, ask)[0], overtaken, began)
        return StreamingResponse(_frames(desk, ask, first, overtaken, began), media_type=BYTES)

    return made


def _sizes(desk: Desk, ask: Painted) -> list[int]:
    """How many runs each frame has: a preview comes first where all runs would keep the reader waiting.

    NumPy would need as long for the preview.
    """
    small = ask.preview and ask.runs > PREVIEW and not desk.slow() and not desk.kept(ask)
    small = small and desk.expected(Ask(**ask.model_dump(exclude={"fans", "preview"}))) > AT_ONCE
    return [PREVIEW, ask.runs] if small else [ask.runs]


def _frames(
    desk: Desk, ask: Painted, first: tuple[Frame, int], overtaken: Callable[[], bool], began: float
) -> Iterator[bytes]:
    yield first[0].packed()
    if first[1] < ask.runs:
        try:
            yield _answer(desk, ask, ask.runs, overtaken, began)[0].packed()
        except Overtaken:  # nobody reads it any more
            return


def _answer(
    desk: Desk, ask: Painted, size: int, overtaken: Callable[[], bool], began: float
) -> tuple[Frame, int]:
    seen = desk.situation(ask)
    sized = Ask(**{**ask.model_dump(exclude={"fans", "preview"}), "runs": size})
    rank = 0 if size <= PREVIEW else 1
    base = desk.result(sized.plain, rank=rank)
    found = desk.result(sized, overtaken=overtaken, rank=rank, of=ask.runs)
    head: dict[str, Any] = {
        "serial": ask.serial,
        "runs": found.manifest.runs,
        "asked": ask.runs,
        "final": size == ask.runs,
        "months": found.manifest.months,
        "seed": ask.seed,
        "digest": seen.origin.digest,
        "engine": "NumPy" if desk.slow() else "compiled",
        "warnings": list(found.manifest.warnings),
        "seconds": round(perf_counter() - began, 4),
    }
    return frame(found, base, seen.known.case, ask.fans, head), size
