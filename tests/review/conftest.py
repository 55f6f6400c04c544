"""Servers on the loopback, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review.decisions import Decision, DecisionLog
from pipeline.review.desk import Desk
from pipeline.review.queries import Me
from pipeline.review.security import Session
from pipeline.review.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@dataclass(frozen=True)
class Served:
    """A server that runs: its session, and what it serves."""

    session: Session
    store: Store
    desk: Desk

    @property
    def log(self) -> list[Decision]:
        """What the log holds now."""
        return [decision for decision, _ in DecisionLog(self.store.log.path).read()]


@contextmanager
def serving(
    folder: Path,
    *,
    annotator: str = "ana",
    adjudicate: bool = False,
    blind: bool = False,
    language: str = "ar",
    **more: Any,
) -> Iterator[Served]:
    """Serve a folder in a thread, on a free port."""
    uvicorn = pytest.importorskip("uvicorn", reason="the review extra is not installed")
    from pipeline.review.server import configure, listen

    store = Store(folder, DecisionLog(folder / "decisions.jsonl"), **more)
    desk = Desk(store, Me(annotator, "adjudicator" if adjudicate else "annotator"), blind=blind)
    with listen("127.0.0.1", 0) as listener:
        session = Session("127.0.0.1", listener.getsockname()[1])
        server = uvicorn.Server(configure(desk, session, language=language))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        assert server.started
        try:
            yield Served(session, store, desk)
        finally:
            server.should_exit = True
            thread.join(10)
            store.close()


Serve = Callable[..., Served]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Starts servers; they stop with the test."""
    with ExitStack() as stack:
        yield lambda *args, **more: stack.enter_context(serving(*args, **more))


@pytest.fixture(scope="module")
def serve_long() -> Iterator[Serve]:
    """The same for a whole module."""
    with ExitStack() as stack:
        yield lambda *args, **more: stack.enter_context(serving(*args, **more))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, without a window. Skipped by name where there is none, unless it must be there."""
    missing = "Chromium is not installed (Debian: apt-get install chromium)" if CHROMIUM is None else ""
    try:
        from playwright.sync_api import sync_playwright
    except ModuleNotFoundError:
        missing = "playwright is not installed (pip install playwright)"
    if missing and os.environ.get("WAQAI_NEEDS_CHROMIUM"):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


def _is_fault(message: Any) -> bool:
    # The browser also says there that a request was refused, which tests provoke.
    return message.type == "error" and not message.text.startswith("Failed to load resource")


OpenPage = Callable[..., "Page"]


@pytest.fixture
def visit(chromium: Browser) -> Iterator[OpenPage]:
    """Opens pages in contexts of their own. A fault that a page reports fails the test."""
    faults: list[str] = []
    contexts = []

    def open_page(
        served: Served, path: str = "/", *, width: int = 1400, height: int = 900, **more: Any
    ) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
        page.goto(f"{served.session.address}")
        if path != "/":
            page.goto(f"http://127.0.0.1:{served.session.port}{path}")
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
