"""The reader who wants to know more: linear programs against a protected table. No database, no Django.

She has the shown numbers, knows how they were rounded and that a zero is
always shown, that totals add up, that nothing is negative and that reports
accumulate from one extract to the next. Perhaps she is a contributor and knows
her own part; we let her know, of every cell, the part of whichever union gave
most. For each hidden number she asks what is the least and the most it can be.

Cells, margins and grand total of one two-way table form a network, so with
whole bounds the extreme points are whole numbers: here the linear program is
as sharp as an exact search. With an earlier table beside it that no longer
holds, and the answer may be somewhat too wide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

from .disclosure_table import Position, Shape, Table

Numbers = NDArray[np.float64]
Known = Mapping[Position, int]
EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Breach:
    """A hidden number that can be narrowed too far: which one, and to what (inclusive)."""

    position: Position
    least: int
    most: int
    earlier: bool = False
    """It is a number of the earlier table, opened by the new one."""


class Contradiction(ValueError):
    """No true table agrees with what is shown."""


def audit(table: Table, *, known: Known | None = None, earlier: Table | None = None) -> list[Breach]:
    """The hidden numbers whose range is narrower than the threshold; an empty list means protected.

    `known`: what an insider knows is at least in each position. `earlier`: the
    preceding table of the same kind, read together with this one. Reports can
    be withdrawn; where the two tables cannot both be true of growing counts,
    they say nothing about each other.
    """
    if earlier is None or earlier.shape != table.shape:
        return Attack([table], [known or {}]).breaches()
    try:
        return Attack([earlier, table], [{}, known or {}]).breaches()
    except Contradiction:
        return Attack([table], [known or {}]).breaches()


@cache
def sums(shape: Shape) -> Numbers:
    """One line per position, one column per cell: which cells a position adds up."""
    height, width = len(shape.rows), len(shape.columns)
    by_row = np.kron(np.eye(height), np.ones(width))
    by_column = np.kron(np.ones(height), np.eye(width))
    return np.vstack([np.eye(height * width), by_row, by_column, np.ones(height * width)])


def ceiling(tables: Sequence[Table], known: Sequence[Known]) -> int:
    """An upper limit for hidden numbers: too far away ever to matter, near enough for the solver's precision."""
    shown = sum(n for table in tables for n in table.values.values() if n)
    return 2 * shown + sum(sum(parts.values()) for parts in known) + 20 * tables[-1].rules.threshold


def limits(table: Table, known: Known, top: int) -> tuple[Numbers, Numbers]:
    """The least and the most (`top` if hidden) each position can be, before any arithmetic across positions."""
    meant = [None if (n := table.values[p]) is None else table.rules.meant_by(n) for p in table.shape.positions()]
    parts = [known.get(position, 0) for position in table.shape.positions()]
    least = [max(1, part) if m is None else max(m[0], part) for m, part in zip(meant, parts, strict=True)]
    most = [top if m is None else m[1] for m in meant]
    return np.array(least, dtype=float), np.array(most, dtype=float)


class Attack:
    """All tables consistent with one or two protected ones of the same shape, oldest first."""

    def __init__(self, tables: Sequence[Table], known: Sequence[Known]) -> None:
        self.tables = tables
        self.positions = list(tables[0].shape.positions())
        self.sums = np.kron(np.eye(len(tables)), sums(tables[0].shape))
        least, most = zip(*map(limits, tables, known, repeat(ceiling(tables, known))), strict=True)
        self.rules = [LinearConstraint(self.sums, np.concatenate(least), np.concatenate(most))]
        cells = sums(tables[0].shape).shape[1]
        if len(tables) == 2:
            growth = np.hstack([-np.eye(cells), np.eye(cells)])
            self.rules.append(LinearConstraint(growth, 0, np.inf))
        self.nowhere_below = Bounds(0, np.inf)

    def breaches(self) -> list[Breach]:
        """Every hidden position the reader can narrow below the threshold of its table."""
        hidden = [
            (i, len(self.positions) * number + i, table.rules.threshold)
            for number, table in enumerate(self.tables)
            for i, position in enumerate(self.positions)
            if table.values[position] is None
        ]
        found = []
        points = [self._extreme(np.zeros(self.sums.shape[1]))]
        for i, line, wanted in hidden:
            least, most = self._range(line, wanted, points)
            if most - least < wanted:
                earlier = len(self.tables) == 2 and line < len(self.positions)
                found.append(Breach(self.positions[i], least, most, earlier))
        return found

    def _range(self, line: int, wanted: int, points: list[Numbers]) -> tuple[int, int]:
        """The range of one position: exact if narrower than `wanted`, else merely wide enough.

        Two consistent tables that lie far enough apart settle it, so the
        extremes found for one position usually settle most others.
        """
        for sign in (-1, 1):
            seen = [point[line] for point in points]
            if floor(max(seen) + EPSILON) - ceil(min(seen) - EPSILON) >= wanted:
                break
            points.append(self._extreme(sign * self.sums[line]))
        seen = [point[line] for point in points]
        return ceil(min(seen) - EPSILON), floor(max(seen) + EPSILON)

    def _extreme(self, direction: Numbers) -> Numbers:
        """All positions of the consistent table that lies furthest against `direction`."""
        answer = milp(direction, constraints=self.rules, bounds=self.nowhere_below)
        if answer.x is None:
            raise Contradiction(answer.message)
        positions: Numbers = self.sums @ answer.x
        return positions
