"""Runs the web app until it is stopped: finds the port, says where it listens and to whom it is open, warms up."""

from __future__ import annotations

import socket
import sys
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from tightrope.engine.prepared import compiled_before
from tightrope.errors import ModelError, OutputError, TightropeError
from tightrope.report.ask import PREVIEW, Ask, wanted
from tightrope.report.desk import Desk

if TYPE_CHECKING:
    from types import FrameType

    import uvicorn

EXPOSED = (
    "open to everyone who can reach {host}: there is no password. Whoever opens it can read every case in {workspace}"
    "{texts}, save and delete there, and use this machine's processors. It reaches no other folder."
)
# Connections at a time, and what a request may take to come in.
CONNECTIONS, BACKLOG, KEEP_ALIVE = 400, 128, 15


@dataclass(frozen=True)
class Served:
    """How the app is to be served; see the options of `tightrope serve`."""

    case: str
    host: str = "127.0.0.1"
    port: int = 8000
    workspace: Path | None = None
    texts: Path | None = None
    opened: bool | None = None
    quiet: bool = False
    say: Callable[[str], None] = print


def serve_app(asked: Served) -> None:
    """Serve until interrupted.

    Raises:
        ModelError: no such case, or a host or port that cannot be listened on. CaseError: what is wrong with the case.
        OutputError: the workspace cannot be made.
    """
    import uvicorn

    from tightrope.report.app import app

    desk = _desk(asked)
    desk.situation(wanted(asked.case))  # what is wrong with it is said before anything listens
    listening = _listen(asked.host, asked.port)
    port = listening.getsockname()[1]
    address = f"http://{_shown(asked.host)}:{port}/" + (
        "" if asked.case == Ask().case else f"#case={asked.case}"
    )
    _tell(asked, address)
    Thread(target=_warm, args=(desk, asked.case), daemon=True).start()
    hosts = () if is_loopback(asked.host) else ("*",)
    config = uvicorn.Config(
        app(desk, hosts),
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=3,
    )
    if asked.opened or (asked.opened is None and sys.stdout.isatty()):
        webbrowser.open(address)
    try:
        _server(config, desk).run(sockets=[listening])
    except KeyboardInterrupt:  # the usual end of a server
        asked.say(f"stopped; what was saved is in {asked.workspace}")
        raise SystemExit(130) from None
    finally:
        desk.close()
        listening.close()


def _server(config: uvicorn.Config, desk: Desk) -> uvicorn.Server:
    """A server that, told to end, first ends its long work: whoever waits for that would hold it up."""
    import uvicorn

    class Server(uvicorn.Server):
        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            desk.close()
            super().handle_exit(sig, frame)

    return Server(config)


def _desk(asked: Served) -> Desk:
    if asked.workspace is not None:
        try:
            asked.workspace.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"{asked.workspace} cannot be made: {error.strerror}; name another folder with --workspace"
            ) from None
    return Desk(asked.workspace, asked.texts, waits=compiled_before())


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens there."""
    try:
        family, kind, proto, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, proto)
    except OSError as error:
        raise ModelError(
            f"nothing can listen on {host!r}: {error.strerror}; give an address of this machine"
        ) from None
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(where)
        found.listen(BACKLOG)
    except OSError as error:
        found.close()
        why = error.strerror or str(error)
        raise ModelError(
            f"nothing can listen on {host} port {port}: {why}; try --port 0 for a free one"
        ) from None
    return found


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach a host."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _tell(asked: Served, address: str) -> None:
    if not is_loopback(asked.host):
        texts = f" and every text in {asked.texts}" if asked.texts else ""
        asked.say(EXPOSED.format(host=asked.host, workspace=asked.workspace, texts=texts))
    print(f"Tightrope at {address}" + ("" if asked.quiet else " (Ctrl-C ends it)"), flush=True)


def _warm(desk: Desk, case: str) -> None:
    """Compute what the first page asks for before anybody asks."""
    try:
        if desk.slow():  # NumPy until the model is compiled
            desk.baseline(Ask(case=case, runs=PREVIEW))
        desk.compile()
        desk.baseline(Ask(case=case, runs=PREVIEW))
        desk.baseline(Ask(case=case))
    except TightropeError:  # whoever asks is told
        return
