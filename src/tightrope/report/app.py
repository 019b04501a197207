"""The web app: its views, one line each; what is refused before any of them; and the files of the page."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles

from tightrope import __version__
from tightrope.report.desk import Desk
from tightrope.report.guard import guarded
from tightrope.report.views import (
    atlas,
    certainty,
    corpus,
    evidence,
    export,
    glossary,
    judgements,
    library,
    network,
    proposals,
    runs,
    situation,
    standing,
    timeline,
    warnings,
    why,
)

VIEWS = (
    situation,
    runs,
    judgements,
    certainty,
    atlas,
    network,
    timeline,
    evidence,
    corpus,
    warnings,
    why,
    library,
    export,
    proposals,
    standing,
    glossary,
)


def app(desk: Desk, hosts: tuple[str, ...] = ()) -> FastAPI:
    """The app over a desk; it answers to loopback names and to `hosts`."""
    made = FastAPI(title="Tightrope", version=__version__, docs_url=None, redoc_url=None)
    for view in VIEWS:
        made.include_router(view.router(desk), prefix="/api")
    page = Path(str(files("tightrope.report"))) / "static" / "app"

    @made.get("/", include_in_schema=False)
    def index() -> FileResponse:
        return FileResponse(page / "index.html")

    made.mount("/static/app", StaticFiles(directory=page, check_dir=False), name="app")
    guarded(made, hosts)
    return made
