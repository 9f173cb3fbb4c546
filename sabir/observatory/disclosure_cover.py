"""Which further numbers to hide so that one hidden number is safe: a mixed-integer program. No database, no Django.

A hidden number is safe when two tables agree with everything shown and differ
there by the threshold. The program looks for such a pair and, where the shown
numbers allow none, buys freedom by hiding more: each number costs what the
reader loses, its count. The pair is the "upper and lower protection" of the
cell suppression problem (Fischetti and Salazar-González, Management Science
47, 2001); solved for one number at a time it is small enough for an office
machine.
"""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from .disclosure_attack import Breach, Numbers, ceiling, limits, sums
from .disclosure_table import Counts, Position, Table

NODES = 2_000
"""Branches the solver may try. A limit of time instead would make the result depend on the machine."""
FAR = 4
"""How many thresholds a hidden number may move away from the truth: loose limits make the program slow."""


def cover(counts: Counts, table: Table, breach: Breach, *, earlier: Table | None = None) -> set[Position]:
    """All positions of `table` to hide, at the least cost, so that `breach` is closed; empty if none are found."""
    tables = [earlier, table] if earlier and earlier.shape == table.shape else [table]
    positions = list(table.shape.positions())
    answer = milp(
        np.concatenate([np.zeros(_cells(tables) * 2), _costs(counts, table)]),
        constraints=[
            *_one_of_the_pair(counts, tables, 0),
            *_one_of_the_pair(counts, tables, 1),
            _apart(tables, breach),
        ],
        bounds=_choices(counts, tables),
        integrality=np.concatenate([np.zeros(_cells(tables) * 2), np.ones(len(positions))]),
        options={"node_limit": NODES},
    )
    if answer.x is None:
        return set()
    return {position for position, chosen in zip(positions, answer.x[-len(positions) :], strict=True) if chosen > 1 / 2}


def _cells(tables: Sequence[Table]) -> int:
    shape = tables[0].shape
    return len(tables) * len(shape.rows) * len(shape.columns)


def _costs(counts: Counts, table: Table) -> Numbers:
    """What hiding each position costs; nothing where it is hidden already. Equal costs are settled by place."""
    positions = list(table.shape.positions())
    place = 1 / (1 + len(positions)) ** 2
    return np.array([0 if table.values[p] is None else counts[p].count + place * i for i, p in enumerate(positions)])


def _choices(counts: Counts, tables: Sequence[Table]) -> Bounds:
    """Cells are any number from zero up; a choice is 1 where hidden already, 0 where zero, else open."""
    cells = _cells(tables) * 2
    values = [(tables[-1].values[p] is None, counts[p].count > 0) for p in tables[-1].shape.positions()]
    least = np.concatenate([np.zeros(cells), [hidden for hidden, _ in values]])
    most = np.concatenate([np.full(cells, np.inf), [some for _, some in values]])
    return Bounds(least, most)


def _one_of_the_pair(counts: Counts, tables: Sequence[Table], which: int) -> list[LinearConstraint]:
    """One table of the pair (0 or 1), with its earlier one: it agrees with what is shown, or what is chosen hidden."""
    table, lines = tables[-1], sums(tables[-1].shape)
    height, width = lines.shape
    known = counts.largest()
    least, most = limits(table, known, ceiling([table], [known]))
    free_least = np.array([max(1, known[p]) for p in table.shape.positions()])
    free_most = np.array([counts[p].count + FAR * table.rules.threshold for p in table.shape.positions()])
    most = np.where([table.values[p] is None for p in table.shape.positions()], free_most, most)
    here = np.zeros((height, _cells(tables) * 2))
    start = (which + 1) * _cells(tables) - width
    here[:, start : start + width] = lines
    agreed = [
        LinearConstraint(np.hstack([here, np.diag(least - free_least)]), least, np.inf),
        LinearConstraint(np.hstack([here, np.diag(most - free_most)]), -np.inf, most),
    ]
    if len(tables) == 2:
        agreed += _with_the_earlier(tables, start)
    return agreed


def _with_the_earlier(tables: Sequence[Table], start: int) -> list[LinearConstraint]:
    """The earlier table agrees with what it showed, and no cell has shrunk since."""
    lines = sums(tables[0].shape)
    height, width = lines.shape
    unknowns = _cells(tables) * 2 + height
    before, growth = np.zeros((height, unknowns)), np.zeros((width, unknowns))
    before[:, start - width : start] = lines
    growth[:, start - width : start] = -np.eye(width)
    growth[:, start : start + width] = np.eye(width)
    top = ceiling(tables, [{}, {}])
    return [LinearConstraint(before, *limits(tables[0], {}, top)), LinearConstraint(growth, 0, np.inf)]


def _apart(tables: Sequence[Table], breach: Breach) -> LinearConstraint:
    """At the breach the two tables of the pair differ by the threshold."""
    table = tables[0] if breach.earlier else tables[-1]
    positions = list(table.shape.positions())
    lines = sums(table.shape)
    nothing = np.zeros((len(tables) - 1) * lines.shape[1])
    line = lines[positions.index(breach.position)]
    one = np.concatenate([line, nothing] if breach.earlier else [nothing, line])
    return LinearConstraint(np.concatenate([-one, one, np.zeros(len(positions))]), table.rules.threshold, np.inf)
