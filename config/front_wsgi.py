"""From an ASGI scope to Django's WSGI handler and back. Runs in the pool's threads; no await here."""

import io
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

from django.db import close_old_connections

from .env import env_bool, env_list
from .wsgi import application

log = logging.getLogger("config.front")

Environ = dict[str, Any]
Scope = Mapping[str, Any]
Headers = list[tuple[bytes, bytes]]

PROXIES = (
    frozenset(env_list("SABIR_PROXIES") or ["127.0.0.1", "::1"]) if env_bool("SABIR_BEHIND_PROXY") else frozenset()
)
FORWARDED = frozenset({"forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-port", "x-forwarded-proto"})
# The body is whole when Django sees it, so what told how it would come is told no more.
OF_THE_LINE = frozenset({"content-length", "transfer-encoding", "expect", "connection", "te", "upgrade"})
_NOWHERE = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - Django's own log has filters, this stream has none


class OpenFile:
    """A file that Django answers with; it is sent after the thread is free again."""

    def __init__(self, file: BinaryIO, block_size: int = 8192) -> None:
        self.read = file.read
        self.close = getattr(file, "close", lambda: None)

    def __iter__(self) -> Iterable[bytes]:
        return iter(lambda: self.read(64 * 1024), b"")


@dataclass(slots=True)
class Answer:
    """Status, headers and body, ready to send."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes | OpenFile = b""


def environ_of(scope: Scope, *, method: str | None = None, body: bytes = b"", told: Mapping[str, Any] = {}) -> Environ:
    """The WSGI environ of a request. `method` overrides the client's; `told` are the front's own `sabir.…` keys."""
    server = scope.get("server") or ("localhost", 80)
    environ: Environ = {
        "REQUEST_METHOD": method or scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": _path(scope),
        "QUERY_STRING": scope["query_string"].decode("latin1"),
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": _NOWHERE,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.file_wrapper": OpenFile,
        **told,
    }
    _add_headers(environ, scope)
    return environ


def _path(scope: Scope) -> str:
    """The path's bytes as WSGI wants them, each byte a character."""
    raw = scope.get("raw_path")
    return (unquote_to_bytes(raw) if raw else scope["path"].encode("utf-8", "surrogateescape")).decode("latin1")


def _add_headers(environ: Environ, scope: Scope) -> None:
    peer = (scope.get("client") or ("",))[0]
    proxied = peer in PROXIES
    environ["REMOTE_ADDR"] = peer
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin1").lower(), raw_value.decode("latin1")
        # A name with an underscore could pass for one with a hyphen, such as those only a proxy may set.
        if name in OF_THE_LINE or "_" in name or name.startswith(":") or (name in FORWARDED and not proxied):
            continue
        key = "CONTENT_TYPE" if name == "content-type" else "HTTP_" + name.upper().replace("-", "_")
        joint = "; " if name == "cookie" else ","
        environ[key] = environ[key] + joint + value if key in environ else value
    if proxied:
        # Nobody's address rather than the proxy's own: pages kept for this machine must not be served through it.
        environ["REMOTE_ADDR"] = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")[-1].strip()


def ask(environ: Environ) -> Answer:
    """Let Django answer. Its own errors are answers too; any other is logged and answered with a bare 500."""
    head: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], error: object = None) -> Callable[[bytes], None]:
        head[:] = [int(status[:3]), headers]
        return lambda piece: None

    try:
        response = application(environ, start)
        return Answer(head[0], _encoded(head[1]), _body(response, environ["REQUEST_METHOD"]))
    except Exception:
        log.exception("An answer could not be written")
        return Answer(500, [(b"content-type", b"text/plain")], b"500\n")


def _body(response: Any, method: str) -> bytes | OpenFile:
    if isinstance(response, OpenFile):
        # `close` comes from another thread, after sending; this thread's connection must not wait for it.
        close_old_connections()
        if method != "HEAD":
            return response
        response.close()
        return b""
    try:
        return b"".join(response)
    finally:
        if hasattr(response, "close"):
            response.close()


def _encoded(headers: list[tuple[str, str]]) -> Headers:
    encoded = [(name.lower().encode("latin1"), value.encode("latin1")) for name, value in headers]
    if any(b"\n" in part or b"\r" in part for pair in encoded for part in pair):
        raise ValueError("a header with a line end")
    return encoded
