"""What stands before every view: limits, the same origin, headers, and errors as sentences with a clear status."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tightrope.errors import CaseError, Fault, TightropeError
from tightrope.report.turn import Busy, Overtaken

LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1", "testserver")
# Bytes that a request may have: uploads of a case, and all else.
UPLOAD, PLAIN = 10_000_000, 300_000
UPLOADS = ("/api/cases", "/api/proposals", "/api/corpus")
CHANGING = ("POST", "PUT", "DELETE", "PATCH")
# Frames follow one another while they are computed: they must not wait in a compressor.
STREAMED = ("/api/runs",)
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    b"content-security-policy": CONTENT_POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}


def guarded(made: FastAPI, hosts: tuple[str, ...]) -> None:
    """Put limits and headers before an app, and sentences behind its errors."""
    made.add_middleware(Pressed)
    made.add_middleware(Gate, hosts=frozenset((*LOOPBACK, *hosts)))
    made.add_exception_handler(TightropeError, _wrong)
    made.add_exception_handler(RequestValidationError, _unfit)
    made.add_exception_handler(Refused, _refused)


class Pressed:
    """Compresses answers, but for those that are streamed."""

    def __init__(self, app: ASGIApp) -> None:
        self._plain = app
        self._pressed = GZipMiddleware(app, minimum_size=1000, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        streamed = scope["type"] != "http" or scope["path"] in STREAMED
        await (self._plain if streamed else self._pressed)(scope, receive, send)


class Refused(HTTPException):
    """A request that is not let through: its status, and why.

    An HTTPException, since whoever reads the body passes on no other as it is.
    """


class Gate:
    """Lets through what is meant for this server, from its own pages, and not too large; adds the headers."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        begun = False

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": _dressed(message["headers"], scope["path"])}
            await send(message)

        try:
            limit = _let_through(scope, headers, self._hosts)
            await self._app(scope, _measured(receive, limit), dressed)
        except Refused as refused:
            if begun:
                raise
            await _refused(scope, refused)(scope, receive, dressed)


def _dressed(headers: list[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    """The answer's headers with ours; an answer that brings a policy of its own keeps it."""
    there = {name.lower() for name, _ in headers}
    ours = dict(HEADERS)
    # The page's files may change with the version under the same name: to ask again costs nothing if they have not.
    ours[b"cache-control"] = b"no-cache" if path == "/" or path.startswith("/static/") else b"no-store"
    return [*headers, *((name, value) for name, value in ours.items() if name not in there)]


def _let_through(scope: Scope, headers: dict[str, str], hosts: frozenset[str]) -> int:
    """How many bytes the request may have; raises `Refused` where it may not come in at all."""
    host = _name(headers.get("host", ""))
    if "*" not in hosts and host not in hosts:
        raise Refused(
            421, "this server does not answer to that name; open it under the address that it printed"
        )
    limit = UPLOAD if scope["path"].startswith(UPLOADS) else PLAIN
    if scope["method"] in CHANGING:
        origin = headers.get("origin")
        foreign = headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
        if foreign or (origin is not None and origin.partition("://")[2] != headers.get("host")):
            raise Refused(403, "only pages of this server may ask for that")
    length = headers.get("content-length", "0")
    if not length.isdigit() or int(length) > limit:
        raise Refused(413, f"the request is larger than {limit:,} bytes")
    return limit


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    return host if host.count(":") > 1 and not host.startswith("[") else host.rpartition(":")[0] or host


def _measured(receive: Receive, limit: int) -> Receive:
    """Counts the body as it comes in, whatever its header said."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise Refused(413, f"the request is larger than {limit:,} bytes")
        return message

    return counted


def _refused(_: object, error: Exception) -> JSONResponse:
    """Why a request is not let in."""
    assert isinstance(error, Refused)
    return JSONResponse({"error": error.detail}, error.status_code)


def _wrong(request: Request, error: Exception) -> JSONResponse:
    """What the user gave is wrong, or there is no room for it now."""
    if isinstance(error, Overtaken):
        return JSONResponse({"error": str(error)}, 409)
    if isinstance(error, Busy):
        return JSONResponse({"error": str(error)}, 429, {"Retry-After": "1"})
    faults = error.faults if isinstance(error, CaseError) else ()
    told = [fault_data(fault) for fault in faults]
    first = str(error) if not told else f"{len(told)} fault{'s' if len(told) != 1 else ''} in the case"
    return JSONResponse({"error": first, "faults": told}, 400)


def fault_data(fault: Fault) -> dict[str, Any]:
    """A fault as plain data; of its file's path only the part inside the case, never where it lies on this machine."""
    parts = PurePath(fault.file).parts
    kept = parts[-2:] if len(parts) > 1 and parts[-2] == "scenarios" else parts[-1:]
    return {
        "file": "/".join(kept),
        "line": fault.line,
        "column": fault.column,
        "path": fault.path,
        "wrong": fault.wrong,
        "right": fault.right,
    }


def _unfit(request: Request, error: Exception) -> JSONResponse:
    """A request that does not have the form of a question, in one sentence."""
    first: dict[str, Any] = {}
    if isinstance(error, RequestValidationError) and error.errors():
        first = dict(error.errors()[0])
    place = ".".join(str(part) for part in first.get("loc", ()) if part != "body")
    said = str(first.get("msg", "the request cannot be read"))
    text = f"{place}: {said}" if place else said
    return JSONResponse({"error": text[:500]}, 422)
