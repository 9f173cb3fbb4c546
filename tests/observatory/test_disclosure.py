"""Protection hides no more than it must, and gives the same answer every time."""

from collections.abc import Iterable
from itertools import combinations

from sabir.observatory.disclosure import (
    TOTAL,
    WITHIN_THE_NETWORK,
    Counts,
    Position,
    Report,
    Rules,
    Shape,
    audit,
    protect,
    publish,
    small,
    tally,
)

EXACT = Rules(base=1)
SMALL = Shape(("V01", "V02"), ("europe", "elsewhere"))
WHOLE = Shape(tuple(f"V{n:02d}" for n in range(1, 17)), ("west_africa", "north_africa", "europe", "elsewhere"))


def lost(counts: Counts, hidden: Iterable[Position]) -> int:
    return sum(counts[position].count for position in hidden)


def test_what_is_hidden_costs_no_more_than_the_best_of_all_choices(counted):
    counts = counted("""
              a      b      c
        V01   3/3    40/4   25/4
        V02   30/4   8/4    20/4
    """)
    table = protect(counts, EXACT)

    open_ = [p for p in counts.shape.positions() if p not in small(counts, EXACT)]
    known = counts.largest()
    costs = [
        lost(counts, more)
        for size in range(len(open_))
        for more in combinations(open_, size)
        if lost(counts, more) <= lost(counts, table.hidden())
        and not audit(publish(counts, EXACT, {*more, *small(counts, EXACT)}), known=known)
    ]
    assert lost(counts, set(table.hidden()) - small(counts, EXACT)) == min(costs)


def test_the_order_of_reports_changes_nothing(counted):
    reports = [Report(f"u{n % 4}", WHOLE.columns[n % 3], frozenset([WHOLE.rows[n % 7]])) for n in range(97)]
    once, again = (protect(tally(order, WHOLE), WITHIN_THE_NETWORK) for order in (reports, reports[::-1]))
    assert once == again


def test_a_table_of_nothing_is_zeros():
    table = protect(tally([], SMALL), WITHIN_THE_NETWORK)
    assert set(table.values.values()) == {0}


def test_a_table_of_one_report_shows_none_of_it():
    table = protect(tally([Report("a", "europe", frozenset(["V01"]))], SMALL), WITHIN_THE_NETWORK)
    assert table.hidden() == [("V01", "europe"), ("V01", TOTAL), (TOTAL, "europe"), (TOTAL, TOTAL)]
