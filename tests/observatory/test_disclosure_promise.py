"""The promise, on tables nobody drew: no hidden number of a protected table can be narrowed."""

from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sabir.observatory.disclosure import (
    FOR_THE_PUBLIC,
    TOTAL,
    WITHIN_THE_NETWORK,
    Position,
    Report,
    Rules,
    Shape,
    Table,
    audit,
    protect,
    publish,
    small,
    tally,
)

SMALL = Shape(("V01", "V02"), ("europe", "elsewhere"))
WHOLE = Shape(tuple(f"V{n:02d}" for n in range(1, 17)), ("west_africa", "north_africa", "europe", "elsewhere"))


def some_reports(shape: Shape, most: int) -> st.SearchStrategy[list[Report]]:
    # Skewed on purpose: protection is hard where some cells are large and others nearly empty.
    row = st.integers(0, len(shape.rows) ** 2 - 1).map(lambda n: shape.rows[int(n**0.5)])
    one = st.builds(
        Report,
        st.sampled_from(["north", "south", "east", "west", "islands"]),
        st.sampled_from(shape.columns),
        st.frozensets(row, min_size=1, max_size=3),
    )
    heaped = st.lists(st.tuples(one, st.integers(1, 6)), max_size=most)
    return heaped.map(lambda heaps: [report for report, times in heaps for _ in range(times)])


def few_reports() -> st.SearchStrategy[list[Report]]:
    """Few enough for trying every truth: what each of four unions gave to each cell of a table of two by two."""
    cells = st.lists(st.sampled_from([0, 0, 1, 1, 2, 3]), min_size=16, max_size=16)
    places = list(product(["north", "south", "east", "west"], SMALL.columns, SMALL.rows))
    return cells.map(
        lambda given: [
            Report(u, c, frozenset([r])) for (u, c, r), n in zip(places, given, strict=True) for _ in range(n)
        ]
    )


def consistent_tables(table: Table, top: int) -> dict[Position, np.ndarray]:
    """Every true table that agrees with a protected one, found by trying all of them: no linear program.

    One array per position; the tables lie along the arrays.
    """
    shape = table.shape
    tried = np.indices([top + 1] * (len(shape.rows) * len(shape.columns))).reshape(
        len(shape.rows), len(shape.columns), -1
    )
    full = np.concatenate([tried, tried.sum(0, keepdims=True)])
    full = np.concatenate([full, full.sum(1, keepdims=True)], axis=1)
    named = {
        (row, column): full[i, j]
        for (i, row), (j, column) in product(enumerate((*shape.rows, TOTAL)), enumerate((*shape.columns, TOTAL)))
    }
    agrees = np.ones(full.shape[2], dtype=bool)
    for position, values in named.items():
        shown = table.values[position]
        least, most = (1, top * 4) if shown is None else table.rules.meant_by(shown)
        agrees &= (values >= least) & (values <= most)
    return {position: values[agrees] for position, values in named.items()}


@settings(max_examples=40, deadline=None)
@given(few_reports(), st.sampled_from([WITHIN_THE_NETWORK, Rules(base=1)]))
def test_the_attack_finds_the_same_ranges_as_trying_every_table(reports, rules):
    counts = tally(reports, SMALL)
    top = 2 + max(cell.count for cell in counts.cells.values())
    assume(top <= 20)  # trying every table would take minutes
    naive = publish(counts, rules, small(counts, rules))
    tried = consistent_tables(naive, top)
    for breach in audit(naive):
        values = tried[breach.position]
        assert (values.min(), values.max()) == (breach.least, breach.most)
        assert breach.least <= counts[breach.position].count <= breach.most


@settings(max_examples=60, deadline=None)
@given(some_reports(WHOLE, 40), st.sampled_from([WITHIN_THE_NETWORK, FOR_THE_PUBLIC]))
def test_no_hidden_number_of_a_protected_table_can_be_narrowed(reports, rules):
    counts = tally(reports, WHOLE)
    table = protect(counts, rules)
    assert audit(table, known=counts.largest()) == []
    assert small(counts, rules) <= set(table.hidden())
    assert all(table.values[p] == 0 for p in WHOLE.positions() if counts[p].count == 0)
    assert all(table.values[p] in (None, rules.rounded(counts[p].count)) for p in WHOLE.positions())


@settings(max_examples=25, deadline=None)
@given(few_reports())
def test_even_trying_every_table_leaves_each_hidden_number_wide(reports):
    counts = tally(reports, SMALL)
    table = protect(counts, WITHIN_THE_NETWORK)
    top = 6 + max(cell.count for cell in counts.cells.values())
    assume(top <= 22)
    tried = consistent_tables(table, top)
    for position in table.hidden():
        assert np.ptp(tried[position]) >= 5


@settings(max_examples=15, deadline=None)
@given(some_reports(WHOLE, 25), some_reports(WHOLE, 4))
def test_successive_tables_protect_each_other(first, more):
    earlier = protect(tally(first, WHOLE), WITHIN_THE_NETWORK)
    counts = tally(first + more, WHOLE)
    table = protect(counts, WITHIN_THE_NETWORK, earlier=[earlier])
    assert audit(table, known=counts.largest(), earlier=earlier) == []
