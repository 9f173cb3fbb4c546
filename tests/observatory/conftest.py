"""Tables in words: `12/4` is twelve reports from four unions, spread evenly; `9:1` nine from one and one from another."""

from collections.abc import Callable, Iterator

import pytest

from sabir.observatory.disclosure import Counts, Report, Shape, tally

Counted = Callable[[str], Counts]


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
