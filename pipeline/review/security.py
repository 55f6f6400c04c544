"""Who may talk to the page: the browser that was given the address, on this machine, from the page itself.

- The address carries a random token; the first visit puts it into a cookie that scripts cannot read and drops it from
  the address. Without it every answer is 403.
- The Host header must name this server (a foreign name that resolves here is refused).
- What changes something must come from the page: Origin, a second token in a header, and JSON as content.
- Nothing from elsewhere is loaded or run, and nobody may frame the page (content security policy).
- A body may have :data:`BODY_LIMIT` bytes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

#: The parts of an ASGI application.
Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApp = Callable[[Scope, Receive, Send], Awaitable[None]]

#: Bytes that a body may have; the largest decision takes a tenth of it.
BODY_LIMIT = 256 * 1024
_HEADERS = (
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ("cache-control", "no-store"),
)


def _token() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the server: where it listens and who may come in."""

    host: str
    port: int
    token: str = field(default_factory=_token)

    @property
    def cookie(self) -> str:
        """Name of the cookie. Browsers share cookies among ports, so it names the port."""
        return f"waqai_review_{self.port}"

    @property
    def csrf(self) -> str:
        """The second token, which the page holds and the cookie does not tell."""
        return hmac.new(self.token.encode(), b"csrf", hashlib.sha256).hexdigest()

    @property
    def hosts(self) -> frozenset[str]:
        """Host headers that name this server."""
        names = {"127.0.0.1", "localhost", "[::1]", f"[{self.host}]" if ":" in self.host else self.host}
        return frozenset(f"{name}:{self.port}" for name in names)

    @property
    def origins(self) -> frozenset[str]:
        """Origins of the page."""
        return frozenset(f"http://{host}" for host in self.hosts)

    @property
    def address(self) -> str:
        """What the annotator opens."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/?token={self.token}"


class Guard:
    """The gate before the application: refuses what may not pass, and adds headers to every answer."""

    def __init__(self, app: ASGIApp, session: Session) -> None:
        self.app = app
        self.session = session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One connection."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.encode(), value.encode()) for name, value in _HEADERS]
                names = {name for name, _ in own}
                kept = [(n, v) for n, v in message.get("headers", ()) if n.lower() not in names | {b"server"}]
                message = {**message, "headers": kept + own}
            await send(message)

        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refused = self._refusal(scope, headers)
        if refused is not None:
            await _answer(with_headers, *refused)
            return
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = dict(query).get("token")
        if given is not None and scope["method"] == "GET":
            await self._enter(with_headers, scope["path"], given, [p for p in query if p[0] != "token"])
            return
        if not self._known(headers.get("cookie", "")):
            await _answer(
                with_headers, 403, "Open the address that «waqai review» printed: it carries the token."
            )
            return
        if scope["method"] == "POST":
            body = await _body(receive)
            if body is None:
                await _answer(with_headers, 413, "The request is too large.")
                return
            receive = _replay(body)
        await self.app(scope, receive, with_headers)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        if headers.get("host") not in self.session.hosts:
            return 421, "This server does not go by that name."
        method = scope["method"]
        if method not in ("GET", "HEAD", "POST"):
            return 405, "Only GET, HEAD and POST."
        if headers.get("sec-fetch-site", "same-origin") == "cross-site" and method == "POST":
            return 403, "Requests from other sites are refused."
        if method != "POST":
            return None
        if headers.get("origin") not in self.session.origins:
            return 403, "Requests from other origins are refused."
        if not hmac.compare_digest(
            headers.get("x-csrf-token", "").encode("latin-1"), self.session.csrf.encode()
        ):
            return 403, "The page's own token is missing."
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return 415, "Only JSON."
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > BODY_LIMIT:
            return 413, "The request is too large."
        return None

    def _known(self, cookies: str) -> bool:
        try:
            found = SimpleCookie(cookies).get(self.session.cookie)
        except CookieError:
            return False
        return found is not None and self._is_token(found.value)

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.session.token.encode())

    async def _enter(self, send: Send, path: str, given: str, rest: list[tuple[str, str]]) -> None:
        """Put the token into a cookie and out of the address."""
        if not self._is_token(given):
            await _answer(
                send, 403, "The token is not that of this run: open the address that was printed last."
            )
            return
        where = quote("/" + path.lstrip("/")) + (f"?{urlencode(rest)}" if rest else "")
        cookie = f"{self.session.cookie}={self.session.token}; HttpOnly; SameSite=Lax; Path=/"
        await _answer(
            send,
            303,
            "",
            ((b"location", where.encode()), (b"set-cookie", cookie.encode())),
        )


async def _answer(send: Send, status: int, text: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
    body = text.encode("utf-8")
    kind = (b"content-type", b"text/plain; charset=utf-8")
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [kind, length, *headers]})
    await send({"type": "http.response.body", "body": body})


async def _body(receive: Receive) -> bytes | None:
    """The body; None where it is too large, whatever its header says."""
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b""
        part = message.get("body", b"")
        size += len(part)
        if size > BODY_LIMIT:
            return None
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes) -> Receive:
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
