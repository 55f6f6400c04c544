"""Attacks on the page: they are refused, and the page goes on."""

from __future__ import annotations

import http.client
import json
import socket
from pathlib import Path
from typing import Any

import pytest
from review_builders import EMOJI, records_of, write_outputs

from pipeline.review.security import BODY_LIMIT

RECORDS = records_of("a", EMOJI)


@pytest.fixture
def fresh(tmp_path: Path, serve: Any) -> Any:
    return serve(write_outputs(tmp_path / "out", {"a": EMOJI}))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, serve_long: Any) -> Any:
    """For attacks: whatever is refused leaves the log empty for the next one."""
    return serve_long(write_outputs(tmp_path_factory.mktemp("attacked") / "out", {"a": EMOJI}))


def ask(
    served: Any,
    method: str,
    path: str,
    *,
    body: bytes | None = None,
    drop: tuple[str, ...] = (),
    **headers: str,
) -> http.client.HTTPResponse:
    """A request as the page would send it, but for what ``headers`` replace and ``drop`` leaves out."""
    session = served.session
    own = f"127.0.0.1:{session.port}"
    sent = {"host": own, "cookie": f"{session.cookie}={session.token}"}
    if method == "POST":
        sent |= {"origin": f"http://{own}", "x-csrf-token": session.csrf, "content-type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection("127.0.0.1", session.port, timeout=10)
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in sent.items():
        if name not in drop:
            connection.putheader(name, value)
    if body is not None and "content-length" not in sent and "transfer-encoding" not in sent:
        connection.putheader("content-length", str(len(body)))
    connection.endheaders()
    if body is not None:
        connection.send(body)
    return connection.getresponse()


def decision(**more: Any) -> bytes:
    from pipeline.records import EventRecord
    from pipeline.review.annotation import from_record

    seen = from_record(EventRecord.model_validate(RECORDS[0])).fingerprint()
    data = {
        "record": RECORDS[0]["id"],
        "action": "accept",
        "seen": seen,
        "draft": None,
        "nonce": "d_0123456789abcdef",
    }
    return json.dumps(data | more).encode()


def test_what_is_in_order_passes(fresh: Any) -> None:
    assert ask(fresh, "GET", f"/card?id={RECORDS[0]['id']}").status == 200
    answer = ask(fresh, "POST", "/decide", body=decision())
    assert answer.status == 200
    assert json.loads(answer.read())["saved"] == "d_0123456789abcdef"
    assert ask(fresh, "POST", "/decide", body=decision()).status == 200, "sent twice, decided once"
    assert len(fresh.log) == 1


@pytest.mark.parametrize(
    "path", ["/", "/card?id=x", "/list", "/static/review.js", "/static/../app.py", "/docs", "/openapi.json"]
)
def test_without_the_token_there_is_nothing(served: Any, path: str) -> None:
    for headers in (
        {"drop": ("cookie",)},
        {"cookie": f"{served.session.cookie}=wrong"},
        {"cookie": "\x01;=;"},
    ):
        answer = ask(served, "GET", path, **headers)
        assert answer.status == 403
        assert "waqai" in answer.read().decode()


def test_the_token_goes_into_a_cookie_and_out_of_the_address(served: Any) -> None:
    answer = ask(served, "GET", f"/list?page=2&token={served.session.token}", drop=("cookie",))
    assert (answer.status, answer.headers["location"]) == (303, "/list?page=2")
    assert "HttpOnly; SameSite=Lax; Path=/" in answer.headers["set-cookie"]
    assert ask(served, "GET", "/?token=guess").status == 403
    open_redirect = ask(served, "GET", f"//evil.example/?token={served.session.token}")
    assert open_redirect.headers["location"] == "/evil.example/"
    split = ask(served, "GET", f"/%0d%0aSet-Cookie:%20a=b?token={served.session.token}")
    assert split.headers["location"] == "/%0D%0ASet-Cookie%3A%20a%3Db"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "", "127.0.0.1:{port}.evil.example"],
)
def test_a_foreign_host_is_refused(served: Any, host: str) -> None:
    name = host.format(port=served.session.port)
    assert ask(served, "GET", "/list", host=name).status in (400, 421)
    assert ask(served, "POST", "/decide", body=decision(), host=name).status in (400, 421)
    assert served.log == []


@pytest.mark.parametrize("name", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
def test_our_own_names_are_known(served: Any, name: str) -> None:
    assert ask(served, "GET", "/list", host=name.format(port=served.session.port)).status == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"drop": ("origin",)}, 403),
        ({"origin": "http://127.0.0.1:1"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"x_csrf_token": "guess"}, 403),
        ({"drop": ("x-csrf-token",)}, 403),
        ({"drop": ("cookie",)}, 403),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
    ],
)
@pytest.mark.parametrize("path", ["/decide", "/add", "/comment", "/undo", "/edit"])
def test_requests_that_are_not_the_pages_are_refused(
    served: Any, path: str, headers: dict[str, Any], status: int
) -> None:
    assert ask(served, "POST", path, body=decision(), **headers).status == status
    assert served.log == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(served: Any, method: str) -> None:
    assert ask(served, method, "/decide", body=b"{}").status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/static/../desk.py",
        "/static/%2e%2e/desk.py",
        "/static/..%2fdesk.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/static//etc/passwd",
        "/static/....//desk.py",
        "/static/..%5cdesk.py",
        "/../../etc/passwd",
        "/card?id=../../etc/passwd",
        "/new?in=../../etc/passwd&start=0&end=5",
    ],
)
def test_paths_lead_nowhere_else(served: Any, path: str) -> None:
    answer = ask(served, "GET", path)
    text = answer.read().decode()
    assert answer.status == 404
    assert "root:" not in text
    assert "import" not in text


