"""Serving the review page: on this machine only, unless told otherwise."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn

from pipeline.review.app import create_app
from pipeline.review.desk import Desk
from pipeline.review.security import Session


class ServerError(Exception):
    """The server cannot start. The message is one line for people."""


def listen(host: str, port: int) -> socket.socket:
    """A socket to serve on.

    Args:
        host: name or address.
        port: 0 for any that is free.

    Raises:
        ServerError: it is taken or not ours.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        # Whoever opens the address as soon as it is printed waits, and is not refused.
        listener.listen(128)
    except OSError as error:
        raise ServerError(
            f"{host}:{port}: cannot be listened on: {error.strerror}; choose another --port"
        ) from error
    return listener


def serve(
    desk: Desk, listener: socket.socket, *, host: str, language: str, ready: Callable[[Session], None]
) -> None:
    """Serve until interrupted.

    Args:
        desk: whose page it is.
        listener: a bound socket.
        host: the name that goes into the address.
        language: of the interface at first, ``ar`` or ``en``.
        ready: called with the session before the first request is answered.
    """
    session = Session(host, listener.getsockname()[1])
    server = uvicorn.Server(configure(desk, session, language=language))
    ready(session)
    with listener:
        server.run(sockets=[listener])


def configure(desk: Desk, session: Session, *, language: str) -> uvicorn.Config:
    """How the page is served: nothing is told of the server, and no proxy is believed."""
    return uvicorn.Config(
        create_app(desk, session, language=language),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="off",
        timeout_graceful_shutdown=2,
    )
