"""/api/cases and /api/scenarios: open, save, rename, duplicate, delete and restore what a user keeps."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field

from tightrope.case.document import read_document
from tightrope.case.text import read_text
from tightrope.errors import ModelError, TightropeError
from tightrope.report import upload
from tightrope.report.ask import NAME, Ask, Name
from tightrope.report.checked import contents
from tightrope.report.desk import SHIPPED, Desk
from tightrope.report.lever import MOST
from tightrope.report.store import Clash, Missing, Trashed
from tightrope.report.workspace import CASES, SCENARIOS, Saved, Workspace, files_revision

ZIP = "application/zip"
KEEPS_NOTHING = "this server keeps nothing; start it with --workspace FOLDER"
NOTHING_MOVED = "there is nothing to save yet; move a lever or choose a scenario first"

Title = Annotated[str, Field(min_length=1, max_length=200, pattern=r"\S")]
Token = Annotated[str, Field(pattern=r"^[0-9a-f]{12}-[0-9a-f]{8}$")]
Revision = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Told(APIRoute):
    """A route that says with its status whether something is missing, or has changed in the meantime."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, with our two errors turned into answers."""
        plain = super().get_route_handler()

        async def handler(request: Request) -> Response:
            try:
                return await plain(request)
            except Missing as error:
                return JSONResponse({"error": str(error)}, 404)
            except Clash as error:
                return JSONResponse({"error": str(error)}, 409)

        return handler