def test_large_bodies_are_refused_whatever_they_say(served: Any) -> None:
    ten = 10 * 1024 * 1024
    with socket.create_connection(("127.0.0.1", served.session.port), timeout=10) as connection:
        head = (
            f"POST /decide HTTP/1.1\r\nHost: 127.0.0.1:{served.session.port}\r\n"
            f"Origin: http://127.0.0.1:{served.session.port}\r\n"
            f"Cookie: {served.session.cookie}={served.session.token}\r\n"
            f"X-CSRF-Token: {served.session.csrf}\r\nContent-Type: application/json\r\n"
        )
        connection.sendall((head + f"Content-Length: {ten}\r\n\r\n").encode() + b"{" * 1000)
        assert connection.recv(4096).startswith(b"HTTP/1.1 413")
    # In pieces, without a length.
    with socket.create_connection(("127.0.0.1", served.session.port), timeout=10) as connection:
        connection.sendall((head + "Transfer-Encoding: chunked\r\n\r\n").encode())
        piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        sent = 0
        try:
            while sent < ten:
                connection.sendall(piece)
                sent += 0x10000
                if sent > BODY_LIMIT + 0x20000:
                    break
        except (BrokenPipeError, ConnectionResetError):
            pass
        assert connection.recv(4096).startswith(b"HTTP/1.1 413")
    assert ask(served, "POST", "/decide", body=b"x" * BODY_LIMIT).status == 400
    assert ask(served, "GET", "/list").status == 200
    assert served.log == []


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", "1", '"x"', "\xff\xfe", "{" * 5000, "[" * 100_000], ids=range(9)
)
def test_bodies_that_are_no_objects(served: Any, body: str) -> None:
    assert ask(served, "POST", "/decide", body=body.encode("latin-1")).status == 400


@pytest.mark.parametrize(
    ("path", "more", "status"),
    [
        ("/decide", {"record": "ev_none"}, 404),
        ("/decide", {"record": None}, 404),
        ("/decide", {"seen": "other"}, 409),
        ("/decide", {"action": "undo"}, 422),
        ("/decide", {"action": "reject"}, 422),
        ("/decide", {"action": "reject", "reason": "<b>"}, 422),
        ("/decide", {"nonce": "../x"}, 422),
        ("/decide", {"draft": {"type": "COERCE"}}, 422),
        ("/decide", {"draft": "x"}, 422),
        ("/comment", {"comment": "  "}, 422),
        ("/comment", {"comment": "x" * 5001}, 422),
        ("/undo", {}, 409),
        ("/add", {"article": "none", "sha256": "x"}, 422),
        ("/edit", {"draft": None}, 422),
    ],
)
def test_requests_that_make_no_sense(served: Any, path: str, more: dict[str, Any], status: int) -> None:
    answer = ask(served, "POST", path, body=decision(**more))
    assert answer.status == status
    assert "\n" not in json.loads(answer.read())["error"]
    assert served.log == []


def draft(**more: Any) -> dict[str, Any]:
    from review_builders import fixed

    return fixed(RECORDS[0]).model_dump(mode="json") | more


@pytest.mark.parametrize(
    "more",
    [
        {"trigger": {"text": "other", "start": 10, "end": 15}},
        {"trigger": {"text": "", "start": 3, "end": 3}},
        {"trigger": {"text": "x", "start": -1, "end": 0}},
        {"mode": "no-such-mode"},
        {"type": "PROTEST"},
        {"assertion": "maybe"},
        {"iso": "yesterday"},
        {"iso": "2024-13-01"},
        {"iso": "2024-03-14T25:00"},
        {
            "places": [
                {
                    "text": "حي الزهور",
                    "start": EMOJI.index("حي"),
                    "end": EMOJI.index("حي") + 9,
                    "gazetteer_id": "geonames:0",
                }
            ]
        },
        {"colour": "red"},
    ],
)
def test_drafts_that_cannot_be_are_not_saved(served: Any, more: dict[str, Any]) -> None:
    answer = ask(served, "POST", "/decide", body=decision(draft=draft(**more)))
    assert answer.status == 422
    assert served.log == []


def test_every_answer_has_the_headers(served: Any) -> None:
    for answer in (
        ask(served, "GET", "/list"),
        ask(served, "GET", "/static/review.js"),
        ask(served, "GET", "/list", drop=("cookie",)),
        ask(served, "GET", "/nowhere"),
        ask(served, "POST", "/decide", body=b"{}"),
    ):
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cache-control"] == "no-store"
        assert "server" not in answer.headers


def test_tokens_differ_from_run_to_run(tmp_path: Path, serve: Any) -> None:
    folder = write_outputs(tmp_path / "out", {"a": EMOJI})
    first, second = serve(folder).session, serve(folder).session
    assert len(first.token) >= 43
    assert first.token != second.token
    assert first.csrf != second.csrf
    assert first.cookie != second.cookie, "cookies do not know ports"


def test_a_log_that_cannot_be_written_is_said(fresh: Any) -> None:
    fresh.store.log.path.mkdir()
    answer = ask(fresh, "POST", "/decide", body=decision())
    assert answer.status == 507
    assert "cannot be" in json.loads(answer.read())["error"]
