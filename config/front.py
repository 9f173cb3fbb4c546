"""The server's front: `granian --interface asgi config.front:app`.

It reads each body asynchronously under limits, then lets Django's WSGI handler answer in one of eight lasting threads
(a thread keeps its database connection; a stalled body holds none). A body with files is not gathered but streamed:
the view first looks at the door (HEAD, with `sabir.preflight`) and names a receiver, which seals what comes; then the
view is asked again (POST, empty, with `sabir.received`). No temporary file, ever.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any, Protocol, TypeVar

from django.conf import settings

import config.wsgi  # noqa: F401 - first, because it sets Django up and the rest needs that
from sabir.kernel.public import Refusal, TooBusy
from sabir.vault.public import sweep_unfinished

from .cli_run import no_core_dumps
from .env import env_int
from .front_body import ORDINARY, STREAMED, Body, Gone, Message, Receive
from .front_words import Failed, for_phones, in_words
from .front_wsgi import Answer, OpenFile, Scope, ask, environ_of

log = logging.getLogger("config.front")

Send = Callable[[Message], Awaitable[None]]
Done = TypeVar("Done")

STREAMED_PATH = re.compile(r"(?P<phone>/k/[^/]+/submission)|/[a-z]{2}/reports/send/")
SMALL_BODY = 64 * 1024
MOST_BACKLOG = 1024 * 1024
MOST_STREAMS = 256
SEND_SECONDS = 60


class Receiver(Protocol):
    """What a view prepares to take a streamed body; sabir.field.stream has it."""

    def feed(self, chunk: bytes) -> None: ...
    def backlog(self) -> int: ...
    def finish(self) -> object: ...
    def abandon(self) -> None: ...


class Pool:
    """Threads that last. TooBusy when too many already wait for one."""

    def __init__(self, threads: int, most_waiting: int, name: str) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._most = threads + most_waiting
        self._asked = 0

    def check_queue(self) -> None:
        """TooBusy while too many wait."""
        if self._asked >= self._most:
            raise TooBusy("front.busy")

    async def run(self, job: Callable[..., Done], *args: Any, whatever_the_queue: bool = False) -> Done:
        if not whatever_the_queue:
            self.check_queue()
        self._asked += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, job, *args)
        finally:
            self._asked -= 1

    def end(self) -> None:
        self._threads.shutdown(cancel_futures=True)


pages = Pool(8, env_int("SABIR_QUEUE", 200), "page")
intake = Pool(4, MOST_STREAMS, "intake")


class Streams:
    """How many bodies are being streamed."""

    open = 0


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http":
        await _serve(scope, receive, send)


async def _live(receive: Receive, send: Send) -> None:
    # Here too, because a program started by another may be dumped again.
    no_core_dumps()
    await receive()
    await pages.run(sweep_unfinished, settings.SEALED_FOLDER)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    pages.end()
    intake.end()
    await send({"type": "lifespan.shutdown.complete"})


async def _serve(scope: Scope, receive: Receive, send: Send) -> None:
    path = STREAMED_PATH.fullmatch(scope["path"]) if scope["method"] == "POST" else None
    body = Body(receive, STREAMED if path else ORDINARY, scope)
    # A phone's small report is read by its view, at half the cost; a browser's cannot be, because the guard against
    # forged requests would read the body first.
    streamed = path and not (path["phone"] and body.announced is not None and body.announced <= SMALL_BODY)
    try:
        body.check_announced()
        answer = await (_streamed(scope, body) if streamed else _ordinary(scope, body))
    except Gone:
        # Or its chunks were broken: then it still reads, and granian by itself would say 500.
        await _send(Answer(HTTPStatus.BAD_REQUEST, [(b"connection", b"close")]), scope["method"], send)
        return
    except Refusal as refusal:
        answer = in_words(scope, refusal)
    except Exception:
        log.exception("A request failed in the front")
        answer = in_words(scope, Failed("front.failed"))
    answer = for_phones(scope, answer)
    if not body.ended:
        await body.drain()
        answer.headers.append((b"connection", b"close"))
    await _send(answer, scope["method"], send)


async def _ordinary(scope: Scope, body: Body) -> Answer:
    pages.check_queue()
    return await pages.run(ask, environ_of(scope, body=await body.whole()))


async def _streamed(scope: Scope, body: Body) -> Answer:
    receiver = await pages.run(_at_the_door, scope)
    if isinstance(receiver, Answer):
        return receiver
    if Streams.open >= MOST_STREAMS:
        raise TooBusy("front.busy")
    Streams.open += 1
    try:
        await _feed(receiver, body)
        return await pages.run(_finished, scope, receiver, whatever_the_queue=True)
    except BaseException:
        # Shielded: also when this very task is cancelled what was written must go.
        await asyncio.shield(intake.run(receiver.abandon, whatever_the_queue=True))
        raise
    finally:
        Streams.open -= 1


async def _feed(receiver: Receiver, body: Body) -> None:
    async for piece in body.gathered():
        await intake.run(receiver.feed, piece, whatever_the_queue=True)
        while receiver.backlog() > MOST_BACKLOG:
            await asyncio.sleep(0.01)


def _at_the_door(scope: Scope) -> Receiver | Answer:
    """The receiver the view prepares; where it refuses, its answer to the POST, because that one has words."""
    preflight: dict[str, Receiver] = {}
    door = ask(environ_of(scope, method="HEAD", told={"sabir.preflight": preflight}))
    if door.status == HTTPStatus.NO_CONTENT and "receiver" in preflight:
        return preflight["receiver"]
    return ask(environ_of(scope))


def _finished(scope: Scope, receiver: Receiver) -> Answer:
    """Ask the view again with what was received. What it refuses is removed; what it fails on may be kept by now."""
    answer = ask(environ_of(scope, told={"sabir.received": receiver.finish()}))
    if HTTPStatus.BAD_REQUEST <= answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        receiver.abandon()
    return answer


async def _send(answer: Answer, method: str, send: Send) -> None:
    body, headers = answer.body, answer.headers
    if answer.status in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED):
        body, headers = b"", [pair for pair in headers if pair[0] != b"content-length"]
    elif isinstance(body, bytes) and b"content-length" not in dict(headers):
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if isinstance(body, OpenFile):
        await _send_file(body, send)
        body = b""
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


async def _send_file(file: OpenFile, send: Send) -> None:
    """Send a file in pieces without a thread of the pool, at the client's pace."""
    try:
        while piece := await intake.run(file.read, SMALL_BODY, whatever_the_queue=True):
            async with asyncio.timeout(SEND_SECONDS):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
    finally:
        await asyncio.shield(intake.run(file.close, whatever_the_queue=True))
