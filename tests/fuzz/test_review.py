"""Whatever is sent to the review page, its answer is a page or a refusal, and the log stays one of decisions."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pytest
from fuzz_builders import bent, cases, spoilt
from hypothesis import given
from hypothesis import strategies as st
from review_builders import EMOJI, HOSTILE, PLAIN, write_outputs

from pipeline.review.decisions import DecisionLog
from pipeline.review.desk import Desk
from pipeline.review.queries import Me
from pipeline.review.security import Session
from pipeline.review.store import Store

TEXTS = {"ا.txt": PLAIN, "b.txt": EMOJI, "c.txt": HOSTILE}
PATHS = (
    "/",
    "/card",
    "/new",
    "/move",
    "/list",
    "/places",
    "/static/review.js",
    "/static/../app.py",
    "//",
    "/\x00",
)
POSTS = ("/edit", "/decide", "/add", "/comment", "/undo", "/card")
ODD = (
    "", "0", "-1", "9" * 30, "1e9", "\x00", "'; DROP TABLE records; --", "%00", "ق" * 300,
    "<script>", "../..", "null", "ar", "xx",
    "reading", "sample", "uncertainty", "all", "dispute", "records", "gone", "added", "previous",
    "\ud7ff", "🚨", "[]", "NaN",
)  # fmt: skip
NAMES = (
    "id", "in", "start", "end", "back", "page", "of", "to", "whole", "lang", "order", "status",
    "type", "mode", "assertion",
    "article", "country", "sure", "q", "name", "min", "max", "confidence", "cluster", "",
)  # fmt: skip


@dataclass(frozen=True)
class Served:
    """The application and what a well-behaved page would send it."""

    app: Any
    session: Session
    desk: Desk
    bodies: dict[str, dict[str, Any]]

    def send(self, method: str, path: str, query: str, headers: dict[str, str], body: bytes) -> int:
        """The status of the answer."""
        started: list[int] = []

        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            if not waiting:
                await asyncio.Event().wait()  # the other side says nothing more
            return waiting.pop()

        async def send(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                started.append(message["status"])

        raw = [(k.encode("latin-1", "replace"), v.encode("latin-1", "replace")) for k, v in headers.items()]
        scope = {
            "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, "http_version": "1.1", "scheme": "http",
            "method": method,
            "path": path, "raw_path": quote(path).encode(), "query_string": query.encode("latin-1", "replace"),
            "root_path": "", "headers": raw, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", self.session.port),
        }  # fmt: skip
        asyncio.run(self.app(scope, receive, send))
        (status,) = started
        return status


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    pytest.importorskip("fastapi", reason="the review extra is not installed")
    from pipeline.review.app import create_app

    folder = write_outputs(tmp_path_factory.mktemp("review") / "out", TEXTS)
    store = Store(folder, DecisionLog(folder / "decisions.jsonl"))
    desk = Desk(store, Me("ana", "annotator"), blind=False)
    session = Session("127.0.0.1", 8765)
    with store.lock:
        record = store.index.db.execute("SELECT id FROM records ORDER BY n LIMIT 1").fetchone()[0]
    found, article = desk.item(record)
    draft = found.annotation.model_dump()
    common = {
        "record": record,
        "seen": found.annotation.fingerprint(),
        "nonce": "d_0123456789abcdef",
        "draft": draft,
    }
    edit = {"op": "span", "slot": "actors", "start": 0, "end": 3, "index": 0, "value": "asserted"}
    bodies = {
        "/edit": common | {"edit": edit, "whole": False, "back": "", "article": article.id},
        "/decide": common | {"action": "accept", "reason": "no_event"},
        "/add": {
            "article": article.id,
            "sha256": article.sha256,
            "draft": draft,
            "nonce": "d_fedcba9876543210",
            "back": record,
        },
        "/comment": {"record": record, "comment": "كذا", "nonce": "d_00000000000000aa"},
        "/undo": {"redo": False},
        "/card": {},
    }
    yield Served(create_app(desk, session), session, desk, bodies)
    store.close()


def _quoted(chance: random.Random, value: str) -> str:
    return quote(value) if chance.random() < 0.8 else value


def _sent(served: Served, seed: int) -> tuple[str, str, str, dict[str, str], bytes]:
    chance = random.Random(seed)
    session = served.session
    headers = {"host": f"127.0.0.1:{session.port}", "cookie": f"{session.cookie}={session.token}"}
    record = served.bodies["/decide"]["record"]
    values = (*ODD, record, "b.txt", "1", "2")
    query = "&".join(
        f"{chance.choice(NAMES)}={_quoted(chance, chance.choice(values))}"
        for _ in range(chance.choice((0, 1, 2, 4)))
    )
    if chance.random() < 0.1:
        headers[chance.choice(("host", "cookie", "origin", "content-type", "content-length", "range"))] = (
            chance.choice(values)
        )
    if chance.random() < 0.4:
        return (
            chance.choice(("GET", "GET", "GET", "HEAD", "PUT")),
            chance.choice((*PATHS, "/" + chance.choice(values))),
            query,
            headers,
            b"",
        )
    path = chance.choice(POSTS)
    body = json.dumps(bent(seed, served.bodies[path])).encode()
    if chance.random() < 0.2:
        body = spoilt(chance, body)
    headers |= {
        "origin": f"http://127.0.0.1:{session.port}",
        "x-csrf-token": session.csrf,
        "content-type": "application/json",
    }
    headers.setdefault("content-length", str(len(body)))
    return "POST", path, query, headers, body


@given(st.integers(0, 2**48))
@cases()
def test_any_request(served: Served, seed: int) -> None:
    method, path, query, headers, body = _sent(served, seed)
    assert served.send(method, path, query, headers, body) < 500, (method, path, query, headers, body[:2000])


def test_the_log_is_whole_after_all_of_them(served: Served) -> None:
    decisions = list(served.desk.store.log.read())
    assert decisions, "some of them were good"
    for decision, _ in decisions:
        if decision.after is not None and decision.where is not None:
            text = TEXTS[decision.where.article]
            trigger = decision.after.trigger
            assert text[trigger.start : trigger.end] == trigger.text


@pytest.mark.parametrize(
    "body",
    [
        '{"record": "\\ud800", "action": "accept", "seen": "", "nonce": "d_0123456789abcdef"}',
        '{"record": "ev", "action": "reject", "reason": [], "nonce": "d_0123456789abcdef"}',
        '{"comment": "\\udfff"}',
        "[" * 100_000,
    ],
)
def test_what_was_found_once(served: Served, body: str) -> None:
    headers = {
        "host": f"127.0.0.1:{served.session.port}", "cookie": f"{served.session.cookie}={served.session.token}",
        "origin": f"http://127.0.0.1:{served.session.port}", "x-csrf-token": served.session.csrf,
        "content-type": "application/json", "content-length": str(len(body)),
    }  # fmt: skip
    for path in ("/edit", "/decide", "/add", "/comment"):
        assert 400 <= served.send("POST", path, "", headers, body.encode()) < 500
