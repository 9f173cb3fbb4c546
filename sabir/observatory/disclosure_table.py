"""A two-way table of counts before and after protection. No database, no Django.

Rows are the headings of a typology, columns the regions; one report names
several headings and has one region. Totals add up the cells, so they count
mentions; whether few *people* stand behind a number is judged on reports.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

TOTAL = "total"
Position = tuple[str, str]
"""Row code and column code; `TOTAL` in either place means all of them."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one report gives to a table: who contributed it, where, and the headings it names."""

    contributor: str
    column: str
    rows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cell:
    """What is known inside about one position of the table. Never leaves the server."""

    count: int = 0
    """Mentions; additive over the table."""
    reports: int = 0
    """Different reports behind the mentions."""
    unions: int = 0
    largest: int = 0
    """Mentions given by the one union that gave most."""


@dataclass(frozen=True, slots=True)
class Rules:
    """When a number may be shown, and how.

    The values are those statistical offices use, as adopted by the network: 5
    inside, 10 for the public, three unions, no union above 85 %, base 5.
    """

    threshold: int = 5
    unions: int = 3
    share: float = 0.85
    base: int = 5

    def __post_init__(self) -> None:
        if self.base % 2 == 0:
            raise ValueError("an even base rounds the middle up and leans the figures")
        if self.threshold <= self.base // 2:
            raise ValueError("a count at the threshold would be rounded to zero")

    def forbid(self, cell: Cell) -> bool:
        """Whether this position must be hidden for its own sake. A zero points to nobody."""
        if cell.count == 0:
            return False
        few = cell.reports < self.threshold or cell.unions < self.unions
        return few or cell.largest > self.share * cell.count

    def rounded(self, count: int) -> int:
        return (count + self.base // 2) // self.base * self.base

    def meant_by(self, shown: int) -> tuple[int, int]:
        """The least and the greatest count a reader may infer from a shown number."""
        if shown == 0:
            return 0, 0  # less than the threshold is hidden, never rounded down to nothing
        return max(shown - self.base // 2, self.threshold), shown + self.base // 2


@dataclass(frozen=True, slots=True)
class Shape:
    """The codes of rows and columns, in the order in which they are printed."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]

    def __post_init__(self) -> None:
        if TOTAL in self.rows or TOTAL in self.columns:
            raise ValueError("the code of the totals is reserved")

    def positions(self) -> Iterator[Position]:
        """Cells first, then row totals, column totals, and the grand total."""
        yield from ((row, column) for row in self.rows for column in self.columns)
        yield from ((row, TOTAL) for row in self.rows)
        yield from ((TOTAL, column) for column in self.columns)
        yield TOTAL, TOTAL


@dataclass(frozen=True, slots=True)
class Counts:
    """The true table, totals included: what protection starts from."""

    shape: Shape
    cells: Mapping[Position, Cell]

    def __getitem__(self, position: Position) -> Cell:
        return self.cells[position]

    def largest(self) -> dict[Position, int]:
        """Of each position, the part its biggest contributor knows to be in it."""
        return {position: cell.largest for position, cell in self.cells.items()}


@dataclass(frozen=True, slots=True)
class Table:
    """What a reader sees: a rounded number, or None where it is hidden; and the rules, which are public."""

    shape: Shape
    values: Mapping[Position, int | None]
    rules: Rules = field(default_factory=Rules)

    def hidden(self) -> list[Position]:
        return [position for position in self.shape.positions() if self.values[position] is None]


def tally(reports: Iterable[Report], shape: Shape) -> Counts:
    """Count each report once under each heading it names; what the table does not declare is left out."""
    mentions: dict[Position, Counter[str]] = {position: Counter() for position in shape.positions()}
    voices: Counter[Position] = Counter()
    for report in reports:
        rows = report.rows & set(shape.rows)
        if not rows or report.column not in shape.columns:
            continue
        for column in (report.column, TOTAL):
            for row in rows:
                mentions[row, column][report.contributor] += 1
                voices[row, column] += 1
            mentions[TOTAL, column][report.contributor] += len(rows)
            voices[TOTAL, column] += 1
    return Counts(shape, {p: _cell(mentions[p], voices[p]) for p in shape.positions()})


def _cell(by_union: Counter[str], reports: int) -> Cell:
    if not by_union:
        return Cell()
    return Cell(by_union.total(), reports, len(by_union), max(by_union.values()))
