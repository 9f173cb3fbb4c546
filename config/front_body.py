"""Reading what clients send, asynchronously and under limits, so that a stalled phone holds a socket and no thread."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sabir.kernel.public import Refusal, TooBusy, TooLarge

from .env import env_int

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]

GATHERED = 32 * 1024
MOST_HELD = env_int("SABIR_HELD_BYTES", 64_000_000)
DRAINED_BYTES = 4_000_000
DRAINED_SECONDS = 3


class Gone(Exception):
    """The client has left; there is nobody to answer."""


class TooSlow(Refusal):
    """A body that stopped coming, or takes longer than we keep a place for it."""

    status = 408
    words = _("The line is too slow or was lost on the way. Nothing was kept; send it again.")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a body is taken (bytes), how long in all and between two pieces of it (seconds)."""

    size: int
    whole: int
    idle: int = env_int("SABIR_IDLE_SECONDS", 30)


ORDINARY = Limits(env_int("SABIR_ORDINARY_BYTES", 2_000_000), env_int("SABIR_ORDINARY_SECONDS", 60))
STREAMED = Limits(env_int("SABIR_STREAMED_BYTES", 35_000_000), env_int("SABIR_STREAMED_SECONDS", 15 * 60))


class Held:
    """Bytes of whole bodies now in memory, over all requests: one limit for all, because many small bodies add up."""

    total = 0


class Body:
    """One request's body. `announced` is its length where the client said so, None where it comes in chunks."""

    def __init__(self, receive: Receive, limits: Limits, scope: Mapping[str, Any]) -> None:
        headers = dict(scope["headers"])
        self._receive = receive
        self._limits = limits
        self._deadline = asyncio.get_running_loop().time() + limits.whole
        self._taken = 0
        # A client that waits for "100 Continue" has sent nothing yet, and reading would make it begin.
        self._worth_draining = b"expect" not in headers
        self.announced = _announced(headers, scope["http_version"])
        self.ended = self.announced == 0

    def check_announced(self) -> None:
        """TooLarge where the client itself says that it will send too much; nothing has been read."""
        if self.announced is not None and self.announced > self._limits.size:
            raise self._too_large()

    async def piece(self) -> bytes:
        """The next bytes, none at the end. Gone, TooSlow or TooLarge."""
        while not self.ended:
            message = await self._message()
            piece: bytes = message.get("body", b"")
            self.ended = not message.get("more_body", False)
            self._taken += len(piece)
            if self._taken > self._limits.size:
                raise self._too_large()
            if piece:
                return piece
        return b""

    async def _message(self) -> Message:
        soon = asyncio.get_running_loop().time() + self._limits.idle
        try:
            async with asyncio.timeout_at(min(soon, self._deadline)):
                message = await self._receive()
        except TimeoutError:
            self._worth_draining = False
            raise TooSlow("front.too_slow") from None
        if message["type"] == "http.disconnect":
            raise Gone
        return message

    async def whole(self) -> bytes:
        """All of it. TooBusy while the bodies of all requests together fill the memory set aside for them."""
        body = bytearray()
        try:
            while piece := await self.piece():
                body += piece
                Held.total += len(piece)
                if Held.total > MOST_HELD:
                    raise TooBusy("front.busy")
        finally:
            Held.total -= len(body)
        return bytes(body)

    async def gathered(self) -> AsyncIterator[bytes]:
        """All of it in pieces of at least 32 kB but for the last, because each piece costs a visit to a thread."""
        gathered = bytearray()
        while piece := await self.piece():
            gathered += piece
            if len(gathered) >= GATHERED:
                yield bytes(gathered)
                gathered.clear()
        if gathered:
            yield bytes(gathered)

    async def drain(self) -> None:
        """Read on a little, for nothing: a client still writing when we answer may see a reset and not our words."""
        drained = 0 if self._worth_draining else DRAINED_BYTES
        try:
            async with asyncio.timeout(DRAINED_SECONDS):
                while not self.ended and drained < DRAINED_BYTES:
                    message = await self._receive()
                    drained += len(message.get("body", b""))
                    self.ended = message["type"] == "http.disconnect" or not message.get("more_body", False)
        except TimeoutError:
            return

    def _too_large(self) -> TooLarge:
        words = _("This is more than %(megabytes)s MB, the most that is taken at once. Send less at a time.")
        return TooLarge("front.too_large", words, megabytes=f"{self._limits.size / 1_000_000:g}")


def _announced(headers: Mapping[bytes, bytes], http_version: str) -> int | None:
    length = headers.get(b"content-length", b"")
    if length.isdigit():
        return int(length)
    # Before HTTP/2 a request without either header has no body (RFC 9112, 6.3).
    return None if b"transfer-encoding" in headers or http_version.startswith("2") else 0
