"""Requests against the server, each timed."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection


@dataclass
class Timed:
    """Seconds that each request took, and how many were not answered as expected."""

    seconds: list[float] = field(default_factory=list)
    failed: int = 0
    whole: float = 0

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share (0 to 1) of the requests was answered."""
        ordered = sorted(self.seconds)
        return round(1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else 0.0

    def per_second(self) -> float:
        return round(len(self.seconds) / self.whole, 1) if self.whole else 0.0


Ask = Callable[[HTTPConnection, int], bool]


def timed(port: int, ask: Ask, numbers: range, at_once: int, at_most: float) -> Timed:
    """Let `ask(connection, number)` run for every number on `at_once` lasting connections, `at_most` seconds long."""
    end = time.monotonic() + at_most
    found = Timed()
    begin = time.monotonic()
    with ThreadPoolExecutor(at_once) as clients:
        for share in clients.map(lambda first: _one_client(port, ask, numbers[first::at_once], end), range(at_once)):
            found.seconds += share.seconds
            found.failed += share.failed
    found.whole = time.monotonic() - begin
    return found


def _one_client(port: int, ask: Ask, numbers: range, end: float) -> Timed:
    found = Timed()
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for number in numbers:
        begin = time.monotonic()
        if begin > end:
            break
        try:
            well = ask(connection, number)
        except OSError:
            well = False
            connection.close()
        found.failed += not well
        found.seconds.append(time.monotonic() - begin)
    connection.close()
    return found