class Form(BaseModel):
    """A body without keys that it does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Texts(Form):
    """A case as texts by file; `check`: say what is wrong with it and save nothing."""

    name: Name
    files: Annotated[dict[str, str], Field(max_length=upload.ENTRIES)]
    check: bool = False


class Kept(Form):
    """A scenario to be saved: what the page asks for, a title, and the revision that it replaces."""

    ask: Ask
    title: Title
    meaning: Annotated[str, Field(max_length=1500)] = ""
    revision: Revision | None = None


class To(Form):
    """Another name, and for a scenario another title and the revision that is meant."""

    to: Name
    title: Title | None = None
    revision: Revision | None = None


class Back(Form):
    """What is to be restored, and under which name if not its own."""

    token: Token
    to: Name | None = None


def router(desk: Desk) -> APIRouter:
    """The routes of this view."""
    made = APIRouter(route_class=Told)
    _cases(made, desk)
    _changed_cases(made, desk)
    _scenarios(made, desk)
    _changed_scenarios(made, desk)
    return made


def workspace(desk: Desk) -> Workspace:
    """Where things are kept.

    Raises:
        ModelError: nowhere.
    """
    if desk.saved is None:
        raise ModelError(KEEPS_NOTHING)
    return desk.saved


def free_case(desk: Desk, name: str) -> str:
    """The name if no case has it yet, shipped ones included."""
    if name in desk.cases():
        raise Clash(f"there is a case called {name} already; give another name")
    return name


def _cases(made: APIRouter, desk: Desk) -> None:
    @made.get("/cases")
    def listed() -> dict[str, Any]:
        deleted = desk.saved.deleted(CASES) if desk.saved else []
        return {
            "cases": [case_data(name, folder) for name, folder in desk.cases().items()],
            "deleted": [_trashed(one) for one in deleted],
            "keeps": desk.saved is not None,
        }

    @made.post("/cases", status_code=201)
    def texts(told: Texts) -> dict[str, Any]:
        return _added(desk, told.name, upload.from_texts(told.files), told.check)

    @made.post("/cases/zip", status_code=201)
    def packed(
        name: Annotated[str, Query(pattern=NAME)],
        data: Annotated[bytes, Body(media_type="application/octet-stream")],
        check: bool = False,
    ) -> dict[str, Any]:
        return _added(desk, name, upload.from_zip(data), check)

    @made.get("/cases/{name}/zip", response_class=Response, responses={200: {"content": {ZIP: {}}}})
    def unpacked(name: str) -> Response:
        data = upload.to_zip(contents(_case(desk, name)), name)
        return Response(data, media_type=ZIP, headers=attached(f"{name}.zip"))


def _changed_cases(made: APIRouter, desk: Desk) -> None:
    @made.post("/cases/{name}/duplicate", status_code=201)
    def duplicate(name: str, to: To) -> dict[str, Any]:
        return _added(desk, to.to, contents(_case(desk, name)))

    @made.post("/cases/{name}/rename")
    def rename(name: str, to: To) -> dict[str, Any]:
        _own(name)
        if to.to != name:
            free_case(desk, to.to)
        found = workspace(desk).rename_case(name, to.to)
        return case_data(found.name, found.folder)

    @made.delete("/cases/{name}")
    def delete(name: str) -> dict[str, str]:
        _own(name)
        return {"name": name, "token": workspace(desk).delete_case(name)}

    @made.post("/cases/restore")
    def restore(back: Back) -> dict[str, Any]:
        if back.to is not None:
            free_case(desk, back.to)
        found = workspace(desk).restore_case(back.token, back.to)
        return case_data(found.name, found.folder)


def _scenarios(made: APIRouter, desk: Desk) -> None:
    @made.get("/scenarios")
    def listed() -> dict[str, Any]:
        found, wrong = desk.saved.scenarios() if desk.saved else ([], {})
        deleted = desk.saved.deleted(SCENARIOS) if desk.saved else []
        return {
            "scenarios": [saved_data(one) for one in found],
            "unreadable": [{"name": name, "error": said} for name, said in sorted(wrong.items())],
            "deleted": [_trashed(one) for one in deleted],
            "keeps": desk.saved is not None,
        }

    @made.get("/scenarios/{name}")
    def one(name: str, response: Response) -> dict[str, Any]:
        found = workspace(desk).saved(name)
        response.headers["etag"] = f'"{found.revision}"'
        return {**saved_data(found), "text": found.text}

    @made.put("/scenarios/{name}")
    def put(name: Name, kept: Kept) -> JSONResponse:
        try:
            found = _save(desk, name, kept)
        except Clash as error:
            return JSONResponse({"error": str(error), "current": _current(desk, name)}, 409)
        return JSONResponse(saved_data(found), 200, {"etag": f'"{found.revision}"'})


def _changed_scenarios(made: APIRouter, desk: Desk) -> None:
    @made.post("/scenarios/{name}/rename")
    def rename(name: str, to: To) -> dict[str, Any]:
        _free_scenario(desk, to.to)
        return saved_data(workspace(desk).rename(name, to.to, to.revision or "", to.title))

    @made.post("/scenarios/{name}/duplicate", status_code=201)
    def duplicate(name: str, to: To) -> dict[str, Any]:
        _free_scenario(desk, to.to)
        return saved_data(workspace(desk).duplicate(name, to.to, to.title))

    @made.delete("/scenarios/{name}")
    def delete(name: str, revision: Revision) -> dict[str, str]:
        return {"name": name, "token": workspace(desk).delete(name, revision)}

    @made.post("/scenarios/restore")
    def restore(back: Back) -> dict[str, Any]:
        return saved_data(workspace(desk).restore(back.token, back.to))


def _case(desk: Desk, name: str) -> Path:
    folders = desk.cases()
    if name not in folders:
        raise Missing(f"there is no case {name!r:.80}")
    return folders[name]


def _own(name: str) -> None:
    if name in SHIPPED:
        raise ModelError(f"{name} is shipped with the program and stays as it is; duplicate it first")


def _added(desk: Desk, name: str, files: dict[str, bytes], check: bool = False) -> dict[str, Any]:
    if check:
        workspace(desk).check(files)
        return {"name": name, "saved": False}
    found = workspace(desk).add_case(free_case(desk, name), files)
    return {**case_data(found.name, found.folder), "saved": True}


def case_data(name: str, folder: Path) -> dict[str, Any]:
    """A case as the page lists it; only its case.yaml is read. `digest` is the SHA-256 of its files."""
    about: Any = {}
    try:
        data = read_document("case.yaml", read_text(folder / "case.yaml", folder)).data
        about = data.get("about", {}) if isinstance(data, dict) else {}
        digest = files_revision(contents(folder))
    except (TightropeError, OSError):
        digest = ""
    told = {key: about.get(key) if isinstance(about, dict) else None for key in ("title", "as_of", "focus")}
    return {
        "name": name,
        "title": str(told["title"] or name)[:300],
        "as_of": str(told["as_of"] or ""),
        "focus": str(told["focus"] or ""),
        "origin": "shipped" if name in SHIPPED else "saved",
        "digest": digest,
    }


def saved_data(one: Saved) -> dict[str, Any]:
    """A saved scenario as the page lists it; opening it sets `ask`, or where that is not known its own name."""
    ask = one.ask.model_dump(mode="json", exclude={"client", "serial"}) if one.ask else None
    return {
        "name": one.name,
        "title": one.scenario.title,
        "meaning": one.scenario.meaning,
        "ask": ask,
        "digest": one.digest,
        "revision": one.revision,
        "saved": one.when,
        "changes": len(one.scenario.happenings) + len(one.scenario.settings),
    }


def _trashed(one: Trashed) -> dict[str, Any]:
    return {"token": one.token, "name": one.name, "when": one.when}


def _current(desk: Desk, name: str) -> dict[str, Any] | None:
    """What is saved under a name by now."""
    try:
        found = workspace(desk).saved(name)
    except TightropeError:
        return None
    return {**saved_data(found), "text": found.text}


def _save(desk: Desk, name: str, kept: Kept) -> Saved:
    """Save what the page asks for; a saved scenario below it is written out, so that each stands alone."""
    _free_scenario(desk, name)
    ask = _written_out(desk, kept.ask)
    scenario = desk.scenario(ask)
    if scenario is None:
        raise ModelError(NOTHING_MOVED)
    changed = {
        "title": kept.title.strip(),
        **({"meaning": kept.meaning.strip()} if kept.meaning.strip() else {}),
    }
    digest = desk.situation(ask).origin.digest
    return workspace(desk).save(name, scenario.model_copy(update=changed), ask, digest, kept.revision)


def _written_out(desk: Desk, ask: Ask) -> Ask:
    """The same without a saved scenario below: its base and levers take its place."""
    own = {one.id for one in desk.situation(ask).known.case.scenarios}
    if ask.base is None or ask.base.replace("-", "_") in own:
        return ask
    below = workspace(desk).saved(ask.base).ask
    if below is None or below.case != ask.case:
        raise ModelError(
            f"the scenario {ask.base} was saved from another case; open it there, or duplicate it"
        )
    levers = {**below.levers, **ask.levers}
    if len(levers) > MOST:
        raise ModelError(f"{len(levers)} levers are moved, more than {MOST}; put some back")
    return ask.model_copy(update={"base": below.base, "levers": levers})


def _free_scenario(desk: Desk, name: str) -> None:
    """Refuse a name under which a case has a scenario: a page that asks for it would get that one."""
    for case, folder in desk.cases().items():
        if name.replace("-", "_") in {path.stem for path in (folder / SCENARIOS).glob("*.yaml")}:
            raise Clash(f"the case {case} has a scenario called {name}; give another name")


def attached(name: str) -> dict[str, str]:
    """The header with which an answer is kept as a file."""
    return {"content-disposition": f'attachment; filename="{name}"'}
