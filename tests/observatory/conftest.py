"""Tables in words: `12/4` is twelve reports of four unions, spread evenly; `9:1` nine of one and one of another."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest

from sabir.observatory.disclosure import Counts, Report, Shape, tally

Counted = Callable[[str], Counts]

QUARTER = """
              west_africa  north_africa  europe
    V01       14/4         23/4          17/3
    V03       3/3          21/4          0
    V07       40/2         12/4          18:1:1
    V13       1/1          0             0
"""


def reports_in(text: str) -> tuple[list[Report], Shape]:
    """The reports a drawn table stands for, one heading each, and its shape."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    reports = [
        Report(union, column, frozenset([row]))
        for row, *cells in lines
        for column, cell in zip(head, cells, strict=True)
        for union in _unions(cell)
    ]
    return reports, Shape(tuple(row for row, *_ in lines), tuple(head))


def _unions(cell: str) -> Iterator[str]:
    """The union behind each report of one drawn cell."""
    if ":" in cell:
        for number, reports in enumerate(cell.split(":")):
            yield from [f"union{number}"] * int(reports)
        return
    reports, _, unions = cell.partition("/")
    yield from (f"union{number % int(unions or 3)}" for number in range(int(reports)))


@pytest.fixture
def counted() -> Counted:
    return lambda text: tally(*reports_in(text))


@pytest.fixture
def inside_a_verb() -> Callable[[], AbstractContextManager[object]]:
    """What runs in here runs as part of some verb of a room above."""
    from sabir.law.verbs import _one_transaction

    return _one_transaction


@pytest.fixture
def recorded(inside_a_verb: Callable[[], AbstractContextManager[object]]) -> Callable[[str], list[int]]:
    """Record the reports a drawn table stands for; their references."""
    from sabir.observatory.public import record

    def record_all(text: str) -> list[int]:
        with inside_a_verb():
            return [
                record(key(report.contributor), "2026Q3", {"work_region": report.column, "violations": [*report.rows]})
                for report in reports_in(text)[0]
            ]

    return record_all


def key(union: str) -> str:
    """A contributor's key: 64 hexadecimal digits."""
    return union.encode().hex().ljust(64, "0")


@pytest.fixture
def a_quarter(recorded: Callable[[str], list[int]]) -> list[int]:
    """Reports of four unions: most regions full, some nearly empty."""
    return recorded(QUARTER)
