"""The application: which address is which page, and what faults become."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from pydantic import ValidationError

from pipeline.review.decisions import LogError
from pipeline.review.desk import Desk, DeskError
from pipeline.review.guide import ToldError
from pipeline.review.index import OutputsError
from pipeline.review.pages import Pages
from pipeline.review.security import Guard, Session
from pipeline.review.values import EditError

_HERE = Path(__file__).parent


def create_app(desk: Desk, session: Session, *, language: str = "ar") -> Guard:
    """The application behind its gate.

    Args:
        desk: the annotator's.
        session: where the server listens, and its tokens.
        language: of the interface, ``ar`` or ``en``, until the annotator chooses.
    """
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    pages = Pages(desk, session, language)
    for path, page in (
        ("/", pages.start),
        ("/card", pages.card),
        ("/new", pages.new),
        ("/move", pages.move),
        ("/list", pages.list),
        ("/places", pages.places),
    ):
        app.add_api_route(path, _shown(page), methods=["GET"], response_model=None)
    for path, act in (
        ("/edit", pages.edit),
        ("/decide", pages.decide),
        ("/add", pages.add),
        ("/comment", pages.comment),
        ("/undo", pages.undo),
    ):
        app.add_api_route(path, _posted(act), methods=["POST"], response_model=None)
    app.mount("/static", StaticFiles(directory=_HERE / "static"), name="static")

    def failed(request: Request, error: Exception) -> Response:
        status = error.status if isinstance(error, DeskError) else 422
        if isinstance(error, LogError | OutputsError):
            status = 507
        message = error.told(pages.words(request)) if isinstance(error, ToldError) else str(error)
        if isinstance(error, ValidationError):
            message = f"not an annotation: {error.errors()[0]['msg']}"
        if request.method == "POST":
            return JSONResponse({"error": message}, status_code=status)
        return pages.render(request, "error.html", status, message=message)

    for kind in (DeskError, EditError, LogError, OutputsError, ValidationError, RequestValidationError):
        app.add_exception_handler(kind, failed)
    return Guard(app, session)


def _shown(page: Any) -> Any:
    def handler(request: Request) -> Response:
        found: Response = page(request)
        return found

    return handler


def _posted(act: Any) -> Any:
    async def handler(request: Request) -> Response:
        try:
            data = json.loads(await request.body())
            # Half a character (a lone surrogate) can be stored nowhere.
            json.dumps(data, ensure_ascii=False).encode("utf-8")
        except (ValueError, RecursionError):
            data = None
        if not isinstance(data, dict):
            return JSONResponse({"error": "A JSON object is expected."}, status_code=400)
        found = await run_in_threadpool(act, request, data)
        return found if isinstance(found, Response) else JSONResponse(found)

    return handler
